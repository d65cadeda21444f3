"""Faults of a database that are the machine's, not the program's, as words for a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from desktop.domain.errors import Refusal

_FULL = "روی دیسک جا نیست؛ چیزی از آنچه ثبت شده از دست نرفته است. جا باز کنید و دوباره بزنید."
_READ_ONLY = "در پوشهٔ برنامه نمی‌توان نوشت؛ از پشتیبانی بخواهید اجازهٔ نوشتن بدهد."
_UNREADABLE = "پروندهٔ پایگاه داده باز نمی‌شود؛ پوشه و اجازهٔ آن را ببینید."
_DAMAGED = (
    "پروندهٔ پایگاه داده آسیب دیده است. آن را پاک نکنید و روی آن ننویسید؛ با پشتیبانی تماس بگیرید."
)
_LOCKED = (
    "پروندهٔ پایگاه داده با کلید این رایانه باز نشد: یا از رایانهٔ دیگری آمده است یا آسیب دیده است. "
    "آن را پاک نکنید و روی آن ننویسید؛ با پشتیبانی تماس بگیرید."
)
_BUSY = "برنامهٔ دیگری پایگاه داده را نگه داشته است؛ اندکی بعد دوباره بزنید."
# Extended names begin with the primary one: SQLITE_IOERR_WRITE, SQLITE_READONLY_DBMOVED …
_WORDS = {
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR_WRITE": _FULL,
    "SQLITE_IOERR_SHMSIZE": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_CANTOPEN": _UNREADABLE,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_IOERR": _DAMAGED,
    "SQLITE_BUSY": _BUSY,
}


def refusal_for(fault: DBAPIError) -> Refusal | None:
    """Words for a full disk, a read-only folder, a damaged or held file; None for other faults."""
    # Of either driver, the one that encrypts and the one that does not.
    name = getattr(fault.orig, "sqlite_errorname", "")
    if name == "SQLITE_NOTADB" and type(fault.orig).__module__.startswith("sqlcipher3"):
        return Refusal(_LOCKED)
    words = next((words for start, words in _WORDS.items() if name.startswith(start)), None)
    return None if words is None else Refusal(words)


@contextmanager
def as_refusals() -> Iterator[None]:
    """Runs the block and raises what `refusal_for` has words for as that Refusal."""
    try:
        yield
    except DBAPIError as fault:
        refusal = refusal_for(fault)
        if refusal is None:
            raise
        raise refusal from fault

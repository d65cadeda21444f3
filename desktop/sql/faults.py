"""Faults of a database that are the machine's, not the program's: as words, and which pass."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, TimeoutError

from desktop.domain.errors import Refusal

_FULL = "روی دیسک جا نیست؛ چیزی از آنچه ثبت شده از دست نرفته است. جا باز کنید و دوباره بزنید."
_READ_ONLY = "در پوشهٔ برنامه نمی‌توان نوشت؛ از پشتیبانی بخواهید اجازهٔ نوشتن بدهد."
_UNREADABLE = "پروندهٔ پایگاه داده باز نمی‌شود؛ پوشه و اجازهٔ آن را ببینید."
_DAMAGED = (
    "پروندهٔ پایگاه داده آسیب دیده است. آن را پاک نکنید و روی آن ننویسید؛ با پشتیبانی تماس بگیرید."
)
_UNTOLD = (
    "دیسک چیزی را نخواند یا ننوشت: یا جا نیست یا آسیب دیده است. جا باز کنید و دوباره بزنید؛ اگر "
    "باز هم نشد پرونده را پاک نکنید و با پشتیبانی تماس بگیرید."
)
_LOCKED = (
    "پروندهٔ پایگاه داده با کلید این رایانه باز نشد: یا از رایانهٔ دیگری آمده است یا آسیب دیده است. "
    "آن را پاک نکنید و روی آن ننویسید؛ با پشتیبانی تماس بگیرید."
)
_BUSY = "برنامهٔ دیگری پایگاه داده را نگه داشته است؛ اندکی بعد دوباره بزنید."
_BROKEN_OFF = (
    "کار به پایان نرسید: {}. چیزی از آنچه ثبت شده از دست نرفته است؛ اندکی بعد دوباره بزنید."
)
_NO_ROOM_THERE = "روی دیسک پایگاه داده جا نیست"
_HELD_THERE = "کار دیگری پایگاه داده را نگه داشته است"
_CUT_OFF = "ارتباط با پایگاه داده قطع شد"
_GIVEN_UP = "پایگاه داده آن را ناتمام گذاشت"
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

# SQLite's own words (sqlite3_errstr): of a file that is copied the encrypting driver tells no name.
_SAID = {
    "database or disk is full": "SQLITE_FULL",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
    "disk I/O error": "SQLITE_IOERR",
    "database is locked": "SQLITE_BUSY",
}

# PostgreSQL's conditions (its manual, appendix A) by how their five letters begin.
_PASSING = (
    "08",  # the connection was lost
    "25P03",  # the program was silent for too long
    "25P04",  # the transaction took too long
    "40",  # serialisation, deadlock
    "53",  # no room, no memory, too many connections
    "55P03",  # a lock was not had in time
    "57",  # the statement took too long, the server stops or starts
    "58",  # the system below it failed
)
_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_WRITE")
_PASSING_SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR")
_UNIQUE = ("23505", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE")


class Outrun(Exception):
    """What was read before the locks were had is no longer so: done again, it is read anew."""


def is_full(fault: DBAPIError) -> bool:
    """Whether a SQLite file could not be written for want of room."""
    return _state(fault).startswith(_NO_ROOM)


def passes(fault: BaseException) -> bool:
    """Whether it is nobody's bug, and the same transaction may well go through later."""
    if isinstance(fault, TimeoutError | Outrun):
        # Every connection of the pool is in use; or others were faster.
        return True
    if not isinstance(fault, DBAPIError):
        return False
    if fault.connection_invalidated:
        return True
    state = _state(fault)
    if state.startswith("SQLITE_"):
        return state.startswith(_PASSING_SQLITE)
    # Without a condition the server was never reached, or fell silent.
    return state.startswith(_PASSING) or (not state and isinstance(fault, OperationalError))


def is_line_lost(fault: BaseException | None) -> bool:
    """Whether the line to the server was lost, or there is none.

    Of a transaction that was being committed nobody knows then if it is kept.
    """
    return isinstance(fault, DBAPIError) and (
        fault.connection_invalidated or _state(fault).startswith(("08", "57P")) or not _state(fault)
    )


def made_meanwhile(fault: BaseException) -> bool:
    """Whether another transaction made the same row between our look and our act."""
    return isinstance(fault, IntegrityError) and _state(fault) in _UNIQUE


def _state(fault: DBAPIError) -> str:
    """PostgreSQL's condition, or SQLite's name of the fault; empty where the server told none."""
    orig = fault.orig
    told = getattr(orig, "sqlite_errorname", None) or getattr(orig, "sqlstate", None)
    return told or _SAID.get(str(orig), "")


def refusal_for(fault: DBAPIError) -> Refusal | None:
    """Words for a full disk, a read-only folder, a damaged or held file, and for what passes on
    PostgreSQL; None for other faults."""
    # Of either driver, the one that encrypts and the one that does not.
    name = _state(fault)
    if name == "SQLITE_NOTADB" and type(fault.orig).__module__.startswith("sqlcipher3"):
        return Refusal(_LOCKED)
    if name == "SQLITE_IOERR":
        # The encrypting driver tells no more: of a file that may only grow no further.
        return Refusal(_UNTOLD)
    words = next((words for start, words in _WORDS.items() if name.startswith(start)), None)
    if words is None and hasattr(fault.orig, "sqlstate") and passes(fault):
        words = _BROKEN_OFF.format(_cause(fault))
    return None if words is None else Refusal(words)


def _cause(fault: DBAPIError) -> str:
    if is_line_lost(fault):
        return _CUT_OFF
    return {"53100": _NO_ROOM_THERE, "55P03": _HELD_THERE}.get(_state(fault), _GIVEN_UP)


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

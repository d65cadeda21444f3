"""What the status bar says of sync: connected, waiting, down or held, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop.store import meta, outbox, work_items
from desktop.store.open import Session

LATE = timedelta(minutes=15)


class SyncState(StrEnum):
    """`held` is loud: the queue stands still, or the centre's answer was not believed."""

    CONNECTED = "connected"
    WAITING = "waiting"
    DOWN = "down"
    HELD = "held"


@dataclass(frozen=True)
class SyncStatus:
    """The state in one word and what stands behind it.

    `waiting` counts acts that the centre does not have; `oldest` is the age of the first of them;
    `late` says that it is past 15 minutes; `work_items` wait for a person; `words` explain `held`.
    """

    state: SyncState
    waiting: int
    oldest: timedelta | None
    late: bool
    work_items: int
    records_as_of: date | None
    last_heard: datetime | None
    words: str


_STOPPED = {
    "fork": (
        "این پایگاه داده از روی دیگری برداشته یا برگردانده شده است؛ ارسال ایستاده است. "
        "چیزی پاک نشده است؛ با پشتیبانی تماس بگیرید."
    ),
    "revoked": "دسترسی این رایانه در مرکز بسته شده است؛ ارسال ایستاده است. با مرکز تماس بگیرید.",
    "too-old": "این نسخهٔ برنامه کهنه است و مرکز آن را نمی‌پذیرد؛ برنامه را به‌روز کنید.",
}
_BUSY = "مرکز اکنون پاسخ درست نمی‌دهد؛ کار شما نگه داشته شده است و خودکار دوباره ارسال می‌شود."
_STRANGE = (
    "پاسخ مرکز درست نبود و پذیرفته نشد؛ شاید کسی در میان خط باشد. "
    "کار شما نگه داشته شده است؛ اگر ماند، با پشتیبانی تماس بگیرید."
)


def status(session: Session, now: datetime, connected: bool) -> SyncStatus:
    """The status at this machine's moment `now` (UTC); `connected` is how the last round ended."""
    held = meta.get(session)
    waiting = outbox.waiting(session)
    oldest = None
    if waiting.oldest is not None:
        oldest = max(timedelta(0), held.corrected(now) - waiting.oldest)
    if held.stopped:
        state, words = SyncState.HELD, _STOPPED[held.stopped]
    elif held.alarm:
        state, words = SyncState.HELD, _BUSY if held.alarm == "unanswered" else _STRANGE
    elif not connected:
        state, words = SyncState.DOWN, ""
    else:
        state, words = SyncState.WAITING if waiting.count else SyncState.CONNECTED, ""
    return SyncStatus(
        state=state,
        waiting=waiting.count,
        oldest=oldest,
        late=oldest is not None and oldest > LATE,
        work_items=work_items.count(session),
        records_as_of=held.records_as_of,
        last_heard=held.last_heard,
        words=words,
    )

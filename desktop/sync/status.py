"""What the status bar says of sync: connected, waiting, down or held, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop.domain.backup import BackupFault
from desktop.domain.line import Trouble, Why
from desktop.store import meta, outbox, work_items
from desktop.store.open import Session

LATE = timedelta(minutes=15)


class SyncState(StrEnum):
    """`held` is loud: the queue stands still, or the centre's answer was not believed."""

    CONNECTED = "connected"
    WAITING = "waiting"
    DOWN = "down"
    HELD = "held"


ALARMS = {Why.BROKEN: "unanswered", Why.CLOCK: "clock", Why.UNSIGNED: "unsigned"}
"""What the store's meta keeps as `alarm` of an answer that was a fault of either side."""
_BY_ALARM = {alarm: why for why, alarm in ALARMS.items()}


@dataclass(frozen=True)
class SyncStatus:
    """The state in one word and what stands behind it.

    `waiting` counts acts that the centre does not have; `oldest` is the age of the first of them;
    `late` says that it is past 15 minutes; `work_items` wait for a person; `trouble` is what
    hinders; `backup_at` is when this store was last backed up, `backup_fault` why not since.
    """

    state: SyncState
    waiting: int
    oldest: timedelta | None
    late: bool
    work_items: int
    records_as_of: date | None
    last_heard: datetime | None
    trouble: Trouble | None = None
    backup_at: datetime | None = None
    backup_fault: BackupFault | None = None

    @property
    def is_connected(self) -> bool:
        """Whether the last round reached the centre, and nothing hinders."""
        return self.state in (SyncState.CONNECTED, SyncState.WAITING)


def status(
    session: Session, now: datetime, connected: bool, trouble: Trouble | None = None
) -> SyncStatus:
    """The status at this machine's moment `now` (UTC).

    `connected` is how the last round ended, `trouble` what hindered it, its moments by this machine
    too; what an earlier start met stands in the store until a round has ended well.
    """
    held = meta.get(session)
    waiting = outbox.waiting(session)
    oldest = None
    if waiting.oldest is not None:
        oldest = max(timedelta(0), held.corrected(now) - waiting.oldest)
    if trouble is not None:
        since, next_try = (
            held.corrected(moment) if moment is not None else None
            for moment in (trouble.since, trouble.next_try)
        )
        trouble = Trouble(trouble.why, since, next_try)
    trouble = _weightier(_kept(held), trouble)
    if trouble is not None and (trouble.why.needs_a_person or trouble.why is Why.BROKEN):
        state = SyncState.HELD
    elif not connected:
        state = SyncState.DOWN
    else:
        state = SyncState.WAITING if waiting.count else SyncState.CONNECTED
    return SyncStatus(
        state=state,
        waiting=waiting.count,
        oldest=oldest,
        late=oldest is not None and oldest > LATE,
        work_items=work_items.count(session),
        records_as_of=held.records_as_of,
        last_heard=held.last_heard,
        trouble=trouble,
        backup_at=held.backup_at,
        backup_fault=BackupFault(held.backup_fault) if held.backup_fault else None,
    )


def _weightier(kept: Why | None, now: Trouble | None) -> Trouble | None:
    """What to tell of what the store keeps and what hinders now.

    That the centre stopped the queue, or was not believed, is not forgotten over a cut line.
    """
    if kept is None or (now is not None and not (kept.stops or kept is Why.STRANGE)):
        return now
    if now is not None and now.why is kept:
        return now
    return Trouble(kept, None, now.next_try if now is not None else None)


def _kept(held: meta.Meta) -> Why | None:
    if held.stopped:
        return Why(held.stopped)
    return _BY_ALARM.get(held.alarm, Why.STRANGE) if held.alarm else None

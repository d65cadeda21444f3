"""What a restored centre tells who looks after it: who came, what came back, what may lack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.centre.offices import all_offices
from desktop.centre.records.in_force import BACK, FORCED
from desktop.centre.recovering import standing
from desktop.centre.recovering.redoing import failed
from desktop.centre.recovering.standing import Phase
from desktop.centre.recovery_tables import (
    ABSENT,
    UNHEARD,
    WAITING,
    AdoptedFactRow,
    GaveBackRow,
    KnownDeviceRow,
    LostImportRow,
    SkippedNumbersRow,
)
from desktop.centre.tables import FactRow
from desktop.domain.stream import DeviceTold, Fact, PersonEnrolled, Published
from desktop.wire.codec import decode_fact

_SAID = {
    Phase.CLOSED: "closed: desks give back first; `centre recover --open NAME` waits no longer",
    Phase.UNCONFIRMED: "open, but nothing is answered at once: see to what follows, then "
    "`centre recover --confirm NAME`",
    Phase.OVER: "over: as ever",
}

_WHY = {
    ABSENT: "a desk of it did not come, and may have printed them",
    UNHEARD: "no desk that came had heard of them",
}

_IMPORT = {
    FORCED: "  import after the copy: records of {} into force {}; import them again",
    BACK: "  taken back after the copy: records of {} hold again since {}; see that they do",
}


@dataclass(frozen=True)
class Account:
    """How a restore stands. `absent` are desks at work that did not come (office, number, id);
    `failed` are facts beside which something is not done, `waiting` is how many still have to be
    while the centre opens; `skipped` (whose, year, from, to, why) are numbers that no letter gets;
    `imports` (what, when, of which day) of the records, and `devices` (office, number, id, whether
    revoked), what the copy lacked and a file or desks knew, `published` and `enrolled` (whose desk
    no fact tells) what desks did; records by their days."""

    phase: Phase
    restored_at: datetime
    copied_at: datetime
    came: int
    absent: tuple[tuple[str, int, str], ...]
    adopted: int
    failed: tuple[tuple[str, int, str], ...]
    waiting: int | None
    skipped: tuple[tuple[str, int, int, int, str], ...]
    records_as_of: date | None
    records_known: date | None
    imports: tuple[tuple[str, datetime, date], ...]
    devices: tuple[tuple[str, int, str, bool], ...]
    published: tuple[tuple[str, str, date], ...]
    enrolled: tuple[tuple[str, str], ...]

    def lines(self) -> Iterator[str]:
        """As the command says it."""
        yield _SAID[self.phase]
        yield f"restored {_moment(self.restored_at)}, from a copy of {_moment(self.copied_at)}"
        if self.restored_at - self.copied_at > standing.KEPT:
            yield f"  more than {standing.KEPT.days} days before: no desk gives all of that back"
        yield f"desks: {self.came} came, {len(self.absent)} did not"
        for office, number, device in self.absent:
            yield f"  absent: office {office}, desk {number}, device {device}"
        yield f"facts given back: {self.adopted}; not done again: {len(self.failed)}"
        if self.waiting is not None:
            yield f"it is opening: {self.waiting} of them are still to be done again"
        for stream, pos, kind in self.failed:
            yield f"  not done again: {stream} {pos}, {kind} (the journal says why)"
        for office, year, first, last, why in self.skipped:
            yield f"  numbers skipped: {office} {year}/{first} to {last}, {_WHY[why]}"
        if self.records_known is not None and self.records_known != self.records_as_of:
            yield f"records: the copy has those of {self.records_as_of}, desks know of "
            yield f"  those of {self.records_known}: import them again before you confirm"
        for kind, at, day in self.imports:
            yield _IMPORT[kind].format(day, _moment(at))
        for office, number, device, revoked in self.devices:
            how = "revoked" if revoked else "enrolled"
            yield f"  {how} after the copy, and known: office {office}, desk {number}, {device}"
        for topic, key, day in self.published:
            yield f"  published after the copy, and back: {topic} {key} from {day}"
        for office, name in self.enrolled:
            yield f"  keys made after the copy: {name}, office {office}; enrol again if refused"
        yield "messages to citizens of that time go to the gateway again, in batches of new"
        yield "  numbers: tell whoever sends them before `centre messages` runs"
        yield "no desk knows, so see to it by your own notes of that time: codes given out,"
        yield "  drafts of publications, answers to reading questions; and whether `centre status`"
        yield "  has every device as you know it that was enrolled or revoked in the last minutes"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def account(session: Session) -> Account | None:
    """How the centre's last restore stands; None where it never was restored."""
    row = standing.current(session)
    if row is None:
        return None
    codes = {key: office.cards[-1][1].code for key, office in all_offices(session).items()}
    came = select(func.count()).select_from(GaveBackRow).filter_by(epoch=row.epoch)
    known = select(func.max(GaveBackRow.records_as_of)).filter_by(epoch=row.epoch)
    adopted = select(func.count()).select_from(AdoptedFactRow).filter_by(epoch=row.epoch)
    told = [decode_fact(text) for text in session.scalars(_home_texts(row.epoch))]
    phase = standing.phase_of(row)
    return Account(
        phase=phase,
        restored_at=row.restored_at,
        copied_at=row.copied_at,
        came=session.scalar(came) or 0,
        absent=tuple(
            (codes.get(each.office, each.office), each.desk, each.device_id)
            for each in standing.absent(session, row)
        ),
        adopted=session.scalar(adopted) or 0,
        failed=tuple((each.stream, each.pos, each.kind) for each in failed(session)),
        waiting=_waiting(session) if phase is Phase.CLOSED and row.opening_at else None,
        skipped=tuple(
            (codes.get(each.office, each.office), each.year, each.first, each.last, each.why)
            for each in session.scalars(select(SkippedNumbersRow).filter_by(epoch=row.epoch))
        ),
        records_as_of=row.records_as_of,
        records_known=session.scalar(known),
        imports=tuple(
            (each.kind, each.at, each.as_of)
            for each in session.scalars(
                select(LostImportRow).filter_by(epoch=row.epoch).order_by(LostImportRow.at)
            )
        ),
        devices=tuple(
            (codes.get(office, office), desk, device, revoked)
            for office, desk, device, revoked in sorted(_devices(session, row.epoch, told))
        ),
        published=tuple(
            (each.payload.topic, each.payload.key, each.payload.effective_from)
            for each in told
            if isinstance(each.payload, Published)
        ),
        enrolled=tuple(
            (each.stream, each.payload.name)
            for each in told
            if isinstance(each.payload, PersonEnrolled) and not each.payload.device_id
        ),
    )


def _devices(session: Session, epoch: str, told: Iterable[Fact]) -> set[tuple[str, int, str, bool]]:
    """By facts and by the file, each once."""
    by_facts = {
        (each.office, each.desk, each.device_id, each.revoked_at is not None)
        for each in (fact.payload for fact in told)
        if isinstance(each, DeviceTold)
    }
    by_file = session.scalars(select(KnownDeviceRow).filter_by(epoch=epoch))
    return by_facts | {(each.office, each.desk, each.device_id, each.revoked) for each in by_file}


def _waiting(session: Session) -> int:
    own = select(func.count()).where(AdoptedFactRow.state == WAITING)
    return session.scalar(own) or 0


def _home_texts(epoch: str) -> Select[str]:
    same = (FactRow.stream == AdoptedFactRow.stream) & (FactRow.pos == AdoptedFactRow.pos)
    told = (DeviceTold.kind, Published.kind, PersonEnrolled.kind)
    of_these = (AdoptedFactRow.epoch == epoch, AdoptedFactRow.kind.in_(told))
    asked = select(FactRow.canon).join(AdoptedFactRow, same)
    asked = asked.where(*of_these)
    return asked.order_by(FactRow.stream, FactRow.pos)

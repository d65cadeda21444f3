"""Who looked: the lines for a manager, the unit and a court, and what is asked of who looked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median_low
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, literal_column, or_, select, tuple_
from sqlalchemy import exists as there_is
from sqlalchemy.orm import Session

from desktop.centre.asking import NO_CASES, letter_key
from desktop.centre.context import Centre, day_of
from desktop.centre.reading_tables import (
    LOOSE,
    ReadingBreakRow,
    ReadingLineRow,
    ReadingQuestionRow,
    ReadingReplyRow,
)
from desktop.centre.standing_in import roles_of
from desktop.centre.tables import CaseRow, DeviceRow, LetterRow, PersonRow
from desktop.domain.calendar import TEHRAN
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import bare_digits, is_tracking_code, renewal_code
from desktop.domain.people import Role
from desktop.domain.reading import Mark, Way, What
from desktop.sql.missing import make_missing
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.readings import (
    MOST_LINES,
    AskedAnswer,
    AskReaderAsk,
    BreakBody,
    ReaderAnswer,
    ReaderAsk,
    ReadingBody,
    ReadingsAnswer,
    ReadingsAsk,
    ReplyReadingAsk,
    StaffBody,
)

_DAYS = 30
_MOST_DAYS = 400
_MOST_PEOPLE = 5_000
_MOST_BREAKS = 20
_NOT_YOURS = "این سطر از آنِ دفتر شما نیست."
_NO_ASKING = "پرسش از کارکنان را مسئول دفتر و ناظر شهرداری می‌نویسند."
_OWN = "این نگاه از خود شماست."
_ASKED = "از این سطر پیش‌تر پرسیده شده است."
_NO_WORDS = "پرسش را بنویسید."
_NO_REPLY = "پاسخ را بنویسید."
_NOT_ASKED = "این پرسش از شما نیست."
_REPLIED = "این پرسش پیش‌تر پاسخ داده شده است."
_BACKWARDS = "«تا روز» پیش از «از روز» است."
_TOO_LONG = "بازه بیش از یک سال است."
_NO_ORDER = "شمارهٔ دستور دادگاه را بنویسید."
_STRANGE = "این درخواست را مرکز نمی‌شناسد."

_Line = ReadingLineRow
_LOOSE: ColumnElement[bool] = literal_column(
    " AND ".join(f"reading_line.{part}" for part in LOOSE.split(" AND "))
)


@dataclass(frozen=True)
class _Asker:
    """Who asks, and which lines he may see."""

    staff_id: str
    office: str
    role: Role

    @property
    def own(self) -> list[ColumnElement[bool]]:
        """A supervisor sees the city's, a manager his office's, anybody else his own."""
        if self.role is Role.SUPERVISOR:
            return []
        if self.role is Role.MANAGER:
            return [_Line.office == self.office]
        return [_Line.actor == self.staff_id]

    def sees(self, line: ReadingLineRow) -> bool:
        """Whether he may see the line."""
        if self.role is Role.SUPERVISOR:
            return True
        if self.role is Role.MANAGER:
            return line.office == self.office
        return line.actor == self.staff_id


def log(
    session: Session, centre: Centre, device: DeviceRow, ask: ReadingsAsk, at: datetime
) -> ReadingsAnswer:
    """A page of the lines that the asker may see, the newest first. Raises Refusal."""
    asker = _asker(session, centre, device, ask.actor)
    _demand_sound(ask)
    about = _about(session, ask.about)
    asked = [
        _Line.at >= _begin(ask.first),
        _Line.at < _begin(ask.last + timedelta(days=1)),
        *asker.own,
        *([_Line.actor == ask.staff] if ask.staff else []),
        *([_Line.office == ask.office] if ask.office else []),
        *([_Line.what == ask.what] if ask.what else []),
        *([about] if about is not None else []),
        # One line a run.
        _Line.first == _Line.seq,
    ]
    marks = _marks(at)
    # Of a log that goes into a file whole they are told once: all of its lines would be counted
    # again for each page.
    counted = ask.way == Way.PAGE or not ask.offset
    counts = _counts(session, asked, marks) if counted else {each.value: 0 for each in Mark}
    mark = Mark(ask.mark)
    chosen = [*asked, marks[mark]] if mark is not Mark.ALL else asked
    newest = (_Line.at.desc(), _Line.chain, _Line.seq.desc())
    query = select(_Line, marks[Mark.NO_CASE].label("no_case")).where(*chosen).order_by(*newest)
    limit = min(ask.limit, MOST_LINES)
    found = session.execute(query.offset(ask.offset).limit(limit)).all()
    return ReadingsAnswer(
        time=at,
        rows=_bodies(session, [(line, bool(loose)) for line, loose in found]),
        total=counts[mark.value],
        counts=counts,
        breaks=_breaks(session, asker),
        people=_people(session, asker) if not ask.offset else [],
        understood=about is not None or not ask.about.strip(),
    )


def _demand_sound(ask: ReadingsAsk) -> None:
    if ask.last < ask.first:
        raise Refusal(_BACKWARDS, field="last")
    if (ask.last - ask.first).days > _MOST_DAYS:
        raise Refusal(_TOO_LONG, field="first")
    ways, marks = {way.value for way in Way}, {mark.value for mark in Mark}
    whats = {what.value for what in What}
    if ask.way not in ways or ask.mark not in marks or ask.what not in {"", *whats}:
        raise Refusal(_STRANGE)
    if ask.way == Way.PRINT and not ask.order.strip():
        raise Refusal(_NO_ORDER, field="order")


def _asker(session: Session, centre: Centre, device: DeviceRow, actor: str) -> _Asker:
    row = session.get(PersonRow, actor)
    if row is None or row.office != device.office:
        raise Refusal(_NOT_YOURS)
    role = Role(row.role)
    if not role.sees_cases:
        raise Refusal(NO_CASES)
    # A supervisor's deputy sees the city's too.
    watches = Role.SUPERVISOR in roles_of(session, centre, row)
    return _Asker(row.staff_id, row.office, Role.SUPERVISOR if watches else role)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), TEHRAN)


def _about(session: Session, typed: str) -> ColumnElement[bool] | None:
    """The lines of what is typed: a property's code, a case's number, a letter's; None for what
    names nothing."""
    text = typed.strip()
    if not text:
        return None
    if is_tracking_code(text):
        digits = bare_digits(text)
        found = session.scalar(by_tracking(digits))
        return _Line.case_id == (found or "-")
    key = letter_key(session, text)
    if key is not None:
        row = session.get(LetterRow, key)
        return _Line.case_id == (row.case_id if row is not None else "-")
    try:
        code = renewal_code(text)
    except Refusal:
        return None
    return _Line.code == str(code)


def by_tracking(digits: str) -> Any:
    """The case of a tracking code, whose digits these are."""
    # As it is written: office, day (6), desk (2), serial (4), check digit.
    written = "-".join((digits[:-13], digits[-13:-7], digits[-7:-5], digits[-5:-1], digits[-1:]))
    return select(CaseRow.case_id).where(CaseRow.tracking == written)


def _marks(at: datetime) -> Mapping[Mark, ColumnElement[bool]]:
    """What each mark asks of a line."""
    own = literal("office:") + _Line.office
    asked_for = there_is().where(
        CaseRow.code == _Line.code,
        or_(CaseRow.stream == own, CaseRow.received_in == own),
        CaseRow.registered_at >= _Line.work_since,
        CaseRow.registered_at <= _Line.work_until,
    )
    return {
        # A request may still come.
        Mark.NO_CASE: and_(_LOOSE, _Line.work_until < at, ~asked_for),
        Mark.OFF_HOURS: _Line.off_hours.is_(True),
        Mark.TAKEN: _Line.way.in_((Way.PRINT.value, Way.FILE.value)),
        Mark.SEARCHED: _Line.way == Way.SEARCH.value,
    }


def _counts(
    session: Session,
    asked: Sequence[ColumnElement[bool]],
    marks: Mapping[Mark, ColumnElement[bool]],
) -> dict[str, int]:
    """By mark, how many lines of what is asked for it picks out."""
    sums = [func.coalesce(func.sum(case((test, 1), else_=0)), 0) for test in marks.values()]
    total, *each = session.execute(
        select(func.count(), *sums).select_from(_Line).where(*asked)
    ).one()
    picked = {mark.value: int(count) for mark, count in zip(marks, each, strict=True)}
    return {Mark.ALL.value: total, **picked}


def _bodies(session: Session, found: Sequence[tuple[ReadingLineRow, bool]]) -> list[ReadingBody]:
    """The lines with who it was, how often, what was asked, and whether the chain holds there."""
    lines = [line for line, _ in found]
    if not lines:
        return []
    places = [(line.chain, line.seq) for line in lines]
    people = _named(session, {line.actor for line in lines})
    times = _times(session, places)
    before = _hashes(session, [(chain, seq - 1) for chain, seq in places])
    question, reply = ReadingQuestionRow, ReadingReplyRow
    asked = {(q.chain, q.seq): q for q in session.scalars(_at(question, places))}
    replied = {(r.chain, r.seq): r for r in session.scalars(_at(reply, places))}
    askers = _named(session, {each.asked_by for each in asked.values()})
    bodies = []
    for line, loose in found:
        place = (line.chain, line.seq)
        count, until = times.get(place, (1, line.at))
        person = people.get(line.actor)
        q, r = asked.get(place), replied.get(place)
        held = before.get((line.chain, line.seq - 1), GENESIS if line.seq == 1 else "")
        bodies.append(
            ReadingBody(
                chain=line.chain,
                seq=line.seq,
                at=line.at,
                until=until,
                times=count,
                actor=line.actor,
                name=person.name if person is not None else "",
                role=person.role if person is not None else "",
                office=line.office,
                desk=line.desk,
                what=line.what,
                way=line.way,
                case_id=line.case_id,
                tracking=line.tracking,
                code=line.code,
                about=line.about,
                no_case=loose,
                off_hours=line.off_hours,
                right=bool(held) and link_hash(held, line.canon) == line.hash,
                question=q.words if q is not None else "",
                asked_by=askers[q.asked_by].name if q is not None and q.asked_by in askers else "",
                asked_at=q.asked_at if q is not None else None,
                reply=r.words if r is not None else "",
                replied_at=r.replied_at if r is not None else None,
            )
        )
    return bodies


_Place = tuple[str, int]


def _at(row: type[Any], places: Collection[_Place]) -> Any:
    return select(row).where(tuple_(row.chain, row.seq).in_(places))


def _times(session: Session, places: Collection[_Place]) -> dict[_Place, tuple[int, datetime]]:
    """By the place of a run's first look: how many looks it has, and when the last was."""
    run = tuple_(_Line.chain, _Line.first)
    query = select(_Line.chain, _Line.first, func.count(), func.max(_Line.at)).where(
        run.in_(places)
    )
    grouped = query.group_by(_Line.chain, _Line.first)
    return {(chain, seq): (count, last) for chain, seq, count, last in session.execute(grouped)}


def _hashes(session: Session, places: Collection[_Place]) -> dict[_Place, str]:
    query = select(_Line.chain, _Line.seq, _Line.hash).where(
        tuple_(_Line.chain, _Line.seq).in_(places)
    )
    return {(chain, seq): held for chain, seq, held in session.execute(query)}


def _named(session: Session, staff: Collection[str]) -> dict[str, PersonRow]:
    found = session.scalars(select(PersonRow).where(PersonRow.staff_id.in_(staff)))
    return {row.staff_id: row for row in found}


def _breaks(session: Session, asker: _Asker) -> list[BreakBody]:
    """Where chains do not hold, the newest first: of all offices, or of the asker's."""
    row = ReadingBreakRow
    query = select(row).order_by(row.at.desc()).limit(_MOST_BREAKS)
    if asker.role is not Role.SUPERVISOR:
        query = query.where(row.office == asker.office)
    return [
        BreakBody(office=each.office, desk=each.desk, seq=each.seq, at=each.at)
        for each in session.scalars(query)
    ]


def _people(session: Session, asker: _Asker) -> list[StaffBody]:
    query = select(PersonRow).order_by(PersonRow.name, PersonRow.staff_id).limit(_MOST_PEOPLE)
    if asker.role is Role.MANAGER:
        query = query.where(PersonRow.office == asker.office)
    elif asker.role is not Role.SUPERVISOR:
        query = query.where(PersonRow.staff_id == asker.staff_id)
    return [
        StaffBody(staff_id=row.staff_id, name=row.name, office=row.office)
        for row in session.scalars(query)
    ]


def reader(
    session: Session, centre: Centre, device: DeviceRow, ask: ReaderAsk, at: datetime
) -> ReaderAnswer:
    """How the last thirty days of somebody whom the asker may see are. Raises Refusal."""
    asker = _asker(session, centre, device, ask.actor)
    row = session.get(PersonRow, ask.staff)
    seen = row is not None and (
        asker.role is Role.SUPERVISOR
        or (asker.role is Role.MANAGER and row.office == asker.office)
        or row.staff_id == asker.staff_id
    )
    if row is None or not seen:
        raise Refusal(_NOT_YOURS)
    since = day_of(at) - timedelta(days=_DAYS)
    marks = _marks(at)
    within = (_Line.at >= _begin(since), _Line.first == _Line.seq)
    own = _counts(session, [*within, _Line.actor == row.staff_id], marks)
    return ReaderAnswer(
        staff=row.staff_id,
        name=row.name,
        role=row.role,
        office=row.office,
        looks=own[Mark.ALL.value],
        no_case=own[Mark.NO_CASE.value],
        off_hours=own[Mark.OFF_HOURS.value],
        middle=_middle(session, row.role, since, marks[Mark.NO_CASE]),
        since=since,
        asked=_unanswered(session, row.staff_id),
    )


def _unanswered(session: Session, staff: str) -> int:
    question, reply = ReadingQuestionRow, ReadingReplyRow
    own = (_Line.chain == question.chain, _Line.seq == question.seq, _Line.actor == staff)
    answered = there_is().where(reply.chain == question.chain, reply.seq == question.seq)
    query = select(func.count()).select_from(question).join(_Line, and_(*own)).where(~answered)
    return session.scalar(query) or 0


def _middle(session: Session, role: str, since: date, no_case: ColumnElement[bool]) -> int:
    """The median of the looks without a case, over all of the role who looked at anything."""
    within = (_Line.at >= _begin(since), _Line.first == _Line.seq, PersonRow.role == role)
    every = select(_Line.actor).join(PersonRow, PersonRow.staff_id == _Line.actor)
    looked = set(session.scalars(every.where(*within).distinct()))
    counted = (
        select(_Line.actor, func.count())
        .join(PersonRow, PersonRow.staff_id == _Line.actor)
        .where(*within, no_case)
        .group_by(_Line.actor)
    )
    found = {actor: count for actor, count in session.execute(counted)}
    return median_low([found.get(actor, 0) for actor in looked]) if looked else 0


def ask_reader(
    session: Session, centre: Centre, device: DeviceRow, ask: AskReaderAsk, at: datetime
) -> AskedAnswer:
    """Keep a question with a line that the asker may see, once. Raises Refusal."""
    asker = _asker(session, centre, device, ask.actor)
    if asker.role not in (Role.MANAGER, Role.SUPERVISOR):
        raise Refusal(_NO_ASKING)
    line = _line(session, asker, ask.chain, ask.seq)
    if line.actor == asker.staff_id:
        raise Refusal(_OWN)
    words = ask.words.strip()
    if not words:
        raise Refusal(_NO_WORDS, field="question")
    new = {
        "chain": line.chain,
        "seq": line.seq,
        "asked_by": asker.staff_id,
        "asked_at": at,
        "words": words,
    }
    make_missing(session, ReadingQuestionRow, new)
    kept = session.get_one(ReadingQuestionRow, (line.chain, line.seq))
    # The same again, after an answer that was lost.
    if (kept.asked_by, kept.words) != (asker.staff_id, words):
        raise Refusal(_ASKED, field="question")
    return AskedAnswer(at=kept.asked_at)


def reply(
    session: Session, centre: Centre, device: DeviceRow, ask: ReplyReadingAsk, at: datetime
) -> AskedAnswer:
    """Keep with the line what who looked answers, once. Raises Refusal."""
    asker = _asker(session, centre, device, ask.actor)
    line = _line(session, asker, ask.chain, ask.seq)
    asked = session.get(ReadingQuestionRow, (line.chain, line.seq))
    if line.actor != asker.staff_id or asked is None:
        raise Refusal(_NOT_ASKED)
    words = ask.words.strip()
    if not words:
        raise Refusal(_NO_REPLY, field="question")
    new = {"chain": line.chain, "seq": line.seq, "replied_at": at, "words": words}
    make_missing(session, ReadingReplyRow, new)
    kept = session.get_one(ReadingReplyRow, (line.chain, line.seq))
    if kept.words != words:
        raise Refusal(_REPLIED, field="question")
    return AskedAnswer(at=kept.replied_at)


def _line(session: Session, asker: _Asker, chain: str, seq: int) -> ReadingLineRow:
    line = session.get(ReadingLineRow, (chain, seq))
    if line is None or not asker.sees(line):
        raise Refusal(_NOT_YOURS)
    return line

"""Objections at the centre: laid before their unit, answered upon the record, told, projected."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, literal_column, select, update
from sqlalchemy.orm import Session

from desktop.centre.doubt_rows import note_property
from desktop.centre.objection_tables import UNTOLD_OBJECTION, CorrectionRow, ObjectionRow
from desktop.centre.people import ids_of, staff_of
from desktop.centre.records.lookup import find
from desktop.centre.records.overlay import correct
from desktop.centre.streams import load_case, load_facts
from desktop.centre.tables import CommandRow, PersonRow
from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.calendar import TEHRAN, format_day_month
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.city import City
from desktop.domain.contest import (
    PAPER,
    SINCE,
    Contested,
    Corrected,
    Correction,
    Stage,
    contested_of,
)
from desktop.domain.decision import Decision
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import renewal_code
from desktop.domain.letter import LetterKind
from desktop.domain.property import PropertyRecord
from desktop.domain.request import Request
from desktop.domain.stream import Fact
from desktop.sql.turns import take_turn
from desktop.wire.codec import decode_command

UNTOLD = "untold objections"
"""In what a transaction knows: a first case is to be told once it is committed."""
_SINCE_SEEN = "سابقه از هنگامی که دیدید تغییر کرده است؛ پرونده را دوباره ببینید."
_FIRST_EXPERT = "پاسخ این اعتراض با کسی جز کارشناس پروندهٔ نخست است."
_OTHER_PROPERTY = "ملک این اعتراض ملک پروندهٔ نخست نیست."
_NO_CASE = "پروندهٔ نخست این اعتراض یافت نشد."


def demand_new(session: Session, request: Request, home: str) -> None:
    """An objection to be registered names a case of this office, and is not one that is open.

    `home` is the office's stream. Raises Refusal.
    """
    contested = contested_of(request.answers)
    if request.linked_to:
        first = load_case(session, request.linked_to)
        # Whether another office has such a case is told to nobody.
        if first is None or first.stream != home:
            raise Refusal(_NO_CASE)
        if not _is_same_property(first.request, request):
            raise Refusal(_OTHER_PROPERTY, field="property.code")
        if not contested.of_record and _refusal_of(first) is None:
            raise Refusal("در آن پرونده پاسخ منفی برقراری نیست.", field="contested")
    code = _code_of(session, request)
    # Of two that come at once the second sees the first.
    thing = code if contested.of_record and code else request.linked_to
    take_turn(session, f"objection:{contested.value}:{thing}")
    for earlier in _earlier(session, code, contested, request.linked_to):
        if earlier.stage == Stage.REGISTERED.value:
            day = format_day_month(earlier.received_on)
            words = f"این اعتراض پیش‌تر ثبت شده: {day}؛ تا پاسخ آن دوباره ثبت نمی‌شود."
            raise Refusal(words, field="contested")


def _code_of(session: Session, request: Request) -> str:
    """The code of what is named, by a plate alone too; empty where the records do not tell it."""
    if request.code or request.plate is None:
        return request.code
    # Before any records none is found.
    with suppress(Refusal):
        found = find(session, None, request.plate).record
        return str(found.code) if found is not None else ""
    return ""


def _is_same_property(first: Request, request: Request) -> bool:
    """Whether both name one property, by the code where both have one, else by the plate."""
    if first.code and request.code:
        return first.code == request.code
    return first.plate is not None and first.plate == request.plate


def _earlier(
    session: Session, code: str, contested: Contested, first_case: str, but: str = ""
) -> list[ObjectionRow]:
    """Objections to the same thing, the newest first; without that of the case `but`.

    A property may have been refused several things: to each its own objection.
    """
    row = ObjectionRow
    found: dict[str, ObjectionRow] = {}
    property_ = code if contested.of_record else ""
    for own, named in ((row.code == code, property_), (row.first_case == first_case, first_case)):
        if named:
            query = select(row).where(own, row.contested == contested.value)
            found |= {each.case_id: each for each in session.scalars(query)}
    found.pop(but, None)
    return sorted(found.values(), key=lambda each: (each.received_on, each.case_id), reverse=True)


def laid(session: Session, case: Case, decision: Decision, city: City) -> f.ObjectionLaid:
    """What the centre knows of an objection that comes before its unit."""
    request = case.request
    contested = contested_of(request.answers)
    first = load_case(session, request.linked_to) if request.linked_to else None
    held = _letter_of(first, contested) if first is not None else None
    served = _served_on(session, case, first, held) if first and held else None
    until = None
    if not contested.of_record and served is not None:
        last = served + timedelta(days=city.objection_days)
        until = city.calendar.first_working_day(last)
    code = decision.code or request.code
    earlier = _earlier(session, code, contested, request.linked_to, but=case.case_id)
    return f.ObjectionLaid(
        contested=contested,
        first=first.request.tracking if first is not None else "",
        letter=held.letter.number if held is not None else "",
        served_on=served,
        until=until,
        late=until is not None and request.received_on > until,
        stranger=any(finding.gate == "standing" for finding in decision.failing),
        before=_told_to(session, case, earlier[0]) if earlier else "",
        before_on=earlier[0].received_on if earlier else None,
    )


def earlier_of(session: Session, case: Case) -> list[ObjectionRow]:
    """Other objections to what this one contests, the newest first."""
    contested = contested_of(case.request.answers)
    return _earlier(session, case.code, contested, case.request.linked_to, but=case.case_id)


def _told_to(session: Session, case: Case, earlier: ObjectionRow) -> str:
    """The earlier one's code, where it is of the same office."""
    other = load_case(session, earlier.case_id)
    return earlier.tracking if other is not None and other.stream == case.stream else ""


def _letter_of(first: Case, contested: Contested) -> CaseLetter | None:
    if not contested.of_record:
        return _refusal_of(first)
    return first.debt_letter or first.answer


def _refusal_of(first: Case) -> CaseLetter | None:
    held = first.answer
    return held if held is not None and held.letter.kind is LetterKind.REFUSAL else None


def _served_on(session: Session, case: Case, first: Case, held: CaseLetter) -> date | None:
    """The day, in Yazd, on which who objects, or who asked for him, took the letter.

    None when nobody did: what a bank, a notary or a buyer fetched starts nobody else's term.
    """
    own, asked = case.request.party.persons, first.request.party
    takers = own | asked.persons if own & asked.persons else own
    for fact in load_facts(session, first.case_id):
        payload = fact.payload
        if (
            isinstance(payload, f.HandedOver)
            and not payload.void
            and payload.letter_id == held.letter.letter_id
            and payload.receiver_id in takers
        ):
            return _done_at(session, fact).astimezone(TEHRAN).date()
    return None


def _done_at(session: Session, fact: Fact) -> datetime:
    """When it was done at the desk, by its act's own word as far as that can be so.

    What was made before the desk last sent something else would have come with that: of such a one
    the moment at which the centre heard of it is taken, which is the citizen's advantage.
    """
    own = (CommandRow.case_id == fact.case_id, CommandRow.command_id == fact.cause)
    row = session.scalar(select(CommandRow).where(*own))
    if row is None:
        return fact.at
    sent = (CommandRow.device_id == row.device_id, CommandRow.device_seq < row.device_seq)
    before = select(CommandRow.received_at).where(*sent, CommandRow.received_at < row.received_at)
    last = session.scalar(before.order_by(CommandRow.device_seq.desc()).limit(1))
    made = decode_command(row.canon).made_at
    return fact.at if last is not None and made < last else min(made, fact.at)


def demand_right(session: Session, case: Case, fact: f.ObjectionAnswered) -> None:
    """The answer is given by who may, upon what the record still says. Raises Refusal."""
    first = case.request.linked_to
    if case.laid is not None and not case.laid.contested.of_record and first:
        # Who proposed it and who signed it are two people.
        decided = (f.Recommended, f.GatesCleared, f.RefusedByExpert)
        experts = {
            told.actor for told in load_facts(session, first) if isinstance(told.payload, decided)
        }
        row = session.get_one(PersonRow, fact.by)
        if not ids_of(session, staff_of(row)).isdisjoint(experts):
            raise Refusal(_FIRST_EXPERT)
    if not fact.corrections:
        return
    record = record_of(session, case)
    if record is None:
        raise Refusal("این ملک در سوابق نیست؛ چیزی برای اصلاح نیست.", field="value")
    if any(record.told_of(each) != each.former for each in fact.corrections):
        raise Refusal(_SINCE_SEEN, field="value")


def record_of(session: Session, case: Case) -> PropertyRecord | None:
    """The record of the property that the objection is about, as it stands now."""
    code = code_of(case)
    return find(session, renewal_code(code), None).record if code else None


def code_of(case: Case) -> str:
    """The code of the property that was found; empty when none was."""
    return case.decision.code if case.decision is not None else ""


# What is kept beside the facts.


def note_laid(session: Session, case: Case, payload: f.ObjectionLaid) -> None:
    """The objection stands in its unit's list."""
    request = case.request
    session.info[UNTOLD] = True
    session.add(
        ObjectionRow(
            case_id=case.case_id,
            tracking=request.tracking,
            first_case=request.linked_to,
            code=case.code,
            contested=payload.contested.value,
            unit=payload.contested.unit.value,
            received_on=request.received_on,
            due_on=case.due_on,
            stage=Stage.REGISTERED.value,
            told="",
            answered_by="",
        )
    )


def note_answered(session: Session, case: Case, payload: f.ObjectionAnswered) -> None:
    """It waits for a second signature, or is over."""
    if payload.second:
        _set(session, case, answered_by=payload.by)
    else:
        _conclude(session, case, payload, second="")


def note_signed(session: Session, case: Case, payload: f.ObjectionSigned) -> None:
    """It is over, or is answered anew."""
    if not payload.agreed or case.answered is None:
        _set(session, case, answered_by="")
        return
    _conclude(session, case, case.answered, second=_last(session, case).actor_name)


def note_withdrawn(session: Session, case: Case, _: f.Withdrawn) -> None:
    """Nobody answers it any more."""
    if case.laid is not None:
        _set(session, case, stage=Stage.WITHDRAWN.value, answered_by="")


def note_told(session: Session, case: Case, payload: f.ObjectionTold) -> None:
    """Its first case, which this is, has heard of it."""
    session.flush()
    own = (ObjectionRow.first_case == case.case_id, ObjectionRow.tracking == payload.tracking)
    session.execute(update(ObjectionRow).where(*own).values(told=payload.stage.value))


def _set(session: Session, case: Case, **values: object) -> None:
    session.info[UNTOLD] = True
    # It may have been laid a moment ago.
    session.flush()
    own = ObjectionRow.case_id == case.case_id
    session.execute(update(ObjectionRow).where(own).values(**values))


def _last(session: Session, case: Case) -> Fact:
    return load_facts(session, case.case_id)[-1]


def _conclude(session: Session, case: Case, answer: f.ObjectionAnswered, second: str) -> None:
    stage = Stage.UPHELD if answer.upheld else Stage.REJECTED
    _set(session, case, stage=stage.value, answered_by="")
    if not answer.corrections:
        return
    code, told = renewal_code(code_of(case)), _last(session, case)
    on = told.at.astimezone(TEHRAN).date()
    answered = next(
        fact
        for fact in reversed(load_facts(session, case.case_id))
        if isinstance(fact.payload, f.ObjectionAnswered)
    )
    rows: list[Mapping[str, Any]] = []
    for number, each in enumerate(answer.corrections, start=1):
        former = _as_read(session, case, each)
        correct(session, code, Corrected(each, on, case.request.tracking))
        note_property(session, code)
        rows.append(
            {
                "case_id": case.case_id,
                "number": number,
                "code": str(code),
                "item": each.item.value,
                "what": each.item.word,
                "former": former,
                "value": _now_read(each),
                "since": date.fromisoformat(answer.entered[SINCE]),
                "paper": answer.entered[PAPER],
                "reason": answer.reason,
                "tracking": case.request.tracking,
                "made_at": told.at,
                "by": answered.actor_name,
                "second": second,
                "batch": 0,
            }
        )
    session.execute(insert(CorrectionRow), rows)


def _as_read(session: Session, case: Case, correction: Correction) -> str:
    """What the record said, whole: the file that it goes into is the record's owner's."""
    record = record_of(session, case)
    if record is not None:
        return record.named(correction)
    return correction.former


def _now_read(correction: Correction) -> str:
    if correction.item is Contested.OWNER:
        name = f"{correction.first_name} {correction.last_name}"
        return f"{name} ({correction.value})"
    return correction.value


def due(session: Session) -> list[tuple[str, c.Payload]]:
    """What first cases have not heard of their objections."""
    untold = select(ObjectionRow).where(literal_column(UNTOLD_OBJECTION))
    return [
        (
            row.first_case,
            c.TellObjection(row.tracking, Contested(row.contested), Stage(row.stage)),
        )
        for row in session.scalars(untold.order_by(ObjectionRow.first_case, ObjectionRow.case_id))
    ]

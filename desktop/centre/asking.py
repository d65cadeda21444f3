"""Questions that change no case: pre-checks, free slots, whether a letter is in force."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import visits
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import id_of
from desktop.centre.records.lookup import find
from desktop.centre.standing_in import roles_of
from desktop.centre.tables import DeviceRow, LetterRow, PersonRow, QuestionRow
from desktop.chance import new_id
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.contest import signs_words
from desktop.domain.decision import decide
from desktop.domain.errors import Refusal
from desktop.domain.gates import Question, records
from desktop.domain.identifiers import Plate, RenewalCode, is_foreign, renewal_code
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.domain.property import Found, LookUp
from desktop.domain.service import GateUse
from desktop.domain.words import FindingWords, letter_reason, tell_all
from desktop.forms.answers import kept_answers
from desktop.forms.recorded import record_paths
from desktop.wire.payloads import (
    FindingBody,
    PrecheckAnswer,
    PrecheckAsk,
    PropertyPlaceAnswer,
    PropertyPlaceAsk,
    SlotsAnswer,
    SlotsAsk,
    VerifyAnswer,
    VerifyAsk,
)

NO_CASES = "راهبر سامانه پرونده‌ها را نمی‌بیند."
_NUMBER = re.compile(r"([0-9]{4})/([^/]{1,20})/([0-9]{1,9})")


def precheck(
    session: Session, centre: Centre, device: DeviceRow, ask: PrecheckAsk, at: datetime
) -> PrecheckAnswer:
    """What the records would say today, told only as far as the asker's standing reaches.

    The question is logged (DESIGN.md §5 "Pre-check"). Raises Refusal when the desk has asked for
    as many properties today as it may.
    """
    day = day_of(at)
    service = centre.reference.in_force(session, ask.service, day)
    applicant = ask.applicant
    code = renewal_code(ask.code) if ask.code else None
    plate = Plate(ask.plate.section, ask.plate.main, ask.plate.sub) if ask.plate else None
    found = find(session, code, plate)
    subject = _subject(found, code, plate)
    left = _left(session, centre, device, subject, at)
    owner = ask.represented_id if applicant.represents else ask.person_id
    question = Question(
        applicant=applicant,
        owner_id=owner,
        found=found,
        day=day,
        city=centre.reference.city(session, day),
        code=code,
        plate=plate,
        unchanged={"yes": True, "no": False}.get(ask.unchanged),
        answers=kept_answers(service, applicant, ask.answers, day, found),
        foreign=is_foreign(owner),
    )
    own = _own_share(question, found)
    several = found.match is LookUp.AMBIGUOUS and (bool(own) or found.record is None)
    session.add(
        QuestionRow(
            question_id=new_id(),
            asked_at=at,
            device_id=device.device_id,
            actor=ask.actor,
            service=ask.service,
            code=ask.code,
            subject=subject,
            found=found.record is not None,
            standing=bool(own),
        )
    )
    if not own or found.record is None:
        outside = records.outside_city(question, GateUse("outside-city"))
        return PrecheckAnswer(
            found=found.record is not None,
            as_of=found.as_of,
            standing=False,
            fields={},
            summary="",
            share="",
            outcome="",
            amount=0,
            findings=[],
            several=several,
            outside="" if outside.passed else letter_reason(outside),
            left=left,
        )
    decision = decide(service, question)
    return PrecheckAnswer(
        found=True,
        as_of=found.as_of,
        standing=True,
        fields=record_paths(found.record, found.building),
        summary=_summary(found),
        share=own,
        outcome=decision.outcome.value,
        amount=decision.amount,
        findings=[_body(words) for words in tell_all(decision)],
        several=several,
        left=left,
    )


def property_place(
    session: Session, centre: Centre, device: DeviceRow, ask: PropertyPlaceAsk, at: datetime
) -> PropertyPlaceAnswer:
    """Where the property of the code lies, so that its citizen is sent to the nearest office.

    Owner, debts and rulings are not told. The question is logged without its code among those that
    a case should follow: the case will be another office's. Raises Refusal as a pre-check does.
    """
    code = renewal_code(ask.code)
    found = find(session, code, None)
    subject = _subject(found, code, None)
    _left(session, centre, device, subject, at)
    session.add(
        QuestionRow(
            question_id=new_id(),
            asked_at=at,
            device_id=device.device_id,
            actor=ask.actor,
            service=ask.service,
            code="",
            subject=subject,
            found=found.record is not None,
            standing=False,
        )
    )
    record = found.record
    return PropertyPlaceAnswer(
        found=record is not None,
        as_of=found.as_of,
        neighbourhood=record.neighbourhood if record else "",
        latitude=record.latitude if record else "",
        longitude=record.longitude if record else "",
    )


def _subject(found: Found, code: RenewalCode | None, plate: Plate | None) -> str:
    """What names the property asked for: its code where that found it, else all that was given."""
    if code is not None and found.record is not None and found.record.code == code:
        return str(code)
    by_plate = f"{plate.section}-{plate.main}-{plate.sub}" if plate else ""
    return f"{code or ''}/{by_plate}"


def _left(session: Session, centre: Centre, device: DeviceRow, subject: str, at: datetime) -> int:
    """How many more properties the desk may ask for today, this one counted already."""
    begun = at.astimezone(TEHRAN).replace(hour=0, minute=0, second=0, microsecond=0)
    today = select(QuestionRow.subject).where(
        QuestionRow.device_id == device.device_id, QuestionRow.asked_at >= begun
    )
    asked = set(session.scalars(today.distinct()))
    most = centre.reference.city(session, day_of(at)).prechecks_a_day
    if subject in asked:
        return max(0, most - len(asked))
    if len(asked) >= most:
        raise Refusal(
            to_persian_digits(
                f"این باجه امروز {most} ملک را پیش‌بررسی کرده و سهم آن تمام است؛ درخواست را ثبت"
                " کنید، پاسخ پس از ثبت می‌آید."
            )
        )
    return most - len(asked) - 1


def _own_share(question: Question, found: Found) -> str:
    """The dang that the person holds of the property; empty when none or not asked."""
    if question.applicant.is_body or found.record is None:
        return ""
    dang = sum(o.dang for o in found.record.owners if o.person_id == question.owner_id)
    return f"{dang.normalize():f}" if dang else ""


def _summary(found: Found) -> str:
    record = found.record
    if record is None:
        return ""
    visited = format_jalali(record.last_visit) if record.last_visit else "ندارد"
    if record.last_visit is not None and record.last_visit > found.as_of:
        # No export knows of it yet: a report overlays them (RULES.md §1).
        visited = f"{visited}، به گزارش مأمور بازدید"
    return "، ".join(
        part
        for part in (
            f"کاربری {record.use}" if record.use else "",
            record.address,
            f"آخرین بازدید: {visited}",
            signs_words(record.corrected),
        )
        if part
    )


def _body(words: FindingWords) -> FindingBody:
    return FindingBody(**asdict(words))


def free_slots(
    session: Session, centre: Centre, _: DeviceRow, ask: SlotsAsk, at: datetime
) -> SlotsAnswer:
    """The soonest free half-days of a district."""
    day = day_of(at)
    rota = centre.reference.rota(session, day)
    return SlotsAnswer(slots=visits.free(session, ask.district, rota, day, ask.count))


def municipal(session: Session, centre: Centre, device: DeviceRow, actor: str) -> list[Role]:
    """The roles of a municipal asker, the own one first. Raises Refusal for anybody else."""
    row = session.get(PersonRow, actor)
    if row is None or row.office != device.office or not Role(row.role).is_municipal:
        raise Refusal("این کارتابل از آنِ کارکنان شهرداری است.")
    if not Role(row.role).sees_cases:
        raise Refusal(NO_CASES)
    return roles_of(session, centre, row)


def verify(
    session: Session, _: Centre, __: DeviceRow, ask: VerifyAsk, ___: datetime
) -> VerifyAnswer:
    """Whether the letter with this number and signature is in force."""
    key = letter_key(session, ask.number)
    if key is None:
        raise Refusal("شمارهٔ نامه درست نیست.")
    row = session.get(LetterRow, key)
    if row is None or row.signature != ask.signature:
        return VerifyAnswer(state="unknown")
    return VerifyAnswer(state=row.state)


def letter_key(session: Session, number: str) -> tuple[str, int, int] | None:
    """The key of the letter of that number, written with any code of its office; None for none.

    An office numbers on when its code changes: year and serial name one letter of it.
    """
    found = _NUMBER.fullmatch(number)
    return (id_of(session, found[2]), int(found[1]), int(found[3])) if found else None

"""Questions to other bodies at the centre: their letters, numbered and signed, and their rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from desktop.centre import numbers
from desktop.centre.blobs import note_use
from desktop.centre.consultation_tables import ConsultationRow
from desktop.centre.context import Centre, day_of
from desktop.centre.letter_keys import signing_key
from desktop.chance import new_id
from desktop.domain import commands as c
from desktop.domain.calendar import jalali
from desktop.domain.case import Case
from desktop.domain.consultation import (
    Consultation,
    ConsultationDropped,
    Consulted,
    ConsulteeReminded,
    ConsulteeReplied,
    ReplyLate,
    consultee_named,
)
from desktop.domain.consultation_letter import OUTCOME, Asking
from desktop.domain.facts import LetterVoided, Withdrawn
from desktop.domain.identifiers import Plate
from desktop.domain.letter import Essence, Letter, LetterKind, Release
from desktop.domain.office import MUNICIPALITY
from desktop.domain.office_letter import number_of
from desktop.domain.service import Service
from desktop.domain.signer import Signed
from desktop.domain.stream import MUNICIPALITY as HOME
from desktop.domain.stream import Fact
from desktop.sql.missing import put_rows

NUMBERING = (c.Consult, c.RemindConsultee)
"""Acts that take a number of the municipality's own, under the lock of the stream `city`."""
TOUCHING = (
    Consulted,
    ConsulteeReminded,
    ConsulteeReplied,
    ConsultationDropped,
    ReplyLate,
    LetterVoided,
    Withdrawn,
)
"""Facts after which a row of a question may stand otherwise."""
_STAMP = "office"


def with_letter(
    session: Session, centre: Centre, case: Case, service: Service, fact: Consulted, at: datetime
) -> Consulted:
    """The question with its letter and number; one that the answer itself asks has both."""
    if fact.number:
        return fact
    letter, release = _written(session, centre, case, service, fact, fact.reply_by, None, at)
    return replace(fact, number=letter.number, letter=letter, release=release)


def with_reminder(
    session: Session,
    centre: Centre,
    case: Case,
    service: Service,
    fact: ConsulteeReminded,
    at: datetime,
) -> ConsulteeReminded:
    """The reminder with its letter and number."""
    asked = case.consultation(fact.consultation_id)
    sent, until = asked.sent, fact.reply_by
    letter, release = _written(session, centre, case, service, sent, until, asked, at)
    return replace(fact, number=letter.number, letter=letter, release=release)


def _written(
    session: Session,
    centre: Centre,
    case: Case,
    service: Service,
    sent: Consulted,
    until: date,
    before: Consultation | None,
    at: datetime,
) -> tuple[Letter, Release]:
    """A letter of the municipality's own series, by who signs such letters by its data."""
    today = day_of(at)
    city = centre.reference.city(session, today)
    card = centre.reference.office(session, MUNICIPALITY).on(today)
    found = consultee_named(city.consultees, sent.consultee)
    request = case.request
    text = Asking(
        head=card.head,
        addressee=found.addressee if found is not None else sent.consultee,
        question=sent.question,
        reply_by=until,
        tracking=request.tracking,
        service=service.title,
        code=case.code,
        plate=_plate(request.plate),
        address=request.answers.get("address", ""),
        sample=card.sample,
        first=before.sent.number if before is not None else "",
        first_on=before.sent.asked_on if before is not None else None,
    ).text
    # Under the lock of the stream `city`, last: what is refused takes none.
    year = jalali(today)[0]
    number = number_of(year, numbers.next_serial(session, MUNICIPALITY, year))
    key, signer = signing_key(session, centre, today), city.signer(Signed.CONSULTATION)
    essence = replace(
        Essence.of_text(text, today, OUTCOME),
        number=number,
        service=service.code,
        renewal_code=case.code,
    )
    encoded, signature = key.issue(essence)
    letter = Letter(
        letter_id=new_id(),
        case_id=case.case_id,
        # Not on the paper: the essence says what it is.
        kind=LetterKind.ANSWER,
        number=number,
        issued_on=today,
        valid_until=None,
        text=text,
        essence=encoded,
        signature=signature,
        key_id=key.key_id,
    )
    return letter, key.release(letter, Release(*signer.hand, today, _STAMP))


def _plate(plate: Plate | None) -> str:
    if plate is None:
        return ""
    sub = f"{plate.sub} فرعی از " if plate.sub else ""
    return f"{sub}{plate.main} اصلی، بخش {plate.section}"


def keep(session: Session, case: Case, facts: list[Fact]) -> None:
    """Write down how the case's questions stand, and whose desk sends the scans of replies."""
    if not any(isinstance(fact.payload, TOUCHING) for fact in facts):
        return
    ended = day_of(facts[-1].at)
    rows = [row_of(case, each, ended) for each in case.consultations]
    put_rows(session, ConsultationRow, *rows)
    for fact in facts:
        told = fact.payload
        if isinstance(told, ConsulteeReplied) and told.reply.scan is not None:
            stream = case.stream if told.by_hand else HOME
            note_use(session, case, stream, [told.reply.scan])


def row_of(case: Case, asked: Consultation, today: date) -> dict[str, object]:
    """How a question stands, as lists read it; `today` is the day of the newest fact."""
    state = "open" if asked.open else "replied" if asked.reply is not None else "dropped"
    return {
        "case_id": case.case_id,
        "consultation_id": asked.ident,
        "consultee": asked.sent.consultee,
        "number": asked.numbers[-1] if asked.numbers else "",
        "asked_on": asked.sent.asked_on,
        "reply_by": asked.reply_by,
        "reminders": len(asked.reminders),
        "state": state,
        "late": asked.late,
        "reply": asked.reply.kind.value if asked.reply is not None else "",
        "ended_on": None if asked.open else asked.replied_on or today,
    }

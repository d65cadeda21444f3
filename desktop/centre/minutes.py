"""The minutes of a conversion: written, numbered and signed as the second person signs the card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from desktop.centre import numbers
from desktop.centre.context import Centre, day_of
from desktop.centre.converting import handed_over, steps_done
from desktop.centre.letter_keys import signing_key
from desktop.centre.offices import all_offices
from desktop.centre.people import staff_of
from desktop.centre.publication_tables import PublicationRow
from desktop.centre.reference import publication
from desktop.centre.tables import NumberRow, PersonRow
from desktop.domain.calendar import jalali
from desktop.domain.letter import Essence, Release
from desktop.domain.minutes import OUTCOME, Converted, Minutes, Signatory, released_by
from desktop.domain.office import MUNICIPALITY, Office, OfficeCard, converts
from desktop.domain.people import Staff
from desktop.domain.signer import Signed
from desktop.domain.stream import Published, Topic
from desktop.forms.published_values import value_text
from desktop.wire.cards import read_card

_STAMP = "office"


def minutes_told(
    session: Session,
    centre: Centre,
    facts: Sequence[Published],
    *,
    prepared: PublicationRow,
    second: Staff,
    at: datetime,
) -> list[Published]:
    """The minutes of each office that these cards make a پیشخوان of; they hold from today.

    Asked before the cards become terms. The numbers are the municipality's own of the Jalali year,
    taken in the transaction that puts the cards into force: what is not signed takes none.
    """
    known, told = all_offices(session), []
    for fact in facts:
        office = known.get(fact.key)
        card = read_card(fact.text, fact.key)
        if office is None or not converts(office.on(fact.effective_from), card):
            continue
        minutes = _minutes(session, centre, office, card, fact, prepared, second, at)
        text = value_text(minutes)
        told.append(publication(Topic.MINUTES, office.office_id, minutes.dated, text))
    return told


def _minutes(
    session: Session,
    centre: Centre,
    office: Office,
    card: OfficeCard,
    fact: Published,
    prepared: PublicationRow,
    second: Staff,
    at: datetime,
) -> Minutes:
    today = day_of(at)
    year = jalali(today)[0]
    own = session.get(NumberRow, (office.office_id, year))
    first = staff_of(session.get_one(PersonRow, prepared.actor))
    last = _signatory(second, today)
    converted = Converted(
        before=office.on(fact.effective_from),
        after=card,
        day=fact.effective_from,
        steps=steps_done(session, office.office_id),
        services=len(handed_over(session, centre, office.office_id, fact.effective_from)),
        year=year,
        serial=own.last if own else 0,
        head=centre.reference.office(session, MUNICIPALITY).on(today).head,
        first=_signatory(first, day_of(prepared.at)),
        second=last,
    )
    text = converted.text
    serial = numbers.next_serial(session, MUNICIPALITY, year)
    number = f"{year}/{serial}"
    key = signing_key(session, centre, today)
    essence = replace(
        Essence.of_text(text, today, OUTCOME),
        number=number,
        office=converted.before.code,
    )
    signer = centre.reference.city(session, today).signer(Signed.CONVERSION)
    by, title = released_by(signer, last)
    encoded, signature = key.issue(essence)
    made = Minutes(
        office=office.office_id,
        day=fact.effective_from,
        version=fact.version,
        number=number,
        dated=today,
        text=text,
        release=Release(by, title, today, _STAMP),
        essence=encoded,
        signature=signature,
        key_id=key.key_id,
    )
    return replace(made, release=key.release(made.letter, made.release))


def _signatory(person: Staff, day: date) -> Signatory:
    return Signatory(person.signed, person.title or person.role.word, day)

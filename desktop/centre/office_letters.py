"""Letters to offices: written and numbered as the second signature puts a delegation into force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from desktop.centre import numbers
from desktop.centre.context import Centre, day_of
from desktop.centre.offices import all_offices
from desktop.centre.reference import publication
from desktop.domain.calendar import jalali
from desktop.domain.delegation import Delegation
from desktop.domain.office import MUNICIPALITY
from desktop.domain.office_letter import Signing, letters_of, number_of
from desktop.domain.people import Staff
from desktop.domain.signer import Signed
from desktop.domain.stream import Published, Topic
from desktop.forms.published_values import published_value, value_text


def letters_told(
    session: Session,
    centre: Centre,
    facts: Sequence[Published],
    *,
    named: str,
    prepared: str,
    second: Staff | None,
    at: datetime,
) -> list[Published]:
    """The letters of the publication `named`, each office's with a number of its own.

    Numbers are taken in the transaction that puts the delegations into force, under the lock of the
    stream `city`: what is not signed takes none. Each holds from the day of the letter. Without
    `second` nobody signed in the program: both places are left for ink.
    """
    delegations = [(published_value(Delegation, fact.text), fact.version) for fact in facts]
    today = day_of(at)
    offices = all_offices(session)
    # What held before is told to an office as it is called now.
    on = {one.office: max(one.since, today) for one, _ in delegations}
    on |= {one.heir: one.since for one, _ in delegations if one.heir in offices}
    cards = {office: offices[office].on(day) for office, day in on.items()}
    signing = Signing(
        publication=named,
        dated=today,
        head=offices[MUNICIPALITY].on(today).head,
        signer=centre.reference.city(session, today).signer(Signed.DELEGATION),
        prepared=prepared,
        second=second.signed if second else "",
        second_title=(second.title or second.role.word) if second else "",
    )
    titles = _titles(session, centre, (one for one, _ in delegations), today)
    year, told = jalali(today)[0], []
    for letter in letters_of(delegations, cards, titles, signing):
        number = number_of(year, numbers.next_serial(session, MUNICIPALITY, year))
        text = value_text(replace(letter, number=number))
        told.append(publication(Topic.OFFICE_LETTER, letter.key, today, text))
    return told


def _titles(
    session: Session, centre: Centre, delegations: Iterable[Delegation], today: date
) -> dict[str, str]:
    """What each service is called on the first day that is told of it, today for what holds."""
    found: dict[str, str] = {}
    for one in delegations:
        if one.service not in found:
            held = centre.reference.services(session, max(one.since, today))
            found[one.service] = held[one.service].title
    return found

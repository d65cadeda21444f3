"""Letters of the municipality to its offices: foreseen before they are signed, read, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.actions.desk import Desk, Seat
from desktop.domain.delegation import Delegation
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.office_letter import OfficeLetter, Signing, letters_of
from desktop.domain.signer import Signed
from desktop.domain.stream import Topic
from desktop.forms.published_values import published_value
from desktop.reports import office_letter
from desktop.store import published
from desktop.store.open import Session


@dataclass(frozen=True)
class ToldLetter:
    """A letter as this desk has heard of it; `taken_back` where none of it ever holds."""

    letter: OfficeLetter
    taken_back: bool = False

    @property
    def pdf(self) -> bytes:
        """The letter as PDF. Raises Refusal on an unprintable character."""
        return office_letter.draw(self.letter, taken_back=self.taken_back)


def letters(desk: Desk) -> list[ToldLetter]:
    """The letters to this desk's own office, to all offices at the municipality; newest first."""
    own = desk.identity().office
    with desk.store.reading() as session:
        items = published.all_told(session, Topic.OFFICE_LETTER)
        held = _held(session)
    told = (published_value(OfficeLetter, item.text) for item in reversed(items))
    return [
        ToldLetter(letter, taken_back=_is_taken_back(letter, held))
        for letter in told
        if own in (MUNICIPALITY, letter.office)
    ]


def of_publication(desk: Desk, publication: str) -> list[ToldLetter]:
    """The letters that one publication brought, by the codes of their offices."""
    found = [each for each in letters(desk) if each.letter.publication == publication]
    return found[::-1]


def foreseen(seat: Seat, delegations: Sequence[Delegation]) -> list[OfficeLetter]:
    """The letters that these would bring if they were signed today; none has a number yet."""
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        head = desk.reference.office(session, MUNICIPALITY, today).head
        signer = desk.reference.city(session, today).signer(Signed.DELEGATION)
        days = {one.since for one in delegations}
        cards: dict[str, OfficeCard] = {}
        titles: dict[str, str] = {}
        for day in days:
            cards |= desk.reference.cards(session, day)
            services = desk.reference.services(session, day)
            titles |= {code: service.title for code, service in services.items()}
    known = [(one, "") for one in delegations if one.office in cards]
    return letters_of(known, cards, titles, Signing("", today, head, signer, seat.staff.name))


def draw(letter: OfficeLetter) -> bytes:
    """The letter as PDF; one without a number says that it is not signed.

    Raises Refusal on an unprintable character.
    """
    return office_letter.draw(letter)


def _held(session: Session) -> frozenset[tuple[str, str]]:
    """Key and version of each delegation that was told and not withdrawn."""
    items = published.all_told(session, Topic.DELEGATION)
    return frozenset((item.key, item.version) for item in items)


def _is_taken_back(letter: OfficeLetter, held: frozenset[tuple[str, str]]) -> bool:
    return all((each.key, each.version) not in held for each in letter.services)

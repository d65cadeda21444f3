"""Letters of the municipality to its offices: foreseen before they are signed, heard, read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.actions import notices as noticed
from desktop.actions.desk import Desk, Seat
from desktop.domain.delegation import Delegation
from desktop.domain.notice import NoticeKind
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.office_letter import OfficeLetter, Signing, letters_of
from desktop.domain.signer import Signed
from desktop.domain.stream import Topic
from desktop.forms.published_values import published_value
from desktop.store import notices, published
from desktop.store.open import Session
from desktop.wire.notices import MOST_KEYS, ReaderBody


@dataclass(frozen=True)
class ToldLetter:
    """A letter as this desk has heard of it; `taken_back` where none of it ever holds.

    `read_at` is when somebody at this desk read it first.
    """

    letter: OfficeLetter
    taken_back: bool = False
    read_at: datetime | None = None


def letters(desk: Desk) -> list[ToldLetter]:
    """The letters to this desk's own office, to all offices at the municipality; newest first."""
    own = desk.identity().office
    with desk.store.reading() as session:
        told = _told(session)
        held = _held(session)
        read = notices.read_here(session, NoticeKind.OFFICE_LETTER)
    return [
        ToldLetter(letter, _is_taken_back(letter, held), read.get(letter.key))
        for letter in told
        if own in (MUNICIPALITY, letter.office)
    ]


def unread(desk: Desk) -> list[ToldLetter]:
    """Those to this desk's own office that nobody has read here, the newest first."""
    own = desk.identity().office
    with desk.store.reading() as session:
        read = notices.read_here(session, NoticeKind.OFFICE_LETTER)
        told = _told(session)
        new = [letter for letter in told if letter.office == own and letter.key not in read]
        # Each page's count asks for them: what was handed over is gone through only for new ones.
        held = _held(session) if new else frozenset()
    return [ToldLetter(letter) for letter in new if not _is_taken_back(letter, held)]


def note_read(seat: Seat, letter: OfficeLetter) -> None:
    """This person has read it; the unit is told, with no line when it is back."""
    noticed.note_read(seat, NoticeKind.OFFICE_LETTER, letter.key)


def readers(seat: Seat, letters: Sequence[OfficeLetter]) -> dict[str, ReaderBody]:
    """By the key of the letter, who read it first and when. Raises LineDown, Refusal."""
    keys = [letter.key for letter in letters]
    found: dict[str, ReaderBody] = {}
    for first in range(0, len(keys), MOST_KEYS):
        some = keys[first : first + MOST_KEYS]
        answer = noticed.readers(seat, NoticeKind.OFFICE_LETTER, some, named=True)
        for each in answer.readers:
            found.setdefault(each.key, each)
    return found


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


def _told(session: Session) -> list[OfficeLetter]:
    """The letters to all offices that this desk has heard of, newest first."""
    items = published.all_told(session, Topic.OFFICE_LETTER)
    return [published_value(OfficeLetter, item.text) for item in reversed(items)]


def _held(session: Session) -> frozenset[tuple[str, str]]:
    """Key and version of each delegation that was told and not withdrawn."""
    items = published.all_told(session, Topic.DELEGATION)
    return frozenset((item.key, item.version) for item in items)


def _is_taken_back(letter: OfficeLetter, held: frozenset[tuple[str, str]]) -> bool:
    return all((each.key, each.version) not in held for each in letter.services)

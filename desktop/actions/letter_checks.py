"""What is known of a letter before anything is done with it: may I, is it true, where did it go."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.actions.desk import OLD_PROGRAM, Desk, Seat
from desktop.actions.letters import STAMP
from desktop.domain import lawful_letters
from desktop.domain.case import Case
from desktop.domain.commands import ReleaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.lawful import demand_lawful
from desktop.domain.letter import Letter
from desktop.domain.stream import Topic
from desktop.reports.letter import LAYOUT
from desktop.store import meta, published
from desktop.store.ledger import Printing, PrintState
from desktop.store.open import Session
from desktop.wire.essence import read as read_essence
from desktop.wire.letters import is_issued, published_key

__all__ = ["PrintState", "Printing"]


@dataclass(frozen=True)
class Truth:
    """Whether the centre signed the letter's essence, and whether its words are those signed."""

    signed: bool
    same_words: bool


def truth(desk: Desk, letter: Letter) -> Truth:
    """The letter against the centre's key, as anyone who holds the paper can check it."""
    with desk.store.reading() as session:
        keys = published.in_force(session, Topic.CENTRE_KEY, desk.today(session))
    encoded = bytes.fromhex(letter.essence)
    signed = letter.key_id in keys and is_issued(
        *published_key(keys[letter.key_id].text), letter.signature, encoded
    )
    return Truth(signed, read_essence(encoded).digest == letter.text.digest())


def release_barrier(seat: Seat, case: Case, letter_id: str) -> str:
    """Why this person may not release the letter now, in words; empty when they may."""
    with seat.desk.store.reading() as session:
        return barrier_now(session, seat, case, letter_id)


def barrier_now(session: Session, seat: Seat, case: Case, letter_id: str) -> str:
    """As `release_barrier`, within the caller's transaction."""
    desk = seat.desk
    at = desk.moment(session)
    setting = desk.reference.setting_for(session, case.request, seat.staff, at)
    asked = ReleaseLetter(letter_id, "", LAYOUT, STAMP, setting.today)
    try:
        demand_lawful(case, asked.kind, seat.staff)
        lawful_letters.release(case, asked, seat.staff, setting)
    except Refusal as no:
        return no.words
    return "" if meta.get(session).releases else OLD_PROGRAM


def may_copy(seat: Seat, case: Case) -> bool:
    """Whether this person may sign a further copy of its letters."""
    with seat.desk.store.reading() as session:
        at = seat.desk.moment(session)
        setting = seat.desk.reference.setting_for(session, case.request, seat.staff, at)
    try:
        lawful_letters.demand_releaser(seat.staff, setting)
    except Refusal:
        return False
    return True

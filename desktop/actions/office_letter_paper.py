"""A letter to an office on paper."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.actions import office_letters
from desktop.actions.desk import Seat
from desktop.domain.delegation import Delegation
from desktop.domain.office_letter import OfficeLetter
from desktop.reports import office_letter


def draw(letter: OfficeLetter, *, taken_back: bool = False) -> bytes:
    """The letter as PDF; one without a number, or `taken_back`, says that it is none.

    Raises Refusal on an unprintable character.
    """
    return office_letter.draw(letter, taken_back=taken_back)


def first(seat: Seat, delegations: Sequence[Delegation]) -> bytes:
    """The first of the letters that these would bring, as PDF. Raises Refusal as `draw`."""
    [letter, *_] = office_letters.foreseen(seat, delegations)
    return draw(letter)

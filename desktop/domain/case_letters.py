"""A letter's life within its case: issued, released, printed, handed over, or voided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.domain import facts as f
from desktop.domain.elsewhere import CopyGiven
from desktop.domain.letter import ADDRESS, Letter, Release
from desktop.domain.paper import CopyAnswered, CopyAsked, SheetSpoiled
from desktop.domain.recall import VoidTold

if TYPE_CHECKING:
    from desktop.domain.case import Case


@dataclass(frozen=True)
class CaseLetter:
    """A letter of the case with its own life: issued, released, handed over, or voided.

    `copies` is the number of the copy that came out last, `spoiled` that it was destroyed; `asked`
    is why the office wants more copies than it prints by itself, `allowed` the last of those that a
    supervisor allowed, 0 for none. `told` are those who were told that it is void, `given` its
    copies at other offices.
    """

    letter: Letter
    release: Release | None = None
    sha256: str = ""
    layout: int = 0
    copies: int = 0
    handed_to: str = ""
    voided: str = ""
    settled: bool = False
    told: tuple[str, ...] = ()
    spoiled: bool = False
    asked: str = ""
    allowed: int = 0
    given: tuple[CopyGiven, ...] = ()

    @property
    def next_copy(self) -> int:
        """The copy that is printed next: a spoiled one once more."""
        return self.copies if self.spoiled else self.copies + 1

    @property
    def on_paper(self) -> int:
        """How many copies there are that can be used."""
        return self.next_copy - 1

    @property
    def is_out(self) -> bool:
        """Whether somebody outside has it: it was handed over, or copied at another office."""
        return bool(self.handed_to or self.given)

    @property
    def live(self) -> bool:
        """Whether it is in force: not voided, and for a debt letter something is still owed."""
        return not self.voided and not self.settled


def told_address(case: Case) -> str:
    """Where the property of the case is: as its last letter says it, else as the form does; empty
    where neither does."""
    facts = (held.letter.text.facts for held in reversed(case.letters))
    told = (each.value(ADDRESS) for each in facts if each is not None)
    return next(filter(None, told), "") or case.request.answers.get("address", "")


def moved(
    held: CaseLetter,
    payload: f.LetterReleased
    | f.LetterPrinted
    | f.HandedOver
    | f.LetterVoided
    | VoidTold
    | SheetSpoiled
    | CopyAsked
    | CopyAnswered
    | CopyGiven,
) -> CaseLetter:
    """The letter after a fact of its own."""
    match payload:
        case f.LetterReleased():
            return replace(
                held, release=payload.release, sha256=payload.sha256, layout=payload.layout
            )
        case f.LetterPrinted():
            copies = max(held.copies, payload.copy)
            return replace(held, copies=copies, spoiled=held.spoiled and copies != payload.copy)
        case SheetSpoiled():
            return replace(held, spoiled=payload.copy == held.copies)
        case CopyAsked():
            return replace(held, asked=payload.reason)
        case CopyAnswered():
            allowed = held.next_copy if payload.allowed else held.allowed
            return replace(held, asked="", allowed=allowed)
        case CopyGiven():
            return replace(held, given=(*held.given, payload))
        case f.HandedOver():
            return replace(held, handed_to=payload.receiver)
        case f.LetterVoided():
            return replace(held, voided=payload.reason)
        case VoidTold():
            return replace(held, told=(*held.told, payload.to))

"""A letter's life within its case: issued, released, printed, handed over, or voided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.domain import facts as f
from desktop.domain.letter import ADDRESS, Letter, Release
from desktop.domain.recall import VoidTold

if TYPE_CHECKING:
    from desktop.domain.case import Case


@dataclass(frozen=True)
class CaseLetter:
    """A letter of the case with its own life: issued, released, handed over, or voided; `told` are
    those who were told that it is void."""

    letter: Letter
    release: Release | None = None
    sha256: str = ""
    layout: int = 0
    copies: int = 0
    handed_to: str = ""
    voided: str = ""
    settled: bool = False
    told: tuple[str, ...] = ()

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
    payload: f.LetterReleased | f.LetterPrinted | f.HandedOver | f.LetterVoided | VoidTold,
) -> CaseLetter:
    """The letter after a fact of its own."""
    match payload:
        case f.LetterReleased():
            return replace(
                held, release=payload.release, sha256=payload.sha256, layout=payload.layout
            )
        case f.LetterPrinted():
            return replace(held, copies=max(held.copies, payload.copy))
        case f.HandedOver():
            return replace(held, handed_to=payload.receiver)
        case f.LetterVoided():
            return replace(held, voided=payload.reason)
        case VoidTold():
            return replace(held, told=(*held.told, payload.to))

"""The paper of letters: sheets that were spoiled, and more copies than an office prints alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from desktop.domain.stamped_sheets import SheetRun


@dataclass(frozen=True)
class SheetSpoiled:
    """A copy came out that nobody can use and was destroyed, on so many `pages` (0: it never came
    out), of those `sheets` where they have numbers: the same copy is printed once more."""

    kind: ClassVar[str] = "sheet-spoiled"
    letter_id: str
    copy: int
    pages: int
    reason: str
    sheets: SheetRun | None = None


@dataclass(frozen=True)
class CopyAsked:
    """The office wants more copies of a letter than it may print by itself, for the reason."""

    kind: ClassVar[str] = "copy-asked"
    letter_id: str
    reason: str


@dataclass(frozen=True)
class CopyAnswered:
    """A supervisor allows one more copy, or not, with a word on it."""

    kind: ClassVar[str] = "copy-answered"
    letter_id: str
    allowed: bool
    comment: str


@dataclass(frozen=True)
class SpoilSheet:
    """As `SheetSpoiled`: the clerk says so of the copy that came out last."""

    kind: ClassVar[str] = "spoil-sheet"
    letter_id: str
    copy: int
    pages: int
    reason: str
    sheets: SheetRun | None = None


@dataclass(frozen=True)
class AskCopy:
    """As `CopyAsked`."""

    kind: ClassVar[str] = "ask-copy"
    letter_id: str
    reason: str


@dataclass(frozen=True)
class AnswerCopy:
    """As `CopyAnswered`."""

    kind: ClassVar[str] = "answer-copy"
    letter_id: str
    allowed: bool
    comment: str

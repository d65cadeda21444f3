"""A letter's copy at another office than its case's: numbered by the centre, told to both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from desktop.domain.errors import Refusal
from desktop.domain.stamped_sheets import SheetRun, demand_run

FIRST = 101
"""Copies of other offices are numbered from here: an office that has no line counts its own."""
_NOT_OUT = "بنویسید کدام نسخهٔ کدام نامه چاپ شد."


@dataclass(frozen=True)
class CopyGiven:
    """The number `copy` of a letter was given to the office (its id, and its name `place`), which
    prints and hands over that copy: a person came there with the case's code and an id of its
    people. `ask_id` tells the question: asked again it is the same copy."""

    kind: ClassVar[str] = "copy-given"
    letter_id: str
    copy: int
    office: str
    reason: str
    ask_id: str
    place: str = ""


@dataclass(frozen=True)
class GiveCopy:
    """As `CopyGiven`: the centre does it for the person at that office, who showed `person_id`."""

    kind: ClassVar[str] = "give-copy"
    letter_id: str
    person_id: str
    reason: str
    ask_id: str


@dataclass(frozen=True)
class CopyPrinted:
    """In the stream of the office that printed it: copy `copy` of another office's letter came
    out on so many `pages`, of those `sheets` where they have numbers; with `spoiled`, the
    reason, it was destroyed or never came out (then no page), and is printed once more."""

    kind: ClassVar[str] = "copy-printed"
    letter_id: str
    copy: int
    sha256: str
    printer: str
    pages: int
    spoiled: str = ""
    sheets: SheetRun | None = None


@dataclass(frozen=True)
class TellCopy:
    """As `CopyPrinted`."""

    kind: ClassVar[str] = "tell-copy"
    letter_id: str
    copy: int
    sha256: str
    printer: str
    pages: int
    spoiled: str = ""
    sheets: SheetRun | None = None


def told(asked: TellCopy) -> CopyPrinted:
    """What is told of the copy. Raises Refusal for what names none."""
    named = asked.letter_id.strip() and asked.sha256.strip()
    if not named or asked.copy < FIRST or asked.pages < (0 if asked.spoiled else 1):
        raise Refusal(_NOT_OUT)
    if asked.sheets is not None:
        demand_run(asked.sheets)
        if not asked.spoiled and asked.sheets.count != asked.pages:
            raise Refusal(_NOT_OUT)
    return CopyPrinted(**{**vars(asked), "spoiled": asked.spoiled.strip()})

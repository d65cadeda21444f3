"""How letters end: at the office, or recalled by the municipality; who is told (`commands`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True)
class VoidLetter:
    """A letter that was not handed over is withdrawn from force, with the reason; its number is
    spent.

    `witness` is a second person of the office (staff id), whose signature (hex) is over
    `wire.assent.witnessed` of the letter's id and the reason; both are empty where nobody else is
    at work.
    """

    kind: ClassVar[str] = "void-letter"
    letter_id: str
    reason: str
    witness: str = ""
    witness_signature: str = ""


@dataclass(frozen=True)
class RecallLetter:
    """The municipality doubts a letter, which holds no more until a second person decides.

    `found` as of `recall.LetterRecalled`.
    """

    kind: ClassVar[str] = "recall-letter"
    letter_id: str
    reason: str
    found: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class UpholdLetter:
    """A letter stands though it was recalled, or though what is `found` fails by now."""

    kind: ClassVar[str] = "uphold-letter"
    letter_id: str
    reason: str
    found: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class VoidRecalled:
    """The second person ends a letter that was recalled, wherever its paper is."""

    kind: ClassVar[str] = "void-recalled"
    letter_id: str
    reason: str


@dataclass(frozen=True)
class TellVoid:
    """Somebody who had a letter was told that it is void; `how` as of `recall.Telling`."""

    kind: ClassVar[str] = "tell-void"
    letter_id: str
    to: str
    how: str

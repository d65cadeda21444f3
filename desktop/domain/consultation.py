"""Another body that is asked by letter about a case: who it is, what was asked and replied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from desktop.domain.calendar import format_jalali
from desktop.domain.letter import Letter, Release
from desktop.domain.persian import fold, isolate, to_persian_digits
from desktop.domain.request import DocumentFile


@dataclass(frozen=True)
class Consultee:
    """A body that the municipality asks, as published; it answers within so many working `days`.

    `addressee` is how a letter begins, `by_hand` whether the citizen may bring its reply to the
    counter. It is asked where one of `gates` fails; `services` are those whose end is its reply.
    """

    name: str
    addressee: str
    days: int
    by_hand: bool = False
    gates: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


class ReplyKind(StrEnum):
    """What a body says to what it was asked."""

    AGREED = "agreed"
    CONDITIONAL = "conditional"
    OPPOSED = "opposed"

    @property
    def word(self) -> str:
        """On screen and paper."""
        return _KINDS[self]

    @property
    def needs_words(self) -> bool:
        """Whether it says nothing without its conditions or reasons."""
        return self is not ReplyKind.AGREED


_KINDS = {
    ReplyKind.AGREED: "موافقت",
    ReplyKind.CONDITIONAL: "موافقت مشروط",
    ReplyKind.OPPOSED: "مخالفت",
}


@dataclass(frozen=True)
class Reply:
    """The reply as it came: its own number and day, the number of ours that it answers, its scan.

    `words` are its conditions or reasons, as far as they matter to the case.
    """

    kind: ReplyKind
    number: str
    dated: date
    to_number: str
    words: str = ""
    scan: DocumentFile | None = None

    @property
    def told(self) -> str:
        """«موافقت مشروط، شمارهٔ ۱۲/۳۴ مورخ ۱۴۰۵/۰۹/۰۳»."""
        number = isolate(to_persian_digits(self.number))
        return f"{self.kind.word}، شمارهٔ {number} مورخ {isolate(format_jalali(self.dated))}"


@dataclass(frozen=True)
class Consulted:
    """A body was asked by the letter of that number, and replies by a day.

    That is so many working `days` on; 0 in facts of before, which tell the day alone.

    `letter` and `release` are what is drawn; None where it was asked by the answer itself.
    `by_hand` is whether the citizen may bring the reply.
    """

    kind: ClassVar[str] = "consulted"
    consultation_id: str
    consultee: str
    question: str
    asked_on: date
    reply_by: date
    number: str = ""
    by_hand: bool = False
    letter: Letter | None = None
    release: Release | None = None
    days: int = 0


@dataclass(frozen=True)
class ConsulteeReminded:
    """It was reminded by another letter, and replies by another day; `days` as of `Consulted`."""

    kind: ClassVar[str] = "consultee-reminded"
    consultation_id: str
    asked_on: date
    reply_by: date
    number: str = ""
    letter: Letter | None = None
    release: Release | None = None
    days: int = 0


@dataclass(frozen=True)
class ConsulteeReplied:
    """Its reply is here; `by_hand` says that the citizen brought it to the counter."""

    kind: ClassVar[str] = "consultee-replied"
    consultation_id: str
    reply: Reply
    entered_on: date
    by_hand: bool = False


@dataclass(frozen=True)
class ConsultationDropped:
    """The question was taken back: a reply to it counts for nothing any more."""

    kind: ClassVar[str] = "consultation-dropped"
    consultation_id: str
    reason: str


@dataclass(frozen=True)
class ReplyLate:
    """The day of its reply went by without one: the supervisor looks."""

    kind: ClassVar[str] = "reply-late"
    consultation_id: str
    reply_by: date


@dataclass(frozen=True)
class Consultation:
    """One question to one body, by its facts: asked, reminded, replied to or taken back.

    `replied_on` is the day on which the reply was entered; `dropped` is why it was taken back,
    `late` that its day went by and the supervisor was told.
    """

    sent: Consulted
    reminders: tuple[ConsulteeReminded, ...] = ()
    reply: Reply | None = None
    replied_on: date | None = None
    dropped: str = ""
    late: bool = False

    @property
    def ident(self) -> str:
        """By which acts name it."""
        return self.sent.consultation_id

    @property
    def open(self) -> bool:
        """Whether a reply is awaited."""
        return self.reply is None and not self.dropped

    @property
    def last(self) -> Consulted | ConsulteeReminded:
        """The letter that was sent last."""
        return self.reminders[-1] if self.reminders else self.sent

    @property
    def reply_by(self) -> date:
        """The last day of its reply, by the letter that was sent last."""
        return self.last.reply_by

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of our letters, any of which a reply may name."""
        given = (self.sent.number, *(each.number for each in self.reminders))
        return tuple(number for number in given if number)


def same_number(one: str, other: str) -> bool:
    """Whether two numbers of a letter are one, however their digits are written."""
    return fold(one).replace(" ", "") == fold(other).replace(" ", "")


def consultee_named(consultees: tuple[Consultee, ...], name: str) -> Consultee | None:
    """The published body of that name, in whatever spelling."""
    return next((each for each in consultees if fold(each.name) == fold(name)), None)

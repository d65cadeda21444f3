"""A lesson of a service as a value: a citizen's story, what is to be filled in, and its marking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.persian import to_persian_digits

OUTCOME, UNCHANGED = "outcome", "unchanged"
_MUST_BE_RIGHT = frozenset({OUTCOME, UNCHANGED})
# Of nine answers one may be wrong: a slip of the pen is no want of knowledge.
_ONE_SLIP_IN = 9
FAILURES = 3
"""After so many a lesson asks to talk with somebody who knows the service."""


class Teller(StrEnum):
    """Whose words a sentence of the story is."""

    CITIZEN = "citizen"
    RECORDS = "records"


@dataclass(frozen=True)
class StorySentence:
    """A sentence of the story and the keys of the answers that rest on it."""

    words: str
    keys: frozenset[str] = frozenset()
    teller: Teller = Teller.CITIZEN


@dataclass(frozen=True)
class PaperRow:
    """What stands on a paper: `key` names the answer that is taken from it, empty for none."""

    label: str
    value: str
    key: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper that the citizen holds, of so many pages, and what is read on it."""

    title: str
    pages: int
    rows: tuple[PaperRow, ...] = ()


@dataclass(frozen=True)
class RightAnswer:
    """An answer that is marked: `right` as kept, `shown` as read, `rule` why it is so."""

    key: str
    label: str
    right: str
    shown: str
    rule: str


@dataclass(frozen=True)
class Story:
    """What the citizen says and the records hold, the papers, and the answers expected."""

    name: str
    told: tuple[StorySentence, ...]
    papers: tuple[Paper, ...]
    wanted: tuple[RightAnswer, ...]

    def reasons(self, key: str) -> str:
        """The words of the story on which that answer rests; else the papers that it stands on."""
        said = [each.words for each in self.told if key in each.keys]
        if said:
            return " ".join(said)
        held = [paper.title for paper in self.papers if any(row.key == key for row in paper.rows)]
        return f"در «{'» و «'.join(held)}» نوشته شده است." if held else ""


@dataclass(frozen=True)
class Answer:
    """What was answered: as kept, to be compared, and as read."""

    value: str
    shown: str


NOTHING = Answer("", "پاسخی داده نشده است")


@dataclass(frozen=True)
class MarkedAnswer:
    """An answer with its marking; `given` and `right` are as read, `why` the story's own words."""

    key: str
    label: str
    given: str
    right: str
    correct: bool
    why: str
    rule: str


@dataclass(frozen=True)
class Marked:
    """A sheet of answers, marked."""

    marks: tuple[MarkedAnswer, ...]

    @property
    def of(self) -> int:
        """How many answers were marked."""
        return len(self.marks)

    @property
    def right(self) -> int:
        """How many are right."""
        return sum(mark.correct for mark in self.marks)

    @property
    def needed(self) -> int:
        """How many must be right."""
        return needed(self.of)

    @property
    def wrong(self) -> tuple[MarkedAnswer, ...]:
        """What is wrong, in the form's order."""
        return tuple(mark for mark in self.marks if not mark.correct)

    @property
    def passed(self) -> bool:
        """Whether enough is right, the owner's declaration and the outcome among it."""
        grave = any(mark.key in _MUST_BE_RIGHT for mark in self.wrong)
        return self.right >= self.needed and not grave


def needed(of: int) -> int:
    """So many of the answers must be right."""
    return of - of // _ONE_SLIP_IN


def mark(story: Story, given: Mapping[str, Answer]) -> Marked:
    """The answers, by key, held against the story."""
    return Marked(tuple(_mark(story, wanted, given) for wanted in story.wanted))


def _mark(story: Story, wanted: RightAnswer, given: Mapping[str, Answer]) -> MarkedAnswer:
    answer = given.get(wanted.key, NOTHING)
    return MarkedAnswer(
        key=wanted.key,
        label=wanted.label,
        given=answer.shown or NOTHING.shown,
        right=wanted.shown or NOTHING.shown,
        correct=answer.value == wanted.right,
        why=story.reasons(wanted.key),
        rule=wanted.rule,
    )


def score(sheets: Iterable[tuple[int, int]]) -> str:
    """The score of a service's lessons, each so many right of so many: «۴۱ از ۴۵»."""
    right, of = (sum(part) for part in zip(*sheets, strict=True))
    return to_persian_digits(f"{right} از {of}")

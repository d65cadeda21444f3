"""The monthly bulletin: how a month's requests were answered, by office and by service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil

from desktop.domain.correctness import Correctness
from desktop.domain.money import half_up
from desktop.domain.suppression import hidden, with_sums

LEAST = 5
"""A count below it may tell of a person: it is hidden."""
ENOUGH = 20
"""Of fewer answers no middle is told."""


class Fate(StrEnum):
    """What the records said first to a request; the columns of the bulletin, in this order."""

    ANSWER = "answer"
    NO_RECORD = "visit-no-record"
    VISIT = "visit"
    PAY = "pay"
    REVIEW = "review"
    REFUSE = "refuse"
    WAITING = "waiting"

    @property
    def word(self) -> str:
        """The words over its column."""
        return _FATES[self]


_FATES = {
    Fate.ANSWER: "پاسخ آنی",
    Fate.NO_RECORD: "بازدید، نبود سابقه",
    Fate.VISIT: "بازدید، علت دیگر",
    Fate.PAY: "در انتظار پرداخت",
    Fate.REVIEW: "بررسی کارشناس",
    Fate.REFUSE: "پاسخ منفی",
    Fate.WAITING: "هنوز بی‌تصمیم",
}


OTHERS = "موارد دیگر"


@dataclass(frozen=True)
class Column:
    """A column: its words, and what is counted in it."""

    words: str
    fates: tuple[Fate, ...]


@dataclass(frozen=True)
class Line:
    """A line of a table: counts as of the bulletin's columns, then their sum; None is hidden.

    `share` is how many of a hundred were answered at once, `wrong` how many of a hundred of those
    are wrong at most (certain to 95 %), `days` the working days of the middle answer from receipt
    to letter; None where they would tell what is hidden, or of too few. Those answered at once are
    as many ways to the office that nobody had to go again: `saved`, hidden where that count is.
    """

    name: str
    counts: tuple[int | None, ...]
    share: int | None
    wrong: int | None
    days: int | None
    saved: int | None = None


@dataclass(frozen=True)
class BulletinTable:
    """Lines of one kind. None of them where hiding the small ones would take the sums of all."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Outages:
    """Outages of a month: how many, how many hours in all in which offices were open, how many acts
    came late for them."""

    times: int
    hours: int
    delayed: int


@dataclass(frozen=True)
class Bulletin:
    """A Jalali month of the city, both days in; `whole` is the line of all, None of too few.

    `saved` is that of all. `correctness` is what the second looks found of what was answered at
    once, in words. `lines` are the outages of the offices' lines, `centre` those of the centre
    itself.
    """

    month: str
    first: date
    last: date
    columns: tuple[Column, ...]
    whole: Line | None
    saved: int | None
    correctness: str
    lines: Outages
    centre: Outages
    tables: tuple[BulletinTable, ...]


@dataclass(frozen=True)
class Counted:
    """A line before anything is hidden: its name, its counts, of its answers how many there are and
    the working days of their middle, and what second looks found."""

    name: str
    counts: Mapping[Fate, int]
    answers: tuple[int, int] | None = None
    looks: Correctness = Correctness()


def correctness_words(looks: Correctness) -> str:
    """What the second looks found, in words; of so few wrong answers that they may tell of a person
    no more than how many of all are wrong at most."""
    few = looks.enough and 0 < looks.wrong < LEAST
    return looks.most_words if few else looks.words


def columns_of(whole: Mapping[Fate, int]) -> tuple[Column, ...]:
    """The columns: what is rare in the whole city stands with something else in one."""
    rare = [fate for fate in Fate if 0 < whole.get(fate, 0) < LEAST]
    kept = [fate for fate in Fate if fate not in rare]
    # What was answered at once is what the bulletin is about: it is the last to go.
    to_add = sorted(
        (fate for fate in kept if whole.get(fate, 0)),
        key=lambda fate: (fate is Fate.ANSWER, whole[fate]),
    )
    while rare and to_add and sum(whole[fate] for fate in rare) < LEAST:
        fate = to_add.pop(0)
        rare.append(fate)
        kept.remove(fate)
    own = [Column(fate.word, (fate,)) for fate in kept]
    return (*own, Column(OTHERS, tuple(rare))) if rare else tuple(own)


def table(heading: str, columns: Sequence[Column], rows: Sequence[Counted]) -> BulletinTable:
    """The table with what is small hidden, and what it could be reckoned by."""
    counts = [_by_column(row.counts, columns) for row in rows]
    unseen = hidden(counts, LEAST) if counts else None
    if unseen is None:
        return BulletinTable(heading, ())
    told = with_sums(counts)
    lines = []
    for at, row in enumerate(rows):
        shown = tuple(
            None if (at, column) in unseen else count for column, count in enumerate(told[at])
        )
        lines.append(_line(row, columns, shown))
    return BulletinTable(heading, tuple(lines))


def whole_line(columns: Sequence[Column], row: Counted) -> Line | None:
    """The line of the whole city; None where it is of too few."""
    counts = _by_column(row.counts, columns)
    if any(0 < count < LEAST for count in counts):
        return None
    return _line(row, columns, (*counts, sum(counts)))


def _by_column(own: Mapping[Fate, int], columns: Sequence[Column]) -> list[int]:
    return [sum(own.get(fate, 0) for fate in column.fates) for column in columns]


def _line(row: Counted, columns: Sequence[Column], counts: tuple[int | None, ...]) -> Line:
    """The line with what follows from the counts that are shown."""
    received, answers = counts[-1], row.answers
    at_once = answered_at_once(columns, counts)
    share = wrong = days = None
    if at_once is not None and received:
        share = half_up(100 * at_once / received)
        wrong = ceil(100 * row.looks.bound) if row.looks.enough else None
    if answers is not None and received and answers[0] >= ENOUGH:
        days = answers[1]
    return Line(row.name, counts, share, wrong, days, at_once)


def answered_at_once(columns: Sequence[Column], counts: Sequence[int | None]) -> int | None:
    """The shown count of what was answered at once; None where it is hidden or not by itself."""
    shown = zip(columns, counts[: len(columns)], strict=True)
    return next((count for column, count in shown if column.fates == (Fate.ANSWER,)), None)

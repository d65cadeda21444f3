"""The register of an office's day as a value: what was counted, explained, closed and sealed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from desktop.domain.calendar import TEHRAN, format_day_month, format_time
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.domain.told_payment import ToldPayment
from desktop.domain.tool import Tool
from desktop.domain.undone import Undone

COUNTED = (Tool.TERMINAL, Tool.BANK)
"""Who else counts money; of papers nobody else knows."""
MOST_AHEAD = 1_000
"""So many acts that the centre does not have may be counted in a register."""


class Explanation(StrEnum):
    """What is said of a payment that terminal or bank did not have when the day was closed."""

    FOUND = "found"
    LATER = "later"
    REFERENCE = "reference"
    MISTAKE = "mistake"

    @property
    def lacking(self) -> bool:
        """Whether the other side still lacks the payment."""
        return self is not Explanation.FOUND

    def words(self, tool: Tool) -> str:
        """What it is called where terminal or bank lacks it."""
        return _ANSWERS[self].format(tool.word)


_ANSWERS = {
    Explanation.FOUND: "اکنون در {} هست",
    Explanation.LATER: "تا فردا در {} ثبت می‌شود",
    Explanation.REFERENCE: "شمارهٔ پیگیری نادرست است",
    Explanation.MISTAKE: "ثبت اشتباه بود، ابطال شود",
}
FIRST_ANSWERS = (Explanation.LATER, Explanation.REFERENCE, Explanation.MISTAKE)
"""Of a payment of this day."""
LATER_ANSWERS = (Explanation.FOUND, *FIRST_ANSWERS)
"""Of one that an earlier register left open."""


@dataclass(frozen=True)
class Figures:
    """The day in numbers.

    `received` are requests since the register before, by what the records answered first:
    `answered` at once, to be `visited`, `refused`, the rest `waiting` for payment, an expert or a
    first answer; `earlier` of them are of a day before this one. `handed_over` counts letters.
    `overdue`, `ready` (letters to be handed over), `drafts`, `visits_next` (of the next working
    day) and `unsent` (cases whose acts the centre does not have) are as they stood at the close.
    """

    received: int
    answered: int
    visited: int
    refused: int
    waiting: int
    earlier: int
    handed_over: int
    overdue: int
    ready: int
    drafts: int
    visits_next: int
    unsent: int


@dataclass(frozen=True)
class PurseCount:
    """A purse since the register before, Rial: taken in so many `payments`, given back, and what
    terminal or bank counted (None: its statement is not there, or nobody else counts it)."""

    tool: Tool
    payments: int
    taken: int
    back: int
    counted: int | None = None

    @property
    def booked(self) -> int:
        """What the program holds of it; less than zero where more was given back."""
        return self.taken - self.back

    @property
    def difference(self) -> int:
        """What the program has and the other side has not; 0 where it is not counted."""
        return 0 if self.counted is None else self.booked - self.counted


@dataclass(frozen=True)
class Explained(ToldPayment):
    """A payment that the other side did not have, and what was said of it."""

    answer: Explanation

    @property
    def signed(self) -> int:
        """Less than zero where it was given back."""
        return -self.amount if self.back else self.amount


@dataclass(frozen=True)
class RefusedMoney:
    """Rial that were taken on a `day` with an act that the centre refused: no book has them, and
    whoever took them gives them back, or has them put in anew. `act` is the command's kind."""

    case_id: str
    tool: Tool
    day: date
    amount: int
    reference: str
    applicant: str
    act: str


@dataclass(frozen=True)
class Sheets:
    """Sheets with the municipality's head: at the beginning, come in since, gone into first copies
    (`printed`) and further ones (`copies`), spoiled, and left as counted by hand."""

    begin: int
    received: int
    printed: int
    copies: int
    spoiled: int
    left: int

    @property
    def expected(self) -> int:
        """What should be left."""
        return self.begin + self.received - self.printed - self.copies - self.spoiled


@dataclass(frozen=True)
class Numbered:
    """The letters issued since the register before, by their numbers; empty for none.

    `voided` counts what was voided since, whenever it was issued.
    """

    first: str
    last: str
    issued: int
    voided: int


@dataclass(frozen=True)
class DayRegister:
    """دفتر روز: it covers the office's stream after `after` up to `pos`, whose chain stood at
    `chain` there, and the acts `ahead` (ids of commands) that have no place there: the centre did
    not have them yet, or they void a payment of this register after its day was over.

    So each act is in one register, whichever day the centre heard of it. `before` is the digest of
    the register before (empty: the first), `until` the moment up to which acts count and
    `closed_at` that of the close, both UTC. `stands_in_for` names the manager whose deputy closes.
    `refused` is money of refused acts that nobody had settled by then; of before none is told.
    `undone` are payments of earlier registers that were voided since the one before, or refused:
    what all purses booked and what these take back make what stands in the book. What is voided
    with this very close, as a mistake, this one has booked and explains, and the next one undoes.
    """

    day: date
    until: datetime
    closed_at: datetime
    after: int
    pos: int
    chain: str
    before: str
    ahead: tuple[str, ...]
    figures: Figures
    purses: tuple[PurseCount, ...]
    explained: tuple[Explained, ...]
    sheets: Sheets
    letters: Numbered
    note: str = ""
    stands_in_for: str = ""
    refused: tuple[RefusedMoney, ...] = ()
    undone: tuple[Undone, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 over all that it says, hex: the next register's `before`."""
        parts = asdict(self)
        for added in ("refused", "undone"):
            if not parts[added]:
                # As registers said it before they told of this.
                del parts[added]
        said = json.dumps(
            parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
        )
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def closed_on(self) -> date:
        """The day in Yazd on which it was closed, which may be a later one."""
        return self.closed_at.astimezone(TEHRAN).date()

    def purse(self, tool: Tool) -> PurseCount:
        """The purse that the tool counts. KeyError when the register has none."""
        for each in self.purses:
            if each.tool is tool:
                return each
        raise KeyError(tool)

    def lacking(self, tool: Tool) -> int:
        """How many payments of this register's own purse terminal or bank lack."""
        return sum(1 for _ in self._lacking(tool))

    def unexplained(self, tool: Tool) -> int:
        """Rial of the purse's difference that no payment of this register explains."""
        lacking = sum(each.signed for each in self._lacking(tool))
        found = sum(each.signed for each in self._found(tool))
        purse = self.purse(tool)
        if purse.counted is None:
            return 0
        return left_over(purse.difference - lacking, found, refused_sum(self.refused, tool))

    def found(self, tool: Tool) -> int:
        """How many payments that an earlier register left open are in what was counted now."""
        difference, found = self.purse(tool).difference, list(self._found(tool))
        left = difference - sum(each.signed for each in self._lacking(tool))
        if left and -left == refused_sum(self.refused, tool):
            # What the other side has more is what refused acts took.
            return 0
        return len(found) if difference and not self.unexplained(tool) else 0

    def _found(self, tool: Tool) -> Iterator[Explained]:
        return (
            each
            for each in self.explained
            if each.tool is tool and each.answer is Explanation.FOUND
        )

    def _lacking(self, tool: Tool) -> Iterator[Explained]:
        # What an earlier register left open is no part of this one's purses.
        return (
            each
            for each in self.explained
            if each.tool is tool and each.day == self.day and each.answer.lacking
        )


def left_over(difference: int, found: int, refused: int = 0) -> int:
    """Rial of a difference that nobody has explained, where so many were `found` now that an
    earlier register left open, and so many taken with acts that the centre `refused`.

    Terminal or bank may have either under that day or this one, or have given it back: it is as
    good either way.
    """
    return 0 if -difference in (found, refused, found + refused) else difference


def refused_sum(refused: Iterable[RefusedMoney], tool: Tool) -> int:
    """Rial of them that the tool may have."""
    return sum(each.amount for each in refused if each.tool is tool)


def _plain(value: Any) -> str:
    moment = value.astimezone(UTC) if isinstance(value, datetime) else value
    return str(moment.isoformat())


def code_words(digest: str) -> str:
    """«۴۱۷-۹۰۲-۵۵۳»: nine digits of a digest or chain, to be compared by eye and read aloud."""
    digits = f"{int(digest[:12], 16) % 10**9:09d}"
    return to_persian_digits(f"{digits[:3]}-{digits[3:6]}-{digits[6:]}")


@dataclass(frozen=True)
class CloseDay:
    """The office's day is closed with this register; `sha256` is of its PDF, hex."""

    kind: ClassVar[str] = "close-day"
    register: DayRegister
    sha256: str


@dataclass(frozen=True)
class DayClosed:
    """In the home stream: an office's day was closed; `sha256` is of the register's PDF."""

    kind: ClassVar[str] = "day-closed"
    register: DayRegister
    sha256: str


@dataclass(frozen=True)
class ClosedDay:
    """That a day was closed: its register's digest, up to which place of the stream, by whom and
    when (UTC)."""

    day: date
    digest: str
    pos: int
    by: str
    at: datetime

    @property
    def words(self) -> str:
        """«روز ۳ آذر را محمد زارع در ۱۹:۵۵ بسته است.»."""
        return f"روز {format_day_month(self.day)} را {self.by} در {format_time(self.at)} بسته است."


@dataclass(frozen=True)
class Closing:
    """A day with its whole register and who closed it; `waiting` while the centre lacks it."""

    register: DayRegister
    by: str
    sha256: str
    waiting: bool = False

    @property
    def closed(self) -> ClosedDay:
        """What the next register is held against."""
        register = self.register
        return ClosedDay(register.day, register.digest, register.pos, self.by, register.closed_at)


def ends(day: date) -> datetime:
    """The moment with which the day ends in Yazd."""
    return datetime.combine(day + timedelta(days=1), time(), TEHRAN)


def _is_whole(register: DayRegister) -> bool:
    """Whether it is one that a program draws up: every purse once, moments with their zone, letters
    by number, what is undone once and of a day before."""
    purses = sorted(each.tool for each in register.purses)
    letters = (register.letters.first, register.letters.last)
    undone = register.undone
    moments = (register.until, register.closed_at, *(each.undone_at for each in undone))
    return (
        purses == sorted(Tool)
        and all(at.tzinfo is not None for at in moments)
        and all(not number or _NUMBER.fullmatch(number) for number in letters)
        and len({each.cause for each in undone}) == len(undone)
        and all(each.day < register.day and each.amount > 0 for each in undone)
    )


# `1405/21/1847`
_NUMBER = re.compile(r"[0-9]{4}/[^/]{1,20}/[0-9]{1,9}")
_NOT_WHOLE = "این دفتر روز کامل نیست؛ صفحه را تازه کنید."
_WHO = "روز را مسئول دفتر می‌بندد، یا جانشین او در روزی که نیست."
_BEHIND = "پس از باز شدن این صفحه روز دیگری بسته شده است؛ صفحه را تازه کنید."
_LATER = "پس از آن، روز {} بسته شده است؛ کارهای این روز در دفتر همان روز است."
_MANY = "بیش از {} کار به مرکز نرسیده است؛ پس از وصل شدن خط روز را ببندید."


def demand_closable(
    register: DayRegister, closed: Collection[ClosedDay], today: date, *, may: bool
) -> None:
    """Raise Refusal, in words, unless this register closes its day.

    `closed` are the office's, at least its last and one of the same day; `may` is whether the
    person is the office's manager, or stood in for one who was away.
    """
    if not may:
        raise Refusal(_WHO)
    if not _is_whole(register):
        raise Refusal(_NOT_WHOLE)
    day = register.day
    if day > today:
        raise Refusal(f"روز {format_day_month(day)} هنوز نیامده است.", field="day")
    for each in closed:
        if each.day == day:
            raise Refusal(each.words, field="day")
    last = max(closed, key=lambda each: each.day, default=None)
    if last is not None and last.day > day:
        raise Refusal(_LATER.format(format_day_month(last.day)), field="day")
    follows = (
        not register.before
        if last is None
        else (register.before, register.after) == (last.digest, last.pos)
    )
    if not follows or register.pos < register.after or register.until > ends(day):
        raise Refusal(_BEHIND, field="day")
    if len(register.ahead) > MOST_AHEAD:
        raise Refusal(_MANY.format(to_persian_digits(MOST_AHEAD)))
    for words, field in faults(register):
        raise Refusal(words, field=field)


def faults(register: DayRegister) -> Iterator[tuple[str, str]]:
    """What is not counted or explained: a sentence, and the key of what it is about."""
    if register.purse(Tool.TERMINAL).counted is None:
        yield "جمع کارت‌خوان را وارد کنید؛ اگر چیزی نبود، صفر بنویسید.", Tool.TERMINAL.value
    if register.note.strip():
        return
    for tool in COUNTED:
        if register.unexplained(tool):
            words = f"{tool.word} با سامانه برابر نیست؛ دربارهٔ این اختلاف بنویسید."
            yield words, "note"
    sheets = register.sheets
    if sheets.left != sheets.expected:
        yield "برگه‌های شمرده‌شده با مانده برابر نیست؛ دربارهٔ این اختلاف بنویسید.", "note"

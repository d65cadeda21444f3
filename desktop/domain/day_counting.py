"""What an office's register counts: the acts of its span, each in one register only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from desktop.domain import facts as f
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.cash import Entry, Match
from desktop.domain.day_register import DayRegister, Numbered, PurseCount
from desktop.domain.decision import Outcome
from desktop.domain.elsewhere import CopyPrinted, TellCopy
from desktop.domain.paper import SheetSpoiled
from desktop.domain.stream import Fact
from desktop.domain.tool import Tool
from desktop.domain.undone import Undoing, Undone


@dataclass(frozen=True)
class RegisterSpan:
    """What one register covers: `stream` after `after` up to `pos`, and what waits to be sent.

    `until` is the moment (UTC) after which an act that waits belongs to the next; `spent` are the
    ids of commands that an earlier register counted ahead of its place. `later` are those by which
    payments of this one were voided after its end: it counts them with these.
    """

    stream: str
    after: int
    pos: int
    until: datetime
    spent: frozenset[str]
    later: frozenset[str] = frozenset()

    def holds(self, fact: Fact) -> bool:
        """Whether the register counts it."""
        # A letter is the centre's: whoever counted the request ahead had not seen it.
        issued = isinstance(fact.payload, f.LetterIssued)
        if fact.cause in self.later and not issued:
            return True
        spent = fact.cause in self.spent and not issued
        # Of a case that came from another office the facts of before are in that one's registers.
        own = not fact.pos or fact.stream == self.stream
        return own and not spent and self._spans(fact.pos, fact.at)

    def holds_entry(self, entry: Entry) -> bool:
        """The same of an entry of the cash book."""
        return entry.cause not in self.spent and self._spans(entry.pos, entry.at)

    def _spans(self, pos: int, at: datetime) -> bool:
        return self.after < pos <= self.pos if pos else at < self.until


def with_later_voids(span: RegisterSpan, entries: Iterable[Entry]) -> RegisterSpan:
    """The span with the acts that voided payments of its own after its end, as of `later`: its
    purses count these no more, so no other register takes them back."""
    voids = (entry.void for entry in entries if span.holds_entry(entry))
    later = (void.cause for void in voids if void is not None and not span.holds(void))
    return replace(span, later=frozenset(later))


Telling = Callable[[str, int], date | None]
"""Of an act (its command's id) and its place in the stream (0: none yet) the day of the earlier
register that counted it; None for none."""


def told_on(registers: Iterable[DayRegister], cause: str, pos: int) -> date | None:
    """The day of that of the registers which counted the act: ahead, or else at its place."""
    day = None
    for each in registers:
        if cause in each.ahead:
            return each.day
        if each.after < pos <= each.pos:
            day = each.day
    return day


def voided_since(entries: Iterable[Entry], span: RegisterSpan, told: Telling) -> Iterator[Undone]:
    """Payments that earlier registers told and whose void is the span's."""
    for entry in entries:
        void = entry.void
        if void is None or not span.holds(void):
            continue
        # None for a payment of the span itself.
        day = told(entry.cause, entry.pos)
        if day is not None:
            yield undone_of(
                entry, day, Undoing.VOIDED, void.at, void.actor_name, entry.note, void.cause
            )


def told_fields(entry: Entry, day: date) -> dict[str, Any]:
    """The fields of a `ToldPayment`: an entry of the cash book, told first on that day."""
    return {
        "case_id": entry.case_id,
        "mark": entry.mark,
        "tool": entry.tool,
        "day": day,
        "amount": abs(entry.amount),
        "back": entry.back,
        "at": entry.at,
        "title": entry.title,
        "applicant": entry.applicant,
        "reference": entry.reference,
    }


def undone_of(
    entry: Entry, day: date, how: Undoing, at: datetime, by: str, why: str, cause: str
) -> Undone:
    """The entry as the register of that day told it; undone so at `at` (UTC), as of `Undone`."""
    return Undone(**told_fields(entry, day), how=how, undone_at=at, by=by, why=why, cause=cause)


@dataclass(frozen=True)
class Requests:
    """As of `day_register.Figures`."""

    received: int
    answered: int
    visited: int
    refused: int
    waiting: int
    earlier: int


def requests(received: Iterable[tuple[Fact, Case]], day: date) -> Requests:
    """The requests that came, each with its case as it stands, by what was answered first."""
    outcomes: list[Outcome | None] = []
    earlier = 0
    for _, case in received:
        outcomes.append(case.first.outcome if case.first is not None else None)
        earlier += case.received_at.astimezone(TEHRAN).date() < day
    counted = {
        outcome: outcomes.count(outcome)
        for outcome in (Outcome.ANSWER, Outcome.VISIT, Outcome.REFUSE)
    }
    return Requests(
        received=len(outcomes),
        answered=counted[Outcome.ANSWER],
        visited=counted[Outcome.VISIT],
        refused=counted[Outcome.REFUSE],
        waiting=len(outcomes) - sum(counted.values()),
        earlier=earlier,
    )


def handed_over(acts: Iterable[Fact]) -> int:
    """Letters given to people."""
    return sum(isinstance(act.payload, f.HandedOver) for act in acts)


def printed(acts: Iterable[object]) -> tuple[int, int, int]:
    """Sheets that went into first copies of letters, into further ones, and into spoiled ones.

    By what was told in turn (payloads of facts, and of acts that wait).
    """
    used = {True: 0, False: 0}
    lost = 0
    pages: dict[tuple[str, int], int] = {}
    for told in acts:
        if isinstance(told, f.LetterPrinted):
            pages[told.letter_id, told.copy] = told.pages
            used[told.copy == 1] += told.pages
        elif isinstance(told, CopyPrinted | TellCopy) and not told.spoiled:
            pages[told.letter_id, told.copy] = told.pages
            used[False] += told.pages
        elif isinstance(told, SheetSpoiled | CopyPrinted | TellCopy):
            out = pages.pop((told.letter_id, told.copy), None)
            # Of a copy that came out on an earlier day that day's register counted the sheets.
            if out is not None:
                used[told.copy == 1] -= out
                lost += told.pages
    return used[True], used[False], lost


def numbered(acts: Sequence[Fact]) -> Numbered:
    """The letters that were issued and voided."""
    numbers = [act.payload.letter.number for act in acts if isinstance(act.payload, f.LetterIssued)]
    numbers.sort(key=_place)
    voided = sum(isinstance(act.payload, f.LetterVoided) for act in acts)
    first, last = (numbers[0], numbers[-1]) if numbers else ("", "")
    return Numbered(first, last, len(numbers), voided)


def gaps(acts: Iterable[Fact], before: str) -> tuple[str, ...]:
    """Places where numbers are missing or come twice: the number after which, or that does.

    `before` is the last number of the registers before, empty where there is none. A year begins
    anew with 1, whatever the office is called.
    """
    found = []
    last = _place(before) if before else None
    numbers = [act.payload.letter.number for act in acts if isinstance(act.payload, f.LetterIssued)]
    shown = before
    for number in sorted(numbers, key=_place):
        year, serial = _place(number)
        expected = None if last is None else (last[1] + 1 if year == last[0] else 1)
        if expected is not None and serial != expected:
            found.append(number if serial < expected else shown or number)
        last, shown = (year, serial), number
    return tuple(found)


def _place(number: str) -> tuple[int, int]:
    """Year and serial of `1405/21/1847`."""
    year, _, serial = number.split("/")
    return int(year), int(serial)


def purses(entries: Iterable[Entry], counted: Mapping[Tool, int]) -> tuple[PurseCount, ...]:
    """The purses of these entries beside what terminal and bank counted; voided ones are out."""
    standing = [entry for entry in entries if entry.match is not Match.VOIDED]
    return tuple(
        PurseCount(
            tool=tool,
            payments=sum(e.tool is tool and not e.back for e in standing),
            taken=sum(e.amount for e in standing if e.tool is tool and not e.back),
            back=-sum(e.amount for e in standing if e.tool is tool and e.back),
            counted=counted.get(tool),
        )
        for tool in Tool
    )

"""Whoever pays, voids and closes, all registers together have what stands in the book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import facts as f
from desktop.domain.calendar import TEHRAN
from desktop.domain.cash import Entry, Match
from desktop.domain.day_counting import (
    RegisterSpan,
    purses,
    told_on,
    voided_since,
    with_later_voids,
)
from desktop.domain.day_register import DayRegister, ends
from desktop.domain.stream import Fact
from desktop.domain.tool import Tool
from desktop.domain.undone import Undoing, Undone, undone_sum
from tests.domain.test_cash import ENTRY
from tests.reports.test_day_register import REGISTER

HOME = "office:21"
DAY = date(2026, 11, 24)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "give back", "void", "void", "send", "close", "midnight"]),
        st.sampled_from(["here", "there"]),
        st.integers(0, 99),
    ),
    max_size=40,
)


@dataclass
class Act:
    """A payment of that sum, or the void of another; its place in the stream (0: not told yet)."""

    cause: str
    desk: str
    at: datetime
    amount: int = 0
    voids: Act | None = None
    pos: int = 0
    told_at: datetime | None = None


class Office:
    """Two desks that close in turn; who closes has heard all that the centre has."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.registers: list[DayRegister] = []
        self.day = DAY
        self.at = datetime.combine(DAY, time(9), TEHRAN).astimezone(UTC)
        self.told = 0

    def do(self, what: str, desk: str, chosen: int) -> None:
        """One thing that happens at a desk."""
        self.at += timedelta(minutes=1)
        if what == "midnight":
            self.day += timedelta(days=1)
            self.at = datetime.combine(self.day, time(9), TEHRAN).astimezone(UTC)
        elif what in ("pay", "give back"):
            amount = (chosen + 1) * (1 if what == "pay" else -1)
            self.acts.append(Act(f"act-{len(self.acts)}", desk, self.at, amount))
        elif what == "void" and (standing := self.standing(desk)):
            target = standing[chosen % len(standing)]
            self.acts.append(Act(f"act-{len(self.acts)}", desk, self.at, voids=target))
        elif what == "send":
            self.send(desk)
        elif what == "close":
            self.close(desk)

    def known(self, desk: str) -> Iterator[Act]:
        """What the desk knows of."""
        return (each for each in self.acts if each.pos or each.desk == desk)

    def standing(self, desk: str) -> list[Act]:
        """Payments that the desk knows of and that nobody has voided."""
        gone = [each.voids for each in self.acts]
        return [each for each in self.known(desk) if each.voids is None and each not in gone]

    def send(self, desk: str) -> None:
        """The centre hears what waits at the desk."""
        for each in self.acts:
            if each.desk == desk and not each.pos:
                self.told += 1
                each.pos, each.told_at = self.told, self.at

    def entry(self, desk: str, act: Act) -> Entry:
        """The payment as the desk's book has it."""
        at = act.told_at or act.at
        entry = replace(ENTRY, mark=act.cause, at=at, amount=act.amount, pos=act.pos)
        entry = replace(entry, cause=act.cause)
        void = next((each for each in self.known(desk) if each.voids is act), None)
        if void is None:
            return entry
        told = f.PaymentVoided(act.cause, "چون")
        at = void.told_at or void.at
        fact = Fact("", HOME, void.pos, "a", 1, void.cause, "m", "حسن یزدی", at, told)
        return replace(entry, match=Match.VOIDED, void=fact)

    def close(self, desk: str) -> None:
        """The registers of all days that nobody has closed yet, up to today."""
        closed = self.registers[-1].day if self.registers else DAY - timedelta(days=1)
        for number in range((self.day - closed).days):
            self.close_day(desk, closed + timedelta(days=number + 1))

    def close_day(self, desk: str, day: date) -> None:
        """A register, from the place of the one before to the day's end."""
        until = min(self.at, ends(day))
        after = self.registers[-1].pos if self.registers else 0
        told = (each.pos for each in self.acts if each.told_at and each.told_at <= until)
        pos = max(after, *told, 0)
        spent = frozenset(cause for each in self.registers for cause in each.ahead)
        span = RegisterSpan(HOME, after, pos, until + timedelta(microseconds=1), spent)
        payments = [each for each in self.known(desk) if each.voids is None]
        entries = [self.entry(desk, each) for each in payments]
        span = with_later_voids(span, entries)
        waiting = [each for each in self.acts if each.desk == desk and not each.pos]
        early = {each.cause for each in waiting if each.at < span.until} - spent
        booked = purses([each for each in entries if span.holds_entry(each)], {})
        undone = voided_since(entries, span, partial(told_on, self.registers))
        self.registers.append(
            replace(
                REGISTER,
                day=day,
                after=after,
                pos=pos,
                ahead=tuple(sorted(early | span.later)),
                purses=booked,
                undone=tuple(undone),
            )
        )


@pytest.mark.slow
@given(STEPS)
def test_all_registers_together_have_what_stands(steps: list[tuple[str, str, int]]) -> None:
    office = Office()
    for step in steps:
        office.do(*step)
    for desk in ("here", "there"):
        office.send(desk)
    office.do("close", "here", 0)
    # What came in after the close of the last day is the next one's.
    office.do("midnight", "here", 0)
    office.do("close", "here", 0)
    booked = sum(each.purse(Tool.TERMINAL).booked for each in office.registers)
    taken_back = sum(undone_sum(each.undone, Tool.TERMINAL) for each in office.registers)
    assert booked + taken_back == sum(each.amount for each in office.standing("here"))
    causes = [told.cause for each in office.registers for told in each.undone]
    assert len(causes) == len(set(causes))
    for each in office.registers:
        assert all(told.day < each.day for told in each.undone)


def undone(how: Undoing, *, back: bool = False) -> Undone:
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)
    return Undone(
        "c", "m", Tool.BANK, DAY, 450_000, back, at, "کارمزد", "علی", "1", how, at, "", "چون", "x"
    )


def test_what_is_undone_takes_off_what_was_told_and_what_stands_again_adds_it() -> None:
    assert undone(Undoing.VOIDED).signed == undone(Undoing.REFUSED).signed == -450_000
    assert undone(Undoing.RESTORED).signed == 450_000
    assert undone(Undoing.REFUSED, back=True).signed == 450_000
    both = (undone(Undoing.VOIDED), undone(Undoing.VOIDED))
    assert (undone_sum(both, Tool.BANK), undone_sum(both, Tool.TERMINAL)) == (-900_000, 0)

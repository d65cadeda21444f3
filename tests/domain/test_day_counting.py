"""Whatever the line does and whoever closes, each act is in one register; no letter is missed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import facts as f
from desktop.domain.day_counting import RegisterSpan, gaps, numbered
from desktop.domain.stream import Fact
from tests.office import letter

HOME = "office:21"
NOON = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
STEPS = st.lists(
    st.sampled_from(["here", "there", "send", "send there", "close here", "close there"]),
    max_size=40,
)


def act(name: str, pos: int, at: datetime) -> Fact:
    """A letter handed over, told at that place of the stream (0: not told yet)."""
    given_ = f.HandedOver(name, "علی", "", ())
    return Fact(name, HOME, pos, "case", 1, name, "clerk-1", "", at, given_)


class Office:
    """Two desks of an office, each with acts that the centre does not have; they close in turn.

    A desk that closes has heard all that the centre has.
    """

    def __init__(self) -> None:
        self.told: list[str] = []
        self.waiting: dict[str, list[str]] = {"here": [], "there": []}
        self.counted: Counter[str] = Counter()
        self.after, self.spent, self.made = 0, set[str](), 0
        self.at = NOON

    def do(self, step: str) -> None:
        """One thing that happens."""
        self.at += timedelta(minutes=1)
        what, _, where = step.rpartition(" ")
        desk = where or "here"
        if not what and where in self.waiting:
            self.made += 1
            self.waiting[desk].append(f"{desk}-{self.made}")
        elif what == "close":
            self.close(desk)
        else:
            self.send("there" if where == "there" else "here")

    def send(self, desk: str) -> None:
        """The centre hears what waits at the desk."""
        self.told += self.waiting[desk]
        self.waiting[desk] = []

    def close(self, desk: str) -> None:
        """A register, from the place of the one before."""
        pos = len(self.told)
        span = RegisterSpan(HOME, self.after, pos, self.at, frozenset(self.spent))
        lines = [act(name, place, NOON) for place, name in enumerate(self.told, start=1)]
        lines += [act(name, 0, NOON) for name in self.waiting[desk]]
        held = [line for line in lines if span.holds(line)]
        self.counted.update(line.cause for line in held)
        self.spent |= {line.cause for line in held if not line.pos}
        self.after = pos


@given(STEPS)
def test_every_act_is_in_one_register(steps: list[str]) -> None:
    office = Office()
    for step in steps:
        office.do(step)
    for desk in ("here", "there"):
        office.send(desk)
    office.close("here")
    assert office.counted == Counter(dict.fromkeys(office.told, 1))
    assert len(office.told) == office.made


def issued(number: str, pos: int = 1, cause: str = "register") -> Fact:
    """The centre issued the letter of that number."""
    told = f.LetterIssued(letter(number, "case", number))
    return Fact(number, "office:21", pos, "case", 1, cause, "centre", "", NOON, told)


def test_what_another_office_did_before_a_case_came_from_there_is_in_its_own_register() -> None:
    span = RegisterSpan(HOME, 0, 9, NOON, frozenset())
    carried = replace(act("hand-over", 3, NOON), stream="office:22")
    assert span.holds(replace(carried, stream=HOME))
    assert not span.holds(carried)


def test_a_letter_is_counted_when_it_is_issued_though_its_request_was_counted_before() -> None:
    span = RegisterSpan(HOME, 0, 9, NOON, frozenset({"register"}))
    assert not span.holds(act("register", 3, NOON))
    assert span.holds(issued("1405/21/7", 4))


@pytest.mark.parametrize(
    ("numbers", "before", "found"),
    [
        ([], "", ()),
        ([7, 8, 9], "", ()),
        ([7, 8, 9], "1405/21/6", ()),
        ([8, 7, 9], "1405/21/6", ()),
        ([7, 9], "1405/21/6", ("1405/21/7",)),
        ([8], "1405/21/6", ("1405/21/6",)),
        ([7, 7], "1405/21/6", ("1405/21/7",)),
        ([1, 2], "1404/21/900", ()),
        ([2], "1404/21/900", ("1404/21/900",)),
        ([501, 502], "1405/17/500", ()),
    ],
)
def test_a_number_that_is_missing_or_comes_twice_is_found(
    numbers: list[int], before: str, found: tuple[str, ...]
) -> None:
    """From the number of the registers before on, whatever the office is called now."""
    acts = [issued(f"1405/21/{number}") for number in numbers]
    assert gaps(acts, before) == found


def test_the_days_numbers_go_from_the_first_to_the_last() -> None:
    acts = [issued("1405/21/10"), issued("1405/21/9"), issued("1405/21/11")]
    told = numbered(acts)
    assert (told.first, told.last, told.issued) == ("1405/21/9", "1405/21/11", 3)

"""The path of a conversion: what it lacks whatever papers are there, and that it is gone once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.demo.people import OFFICE
from desktop.domain.conversion import PAPERS, ConversionStep, StepDone, converted_on, remaining
from desktop.domain.office import Office, OfficeKind

DAY = date(2026, 11, 24)
DONE = {
    step: StepDone(step, "۱۲", DAY, "مریم شایق", "ab" * 32, until=DAY + timedelta(days=300))
    for step in ConversionStep
    if step.is_paper
}
TESTS = (StepDone(ConversionStep.TEST, counter=1), StepDone(ConversionStep.TEST, counter=2))


def lacks(
    *done: StepDone, untrained: tuple[str, ...] | None = (), day: date | None = DAY
) -> list[ConversionStep]:
    return [step for step, _ in remaining(done, untrained, {1, 2}, day)]


@given(st.sets(st.sampled_from(sorted(PAPERS))), st.permutations([1, 2]))
def test_papers_come_in_any_order_and_each_is_asked_for(
    kept: set[ConversionStep], counters: list[int]
) -> None:
    done = [DONE[step] for step in kept]
    done += [StepDone(ConversionStep.TEST, counter=counter) for counter in counters]
    assert set(lacks(*done)) == PAPERS - kept


def test_training_is_counted_and_each_counter_tests() -> None:
    papers = tuple(DONE.values())
    assert lacks(*papers, *TESTS) == []
    assert lacks(*papers, *TESTS, untrained=("پایان کار",)) == [ConversionStep.STAFF]
    assert lacks(*papers, *TESTS, untrained=None) == [ConversionStep.STAFF]
    assert lacks(*papers, TESTS[0]) == [ConversionStep.TEST]
    failed = replace(TESTS[1], fault="چاپگر روشن نبود")
    told = [words for _, words in remaining([*papers, *TESTS, failed], (), {1, 2}, DAY)]
    assert told == ["آزمایش باجهٔ ۲ درست نبود: چاپگر روشن نبود"]
    # Tried again, the last counts; without a counter nothing was tried.
    assert lacks(*papers, *TESTS, failed, TESTS[1]) == []
    assert [step for step, _ in remaining(papers, (), set(), DAY)] == [ConversionStep.TEST]


def test_the_licence_holds_on_the_day() -> None:
    ends = replace(DONE[ConversionStep.LICENCE], until=DAY)
    others = [one for step, one in DONE.items() if step is not ConversionStep.LICENCE]
    assert lacks(*others, ends, *TESTS) == []
    assert lacks(*others, ends, *TESTS, day=DAY + timedelta(days=1)) == [ConversionStep.LICENCE]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"scan": ""}, "تصویر «پروانهٔ کارگروه استانی»"),
        ({"number": " "}, "شماره، تاریخ و امضاکننده"),
        ({"dated": DAY + timedelta(days=1)}, "پس از امروز"),
        ({"until": None}, "پایان پروانه"),
    ],
)
def test_what_is_wrong_with_a_paper(changes: dict[str, object], words: str) -> None:
    found = " ".join(replace(DONE[ConversionStep.LICENCE], **changes).faults(DAY))  # type: ignore[arg-type]
    assert words in found
    assert bool(found) == bool(words)


def test_an_office_is_converted_once() -> None:
    agency = replace(OFFICE, kind=OfficeKind.AGENCY)
    counter = replace(OFFICE, kind=OfficeKind.COUNTER)
    later = DAY + timedelta(days=9)
    assert converted_on(Office("21", ((DAY, agency),))) is None
    assert converted_on(Office("21", ((DAY, counter), (later, counter)))) is None
    assert converted_on(Office("21", ((DAY, agency), (later, counter)))) == later

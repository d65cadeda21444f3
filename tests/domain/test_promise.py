"""The clock of a step: its working days, its stops, what it warns of and when it is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.counter import Halves
from desktop.domain.decision import Outcome
from desktop.domain.errors import Refusal
from desktop.domain.lawful import handle
from desktop.domain.people import Role
from desktop.domain.promise import Deadline, Promise, StepWarned, clock_of, promise_of
from desktop.domain.step import Stay, Stays, Step, moved
from tests.domain.test_case_walk import Life
from tests.domain.walked import CENTRE, NOW, SETTING

SATURDAY = date(2026, 11, 28)
NOBODY_WORKS = OfficeCalendar({SATURDAY + timedelta(days=2): "تعطیل"})
THREE = Promise(Step.REVIEW, "", 3, 1, Role.SIGNER)


def day(after: int) -> date:
    """So many days after that Saturday; the sixth is a Friday, the second a holiday."""
    return SATURDAY + timedelta(days=after)


def stay_of(*path: tuple[Step | None, int]) -> tuple[Stay | None, Stays]:
    """Where a case stays that was in these steps from these days on."""
    stay: Stay | None = None
    stopped: Stays = {}
    for step, after in path:
        stay, stopped = moved(stay, stopped, step, day(after))
    return stay, stopped


R, P, C = Step.REVIEW, Step.REPLY, Step.CORRECTION


@pytest.mark.parametrize(
    ("path", "warns", "ends"),
    [
        # Sunday, (Monday is a holiday), Tuesday, Wednesday.
        ([(R, 0)], 3, 4),
        # The Friday on which it began counts as little as the one in between.
        ([(R, 6)], 8, 9),
        # A day was spent, then another body was asked for a week.
        ([(R, 0), (P, 1), (R, 9)], 10, 11),
        # Twice stopped: two days were spent, one is left, and it warns at once.
        ([(R, 0), (P, 1), (R, 7), (C, 8), (R, 20)], 20, 21),
        # All was spent before it stopped: it is late from the first day on.
        ([(R, 0), (P, 9), (R, 20)], 20, 20),
        # It was answered and came back: a new review has its own days.
        ([(R, 0), (None, 4), (R, 7)], 9, 10),
    ],
)
def test_a_step_has_its_working_days_less_its_stops(
    path: list[tuple[Step | None, int]], warns: int, ends: int
) -> None:
    stay, _ = stay_of(*path)
    assert stay is not None
    clock = clock_of(stay, THREE, NOBODY_WORKS)
    assert (clock.warn_on, clock.until, clock.to) == (day(warns), day(ends), Role.SIGNER)


@given(
    st.lists(st.tuples(st.sampled_from([R, P, C]), st.integers(0, 9)), min_size=1, max_size=12),
    st.integers(1, 20),
    st.data(),
)
def test_no_way_through_the_steps_gains_a_day(
    walk: list[tuple[Step, int]], days: int, data: st.DataObject
) -> None:
    """Whoever asks others, and asks again, has in all no more days of his own than are promised."""
    warns = data.draw(st.integers(0, days - 1))
    on, path = 0, [(R, 0)]
    for step, later in walk:
        on += later
        path.append((step, on))
    stay, _ = stay_of(*path, (R, on))
    assert stay is not None
    assert stay.begun == SATURDAY
    clock = clock_of(stay, Promise(R, "", days, warns, Role.SIGNER), NOBODY_WORKS)
    own = sum(NOBODY_WORKS.working_days_between(*span) for span in stay.spent)
    left = NOBODY_WORKS.working_days_between(stay.since, clock.until)
    assert own + left == max(days, own)
    assert stay.since <= clock.warn_on <= clock.until


def test_a_service_has_its_own_promise_and_where_nothing_is_said_there_is_none() -> None:
    own = Promise(R, "walling", 9, 2, Role.SUPERVISOR)
    assert promise_of([THREE, own], R, "walling") == own
    assert promise_of([THREE, own], R, "inquiry") == THREE
    assert promise_of([own], R, "inquiry") is None
    assert promise_of([], R, "walling") is None


def told(stay: Stay, clock: Deadline | None, on: date) -> object:
    """What the centre tells of a case in review on that day; the words of why it does not."""
    life = Life()
    life.register()
    life.take_fee("office")
    life.centre_decides(Outcome.REVIEW, fined=False)
    assert life.case is not None
    assert life.case.step is R
    command = c.Command("c", "case-1", "d", 1, CENTRE.staff_id, 0, NOW, c.Escalate(R))
    setting = replace(SETTING, now=Halves().begins(on, 1), clock=clock)
    try:
        return handle(replace(life.case, stay=stay), command, CENTRE, setting)[0]
    except Refusal as no:
        return no.words


def test_it_warns_once_then_escalates_once() -> None:
    stay, clock = Stay(R, day(0)), Deadline(day(3), day(4), Role.SIGNER)
    early = "مهلت این گام هنوز نرسیده است."
    assert told(stay, clock, day(2)) == early
    assert told(stay, clock, day(3)) == StepWarned(R, day(4))
    warned = replace(stay, until=day(4))
    assert told(warned, clock, day(4)) == early
    assert told(warned, clock, day(5)) == f.Escalated(day(4), R, Role.SIGNER.value)
    assert told(replace(warned, late_to="signer"), clock, day(9)) == early
    # Nobody is warned of what is over.
    assert told(stay, clock, day(5)) == f.Escalated(day(4), R, Role.SIGNER.value)


def test_of_another_step_or_without_a_promise_nothing_is_told() -> None:
    none = "برای گامی که پرونده در آن است مهلتی نیست."
    assert told(Stay(R, day(0)), None, day(30)) == none
    assert told(Stay(P, day(0)), Deadline(day(3), day(4), Role.SIGNER), day(30)) == none

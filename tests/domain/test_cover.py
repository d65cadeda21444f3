"""Who stamps on which day, and on which days nobody does, or nobody signs second."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cover import (
    Worker,
    days_words,
    second_words,
    stamp_words,
    stampers,
    two_person_words,
    without_second,
    without_stamp,
)
from desktop.domain.people import Role
from desktop.domain.staff_state import StaffFacts, StaffState
from desktop.domain.staffing import Authority, Leave, StaffTerm, first_alone

DAY = date(2026, 11, 24)  # سه‌شنبه ۳ آذر
WEEK = [DAY + timedelta(days=n) for n in range(7)]
TERM = StaffTerm("zare", "21", "manager", date(2026, 1, 10))
ZARE = Worker("zare", "محمد زارع", Role.MANAGER, ((TERM.since, TERM),))
ZAHRA = Worker("zahra", "زهرا فلاح", Role.CLERK)
AWAY = Leave(WEEK[1], WEEK[2])


def away(deputy: str = "") -> Worker:
    told = replace(TERM, leaves=(replace(AWAY, deputy=deputy),))
    return replace(ZARE, terms=(*ZARE.terms, (DAY, told)))


def test_a_leave_without_a_deputy_is_told_by_its_days() -> None:
    assert without_stamp([ZARE, ZAHRA], WEEK) == []
    assert without_stamp([away(), ZAHRA], WEEK) == WEEK[1:3]
    assert without_stamp([away("zahra"), ZAHRA], WEEK) == []
    # A deputy who is stopped, or no clerk at all, stamps nothing.
    assert without_stamp([away("zahra"), replace(ZAHRA, stopped=True)], WEEK) == WEEK[1:3]
    assert without_stamp([away("zahra")], WEEK) == WEEK[1:3]


def test_an_authority_stamps_on_its_weekdays_until_its_day() -> None:
    # Wednesday alone (0 is Saturday).
    one = Authority("zahra", "clearance", WEEK[6], (4,))
    clerk = replace(ZAHRA, authorities=((DAY, one),))
    assert without_stamp([away(), clerk], WEEK) == [WEEK[2]]
    assert [each.staff for each in stampers([away(), clerk], WEEK[1])] == ["zahra"]
    # Ended by what is said later of the same service.
    over = replace(one, until=DAY)
    ended = replace(clerk, authorities=(*clerk.authorities, (WEEK[1], over)))
    assert without_stamp([away(), ended], WEEK) == WEEK[1:3]
    # And not before it was told.
    later = replace(ZAHRA, authorities=((WEEK[2], replace(one, weekdays=())),))
    assert without_stamp([away(), later], WEEK) == [WEEK[1]]


def test_of_one_day_the_last_word_counts() -> None:
    deputised = replace(TERM, leaves=(replace(AWAY, deputy="zahra"),))
    worker = replace(away(), terms=(*away().terms, (DAY, deputised)))
    assert without_stamp([worker, ZAHRA], WEEK) == []


def test_an_ended_manager_stamps_no_more() -> None:
    ends = replace(TERM, until=WEEK[3])
    worker = replace(ZARE, terms=(*ZARE.terms, (WEEK[1], ends)))
    assert without_stamp([worker], WEEK) == WEEK[4:]


def test_the_municipality_needs_two_who_sign() -> None:
    nouri = Worker("nouri", "سعید نوری", Role.EXPERT)
    leave = StaffTerm("shayegh", "m", "supervisor", DAY, leaves=(AWAY,))
    shayegh = Worker("shayegh", "مریم شایق", Role.SUPERVISOR, ((DAY, leave),))
    admin = Worker("rahimi", "ندا رحیمی", Role.ADMIN)
    assert without_second([nouri, shayegh, admin], WEEK) == WEEK[1:3]
    third = Worker("mirjalili", "حمید میرجلیلی", Role.SUPERVISOR)
    assert without_second([nouri, shayegh, third, admin], WEEK) == []


def test_a_supervisors_deputy_signs_for_her_and_who_signs_already_is_one_all_the_same() -> None:
    term = StaffTerm("shayegh", "municipality", "supervisor", date(2026, 1, 10))
    nouri = Worker("nouri", "سعید نوری", Role.EXPERT)
    heidari = Worker("heidari", "پروین حیدری", Role.PLANNER)
    rahimi = Worker("rahimi", "ندا رحیمی", Role.ADMIN)

    def days(deputy: str) -> list[date]:
        away = replace(term, leaves=(replace(AWAY, deputy=deputy),))
        shayegh = Worker("shayegh", "مریم شایق", Role.SUPERVISOR, ((DAY, away),))
        return without_second([nouri, shayegh, heidari, rahimi], WEEK)

    assert days("heidari") == []
    # Who looks after accounts stands in for nobody.
    assert [days(deputy) for deputy in ("", "nouri", "rahimi")] == [WEEK[1:3]] * 3


def test_the_words_name_three_days_and_count_the_rest() -> None:
    assert stamp_words([]) == ""
    assert stamp_words(WEEK[:1]) == "در ۳ آذر کسی مهر نمی‌کند."
    assert stamp_words(WEEK[:2]) == "در ۳ آذر و ۴ آذر کسی مهر نمی‌کند."
    assert days_words(WEEK) == "۳ آذر، ۴ آذر، ۵ آذر و ۴ روز دیگر"
    assert second_words(WEEK[:1]) == "در ۳ آذر کسی برای امضای دوم نیست."


def test_the_rule_of_two_persons_says_what_it_comes_to() -> None:
    assert "کسی آنچه خودش ثبت" in two_person_words([ZARE, ZAHRA], DAY)
    assert "تنها زهرا فلاح" in two_person_words([away(), ZAHRA], WEEK[1])
    assert "کسی سر کار نیست" in two_person_words([away()], WEEK[1])


@given(
    spans=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=4),
    deputised=st.booleans(),
)
@pytest.mark.slow
def test_a_day_lacks_a_stamp_exactly_where_all_are_away(
    spans: list[tuple[int, int]], deputised: bool
) -> None:
    days = [DAY + timedelta(days=n) for n in range(30)]
    deputy = "zahra" if deputised else ""
    leaves = tuple(
        Leave(DAY + timedelta(days=first), DAY + timedelta(days=first + more), deputy)
        for first, more in spans
    )
    worker = replace(ZARE, terms=((DAY, replace(TERM, leaves=leaves)),))
    expected = set()
    for first, more in spans:
        expected |= set(range(first, first + more + 1))
    found = {(day - DAY).days for day in without_stamp([worker, ZAHRA], days)}
    assert found == (set() if deputised else {n for n in expected if n < 30})


_DAYS = st.tuples(st.integers(0, 9), st.integers(0, 4))


@given(
    others=st.lists(st.tuples(_DAYS, st.lists(_DAYS, max_size=2)), max_size=3),
    away=_DAYS,
    today=st.integers(0, 9),
)
def test_the_first_day_of_a_leave_on_which_nobody_else_is_there(
    others: list[tuple[tuple[int, int], list[tuple[int, int]]]], away: tuple[int, int], today: int
) -> None:
    def leave(first: int, more: int) -> Leave:
        return Leave(DAY + timedelta(days=first), DAY + timedelta(days=first + more))

    there = [
        replace(TERM, since=DAY, until=leave(*term).last, leaves=tuple(leave(*x) for x in leaves))
        for term, leaves in others
    ]
    of = leave(*away)
    days = (DAY + timedelta(days=n) for n in range(today, 20))
    alone = [d for d in days if of.first <= d <= of.last and not any(t.at_work(d) for t in there)]
    found = first_alone(of, there, DAY + timedelta(days=today))
    assert found == (alone[0] if alone else None)


CLERK = StaffTerm("zahra", "21", "clerk", DAY)
LATER = replace(CLERK, since=WEEK[3])


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (StaffFacts(), StaffState.AT_WORK),
        (StaffFacts(CLERK, CLERK), StaffState.AT_WORK),
        (StaffFacts(CLERK, CLERK, came=False), StaffState.NO_PASSWORD),
        (StaffFacts(CLERK, CLERK, came=False, code=True), StaffState.FRESH),
        (StaffFacts(CLERK, CLERK, code=True, locked=True), StaffState.LOCKED),
        (StaffFacts(None, None, came=False, waiting=True), StaffState.WAITING),
        (StaffFacts(None, None, came=False), StaffState.UNSIGNED),
        (StaffFacts(None, LATER, came=False), StaffState.COMING),
        (StaffFacts(LATER, LATER), StaffState.COMING),
        (StaffFacts(replace(CLERK, until=DAY - timedelta(1)), CLERK), StaffState.ENDED),
        (
            StaffFacts(replace(CLERK, leaves=(Leave(DAY, DAY),)), CLERK),
            StaffState.ON_LEAVE,
        ),
        (StaffFacts(CLERK, CLERK, suspended=True, locked=True), StaffState.SUSPENDED),
        (StaffFacts(CLERK, CLERK, kept_out=True, locked=True), StaffState.KEPT_OUT),
    ],
)
def test_what_hinders_most_is_told(facts: StaffFacts, state: StaffState) -> None:
    assert facts.state(DAY) is state


def test_who_is_to_come_is_told_from_when() -> None:
    assert StaffFacts(LATER, LATER, came=False).words(DAY) == "از ۶ آذر"
    assert StaffFacts().words(DAY) == "در کار"

"""Days set for many offices: which days, whose own are kept, whom something hinders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from desktop.domain.calendar import OfficeCalendar
from desktop.domain.group_hours import DaysSet, GroupPlan, LastCard, plan, special_by_day
from desktop.domain.hours import Hours, Span, SpecialDay
from desktop.domain.office import FIRST_DAY, OfficeCard

TODAY = date(2026, 11, 24)
SATURDAY = date(2026, 11, 28)
THURSDAY, FRIDAY = SATURDAY + timedelta(days=5), SATURDAY + timedelta(days=6)
LONG, SHORT, MORNING = Span(450, 1200), Span(540, 780), Span(480, 600)
WEEK = ((LONG,),) * 6 + ((),)
CALENDAR = OfficeCalendar()
ASKED = DaysSet(SATURDAY, FRIDAY, (SHORT,))


def known(*special: SpecialDay, since: date = FIRST_DAY, week: object = WEEK) -> LastCard:
    card = OfficeCard("21", "دفتر ۲۱", "", "", "", 1, "", sample=True)
    return LastCard(since, replace(card, hours=Hours(week, special)))  # type: ignore[arg-type]


def days_of(planned: GroupPlan, office: str) -> dict[date, tuple[Span, ...]]:
    return {each.day: each.spans for each in planned.hours(office, CALENDAR).special}


def test_several_days_leave_out_those_that_are_shut_unless_they_are_meant() -> None:
    planned = plan({"a": known()}, ["a"], ASKED, TODAY)
    assert days_of(planned, "a") == {SATURDAY + timedelta(days=n): (SHORT,) for n in range(6)}
    too = plan({"a": known()}, ["a"], replace(ASKED, shut_too=True), TODAY)
    assert FRIDAY in days_of(too, "a")
    # One Friday alone is meant.
    one = plan({"a": known()}, ["a"], DaysSet(FRIDAY, FRIDAY, (SHORT,)), TODAY)
    assert days_of(one, "a") == {FRIDAY: (SHORT,)}
    shut = plan({"a": known()}, ["a"], DaysSet(THURSDAY, FRIDAY, ()), TODAY)
    assert days_of(shut, "a") == {THURSDAY: (), FRIDAY: ()}


def test_an_offices_own_days_are_shown_and_kept_or_replaced() -> None:
    own = (SpecialDay(SATURDAY, ()), SpecialDay(THURSDAY, (MORNING,)))
    last = {"a": known(*own), "b": known(SpecialDay(THURSDAY, (SHORT,)))}
    replaced = plan(last, ["a", "b"], ASKED, TODAY)
    # Those that are so already are nobody's own.
    assert replaced.own == {"a": list(own)}
    assert set(days_of(replaced, "a").values()) == {(SHORT,)}
    assert SATURDAY in days_of(replaced, "a")
    kept = plan(last, ["a", "b"], ASKED, TODAY, keeps=True)
    assert days_of(kept, "a")[SATURDAY] == ()
    assert days_of(kept, "a")[THURSDAY] == (MORNING,)
    assert days_of(kept, "a")[SATURDAY + timedelta(days=1)] == (SHORT,)
    assert days_of(kept, "b") == days_of(replaced, "b")


def test_what_was_set_for_all_is_taken_back_and_what_others_have_stays() -> None:
    round_ = SpecialDay(THURSDAY, (SHORT,))
    last = {
        "a": known(round_),
        "b": known(round_),
        "c": known(SpecialDay(THURSDAY, (MORNING,))),
        "d": known(),
    }
    back = DaysSet(SATURDAY, FRIDAY, None)
    kept = plan(last, [*last], back, TODAY, keeps=True)
    assert kept.own == {"c": [SpecialDay(THURSDAY, (MORNING,))]}
    assert [days_of(kept, each) for each in last] == [{}, {}, {THURSDAY: (MORNING,)}, {}]
    assert days_of(plan(last, [*last], back, TODAY), "c") == {}


def test_days_outside_the_span_stay_as_they_are() -> None:
    before = SpecialDay(SATURDAY - timedelta(days=1), (MORNING,))
    planned = plan({"a": known(before)}, ["a"], DaysSet(SATURDAY, FRIDAY, None), TODAY)
    assert days_of(planned, "a") == {before.day: (MORNING,)}
    assert planned.own == {}


def test_whom_something_hinders_is_told_by_office() -> None:
    later = TODAY + timedelta(days=9)
    last = {
        "a": known(),
        "later": known(since=later),
        "weekless": known(week=((),) * 7),
    }
    planned = plan(last, [*last], ASKED, TODAY)
    assert set(planned.hindered) == {"later", "weekless"}
    assert "از ۱۲ آذر مشخصات تازه‌ای" in planned.hindered["later"]
    assert "ساعت هفته‌اش" in planned.hindered["weekless"]
    # After the card that is to come it is free; and one day needs no week.
    after = later + timedelta(days=1)
    assert plan(last, ["later"], DaysSet(after, after, (SHORT,)), TODAY).hindered == {}
    assert last["later"].free(TODAY) == after
    one = plan(last, ["weekless"], DaysSet(SATURDAY, SATURDAY, (SHORT,)), TODAY)
    assert one.hindered == {}


def test_a_day_has_the_hours_of_the_card_that_holds_then() -> None:
    first = known(SpecialDay(SATURDAY, (SHORT,)), SpecialDay(FRIDAY, (MORNING,))).card
    later = known(SpecialDay(SATURDAY, ()), SpecialDay(FRIDAY, ())).card
    told = {
        "a": {FIRST_DAY: first, THURSDAY: later},
        "b": {FIRST_DAY: first},
        "c": {FIRST_DAY: first, THURSDAY: known().card},
    }
    found = special_by_day(told)
    assert found == {
        SATURDAY: {"a": (SHORT,), "b": (SHORT,), "c": (SHORT,)},
        FRIDAY: {"a": (), "b": (MORNING,)},
    }

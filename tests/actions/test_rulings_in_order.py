"""What a commission does, and how its ruling reaches people, comes one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.actions import commissions
from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.commands import ServeRuling
from desktop.domain.errors import Refusal
from desktop.domain.ruling import FIRST, RulingKind, Serving
from tests.actions.test_commission import TODAY, reported, ruling, served, shown
from tests.town import Town


def day(n: int) -> date:
    """So many days after the first ruling."""
    return TODAY + timedelta(days=n)


def ruled(town: Town) -> Case:
    """A case with a first ruling of today, as the counter sees it twenty days later."""
    expert = town.crew.expert
    case = reported(town)
    commissions.rule(expert, case, ruling(case, RulingKind.DEMOLITION, "100/1", stage=FIRST))
    town.clock.moment += timedelta(days=20)
    town.house.office.sync()
    town.house.municipality.sync()
    return case_now(town.crew.clerk, case.case_id)


@pytest.mark.slow
def test_a_notice_is_posted_after_an_attempt_failed_and_so_are_its_minutes(
    small_town: Town,
) -> None:
    town = small_town
    clerk = town.crew.clerk
    case = ruled(town)
    absent = served(case, Serving.ABSENT, day(19), note="همسایه گواه بود")
    commissions.serve(clerk, case, absent, municipal=False)

    def post(on: date, minutes: date) -> None:
        told = replace(served(case, Serving.POSTED, on, paper="77"), paper_date=minutes)
        commissions.serve(clerk, case, told, municipal=False)

    with pytest.raises(Refusal, match="الصاق پیش از آن نبوده") as early:
        post(day(1), day(1))
    assert early.value.field == "served_on"
    for older in (date(2020, 1, 1), day(18)):
        with pytest.raises(Refusal, match="صورت‌جلسهٔ الصاق پیش از آن نیست") as old:
            post(day(19), older)
        assert old.value.field == "paper_date"
    post(day(19), day(19))
    assert [each.way for each in case_now(clerk, case.case_id).served] == [
        Serving.ABSENT,
        Serving.POSTED,
    ]


@pytest.mark.slow
@pytest.mark.parametrize("way", [Serving.ATTORNEY, Serving.PERSON])
def test_nobody_enters_that_a_ruling_was_served_on_himself(small_town: Town, way: Serving) -> None:
    town = small_town
    expert = town.crew.expert
    case = shown(town, ruled(town).case_id)
    assert case.commission_result is not None
    own = expert.staff.national_id
    assert own
    told = ServeRuling("100/1", 0, way, day(1), expert.staff.name, own, "77", day(1))
    with pytest.raises(Refusal, match="این کد خود شماست") as no:
        commissions.serve(expert, case, told, municipal=True)
    assert no.value.field == "receiver_id"


@pytest.mark.slow
def test_an_appeal_is_dealt_with_after_the_objection(small_town: Town) -> None:
    town = small_town
    clerk, expert = town.crew.clerk, town.crew.expert
    case = ruled(town)
    commissions.object_to(clerk, case, 0, "12/3", day(15), municipal=False)
    town.house.office.sync()
    case = shown(town, case.case_id)
    for early in (day(0), day(14)):
        with pytest.raises(Refusal, match="جلسهٔ تجدیدنظر نمی‌تواند پیش از آن") as no:
            commissions.put_on_agenda(expert, case, "33", early)
        assert no.value.field == "held_on"
    commissions.put_on_agenda(expert, case, "33", day(15))

"""What a commission does, and how its ruling reaches people, comes one after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.actions import board, commissions, counter_acts
from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.commands import ServeRuling
from desktop.domain.errors import Refusal
from desktop.domain.ruling import FINAL, FIRST, RulingKind, Serving
from desktop.domain.state import State
from desktop.ui.standing.case import headline_words
from desktop.wire.commissions import Awaits
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


def withdraw(town: Town, case: Case) -> Case:
    """The applicant withdraws; the case as the expert sees it then."""
    counter_acts.withdraw(town.crew.clerk, case.case_id, "انصراف")
    town.house.office.sync()
    return shown(town, case.case_id)


def awaited(town: Town) -> list[str]:
    """What the cases of the unit's list of commissions wait for."""
    return [row.awaits for row in commissions.listed(town.crew.expert).rows]


@pytest.mark.long
def test_a_first_ruling_goes_its_way_after_a_withdrawal(small_town: Town) -> None:
    town = small_town
    clerk, expert = town.crew.clerk, town.crew.expert
    case = withdraw(town, ruled(town))
    assert case.state is State.WITHDRAWN
    assert awaited(town) == [Awaits.SERVICE]
    handed = served(case, Serving.PERSON, day(20), receiver_id=case.request.party.owner_id)
    commissions.serve(clerk, case, handed, municipal=False)
    town.house.office.sync()
    assert awaited(town) == [Awaits.TERM]
    assert "رأی بدوی برقرار است" in headline_words(case_now(clerk, case.case_id)).sentence
    commissions.object_to(clerk, case, 0, "12/3", day(20), municipal=False)
    town.house.office.sync()
    assert awaited(town) == [Awaits.APPEAL]
    commissions.put_on_agenda(expert, shown(town, case.case_id), "33", day(20))
    case = shown(town, case.case_id)
    last = ruling(case, RulingKind.FINE, "100/2", stage=FINAL, fine=50_000_000)
    commissions.rule(expert, case, replace(last, decided_on=day(20)))
    case = shown(town, case.case_id)
    assert case.state is State.WITHDRAWN
    # It lies on the property: its next request is asked for it.
    assert asked_next(town, case) == [50_000_000]


def asked_next(town: Town, case: Case) -> list[int]:
    """The fines in Rial that the property's next request is asked for."""
    record = next(
        record
        for records in town.properties.values()
        for record in records
        if str(record.code) == case.request.code
    )
    following = case_now(town.crew.clerk, town.register(record, "no-violation"))
    return [owed.amount for owed in following.owed if owed.key.startswith("fine:")]


@pytest.mark.slow
def test_a_first_ruling_becomes_final_after_a_withdrawal(small_town: Town) -> None:
    town = small_town
    expert = town.crew.expert
    case = reported(town)
    fined = ruling(case, RulingKind.FINE, "100/1", stage=FIRST, fine=48_000_000)
    commissions.rule(expert, case, fined)
    case = shown(town, case.case_id)
    handed = served(case, Serving.PERSON, receiver_id=case.request.party.owner_id)
    commissions.serve(expert, case, handed, municipal=True)
    town.house.office.sync()
    withdraw(town, case)
    town.clock.moment += timedelta(days=12)
    town.house.municipality.sync()
    commissions.end_term(expert, shown(town, case.case_id))
    assert shown(town, case.case_id).state is State.WITHDRAWN
    assert awaited(town) == []
    assert asked_next(town, case) == [48_000_000]


@pytest.mark.slow
def test_a_final_ruling_is_still_to_be_served_after_a_withdrawal(small_town: Town) -> None:
    town = small_town
    expert = town.crew.expert
    case = reported(town)
    last = ruling(case, RulingKind.FINE, "100/9", stage=FINAL, fine=50_000_000)
    commissions.rule(expert, case, last)
    town.house.office.sync()
    case = withdraw(town, case)
    assert awaited(town) == [Awaits.SERVICE]
    handed = served(case, Serving.PERSON, receiver_id=case.request.party.owner_id)
    commissions.serve(expert, case, handed, municipal=True)
    assert awaited(town) == []


@pytest.mark.slow
def test_a_request_that_was_withdrawn_before_any_ruling_is_no_commissions(
    small_town: Town,
) -> None:
    town = small_town
    expert = town.crew.expert
    before = reported(town)
    town.house.office.sync()
    case = withdraw(town, before)
    assert awaited(town) == []
    with pytest.raises(Refusal, match="کمیسیون به آن نمی‌پردازد"):
        commissions.put_on_agenda(expert, case, "34", TODAY)
    with pytest.raises(Refusal, match="کمیسیون به آن نمی‌پردازد"):
        commissions.rule(expert, case, ruling(case, RulingKind.ACQUITTED, "100/1", stage=FINAL))
    assert board.items(expert.desk) == []

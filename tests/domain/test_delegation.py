"""What an office answers for, who may do it, who is at work: by tables, and for any days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.act import Act
from desktop.domain.delegation import Delegation, DelegationState, delegation_key
from desktop.domain.enforcement import Bar, Entitlement, OfficeRule
from desktop.domain.people import Role, Staff
from desktop.domain.staffing import Authority, Leave, StaffTerm
from desktop.domain.stop import Stop, Stopped
from desktop.domain.stream import Topic
from desktop.domain.training import (
    Readiness,
    Training,
    TrainingWay,
    held_training,
    readiness,
    renewal_words,
)
from desktop.forms import permits
from desktop.forms.dated import DatedRule
from desktop.forms.published_values import published_value, value_text
from tests.office import CITY, SERVICE

DAY = date(2026, 11, 24)
ACT = Act("۱۲", DAY, "شورای شهر", "ab" * 32)
DELEGATION = Delegation("21", SERVICE.code, DAY, DAY + timedelta(days=60), ACT)
CLERK = Staff("zahra", "زهرا فلاح", Role.CLERK, "21")
days = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        (-1, DelegationState.COMING, "از ۳ آذر"),
        (0, DelegationState.IN_FORCE, "در جریان"),
        (29, DelegationState.IN_FORCE, "در جریان"),
        (30, DelegationState.ENDING, "رو به پایان"),
        (60, DelegationState.ENDING, "رو به پایان"),
        (61, DelegationState.ENDED, "پایان یافت"),
    ],
)
def test_how_a_delegation_stands(day: int, state: DelegationState, words: str) -> None:
    on = DAY + timedelta(days=day)
    assert (DELEGATION.state(on), DELEGATION.words(on)) == (state, words)
    assert DELEGATION.holds(on) == (0 <= day <= 60)
    assert not replace(DELEGATION, withdrawn=True).holds(on)


def said(*told: tuple[Topic, str, date, str]) -> permits.Find:
    """What was published, the last that began winning, as both ends read it."""

    def find(topic: Topic, key: str, day: date) -> str | None:
        begun = [x for x in told if (x[0], x[1]) == (topic, key) and x[2] <= day]
        return max(begun, key=lambda x: x[2])[3] if begun else None

    return find


def test_who_may_stamp_is_counted_by_persons_not_by_accounts() -> None:
    own = replace(CLERK, national_id="4420000000")
    again, other = replace(own, staff_id="zahra-2"), replace(CLERK, staff_id="narges")
    people = [own, again, other]
    assert permits.working(said(), people, DAY, datetime(2026, 11, 24, tzinfo=UTC)) == 2


@given(days, days, st.none() | days, days, st.booleans())
def test_what_is_said_later_stands_in_the_place_of_what_held(
    asked: date, since: date, until: date | None, later: date, withdrawn: bool
) -> None:
    first = replace(DELEGATION, since=since, until=until)
    second = replace(DELEGATION, since=later, until=None, withdrawn=withdrawn)
    find = said(
        (Topic.DELEGATION, first.key, first.since, value_text(first)),
        (Topic.DELEGATION, second.key, second.since, value_text(second)),
    )
    if later == since:
        return
    held = permits.delegated(find, "21", SERVICE.code, asked)
    if asked >= max(since, later):
        last = max((first, second), key=lambda one: one.since)
        assert held == (last if last.holds(asked) else None)
    elif asked < min(since, later):
        assert held is None
    assert permits.delegated(find, "22", SERVICE.code, asked) is None
    assert first.key == delegation_key("21", SERVICE.code)


training = Training("zahra", SERVICE.code, SERVICE.version, DAY, "مریم شایق", TrainingWay.PAPER)


@pytest.mark.parametrize(
    ("record", "after", "ready"),
    [
        (None, 0, Readiness.NOT),
        (training, 0, Readiness.READY),
        (training, 4_000, Readiness.READY),
        (replace(training, version="old"), 30, Readiness.RENEW),
        (replace(training, version="old"), 31, Readiness.NOT),
        (replace(training, version="old", until=DAY + timedelta(days=90)), 90, Readiness.RENEW),
        (replace(training, version="old", until=DAY + timedelta(days=90)), 91, Readiness.NOT),
    ],
)
def test_a_record_opens_its_version_and_a_changed_one_for_a_term(
    record: Training | None, after: int, ready: Readiness
) -> None:
    service = replace(SERVICE, effective=DAY)
    held = held_training(record, [service]) if record is not None else None
    assert readiness(held, DAY + timedelta(days=after), 30) is ready
    if held is not None and held.training.until is not None:
        assert renewal_words(held, 30) == "تا ۳ اسفند"


@given(st.integers(0, 5), st.lists(st.integers(1, 60), min_size=5, max_size=5), st.integers(0, 400))
def test_the_term_of_a_record_runs_from_the_first_change_after_it(
    passed: int, gaps: list[int], after: int
) -> None:
    """However often the service changes meanwhile, who lapsed stays so until he passes a lesson."""
    begun = [DAY + timedelta(days=sum(gaps[:number])) for number in range(6)]
    versions = [replace(SERVICE, version=f"{since}", effective=since) for since in begun]
    day = begun[passed] + timedelta(days=after)
    so_far = [each for each in reversed(versions) if each.effective <= day]
    record = replace(training, version=versions[passed].version, on=begun[passed])
    held = held_training(record, so_far)
    lapses = begun[passed + 1] + timedelta(days=30) if passed < 5 else date.max
    assert (readiness(held, day, 30) is Readiness.NOT) == (day > lapses)
    # Of a version that was taken back since, its day is what counts.
    taken_back = held_training(record, [each for each in so_far if each != versions[passed]])
    assert taken_back.replaced in {held.replaced, *(each.effective for each in so_far)}


@given(days, st.booleans(), st.booleans(), st.dictionaries(st.sampled_from(OfficeRule), days))
def test_a_rule_hinders_from_its_day_and_warns_before(
    day: date, delegated: bool, trained: bool, enforced: dict[OfficeRule, date]
) -> None:
    permit = Entitlement("پایان کار", delegated, trained, enforced)
    barred = {each.bar: each for each in permit.barred_request()}
    for bar, rule, holds in (
        (Bar.NOT_DELEGATED, OfficeRule.DELEGATION, delegated),
        (Bar.NOT_TRAINED, OfficeRule.TRAINING, trained),
    ):
        assert (bar in barred) == (not holds and rule in enforced)
        if bar in barred:
            assert barred[bar].hinders(day) == (day >= enforced[rule])
            assert ("پذیرفته نمی‌شود" in barred[bar].told(day)) == (day < enforced[rule])
    assert not permit.barred_person()


def test_a_rule_is_enforced_for_all_services_or_for_one() -> None:
    def said_of(service: str, begins: str) -> DatedRule:
        return DatedRule(
            rule=OfficeRule.TRAINING, service=service, begins=begins, since="1405/09/03"
        )

    city = said_of("", "1405/09/03").put(CITY)
    later = said_of(SERVICE.code, "1405/10/01").put(city)
    never = said_of(SERVICE.code, "").put(city)
    alone = said_of(SERVICE.code, "1405/09/03").put(CITY)
    today = {OfficeRule.TRAINING: DAY}
    for each in (later, never):
        assert each.enforced_in("gas") == today
    assert later.enforced_in(SERVICE.code) == {OfficeRule.TRAINING: date(2026, 12, 22)}
    assert never.enforced_in(SERVICE.code) == {}
    assert (alone.enforced_in(SERVICE.code), alone.enforced_in("gas")) == (today, {})
    told = permits.permit(said(), SERVICE, later, CLERK, DAY, datetime(2026, 11, 24, 7, tzinfo=UTC))
    (barred,) = told.barred_request()
    assert (barred.bar, barred.hinders(DAY)) == (Bar.NOT_TRAINED, False)
    whole = DatedRule(rule=OfficeRule.COUNTERSIGN, service="gas", since="1405/09/03")
    assert whole.faulty[0] == "service"


def test_one_permit_for_both_ends() -> None:
    at = datetime(2026, 11, 24, 7, tzinfo=UTC)
    stop = Stop(Stopped.OFFICE, "21", at, "تخلف", ACT, until=at + timedelta(hours=2))
    city = replace(CITY, enforced=dict.fromkeys(OfficeRule, DAY))
    find = said(
        (Topic.DELEGATION, DELEGATION.key, DAY, value_text(DELEGATION)),
        (Topic.TRAINING, training.key, DAY, value_text(training)),
        (Topic.STOP, "21", DAY, value_text(stop)),
        (Topic.STAFF, "old", DAY, value_text(StaffTerm("old", "21", "clerk", DAY, DAY))),
    )

    def bars(actor: Staff, hours: int = 3, day: date = DAY) -> list[Bar]:
        moment = at + timedelta(hours=hours, days=(day - DAY).days)
        told = permits.permit(find, SERVICE, city, actor, day, moment)
        return [each.bar for each in told.barred_request() if each.hinders(day)]

    assert bars(CLERK) == []
    assert bars(CLERK, hours=1) == [Bar.OFFICE_STOPPED]
    assert bars(CLERK, day=DAY + timedelta(days=61)) == [Bar.NOT_DELEGATED]
    assert bars(replace(CLERK, office="22")) == [Bar.NOT_DELEGATED]
    assert bars(replace(CLERK, staff_id="ali")) == [Bar.NOT_TRAINED]
    assert Bar.NOT_EMPLOYED in bars(replace(CLERK, staff_id="old"), day=DAY + timedelta(days=1))
    # The municipality takes no requests, and the centre is nobody's to stop.
    assert bars(replace(CLERK, role=Role.EXPERT, office="municipality")) == []
    assert bars(replace(CLERK, role=Role.CENTRE, office="")) == []


def test_who_is_at_work_and_who_stands_in() -> None:
    term = StaffTerm(
        "m", "21", "manager", DAY, DAY + timedelta(days=9), (Leave(DAY, DAY, "z"),), "ali"
    )
    assert [term.at_work(DAY + timedelta(days=n)) for n in (-1, 0, 1, 9, 10)] == [
        False, False, True, True, False,
    ]  # fmt: skip
    assert [term.deputy_on(DAY + timedelta(days=n)) for n in (0, 1)] == ["z", "ali"]
    find = said((Topic.STAFF, "m", DAY, value_text(term)))
    assert permits.deputises(find, ["m"], "z", DAY)
    assert not permits.deputises(find, ["m"], "ali", DAY + timedelta(days=1))


def test_an_authority_holds_on_its_weekdays() -> None:
    authority = Authority("z", "transfer", DAY + timedelta(days=7), weekdays=(3,))  # سه‌شنبه
    held = [authority.holds(DAY + timedelta(days=n)) for n in (0, 1, 7, 14)]
    assert held == [True, False, True, False]
    assert replace(authority, weekdays=()).holds(DAY + timedelta(days=1))


@given(days, st.none() | days, st.text("ابپ۱۲ ", max_size=9))
def test_what_is_published_is_read_as_it_was(since: date, until: date | None, text: str) -> None:
    one = Delegation("21", "transfer", since, until, replace(ACT, body=text))
    assert published_value(Delegation, value_text(one)) == one

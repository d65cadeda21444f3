"""A service handed over for some days: enforced at the desk and, where that lies, at the centre."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.actions import (
    delegations,
    handing_over,
    intake,
    office_card,
    office_letters,
    offices,
    publishing,
)
from desktop.actions.delegations import handed_over
from desktop.actions.handing_over import MOST
from desktop.centre.counting import counted
from desktop.centre.offices import all_offices
from desktop.centre.weighing_delegations import Weighing
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, step
from desktop.domain.act import Act
from desktop.domain.delegation import Delegation, DelegationState
from desktop.domain.enforcement import Bar, OfficeRule
from desktop.domain.errors import Refusal
from desktop.domain.office import Office
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.sql.asked import asked
from desktop.trial.counters import new_counter
from desktop.wire import calls
from desktop.wire.publishing import WarningBody, WeighAsk
from tests import heirs
from tests.delegated import ACT, TODAY, TOMORROW, WHY, announce, enforce, hand_over, put, refusals
from tests.publish import hindered, refused_words
from tests.town import Town

RULED = TODAY + timedelta(days=2)
FIRST, LAST = TODAY + timedelta(days=3), TODAY + timedelta(days=5)


@pytest.fixture
def town(quick_town: Town) -> Town:
    """On either database; what the centre refuses in the quick check too."""
    return announce(quick_town)


def at(town: Town, day: date) -> None:
    """It is the morning of that day, and all desks have heard what there is."""
    town.clock.moment += day - town.clock.moment.date()
    town.house.office.sync()
    town.house.municipality.sync()


@pytest.mark.slow
def test_from_its_day_to_its_last_a_service_is_taken_and_on_no_other(town: Town) -> None:
    clerk = town.crew.clerk
    enforce(town, OfficeRule.DELEGATION, RULED)
    hand_over(town, since=FIRST, until=LAST)
    assert not intake.barred(clerk.desk, clerk.staff)
    at(town, TOMORROW)
    # Before the day of the rule it warns, with the day from which it hinders.
    (warned,) = intake.barred(clerk.desk, clerk.staff)["clearance"]
    assert (warned.bar, warned.hinders(TOMORROW)) == (Bar.NOT_DELEGATED, False)
    assert "به این دفتر واگذار نشده است. از ۵ آذر پذیرفته نمی‌شود." in warned.told(TOMORROW)
    assert case_now(clerk, town.register(town.record(Scenario.CLEAN))).state is State.ISSUED

    for number, day in enumerate((RULED, FIRST, LAST, LAST + timedelta(days=1)), start=1):
        at(town, day)
        if day in (FIRST, LAST):
            assert not intake.barred(clerk.desk, clerk.staff).get("clearance")
            assert case_now(clerk, town.register(town.record(Scenario.CLEAN, number))).answer
            continue
        with pytest.raises(Refusal, match="واگذار نشده است") as refused:
            town.register(town.record(Scenario.CLEAN, number))
        assert refused.value.field == Bar.NOT_DELEGATED
    # Others are none of this office's.
    assert "transfer" in intake.barred(clerk.desk, clerk.staff)


@pytest.mark.slow
def test_a_desk_that_lies_is_refused_at_the_centre(town: Town) -> None:
    """It has no check of its own: the day of receipt is looked at where nobody can lie."""
    counter = new_counter(town.house.centre, "41")
    enforce(town, OfficeRule.DELEGATION, TOMORROW)
    hand_over(town, since=FIRST, until=LAST, offices=["41"])
    for number, (day, taken) in enumerate(
        [(RULED, False), (FIRST, True), (LAST, True), (LAST + timedelta(days=1), False)]
    ):
        at(town, day)
        acts = counter.register(town.record(Scenario.CLEAN, number), "clearance")
        told = len(refusals(town, "office:41"))
        counter.push(*acts)
        fresh = refusals(town, "office:41")[told:]
        assert (("register", Bar.NOT_DELEGATED.value) in fresh) is not taken, day
        if taken:
            assert counter.case(acts[0].case_id).answer is not None
    assert counted(town.house.centre)["held"] == 0


@pytest.mark.long
def test_the_day_of_receipt_counts_whenever_it_comes(town: Town) -> None:
    """Of a desk without a line: what it took in its days is taken, what it took before is not."""
    counter = new_counter(town.house.centre, "41")
    enforce(town, OfficeRule.DELEGATION, TOMORROW)
    hand_over(town, since=FIRST, until=LAST, offices=["41"])
    at(town, RULED)
    early = counter.register(town.record(Scenario.CLEAN, 0), "clearance")
    at(town, LAST)
    right = counter.register(town.record(Scenario.CLEAN, 1), "clearance")
    at(town, LAST + timedelta(days=1))
    counter.push(*early)
    assert refusals(town, "office:41")[0] == ("register", Bar.NOT_DELEGATED.value)
    counter.push(*right)
    assert counter.case(right[0].case_id).answer is not None


@pytest.mark.long
def test_an_open_case_goes_on_when_its_delegation_has_ended(town: Town) -> None:
    enforce(town, OfficeRule.DELEGATION, TOMORROW)
    hand_over(town, since=TOMORROW, until=TOMORROW)
    at(town, TOMORROW)
    case_id = town.register(town.record(Scenario.DEBT))
    at(town, TOMORROW + timedelta(days=1))
    while (case := case_now(town.crew.clerk, case_id)).state is not State.HANDED_OVER:
        step(town.crew, case, town.clock.moment)


@pytest.mark.long
def test_what_hinders_a_delegation_is_told_with_the_way_out(town: Town) -> None:
    crew = town.crew
    first = Delegation("21", "clearance", FIRST, LAST, ACT)

    def words(**changes: object) -> str:
        one = replace(first, **changes)  # type: ignore[arg-type]
        return hindered(crew, delegations.delegation_draft([one]))

    assert words() == ""
    assert "«تا روز» پیش از «از روز» است." in words(until=FIRST - timedelta(days=1))
    assert "تصویر مصوبه پیوست نشده است" in words(act=replace(ACT, scan=""))
    assert "فرستاده نشده است" in words(act=replace(ACT, scan="cd" * 32))
    assert "شمارهٔ مصوبه" in words(act=replace(ACT, number=" "))
    assert "پس از امروز" in words(act=replace(ACT, dated=TOMORROW))
    assert "چنین دفتری نیست" in words(office="municipality")
    assert "چنین دفتری نیست" in words(office="99")
    assert "ارائه نمی‌شود" in words(service="hedge")
    assert "نخستین روز" in words(since=TODAY)
    assert "چیزی برای پس‌گرفتن نیست" in words(withdrawn=True)
    twice = delegations.delegation_draft([first, first])
    assert "دو بار" in hindered(crew, twice)

    put(town, delegations.delegation_draft([first]))
    later = {"since": LAST, "until": None}
    told = words(**later)
    assert "دفتر پیشخوان ۲۱ همین خدمت را تا ۱۴۰۵/۰۹/۰۸ دارد" in told
    assert "از ۱۴۰۵/۰۹/۰۹ بنویسید" in told
    assert words(**later, replaces=True) == ""
    assert words(since=LAST + timedelta(days=1), until=None) == ""
    # One that would be overtaken in its middle by what is to come.
    assert "خواهد داشت" in words(since=TOMORROW, until=None)
    assert words(since=TOMORROW, until=TOMORROW) == ""
    assert "به آن نمی‌رود" in words(since=FIRST, until=None, withdrawn=True, heir="44")
    assert words(since=FIRST, until=None, withdrawn=True) == ""
    # A last day is told of what had ended before, and of nothing else.
    assert "همان نیست" in words(since=FIRST, withdrawn=True)


@pytest.mark.long
def test_what_stands_in_the_place_of_others_stands_to_its_last_day(town: Town) -> None:
    """Neither a later term nor an end that was signed before cuts it short; an end ends both."""
    day = {n: TODAY + timedelta(days=n) for n in range(1, 200)}
    one = Delegation("21", "clearance", day[1], day[90], ACT)
    later = replace(one, since=day[91], until=day[120])
    put(town, delegations.delegation_draft([one]))
    put(town, delegations.delegation_draft([later]))
    desk = town.crew.clerk.desk

    def has(number: int) -> bool:
        return bool(delegations.on_day(desk, day[number]).delegations)

    longer = replace(one, since=day[10], until=day[150], replaces=True)
    draft = delegations.delegation_draft([longer])
    (change,) = publishing.weigh(town.crew.supervisor, draft).told.changes
    assert "برداشته می‌شود" in change.lines[1]
    put(town, draft)
    assert [has(n) for n in (9, 90, 121, 150, 151)] == [True] * 4 + [False]
    # An end that waits for its day: who does not say that it goes is told of it.
    end = Delegation("21", "clearance", day[140], None, ACT, withdrawn=True)
    put(town, delegations.delegation_draft([end]))
    longest = replace(longer, since=day[20], until=None)
    plain = delegations.delegation_draft([replace(longest, since=day[139], replaces=False)])
    assert "پس‌گرفتن همین خدمت" in hindered(town.crew, plain)
    put(town, delegations.delegation_draft([longest]))
    assert has(140)
    # Nor does a term that was to come begin anew after the end.
    first, again = replace(longest, since=day[30], until=day[40]), replace(one, since=day[50])
    put(town, delegations.delegation_draft([first]))
    put(town, delegations.delegation_draft([again]))
    assert has(50)
    put(town, delegations.delegation_draft([replace(end, since=day[35])]))
    assert [has(n) for n in (34, 35, 50, 90)] == [True, False, False, False]


@pytest.mark.slow
def test_what_is_overtaken_is_what_the_first_signature_saw(town: Town) -> None:
    hand_over(town, since=TOMORROW)
    end = Delegation("21", "clearance", FIRST, None, ACT, withdrawn=True)
    waits = publishing.prepare(town.crew.supervisor, delegations.delegation_draft([end]))
    put(town, delegations.delegation_draft([replace(end, since=LAST)]))
    words = refused_words(lambda: publishing.sign(town.crew.second, waits))
    assert "تغییر کرده است" in words


@pytest.mark.slow
def test_what_the_two_who_sign_must_know_is_held_back_until_they_say_so(town: Town) -> None:
    crew = town.crew
    holiday = next(
        day
        for day in (TODAY + timedelta(days=n) for n in range(1, 9))
        if not intake.figures(crew.clerk.desk).calendar.is_working(day)
    )
    card = replace(offices.offices(crew.supervisor.desk)["21"], licence_until=TODAY, office_id="21")
    put(town, offices.office_draft([(card, TOMORROW)]))
    draft = delegations.delegation_draft([Delegation("21", "clearance", holiday, None, ACT)])
    words = [each.words for each in publishing.weigh(crew.supervisor, draft).warnings]
    assert any("تعطیل است؛ نخستین روز کاری پس از آن" in each for each in words)
    assert any("پروانهٔ دفتر پیشخوان ۲۱ تا" in each for each in words)
    assert any("متصدی آموزش‌دیده ندارند: دفتر پیشخوان ۲۱" in each for each in words)
    with pytest.raises(Refusal, match="نگه داشته شد"):
        publishing.prepare(crew.supervisor, draft)


@pytest.mark.slow
def test_until_its_first_day_it_can_be_taken_back_whole(town: Town) -> None:
    (one,) = hand_over(town, since=FIRST)
    supervisor = town.crew.supervisor
    assert delegations.on_day(supervisor.desk, FIRST).delegations == {("21", "clearance"): one}
    publishing.withdraw(supervisor, Topic.DELEGATION, one.key, FIRST, WHY)
    town.house.municipality.sync()
    assert not delegations.on_day(supervisor.desk, FIRST).delegations
    assert delegations.history(supervisor.desk, "21") == []


@pytest.mark.long
def test_an_end_in_the_middle_holds_from_its_day_and_keeps_open_cases(town: Town) -> None:
    enforce(town, OfficeRule.DELEGATION, TOMORROW)
    hand_over(town, since=TOMORROW)
    at(town, TOMORROW)
    town.register(town.record(Scenario.CLEAN), pay=False)
    end = Delegation("21", "clearance", LAST, None, ACT, withdrawn=True)
    draft = delegations.delegation_draft([end])
    assert publishing.weigh(town.crew.supervisor, draft).told.keep == 1
    put(town, draft)
    at(town, LAST - timedelta(days=1))
    town.register(town.record(Scenario.CLEAN, 1))
    at(town, LAST)
    with pytest.raises(Refusal, match="واگذار نشده است"):
        town.register(town.record(Scenario.CLEAN, 2))
    states = [one.words(LAST) for one in delegations.history(town.crew.clerk.desk, "21")]
    assert states == ["پس گرفته شد", "در جریان"]


@pytest.mark.long
def test_what_a_term_that_ran_out_left_open_goes_to_whom_the_unit_names(
    town: Town, tmp_path: Path
) -> None:
    heir = heirs.open_heir(town, tmp_path / "heir")
    supervisor, desk = town.crew.supervisor, town.crew.supervisor.desk
    hand_over(town, since=TODAY + timedelta(days=1), until=LAST)
    hand_over(town, since=TODAY + timedelta(days=1), offices=[heirs.HEIR])
    case_id = town.register(town.record(Scenario.DEBT), pay=False)
    heirs.at(town, LAST + timedelta(days=2))
    heir.hear()
    assert case_now(town.crew.clerk, case_id).state is not State.PASSED_ON
    (row,) = office_card.look(desk, "21").services
    assert row.wants_heir
    day = LAST + timedelta(days=3)
    over = handing_over.choices(desk, day).ended["21", "clearance"]
    named = replace(over, since=day, withdrawn=True, heir=heirs.HEIR)
    wrong = replace(named, until=LAST - timedelta(days=1))
    assert "همان نیست" in hindered(town.crew, delegations.delegation_draft([wrong]))
    bare = replace(named, heir="")
    assert "چیزی برای پس‌گرفتن نیست" in hindered(town.crew, delegations.delegation_draft([bare]))
    draft = delegations.delegation_draft([named])
    (change,) = publishing.weigh(supervisor, draft).told.changes
    assert "به دفتر پیشخوان ۴۱ می‌رود" in change.lines[0]
    put(town, draft)
    (letter, *_) = office_letters.letters(desk)
    assert "پایان یافته است" in letter.letter.paragraphs[0]
    heirs.at(town, day)
    heir.hear()
    assert case_now(town.crew.clerk, case_id).state is State.PASSED_ON
    assert heirs.finish(heir, case_id).state is State.HANDED_OVER
    (row,) = office_card.look(desk, "21").services
    assert (row.state, row.until, row.wants_heir) == (DelegationState.ENDED, LAST, False)
    again = delegations.delegation_draft([replace(named, since=day + timedelta(days=1))])
    assert "نام برده شده است" in hindered(town.crew, again)


@pytest.mark.long
def test_a_push_asks_nothing_of_delegations_that_are_known(town: Town) -> None:
    counter = new_counter(town.house.centre, "41")
    enforce(town, OfficeRule.DELEGATION, TOMORROW)
    hand_over(town, since=TOMORROW, offices=["41"])
    at(town, TOMORROW)
    counter.push(*counter.register(town.record(Scenario.CLEAN, 0), "clearance"))
    acts = counter.register(town.record(Scenario.CLEAN, 1), "clearance")
    with asked(counter.centre.writer) as found:
        counter.push(*acts)
    assert not [each for each in found if "FROM published" in each.words and "text" in each.words]


def test_as_many_as_may_be_signed_at_once_go_into_a_call_with_all_that_is_doubted() -> None:
    act = Act("۱" * 20, TODAY, "کمیسیون " * 12, "a" * 64)
    named = [f"{number:032x}" for number in range(MOST // 20)]
    services = [f"service-of-the-city-{number:02}" for number in range(20)]
    told = handed_over(named, services, TOMORROW, TOMORROW, act, replaces=True)
    assert len(told) == MOST
    draft = delegations.delegation_draft(told)
    # Whose licence ran out, and for each service who lacks people, as long as doubts may be.
    doubts = [WarningBody(mark=f"licence:{TOMORROW}", words="پ" * 2_000)]
    doubts += [WarningBody(mark=f"untrained:{of}:{TOMORROW}", words="د" * 2_000) for of in services]
    whole = draft.model_copy(update={"overruled": doubts})
    assert len(WeighAsk(actor="a" * 36, draft=whole).encode()) < calls.PREPARE.most


@pytest.mark.slow
def test_a_doubt_about_thousands_of_offices_stays_a_sentence(small_town: Town) -> None:
    centre = small_town.house.centre
    at = centre.clock()
    with centre.reading() as session:
        known = all_offices(session)
        many = {f"o{number}": known["21"] for number in range(5_000)}
        told = [Delegation(of, "clearance", TOMORROW, None, ACT) for of in many]
        [doubt] = Weighing(session, centre, at, many, {}).untrained(told)
        ran_out = replace(known["21"].on(TODAY), licence_until=TODAY)
        old = dict.fromkeys(many, Office("21", ((TODAY, ran_out),)))
        weighing = Weighing(session, centre, at, old, {})
        [licences] = weighing.licences(told)
        # Of a few each is a doubt that may go by itself.
        each = [one.mark for one in weighing.licences(told[:40])]
    assert each == [f"licence:o{number}:{TOMORROW}" for number in range(40)]
    assert licences.words.startswith("پروانهٔ ۵۰۰۰ دفتر تا")
    for one in (doubt, licences):
        assert "و ۴۹۶۰ دفتر دیگر" in one.words
        # As it travels, both ways.
        assert WarningBody(mark=one.mark, words=one.words)

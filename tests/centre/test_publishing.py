"""What the municipality puts into force holds from its day, and only when nobody is left stuck."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.actions import intake, publishing
from desktop.actions.counter_acts import withdraw
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, step
from desktop.domain.calendar import add_months, iso_jalali, jalali
from desktop.domain.errors import Refusal
from desktop.domain.fees import fee
from desktop.domain.letter import Letter
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.domain.tariff import Purse
from desktop.forms.catalogue import published_service
from desktop.forms.dated import (
    Dated,
    DatedValidity,
)
from desktop.forms.holidays import Holiday
from tests.houses import MORNING
from tests.publish import (
    changed,
    figures,
    hindered,
    in_force,
    refused,
    renamed,
    tariff,
    title_of,
)
from tests.town import Town

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
LATER = TODAY + timedelta(days=40)
SINCE = iso_jalali(TOMORROW)


@pytest.mark.slow
def test_a_new_version_is_run_from_its_day_and_an_open_case_keeps_its_own(town: Town) -> None:
    old = town.register(town.record(Scenario.DEBT))
    before = case_now(town.crew.clerk, old)
    assert before.state is State.PAY_DUE
    draft = renamed("clearance", TOMORROW)
    assert publishing.weigh(town.crew.supervisor, draft).told.keep == 1
    in_force(town.crew, draft)
    town.house.office.sync()
    desk = town.house.office.desk
    assert intake.services(desk)["clearance"].version == before.request.version
    town.clock.moment += timedelta(days=1)
    assert intake.services(desk)["clearance"].title == "نام تازه"
    new = case_now(town.crew.clerk, town.register(town.record(Scenario.CLEAN)))
    (item,) = draft.items
    assert new.request.version != before.request.version
    assert intake.services(desk)["clearance"] == published_service(item.text, new.request.version)
    while (case := case_now(town.crew.clerk, old)).state is not State.ISSUED:
        step(town.crew, case, town.clock.moment)
    assert case.request.version == before.request.version


@pytest.mark.long
def test_what_cannot_be_published_is_told_with_the_way_out(town: Town) -> None:
    crew = town.crew
    assert "نخستین روز" in hindered(crew, renamed("walling", TODAY))
    assert "نخستین روز" in hindered(crew, renamed("walling", TODAY - timedelta(days=800)))
    assert "چیزی عوض نشده" in hindered(crew, changed("walling", LATER))
    in_force(crew, renamed("walling", LATER))
    assert "چیزی عوض نشده" in hindered(crew, renamed("walling", LATER))
    unknown = hindered(crew, changed("scaffold", LATER, 'office = "office"', 'office = "nothing"'))
    assert "«nothing»" in unknown
    link = changed("water", LATER, 'service = "excavation"', 'service = "tunnel"')
    assert "«tunnel»" in hindered(crew, link)
    digit = hindered(crew, changed("walling", TOMORROW, "purpose = ", "digit = 1\npurpose = "))
    assert "رقم ۱" in digit
    wrong = changed("walling", LATER, 'outcome = "review"', 'outcome = "answer"')
    assert "نمونهٔ «دیوار بلند»" in hindered(crew, wrong)
    # Back to what it was, from a day of its own.
    draft = changed("walling", LATER + timedelta(days=1), replaces="نام تازه")
    assert publishing.weigh(crew.supervisor, draft).told.changes[0].replaces == "نام تازه"
    in_force(crew, draft)


@pytest.mark.long
def test_a_day_that_comes_later_is_looked_at_too(town: Town) -> None:
    """A digit that is free tomorrow, and taken again on a day that is published already."""
    crew = town.crew
    free = changed("no-violation", TOMORROW, "digit = 1", "digit = 0")
    in_force(crew, free)
    in_force(crew, changed("no-violation", LATER, "", ""))
    taken = changed("walling", TOMORROW, "purpose = ", "digit = 1\npurpose = ")
    words = hindered(crew, taken)
    assert "رقم ۱" in words
    assert title_of("no-violation") in words
    # Unless by then another version, published already, has given it up.
    in_force(crew, changed("walling", LATER, 'purpose = "', 'purpose = "مجوز '))
    assert hindered(crew, taken) == ""


@pytest.mark.long
def test_a_tariff_holds_from_its_day_at_the_centre_and_at_the_desk(town: Town) -> None:
    item = tariff("office", "520000", TOMORROW)
    in_force(town.crew, figures(town.crew, Topic.TARIFF, item))
    town.house.office.sync()
    desk = town.house.office.desk
    service = intake.services(desk)["clearance"]

    def charged() -> int:
        found = fee(service, intake.figures(desk), "office")
        return found.amount if found else 0

    assert charged() == 450_000
    town.clock.moment += timedelta(days=1)
    assert charged() == 520_000
    again = tariff("office", "520000", LATER)
    assert figures(town.crew, Topic.TARIFF, again).items == []


@pytest.mark.long
def test_tariffs_that_leave_somebody_stuck_are_refused_whole(town: Town) -> None:
    good = tariff("visit", "3000000", TOMORROW, Purse.MUNICIPALITY)
    assert "دو بار" in refused(town.crew, Topic.TARIFF, good, amended(good, "4000000"))
    assert "نخستین روز" in refused(town.crew, Topic.TARIFF, tariff("office", "460000", TODAY))
    stuck = tariff("restoration", "length * height", TOMORROW)
    assert "«height»" in refused(town.crew, Topic.TARIFF, good, stuck)
    assert refused(town.crew, Topic.TARIFF, tariff("restoration", "length * restoration", TOMORROW))
    # Nothing of the refused sheets was kept.
    assert publishing.waiting(town.crew.second) == []
    in_force(town.crew, figures(town.crew, Topic.TARIFF, good))


def amended(item: Dated, amount: str) -> Dated:
    return item.model_copy(update={"amount": amount})


@pytest.mark.long
def test_a_tariff_for_a_new_question_waits_for_the_old_form_and_its_cases(town: Town) -> None:
    """The new form asks how high; a case of the old form would never be worked out."""
    field = '[[field]]\nkey = "lift"\nlabel = "ارتفاع"\nkind = "metres"\nleast = 1\n\n[[document]]'
    draft = changed("excavation", TOMORROW, "[[document]]", field)
    in_force(town.crew, draft)
    formula = "length * width * restoration[pavement] + 0 * lift"
    item = tariff("restoration", formula, LATER, Purse.MUNICIPALITY)
    assert "«lift»" in refused(town.crew, Topic.TARIFF, item)
    answers = published_service(draft.items[0].text, "").examples[0].answers
    old = town.register(town.record(Scenario.CLEAN), "excavation", **answers)  # type: ignore[arg-type]
    assert case_now(town.crew.clerk, old).state is State.PAY_DUE
    town.clock.moment += timedelta(days=1)
    assert "«lift»" in refused(town.crew, Topic.TARIFF, item)
    withdraw(town.crew.clerk, old, "دیگر لازم نیست.")
    # No example of the new form says how high: that is doubted, and may be overruled.
    ready = figures(town.crew, Topic.TARIFF, item)
    warnings = publishing.weigh(town.crew.supervisor, ready).warnings
    assert any("پاسخی که فرمول می‌خواهد نیست" in each.words for each in warnings)
    in_force(town.crew, ready, warnings)


@pytest.mark.long
def test_a_validity_period_ends_letters_issued_from_its_day(town: Town) -> None:
    def issued(number: int) -> Letter:
        record = town.record(Scenario.CLEAN, number)
        case = case_now(town.crew.clerk, town.register(record, "no-violation"))
        assert case.answer is not None
        return case.answer.letter

    item = DatedValidity(service="no-violation", months=3, since=SINCE)
    in_force(town.crew, figures(town.crew, Topic.VALIDITY, item))
    assert issued(0).valid_until == add_months(TODAY, 6)
    town.clock.moment += timedelta(days=1)
    assert issued(1).valid_until == add_months(TOMORROW, 3)


@pytest.mark.slow
def test_a_holiday_of_tomorrow_holds_at_once_and_the_past_stays(town: Town) -> None:
    desk = town.crew.supervisor.desk
    shipped = publishing.held(desk).holidays
    year = {day: holiday for day, holiday in shipped.items() if jalali(day)[0] == 1405}
    closed = Holiday("تعطیلی آلودگی هوا", "official")

    def works() -> bool:
        town.house.office.sync()
        return intake.figures(town.house.office.desk).calendar.is_working(TOMORROW)

    def put(days: dict[date, Holiday]) -> list[str]:
        draft = publishing.calendar_draft(desk, days)
        lines = publishing.weigh(town.crew.supervisor, draft).told.changes[0].lines
        in_force(town.crew, draft)
        return lines

    assert works()
    (line,) = put({**year, TOMORROW: closed})
    assert "تعطیل می‌شود: تعطیلی آلودگی هوا" in line
    assert not works()
    assert publishing.calendar_draft(desk, {**year, TOMORROW: closed}).items == []
    # And taken back: the calendar is again what it was.
    (line,) = put(year)
    assert "دیگر تعطیل نیست" in line
    assert works()
    yesterday = TODAY - timedelta(days=1)
    past = publishing.calendar_draft(desk, {**year, yesterday: closed})
    assert "گذشته" in hindered(town.crew, past)
    few = publishing.calendar_draft(desk, {day: year[day] for day in list(year)[:2]})
    (warning,) = publishing.weigh(town.crew.supervisor, few).warnings
    assert "شاید برگه همهٔ سال را ندارد" in warning.words
    # Prepared this evening, signed after midnight: what is past by then is not changed.
    late = publishing.calendar_draft(desk, {**year, TODAY: closed})
    waits = publishing.prepare(town.crew.supervisor, late)
    town.clock.moment += timedelta(days=1)
    with pytest.raises(Refusal, match="گذشته"):
        publishing.sign(town.crew.second, waits)


@pytest.mark.long
def test_the_text_is_the_one_that_is_named(small_town: Town) -> None:
    """Key, day and text are signed together, and must say the same."""
    crew = small_town.crew
    draft = renamed("walling", TOMORROW)
    (item,) = draft.items
    for wrong in ({"key": "scaffold"}, {"day": LATER}):
        other = draft.model_copy(update={"items": [item.model_copy(update=wrong)]})
        assert "همان نیست" in hindered(crew, other)
    both = draft.model_copy(update={"items": [item, item]})
    assert "یکی‌یکی" in hindered(crew, both)
    ready = figures(crew, Topic.TARIFF, tariff("office", "460000", TOMORROW))
    (figure,) = ready.items
    for wrong in ({"key": "visit"}, {"day": LATER}, {"text": "{}"}):
        other = ready.model_copy(update={"items": [figure.model_copy(update=wrong)]})
        assert hindered(crew, other)
    nothing = ready.model_copy(update={"items": []})
    assert "چیزی برای انتشار نیست" in hindered(crew, nothing)
    for topic in (Topic.FIGURES, Topic.CENTRE_KEY, Topic.WITHDRAWN):
        other = ready.model_copy(update={"topic": topic})
        assert "از این راه منتشر نمی‌شود" in hindered(crew, other)
    # A planner's rounds have a way of their own: what is none of them is not read.
    rounds = ready.model_copy(update={"topic": Topic.ROTA})
    assert "خوانده نمی‌شود" in hindered(crew, rounds)


@pytest.mark.slow
def test_a_new_service_may_begin_today_and_is_told_as_new(small_town: Town) -> None:
    crew = small_town.crew
    old = changed("walling", TODAY)
    text = old.items[0].text.replace('code = "walling"', 'code = "hedge"', 1)
    text = text.replace(title_of("walling"), "مجوز پرچین‌کشی", 1)
    draft = publishing.service_draft("hedge.toml", text, TODAY)
    (change,) = publishing.weigh(crew.supervisor, draft).told.changes
    assert change.takes == "جای چیزی را نمی‌گیرد؛ تازه است."
    assert "خدمت تازه است" in change.lines[0]
    in_force(crew, draft)
    small_town.house.office.sync()
    service = intake.services(small_town.house.office.desk)["hedge"]
    assert service.title == "مجوز پرچین‌کشی"
    # From now on it is one that is offered: not again for today.
    again = publishing.service_draft("hedge.toml", text.replace("دیوار", "پرچین"), TODAY)
    assert "نخستین روز" in hindered(crew, again)

"""What the municipality puts into force holds from its day, and only when nobody is left stuck."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.actions import intake
from desktop.actions.review import withdraw
from desktop.centre.publishing import (
    CalendarChange,
    on_day,
    publish_dated,
    publish_holidays,
    publish_service,
)
from desktop.domain.calendar import add_months, iso_jalali, jalali
from desktop.domain.errors import Refusals
from desktop.domain.fees import fee
from desktop.domain.letter import Letter
from desktop.domain.service import Service
from desktop.domain.stream import Topic
from desktop.domain.tariff import Purse
from desktop.domain.transitions import State
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.dated import DatedItem, DatedTariff, DatedValidity
from desktop.forms.holidays import Holiday, read_holidays
from desktop.forms.loader import load
from desktop.settings import resources
from desktop.trial.city import Scenario
from desktop.trial.following import case_now, step
from tests.centre.conftest import Town
from tests.houses import MORNING

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
LATER = TODAY + timedelta(days=40)


def changed(code: str, day: date, old: str = "", new: str = "") -> tuple[Service, str]:
    """A shipped file, changed in one place, that holds from the day."""
    text = whole_text(SERVICES / f"{code}.toml")
    assert old in text
    text = on_day(text.replace(old, new, 1), day)
    return load(text, f"{code}.toml"), text


def renamed(code: str, day: date) -> tuple[Service, str]:
    """A shipped file whose service is called otherwise."""
    title = load(whole_text(SERVICES / f"{code}.toml"), "").title
    return changed(code, day, f'title = "{title}"', 'title = "نام تازه"')


def tariff(key: str, amount: str, day: date, purse: Purse = Purse.OFFICE) -> DatedTariff:
    return DatedTariff(
        key=key, title=f"تعرفهٔ {key}", purse=purse, amount=amount, since=iso_jalali(day)
    )


def refused(town: Town, topic: Topic, *items: DatedItem) -> list[str]:
    with pytest.raises(Refusals) as told:
        publish_dated(town.house.centre, topic, items)
    return [fault.words for fault in told.value.faults]


def test_a_new_version_is_run_from_its_day_and_an_open_case_keeps_its_own(town: Town) -> None:
    old = town.register(town.record(Scenario.DEBT))
    before = case_now(town.crew.clerk, old)
    assert before.state is State.PAY_DUE
    service, text = renamed("clearance", TOMORROW)
    assert publish_service(town.house.centre, service, text) == 1
    town.house.office.sync()
    desk = town.house.office.desk
    assert intake.services(desk)["clearance"].version == before.request.version
    town.clock.moment += timedelta(days=1)
    assert intake.services(desk)["clearance"].title == "نام تازه"
    new = case_now(town.crew.clerk, town.register(town.record(Scenario.CLEAN)))
    assert new.request.version == service.version != before.request.version
    while (case := case_now(town.crew.clerk, old)).state is not State.ISSUED:
        step(town.crew, case, town.clock.moment)
    assert case.request.version == before.request.version


def test_what_cannot_be_published_is_told_with_the_way_out(town: Town) -> None:
    centre = town.house.centre

    def words(service: Service, text: str) -> str:
        with pytest.raises(Refusals) as told:
            publish_service(centre, service, text)
        return told.value.words

    assert "نخستین روز" in words(*renamed("walling", TODAY))
    assert "نخستین روز" in words(*renamed("walling", TODAY - timedelta(days=800)))
    assert "چیزی عوض نشده" in words(*changed("walling", LATER))
    publish_service(centre, *renamed("walling", LATER))
    assert "چیزی عوض نشده" in words(*renamed("walling", LATER))
    assert "روز دیگری بدهید" in words(*changed("walling", LATER))
    unknown = words(*changed("scaffold", LATER, 'office = "office"', 'office = "nothing"'))
    assert "«nothing»" in unknown
    link = words(*changed("water", LATER, 'service = "excavation"', 'service = "tunnel"'))
    assert "«tunnel»" in link
    digit = words(*changed("walling", TOMORROW, "purpose = ", "digit = 1\npurpose = "))
    assert "رقم ۱" in digit
    # Back to what it was, from a day of its own.
    publish_service(centre, *changed("walling", LATER + timedelta(days=1)))


def test_a_tariff_holds_from_its_day_at_the_centre_and_at_the_desk(town: Town) -> None:
    new = publish_dated(town.house.centre, Topic.TARIFF, [tariff("office", "520000", TOMORROW)])
    assert [item.about for item in new] == ["office"]
    town.house.office.sync()
    desk = town.house.office.desk
    service = intake.services(desk)["clearance"]

    def charged() -> int:
        found = fee(service, intake.figures(desk), "office")
        return found.amount if found else 0

    assert charged() == 450_000
    town.clock.moment += timedelta(days=1)
    assert charged() == 520_000
    assert publish_dated(town.house.centre, Topic.TARIFF, [tariff("office", "520000", LATER)]) == []


def test_tariffs_that_leave_somebody_stuck_are_refused_whole(town: Town) -> None:
    good = tariff("visit", "3000000", TOMORROW, Purse.MUNICIPALITY)
    twice = refused(town, Topic.TARIFF, good, replace_amount(good, "4000000"))
    assert any("دو بار" in words for words in twice)
    (past,) = refused(town, Topic.TARIFF, tariff("office", "1000", TODAY))
    assert "نخستین روز" in past
    stuck = refused(town, Topic.TARIFF, good, tariff("restoration", "length * height", TOMORROW))
    assert any("«height»" in words for words in stuck)
    table = refused(town, Topic.TARIFF, tariff("restoration", "length * restoration", TOMORROW))
    assert table
    # Nothing of the refused sheets was kept.
    assert publish_dated(town.house.centre, Topic.TARIFF, [good]) == [good]
    (again,) = refused(town, Topic.TARIFF, replace_amount(good, "5000000"))
    assert "یکی دیگر" in again


def replace_amount(item: DatedTariff, amount: str) -> DatedTariff:
    return item.model_copy(update={"amount": amount})


def test_a_tariff_for_a_new_question_waits_for_the_old_form_and_its_cases(town: Town) -> None:
    """The new form asks how high; a case of the old form would never be worked out."""
    centre = town.house.centre
    field = '[[field]]\nkey = "lift"\nlabel = "ارتفاع"\nkind = "metres"\nleast = 1\n\n[[document]]'
    service, text = changed("excavation", TOMORROW, "[[document]]", field)
    publish_service(centre, service, text)
    item = tariff("restoration", "length * lift", LATER, Purse.MUNICIPALITY)
    (words,) = refused(town, Topic.TARIFF, item)
    assert "«lift»" in words
    answers = service.examples[0].answers
    old = town.register(town.record(Scenario.CLEAN), "excavation", **answers)  # type: ignore[arg-type]
    assert case_now(town.crew.clerk, old).state is State.PAY_DUE
    town.clock.moment += timedelta(days=1)
    (words,) = refused(town, Topic.TARIFF, item)
    assert "«lift»" in words
    withdraw(town.crew.clerk, old, "دیگر لازم نیست.")
    assert publish_dated(centre, Topic.TARIFF, [item]) == [item]


def test_a_validity_period_ends_letters_issued_from_its_day(town: Town) -> None:
    centre = town.house.centre

    def issued(number: int) -> Letter:
        record = town.record(Scenario.CLEAN, number)
        case = case_now(town.crew.clerk, town.register(record, "no-violation"))
        assert case.answer is not None
        return case.answer.letter

    item = DatedValidity(service="no-violation", months=3, since=iso_jalali(TOMORROW))
    assert publish_dated(centre, Topic.VALIDITY, [item]) == [item]
    assert issued(0).valid_until == add_months(TODAY, 6)
    town.clock.moment += timedelta(days=1)
    assert issued(1).valid_until == add_months(TOMORROW, 3)


@pytest.mark.parametrize(("code", "words"), [("nobody", "نیست"), ("completion", "پایان ندارد")])
def test_a_period_of_nothing_is_refused(town: Town, code: str, words: str) -> None:
    item = DatedValidity(service=code, months=3, since=iso_jalali(TOMORROW))
    assert words in refused(town, Topic.VALIDITY, item)[0]


def test_a_holiday_of_tomorrow_holds_at_once_and_the_past_stays(town: Town) -> None:
    centre = town.house.centre
    shipped = read_holidays((resources() / "calendar" / "holidays.csv").read_text("utf-8"))
    year = {day: holiday for day, holiday in shipped.items() if jalali(day)[0] == 1405}
    closed = Holiday("تعطیلی آلودگی هوا", "official")

    def works() -> bool:
        town.house.office.sync()
        return intake.figures(town.house.office.desk).calendar.is_working(TOMORROW)

    assert works()
    assert publish_holidays(centre, {**year, TOMORROW: closed}) == CalendarChange(1, 0)
    assert not works()
    assert publish_holidays(centre, {**year, TOMORROW: closed}) is None
    # And taken back: the calendar is again what it was.
    assert publish_holidays(centre, year) == CalendarChange(0, 1)
    assert works()
    with pytest.raises(Refusals, match="گذشته"):
        publish_holidays(centre, {**year, TODAY - timedelta(days=1): closed})

"""Days of their own set for many offices at once: signed by two in one draft, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import offices, publishing, special_hours
from desktop.demo.people import PASSWORD
from desktop.domain.errors import Refusal
from desktop.domain.group_hours import DaysSet, plan
from desktop.domain.hours import Hours, Span, SpecialDay
from desktop.ui.pages.offices.days_form import GroupDaysForm
from desktop.ui.pages.offices.page import OfficesPage
from desktop.wire import calls
from tests.delegated import TODAY, put
from tests.houses import Filling
from tests.publish import refused_words
from tests.ui.keyboard import type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.offices.hands import button, forty_offices, press_main, registry
from tests.ui.pages.people.hands import words_of
from tests.ui.pages.seeing import faults

pytestmark = pytest.mark.slow
SATURDAY = TODAY + timedelta(days=4)
SHORT, OWN = Span(540, 780), Span(600, 660)


@pytest.fixture
def filling() -> Filling:
    return forty_offices


@pytest.fixture
def city(office: Office) -> Office:
    return office


def begin(page: OfficesPage) -> GroupDaysForm:
    """«روزهای ویژه…»."""
    button(page, "روزهای ویژه…").click()
    QApplication.processEvents()
    form = page.form
    assert isinstance(form, GroupDaysForm)
    return form


def way(form: GroupDaysForm, value: str, district: str = "") -> None:
    """Choose offices that way."""
    form.offices.way.set_value(value)
    form.offices.district.set_value(district)
    form.offices.way.edited.emit()
    QApplication.processEvents()


def write(page: OfficesPage, form: GroupDaysForm, **texts: str) -> None:
    for key, text in texts.items():
        form.fields[key].set_value("")
        form.fields[key].setFocus()
        type_text(page, text)
        QApplication.processEvents()


def sign(office: Office) -> int:
    """The second signature under what waits; how many offices it was of."""
    (waits,) = publishing.waiting(office.crew.second)
    publishing.sign(office.crew.second, waits)
    office.clock.moment += timedelta(days=1)
    for running in (office.house.municipality, office.house.office):
        running.sync()
    return len(waits.draft.items)


def hours_on(office: Office, day: date) -> Mapping[str, tuple[Span, ...]]:
    """By office what its hours of the day are, as the municipality's desk has heard."""
    found: dict[str, tuple[Span, ...]] = {}
    for of, card in offices.offices(office.crew.supervisor.desk, day).items():
        special = card.hours.special if card.hours else ()
        found[of] = next((each.spans for each in special if each.day == day), ())
    return found


def given_own_hours(office: Office, code: str, *special: SpecialDay) -> str:
    """An office with days of its own from tomorrow on, signed by two; its id."""
    cards = offices.offices(office.crew.supervisor.desk)
    of, card = next(each for each in cards.items() if each[1].code == code)
    hours = replace(card.hours or Hours(), special=special)
    put(office, offices.office_draft([(replace(card, hours=hours), TODAY + timedelta(days=1))]))  # type: ignore[arg-type]
    office.clock.moment += timedelta(days=1)
    office.house.municipality.sync()
    return of


@pytest.mark.long
def test_all_offices_have_the_hours_of_a_month_by_one_draft_and_lose_them_again(
    city: Office,
) -> None:
    page = registry(city)
    form = begin(page)
    press_main(page)
    wrong = dict(form.errors.errors())
    assert [*wrong] == ["offices", "first", "times", "password"]
    assert faults(city) == []
    way(form, "all")
    write(page, form, first="1405/09/07", last="1405/09/12", times="۹ تا ۱۳", password=PASSWORD)
    chosen = form.offices.chosen()
    assert len(chosen) >= 40
    # One has no hours at all: nothing can be known of its open days.
    weekless = [form._known.last[of].card.code for of in form._hindered]
    if weekless:
        press_main(page)
        assert page.form is form
        form.without.click()
    press_main(page)
    assert page.form is None
    assert sign(city) == len(chosen) - len(weekless)
    set_ = hours_on(city, SATURDAY)
    assert sum(spans == (SHORT,) for spans in set_.values()) == len(chosen) - len(weekless)
    # An office's own desk knows it too.
    own = offices.offices(city.crew.clerk.desk, SATURDAY)["21"]
    assert own.hours is not None
    assert own.hours.on(SATURDAY, form._known.calendar) == (SHORT,)
    # Taken back likewise.
    page.load()
    form = begin(page)
    way(form, "all")
    form.state.set_value("week")
    form.state.edited.emit()
    write(page, form, first="1405/09/07", last="1405/09/12", password=PASSWORD)
    assert form.own.isHidden()
    press_main(page)
    assert page.form is None
    assert sign(city) == len(chosen) - len(weekless)
    assert set(hours_on(city, SATURDAY).values()) == {()}


@pytest.mark.long
def test_an_office_with_hours_of_its_own_is_shown_and_keeps_them_or_not(city: Office) -> None:
    of = given_own_hours(city, "17", SpecialDay(SATURDAY, (OWN,)))
    district = str(offices.offices(city.crew.supervisor.desk)[of].district)
    page = registry(city)
    form = begin(page)
    way(form, "district", district)
    assert of in form.offices.chosen()
    assert len(form.offices.chosen()) < 40
    write(page, form, first="1405/09/07", times="۹ تا ۱۳", password=PASSWORD)
    assert not form.own.isHidden()
    assert "دفتر ۱۷: ۷ آذر، ۱۰:۰۰ تا ۱۱:۰۰" in words_of(form.own)
    assert faults(city) == []
    press_main(page)
    assert page.form is form
    assert "بماند یا عوض شود" in words_of(form.own)
    form.ways.kept.click()
    press_main(page)
    assert page.form is None
    count = sign(city)
    there = hours_on(city, SATURDAY)
    assert there[of] == (OWN,)
    assert sum(spans == (SHORT,) for spans in there.values()) == count
    # Once more, and it is to be like the others.
    page.load()
    form = begin(page)
    way(form, "district", district)
    write(page, form, first="1405/09/07", times="۹ تا ۱۳", password=PASSWORD)
    form.ways.dropped.click()
    press_main(page)
    assert page.form is None
    # The others are so already.
    assert sign(city) == 1
    assert hours_on(city, SATURDAY)[of] == (SHORT,)


@pytest.mark.long
def test_an_office_whose_card_is_to_change_later_is_told_and_left_aside(city: Office) -> None:
    cards = offices.offices(city.crew.supervisor.desk)
    of, card = next(each for each in cards.items() if each[1].code == "30")
    later = TODAY + timedelta(days=20)
    put(city, offices.office_draft([(replace(card, phone="03531234567"), later)]))  # type: ignore[arg-type]
    page = registry(city)
    form = begin(page)
    way(form, "counters")
    assert of in form.offices.chosen()
    write(page, form, first="1405/09/07", times="۹ تا ۱۳", password=PASSWORD)
    assert "دفتر ۳۰: از ۲۳ آذر مشخصات تازه‌ای برقرار می‌شود." in words_of(form.hindered)
    assert faults(city) == []
    press_main(page)
    assert page.form is form
    form.without.click()
    assert form.hindered.isHidden()
    assert of not in form.offices.chosen()
    assert form.offices.way.value() == "chosen"
    press_main(page)
    assert page.form is None
    (waits,) = publishing.waiting(city.crew.second)
    assert of not in {item.key for item in waits.draft.items}


@pytest.mark.long
def test_what_the_centre_has_against_it_names_the_offices(city: Office) -> None:
    page = registry(city)
    known = page.kept.known
    assert known is not None
    asked = DaysSet(SATURDAY, SATURDAY, (SHORT,))
    planned = plan(known.last, known.cards, asked, TODAY)
    draft = special_hours.draft(planned, TODAY, known.calendar)
    # Two of them changed meanwhile, at another desk.
    moved = [each for each in known.cards.items() if each[1].code in ("07", "17", "44")][:2]
    day = TODAY + timedelta(days=2)
    put(city, offices.office_draft([(replace(c, phone="03531234567"), day) for _, c in moved]))  # type: ignore[arg-type]
    words = refused_words(lambda: special_hours.put_forward(city.crew.supervisor, draft, ""))
    assert "تغییر دیگری از این دفتر ثبت شده است" in words
    assert words.startswith("دفترهای ")
    for _, card in moved:
        assert card.code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in words
    assert publishing.waiting(city.crew.second) == []


def test_nothing_to_change_and_too_many_are_said(
    city: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = registry(city)
    known = page.kept.known
    assert known is not None
    back = plan(known.last, known.cards, DaysSet(SATURDAY, SATURDAY, None), TODAY)
    with pytest.raises(Refusal, match="چیزی عوض نشده"):
        special_hours.draft(back, TODAY, known.calendar)
    many = plan(known.last, known.cards, DaysSet(SATURDAY, SATURDAY, ()), TODAY)
    room = calls.PREPARE.most - len(special_hours.draft(many, TODAY, known.calendar).encode()) // 2
    monkeypatch.setattr(special_hours, "_ROOM", room)
    with pytest.raises(Refusal, match="در یک نوبت تا (۱۹|۲۰) دفتر"):
        special_hours.draft(many, TODAY, known.calendar)

"""The city's figures and holidays: what they make, and every fault of the two files at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.calendar import parse_jalali
from desktop.domain.formula import Values
from desktop.domain.tariff import Purse
from desktop.forms.faults import FaultyFile
from desktop.forms.figures import load_city

RESOURCES = Path(__file__).parents[2] / "resources"
FIGURES = (RESOURCES / "city" / "figures.toml").read_text(encoding="utf-8")
HOLIDAYS = (RESOURCES / "calendar" / "holidays.csv").read_text(encoding="utf-8")

_ENDS = 'last = "1405/04/07"\n\n[[blackout]]\n'


def told(figures: str, holidays: str = HOLIDAYS) -> list[tuple[str, int, str]]:
    """File, line and key of each fault."""
    with pytest.raises(FaultyFile) as error:
        load_city(figures, holidays)
    return [(fault.file, fault.line, fault.key) for fault in error.value.file_faults]


def line_of(text: str, part: str) -> int:
    """The line, from 1, of the first place where the part stands."""
    return text[: text.index(part)].count("\n") + 1


def test_the_sample_figures() -> None:
    city = load_city(FIGURES, HOLIDAYS)
    assert city.districts == (1, 2, 3, 4, 5)
    assert city.charge("office", {}).amount == 450_000
    assert city.charge("visit", {}).amount == 2_500_000
    dig: Values = {"length": Decimal(10), "width": Decimal("0.5"), "pavement": "stone"}
    labels = {"length": "طول", "width": "عرض"}
    restoration, deposit = (city.charge(key, dig, labels) for key in ("restoration", "deposit"))
    assert (restoration.amount, deposit.amount) == (47_500_000, 9_500_000)
    assert deposit.how == "طول ۱۰ × عرض ۰٫۵ × ۹٬۵۰۰٬۰۰۰ × ۲۰ ÷ ۱۰۰"
    assert {city.charge("office", {}).purse, restoration.purse} == {*Purse}
    assert city.parcels == {"R1": 200, "R2": 150, "historic": 300}
    assert (city.visits_per_half_day, city.record_age_days) == (6, 30)
    assert city.where[6] == "شهرداری حمیدیا"
    # Kept as answers are kept: Latin digits.
    assert "دفتر اسناد رسمی شمارهٔ 27 یزد" in city.bodies
    assert not city.calendar.is_working(parse_jalali("1405/04/04"))
    assert city.calendar.is_working(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("day", "title"),
    [
        ("1405/03/25", ""), ("1405/03/26", "محرم"), ("1405/04/07", "محرم"), ("1405/04/08", ""),
        ("1405/12/14", ""), ("1405/12/15", "نوروز"), ("1406/01/15", "نوروز"), ("1406/01/16", ""),
    ],
)  # fmt: skip
def test_digging_is_barred_on_both_ends_of_a_blackout(day: str, title: str) -> None:
    calendar = load_city(FIGURES, HOLIDAYS).calendar
    on = calendar.blackout_on(parse_jalali(day), parse_jalali(day))
    assert (on.title if on else "") == title


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('amount = "450000"', "amount = 450000", "tariff[1].amount"),
        ('amount = "450000"', 'amount = "450000 *"', "tariff[1].amount"),
        ('purse = "office"', 'purse = "mine"', "tariff[1].purse"),
        ("stone = 9500000", "stone = -1", "rates.restoration.stone"),
        ('first = "1404/12/15"', 'first = "1404/12/31"', "blackout[1].first"),
        ('last = "1405/01/15"', 'last = "1404/01/15"', "blackout[1].last"),
        (f'{_ENDS}title = "نوروز"', f'{_ENDS}title = "محرم"', "blackout[3].title"),
        ("second_look_percent = 5", "second_look_percent = 120", "second_look_percent"),
        ("6 = ", "six = ", "where.six.[key]"),
        ("boundary_days = 10", "boundary_dayz = 10", "boundary_dayz"),
        ("bill_bodies = [225, 256, 999]", "bill_bodies = [1]\nbill_bodies = [2]", "bill_bodies"),
        ("bank = [", "banks = [", "bodies.banks"),
    ],
)
def test_a_fault_of_the_figures_has_its_line_and_key(old: str, new: str, key: str) -> None:
    text = FIGURES.replace(old, new, 1)
    found = told(text)
    line = line_of(text, new) + new.count("\n")
    assert ("figures.toml", line, key) in found


def test_two_tariffs_of_one_name_are_told() -> None:
    text = FIGURES.replace('key = "visit"', 'key = "office"', 1)
    line = line_of(FIGURES, 'key = "visit"')
    assert told(text) == [("figures.toml", line, "tariff[2].key")]


def test_faults_of_both_files_are_told_at_once() -> None:
    holidays = "date,title,kind\n1405/01/01,نوروز,official\n1405/01/32,x,official\n1405/01/02\n"
    assert told(FIGURES.replace("asphalt = 6800000", "asphalt = 6.8"), holidays) == [
        ("figures.toml", line_of(FIGURES, "asphalt = 6800000"), "rates.restoration.asphalt"),
        ("holidays.csv", 3, ""),
        ("holidays.csv", 4, ""),
    ]


def test_what_is_no_toml_is_told() -> None:
    assert told("districts = [1, 2\n")[0][0] == "figures.toml"

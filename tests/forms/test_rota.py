"""A rota file: rounds by inspector, and each fault of it at its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.calendar import OfficeCalendar
from desktop.domain.city import City
from desktop.domain.request import Slot
from desktop.forms.faults import FaultyFile
from desktop.forms.rota import read_rota, rota_of

FILE = """
[[inspector]]
who = "ali-kargar"
districts = [1, 2]
half_days = {"شنبه" = [1, 2], "یکشنبه" = [1]}
[[inspector.away]]
first = "1405/09/14"
last = "1405/09/15"

[[inspector]]
who = "reza-bagheri"
districts = [2]
half_days = {"شنبه" = [2]}
visits = 4
"""
SATURDAY = date(2026, 11, 28)  # 1405/09/07
CITY = City(visits_per_half_day=6)


def told(text: str) -> list[str]:
    with pytest.raises(FaultyFile) as fault:
        read_rota(text, "rota.toml")
    return [f"{each.line}: {each.words}" for each in fault.value.file_faults]


def test_who_goes_where_and_how_often() -> None:
    texts = {key: part.model_dump_json() for key, part in read_rota(FILE, "rota.toml").items()}
    rota = rota_of(texts, CITY)
    first, second = rota.inspectors
    assert (first.staff_id, first.visits, second.visits) == ("ali-kargar", 6, 4)
    assert rota.going(Slot(SATURDAY, 1, 2)) == [first]
    assert rota.going(Slot(SATURDAY, 2, 2)) == [first, second]
    assert rota.going(Slot(SATURDAY, 2, 1)) == [first]
    assert rota.going(Slot(SATURDAY, 2, 3)) == []
    sunday = SATURDAY.replace(day=29)
    assert (rota.going(Slot(sunday, 1, 2)), rota.going(Slot(sunday, 2, 2))) == ([first], [])
    # A week later he is away on both days; the other is not.
    assert rota.going(Slot(date(2026, 12, 5), 2, 2)) == [second]
    assert rota.going(Slot(date(2026, 12, 6), 1, 2)) == []
    holiday = replace(rota, calendar=OfficeCalendar({SATURDAY: "تعطیل"}))
    assert holiday.going(Slot(SATURDAY, 2, 2)) == ()


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("[1, 2]\nhalf", '["یک"]\nhalf', "4: "),
        ('"شنبه" = [1, 2]', '"جمعه" = [1, 2]', "5: "),
        ('"شنبه" = [1, 2]', '"شنبه" = [1, 3]', "5: "),
        ("1405/09/15", "1405/09/13", "2: "),
        ("1405/09/15", "1405/13/13", "8: "),
        ("reza-bagheri", "ali-kargar", "10: "),
        ("visits = 4", "visit = 4", "14: "),
        ("visits = 4", "visits = ", "14: "),
    ],
)
def test_each_fault_is_told_at_its_line(wrong: str, right: str, said: str) -> None:
    assert wrong in FILE
    faults = told(FILE.replace(wrong, right))
    assert len(faults) == 1
    assert faults[0].startswith(said)


def test_rounds_of_a_later_day_hold_until_others_do() -> None:
    texts = {key: part.model_dump_json() for key, part in read_rota(FILE, "rota.toml").items()}
    now = rota_of(texts, CITY)
    week, later = SATURDAY + timedelta(days=7), SATURDAY + timedelta(days=14)
    others = replace(now.inspectors[0], districts=frozenset({4}))
    plan = replace(now, later=((later, replace(now, inspectors=(others, now.inspectors[1]))),))
    changed = plan.with_rounds(replace(now.inspectors[0], districts=frozenset({3})), week)
    assert [changed.on(day).sends_to(3) for day in (SATURDAY, week, later)] == [False, True, False]
    # What held before the day, and his absences, stay.
    assert changed.on(SATURDAY).sends_to(1)
    assert changed.on(week).inspectors[0].away == now.inspectors[0].away
    assert not changed.on(week).sends_to(1)

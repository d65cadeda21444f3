"""The sheet of inspectors' rounds: what is typed in a row, what is wrong with it, what changes."""

from __future__ import annotations

import pytest

from desktop.domain.counter import Halves
from desktop.domain.errors import Refusals
from desktop.forms.rota import RoundsPart
from desktop.forms.rota_sheet import NOWHERE, read_rounds, rounds_lines, sheet_row

HELD = RoundsPart.model_validate(
    {
        "districts": [1, 2],
        "half_days": {"شنبه": [1, 2], "دوشنبه": [2]},
        "away": [{"first": "1405/09/14", "last": "1405/09/15"}],
    }
)
USUAL = 6


def test_a_row_says_what_holds_and_read_again_changes_nothing() -> None:
    row = sheet_row("ali", HELD, USUAL)
    assert (row["districts"], row["day0"], row["day1"], row["day2"]) == ("۱، ۲", "12", "0", "2")
    read = read_rounds([row], {"ali": HELD}, USUAL)["ali"]
    assert read.away == HELD.away
    assert list(rounds_lines(HELD, read, USUAL, Halves())) == []


def test_what_changes_is_told_in_sentences() -> None:
    row = {**sheet_row("ali", HELD, USUAL), "districts": "۱ و ۳", "day0": "1", "visits": "۴"}
    read = read_rounds([row], {"ali": HELD}, USUAL)["ali"]
    assert list(rounds_lines(HELD, read, USUAL, Halves())) == [
        "منطقه‌ها: از «۱ و ۲» به «۱ و ۳».",
        "شنبه: از «۸ تا ۱۱ و ۱۱ تا ۱۴» به «۸ تا ۱۱».",
        "بازدید در نیم‌روز: از «۶» به «۴».",
    ]
    assert list(rounds_lines(HELD, NOWHERE, USUAL, Halves())) == ["دیگر به بازدید نمی‌رود."]
    new = list(rounds_lines(None, read, USUAL, Halves()))
    assert new[0] == "منطقه‌ها: «۱ و ۳»."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"who": ""}, "مأمور را برگزینید"),
        ({"districts": "یک"}, "شمارهٔ منطقه‌ها"),
        ({"districts": ""}, "شمارهٔ منطقه‌ها"),
        ({"day0": "0", "day2": "0"}, "دست‌کم یک نیم‌روز"),
        ({"visits": "0"}, "از ۱ تا ۴۰"),
        ({"visits": "2.5"}, "از ۱ تا ۴۰"),
    ],
)
def test_each_fault_names_its_row(wrong: dict[str, str], said: str) -> None:
    good = sheet_row("reza", HELD, USUAL)
    with pytest.raises(Refusals) as no:
        read_rounds([good, {**sheet_row("ali", HELD, USUAL), **wrong}], {}, USUAL)
    (fault,) = no.value.faults
    assert fault.words.startswith("ردیف ۲")
    assert said in fault.words


def test_districts_in_a_row_are_told_in_short_and_read_so() -> None:
    many = HELD.model_copy(update={"districts": [1, 2, 3, 5, 8, 7]})
    row = sheet_row("ali", many, USUAL)
    assert row["districts"] == "۱ تا ۳، ۵، ۷، ۸"
    assert read_rounds([row], {}, USUAL)["ali"].districts == [1, 2, 3, 5, 7, 8]
    with pytest.raises(Refusals, match="شمارهٔ منطقه‌ها"):
        read_rounds([{**row, "districts": "۵ تا ۱"}], {}, USUAL)


def test_an_inspector_stands_in_one_row() -> None:
    row = sheet_row("ali", HELD, USUAL)
    with pytest.raises(Refusals, match="سطر دیگری"):
        read_rounds([row, row], {}, USUAL)

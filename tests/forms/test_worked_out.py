"""What is worked out of answers: whole Rial, two places, and never what a field could not hold."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.people import Applicant
from desktop.forms.answers import Filled, kept_answers, read_answers
from desktop.forms.faults import FaultyFile
from desktop.forms.values import shown, stored
from tests.plain_service import plain_service

TODAY = date(2026, 11, 24)


def asked(kind: str, formula: str, more: str = "") -> str:
    """Two measures, a day, and a field worked out of them."""
    return f"""
[[field]]
key = "length"
label = "طول"
kind = "metres"

[[field]]
key = "width"
label = "عرض"
kind = "metres"

[[field]]
key = "begun"
label = "آغاز"
kind = "date"

[[field]]
key = "given"
label = "حاصل"
kind = "{kind}"
formula = "{formula}"
{more}
"""


def given_of(kind: str, formula: str, length: str, width: str, more: str = "") -> str:
    """What is kept of the worked-out field."""
    service = plain_service(asked(kind, formula, more))
    answers = {"length": length, "width": width, "begun": "1405/09/03"}
    return kept_answers(service, Applicant.OWNER, answers, TODAY).get("given", "")


@pytest.mark.parametrize(
    ("kind", "formula", "length", "width", "kept", "read"),
    [
        ("money", "length * 125000", "12.5", "", "1562500", "۱٬۵۶۲٬۵۰۰"),
        ("money", "length * 0.5", "5", "", "3", "۳"),
        ("money", "length * 0.5", "3", "", "2", "۲"),
        ("money", "length / 3", "10", "", "3", "۳"),
        ("money", "length * 0", "10", "", "0", "۰"),
        ("area", "length * width", "12", "0.8", "9.60", "۹٫۶۰"),
        ("metres", "length / 3", "10", "", "3.33", "۳٫۳۳"),
        ("whole", "round_up(length)", "10.2", "", "11", "11"),
        ("text", "'بلند' if length > 3 else 'کوتاه'", "4", "", "بلند", "بلند"),
        ("date", "begun", "", "", "2026-11-24", "۱۴۰۵/۰۹/۰۳"),
        ("money", "length * width", "4", "", "", ""),
        ("money", "length / width", "4", "0", "", ""),
    ],
)
def test_it_is_kept_and_read_as_its_kind_is(
    kind: str, formula: str, length: str, width: str, kept: str, read: str
) -> None:
    assert given_of(kind, formula, length, width) == kept
    field = plain_service(asked(kind, formula)).field("given")
    assert shown(field, kept) == read
    # What is kept is what a person could have typed.
    assert stored(field, kept) == kept


@given(st.decimals(0, 99_999, places=2), st.decimals(0, 999, places=2))
def test_money_is_whole_rial_rounded_once(length: Decimal, width: Decimal) -> None:
    kept = given_of("money", "length * width * 1.5", str(length), str(width))
    assert kept == str((length * width * Decimal("1.5")).to_integral_value(ROUND_HALF_UP))


def test_a_sum_kept_by_an_earlier_version_is_still_read() -> None:
    assert shown(plain_service(asked("money", "length * 2")).field("given"), "2500.00") == "۲٬۵۰۰"


@pytest.mark.parametrize(
    ("kind", "formula", "more", "words"),
    [
        ("money", "length - 100", "", "حاصل از صفر کمتر می‌شود؛"),
        ("area", "length - 100", "", "حاصل از صفر کمتر می‌شود؛"),
        ("area", "length * length", "", "کمتر از ۱٬۰۰۰٬۰۰۰ مترمربع"),
        ("money", "length * 999999999999", "", "بزرگ‌تر از آن است"),
        ("whole", "length", "most = 7", "حاصل حداکثر ۷ است."),
        ("text", "'بلند' if length > 3 else 'کوتاه'", "longest = 2", "حداکثر ۲ نویسه"),
    ],
)
def test_what_the_field_could_not_hold_is_told_beside_it_and_not_kept(
    kind: str, formula: str, more: str, words: str
) -> None:
    length = "5000" if formula != "length - 100" else "10"
    service = plain_service(asked(kind, formula, more))
    filled = Filled(Applicant.OWNER, {}, answers={"length": length})
    kept, faults = read_answers(service, filled, TODAY)
    assert [(fault.field, words in fault.words) for fault in faults] == [("given", True)]
    assert kept == {"length": f"{length}.00"}
    assert given_of(kind, formula, length, "", more) == ""


@pytest.mark.parametrize("kind", ["time", "tick", "national-id", "mobile", "postal-code"])
def test_a_kind_that_no_formula_gives_is_told(kind: str) -> None:
    with pytest.raises(FaultyFile) as told:
        plain_service(asked(kind, "length * 2"))
    (fault,) = told.value.file_faults
    assert fault.key == "field[4].formula"
    assert "حساب نمی‌شود" in fault.advice

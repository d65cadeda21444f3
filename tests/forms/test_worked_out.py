"""What is worked out of answers: whole Rial, two places, and never what a field could not hold."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.known import rows_of, text_of_rows
from desktop.domain.people import Applicant
from desktop.forms.answers import Filled, kept_answers, read_answers
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load
from desktop.forms.values import shown, stored, worked_cells
from tests.plain_service import NAME, plain_service, plain_text

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


TABLE = """
[[field]]
key = "pieces"
label = "سایه‌بان‌ها"
kind = "table"
most = 5
required = true

[[field.column]]
key = "width"
label = "عرض"
kind = "metres"
required = true

[[field.column]]
key = "depth"
label = "پیش‌آمدگی"
kind = "metres"
required = true

[[field.column]]
key = "surface"
label = "سطح"
kind = "area"
most = 100
formula = "width * depth"

[[field.column]]
key = "price"
label = "بها"
kind = "money"
formula = "surface * 1250.5"

[[field]]
key = "all"
label = "جمع سطح"
kind = "area"
formula = "sum(pieces.surface)"

[[field]]
key = "whole"
label = "جمع بها"
kind = "money"
formula = "sum(pieces.price)"
"""


def rows(*written: dict[str, str]) -> str:
    return text_of_rows(written)


def test_a_row_is_worked_out_across_and_its_sums_down() -> None:
    answers = {"pieces": rows({"width": "2", "depth": "1.5"}, {"width": "۳", "depth": "0٫5"})}
    kept = kept_answers(plain_service(TABLE), Applicant.OWNER, answers, TODAY)
    assert rows_of(kept["pieces"]) == [
        {"width": "2.00", "depth": "1.50", "surface": "3.00", "price": "3752"},
        {"width": "3.00", "depth": "0.50", "surface": "1.50", "price": "1876"},
    ]
    assert (kept["all"], kept["whole"]) == ("4.50", "5628")


def test_a_desk_that_lies_about_a_row_is_not_believed() -> None:
    service = plain_service(TABLE)
    honest = {"pieces": rows({"width": "2", "depth": "1.5"})}
    lie = {"pieces": rows({"width": "2", "depth": "1.5", "surface": "0.01", "price": "1"})}
    alone = {"pieces": rows({"surface": "0.01", "price": "1"})}
    kept = [kept_answers(service, Applicant.OWNER, each, TODAY) for each in (honest, lie, alone)]
    assert kept[0] == kept[1]
    assert kept[2] == {}, "a row in which nothing is typed is none"
    assert stored(service.field("pieces"), kept[0]["pieces"]) == kept[0]["pieces"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"width": "2"}, "سایه‌بان‌ها، سطر ۱: پیش‌آمدگی را وارد کنید."),
        ({"width": "20", "depth": "20"}, "سایه‌بان‌ها، سطر ۱: سطح حداکثر ۱۰۰ مترمربع است."),
        ({"width": "x", "depth": "20"}, "سایه‌بان‌ها، سطر ۱: عرض باید عددی به متر باشد."),
    ],
)
def test_a_row_that_gives_nothing_lawful_is_told_with_its_number(
    row: dict[str, str], words: str
) -> None:
    service = plain_service(TABLE)
    filled = Filled(Applicant.OWNER, {}, answers={"pieces": rows(row)})
    assert [fault.words for fault in read_answers(service, filled, TODAY)[1]] == [words]
    assert set(worked_cells(service.field("pieces"), row).values()) == {""}


def test_a_row_that_divides_by_nought_is_told_and_not_taken_for_nothing() -> None:
    service = plain_service(TABLE.replace("width * depth", "width / depth"))
    filled = Filled(Applicant.OWNER, {}, answers={"pieces": rows({"width": "2", "depth": "0"})})
    (fault,) = read_answers(service, filled, TODAY)[1]
    assert fault.words == "سایه‌بان‌ها، سطر ۱: سطح با این عددها حساب نمی‌شود؛ آنها را بسنجید."


def test_cells_are_worked_out_as_far_as_a_row_is_typed() -> None:
    field = plain_service(TABLE).field("pieces")
    assert worked_cells(field, {"width": "2"}) == {"surface": "", "price": ""}
    assert worked_cells(field, {"width": "2", "depth": "0.5"}) == {
        "surface": "1.00",
        "price": "1251",
    }


@pytest.mark.parametrize(
    ("old", "new", "place", "word"),
    [
        ('"width * depth"', '"width * deep"', 'formula = "width * deep"', "«deep»"),
        ('"width * depth"', '"price * 2"', 'formula = "price', "«price»"),
        ('"width * depth"', '"sum(pieces.width)"', 'formula = "sum(p', "«pieces.width»"),
        ('"width * depth"', '"width > depth"', 'formula = "width >', "باید عدد بدهد"),
        ('"width * depth"', '"width * "', 'formula = "width * "', "خوانده نمی‌شود"),
        ('kind = "area"\nmost', 'kind = "tick"\nmost', 'formula = "width', "حساب نمی‌شود"),
        ("most = 100", "required = true", 'formula = "width', "نه اجباری"),
        (
            'label = "پیش‌آمدگی"\nkind = "metres"\nrequired = true',
            'label = "پیش‌آمدگی"\nkind = "metres"',
            'formula = "width',
            "«depth» می‌تواند خالی بماند",
        ),
    ],
)
def test_a_fault_of_a_columns_formula_stands_in_its_own_line(
    old: str, new: str, place: str, word: str
) -> None:
    assert old in TABLE
    text = plain_text(TABLE.replace(old, new, 1))
    with pytest.raises(FaultyFile) as told:
        load(text, NAME)
    fault = next(each for each in told.value.file_faults if each.key.endswith("formula"))
    assert fault.key == "field[1].column[3].formula"
    assert fault.line == text[: text.index(place)].count("\n") + 1
    assert word in fault.advice

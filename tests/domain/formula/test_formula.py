"""Formulas in data: what is let in, what comes out to the last place, how a sum is read aloud."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.formula import (
    Formula,
    FormulaFault,
    NotKnown,
    PartKind,
    Values,
    evaluate,
    read_out,
)

D = Decimal
KINDS = {
    "length": PartKind.NUMBER,
    "width": PartKind.NUMBER,
    "pavement": PartKind.TEXT,
    "restoration": PartKind.RATES,
    "dig_from": PartKind.DAY,
    "dig_to": PartKind.DAY,
    "parts": PartKind.TABLE,
    "parts.area": PartKind.NUMBERS,
    "record.land": PartKind.NUMBER,
    "record.built": PartKind.NUMBER,
    "begun": PartKind.DAY,
    "utility": PartKind.TEXT,
    "today": PartKind.DAY,
}
VALUES: Values = {
    "length": D("12.00"),
    "width": D("0.80"),
    "pavement": "asphalt",
    "restoration": {"asphalt": D(6_800_000), "bare": D(900_000)},
    "dig_from": date(2026, 11, 24),
    "dig_to": date(2026, 11, 26),
    "parts": ({"area": D("120.50")}, {"area": D("119.50")}, {"area": ""}),
    "record.land": D("240.00"),
    "today": date(2026, 11, 24),
}


@pytest.mark.parametrize(
    ("text", "given_", "kind"),
    [
        ("length * width * restoration[pavement]", D("65280000"), PartKind.NUMBER),
        ("length * width * restoration[pavement] * 20 / 100", D("13056000"), PartKind.NUMBER),
        ("length * (width + 1) - 0.6", D("21.00"), PartKind.NUMBER),
        ("-length + 13", D("1.00"), PartKind.NUMBER),
        ("sum(parts.area) <= record.land", True, PartKind.TRUTH),
        ("smallest(parts.area) < 119.50", False, PartKind.TRUTH),
        ("largest(parts.area)", D("120.50"), PartKind.NUMBER),
        ("count(parts)", D(3), PartKind.NUMBER),
        ("max(length, width, 100)", D(100), PartKind.NUMBER),
        ("days(dig_from, dig_to) > 30", False, PartKind.TRUTH),
        ("days(dig_from, dig_to)", D(3), PartKind.NUMBER),
        ("dig_from >= today", True, PartKind.TRUTH),
        ("round_up(length / 5)", D(3), PartKind.NUMBER),
        ("pavement == 'asphalt' and length > 10", True, PartKind.TRUTH),
        ("pavement in ['stone', 'bare'] or not length > 10", False, PartKind.TRUTH),
        ("pavement not in ['stone']", True, PartKind.TRUTH),
        ("5 if pavement == 'asphalt' else 2", D(5), PartKind.NUMBER),
        ("1 < width * 2 <= 1.6", True, PartKind.TRUTH),
        # The first that is known, whatever the others are.
        ("first(record.land, length)", D("240.00"), PartKind.NUMBER),
        ("first(record.built, length * width, 1)", D("9.6000"), PartKind.NUMBER),
        ("first(utility, pavement) == 'asphalt'", True, PartKind.TRUTH),
        ("first(begun, dig_from) < dig_to", True, PartKind.TRUTH),
        # An answer that was not given is empty.
        ("utility == ''", True, PartKind.TRUTH),
        ("'' != utility", False, PartKind.TRUTH),
    ],
)
def test_a_formula_gives(text: str, given_: object, kind: PartKind) -> None:
    formula = Formula(text)
    assert formula.check(KINDS) is kind
    assert evaluate(formula, VALUES) == given_


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("length *", "خوانده نمی‌شود"),
        ("", "خوانده نمی‌شود"),
        ("long * width", "نام «long»"),
        ("__import__('os')", "تابع «__import__»"),
        ("length.real.x", "نام «length.real.x»"),
        ("(lambda: 1)()", "تابع"),
        ("length ** 9", r"تنها \+ و -"),
        ("[x for x in parts]", "پذیرفته نیست"),
        ("length * pavement", "«pavement» باید عدد"),
        ("dig_from > length", "یک گونه"),
        ("pavement > 'a'", "تنها میان عددها"),
        ("sum(length)", "ستونی از عدد"),
        ("sum()", "شمار ورودی"),
        ("min(1)", "شمار ورودی"),
        ("days(dig_from, dig_to, today)", "شمار ورودی"),
        ("restoration[length]", "باید متن"),
        ("length[pavement]", "جدول نرخ"),
        ("not length", "درست یا نادرست"),
        ("length if 1 else 2", "درست یا نادرست"),
        ("1 if length > 1 else 'a'", "یک گونه"),
        ("True", "تنها عدد و متن"),
        ("~length", "نشانه"),
        ("length is width", "این سنجش"),
        ("1 + " * 100 + "1", "بلند"),
        ("-" * 180 + "x", "نام «x»"),
        ("f'{length}'", "پذیرفته نیست"),
        ("first(length)", "شمار ورودی"),
        ("first(length, pavement)", "از یک گونه نیستند"),
        ("first(length, depth)", "نام «depth»"),
        ("length * 1e400", "به این بزرگی"),
        ("length * 1000000000000000", "به این بزرگی"),
    ],
)
def test_what_is_no_formula_is_told_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(FormulaFault, match=says):
        Formula(text).check(KINDS)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("depth * 2", "depth"),
        ("restoration['gold']", "restoration\\[gold\\]"),
        ("length / 0", "length / 0"),
        ("smallest(empty.area)", "smallest"),
        ("utility == 'x'", "utility"),
        ("first(record.built, depth)", "first"),
    ],
)
def test_a_missing_value_is_never_taken_for_nought(text: str, missing: str) -> None:
    with pytest.raises(NotKnown, match=missing):
        evaluate(Formula(text), {**VALUES, "empty": ()})


def test_what_it_rests_on_is_known() -> None:
    formula = Formula("sum(parts.area) * restoration[pavement] if length > 2 else record.land")
    assert formula.names == {"parts.area", "restoration", "pavement", "length", "record.land"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "length * width * restoration[pavement]",
            "طول ۱۲ × عرض ۰٫۸ × ۶٬۸۰۰٬۰۰۰",
        ),
        ("(length + width) * 2", "(طول ۱۲ + عرض ۰٫۸) × ۲"),
        ("length - width / 2", "طول ۱۲ − عرض ۰٫۸ ÷ ۲"),
        ("length if width > 1 else 2500000", "۲٬۵۰۰٬۰۰۰"),
        ("sum(parts.area)", "۲۴۰"),
        ("dig_from", "۱۴۰۵/۰۹/۰۳"),
        ("-1 * length", "−۱ × طول ۱۲"),
        ("length - (width - 1)", "طول ۱۲ − (عرض ۰٫۸ − ۱)"),
        ("length / (width * 2)", "طول ۱۲ ÷ (عرض ۰٫۸ × ۲)"),
        ("first(record.built, length) * 2", "طول ۱۲ × ۲"),
        ("first(depth, width + 1) * 2", "(عرض ۰٫۸ + ۱) × ۲"),
    ],
)
def test_a_sum_is_read_aloud(text: str, read: str) -> None:
    labels = {"length": "طول", "width": "عرض"}
    assert read_out(Formula(text), VALUES, labels) == read


AMOUNTS = st.decimals(0, 10**6, places=2)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_sums_are_exact(one: Decimal, two: Decimal, three: Decimal) -> None:
    values: Values = {"one": one, "two": two, "three": three}
    kinds = dict.fromkeys(values, PartKind.NUMBER)
    formula = Formula("one * two + three - (two - one) * 3")
    assert formula.check(kinds) is PartKind.NUMBER
    assert evaluate(formula, values) == one * two + three - (two - one) * 3


@given(st.text(max_size=80))
def test_nothing_typed_into_a_formula_breaks_out(text: str) -> None:
    try:
        kind = Formula(text).check(KINDS)
    except FormulaFault:
        return
    try:
        evaluate(Formula(text), VALUES)
    except NotKnown:
        return
    assert kind in PartKind

"""Typed values: what is kept of them, what is refused and with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Refusal
from desktop.domain.form import Choice, FieldKind, ServiceField
from desktop.forms.values import read_name, read_text, read_title, shown, stored

CHOICES = (Choice("sale", "قطعی"), Choice("gift", "هبه"))


def field(kind: FieldKind, least: int | None = None, most: int | None = None) -> ServiceField:
    """A field of the kind."""
    return ServiceField("x", "برچسب", kind, choices=CHOICES, least=least, most=most)


def refused(kind: FieldKind, text: str, **bounds: int) -> str:
    """The words of the refusal, which names the field by key."""
    with pytest.raises(Refusal) as told:
        stored(field(kind, **bounds), text)
    assert told.value.field == "x"
    return told.value.words


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "read"),
    [
        (FieldKind.TEXT, "  علي \u200cكريمي ", "علی کریمی", "علی کریمی"),
        (FieldKind.TEXT, "١٢۳4\u0000\u200f/ن", "1234 /ن", "1234 /ن"),
        (FieldKind.WHOLE, "۰۰۱٢", "12", "12"),
        (FieldKind.AREA, "۲۴۰٫۵", "240.50", "۲۴۰٫۵۰"),
        (FieldKind.AREA, "1,178", "1178.00", "۱٬۱۷۸٫۰۰"),
        (FieldKind.MONEY, "۱٬۲۵۰٬۰۰۰", "1250000", "۱٬۲۵۰٬۰۰۰"),
        (FieldKind.DATE, "۱۴۰۵/۹/۳", "2026-11-24", "۱۴۰۵/۰۹/۰۳"),
        (FieldKind.DATE, "14050903", "2026-11-24", "۱۴۰۵/۰۹/۰۳"),
        (FieldKind.CHOICE, "gift", "gift", "هبه"),
        (FieldKind.CHOICES, "gift,sale", "sale,gift", "قطعی، هبه"),
        (FieldKind.TICK, "yes", "yes", "بله"),
        (FieldKind.NATIONAL_ID, "۹۹۹۰۰۰۱۰۱۴", "9990001014", "9990001014"),
        (FieldKind.MOBILE, "+98 913 251 4408", "09132514408", "09132514408"),
        (FieldKind.TEXT, "   ", "", ""),
        (FieldKind.DATE, "", "", ""),
    ],
)
def test_what_is_kept_and_read(kind: FieldKind, typed: str, kept: str, read: str) -> None:
    assert stored(field(kind), typed) == kept
    assert stored(field(kind), kept) == kept
    assert shown(field(kind), kept) == read


@pytest.mark.parametrize(
    ("kind", "typed", "word"),
    [
        (FieldKind.TEXT, "ا" * 201, "۲۰۰ نویسه"),
        (FieldKind.TEXT, "ا" * 10_000, "۱۰٬۰۰۰ نویسه"),
        (FieldKind.TEXT, "خانه 🏠", "شکلک"),
        (FieldKind.TEXT, "漢", "چاپ نمی‌شود"),
        (FieldKind.WHOLE, "۳٫۵", "بی‌ممیز"),
        (FieldKind.WHOLE, "-3", "نامنفی"),
        (FieldKind.WHOLE, "9" * 16, "بزرگ‌تر"),
        (FieldKind.WHOLE, "9" * 10_000, "نویسه"),
        (FieldKind.AREA, "دویست", "مترمربع"),
        (FieldKind.AREA, "1000000", "۱٬۰۰۰٬۰۰۰"),
        (FieldKind.MONEY, "12.5", "ریال"),
        (FieldKind.DATE, "1405/12/30", "چنین روزی"),
        (FieldKind.DATE, "1405/07/31", "چنین روزی"),
        (FieldKind.DATE, "2026-13-01", "چنین روزی"),
        (FieldKind.DATE, "دیروز", "۱۴۰۵/۰۹/۰۳"),
        (FieldKind.CHOICE, "loan", "گزینه"),
        (FieldKind.CHOICES, "sale,loan", "گزینه"),
        (FieldKind.TICK, "شاید", "بله یا خیر"),
        (FieldKind.NATIONAL_ID, "1111111111", "تکراری"),
        (FieldKind.NATIONAL_ID, "9990001015", "کارت ملی"),
        (FieldKind.POSTAL_CODE, "891", "۱۰ رقم"),
    ],
)
def test_what_is_refused(kind: FieldKind, typed: str, word: str) -> None:
    assert word in refused(kind, typed)


def test_both_sides_of_a_bound() -> None:
    for kind, unit in ((FieldKind.WHOLE, ""), (FieldKind.AREA, ""), (FieldKind.MONEY, "ریال")):
        assert stored(field(kind, least=1, most=30), "1")
        assert stored(field(kind, least=1, most=30), "30")
        assert "دست‌کم ۱" in refused(kind, "0", least=1, most=30)
        above = refused(kind, "31", least=1, most=30)
        assert "حداکثر ۳۰" in above
        assert unit in above
    assert "دست‌کم ۱" in refused(FieldKind.AREA, "0.99", least=1)


@given(st.sampled_from(sorted(FieldKind)), st.text(max_size=60))
def test_a_value_is_kept_once_and_for_all_or_refused(kind: FieldKind, typed: str) -> None:
    try:
        kept = stored(field(kind), typed)
    except Refusal as refusal:
        told = (refusal.field, bool(refusal.words))
    else:
        told = ("x", stored(field(kind), kept) == kept)
        shown(field(kind), kept)
    assert told == ("x", True)


@pytest.mark.parametrize("name", ["فاطمه", "محمد‌علی", "سیّد", "زارع زاده", "آسیه", "جرأت"])
def test_a_name_is_persian(name: str) -> None:
    assert read_name(name, "نام") == name


@pytest.mark.parametrize("name", ["", "ع", "Ali", "علی2", "علی!", "ا" * 61, "🙂"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(Refusal):
        read_name(name, "نام")


def test_a_body_has_digits_and_marks_in_its_name() -> None:
    assert read_title("بانک مسکن، شعبهٔ ۳ (مرکزی)", "نام") == "بانک مسکن، شعبهٔ 3 (مرکزی)"
    with pytest.raises(Refusal):
        read_title("Bank", "نام")


def test_length_is_measured_as_typed() -> None:
    assert read_text("ا" * 200, "نشانی", 200)
    with pytest.raises(Refusal, match="حداکثر ۲۰۰"):
        read_text(" " * 201, "نشانی", 200)

"""Rial amounts and areas: stored as whole Rial and two-place decimals, shown in Persian."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from math import floor

from persiantools.digits import to_word

from desktop.domain.errors import Refusal
from desktop.domain.persian import clean, to_persian_digits, ungrouped

LARGEST_RIAL = 10**15 - 1
LARGEST_AREA = 1_000_000
"""m²; no property, no building and no part of one in the city is so large."""
NO_AREA = "مساحت باید عددی به مترمربع باشد."


def read_rial(text: str) -> int:
    """Whole Rial from text with thousands marks in any script.

    Raises Refusal when it is no whole amount, is negative, or is above 10¹⁵ − 1.
    """
    bare = ungrouped(clean(text))
    if not bare.isascii() or not bare.isdigit():
        raise Refusal("مبلغ باید عددی بی‌ممیز به ریال باشد.")
    # So long a number is no sum, whatever it is; none longer is worked out.
    if len(bare.lstrip("0")) > len(str(LARGEST_RIAL)):
        raise Refusal("مبلغ بزرگ‌تر از آن است که پذیرفته شود.")
    return int(bare)


def half_up(value: float) -> int:
    """The whole number that is nearest, of two the greater: as people round, and as sums are."""
    return floor(value + 0.5)


def format_number(number: int) -> str:
    """«۱٬۲۵۰٬۰۰۰»."""
    return to_persian_digits(f"{number:,}".replace(",", "٬"))


def format_rial(amount: int) -> str:
    """«۱٬۲۵۰٬۰۰۰ ریال»."""
    return f"{format_number(amount)} ریال"


def in_words(number: int) -> str:
    """«یک میلیون و دویست و پنجاه هزار»; whole numbers below 10¹⁵."""
    return str(to_word(number))


def rial_in_words(amount: int) -> str:
    """«یک میلیون و دویست و پنجاه هزار ریال»."""
    return f"{in_words(amount)} ریال"


def read_area(text: str) -> Decimal:
    """Square metres with at most two places; marks `.`, `٫` or `/`, thousands `,` or `٬`.

    Raises Refusal when it is no such number.
    """
    bare = ungrouped(clean(text)).replace("٫", ".").replace("/", ".")
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]*)?", bare):
        raise Refusal(NO_AREA)
    try:
        area = Decimal(bare)
    except InvalidOperation:
        raise Refusal(NO_AREA) from None
    return area.quantize(Decimal("0.01"))


def area_beyond(label: str) -> str:
    """What is said of an area of `LARGEST_AREA` or more."""
    return f"{label} باید کمتر از {format_number(LARGEST_AREA)} مترمربع باشد."


def format_area(area: Decimal) -> str:
    """«۲۴۰٫۵۰», without the unit."""
    whole, _, places = f"{area:.2f}".partition(".")
    return f"{format_number(int(whole))}٫{to_persian_digits(places)}"

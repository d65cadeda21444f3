"""One typed value: what is kept of it, or a sentence that says what is wrong and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.calendar import format_jalali, parse_jalali
from desktop.domain.drawable import undrawable, unprintable_words
from desktop.domain.errors import Refusal
from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.formula import Formula, NotKnown, Values, evaluate
from desktop.domain.identifiers import legal_id, mobile, natural_id, postal_code
from desktop.domain.known import row_values, rows_of, text_of_rows
from desktop.domain.money import (
    LARGEST_AREA,
    LARGEST_RIAL,
    area_beyond,
    format_area,
    format_number,
    read_area,
    read_rial,
)
from desktop.domain.persian import clean, to_persian_digits

LARGEST_METRES = 100_000
MOST_ROWS = 500
LONGEST_TABLE = 60_000
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])")
_ISO = re.compile(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_GROUPS = re.compile("[,٬\u200c ]")
_NAME = re.compile("[ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیۀة\u064b-\u0654\u200c ]+")
_TITLE = re.compile(r"[\u0600-\u06ff\u200c 0-9()«»،.\-–/]+")


def read_text(text: str, label: str, longest: int) -> str:
    """Clean text of at most so many characters. Raises Refusal when longer, or unprintable."""
    # Measured before cleaning: ten thousand characters are refused, not worked on.
    if len(text) > longest:
        raise Refusal(
            f"{label} حداکثر {format_number(longest)} نویسه می‌گیرد؛ "
            f"اکنون {format_number(len(text))} نویسه است. کوتاه‌تر بنویسید."
        )
    cleaned = clean(text)
    if character := undrawable(cleaned):
        raise Refusal(f"{label}: {unprintable_words(character)}")
    return cleaned


def read_name(text: str, label: str) -> str:
    """A person's name: Persian letters only, 2 to 60 (DOMAIN.md §1.0.2)."""
    name = read_text(text, label, 60)
    if not name:
        raise Refusal(f"{label} را وارد کنید.")
    if not _NAME.fullmatch(name):
        raise Refusal(f"{label} را تنها با حروف فارسی بنویسید.")
    if len(name) < 2:
        raise Refusal(f"{label} دست‌کم دو حرف دارد.")
    return name


def read_title(text: str, label: str, longest: int = 120) -> str:
    """A body's or company's name: Persian letters, digits and marks, 2 to `longest`."""
    title = read_text(text, label, longest)
    if not title:
        raise Refusal(f"{label} را وارد کنید.")
    if not _TITLE.fullmatch(title) or len(title) < 2:
        raise Refusal(f"{label} را با حروف فارسی و کامل بنویسید.")
    return title


def read_day(text: str, label: str) -> date:
    """A day as typed (Jalali) or as kept (ISO). Raises Refusal when there is no such day."""
    if not text.strip():
        raise Refusal(f"{label} را وارد کنید.")
    if len(text) > 40:
        raise Refusal(f"{label} را مانند ۱۴۰۵/۰۹/۰۳ بنویسید.")
    if _ISO.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Refusal(f"{label}: چنین روزی در تقویم نیست.") from None
    try:
        return parse_jalali(text)
    except Refusal as refusal:
        raise Refusal(f"{label}: {refusal.words}") from None


def stored(field: ServiceField, text: str) -> str:
    """The value as it is kept; empty when empty. Idempotent.

    Text is clean, digits Latin, days ISO, money whole Rial, areas decimal text with two places,
    a tick `yes` or `no`, several choices in the form's order apart by commas. Raises Refusal with
    the field's key.
    """
    try:
        table = field.kind is FieldKind.TABLE
        if len(text) > (LONGEST_TABLE if table else 4_000):
            return read_text(text, field.label, LONGEST_TABLE if table else field.longest)
        return _READERS[field.kind](field, text) if clean(text) else ""
    except Refusal as refusal:
        raise Refusal(refusal.words, field=field.key) from None


def worked_out(field: ServiceField, formula: Formula, values: Values) -> str:
    """What the formula of a field gives, as it is kept: money whole Rial, half up.

    Raises NotKnown while a value is missing, Refusal for what the field could not hold.
    """
    value = evaluate(formula, values)
    if not isinstance(value, Decimal):
        return stored(field, str(value))
    if value < 0:
        words = f"{field.label} از صفر کمتر می‌شود؛ پاسخ‌هایی را که از آنها حساب می‌شود بسنجید."
        raise Refusal(words, field=field.key)
    if field.kind is FieldKind.MONEY:
        value = value.to_integral_value(ROUND_HALF_UP)
    places = 2 if field.kind in (FieldKind.AREA, FieldKind.METRES) else 0
    return stored(field, f"{value:.{places}f}")


def fault_of_value(field: ServiceField, text: str) -> str:
    """What is wrong with a value, or empty."""
    try:
        stored(field, text)
    except Refusal as refusal:
        return refusal.words
    return ""


def _read_text(field: ServiceField, text: str) -> str:
    return read_text(text, field.label, field.longest)


def _read_whole(field: ServiceField, text: str) -> str:
    # A hyphen is no thousands mark: minus three must not be kept as three.
    digits = _GROUPS.sub("", clean(text))
    if not (digits.isascii() and digits.isdigit()):
        raise Refusal(f"{field.label} باید عددی بی‌ممیز و نامنفی باشد.")
    if len(digits) > 15:
        raise Refusal(f"{field.label} بزرگ‌تر از آن است که پذیرفته شود.")
    number = int(digits)
    _within(field, number, "")
    return str(number)


def _read_area(field: ServiceField, text: str) -> str:
    area = read_area(text)
    if area >= LARGEST_AREA:
        raise Refusal(area_beyond(field.label))
    _within(field, area, " مترمربع")
    return f"{area:.2f}"


def _read_metres(field: ServiceField, text: str) -> str:
    try:
        metres = read_area(text)
    except Refusal:
        raise Refusal(f"{field.label} باید عددی به متر باشد.") from None
    if metres >= LARGEST_METRES:
        raise Refusal(f"{field.label} باید کمتر از {format_number(LARGEST_METRES)} متر باشد.")
    _within(field, metres, " متر")
    return f"{metres:.2f}"


def _read_time(field: ServiceField, text: str) -> str:
    found = _TIME.fullmatch(clean(text))
    if found is None:
        raise Refusal(f"{field.label} را مانند ۰۸:۳۰ بنویسید.")
    return f"{int(found[1]):02}:{found[2]}"


def _read_table(field: ServiceField, text: str) -> str:
    """Rows as kept, what is worked out worked out anew; a row with nothing typed is left out."""
    try:
        typed = rows_of(text)
    except ValueError:
        raise Refusal(f"{field.label} خوانده نشد.") from None
    rows = []
    asked = [inner.key for inner in field.columns if inner.formula is None]
    for number, row in enumerate(typed, start=1):
        if any(clean(row.get(key, "")) for key in asked):
            rows.append(_read_row(field, number, row))
    least, most = field.least or 0, field.most or MOST_ROWS
    if rows and not least <= len(rows) <= most:
        limits = f"{format_number(least)} تا {format_number(most)}"
        raise Refusal(f"{field.label}: {limits} سطر؛ اکنون {format_number(len(rows))}.")
    return text_of_rows(rows) if rows else ""


def _read_row(field: ServiceField, number: int, row: Mapping[str, str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    place = f"{field.label}، سطر {format_number(number)}"
    for inner in field.columns:
        try:
            value = _read_cell(field, inner, row, kept)
        except NotKnown:
            words = f"{inner.label} با این عددها حساب نمی‌شود؛ آنها را بسنجید."
            raise Refusal(f"{place}: {words}") from None
        except Refusal as refusal:
            raise Refusal(f"{place}: {refusal.words}") from None
        if inner.required and not value:
            raise Refusal(f"{place}: {inner.label} را وارد کنید.")
        if value:
            kept[inner.key] = value
    return kept


def _read_cell(
    field: ServiceField, inner: ServiceField, row: Mapping[str, str], kept: Mapping[str, str]
) -> str:
    """One cell: as typed, or as the cells before it give it. Raises Refusal, NotKnown."""
    if inner.formula is None:
        return stored(inner, row.get(inner.key, ""))
    return worked_out(inner, inner.formula, row_values(field.columns, kept))


def worked_cells(field: ServiceField, row: Mapping[str, str]) -> dict[str, str]:
    """What a row as it is being typed gives so far: key → text as kept, empty for not yet."""
    kept: dict[str, str] = {}
    for inner in field.columns:
        try:
            kept[inner.key] = _read_cell(field, inner, row, kept)
        except (NotKnown, Refusal):
            kept[inner.key] = ""
    return {inner.key: kept[inner.key] for inner in field.columns if inner.formula is not None}


def _read_money(field: ServiceField, text: str) -> str:
    amount = read_rial(text)
    _within(field, amount, " ریال")
    return str(amount)


def _within(field: ServiceField, number: int | Decimal, unit: str) -> None:
    least, most = field.least, field.most if field.most is not None else LARGEST_RIAL
    if least is not None and number < least:
        raise Refusal(f"{field.label} دست‌کم {format_number(least)}{unit} است.")
    if number > most:
        raise Refusal(f"{field.label} حداکثر {format_number(most)}{unit} است.")


def _read_date(field: ServiceField, text: str) -> str:
    return read_day(text, field.label).isoformat()


def _read_choice(field: ServiceField, text: str) -> str:
    value = clean(text)
    if value not in {choice.value for choice in field.choices}:
        raise Refusal(f"{field.label} را از گزینه‌ها برگزینید.")
    return value


def _read_choices(field: ServiceField, text: str) -> str:
    chosen = {clean(part) for part in text.split(",") if clean(part)}
    values = [choice.value for choice in field.choices]
    if not chosen <= set(values):
        raise Refusal(f"{field.label} را از گزینه‌ها برگزینید.")
    return ",".join(value for value in values if value in chosen)


def _read_tick(field: ServiceField, text: str) -> str:
    value = clean(text)
    if value not in ("yes", "no"):
        raise Refusal(f"{field.label}: بله یا خیر.")
    return value


_READERS: Mapping[FieldKind, Callable[[ServiceField, str], str]] = {
    FieldKind.TEXT: _read_text,
    FieldKind.LONG: _read_text,
    FieldKind.WHOLE: _read_whole,
    FieldKind.AREA: _read_area,
    FieldKind.METRES: _read_metres,
    FieldKind.MONEY: _read_money,
    FieldKind.DATE: _read_date,
    FieldKind.TIME: _read_time,
    FieldKind.TABLE: _read_table,
    FieldKind.CHOICE: _read_choice,
    FieldKind.CHOICES: _read_choices,
    FieldKind.TICK: _read_tick,
    FieldKind.NATIONAL_ID: lambda _, text: natural_id(text),
    FieldKind.LEGAL_ID: lambda _, text: legal_id(text),
    FieldKind.MOBILE: lambda _, text: mobile(text),
    FieldKind.POSTAL_CODE: lambda _, text: postal_code(text),
}


def shown(field: ServiceField, value: str) -> str:
    """The kept value as it is read on screen and paper, digits still Latin in plain text."""
    labels = {choice.value: choice.label for choice in field.choices}
    if field.kind is FieldKind.CHOICE:
        return labels.get(value, value)
    if field.kind is FieldKind.CHOICES:
        return "، ".join(labels.get(part, part) for part in value.split(",") if part)
    if field.kind is FieldKind.TABLE:
        return "؛ ".join(_shown_row(field, row) for row in rows_of(value))
    return _SHOWN.get(field.kind, str)(value) if value else ""


UNITS: Mapping[FieldKind, str] = {
    FieldKind.AREA: "مترمربع",
    FieldKind.METRES: "متر",
    FieldKind.MONEY: "ریال",
}


def with_unit(field: ServiceField, value: str) -> str:
    """The kept value as it is read on screen, a measure or sum with its unit; empty for none."""
    words, unit = to_persian_digits(shown(field, value)), UNITS.get(field.kind)
    return f"{words} {unit}" if words and unit else words


def heading(column: ServiceField) -> str:
    """What stands over a column of a table: its label, with the unit of what is measured."""
    unit = UNITS.get(column.kind)
    return f"{column.label} ({unit})" if unit else column.label


def _shown_row(field: ServiceField, row: Mapping[str, str]) -> str:
    cells = ((inner.label, shown(inner, row.get(inner.key, ""))) for inner in field.columns)
    return "، ".join(f"{label} {words}" for label, words in cells if words)


_SHOWN: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.DATE: lambda value: format_jalali(date.fromisoformat(value)),
    FieldKind.AREA: lambda value: format_area(read_area(value)),
    FieldKind.METRES: lambda value: format_area(read_area(value)),
    # A sum worked out by an earlier version was kept with two places.
    FieldKind.MONEY: lambda value: format_number(int(Decimal(value))),
    FieldKind.TICK: lambda value: "بله" if value == "yes" else "خیر",
}

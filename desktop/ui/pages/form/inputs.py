"""Which input a field gets: one for each kind of field of a service, one for each of block A."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.calendar import iso_jalali
from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.identifiers import (
    LONGEST_ID,
    landline,
    legal_id,
    mobile,
    national_id,
    natural_id,
    postal_code,
)
from desktop.domain.people import Applicant, Honorific
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import Need
from desktop.domain.service import Service
from desktop.forms.aid import AID_LABELS
from desktop.forms.party import ADDRESS_LIMIT, optional_keys, party_labels
from desktop.forms.values import MOST_ROWS, UNITS, heading, worked_cells
from desktop.ui import theme
from desktop.ui.pages.form.fields import WHOLE_ROW, Asked
from desktop.ui.widgets.inputs.choice import choice
from desktop.ui.widgets.inputs.choices import Choices
from desktop.ui.widgets.inputs.date_line import DateLine, Lies
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine, MoneyLine, NumberLine, PhoneLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.rows_input import RowsInput
from desktop.ui.widgets.inputs.rows_model import TypedColumn
from desktop.ui.widgets.inputs.segments import Option, Segments
from desktop.ui.widgets.inputs.tick import Tick

# Registration sections that a plate may name; a list, so that nobody types a wrong one.
SECTIONS: tuple[Option, ...] = tuple((str(n), to_persian_digits(n)) for n in range(1, 31))
_COLUMN = 250  # the narrowest column of a form of three, pixels at 100 %
_LONG_TEXT = 150
_MOBILE, _LANDLINE = (4, 3, 4), (3, 8)
_TRUSTED = "کسی که متقاضی به او اعتماد دارد؛ نه خود متقاضی، نه متصدی"


def as_typed(kind: FieldKind | None, kept: str) -> str:
    """A kept answer as somebody would type it: a day is Jalali."""
    day = kind is FieldKind.DATE and kept
    return iso_jalali(date.fromisoformat(kept)) if day else kept


def asked_by(field: ServiceField, today: date) -> Asked:
    """A service's field as the form shows it."""
    if field.kind is FieldKind.TICK:
        return Asked(field.key, "", lambda: Tick(field.label), WHOLE_ROW, hint=field.hint)
    wide = field.kind in (FieldKind.LONG, FieldKind.CHOICES, FieldKind.TABLE)
    span = WHOLE_ROW if wide else 2 if _is_long(field) else 1
    optional = not field.required and field.formula is None
    return Asked(field.key, field.label, lambda: _input(field, today), span, optional, field.hint)


def _is_long(field: ServiceField) -> bool:
    return field.kind is FieldKind.TEXT and field.longest >= _LONG_TEXT


def _side(field: ServiceField) -> Lies:
    """On which side of today its days lie."""
    if field.not_after_today:
        return "past"
    return "future" if field.not_before_today else ""


def _input(field: ServiceField, today: date) -> QWidget:
    options = [(each.value, each.label) for each in field.choices]
    makers: Mapping[FieldKind, Callable[[], QWidget]] = {
        FieldKind.TEXT: lambda: TextLine(max_length=field.longest),
        FieldKind.LONG: lambda: Prose(max_length=field.longest, lines=2),
        FieldKind.WHOLE: lambda: DigitsLine(15),
        FieldKind.AREA: lambda: NumberLine(unit=UNITS[field.kind]),
        FieldKind.METRES: lambda: NumberLine(unit=UNITS[field.kind]),
        FieldKind.TIME: lambda: TextLine(max_length=5, placeholder="۰۸:۳۰", icon="clock"),
        FieldKind.TABLE: lambda: RowsInput(
            _columns(field), field.most or MOST_ROWS, partial(worked_cells, field)
        ),
        FieldKind.MONEY: MoneyLine,
        FieldKind.DATE: lambda: DateLine(today, _side(field)),
        FieldKind.CHOICE: lambda: one_of(options),
        FieldKind.CHOICES: lambda: Choices(options),
        FieldKind.NATIONAL_ID: _natural,
        FieldKind.LEGAL_ID: lambda: DigitsLine(11, check=legal_id),
        FieldKind.MOBILE: lambda: PhoneLine(_MOBILE, mobile),
        FieldKind.POSTAL_CODE: lambda: DigitsLine(10, check=postal_code),
    }
    return makers[field.kind]()


def _columns(field: ServiceField) -> list[TypedColumn]:
    """The columns of a table as its input shows them."""
    return [
        TypedColumn(
            inner.key,
            heading(inner),
            _column_kind(inner),
            tuple((each.value, each.label) for each in inner.choices),
            inner.longest,
            inner.formula is not None,
        )
        for inner in field.columns
    ]


def _column_kind(inner: ServiceField) -> str:
    if inner.kind is FieldKind.MONEY:
        return "money"
    return "choice" if inner.choices else "number" if inner.kind.is_number else "text"


def one_of(options: list[Option]) -> Segments | ListChoice:
    """Segments where they fit into a column, else a list."""
    fitting = choice(options)
    if isinstance(fitting, Segments):
        needed = fitting.minimumSizeHint().width() * 100 / theme.zoom()
        if needed > _COLUMN:
            fitting.deleteLater()
            return ListChoice(options)
    return fitting


def asked_of_party(
    kind: Applicant, *, foreign: bool, service: Service, columns: int, today: date
) -> list[Asked]:
    """Block A for an applicant: the capacity, the party's inputs, the address over what is left."""
    words = [(each.value, each.word) for each in service.applicants]
    asked = [Asked("applicant", "سمت متقاضی", lambda: one_of(words))]
    optional = optional_keys(kind)
    for key, label in party_labels(kind).items():
        name = f"party.{key}"
        natural = key == "person_id" and kind is not Applicant.COMPANY
        if natural and foreign:
            asked.append(Asked(name, "کد فراگیر اتباع", lambda: DigitsLine(LONGEST_ID)))
        else:
            span = 2 if key == "last_name" and kind.is_body else 1
            make = _party_input(kind, key, today)
            asked.append(Asked(name, label, make, span, key in optional))
        if natural:
            asked.append(Asked("party.foreign", "تابعیت", _nationality))
    return _with_address(asked, columns)


def asked_of_aid() -> list[Asked]:
    """What is asked for a citizen who can't see, hear or read."""
    needs = [(each.value, each.word) for each in Need]
    makers: Mapping[str, Callable[[], QWidget]] = {
        "need": lambda: one_of(needs),
        "trusted_name": lambda: TextLine(max_length=120),
        "trusted_id": lambda: DigitsLine(LONGEST_ID),
    }
    told = AID_LABELS["told"]
    asked = [
        Asked(f"aid.{key}", AID_LABELS[key], make, hint=_TRUSTED if key == "trusted_name" else "")
        for key, make in makers.items()
    ]
    return [*asked, Asked("aid.told", "", lambda: Tick(told), WHOLE_ROW)]


def _with_address(asked: list[Asked], columns: int) -> list[Asked]:
    """The address over at least two columns, with no hole before it."""
    address = next((each for each in asked if each.key == "party.address"), None)
    if address is None:
        return asked
    postal = next(each for each in asked if each.key == "party.postal_code")
    rest = [each for each in asked if each not in (address, postal)]
    left = columns - sum(each.span for each in rest) % columns
    if left == 1:
        return [*rest, postal, replace(address, span=WHOLE_ROW)]
    return [*rest, replace(address, span=max(2, left - 1)), postal]


def _nationality() -> QWidget:
    segments = Segments([("no", "ایرانی"), ("yes", "خارجی")])
    segments.set_value("no")
    return segments


def honorifics() -> QWidget:
    """How a person is addressed, if the person wants to say; what was said can be taken back."""
    segments = Segments([("", "بی‌عنوان"), *((each.value, each.word) for each in Honorific)])
    segments.set_value("")
    return segments


def _natural() -> QWidget:
    return DigitsLine(LONGEST_ID, check=natural_id, whole=10)


def _party_input(kind: Applicant, key: str, today: date) -> Callable[[], QWidget]:
    makers: Mapping[str, Callable[[], QWidget]] = {
        "person_id": lambda: (
            DigitsLine(11, check=legal_id)
            if kind is Applicant.COMPANY
            else DigitsLine(10, check=national_id)
        ),
        "represented_id": _natural,
        "carrier_id": _natural,
        "honorific": honorifics,
        "birth": lambda: DateLine(today, "past"),
        "mobile": lambda: PhoneLine(_MOBILE, mobile),
        "phone": lambda: PhoneLine(_LANDLINE, landline),
        "postal_code": lambda: DigitsLine(10, check=postal_code),
        "address": lambda: TextLine(max_length=ADDRESS_LIMIT),
    }
    return makers.get(key, lambda: TextLine(max_length=120))

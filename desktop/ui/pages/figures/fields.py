"""The fields of one row of a sheet: each column typed as its kind wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.actions.municipal_data import KindLook
from desktop.domain.calendar import iso_jalali, parse_jalali
from desktop.domain.city_places import PlaceKind
from desktop.domain.errors import Refusal
from desktop.domain.limits import Limit
from desktop.domain.money import format_number
from desktop.domain.persian import clean, to_latin_digits
from desktop.domain.promise import ESCALATES_TO
from desktop.domain.record_words import WordColumn
from desktop.domain.step import Step
from desktop.domain.tariff import Purse
from desktop.forms import sheet_cells as sheet
from desktop.forms.dated.half_days import HALF_WORDS
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine, MoneyLine, NumberLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments

DERIVED = (sheet.SERVICE, sheet.UNIT)
"""Columns that follow from another and are never typed."""
KEYS = (sheet.KEY, sheet.TABLE, sheet.RATE_KEY)
"""Columns that name a figure to the program; of one that there is, its title says it."""
WIDE = (sheet.WHERE, sheet.SENTENCE, sheet.REASON, sheet.ADDRESSEE, sheet.AT_GATES)
"""Columns whose text needs a whole line."""
LONG = (sheet.SIGNER_TITLE, sheet.LIMIT)
"""Those that need more than a third of one."""
_DIGITS = {
    sheet.MONTHS: 3, sheet.LEAST: 6, sheet.DISTRICT: 2, sheet.REPLY_DAYS: 3, sheet.STEP_DAYS: 3,
    sheet.WARN_DAYS: 3, sheet.YEAR: 4, sheet.VALUE: 5,
}  # fmt: skip
_DAYS = (sheet.BEGINS, sheet.FIRST_DAY, sheet.LAST_DAY)
_DEGREES = (
    sheet.LATITUDE, sheet.LONGITUDE, sheet.SOUTH, sheet.NORTH, sheet.WEST, sheet.EAST,
)  # fmt: skip
OPTIONAL = (
    sheet.BEGINS, sheet.SIGNER_NAME, sheet.DEPUTY, sheet.POSTAL, sheet.AT_GATES, sheet.ENDS,
    sheet.ARTICLES, sheet.DISTRICT_NAME,
)  # fmt: skip
"""Columns that may be left empty."""


class AmountLine(TextLine):
    """A sum in Rial, grouped as one types, or the formula of one."""

    def __init__(self) -> None:
        super().__init__(max_length=200)
        self.set_value("")

    def reshape(self, words: str, cursor: int) -> tuple[str, int]:
        """A plain sum in threes; a formula stays as it is typed."""
        digits = to_latin_digits(words).replace("٬", "").replace(",", "")
        if not digits.isdecimal() or cursor < len(words):
            return super().reshape(words, cursor)
        shown = format_number(int(digits))
        return shown, len(shown)

    def value(self) -> str:
        """The sum in ASCII digits, or the formula."""
        return clean(self.text()).replace("٬", "")

    def set_value(self, value: str) -> None:
        """Fill the line."""
        self.setText(format_number(int(value)) if value.isdecimal() else value)


_OF_ALL = ("promises", "enforcement")
"""Kinds that are said of one service or of all."""


def control_of(heading: str, look: KindLook) -> QWidget:
    """What a cell of that column is typed into; a choice is kept by its word."""
    known = _words_of(heading, look)
    if heading == sheet.TABLE:
        return ListChoice([(each, look.named.get(each, each)) for each in known])
    if known:
        few = len(known) <= 3
        return Segments(_same(known)) if few else ListChoice(_same(known))
    if heading == sheet.CODE:
        every = [("", sheet.EVERY_SERVICE)] if look.kind in _OF_ALL else []
        return ListChoice([*every, *((code, each.title) for code, each in look.services.items())])
    if heading == sheet.RIAL:
        return MoneyLine()
    if heading == sheet.AMOUNT:
        return AmountLine()
    if heading in _DAYS:
        return DateLine(look.today, "future")
    if heading in _DIGITS:
        return DigitsLine(_DIGITS[heading])
    if heading in _DEGREES:
        return NumberLine(places=6, whole=3)
    if heading in WIDE:
        return Prose(lines=2, max_length=400)
    return TextLine(max_length=120)


def _words_of(heading: str, look: KindLook) -> Sequence[str]:
    match heading:
        case sheet.PURSE:
            return [purse.word for purse in Purse]
        case sheet.OURS | sheet.LISTED | sheet.BY_HAND | sheet.ACTING | sheet.BARRED:
            return [*sheet.YES_NO]
        case sheet.COLUMN:
            return [column.word for column in WordColumn]
        case sheet.PLACE_KIND:
            return [kind.word for kind in PlaceKind]
        case sheet.STEP:
            return [step.word for step in Step]
        case sheet.LIMIT:
            return [limit.word for limit in Limit]
        case sheet.ESCALATES:
            return [role.word for role in ESCALATES_TO]
        case sheet.HALF:
            return [*HALF_WORDS.values()]
        case sheet.MEANING:
            return [*dict.fromkeys(w for c in WordColumn for w in sheet.meanings_of(c).values())]
        case sheet.TABLE:
            return [*dict.fromkeys(figure.cells[0] for figure in look.figures)]
        case _:
            return ()


def offer_meanings(control: QWidget, column: str) -> None:
    """Of the meanings only those that a word of that column can have."""
    found = next((each for each in WordColumn if each.word == column), None)
    if found is not None and isinstance(control, ListChoice):
        control.set_options(_same([*sheet.meanings_of(found).values()]))


def _same(words: Sequence[str]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


def put_cell(control: QWidget, cell: str) -> None:
    """Show a cell's text in its control."""
    if isinstance(control, DateLine):
        control.set_value(_day(cell))
    else:
        control.set_value(cell)  # type: ignore[attr-defined]


def _day(cell: str) -> date | None:
    try:
        return parse_jalali(cell) if cell else None
    except Refusal:
        return None


def cell_of(control: QWidget) -> str:
    """What stands in the control, as a cell is read."""
    if isinstance(control, DateLine):
        day = control.value()
        return iso_jalali(day) if day else control.raw().strip()
    if isinstance(control, MoneyLine):
        return control.raw()
    return clean(str(control.value()))  # type: ignore[attr-defined]

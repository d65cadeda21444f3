"""Pictures of the help: a field as the program draws it, with what somebody typed into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.calendar import parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import legal_id, mobile, national_id, postal_code
from desktop.help.entry import FieldEntry, Picture
from desktop.ui import theme
from desktop.ui.pages.form.inputs import SECTIONS
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.number import DigitsLine, MoneyLine, NumberLine, PhoneLine
from desktop.ui.widgets.inputs.plate import PlateInput
from desktop.ui.widgets.inputs.renewal import RenewalCodeInput
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.paint import strokes

_AIR = 8
_MOBILE = (4, 3, 4)
# What is typed in a picture never depends on the day.
_DAY = date(2026, 11, 24)
_INPUTS: Mapping[str, Callable[[], QWidget]] = {
    "area": lambda: NumberLine(unit="مترمربع"),
    "metres": lambda: NumberLine(unit="متر"),
    "money": MoneyLine,
    "date": lambda: DateLine(_DAY),
    "national-id": lambda: DigitsLine(10),
    "legal-id": lambda: DigitsLine(11),
    "mobile": lambda: PhoneLine(_MOBILE),
    "postal-code": lambda: DigitsLine(10),
    "renewal-code": RenewalCodeInput,
    "plate": lambda: PlateInput(SECTIONS),
}
_READERS: Mapping[str, Callable[[str], object]] = {
    "date": parse_jalali,
    "national-id": national_id,
    "legal-id": legal_id,
    "mobile": mobile,
    "postal-code": postal_code,
}


def fault_of(kind: str, typed: str) -> str:
    """What the program itself says of it, typed into a field of the kind; empty when it is right.

    Of kinds that are read only together with other fields nothing is said.
    """
    try:
        _READERS.get(kind, str)(typed)
    except Refusal as refusal:
        return refusal.words
    return ""


class PictureOf(QWidget):
    """The picture of a field's entry, 1:1; a sentence says what it shows."""

    def __init__(self, entry: FieldEntry, picture: Picture, label: str, width: int) -> None:
        super().__init__()
        self._pixmap = _drawn(
            entry.kind, label, picture.typed, width, theme.tokens().name.value, theme.zoom()
        )
        self.setAccessibleName(f"تصویر: {picture.shows}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Exactly the picture."""
        return self._pixmap.deviceIndependentSize().toSize()

    def minimumSizeHint(self) -> QSize:
        """As high as the picture."""
        return QSize(theme.px(40), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture at the right."""
        painter = strokes.open_painter(self)
        painter.drawPixmap(self.width() - self.sizeHint().width(), 0, self._pixmap)
        rect = self.rect().adjusted(self.width() - self.sizeHint().width(), 0, 0, 0)
        strokes.box(painter, rect, theme.px(6), border=theme.colour("edge"))


@lru_cache(maxsize=64)
def _drawn(kind: str, label: str, typed: str, width: int, look: str, zoom: int) -> QPixmap:
    """The field drawn by the program, so wide; `look` and `zoom` are those in force."""
    field = FormField(label, _INPUTS[kind]())
    field.set_value(typed)
    field.set_error(fault_of(kind, typed) or None)
    holder = QWidget()
    theme.ground(holder, "surface")
    holder.setLayout(Column(field, gap=0, margins=(_AIR, _AIR, _AIR, _AIR)))
    wide = max(width, holder.minimumSizeHint().width())
    holder.setFixedWidth(wide)
    holder.ensurePolished()
    layout = holder.layout()
    assert layout is not None
    high = layout.heightForWidth(wide) if layout.hasHeightForWidth() else layout.sizeHint().height()
    holder.setFixedHeight(high)
    picture = holder.grab()
    holder.deleteLater()
    return picture

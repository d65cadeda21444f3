"""Block B of the case form: the property by its renewal code or its plate."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.form.inputs import SECTIONS
from desktop.ui.pages.form.part import Cell, Part
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.plate import PlateInput, PlateValue
from desktop.ui.widgets.inputs.renewal import RenewalCodeInput
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.told.banner import Banner

CODE, PLATE = "property.code", "property.plate"


class PropertyPart(Part):
    """Which property; beside the heading what the records said of it."""

    def __init__(self, number: int) -> None:
        super().__init__(number, "ملک")
        self.code_input, self.plate_input = RenewalCodeInput(), PlateInput(SECTIONS)
        self.code = FormField("کد نوسازی", self.code_input, key=CODE)
        self.plate = FormField("پلاک ثبتی", self.plate_input, key=PLATE)
        self._warned = False
        self.found = Banner("", records=True)
        self.found.hide()
        beside = QWidget()
        beside.setLayout(Column(self.found, gap=0))
        self.add_beside(beside, 1)
        self._row = Row(gap=14)
        self._row.addWidget(self.code, 7, Qt.AlignmentFlag.AlignTop)
        # The plate has one line of names less above its boxes.
        self._under = Column(self.plate, gap=0, margins=(19, 0, 0, 0))
        self._row.addLayout(self._under, 6)
        line = QWidget()
        line.setLayout(self._row)
        self.add(line)
        for field in (self.code, self.plate):
            field.edited.connect(lambda key=field.key: self.edited.emit(key))
            field.left.connect(lambda key=field.key: self.left.emit(key))

    def say(self, words: str, *, asked: bool = True, warn: bool = False) -> None:
        """What the records said, or one quiet line why they were not `asked`; nothing for "".

        `warn` says that the answer will not be the one that is hoped for.
        """
        self._warned = warn and bool(words)
        if not asked:
            self.found.set_tone("neutral", "wifi-off")
        elif warn:
            self.found.set_tone("pay", "alert-triangle")
        else:
            self.found.set_tone(None, "database")
        self.found.set_words(words)
        self.found.setVisible(bool(words))

    def is_warned(self) -> bool:
        """Whether what the records said is a warning."""
        return self._warned

    def set_beside(self, beside: bool) -> None:
        """Code and plate side by side, or one under the other where there is little room."""
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._under.set_margins((19 if beside else 0, 0, 0, 0))

    def plate_value(self) -> PlateValue:
        """(sub, main, section) as typed."""
        return self.plate_input.value()

    def kept(self) -> dict[str, str]:
        """Everything typed, for a draft."""
        return {CODE: self.code.raw(), PLATE: self.plate.raw()}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts in by their fields' keys."""
        for field in (self.code, self.plate):
            if field.key in texts:
                field.set_value(texts[field.key])

    def cells(self) -> dict[str, Cell]:
        """Code and plate."""
        return {CODE: self.code, PLATE: self.plate}

    def stops(self) -> list[QWidget]:
        """Edit, the seven boxes, the three."""
        return [self.edit, self.code, self.plate]

    def summary(self) -> list[str]:
        """«کد نوسازی ۲-۱۴-۳۰۸-۲۷-۱-۰-۰، ۴۵۵۵ فرعی از ۶۵ اصلی، بخش ۲»."""
        parts = []
        if self.code.raw():
            parts.append(f"کد نوسازی {isolate(to_persian_digits(self.code.raw()))}")
        sub, main, section = self.plate_value()
        if main:
            before = f"{sub} فرعی از " if sub else ""
            parts.append(to_persian_digits(f"{before}{main} اصلی، بخش {section}"))
        return parts

"""The panel beside the registry: where the offices lie, what the marks mean, the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.calendar import OfficeCalendar
from desktop.domain.outline import Outline
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.offices.rows import MARKS, RegistryRow, counts
from desktop.ui.standing.office_list import FOOTINGS, card_title, panel_lines
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Flow, Hairline, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.sketch.marks import Legend
from desktop.ui.widgets.sketch.sketch import Sketch
from desktop.ui.widgets.told.chip import Chip

_TITLE = "جای دفترها"


class RegistrySide(QWidget):
    """The sketch rings the chosen office; a click on it gives an office's id by `pointed`."""

    pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.counted = Label("", "small", "text2", elide=True)
        self.sketch = Sketch(_TITLE)
        self.sketch.chosen.connect(self.pointed)
        self.legend = Legend()
        head = Row(gap=8)
        head.addWidget(panel_heading(_TITLE))
        head.addWidget(self.counted, 1)
        self._line = Hairline()
        self._office = Column(gap=8)
        scroller = Scroller(gap=10, margins=(14, 16, 14, 16))
        scroller.content.addLayout(head)
        for part in (self.sketch, self.legend, self._line):
            scroller.add(part)
        scroller.content.addLayout(self._office)
        scroller.content.addStretch(1)
        self.setLayout(Column(scroller, gap=0))
        self.setAccessibleName("نقشهٔ دفترها و دفتر برگزیده")

    def set_outline(self, outline: Outline) -> None:
        """The city that the sketch shows."""
        self.sketch.set_outline(outline)

    def show_rows(self, rows: Sequence[RegistryRow]) -> None:
        """Where the offices of the list lie, and of which kinds they are."""
        marks = [row.mark for row in rows if row.mark is not None]
        self.sketch.set_places(marks)
        self.counted.setText(_counted(len(rows), len(rows) - len(marks)))
        found = counts(rows)
        self.legend.set_entries(
            [
                (MARKS[footing], to_persian_digits(f"{look.words} {found[footing.value]}"))
                for footing, look in FOOTINGS.items()
                if found.get(footing.value)
            ]
        )

    def show_office(self, row: RegistryRow | None, calendar: OfficeCalendar, now: datetime) -> None:
        """The chosen office in six lines."""
        clear(self._office)
        self._line.setVisible(row is not None)
        self.sketch.choose(row.office_id if row is not None else "")
        if row is None:
            return
        head = QWidget()
        title = Label(card_title(row.state.card), "section", weight=700, wrap=True)
        head.setLayout(Flow(title, Chip(FOOTINGS[row.state.footing]), gap=8))
        pairs = Pairs()
        for name, value in panel_lines(row.state, calendar, now):
            pairs.add(name, value)
        self._office.addWidget(head)
        self._office.addWidget(pairs)


def _counted(offices: int, without: int) -> str:
    """«۴۰ دفتر، همه با مکان»."""
    if not offices:
        return ""
    place = f"{without} دفتر مکان ندارد" if without else "همه با مکان"
    return to_persian_digits(f"{offices} دفتر، {place}" if not without else place)

"""Beside the day: the way in a sketch, the chosen visit, what the printed pack holds."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.visit_day import DayVisit, InspectorDay
from desktop.domain.calendar import format_jalali
from desktop.domain.money import format_area
from desktop.domain.office import within_city
from desktop.domain.papers import PackPart
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.place import metres
from desktop.ui.standing.lines import NOTHING
from desktop.ui.standing.visit_day import NO_RECORD
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Flow, Hairline, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.sketch.marks import Mark
from desktop.ui.widgets.sketch.sketch import Sketch, SketchName, SketchPlace
from desktop.ui.widgets.told.chip import Chip

_TITLE = "کروکی مسیر، بدون مقیاس"
_NAMED = 1_500
"""Names of what lies so many metres from a visit stand in the sketch."""


class DaySide(QWidget):
    """`pointed` gives the case of the visit whose number was clicked.

    `left_out` is what the printed pack leaves out, and takes what is unticked here.
    """

    pointed = Signal(str)

    def __init__(self, left_out: set[PackPart]) -> None:
        super().__init__()
        self._left_out = left_out
        self._answer_days = self._left = 0
        self.sketch = Sketch(_TITLE, height=190, counted=False, scaled=False)
        self.sketch.chosen.connect(self.pointed)
        self._visit = Column(gap=6)
        self.parts = {part: Tick(part.word, kind="body") for part in PackPart}
        self.sheets = Label("", "small", "text2")
        head = Row(panel_heading("بستهٔ چاپی"), gap=8)
        head.addWidget(self.sheets, 1)
        self.below = Column(gap=8)
        self.below.addLayout(head)
        for part, tick in self.parts.items():
            tick.set_value(part not in left_out)
            tick.edited.connect(partial(self._turned, part))
            self.below.addWidget(tick)
        scroller = Scroller(gap=8, margins=(12, 16, 12, 16))
        scroller.add(self.sketch)
        scroller.add(Label(_TITLE, "small", "text2"))
        scroller.content.addLayout(self._visit)
        scroller.add(Hairline())
        scroller.content.addLayout(self.below)
        scroller.content.addStretch(1)
        self.setLayout(Column(scroller, gap=0))
        self.setAccessibleName("مسیر و بازدید برگزیده")

    def chosen_parts(self) -> list[PackPart]:
        """What of each visit the pack holds."""
        return [part for part, tick in self.parts.items() if tick.value()]

    def _turned(self, part: PackPart) -> None:
        self._left_out ^= {part}
        self._tell_sheets()

    def _tell_sheets(self) -> None:
        count = self._left * len(self.chosen_parts())
        self.sheets.setText(to_persian_digits(f"{count} برگ") if count else "")

    def show_day(self, of: InspectorDay) -> None:
        """The way through the visits of which somebody knows where they are."""
        self._left = sum(visit.open for visit in of.visits)
        self._tell_sheets()
        stops = [
            SketchPlace(
                visit.case.case_id,
                float(visit.point[0]),
                float(visit.point[1]),
                Mark.RING,
                number,
                not visit.open,
            )
            for number, visit in enumerate(of.visits, start=1)
            if visit.point is not None
        ]
        self._answer_days = of.city.answer_days
        self.sketch.set_names(_names(of))
        self.sketch.set_places(stops)
        self.sketch.set_way([stop.key for stop in stops])

    def show_visit(self, visit: DayVisit | None, number: int) -> None:
        """The chosen visit; nothing while none is."""
        clear(self._visit)
        self.sketch.choose(visit.case.case_id if visit is not None else "")
        if visit is None:
            return
        head = QWidget()
        title = panel_heading(to_persian_digits(f"بازدید {number}"))
        chips = [Chip(NO_RECORD)] if visit.held is None else []
        head.setLayout(Flow(title, *chips, gap=8))
        self._visit.addWidget(head)
        address = to_persian_digits(within_city(visit.address))
        if address:
            self._visit.addWidget(Label(address, "body", weight=500, wrap=True))
        self._visit.addWidget(_pairs(visit, self._answer_days))


def _pairs(visit: DayVisit, answer_days: int) -> Pairs:
    case, pairs = visit.case, Pairs()
    code = (case.decision.code if case.decision else "") or case.request.code
    pairs.add("کد نوسازی", isolate(to_persian_digits(code)) if code else NOTHING)
    plate = case.request.plate.words if case.request.plate is not None else ""
    held = visit.held
    pairs.add("پلاک ثبتی", (held.plate if held is not None else "") or plate or NOTHING)
    if held is not None:
        pairs.add("عرصهٔ سند", area_words(held.land_by_deed))
        pairs.add("اعیان در سوابق", area_words(held.built))
        if held.last_visit is not None:
            pairs.add("بازدید پیشین", isolate(format_jalali(held.last_visit)))
    pairs.add("مهلت پاسخ", _answer_words(visit, answer_days), weight=500)
    return pairs


def _answer_words(visit: DayVisit, answer_days: int) -> str:
    """Of what has no record the days are counted from the visit itself."""
    if visit.case.no_record:
        return to_persian_digits(f"{answer_days} روز کاری پس از بازدید")
    return isolate(format_jalali(visit.case.due_on))


def area_words(text: str) -> str:
    """«۱۹۶٫۰۰ مترمربع»; of nothing known a dash."""
    area = Decimal(text or 0)
    return f"{format_area(area)} مترمربع" if area else NOTHING


def _names(of: InspectorDay) -> list[SketchName]:
    points = [visit.point for visit in of.visits if visit.point is not None]
    near = (
        place
        for place in of.city.places
        if any(metres(place.point, point) <= _NAMED for point in points)
    )
    return [SketchName(place.name, float(place.latitude), float(place.longitude)) for place in near]

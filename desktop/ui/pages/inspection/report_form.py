"""گزارش بازدید: what an inspector measured and saw there, with its pictures (DOMAIN.md §4.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.actions import visits
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.city_places import Point
from desktop.domain.counter import USES
from desktop.domain.lawful_reports import (
    TIME_FAULT,
    photo_fault,
    report_faults,
    sides_fault,
)
from desktop.domain.measured import Difference, area_of, difference
from desktop.domain.persian import to_persian_digits
from desktop.domain.place import place_fault
from desktop.domain.request import PHOTOS, SeenViolation, Side, VisitReport
from desktop.domain.service import Effect
from desktop.domain.visit_place import PropertyPlace
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.case.row_papers import RowPapers
from desktop.ui.pages.form.fields import Fields
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.inspection.asked import (
    SIDES,
    asked_building,
    asked_opinion,
    asked_photos,
    asked_plot,
    asked_sides,
    asked_violations,
    asked_when,
    violations_in,
)
from desktop.ui.pages.inspection.photos import photo_lines
from desktop.ui.pages.inspection.plot import PlotSketch
from desktop.ui.pages.inspection.times import local, moment_of, read_time
from desktop.ui.pages.municipality.gate_rows import GateRows, failing
from desktop.ui.palette import Tone
from desktop.ui.standing.telling import slot_words
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Hairline, Row
from desktop.ui.widgets.papers.document_row import DocumentRow

_LAND, _UNDERWAY, _BUILT = "land", "underway", "built"
_PHOTOS, _SKETCH = "photos", "sketch"
_ORDER = (
    "day", "time", "present", "latitude", "longitude", "place_reason",
    *(f"{row}.{key}" for row in ("deed", "length", "bound") for key, _ in SIDES),
    "land", "lane_width", "advance", "condition", "stage", "built", "floors", "units", "use",
    _PHOTOS, "photo_reason", "violations", "opinion", "result",
)  # fmt: skip
"""The fields as they stand, for the order of what is missing."""


@dataclass(frozen=True)
class Ground:
    """What is known of the property before anybody goes: its area by deed, m², and its place (None:
    nobody knows it)."""

    city: City
    land_by_deed: Decimal | None = None
    place: PropertyPlace | None = None

    @property
    def point(self) -> Point | None:
        """Its place on record."""
        return self.place.points[0] if self.place is not None and self.place.surveyed else None


class ReportForm(ActForm):
    """Five sections: presence and place, sides and bounds, the building, violations, the opinion.

    `now` is asked each time: a report is typed for an hour and longer.
    The area is reckoned from four sides; where the plot has not four, it is typed. `plot` draws it.
    """

    name = "report"
    tab = "گزارش بازدید"

    def __init__(
        self,
        case: Case,
        now: Callable[[], datetime],
        files: FormFiles,
        ground: Ground,
        *,
        narrow: bool = False,
    ) -> None:
        slot = f"نوبت: {slot_words(case.slot)}" if case.slot else ""
        super().__init__("۱. حضور و محل", slot, "ثبت گزارش", "clipboard-check")
        self.setAccessibleName("گزارش بازدید")
        self._case, self.files, self._ground = case, files, ground
        self._now, today = now, local(now()).date()
        self._reckoned = self._went = ""
        columns = 2 if narrow else 4
        parts = [Fields(columns) for _ in range(7)]
        self._when, self._sides, self._plot, self._building, self._pictures, *parts = parts
        self._found, self._opinion = parts
        self._when.ask(asked_when(today, needs_place=case.no_record))
        self._sides.ask(asked_sides())
        self._plot.ask(asked_plot())
        self._building.ask(asked_building())
        self._pictures.ask(asked_photos())
        self._found.ask(asked_violations())
        self._opinion.ask(asked_opinion())
        self._parts = (
            self._when, self._sides, self._plot, self._building, self._pictures, self._found,
            self._opinion,
        )  # fmt: skip
        self.gates = GateRows(failing(case, Effect.VISIT))
        self._lay_out()
        seen = {"present": case.attending}
        self._when.fill(seen)
        self.fields["day"].set_value(case.slot.day if case.slot else today)
        use = case.request.answers.get("use", "")
        self._building.fill({"use": use if use in USES else ""})
        for part in self._parts:
            part.edited.connect(self._arrange)
        self._arrange()

    def _lay_out(self) -> None:
        self.card.add(self._when)
        self.plot = PlotSketch()
        self._apart = Label("", "small", wrap=True)
        self._apart.hide()
        as_deed = Link("همه برابر سند")
        as_deed.clicked.connect(self._take_deed)
        sides = Card(
            "۲. ابعاد و حدود", "اندازه به متر؛ ردیف بالا طبق سند، ردیف پایین وضع موجود", gap=6
        )
        sides.head.addWidget(as_deed)
        measured = Row(gap=14)
        measured.addWidget(self._plot, 3, Qt.AlignmentFlag.AlignTop)
        measured.addWidget(self.plot, 2, Qt.AlignmentFlag.AlignTop)
        sides.add(self._sides)
        sides.body.addLayout(measured)
        sides.add(self._apart)
        sides.add(self._sketch_row())
        building = Card("۳. بنا", " ")
        building.add(self._building)
        photos = Card("عکس‌ها", "یکی از نما، یکی از گذر، و از هر تخلف یکی")
        photos.add(self._photo_row())
        self._shots = Label("", "small", "text2", wrap=True)
        photos.add(self._shots)
        photos.add(self._pictures)
        found = Card("۴. تخلف مشهود", "اگر نبود خالی بگذارید: «دیده نشد» در گزارش می‌آید")
        found.add(self._found)
        opinion = Card("۵. نظر مأمور", " ")
        opinion.add(self._opinion)
        if self.gates.rows:
            opinion.add(Hairline())
            opinion.add(Label("موارد بازدید", "small", "text2", 500))
            opinion.add(self.gates)
        for part in self._parts:
            self.know(*part.cells.values())
        self.know(*self.gates.fields())
        for row in self.gates.rows:
            self.typed.know(f"tick.{row.gate}", row.tick)
        for card in (sides, building, photos, found, opinion):
            self.column.addWidget(card)

    def _photo_row(self) -> DocumentRow:
        least = to_persian_digits(PHOTOS)
        self.photos = DocumentRow(
            _PHOTOS,
            f"عکس‌های محل، دست‌کم {least}",
            because="افزودن با F6",
            needs_number=False,
            needs_scan=True,
            original=False,
        )
        self.files.serve(self.photos)
        self.files.changed.connect(self._photographed)
        papers = RowPapers(self.files, self.photos, self._case.case_id, None)
        self.typed.know(_PHOTOS, papers, self.photos.words())
        self._tell_photos()
        return self.photos

    def _sketch_row(self) -> DocumentRow:
        """What is drawn by hand, beside the sketch of the numbers; nobody has to."""
        self.sketch = DocumentRow(
            _SKETCH, "کروکی دستی، اگر کشیده‌اید", needs_number=False, original=False
        )
        self.files.serve(self.sketch)
        papers = RowPapers(self.files, self.sketch, self._case.case_id, None)
        self.typed.know(_SKETCH, papers, self.sketch.words())
        self._tell_sketch()
        return self.sketch

    def _tell_sketch(self) -> None:
        held = self.files.papers(_SKETCH).file is not None
        self.sketch.set_state("complete" if held else "not_needed")

    def _photographed(self, _: str) -> None:
        self.photos.set_error(None)
        self._tell_photos()
        self._tell_sketch()
        self._arrange()

    def _tell_photos(self) -> None:
        file = self.files.papers(_PHOTOS).file
        enough = file is not None and file.pages >= PHOTOS
        self.photos.set_state("complete" if enough else "incomplete")

    def add_photos(self) -> None:
        """F6: choose further pictures."""
        self.photos.attaching.emit()

    # What goes with what.

    def _arrange(self, _: str = "") -> None:
        """What is asked only with something else, and what is reckoned."""
        land, underway = self._is(_LAND), self._is(_UNDERWAY)
        for key in ("built", "floors", "units"):
            self.fields[key].setVisible(not land)
        self.fields["stage"].setVisible(underway)
        self.fields["place_reason"].setVisible(bool(self._far()))
        self.fields["photo_reason"].setVisible(bool(self._photo_of_another_day()))
        pages, day = self.files.papers(_PHOTOS).pages, self.fields["day"].value()
        self._shots.setText("\n".join(photo_lines(pages, self._ground.point, day)))
        self._shots.setVisible(bool(pages))
        self._reckon()

    def _reckon(self) -> None:
        """The area of four sides that close stands in its field; where there are none it is typed
        as before."""
        lengths = self._lengths()
        closes = all(lengths) and not sides_fault(lengths)
        area = area_of([Decimal(each) for each in lengths]) if closes else None
        field = self.fields["land"]
        if area is not None:
            self._reckoned = f"{area:.2f}"
            field.set_read_only(True)
            field.set_value(self._reckoned)
        elif self._reckoned:
            self._reckoned = ""
            field.set_read_only(False)
            field.set_value("")
        self.plot.show_plot(lengths if closes else (), self._text("lane_width"))
        apart = self.difference()
        self._apart.setVisible(apart is not None and bool(apart.words))
        if apart is not None:
            words, tone = _apart_words(apart)
            self._apart.setText(words)
            self._apart.set_role(tone)

    def difference(self) -> Difference | None:
        """Of the measured sides from the deed; None where one of the two is not known."""
        if sides_fault(self._lengths()):
            return None
        city = self._ground.city
        return difference(self._side_values(), self._ground.land_by_deed, city.area_percent)

    def _take_deed(self) -> None:
        """Everything is as the deed says."""
        for key, _ in SIDES:
            if deed := self._text(f"deed.{key}"):
                self.fields[f"length.{key}"].set_value(deed)
        self._arrange()
        self.fields["bound.north"].setFocus()

    def arrange_typed(self) -> None:
        """As after typing."""
        self.gates.arrange()
        self._arrange()
        self._tell_photos()
        self._tell_sketch()

    def _is(self, condition: str) -> bool:
        return self._text("condition") == condition

    def _text(self, key: str) -> str:
        return self.fields[key].raw().strip()

    def _lengths(self) -> list[str]:
        return [_metres(self._text(f"length.{key}")) for key, _ in SIDES]

    def _far(self) -> str:
        """That the place of the report is too far from the property's, or is not given; empty where
        it is near, or where the property's is not known."""
        place, given = self._ground.place, (self._text("latitude"), self._text("longitude"))
        # What is not written right is told beside it, and so is what of no record must be written.
        if place is None or (any(given) and place_fault(*given, None)):
            return ""
        if self._case.no_record and not any(given):
            return ""
        return place.why_not(given)

    def _photo_of_another_day(self) -> str:
        day = self.fields["day"].value()
        return photo_fault(self._taken(), day) if day is not None else ""

    def _taken(self) -> tuple[date | None, ...]:
        return tuple(held.taken for held in self.files.papers(_PHOTOS).pages)

    # What is missing.

    def put_away(self) -> None:
        """What was still being read is not in the draft."""
        self.files.leave()

    def faults(self) -> Faults:
        """What a report needs (DOMAIN.md §4.5), in the order of the form."""
        found: Faults = []
        day = self.fields["day"].value()
        if day is None:
            found.append(("day", "تاریخ بازدید را مانند ۱۴۰۵/۰۹/۰۳ بنویسید."))
        if read_time(self._text("time")) is None:
            found.append(("time", TIME_FAULT))
        if self.files.busy:
            found.append((_PHOTOS, "عکس‌ها هنوز خوانده می‌شود؛ اندکی بعد دوباره ثبت کنید."))
        if (words := self._far()) and not self._text("place_reason"):
            found.append(("place_reason", words))
        # Of what can't be read yet nothing else is said.
        told = {key for key, _ in found} | ({"time", "photo_reason"} if day is None else set())
        now, city = local(self._now()), self._ground.city
        whole = report_faults(self._case, self.report(), city, now)
        found += [fault for fault in whole if fault[0] not in told]
        found.sort(key=lambda fault: _ORDER.index(fault[0]))
        return [*found, *self.gates.faults()]

    def show_faults(self, faults: Faults) -> None:
        """Also beside the pictures."""
        super().show_faults(faults)
        self.photos.set_error(dict(faults).get(_PHOTOS))

    def go_to(self, key: str) -> None:
        """Also to the pictures."""
        if key == _PHOTOS:
            self.photos.setFocus()
        else:
            super().go_to(key)

    def go_to_missing(self) -> None:
        """The next thing that is missing, round from where the keys are (F7)."""
        faults = [key for key, _ in self.faults()]
        # Below the fields of the report stand the conditions that are to be cleared.
        order = [*_ORDER, *(key for key in faults if key not in _ORDER)]
        here = self._here()
        at = order.index(here) if here in order else -1
        later = (key for key in faults if order.index(key) > at)
        target = next(later, faults[0] if faults else "")
        if target:
            self._went = target
            self.go_to(target)

    def _here(self) -> str:
        """Whose the keys are, or what was gone to last where that tells nothing."""
        places = {**self.fields, _PHOTOS: self.photos}
        return next((key for key, place in places.items() if _holds(place)), self._went)

    # What was seen.

    def _moment(self) -> datetime:
        day = self.fields["day"].value()
        return moment_of(day or local(self._now()).date(), self._text("time"))

    def _side_values(self) -> tuple[Side, ...]:
        return tuple(
            Side(
                _metres(self._text(f"deed.{key}")),
                _metres(self._text(f"length.{key}")),
                str(self.fields[f"bound.{key}"].value()),
            )
            for key, _ in SIDES
        )

    def report(self) -> VisitReport:
        """What was seen, as far as it is typed; it is filed when there are no faults."""
        land, papers = self._is(_LAND), self.files.papers(_PHOTOS)
        seen = violations_in(self._text("violations"))
        north, east, south, west = (_bound(side) for side in self._side_values())
        return VisitReport(
            visited_at=self._moment(),
            present=self.fields["present"].value(),
            land=_metres(self._text("land")),
            built="0.00" if land else _metres(self._text("built")),
            floors=0 if land else int(self._text("floors") or 0),
            units=0 if land else int(self._text("units") or 0),
            use=self._text("use"),
            condition=self._text("condition"),
            bounds=(north, east, south, west),
            lane_width=_metres(self._text("lane_width")),
            advance=_metres(self._text("advance")),
            violation="، ".join(each.kind for each in seen),
            violation_area=_sum(seen),
            latitude=self._text("latitude"),
            longitude=self._text("longitude"),
            result=self.fields["result"].value(),
            cleared=self.gates.cleared(),
            photos=papers.file,
            sides=self._side_values() if any(self._lengths()) else (),
            stage=self._text("stage") if self._is(_UNDERWAY) else "",
            violations=seen,
            opinion=self._text("opinion"),
            taken=self._taken(),
            photo_reason=self._text("photo_reason") if self._photo_of_another_day() else "",
            place_reason=self._text("place_reason") if self._far() else "",
            sketch=self.files.papers(_SKETCH).file,
        )

    def job(self, seat: Seat) -> Callable[[], None]:
        """File the report."""
        case, seen = self._case, self.report()
        return lambda: visits.report(seat, case, seen)

    def first(self) -> QWidget | None:
        """The hour: the day is the visit's already."""
        return self.fields["time"]


def _holds(field: QWidget) -> bool:
    inside = field.window().focusWidget()
    return inside is not None and (inside is field or field.isAncestorOf(inside))


def _apart_words(apart: Difference) -> tuple[str, Tone]:
    if not apart.words:
        return "", "ok"
    if apart.beyond:
        return f"{apart.words}؛ پرونده نزد کارشناس می‌رود.", "review"
    allowed = to_persian_digits(apart.allowed)
    return f"{apart.words}؛ تا {allowed}٪ پذیرفته می‌شود و در گزارش می‌آید.", "pay"


def _bound(side: Side) -> str:
    """A bound with its length where both are told."""
    both = side.bound and side.length
    return f"{side.bound}، به طول {side.length} متر" if both else side.bound


def _sum(seen: Sequence[SeenViolation]) -> str:
    areas = [Decimal(each.area) for each in seen if each.area]
    return f"{sum(areas):.2f}" if areas else ""


def _metres(words: str) -> str:
    """Decimal text with two places of what a number line gives; empty for nothing."""
    try:
        return f"{Decimal(words):.2f}" if words else ""
    except InvalidOperation:
        return ""

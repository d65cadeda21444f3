"""The inspector's forms: report (DOMAIN.md §4.5), a visit of another day, one that was missed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QWidget

from desktop.actions import visits
from desktop.actions.desk import Seat
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.case import Case
from desktop.domain.counter import CONDITIONS, HALVES, MISSED
from desktop.domain.lawful import half_too_early, too_early
from desktop.domain.persian import to_latin_digits, to_persian_digits
from desktop.domain.request import PHOTOS, Slot, VisitReport
from desktop.domain.service import Effect
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.case.row_papers import RowPapers
from desktop.ui.pages.form.fields import Asked, Fields
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.municipality.gate_rows import GateRows, failing
from desktop.ui.standing.telling import slot_words
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine, NumberLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Hairline
from desktop.ui.widgets.papers.document_row import DocumentRow

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:٫.]?([0-5][0-9])")
_SIDES = (("north", "شمال"), ("east", "شرق"), ("south", "جنوب"), ("west", "غرب"))
_USES = ("مسکونی", "تجاری", "اداری", "آموزشی", "کارگاهی", "مذهبی", "باغ", "زمین بایر", "مختلط")
_PLACES = 6
# Round the city of Yazd (DOMAIN.md §6), degrees.
_LATITUDES, _LONGITUDES = (Decimal("31.6"), Decimal("32.2")), (Decimal("54.0"), Decimal("54.7"))
_BUILT = "built"
_PHOTOS = "photos"
OTHER_DAY = "روز دیگری انجام شد"
"""The act as its button says it: whoever is sent there looks for these words."""
"""The act of a visit that took place on another day than the booked one."""


def read_time(text: str) -> tuple[int, int] | None:
    """Hour and minute of «۱۰:۳۰» or «1030»; None when it is no time."""
    found = _TIME.fullmatch(to_latin_digits(text).strip())
    return (int(found[1]), int(found[2])) if found else None


def _metres(words: str) -> str:
    """Decimal text with two places of what a number line gives; empty for nothing."""
    try:
        return f"{Decimal(words):.2f}" if words else ""
    except InvalidOperation:
        return ""


class ReportForm(ActForm):
    """گزارش بازدید: what was seen, its pictures, which failing conditions the visit clears."""

    name = "report"
    tab = "گزارش بازدید"

    def __init__(
        self, case: Case, now: datetime, files: FormFiles, *, narrow: bool = False
    ) -> None:
        slot = f"نوبت: {slot_words(case.slot)}" if case.slot else ""
        super().__init__("گزارش بازدید", slot, "ثبت گزارش", "clipboard-check")
        self._case, self.files = case, files
        self._local = now.astimezone(TEHRAN)
        columns = 2 if narrow else 4
        self.parts = [Fields(columns) for _ in range(3)]
        seen, bounds, found = self.parts
        seen.ask(self._asked_when(case, self._local.date()))
        bounds.ask(_asked_bounds())
        found.ask(_asked_found(needs_place=case.no_record))
        self.gates = GateRows(failing(case, Effect.VISIT))
        for part, words in ((seen, ""), (bounds, "حدود اربعه"), (found, "آنچه دیده شد")):
            if words:
                self.card.add(Hairline())
                self.card.add(Label(words, "small", "text2", 500))
            self.card.add(part)
            self.know(*part.cells.values())
        least = to_persian_digits(PHOTOS)
        self.photos = DocumentRow(
            _PHOTOS,
            f"عکس‌های محل، دست‌کم {least}",
            needs_number=False,
            needs_scan=True,
            original=False,
        )
        self.card.add(Hairline())
        self.card.add(self.photos)
        files.serve(self.photos)
        files.changed.connect(self._photographed)
        papers = RowPapers(files, self.photos, case.case_id, None)
        self.typed.know(_PHOTOS, papers, self.photos.words())
        self._tell_photos()
        if self.gates.rows:
            self.card.add(Hairline())
            words = "موارد بازدید"
            self.card.add(Label(words, "small", "text2", 500))
            self.card.add(self.gates)
            self.know(*self.gates.fields())
            for row in self.gates.rows:
                self.typed.know(f"tick.{row.gate}", row.tick)
        seen.fill({"present": case.attending})
        self.fields["day"].set_value(case.slot.day if case.slot else self._local.date())
        use = case.request.answers.get("use", "")
        found.fill({"use": use if use in _USES else ""})
        found.edited.connect(self._arrange)
        self._arrange()

    def _photographed(self, _: str) -> None:
        self.photos.set_error(None)
        self._tell_photos()

    def _tell_photos(self) -> None:
        file = self.files.papers(_PHOTOS).file
        enough = file is not None and file.pages >= PHOTOS
        self.photos.set_state("complete" if enough else "incomplete")

    @staticmethod
    def _asked_when(case: Case, today: date) -> list[Asked]:
        return [
            Asked("day", "تاریخ بازدید", lambda: DateLine(today, "past")),
            Asked("time", "ساعت", lambda: TextLine(max_length=5, placeholder="۱۰:۳۰")),
            Asked("present", "حاضرین", lambda: TextLine(max_length=120), 2),
        ]

    def _arrange(self, _: str = "") -> None:
        """Bare land has no floors; a violation has an area."""
        land = self._text("condition") == "land"
        for key in ("built", "floors", "units"):
            self.fields[key].setVisible(not land)
        self.fields["violation_area"].setVisible(bool(self._text("violation")))

    def arrange_typed(self) -> None:
        """As after typing."""
        self.gates.arrange()
        self._arrange()
        self._tell_photos()

    def _text(self, key: str) -> str:
        return self.fields[key].raw().strip()

    def faults(self) -> Faults:
        """What a report needs (DOMAIN.md §4.5)."""
        return [
            *self._faults_when(),
            *self._faults_found(),
            *self._faults_of_photos(),
            *self.gates.faults(),
        ]

    def _faults_when(self) -> Faults:
        found: Faults = []
        day = self.fields["day"].value()
        if day is None:
            found.append(("day", "تاریخ بازدید را مانند ۱۴۰۵/۰۹/۰۳ بنویسید."))
        elif day > self._local.date():
            found.append(("day", "تاریخ بازدید نمی‌تواند پس از امروز باشد."))
        elif day < self._case.request.received_on:
            found.append(("day", "تاریخ بازدید نمی‌تواند پیش از ثبت درخواست باشد."))
        elif self._case.slot is not None and day != self._case.slot.day:
            booked = format_jalali(self._case.slot.day)
            words = f"نوبت {booked} است؛ اگر روز دیگری بود، «{OTHER_DAY}» را ثبت کنید."
            found.append(("day", words))
        if read_time(self._text("time")) is None:
            found.append(("time", "ساعت بازدید را مانند ۱۰:۳۰ بنویسید."))
        elif day == self._local.date() and self._moment() > self._local:
            found.append(("time", "این ساعت هنوز نرسیده است."))
        elif day is not None and (words := too_early(self._case, self._moment())):
            found.append(("time", words))
        if not self._text("present"):
            found.append(("present", "نام حاضرین را بنویسید."))
        return found

    def _faults_found(self) -> Faults:
        found: Faults = []
        for key, side in _SIDES:
            if not self._text(f"bound.{key}"):
                found.append((f"bound.{key}", f"حد {side} را بنویسید."))
        if not self._text("condition"):
            found.append(("condition", "وضعیت کنونی را برگزینید."))
        if not _positive(self._text("land")):
            found.append(("land", "مساحت عرصه را به مترمربع بنویسید."))
        if self._text("condition") == _BUILT:
            if not _positive(self._text("built")):
                found.append(("built", "مساحت اعیان را به مترمربع بنویسید."))
            if not self._text("floors"):
                found.append(("floors", "شمار طبقه‌ها را بنویسید."))
        if not _positive(self._text("lane_width")):
            found.append(("lane_width", "عرض گذر را به متر بنویسید."))
        if not self._text("use"):
            found.append(("use", "کاربری وضع موجود را برگزینید."))
        if self._text("violation") and not _positive(self._text("violation_area")):
            found.append(("violation_area", "متراژ تخلف را بنویسید."))
        found += self._faults_of_place()
        if not self._text("result"):
            found.append(("result", "نتیجهٔ بازدید را بنویسید."))
        return found

    def _faults_of_photos(self) -> Faults:
        if self.files.busy:
            return [(_PHOTOS, "عکس‌ها هنوز خوانده می‌شود؛ اندکی بعد دوباره ثبت کنید.")]
        file = self.files.papers(_PHOTOS).file
        if file is None or file.pages < PHOTOS:
            words = to_persian_digits(f"دست‌کم {PHOTOS} عکس از محل پیوست کنید.")
            return [(_PHOTOS, words)]
        return []

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

    def _faults_of_place(self) -> Faults:
        found: Faults = []
        given = [self._text("latitude"), self._text("longitude")]
        if not any(given) and not self._case.no_record:
            return found
        spans = (("latitude", "عرض", _LATITUDES), ("longitude", "طول", _LONGITUDES))
        for key, word, (least, most) in spans:
            text = self._text(key)
            degrees = Decimal(text) if re.fullmatch(r"[0-9]+\.?[0-9]*", text) else Decimal(0)
            if not least <= degrees <= most:
                limits = to_persian_digits(f"{least} تا {most}").replace(".", "٫")
                found.append((key, f"{word} جغرافیایی در یزد از {limits} است."))
        return found

    def _moment(self) -> datetime:
        day: date = self.fields["day"].value()
        hour, minute = read_time(self._text("time")) or (0, 0)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TEHRAN)

    def report(self) -> VisitReport:
        """What was seen; only when there are no faults."""
        land = self._text("condition") == "land"
        return VisitReport(
            visited_at=self._moment(),
            present=self.fields["present"].value(),
            land=_metres(self._text("land")),
            built="0.00" if land else _metres(self._text("built")),
            floors=0 if land else int(self._text("floors") or 0),
            units=0 if land else int(self._text("units") or 0),
            use=self._text("use"),
            condition=self._text("condition"),
            bounds=(
                self._bound("north"),
                self._bound("east"),
                self._bound("south"),
                self._bound("west"),
            ),
            lane_width=_metres(self._text("lane_width")),
            advance=_metres(self._text("advance")),
            violation=self.fields["violation"].value(),
            violation_area=_metres(self._text("violation_area")) if self._text("violation") else "",
            latitude=self._text("latitude"),
            longitude=self._text("longitude"),
            result=self.fields["result"].value(),
            cleared=self.gates.cleared(),
            photos=self.files.papers(_PHOTOS).file,
        )

    def _bound(self, key: str) -> str:
        """A bound with its length where it was measured."""
        length = _metres(self._text(f"length.{key}"))
        words = str(self.fields[f"bound.{key}"].value())
        return f"{words}، به طول {length} متر" if length else words

    def job(self, seat: Seat) -> Callable[[], None]:
        """File the report."""
        case, seen = self._case, self.report()
        return lambda: visits.report(seat, case, seen)

    def first(self) -> QWidget | None:
        """The hour: the day is the visit's already."""
        return self.fields["time"]


def _positive(text: str) -> bool:
    try:
        return bool(text) and Decimal(text) > 0
    except InvalidOperation:
        return False


def _asked_bounds() -> list[Asked]:
    asked = []
    for key, side in _SIDES:
        asked.append(Asked(f"bound.{key}", f"حد {side}", lambda: TextLine(max_length=80)))
        asked.append(
            Asked(f"length.{key}", f"طول {side}", lambda: NumberLine(unit="متر"), optional=True)
        )
    return asked


def _asked_found(*, needs_place: bool) -> list[Asked]:
    free = not needs_place
    return [
        Asked("condition", "وضعیت کنونی", lambda: Segments([*CONDITIONS.items()]), 2),
        Asked("land", "مساحت عرصه", lambda: NumberLine(unit="مترمربع")),
        Asked("built", "مساحت اعیان", lambda: NumberLine(unit="مترمربع")),
        Asked("floors", "طبقه‌ها", lambda: DigitsLine(2)),
        Asked("units", "واحدها", lambda: DigitsLine(3), optional=True),
        Asked("use", "کاربری وضع موجود", lambda: ListChoice([(use, use) for use in _USES])),
        Asked("lane_width", "عرض گذر", lambda: NumberLine(unit="متر")),
        Asked("advance", "پیشروی همسایه‌ها", lambda: NumberLine(unit="متر"), optional=True),
        Asked("latitude", "عرض جغرافیایی", lambda: NumberLine(places=_PLACES), optional=free),
        Asked("longitude", "طول جغرافیایی", lambda: NumberLine(places=_PLACES), optional=free),
        Asked("violation", "تخلف مشهود", lambda: TextLine(max_length=120), optional=True),
        Asked("violation_area", "متراژ تخلف", lambda: NumberLine(unit="مترمربع")),
        Asked("result", "نتیجه", lambda: Prose(lines=2, max_length=1000), 99),
    ]


class OtherDayForm(ActForm):
    """بازدید در روز دیگری انجام شد: the day, which half of it, and why."""

    name = "other-day"
    tab = "روز دیگر"

    def __init__(self, case: Case, today: date) -> None:
        booked = f"نوبت: {slot_words(case.slot)}" if case.slot else ""
        super().__init__(f"بازدید در {OTHER_DAY}", booked, "ثبت روز بازدید", "calendar-check")
        self._case, self._today = case, today
        self.day = FormField("روز بازدید", DateLine(today, "past"), key="day")
        halves = [(str(half), words) for half, words in HALVES.items()]
        self.half = FormField("ساعت", Segments(halves), key="half")
        self.reason = FormField("دلیل", TextLine(max_length=200), key="reason")
        self.add(self.day, self.half, self.reason)

    def faults(self) -> Faults:
        """A day that was, other than the booked one, and why."""
        found: Faults = []
        day, slot = self.day.value(), self._case.slot
        if day is None:
            found.append(("day", "روز بازدید را مانند ۱۴۰۵/۰۹/۰۳ بنویسید."))
        elif day > self._today:
            found.append(("day", "روز بازدید نمی‌تواند پس از امروز باشد."))
        elif day < self._case.request.received_on:
            found.append(("day", "روز بازدید نمی‌تواند پیش از ثبت درخواست باشد."))
        elif slot is not None and day == slot.day:
            found.append(("day", "نوبت بازدید برای همین روز است؛ گزارش را ثبت کنید."))
        if not self.half.value():
            found.append(("half", "ساعت بازدید را برگزینید."))
        elif day is not None and (words := half_too_early(self._case, self._slot())):
            found.append(("half", words))
        if not self.reason.value():
            found.append(("reason", "دلیل انجام بازدید در روز دیگر را بنویسید."))
        return found

    def _slot(self) -> Slot:
        district = self._case.slot.district if self._case.slot is not None else 0
        return Slot(self.day.value(), int(self.half.value()), district)

    def job(self, seat: Seat) -> Callable[[], None]:
        """Move the visit to its day."""
        case, reason, slot = self._case, self.reason.value(), self._slot()
        return lambda: visits.held_on(seat, case, slot, reason)


class MissForm(ActForm):
    """بازدید انجام نشد: the cause decides whether the fee is due again."""

    name = "miss"
    tab = "بازدید نشد"

    def __init__(self, case: Case) -> None:
        words = "اگر متقاضی در محل نبود، هزینهٔ بازدید دوباره گرفته می‌شود."
        super().__init__("بازدید انجام نشد", words, "ثبت عدم انجام بازدید", "clock-exclamation")
        self._case = case
        self.cause = FormField("علت", ListChoice([*MISSED.items()]), key="cause")
        self.note = FormField("توضیح", Prose(lines=2), key="note", optional=True)
        self.add(self.cause, self.note)

    def faults(self) -> Faults:
        """The cause is asked."""
        return [] if self.cause.value() else [("cause", "علت را برگزینید.")]

    def job(self, seat: Seat) -> Callable[[], None]:
        """Tell that nothing was seen."""
        case, cause, note = self._case, self.cause.value(), self.note.value()
        return lambda: visits.miss(seat, case, cause, note)

"""How else a booked visit may end: on another day than the booked one, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from desktop.actions import visits
from desktop.actions.desk import Seat
from desktop.domain.case import Case
from desktop.domain.counter import AT_THE_DOOR, MISSED, SEEN_THERE
from desktop.domain.lawful import half_too_early
from desktop.domain.lawful_reports import missed_faults
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import Slot
from desktop.ui.city_words import halves_on
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.case.row_papers import RowPapers
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.inspection.times import local, moment_of, read_time
from desktop.ui.standing.telling import slot_words
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.layouts import Hairline
from desktop.ui.widgets.papers.document_row import DocumentRow

OTHER_DAY = "روز دیگری انجام شد"
"""The act of a visit that took place on another day than the booked one, as its button says it."""
_DOOR = "door"


class OtherDayForm(ActForm):
    """بازدید در روز دیگری انجام شد: the day, which half of it, and why."""

    name = "other-day"
    tab = "روز دیگر"

    def __init__(self, case: Case, today: date) -> None:
        booked = f"نوبت: {slot_words(case.slot)}" if case.slot else ""
        super().__init__(f"بازدید در {OTHER_DAY}", booked, "ثبت روز بازدید", "calendar-check")
        self._case, self._today = case, today
        self.day = FormField("روز بازدید", DateLine(today, "past"), key="day")
        halves = [(str(half), each.words) for half, each in halves_on(today).items()]
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
        elif day is not None and (
            words := half_too_early(self._case, self._slot(), halves_on(day))
        ):
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
    """بازدید انجام نشد: why, when the inspector stood there, the door.

    The cause decides whether the fee is due again. Of a visit that is to come only the cause is
    asked: nobody has been there.
    """

    name = "miss"
    tab = "بازدید نشد"

    def __init__(self, case: Case, now: Callable[[], datetime], files: FormFiles) -> None:
        whose = to_persian_digits(case.request.party.name)
        words = f"{whose}. اگر در محل نبود، هزینهٔ بازدید دوباره گرفته می‌شود."
        super().__init__("بازدید انجام نشد", words, "ثبت عدم انجام", "clock-exclamation")
        self._case, self.files = case, files
        self._now, self._today = now, local(now()).date()
        # Nobody stands there before the day: then it can only be called off.
        self._been = case.slot is None or case.slot.day <= self._today
        causes = SEEN_THERE if self._been else ("cancelled",)
        options = [(cause, MISSED[cause]) for cause in causes]
        self.cause = FormField("علت", Segments(options), key="cause")
        self.time = FormField(
            "ساعت رسیدن", TextLine(max_length=5, placeholder="ساعت:دقیقه"), key="time"
        )
        self.note = FormField("توضیح", Prose(lines=2), key="note", optional=True)
        self.add(self.cause, self.time, self.note)
        self.door = DocumentRow(
            _DOOR, "عکس در یا محل", needs_number=False, needs_scan=True, original=False
        )
        self.card.add(Hairline())
        self.card.add(self.door)
        files.serve(self.door)
        files.changed.connect(lambda _: self._tell_door())
        papers = RowPapers(files, self.door, case.case_id, None)
        self.typed.know(_DOOR, papers, self.door.words())
        self.cause.edited.connect(self._tell_door)
        self.time.setVisible(self._been)
        self.door.setVisible(self._been)
        self._tell_door()

    def arrange_typed(self) -> None:
        """As after typing."""
        self._tell_door()

    def _tell_door(self) -> None:
        self.door.set_error(None)
        wanted = self.cause.value() in AT_THE_DOOR
        held = self.files.papers(_DOOR).file is not None
        self.door.set_state("complete" if held else "incomplete" if wanted else "not_needed")

    def put_away(self) -> None:
        """What was still being read is not in the draft."""
        self.files.leave()

    def faults(self) -> Faults:
        """The cause is asked, the hour, and of what the citizen may pay for the door."""
        photo, now = self.files.papers(_DOOR).file, local(self._now())
        slot = self._case.slot
        halves = halves_on(slot.day if slot is not None else now.date())
        found = [*missed_faults(self._case, self.cause.value(), self._moment(), photo, now, halves)]
        if self.files.busy:
            found = [fault for fault in found if fault[0] != _DOOR]
            found.append((_DOOR, "عکس هنوز خوانده می‌شود؛ اندکی بعد دوباره ثبت کنید."))
        return found

    def show_faults(self, faults: Faults) -> None:
        """Also beside the picture."""
        super().show_faults(faults)
        self.door.set_error(dict(faults).get(_DOOR))

    def go_to(self, key: str) -> None:
        """Also to the picture."""
        if key == _DOOR:
            self.door.setFocus()
        else:
            super().go_to(key)

    def _moment(self) -> datetime | None:
        """When he stood there, as far as it is typed; of a visit to come there is none."""
        slot = self._case.slot
        if not self._been or read_time(self.time.raw()) is None:
            return None
        return moment_of(slot.day if slot else self._today, self.time.raw())

    def job(self, seat: Seat) -> Callable[[], None]:
        """Tell that nothing was seen."""
        case, cause, note = self._case, self.cause.value(), self.note.value()
        at, photo = self._moment(), self.files.papers(_DOOR).file
        return lambda: visits.miss(seat, case, cause, note, at=at, photo=photo)

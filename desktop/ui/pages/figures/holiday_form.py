"""A day, or some days in a row, set as holidays or cleared in the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from desktop.actions import publishing
from desktop.actions.desk import Seat
from desktop.actions.municipal_data import KindLook, SheetDraft
from desktop.domain.calendar import format_long, iso_jalali
from desktop.domain.persian import to_persian_digits
from desktop.forms.holidays import Holiday
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.figures.calendar_list import KINDS
from desktop.ui.pages.figures.data_form import DataForm
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.segments import Segments

_NO_DAY = "روز را بنویسید."
_OFF, _ON = "holiday", "works"
_MOST = 31
"""So many days in a row are set at once."""


class HolidayForm(DataForm):
    """Begun with the day that is chosen; the calendar holds as soon as two have signed it."""

    name = "municipal-data-day"

    def __init__(self, look: KindLook, day: date) -> None:
        super().__init__(
            f"تقویم: {format_long(day)}", "با امضای نفر دوم، از همان هنگام در همهٔ دفترها"
        )
        self.subject = f"{look.kind}:{iso_jalali(day)}"
        self._day = day
        held = look.holidays.get(day)
        self._state = Segments([(_OFF, "تعطیل رسمی"), (_ON, "روز کاری")])
        self._state.set_value(_OFF)
        self.state = FormField("این روز", self._state, key="state")
        self._last = DateLine(look.today, "future")
        self.last = FormField("تا پایان روز", self._last, key="last", optional=True)
        occasion = TextLine(max_length=120)
        occasion.set_value(held.title if held else "")
        self.occasion = FormField("مناسبت", occasion, key="occasion")
        kind = Segments([*KINDS.items()])
        kind.set_value(held.kind if held else next(iter(KINDS)))
        self.kind = FormField("نوع", kind, key="holiday_kind")
        self.put(3, (self.state, 1), (self.last, 1), (self.kind, 1), (self.occasion, 3))
        self._state.edited.connect(self.arrange_typed)
        self.put_signing()

    def arrange_typed(self) -> None:
        """What is asked of a holiday only."""
        off = self._state.value() == _OFF
        self.occasion.setVisible(off)
        self.kind.setVisible(off)

    def typed_faults(self) -> Faults:
        """A holiday without its occasion, and days that are none or too many."""
        found: Faults = []
        last = self._last.value()
        if self._last.raw().strip() and last is None:
            found.append(("last", self._last.fault() or _NO_DAY))
        elif last is not None and not timedelta() <= last - self._day < timedelta(days=_MOST):
            words = f"پس از {format_long(self._day)} است و دورتر از {_MOST} روز نیست."
            found.append(("last", to_persian_digits(f"روز پایان {words}")))
        if self._state.value() == _OFF and not str(self.occasion.value()).strip():
            found.append(("occasion", "مناسبت را بنویسید."))
        return found

    def drafting(self, seat: Seat) -> Callable[[], SheetDraft]:
        """The calendar as it stands by then, with these days otherwise."""
        last = self._last.value() or self._day
        days = [self._day + timedelta(days=n) for n in range((last - self._day).days + 1)]
        holiday = None
        if self._state.value() == _OFF:
            title = to_persian_digits(str(self.occasion.value()).strip())
            holiday = Holiday(title, str(self.kind.value()))
        return lambda: SheetDraft(publishing.days_draft(seat.desk, days, holiday))

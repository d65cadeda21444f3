"""Days on which an office keeps hours of its own: a holiday open, a day shut, a month's hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from desktop.actions import access, offices, publishing
from desktop.actions.desk import Seat
from desktop.actions.office_card import OfficeLook
from desktop.domain.errors import Refusal
from desktop.domain.group_hours import MOST_DAYS, DaysSet
from desktop.domain.hours import Hours, Span, read_spans
from desktop.domain.office import FAR_DAY, is_far
from desktop.domain.office_words import days_words, special_words
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import FOR_SECOND, SignedForm
from desktop.ui.pages.office.forms import coming_words, too_early
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import Label

_OPEN, _SHUT, _WEEK = "open", "shut", "week"
_NO_DAY = "روز را بنویسید."
_NO_HOURS = "ساعت کار این روزها را بنویسید."
_NONE = "در این روزها دفتر باز نیست؛ روزی عوض نمی‌شود."
_SAME = "این روزها همین‌گونه است؛ چیزی عوض نشده است."
_TOO_SOON = "روز ویژه زودتر از فردا نیست."
_TOLD = (
    "روز ویژه بر ساعت هفته و بر تعطیل رسمی مقدم است: روز تعطیلی که دفتر باز است، روزی که بسته است،"
    " یا ساعت ماه رمضان."
)
_SHUT_TOO = "روزهایی که دفتر بسته است نیز باز باشد"


class DaysSetForm(SignedForm):
    """One day, or several in a row: open in other hours, shut, or as the week says again.

    Of several days those on which an office is shut stay shut, unless somebody says otherwise.
    """

    def __init__(self, heading: str, beside: str, today: date) -> None:
        super().__init__(heading, beside, FOR_SECOND, "send")
        self._today = today
        self.card.add(Label(_TOLD, wrap=True))
        self._first, self._last = DateLine(today, "future"), DateLine(today, "future")
        self.first_day = FormField("از روز", self._first, key="first")
        self.last_day = FormField("تا پایان روز", self._last, key="last", optional=True)
        self._state = Segments([(_OPEN, "باز"), (_SHUT, "بسته"), (_WEEK, "مانند هر هفته")])
        self._state.set_value(_OPEN)
        self.state = FormField("این روزها", self._state, key="days_state")
        self.times = FormField("ساعت کار", TextLine(max_length=60), key="times", topic="hours")
        self._shut_too = Tick(_SHUT_TOO)
        self.shut_too = FormField("", self._shut_too, key="shut_too")
        self.reason = FormField("دلیل", Prose(lines=1, max_length=400), key="reason", optional=True)

    def put_days(self, *told: QWidget) -> None:
        """The days with their hours, then what is told of them, reason and password."""
        self.put(3, (self.first_day, 1), (self.last_day, 1), (self.state, 1))
        self.put(3, (self.times, 1), (self.shut_too, 2))
        for each in told:
            self.card.add(each)
        self.put(3, (self.reason, 3))
        self.put_password()
        for control in (self._state, self._last):
            control.edited.connect(self.arrange_typed)
        self.arrange_typed()

    def arrange_typed(self) -> None:
        """Hours are asked of days that are open; of several, whether of those shut too."""
        opens = self._state.value() == _OPEN
        self.times.setVisible(opens)
        self.shut_too.setVisible(opens and bool(self._last.raw().strip()))

    def faults(self) -> Faults:
        """Days that are none, or are over; hours that can't be read."""
        return self._day_faults() + (self._hours_faults() if self._state.value() == _OPEN else [])

    def _first_fault(self, first: date) -> str:
        return _TOO_SOON if first <= self._today else ""

    def _day_faults(self) -> Faults:
        first, last = self._first.value(), self._last.value()
        found: Faults = []
        if first is None:
            found.append(("first", self._first.fault() or _NO_DAY))
        elif is_far(first, self._today):
            found.append(("first", FAR_DAY))
        elif fault := self._first_fault(first):
            found.append(("first", fault))
        if self._last.raw().strip() and last is None:
            found.append(("last", self._last.fault() or _NO_DAY))
        elif first is not None and last is not None and last < first:
            found.append(("last", "روز پایان پیش از روز آغاز است."))
        elif first is not None and last is not None and last - first >= timedelta(days=MOST_DAYS):
            words = f"از روز آغاز تا روز پایان بیش از {MOST_DAYS} روز نیست."
            found.append(("last", to_persian_digits(words)))
        return found

    def _hours_faults(self) -> Faults:
        try:
            spans = read_spans(str(self.times.value()))
        except Refusal as no:
            return [("times", no.words)]
        return [] if spans else [("times", _NO_HOURS)]

    def days_set(self) -> DaysSet:
        """What is asked for; only where no fault is."""
        first = self._first.value()
        assert first is not None
        last = self._last.value() or first
        return DaysSet(first, last, self._spans(), shut_too=bool(self._shut_too.value()))

    def _spans(self) -> tuple[Span, ...] | None:
        if self._state.value() == _OPEN:
            return read_spans(str(self.times.value()))
        return () if self._state.value() == _SHUT else None


class DaysForm(DaysSetForm):
    """The days of one office."""

    name = "office-days"

    def __init__(self, look: OfficeLook, today: date) -> None:
        beside = coming_words(look) if look.coming is not None else "با امضای نفر دوم"
        super().__init__("روزهای ویژه", beside, today)
        self._look = look
        self._hours = look.newest.hours or Hours()
        known = special_words(self._hours.special, today)
        if known:
            told = "؛ ".join(f"{days}، {hours}" for days, hours in known)
            self.card.add(Label(f"ثبت‌شده: {told}.", "small", "text2", wrap=True))
        self.put_days()

    def faults(self) -> Faults:
        """Days and hours that can't be; days that can't be changed any more, or are so already."""
        found = super().faults()
        if not found:
            if not self._days():
                found.append(("first", _NONE))
            elif self._changed() == self._hours:
                found.append(("days_state", _SAME))
        return found + self.password_fault()

    def _first_fault(self, first: date) -> str:
        since = self._look.since
        if first < since and since > self._today + timedelta(days=1):
            return too_early(self._look)
        return super()._first_fault(first)

    def _days(self) -> list[date]:
        """The days that are meant."""
        return self.days_set().days(self._hours, self._look.calendar)

    def _changed(self) -> Hours:
        return self._hours.with_days(self._days(), self._spans())

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put the office's card forward with these days."""
        days = self._days()
        card = replace(self._look.newest, hours=self._changed())
        draft = offices.office_draft([(card, self._look.since)])
        self.publication = draft.publication
        self.done = f"ساعت کار {days_words(days[0], days[-1])} منتظر امضای دوم است."
        reason, password = str(self.reason.value()), str(self.password.value())

        def do() -> None:
            access.confirm(seat, password)
            publishing.put_forward(seat, draft, reason)

        return do

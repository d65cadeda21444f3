"""What the counter asks of a case in place: withdrawal, missing documents, another half-day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.actions import counter_acts, visits
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_day_month, weekday
from desktop.domain.case import Case
from desktop.domain.papers import Defect
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import Slot
from desktop.domain.service import Service
from desktop.ui.city_words import district_name, half_words
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.standing.telling import slot_words
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.slot import SlotChoice, SlotLook
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row
from desktop.wire.payloads import SlotBody

_FAULTS = (
    ("missing", "ارائه نشده است"),
    ("unreadable", "خوانا نیست"),
    ("expired", "اعتبار آن گذشته است"),
    ("other", "با درخواست مطابقت ندارد"),
)


class WithdrawForm(ActForm):
    """انصراف متقاضی."""

    name = "withdraw"
    tab = "انصراف"

    def __init__(self, case: Case) -> None:
        words = (
            "پرونده بسته می‌شود و دوباره باز نمی‌شود؛ هزینهٔ کار انجام‌نشده را مسئول دفتر برمی‌گرداند."
        )
        super().__init__("انصراف متقاضی", words, "ثبت انصراف", "x")
        self._case_id = case.case_id
        self.reason = FormField("دلیل انصراف", Prose(lines=2), key="reason")
        self.add(self.reason)

    def faults(self) -> Faults:
        """The reason is asked."""
        return [] if self.reason.value() else [("reason", "دلیل انصراف را بنویسید.")]

    def job(self, seat: Seat) -> Callable[[], None]:
        """Withdraw."""
        case_id, reason = self._case_id, self.reason.value()
        return lambda: counter_acts.withdraw(seat, case_id, reason)


class _DefectRow(QWidget):
    """A document: is it wrong, what is wrong with it, how to mend it."""

    def __init__(self, title: str, remedy: str) -> None:
        super().__init__()
        self.title = title
        self.tick = Tick(title)
        self.fault = ListChoice(_FAULTS)
        self.fault.set_value("missing")
        self.fault.setAccessibleName(f"{title}: نوع ایراد")
        line = TextLine(max_length=200)
        line.set_value(remedy or "اصل مدرک ارائه شود.")
        line.setAccessibleName(f"{title}: نحوهٔ رفع")
        self.remedy = FormField("", line, key="remedy")
        row = Row(gap=10)
        row.addWidget(self.tick)
        row.addStretch(1)
        row.addWidget(self.fault)
        column = Column(gap=4)
        column.addLayout(row)
        column.addWidget(self.remedy)
        self.setLayout(column)
        self.tick.edited.connect(self.arrange)
        self.arrange()

    def arrange(self) -> None:
        """Only a wrong document has a fault to choose."""
        for line in (self.fault, self.remedy):
            line.setVisible(self.tick.value())

    def defect(self) -> Defect | None:
        """What is wrong, or None."""
        if not self.tick.value():
            return None
        fault = dict(_FAULTS).get(self.fault.value(), "")
        return Defect(self.title, fault, str(self.remedy.value()))


class LackForm(ActForm):
    """نقص مدارک: rows of document, fault and remedy; the notice is printed after it."""

    name = "lack"
    tab = "نقص مدارک"

    def __init__(self, case: Case, service: Service | None) -> None:
        words = "پرونده تا رفع نقص متوقف می‌ماند؛ اعلام نقص برای متقاضی چاپ می‌شود."
        super().__init__("اعلام نقص مدارک", words, "ثبت و چاپ اعلام نقص", "paperclip")
        self._case_id = case.case_id
        remedies = {d.title: d.remedy for d in service.documents} if service else {}
        self.rows = []
        for document in case.request.documents:
            row = _DefectRow(document.title, remedies.get(document.title, ""))
            self.rows.append(row)
            self.card.add(row)
            row.tick.edited.connect(self.banner.hide)
            parts = {"seen": row.tick, "fault": row.fault, "remedy": row.remedy.control}
            for part, control in parts.items():
                self.typed.know(f"{part}.{document.key}", control)
        self.card.add(Hairline())
        self.comment = FormField("توضیح", Prose(lines=2), key="comment", optional=True)
        self.add(self.comment)

    def first(self) -> QWidget | None:
        """The first document."""
        return self.rows[0].tick if self.rows else self.comment

    def arrange_typed(self) -> None:
        """Only wrong documents have a fault to choose."""
        for row in self.rows:
            row.arrange()

    def defects(self) -> tuple[Defect, ...]:
        """The documents that are wrong."""
        return tuple(d for row in self.rows if (d := row.defect()) is not None)

    def faults(self) -> Faults:
        """Something must be wrong, each with a fault and a remedy."""
        found: Faults = []
        if not self.defects() and not self.comment.value():
            return [("defects", "مدرک ناقص را برگزینید یا کمبود را بنویسید.")]
        for number, row in enumerate(self.rows):
            defect = row.defect()
            if defect is not None and not defect.fault:
                found.append((f"fault.{number}", f"ایراد «{defect.document}» را برگزینید."))
            elif defect is not None and not defect.remedy:
                found.append((f"remedy.{number}", f"راه رفع ایراد «{defect.document}» را بنویسید."))
        return found

    def go_to(self, key: str) -> None:
        """Also into the row of a document."""
        part, _, number = key.partition(".")
        if part == "defects" and self.rows:
            self.rows[0].tick.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif number:
            row = self.rows[int(number)]
            line = row.fault if part == "fault" else row.remedy
            line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().go_to(key)

    def job(self, seat: Seat) -> Callable[[], None]:
        """Tell the case's documents missing."""
        case_id, comment, defects = self._case_id, self.comment.value(), self.defects()
        return lambda: counter_acts.lack_documents(seat, case_id, comment, defects)


MANY_SLOTS = 4
"""So many free half-days are asked for: the one that the case has may be among them."""


class MoveForm(ActForm):
    """جابه‌جایی نوبت: the soonest free half-days, and why."""

    name = "move"
    tab = "نوبت"

    def __init__(self, case: Case) -> None:
        now = f"نوبت کنونی: {slot_words(case.slot)}" if case.slot else ""
        super().__init__("جابه‌جایی نوبت بازدید", now, "ثبت نوبت تازه", "calendar-event")
        self._case = case
        self._slots: dict[str, Slot] = {}
        self.waiting = Label("نوبت‌های آزاد از مرکز پرسیده می‌شود…", role="text2")
        self.card.add(self.waiting)
        self.choice = SlotChoice()
        self.slot = FormField("نوبت تازه", self.choice, key="slot")
        self.slot.hide()
        self.reason = FormField("دلیل جابه‌جایی", TextLine(max_length=200), key="reason")
        self.add(self.slot, self.reason)
        # Another moment offers other half-days.
        self.typed.let_pass("slot")

    def first(self) -> QWidget | None:
        """The soonest half-day; the reason, until there are some."""
        return self.choice.cards[0] if self.choice.cards else self.reason

    def show_slots(self, found: Sequence[SlotBody], taken: Slot | None) -> None:
        """The free half-days but the one the case has."""
        free = [Slot(s.day, s.half, s.district) for s in found]
        looks = []
        for slot, body in zip(free, found, strict=True):
            if slot == taken:
                continue
            key = f"{slot.day.isoformat()}/{slot.half}"
            self._slots[key] = slot
            left = to_persian_digits(f"{body.left} جای خالی")
            detail = f"{district_name(slot.district)}، {left}"
            hours = half_words(slot.day, slot.half)
            looks.append(SlotLook(key, _day(slot.day), hours, detail))
        looks = looks[:3]
        self.choice.set_slots(looks)
        self.slot.setVisible(bool(looks))
        self.waiting.setText("نوبت آزادی نیست؛ فردا دوباره بررسی کنید.")
        self.waiting.setVisible(not looks)
        if looks and not self.reason.value():
            self.choice.cards[0].setFocus()

    def choose(self, number: int) -> bool:
        """The half-day with this number; whether there is one."""
        if not 0 < number <= len(self.choice.cards):
            return False
        self.choice.cards[number - 1].click()
        return True

    def no_slots(self, words: str) -> None:
        """The centre could not be asked."""
        self.waiting.setText(words)

    def faults(self) -> Faults:
        """A slot and a reason."""
        found: Faults = []
        if not self.choice.cards:
            # There is nothing to choose, and nowhere to lead to.
            found.append(("slots", self.waiting.text()))
        elif not self.choice.value():
            found.append(("slot", "نوبت تازه را برگزینید."))
        if not self.reason.value():
            found.append(("reason", "دلیل جابه‌جایی را بنویسید."))
        return found

    def job(self, seat: Seat) -> Callable[[], None]:
        """Ask for the other half-day."""
        case, reason = self._case, self.reason.value()
        slot = self._slots[self.choice.value()]
        return lambda: visits.move(seat, case, slot, reason)


def _day(day: date) -> str:
    return f"{weekday(day)} {format_day_month(day)}"

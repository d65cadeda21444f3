"""Taking a visit's half-day: the three soonest, other days, who is there, the fee with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.calendar import format_day_month, weekday
from desktop.domain.case import Case
from desktop.domain.persian import to_persian_digits
from desktop.domain.request import Slot
from desktop.ui.city_words import district_name, half_words
from desktop.ui.pages.acts.card_form import CardForm
from desktop.ui.pages.outcome.parts import AttendingCard, FeeCard
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.slot import SlotChoice, SlotLook
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.told.banner import Banner
from desktop.wire.payloads import SlotBody

SHOWN = 3
_HALF_WORDS = {1: "نیمهٔ نخست روز", 2: "نیمهٔ دوم روز"}
NO_SLOT = "نوبت بازدید را برگزینید."


class VisitPart(QWidget):
    """Everything a visit is booked with.

    `asked` wants slots: the district and how many.
    """

    asked = Signal(int, int)

    def __init__(self, case: Case, districts: Sequence[int]) -> None:
        super().__init__()
        self._slots: list[SlotBody] = []
        self._first = 0
        self.district = case.district
        party = case.request.party
        # A body's letter is brought by somebody who need not be there.
        who = ("", "") if party.kind.is_body else (party.name, party.mobile)
        self.attending = AttendingCard(*who)
        amount = case.due_fee("visit")
        self.fee = FeeCard("هزینهٔ بازدید", amount, case.bills.get("visit")) if amount else None
        self._heading = Label("", "section", weight=700)
        self._hint = Label("", "small", "text2", elide=True)
        self.others = Button("روزهای دیگر", "quiet", icon="calendar-event")
        self.soonest = Button("نزدیک‌ترین نوبت‌ها", "quiet", icon="calendar-check")
        self.others.clicked.connect(self._show_others)
        self.soonest.clicked.connect(self._show_soonest)
        head = Row(self._heading, gap=10)
        head.addWidget(self._hint, 1)
        head.addWidget(self.soonest)
        head.addWidget(self.others)
        self.choice = SlotChoice([])
        self.choice.setAccessibleName("نوبت‌های بازدید")
        self.trouble = Banner("", "pay", link="تلاش دوباره")
        self.trouble.followed.connect(self.ask)
        self.trouble.hide()
        self.place = Segments([(str(d), district_name(d)) for d in districts])
        self._place = FormField("ملک در کدام منطقه است؟", self.place, key="district")
        self._place.setVisible(not self.district)
        self.place.edited.connect(self._placed)
        cards = Row(gap=12)
        if self.fee is not None:
            cards.addWidget(self.fee, 3)
        # A whole name has no other line to go on.
        cards.addWidget(self.attending, 4)
        fields = [self._place, *self.attending.asking.fields.values()]
        fields += self.fee.payment.fields.values() if self.fee is not None else ()
        # Not the half-day: another moment offers others.
        self.form = CardForm(self, "book-visit", "نوبت بازدید", fields)
        self.form.typed.laid.connect(self._laid)
        column = Column(self.form.earlier, self._place, gap=10)
        column.addLayout(head)
        column.addWidget(self.choice)
        column.addWidget(self.trouble)
        column.addLayout(cards)
        self.setLayout(column)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._cards = cards
        self._tell()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the cards stand one under the other."""
        direction = Row.Direction.TopToBottom if narrow else Row.Direction.LeftToRight
        self._cards.setDirection(direction)

    def ask(self) -> None:
        """Ask for the half-days that show."""
        if self.district:
            self.asked.emit(self.district, self._first + SHOWN)

    def show_slots(self, district: int, slots: Sequence[SlotBody]) -> None:
        """Offer the last three of them; a choice that is still offered stays.

        Of a district that is no longer the chosen one nothing is offered.
        """
        if district != self.district:
            return
        chosen = self.choice.value()
        self._slots = list(slots[self._first :]) or list(slots[-SHOWN:])
        self.trouble.hide()
        self.choice.set_slots([_look(slot) for slot in self._slots])
        self.choice.set_value(chosen)
        if not self.choice.value() and self._slots and not self._first:
            self.choice.set_value(key_of(self._slots[0]))
        self.choice.show()
        if not self._slots:
            self.show_trouble("در روزهای پیش رو نوبتی خالی نیست.")
        self._tell()

    def show_trouble(self, words: str) -> None:
        """The half-days could not be had."""
        self.trouble.set_words(words)
        self.trouble.show()

    def slot(self) -> Slot | None:
        """The chosen half-day."""
        key = self.choice.value()
        found = next((s for s in self._slots if key_of(s) == key), None)
        return Slot(found.day, found.half, found.district) if found else None

    def choose(self, number: int) -> bool:
        """The number key of a card; whether there is one."""
        if not 1 <= number <= len(self._slots):
            return False
        self.choice.set_value(key_of(self._slots[number - 1]))
        return True

    def faults(self) -> list[tuple[str, str]]:
        """What is missing, by field, in the order of the page."""
        found: list[tuple[str, str]] = []
        if not self.district:
            found.append(("district", "منطقهٔ ملک را برگزینید."))
        elif self.slot() is None:
            found.append(("slot", NO_SLOT))
        if self.fee is not None:
            found += self.fee.payment.faults()
        return found + self.attending.faults()

    def tell(self, faults: Sequence[tuple[str, str]]) -> None:
        """Say what is wrong beside its fields and go to the first."""
        told = dict(faults)
        self._place.set_error(told.get("district"))
        askings = [self.attending.asking]
        if self.fee is not None:
            askings.insert(0, self.fee.payment)
        for asking in reversed(askings):
            asking.tell(faults)
        if "slot" in told:
            self.choice.setFocus()
        if "district" in told:
            self.place.setFocus()

    def _placed(self) -> None:
        self.district = int(self.place.value())
        self._place.set_error(None)
        # Those of the district before are none of this one's, however long the line takes.
        self._slots = []
        self.choice.set_slots([])
        self._show_soonest()

    def _laid(self) -> None:
        if self.place.value() and int(self.place.value()) != self.district:
            self._placed()

    def _show_others(self) -> None:
        self._first += SHOWN
        self.ask()

    def _show_soonest(self) -> None:
        self._first = 0
        self.ask()

    def _tell(self) -> None:
        where = f"، {district_name(self.district)}" if self.district else ""
        first = "سه نوبت نزدیک" if not self._first else "نوبت‌های دیگر"
        self._heading.setText(first + where)
        count = len(self._slots)
        hint = f"با شمارهٔ ۱ تا {count} برگزینید" if count > 1 else ""
        self._hint.setText(to_persian_digits(hint))
        self.soonest.setVisible(self._first > 0)
        self.others.setVisible(count >= SHOWN)


def key_of(slot: SlotBody) -> str:
    """The card's key."""
    return f"{slot.day.isoformat()}/{slot.half}"


def _look(slot: SlotBody) -> SlotLook:
    left = to_persian_digits(f"{slot.left} جای خالی")
    return SlotLook(
        key_of(slot),
        f"{weekday(slot.day)} {format_day_month(slot.day)}",
        half_words(slot.day, slot.half),
        f"{_HALF_WORDS[slot.half]}، {left}",
    )

"""Cards to choose one from: free visits, each with its number key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.widgets.inputs.line import State
from desktop.ui.widgets.inputs.tick import draw_radio
from desktop.ui.widgets.inputs.toggling import Toggling
from desktop.ui.widgets.layouts import Row, clear
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing
from desktop.ui.widgets.told import keycap


@dataclass(frozen=True)
class SlotLook:
    """One card: its key, the day, the hours in large, a line under them."""

    key: str
    day: str
    hours: str
    detail: str


class SlotCard(Toggling, QRadioButton):
    """One slot as a card with a radio in it."""

    def __init__(self, slot: SlotLook, number: int) -> None:
        super().__init__()
        self.slot, self._number = slot, number
        self.setAccessibleName(f"{slot.day}، {slot.hours}، {slot.detail}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.ring = FocusRing(self, 8)
        self.listen()
        theme.follow_size(self)

    def sizeHint(self) -> QSize:
        """Three lines and their air."""
        head = strokes.width_of(self.slot.day, "section", 700) + theme.px(18 + 10 + 30)
        widest = max(
            head,
            strokes.width_of(self.slot.hours, "title", 700),
            strokes.width_of(self.slot.detail, "small"),
        )
        return QSize(widest + 2 * theme.px(16), theme.px(116))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole card presses."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        painter = strokes.open_painter(self)
        on = self.isChecked()
        hover = self.underMouse() and not on
        fill = theme.colour("tint" if on else "sunk" if hover else "surface")
        border = theme.colour("accent" if on else "edge")
        width = 2 if on else 1
        strokes.box(painter, self.rect(), theme.px(8), fill=fill, border=border, width=width)
        pad, right = theme.px(16), self.width() - theme.px(16)
        ring = theme.px(18)
        middle = theme.px(26)
        draw_radio(painter, right - ring, middle - ring // 2, on)
        head = QRect(0, middle - theme.px(14), right - ring - theme.px(10), theme.px(28))
        strokes.text(painter, head, self.slot.day, "section", 700)
        caps = str(self._number)
        keycap.draw(painter, pad + keycap.width(caps), middle, caps, theme.colour("text2"))
        hours = QRect(pad, theme.px(45), right - pad, theme.px(34))
        strokes.text(painter, hours, self.slot.hours, "title", 700)
        detail = QRect(pad, theme.px(82), right - pad, theme.px(20))
        strokes.text(painter, detail, self.slot.detail, "small", colour=theme.colour("text2"))


class SlotChoice(QWidget):
    """Cards side by side; arrows and number keys choose. The value is the slot's key, or ""."""

    edited = Signal()
    left = Signal()

    def __init__(self, slots: Sequence[SlotLook] = ()) -> None:
        super().__init__()
        self.cards: list[SlotCard] = []
        self._state: State = ""
        self._row = Row(gap=12)
        self.setLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self.set_slots(slots)

    def set_slots(self, slots: Sequence[SlotLook]) -> None:
        """Offer others."""
        for card in self.cards:
            self._group.removeButton(card)
        clear(self._row)
        self.cards = [SlotCard(slot, number) for number, slot in enumerate(slots, start=1)]
        for card in self.cards:
            self._group.addButton(card)
            card.clicked.connect(self._clicked)
            self._row.addWidget(card, 1)
        if self.cards:
            # Who is led here stands on a card, where that is seen.
            self.setFocusProxy(self.cards[0])

    def value(self) -> str:
        """The chosen slot's key, or ""."""
        return next((card.slot.key for card in self.cards if card.isChecked()), "")

    def raw(self) -> str:
        """The same, for a draft."""
        return self.value()

    def set_value(self, value: str) -> None:
        """Choose by key."""
        for card in self.cards:
            if card.slot.key == value:
                card.setChecked(True)

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """Read-only holds the choice."""
        self._state = state
        self.setEnabled(state not in ("readonly", "records"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number key chooses its card."""
        digit = event.text()
        if digit.isdecimal() and 1 <= int(digit) <= len(self.cards):
            card = self.cards[int(digit) - 1]
            card.setChecked(True)
            card.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.edited.emit()
        else:
            event.ignore()

    def _clicked(self) -> None:
        self.edited.emit()

"""The offices that were found: cards with number keys, six at a time, in narrow windows four."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from desktop.domain.identifiers import phone_words
from desktop.domain.nearest import Near
from desktop.domain.nearest_words import (
    distance_words,
    entrance_words,
    office_title,
    opening_words,
    shuts_soon,
    way_words,
)
from desktop.domain.office import within_city
from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.palette import Tone
from desktop.ui.widgets.inputs.toggling import Toggling
from desktop.ui.widgets.keys import down
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing
from desktop.ui.widgets.told import keycap

WIDE, NARROW = 6, 4
"""So many stand on the page at once, by its width."""
_HEIGHT, _HEIGHT_NARROW = 72, 53
_OWN = "همین دفتر"
_FAR, _OPENING = 128, 148


class NearCard(Toggling, QRadioButton):
    """One office as a card that is chosen."""

    def __init__(self, near: Near, number: int, moment: datetime, *, own: bool) -> None:
        super().__init__()
        card = near.card
        self.near = near
        self._number, self._own, self._narrow = number, own, False
        self._title = office_title(card)
        self._address = to_persian_digits(within_city(card.address))
        self._phone = phone_words(card.phone)
        self._distance, self._way = distance_words(near.metres), way_words(near.metres)
        self._opening = opening_words(near, moment)
        self._tone: Tone = "neutral"
        if near.until is not None:
            self._tone = "pay" if shuts_soon(near, moment) else "ok"
        told = (self._title, _OWN if own else "", self._distance, self._way, self._opening)
        about = (*told, self._address, entrance_words(card))
        self.setAccessibleName("، ".join(part for part in about if part))
        self.setAccessibleDescription(to_persian_digits(number))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.ring = FocusRing(self, 8)
        self.listen()
        theme.follow_size(self)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: two lines, and the telephone stands on the slip alone."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines and their air."""
        return QSize(theme.px(420), theme.px(_HEIGHT_NARROW if self._narrow else _HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A long address ends in dots."""
        return QSize(theme.px(360), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        """The whole card presses."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the list's: over its end they turn to the next offices."""
        if down(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        painter = strokes.open_painter(self)
        on = self.isChecked()
        ground = "tint" if on else "sunk" if self.underMouse() else "surface"
        strokes.box(
            painter,
            self.rect(),
            theme.px(8),
            fill=theme.colour(ground),
            border=theme.colour("accent" if on else "line"),
            width=2 if on else 1,
        )
        pad, line = theme.px(14), theme.px(24)
        top = (self.height() - 2 * line) // 2
        quiet = theme.colour("text2")
        right = keycap.draw(
            painter, self.width() - pad, self.height() // 2, str(self._number), quiet
        )
        opening, far = theme.px(_OPENING), theme.px(_FAR)
        first = QRect(0, top, right - theme.px(8), line)
        place = QRect(pad + opening + far, top, first.right() - pad - opening - far, line)
        own = strokes.width_of(_OWN, "small") + theme.px(8) if self._own else 0
        name = place.adjusted(own, 0, 0, 0)
        strokes.text(painter, name, self._title, "body", 700, elide=True)
        if own:
            taken = min(strokes.width_of(self._title, "body", 700), name.width())
            beside = QRect(name.right() - taken - own, top, own - theme.px(8) + 2, line)
            strokes.text(painter, beside, _OWN, "small", colour=quiet)
        second = place.translated(0, line)
        strokes.text(painter, second, self._address, "small", colour=quiet, elide=True)
        distance = QRect(pad + opening, top, far - theme.px(10), line)
        strokes.text(painter, distance, self._distance, "body", 700)
        strokes.text(painter, distance.translated(0, line), self._way, "small", colour=quiet)
        self._paint_hours(painter, QRect(pad, top, opening - theme.px(10), line))

    def _paint_hours(self, painter: QPainter, rect: QRect) -> None:
        size, colour = theme.px(16), theme.colour(self._tone)
        icon = "clock-check" if self._tone == "ok" else "clock"
        y = rect.center().y() - size // 2
        paint_icon(painter, icon, rect.right() - size + 1, y, size, colour)
        words = rect.adjusted(0, 0, -size - theme.px(6), 0)
        strokes.text(painter, words, self._opening, "small", 500, colour, elide=True)
        if not self._narrow:
            quiet = theme.colour("text2")
            below = words.translated(0, rect.height())
            strokes.text(painter, below, self._phone, "small", colour=quiet)


class NearCards(QWidget):
    """A page of the offices found; `turned` comes when others stand here, `chosen` when another one
    is."""

    turned = Signal()
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[NearCard] = []
        self._found: Sequence[Near] = ()
        self._first, self._narrow = 0, False
        self._moment: datetime | None = None
        self._own = ""
        self._group = QButtonGroup(self)
        self._column = Column(gap=8)
        self.setLayout(self._column)

    @property
    def near(self) -> Near | None:
        """The chosen one."""
        return next((card.near for card in self.cards if card.isChecked()), None)

    @property
    def room(self) -> int:
        """How many stand here at once."""
        return NARROW if self._narrow else WIDE

    @property
    def shown(self) -> Sequence[Near]:
        """Those that stand here now, as they are numbered."""
        return [card.near for card in self.cards]

    @property
    def following(self) -> int:
        """How many come after these."""
        return max(0, len(self._found) - self._first - len(self.cards))

    def show_found(self, found: Sequence[Near], moment: datetime, own: str) -> None:
        """Show the first of them; one that was chosen before and is among them stays chosen."""
        held = self.near.card.own_id if self.near else ""
        self._found, self._moment, self._own = found, moment, own
        at = next((i for i, near in enumerate(found) if near.card.own_id == held), 0)
        self._fill(at // self.room * self.room, held)

    def turn(self, step: int) -> bool:
        """The next ones (1), or those before (-1); whether there are any."""
        first = self._first + step * self.room
        if not 0 <= first < len(self._found):
            return False
        self._fill(first, "")
        self.focus_on(0)
        return True

    def press(self, number: int) -> bool:
        """The card of that number is chosen; whether there is one."""
        if not 1 <= number <= len(self.cards):
            return False
        self.focus_on(number - 1)
        return True

    def focus_on(self, at: int) -> None:
        """Choose a card and give it the keys."""
        if self.cards:
            self._choose(self.cards[at])
            self.cards[at].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self, office: str) -> None:
        """The office by its id is chosen, also where it stands farther on."""
        at = next((i for i, near in enumerate(self._found) if near.card.own_id == office), None)
        if at is None:
            return
        first = at // self.room * self.room
        if first != self._first:
            self._fill(first, office)
        self._choose(self.cards[at - first])

    def set_narrow(self, narrow: bool) -> None:
        """Fewer, and lower."""
        if narrow != self._narrow:
            self._narrow = narrow
            if self._moment is not None:
                self.show_found(self._found, self._moment, self._own)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ ↓ go from card to card, and over the end to the next ones."""
        step = down(event)
        at = next((i for i, card in enumerate(self.cards) if card.hasFocus()), None)
        if not step or at is None:
            event.ignore()
        elif 0 <= at + step < len(self.cards):
            self.focus_on(at + step)
        elif self.turn(step) and step < 0:
            self.focus_on(len(self.cards) - 1)

    def _fill(self, first: int, held: str) -> None:
        assert self._moment is not None
        keys = any(card.hasFocus() for card in self.cards)
        for card in self.cards:
            self._group.removeButton(card)
        clear(self._column)
        self._first = first
        page = self._found[first : first + self.room]
        self.cards = [
            NearCard(near, number, self._moment, own=near.card.own_id == self._own)
            for number, near in enumerate(page, start=1)
        ]
        for card in self.cards:
            card.set_narrow(self._narrow)
            self._group.addButton(card)
            card.clicked.connect(self.chosen)
            self._column.addWidget(card)
            # What does not show yet takes no keys.
            card.show()
        at = next((i for i, card in enumerate(self.cards) if card.near.card.own_id == held), 0)
        if self.cards:
            self.cards[at].setChecked(True)
            if keys:
                self.cards[at].setFocus()
        self.turned.emit()
        self.chosen.emit()

    def _choose(self, card: NearCard) -> None:
        if not card.isChecked():
            card.setChecked(True)
            self.chosen.emit()

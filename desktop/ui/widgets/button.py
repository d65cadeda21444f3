"""Buttons: icon, word, key cap; main, second, quiet and dangerous."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.theme import Weight
from desktop.ui.widgets.keys import held, is_enter
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import FocusRing
from desktop.ui.widgets.told import keycap

ButtonKind = Literal["main", "second", "quiet", "dangerous"]
_ICON, _GAP = 18, 8
_PADDING: dict[ButtonKind, int] = {"main": 16, "second": 16, "quiet": 8, "dangerous": 12}


class Spare(IntEnum):
    """What a button goes without where there is no room for it; its word it always has."""

    NOTHING = 0
    PICTURE = 1
    KEYS = 2


class Button(QPushButton):
    """A button of one of the four kinds.

    `keys` is shown as caps («F9», «Ctrl+Enter») and does not bind anything; `also` is a key that
    presses it too and isn't shown: the main button's caps are the same on every page. `tall` gives
    the 40 px of the action bar; main is always tall. The main button has no disabled look: pressed
    too early it says what is missing, so pages leave it enabled.
    """

    def __init__(
        self,
        words: str,
        kind: ButtonKind = "second",
        *,
        icon: str = "",
        keys: str = "",
        also: str = "",
        tall: bool = False,
        wide: bool = False,
    ) -> None:
        super().__init__(words)
        self._kind, self._icon, self._keys, self._also = kind, icon, keys, also
        self._tall = tall or kind == "main"
        self._hover = False
        self._forced = ""
        self._spare = Spare.NOTHING
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        across = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        if keys:
            self.setAccessibleDescription(keys)
        self.ring = FocusRing(self)
        theme.follow_size(self)

    def keys(self) -> str:
        """The caps shown."""
        return self._keys

    def answers(self, key: str) -> bool:
        """Whether this key presses it, shown or not."""
        return key in (self._keys, self._also)

    def icon_name(self) -> str:
        """The icon shown; empty for none."""
        return self._icon

    def kind(self) -> ButtonKind:
        """Which of the four it is."""
        return self._kind

    def set_words(self, words: str, *, icon: str | None = None, keys: str | None = None) -> None:
        """Say something else, as the next step changes."""
        self.setText(words)
        self.setAccessibleName(words)
        self._icon = self._icon if icon is None else icon
        self._keys = self._keys if keys is None else keys
        self.setAccessibleDescription(self._keys)
        self.updateGeometry()
        self.update()

    def spare(self, what: Spare) -> None:
        """Go without its picture, or without the caps too; its keys go on working."""
        if what is not self._spare:
            self._spare = what
            self.updateGeometry()
            self.update()

    def width_without(self, what: Spare) -> int:
        """How wide it is then, in px."""
        width = strokes.width_of(self.text(), "body", self._weight())
        if self._icon and what < Spare.PICTURE:
            width += theme.px(_ICON) + theme.px(_GAP)
        if self._keys and what < Spare.KEYS:
            width += keycap.width(self._keys) + theme.px(_GAP)
        return width + 2 * theme.px(_PADDING[self._kind]) + 2

    def force(self, look: Literal["", "hover", "press", "focus"]) -> None:
        """Show a state without the mouse, for a page that explains the look."""
        self._forced = look
        if look == "focus":
            self.ring.show_now()
        self.update()

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        return QSize(self.width_without(self._spare), theme.px(40 if self._tall else 34))

    def minimumSizeHint(self) -> QSize:
        """A button is never cut."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer came."""
        self._hover = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        self._hover = False
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a button that has the focus, like Space."""
        if is_enter(event) and not held(event):
            self.click()
            return
        super().keyPressEvent(event)

    def _weight(self) -> Weight:
        return 700 if self._kind == "main" else 500

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Ground, border and text."""
        look = theme.colour
        press = self.isDown() or self._forced == "press"
        hover = (self._hover and self.isEnabled()) or self._forced == "hover"
        if self._kind == "main":
            ground = "accent_press" if press else "accent_hover" if hover else "accent"
            return look(ground), None, look("on_accent")
        ground_colour = look("line") if press else look("sunk") if hover else None
        if not self.isEnabled():
            border = None if self._kind == "quiet" else look("line")
            return None, border, look("disabled")
        if self._kind == "quiet":
            words = look("text") if press and theme.tokens().bordered else look("link")
            return ground_colour, None, words
        words = look("refuse") if self._kind == "dangerous" else look("text")
        border = look("refuse") if self._kind == "dangerous" else look("edge")
        if press and theme.tokens().bordered:
            return look("text"), border, look("surface")
        return ground_colour or look("surface"), border, words

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, word and caps, centred as one."""
        painter = strokes.open_painter(self)
        ground, border, words = self._colours()
        strokes.box(painter, self.rect(), theme.px(6), fill=ground, border=border)
        if self._kind == "main" and theme.tokens().bordered and ground is not None:
            strokes.box(painter, self.rect(), theme.px(6), border=theme.colour("accent"))
        middle = self.height() // 2
        content = self.sizeHint().width() - 2 * theme.px(_PADDING[self._kind]) - 2
        right = self.width() - max(0, self.width() - content) // 2
        if self._icon and self._spare < Spare.PICTURE:
            size = theme.px(_ICON)
            paint_icon(painter, self._icon, right - size, middle - size // 2, size, words)
            right -= size + theme.px(_GAP)
        wide = strokes.width_of(self.text(), "body", self._weight())
        rect = QRect(right - wide, 0, wide, self.height())
        strokes.text(painter, rect, self.text(), "body", self._weight(), words)
        if self._keys and self._spare < Spare.KEYS:
            cap_colour = words
            if self._kind == "quiet" and self.isEnabled():
                cap_colour = theme.colour("text")
            keycap.draw(painter, right - wide - theme.px(_GAP), middle, self._keys, cap_colour)


class IconButton(QPushButton):
    """A square button with an icon alone: zoom, eye, lock; its word is its name and tooltip.

    `asked` says that a form asks for what it does: Enter stops here. `set_wrong` that it lacks.
    """

    def __init__(self, icon: str, name: str, *, bordered: bool = True, size: int = 34) -> None:
        super().__init__()
        self.asked = self._wrong = False
        self._icon, self._bordered, self._size = icon, bordered, size
        self._hover = False
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ring = FocusRing(self)
        theme.follow_size(self)

    def set_wrong(self, wrong: bool) -> None:
        """Whether what it does is missing."""
        self._wrong = wrong
        self.update()

    def set_icon(self, icon: str, name: str) -> None:
        """Show another icon with another name."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(theme.px(self._size), theme.px(self._size))

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer came."""
        self._hover = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        self._hover = False
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and icon."""
        painter = strokes.open_painter(self)
        ground = "line" if self.isDown() else "sunk" if self._hover else "surface"
        fill = theme.colour(ground) if self._bordered or ground != "surface" else None
        border = theme.colour("edge") if self._bordered else None
        if self._wrong:
            border = theme.colour("refuse")
        width = 2 if self._wrong else 1
        strokes.box(painter, self.rect(), theme.px(6), fill=fill, border=border, width=width)
        size = theme.px(18)
        where = ((self.width() - size) // 2, (self.height() - size) // 2)
        colour = theme.colour("text" if self.isEnabled() else "disabled")
        if self.isDown() and theme.tokens().bordered:
            colour = theme.colour("surface")
        paint_icon(painter, self._icon, *where, size, colour)


class Link(QPushButton):
    """Words that are pressed, inside a sentence or beside a heading; no ground, no padding."""

    def __init__(
        self, words: str, *, weight: Weight = 500, colour: str = "link", underline: bool = False
    ) -> None:
        super().__init__(words)
        self._weight: Weight = weight
        self._colour, self._underline = colour, underline
        self.setAccessibleName(words)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ring = FocusRing(self, 2, bare=True)
        theme.follow_size(self)

    def sizeHint(self) -> QSize:
        """Exactly the words, 28 high to be pressed."""
        return QSize(strokes.width_of(self.text(), "body", self._weight) + 2, theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """A link is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter follows the link."""
        if is_enter(event):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words."""
        painter = strokes.open_painter(self)
        colour = theme.colour(self._colour)
        strokes.text(painter, self.rect(), self.text(), "body", self._weight, colour)
        if self._underline or self.underMouse():
            base = (self.height() + painter.fontMetrics().ascent()) // 2 + theme.px(1)
            painter.drawLine(0, base, self.width(), base)

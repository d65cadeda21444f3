"""A line of text that is typed: Persian letters and digits whatever the keyboard sends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from desktop.domain.persian import INVISIBLE, NBSP, ZWNJ, clean, to_persian_digits
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets.inputs import undo
from desktop.ui.widgets.paint import strokes
from desktop.ui.widgets.paint.focus_ring import WrongRing

State = Literal["", "error", "readonly", "records"]
# What Enter jumps over: there is nothing to type.
SKIPPED: tuple[State, ...] = ("readonly", "records")
# A property of a field that Enter jumps over too: what stands beside it has answered it.
ANSWERED = "answered"

_FILLS: dict[State, str] = {"readonly": "sunk", "records": "tint"}

_SHOWN = {0x064A: "ی", 0x0649: "ی", 0x0643: "ک"} | {ord(c): None for c in INVISIBLE}
_CONTROLS = {c: " " for c in (0x09, 0x0A, 0x0D, 0x85, 0xA0, 0x2028, 0x2029)}
_CONTROLS |= {c: "" for c in (*range(0x20), *range(0x7F, 0xA0)) if c not in _CONTROLS}


def as_shown(words: str, *, lines: bool = False) -> str:
    """Words as an edit box shows them: ی and ک, digits ۰–۹, no marks of direction, no controls.

    Spaces stay as typed, for they may be in the middle of being typed; `lines` keeps line ends.
    """
    if lines:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(as_shown(line) for line in words.split("\n"))
    return to_persian_digits(words.translate(_SHOWN).translate(_CONTROLS))


def too_long(limit: int) -> str:
    """What is said when more is typed or pasted than there is room for."""
    return f"بیش از {to_persian_digits(limit)} نویسه جا نمی‌شود؛ بقیه وارد نشد."


def beside_caret(placeholder: str) -> str:
    """A placeholder with room for the caret, which Qt sets upon its first letter."""
    return f"{NBSP}{placeholder}{NBSP}" if placeholder else ""


@dataclass(frozen=True)
class EndIcon:
    """An icon at the left end of a line; `press` is what a click on it does."""

    name: str
    colour: str = "text2"
    press: Callable[[], None] | None = None


class TextLine(QLineEdit):
    """One line of words.

    `edited` comes after each change by the person, `whole` when that made a code whole to which
    nothing can be added, `left` when the focus goes elsewhere. `unit` is shown at the left end. The
    value is clean text with Latin digits; the box shows Persian.
    """

    edited = Signal()
    whole = Signal()
    left = Signal()
    # Whether what is typed is words; a password is not, and digits are sifted by `reshape`.
    takes_letters = True
    # Whether each letter is a part of what is typed; a choice is whole at once.
    types = True
    # How what is typed is written.
    letters: tuple[theme.Kind, theme.Weight] = ("body", 400)
    # Whether Ctrl+Z is the form's, where there is one round the line.
    undone_with_form = True
    # Whether it is one of several boxes of a code, whose few signs need the room.
    boxed = False

    def __init__(
        self, *, max_length: int = 200, placeholder: str = "", unit: str = "", icon: str = ""
    ) -> None:
        super().__init__()
        # Its box is drawn here: nothing of Qt's own lies under the words.
        self.setFrame(False)
        self.setPalette(theme.bare())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._open = False
        self._unit = unit
        self._icon = EndIcon(icon) if icon else None
        self._state: State = ""
        self._found = ""
        self._wrong = WrongRing(self)
        self.limit = max_length
        self.setMaxLength(max_length)
        self.setPlaceholderText(placeholder)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        # What stands there as far as the program knows, and whether it is changing it itself.
        self._known, self._ours = "", False
        # What stood there before the change that `reshape` is asked about.
        self._stood = ""
        self.textEdited.connect(self._typed)
        self.textChanged.connect(self._changed)
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes at the zoom in force."""
        self.setFont(theme.font(*self.letters))
        self.setFixedHeight(theme.px(34))
        side = theme.px(2) + 1 if self.boxed else theme.px(8)
        left = side
        if self._end_icon() is not None:
            left += theme.px(16) + theme.px(8)
        if self._unit:
            left += strokes.width_of(self._unit) + theme.px(8)
        self.setTextMargins(left, 0, side, 0)

    def setText(self, words: str | None) -> None:
        """Fill the line with what is shown; nothing is signalled."""
        self._ours = True
        super().setText(words)
        self._ours = False
        self._known = self.text()

    def clear(self) -> None:
        """Empty the line; nothing is signalled."""
        self.setText("")

    def setPlaceholderText(self, words: str) -> None:
        """What stands there until something is typed."""
        super().setPlaceholderText(beside_caret(words))

    def value(self) -> str:
        """What was typed, clean: one form of letters, Latin digits, single spaces."""
        return clean(self.text())

    def raw(self) -> str:
        """What was typed, for a draft: the same as the value unless that could not be read."""
        return self.value()

    def set_value(self, value: str) -> None:
        """Fill the line; nothing is signalled."""
        self.setText(as_shown(value))

    def settle(self) -> bool:
        """Make whole what is half said, before anyone acts on it; False where it says nothing."""
        return True

    def ask_again(self) -> None:
        """What a person is shown who said nothing that can be acted on."""

    def is_whole(self) -> bool:
        """Whether a code of one length stands there, with all its checks; words never end."""
        return False

    def state(self) -> State:
        """How the line stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """Normal, with an error, read-only, or filled from the records (then read-only too)."""
        self._state = state
        self._wrong.set_wrong(state == "error")
        self.setReadOnly(state in SKIPPED)
        self.restyle()
        self.update()

    def show_open(self, shown: bool) -> None:
        """Framed as with the keys while a list hangs from it, which has them."""
        self._open = shown
        self.update()

    def sizeHint(self) -> QSize:
        """Columns decide the width."""
        return QSize(theme.px(160), theme.px(34))

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a few words."""
        return QSize(theme.px(60), theme.px(34))

    def reshape(self, words: str, cursor: int) -> tuple[str, int]:
        """What the line makes of typed or pasted words, and where the cursor then stands."""
        return as_shown(words), len(as_shown(words[:cursor]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters become Persian as they are typed, so that they can be undone one by one."""
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if shift and event.key() == Qt.Key.Key_Space and not self.isReadOnly():
            self.insert(ZWNJ)
            self._typed(self.text())
            return
        typed = event.text()
        if self.undone_with_form and undo.take(self, event):
            return
        if self.takes_letters and typed.isprintable() and as_shown(typed) != typed:
            event = QKeyEvent(event.type(), event.key(), event.modifiers(), as_shown(typed))
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What stands here already is not made whole by typing it again."""
        super().focusInEvent(event)
        self._found = self.text()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Checks come when a person leaves, not while they type."""
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing:
            self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the icon at the end presses it."""
        icon = self._end_icon()
        if (
            icon is not None
            and icon.press is not None
            and self._on_icon(event.position().toPoint())
        ):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            icon.press()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Over an icon that can be pressed the pointer is a hand."""
        icon = self._end_icon()
        hand = icon is not None and icon.press is not None
        hand = hand and self._on_icon(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor
        self.setCursor(shape)
        super().mouseMoveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's own menu in our colours."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(menu, "menu")
        menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, the words, then icon and unit at the left end."""
        fill, border, width = self._box()
        painter = strokes.open_painter(self)
        strokes.box(
            painter,
            self.rect(),
            theme.px(6),
            fill=theme.colour(fill),
            border=theme.colour(border),
            width=width,
        )
        painter.end()
        super().paintEvent(event)
        icon = self._end_icon()
        if icon is None and not self._unit:
            return
        painter = strokes.open_painter(self)
        x = theme.px(11)
        if icon is not None:
            size = theme.px(16)
            y = (self.height() - size) // 2
            paint_icon(painter, icon.name, x, y, size, theme.colour(icon.colour))
            x += size + theme.px(8)
        if self._unit:
            rect = QRect(x, 0, strokes.width_of(self._unit) + 2, self.height())
            quiet = theme.colour("text2")
            strokes.text(painter, rect, self._unit, colour=quiet, align=strokes.LEFT)

    def _box(self) -> tuple[str, str, int]:
        """Ground and border of the box, and how wide that is, pixels."""
        if not self.isEnabled():
            return "bg", "line", 1
        if self._state == "error":
            return "surface", "refuse", 2
        fill = _FILLS.get(self._state, "surface")
        if self.hasFocus() or self._open:
            return fill, "focus", 2
        if self._state in SKIPPED:
            return fill, "line", 1
        return fill, "text2" if self.underMouse() else "edge", 1

    def _end_icon(self) -> EndIcon | None:
        if self._state == "readonly":
            return EndIcon("lock")
        if self._state == "records":
            return EndIcon("database", "link")
        return self._icon

    def _on_icon(self, point: QPoint) -> bool:
        return point.x() < theme.px(10) + theme.px(16) + theme.px(8)

    def _changed(self) -> None:
        """A screen reader, or what types for somebody, fills a line without typing in it."""
        if self._ours or self.text() == self._known:
            return
        if self.isReadOnly():
            self.setText(self._known)
        else:
            self._typed(self.text())

    def _typed(self, words: str) -> None:
        self._stood, self._known = self._known, words
        shown, cursor = self.reshape(words, self.cursorPosition())
        if shown != words:
            self.setText(shown)
            self.setCursorPosition(cursor)
        self.edited.emit()
        last = self.cursorPosition() == len(self.text())
        if last and self.text() != self._found and self.is_whole():
            self.whole.emit()

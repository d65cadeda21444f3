"""A one-time code: eight boxes in one left-to-right row, a sign each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy

from desktop.domain.persian import ARABIC_LETTERS, to_latin_digits, to_persian_digits
from desktop.ui import theme
from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.inputs.line import SKIPPED, State, TextLine
from desktop.ui.widgets.label import Label

LENGTH = 8
_HALF = LENGTH // 2
_APART = "-–—_/ \u200c\t"
_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_PERSIAN = "ضصثقفغعهخحشسیبلاتنمظطزرذدپ"
# The letter of the code is on the same key, whichever layout is on.
_BY_PLACE = dict(zip(_PERSIAN, _LATIN, strict=True))
NO_SIGN = "کد تنها رقم و حرف لاتین دارد."
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def signs(words: str) -> str:
    """The signs of a code in what was typed or pasted: ASCII, capital letters, nothing between."""
    typed = (_BY_PLACE.get(char, char) for char in to_latin_digits(words).translate(ARABIC_LETTERS))
    return "".join(char.upper() for char in typed if char.isascii() and char.isalnum())


class _Box(TextLine):
    """One of the eight; passes on what belongs to its neighbours."""

    forward = Signal()
    back = Signal()
    several = Signal(str)
    refused = Signal(str)
    takes_letters = False
    letters = ("title", 700)
    boxed = True

    def __init__(self) -> None:
        super().__init__(max_length=LENGTH)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag.AlignAbsolute)
        self.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText)

    def restyle(self) -> None:
        """42 wide and 46 high, its sign large."""
        super().restyle()
        self.setFixedSize(theme.px(42), theme.px(46))

    def value(self) -> str:
        """The sign, ASCII; empty for none."""
        return signs(self.text())[:1]

    def set_sign(self, sign: str) -> None:
        """Show a sign, or none; nothing is signalled."""
        self.setText(to_persian_digits(sign))

    def reshape(self, words: str, cursor: int) -> tuple[str, int]:
        """What came otherwise than by a key: several fill the boxes from here on."""
        found = signs(words)
        if len(found) > 1:
            # They are in their boxes then, also in this one.
            self.several.emit(found)
            return self.text(), len(self.text())
        shown = to_persian_digits(found)
        return shown, len(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A sign takes the place of what stands here and goes on; Backspace in an empty box, and
        arrows, go over; what parts a code is passed over."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.several.emit(signs(QApplication.clipboard().text()))
            return
        key, typed = event.key(), event.text()
        if key == Qt.Key.Key_Backspace:
            if self.text():
                self.set_sign("")
                self.edited.emit()
            else:
                self.back.emit()
        elif key == Qt.Key.Key_Left:
            self.back.emit()
        elif key == Qt.Key.Key_Right:
            self.forward.emit()
        elif event.modifiers() & _COMMANDS or not typed or not typed.isprintable():
            super().keyPressEvent(event)
        elif sign := signs(typed)[:1]:
            self.set_sign(sign)
            self.edited.emit()
            self.forward.emit()
        elif typed not in _APART:
            self.refused.emit(NO_SIGN)


class CodeBoxes(HandsKeysOn):
    """The eight boxes; one name for readers, eight parts. The value is ASCII, as far as typed.

    `whole` comes when the last empty box is filled.
    """

    edited = Signal()
    left = Signal()
    whole = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._state: State = ""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.boxes = [_Box() for _ in range(LENGTH)]
        for place, box in enumerate(self.boxes):
            if place == _HALF:
                self._row.addWidget(Label("–", "title", "text2"))
            self._row.addWidget(box)
            box.forward.connect(lambda place=place: self._go(place + 1))
            box.back.connect(lambda place=place: self._go(place - 1))
            box.several.connect(lambda found, place=place: self._fill(place, found))
            box.edited.connect(self._edited)
            box.refused.connect(self.refused)
            box.left.connect(self._box_left)
        self.hand_keys_to(self.boxes[0])
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """The gaps at the zoom in force."""
        self._row.setSpacing(theme.px(6))

    def setAccessibleName(self, name: str) -> None:
        """The code's name, and each box's place after it."""
        super().setAccessibleName(name)
        for place, box in enumerate(self.boxes, start=1):
            box.setAccessibleName(f"{name}، {to_persian_digits(f'{place} از {LENGTH}')}")

    def value(self) -> str:
        """What stands in the boxes, in their order."""
        return "".join(box.value() for box in self.boxes)

    def missing(self) -> int:
        """How many boxes are empty."""
        return LENGTH - len(self.value())

    def raw(self) -> str:
        """Never kept in a draft."""
        return ""

    def set_value(self, value: str) -> None:
        """Fill the boxes; nothing is signalled."""
        found = signs(value)
        for place, box in enumerate(self.boxes):
            box.set_sign(found[place : place + 1])

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """All eight at once."""
        self._state = state
        for box in self.boxes:
            box.set_state(state)

    def isReadOnly(self) -> bool:
        """Whether nothing can be typed."""
        return self._state in SKIPPED

    def go_to_first_empty(self) -> None:
        """Give the keys to the first box without a sign, else to the first."""
        empty = (place for place, box in enumerate(self.boxes) if not box.value())
        self._go(next(empty, 0))

    def _go(self, place: int) -> None:
        if 0 <= place < LENGTH:
            self.boxes[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self, place: int, found: str) -> None:
        # A whole code belongs to all boxes, wherever it is pasted.
        first = 0 if len(found) >= LENGTH else place
        for box, sign in zip(self.boxes[first:], found, strict=False):
            box.set_sign(sign)
        self._go(min(first + len(found), LENGTH - 1))
        if found:
            self._edited()

    def _edited(self) -> None:
        self.edited.emit()
        if not self.missing():
            self.whole.emit()

    def _box_left(self) -> None:
        if QApplication.focusWidget() not in self.boxes:
            self.left.emit()

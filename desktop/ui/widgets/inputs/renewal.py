"""The renewal code: seven boxes in one left-to-right row, the district at the left."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from desktop.domain.persian import to_latin_digits
from desktop.ui import theme
from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.inputs.line import SKIPPED, State
from desktop.ui.widgets.inputs.number import DigitsLine, only_digits
from desktop.ui.widgets.keys import is_enter
from desktop.ui.widgets.label import Label

# Name, most digits, share of the row's width (DOMAIN.md §2.5).
PARTS: tuple[tuple[str, int, int], ...] = (
    ("منطقه", 2, 12),
    ("ناحیه", 3, 14),
    ("بلوک", 4, 16),
    ("ملک", 5, 18),
    ("ساختمان", 2, 16),
    ("آپارتمان", 3, 16),
    ("صنفی", 3, 14),
)
_NEXT = ("-", "/", " ")
_NO_CODE = "کد نوسازی هفت بخش دارد که با خط تیره جدا می‌شود، مانند ۲-۱۴-۳۰۸-۲۷-۱-۰-۰."
_RUNS = re.compile(r"[0-9]+")


def _is_code(parts: list[str]) -> bool:
    """Whether these are first parts of a code, or all of them."""
    if not 2 <= len(parts) <= len(PARTS):
        return False
    most = (length for _, length, _ in PARTS)
    return all(len(str(int(part))) <= length for part, length in zip(parts, most, strict=False))


class _Box(DigitsLine):
    """One of the seven; passes on what belongs to its neighbours."""

    forward = Signal()
    back = Signal()
    pasted = Signal(list)
    boxed = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def restyle(self) -> None:
        """A box has no icon at its end; its ground alone tells where it comes from."""
        super().restyle()
        self.setMinimumWidth(theme.px(48))

    def _end_icon(self) -> None:
        return None

    def reshape(self, words: str, cursor: int) -> tuple[str, int]:
        """A pasted code fills the boxes from the first, and empties those it has nothing for."""
        runs = _RUNS.findall(to_latin_digits(words))
        pasted = len(only_digits(words)) > len(only_digits(self._stood)) + 1
        if len(runs) < 2 and not (pasted and len(only_digits(words)) > self.limit):
            return super().reshape(words, cursor)
        if not _is_code(runs):
            self.refused.emit(_NO_CODE)
            return self._stood, len(self._stood)
        self.pasted.emit(runs)
        return self.text(), len(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Separators and Enter go on, Backspace in an empty box and arrows at an end go over."""
        key, held = event.key(), event.modifiers()
        enter = is_enter(event)
        # A key without a letter is in every text.
        separator = bool(event.text()) and event.text() in _NEXT
        if (separator or enter) and not held & Qt.KeyboardModifier.ShiftModifier:
            if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
                event.ignore()
            elif not self.isReadOnly() and self.forward_possible:
                self.forward.emit()
            else:
                event.ignore()
        elif (
            key == Qt.Key.Key_Backspace
            and not self.text()
            or key == Qt.Key.Key_Left
            and self.cursorPosition() == 0
            and not self.hasSelectedText()
        ):
            self.back.emit()
        elif key == Qt.Key.Key_Right and self.cursorPosition() == len(self.text()):
            self.forward.emit()
        else:
            super().keyPressEvent(event)

    forward_possible = True


class RenewalCodeInput(HandsKeysOn):
    """The seven numbers of a property; one name for readers, seven parts.

    The value is `2-14-308-27-1-0-0`, or "" while a box is empty; `raw` has the empty ones too.
    """

    edited = Signal()
    left = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._state: State = ""
        self.boxes: list[_Box] = []
        self._names: list[Label] = []
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for index, (name, length, share) in enumerate(PARTS):
            box, label = _Box(length), Label(name, "cap", "text2")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag.AlignAbsolute)
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(label)
            column.addWidget(box)
            row.addLayout(column, share)
            box.forward.connect(lambda index=index: self._go(index + 1))
            box.back.connect(lambda index=index: self._go(index - 1))
            box.pasted.connect(self._fill)
            box.refused.connect(self.refused)
            box.edited.connect(self.edited)
            box.left.connect(self._box_left)
            self.boxes.append(box)
            self._names.append(label)
        self.boxes[-1].forward_possible = False
        self.hand_keys_to(self.boxes[0])
        theme.follow(self)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes at the zoom in force."""
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(theme.px(4))
        for label in self._names:
            label.setFixedHeight(theme.metrics("cap").height() + 1)

    def setAccessibleName(self, name: str) -> None:
        """The code's name, and each box's after it."""
        super().setAccessibleName(name)
        for box, (part, _, _) in zip(self.boxes, PARTS, strict=True):
            box.setAccessibleName(f"{name}، {part}")

    def value(self) -> str:
        """The canonical code, district first, or ""."""
        parts = [box.value() for box in self.boxes]
        return "-".join(str(int(part)) for part in parts) if all(parts) else ""

    def raw(self) -> str:
        """Whatever stands in the boxes, joined by hyphens; "" when all are empty."""
        parts = [box.value() for box in self.boxes]
        return "-".join(parts) if any(parts) else ""

    def set_value(self, value: str) -> None:
        """Fill the boxes from a code, or from what `raw` gave."""
        parts = [only_digits(part) for part in value.split("-")] if value else []
        parts += [""] * (len(PARTS) - len(parts))
        for box, part in zip(self.boxes, parts, strict=False):
            box.set_value(part)

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """All seven at once."""
        self._state = state
        for box in self.boxes:
            box.set_state(state)

    def isReadOnly(self) -> bool:
        """Whether nothing can be typed."""
        return self._state in SKIPPED

    def _go(self, index: int) -> None:
        if 0 <= index < len(self.boxes):
            self.boxes[index].setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self, parts: list[str]) -> None:
        self.set_value("-".join(str(int(part)) for part in parts))
        self.boxes[min(len(parts), len(PARTS) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def _box_left(self) -> None:
        if self.focusWidget() not in self.boxes or not self._inside():
            self.left.emit()

    def _inside(self) -> bool:
        window = self.window()
        focus = window.focusWidget() if window is not None else None
        return focus is not None and focus in self.boxes and focus.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first box takes the focus."""
        self.boxes[0].setFocus(event.reason())

"""A choice of one: segments for a few short options, a list that filters for more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from desktop.domain.persian import fold
from desktop.ui import theme
from desktop.ui.icons import paint_icon
from desktop.ui.widgets import paint
from desktop.ui.widgets.line import EndIcon, State, TextLine, as_shown, set_property

Option = tuple[str, str]
_FOLDED, _KEY = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_MOST_SEGMENTS, _LONGEST_SEGMENT = 4, 14


def choice(options: Sequence[Option]) -> Segments | ListChoice:
    """The fitting input for (key, words) options: segments up to four short ones, else a list."""
    few = len(options) <= _MOST_SEGMENTS
    short = all(len(words) <= _LONGEST_SEGMENT for _, words in options)
    return Segments(options) if few and short else ListChoice(options)


class Segments(QWidget):
    """Up to four short options side by side; arrows and first letters choose.

    The value is the key of the chosen option, or "" while none is.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self._options = tuple(options)
        self._chosen = -1
        self._state: State = ""
        self._name = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.updateGeometry)

    def setAccessibleName(self, name: str) -> None:
        """The label; the chosen option is told after it."""
        self._name = name
        self._tell()

    def options(self) -> tuple[Option, ...]:
        """The (key, words) offered."""
        return self._options

    def value(self) -> str:
        """The chosen key, or ""."""
        return self._options[self._chosen][0] if self._chosen >= 0 else ""

    def raw(self) -> str:
        """The same, for a draft."""
        return self.value()

    def set_value(self, value: str) -> None:
        """Choose by key; a key that is not offered chooses none."""
        keys = [key for key, _ in self._options]
        self._chosen = keys.index(value) if value in keys else -1
        self._tell()
        self.update()

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """As for a line: error, read-only, from the records."""
        self._state = state
        self.update()

    def isReadOnly(self) -> bool:
        """Whether nothing can be chosen."""
        return self._state in ("readonly", "records")

    def sizeHint(self) -> QSize:
        """All segments as wide as the widest."""
        widest = max(paint.width_of(words, "body", 700) for _, words in self._options)
        return QSize((widest + 2 * theme.px(12)) * len(self._options) + 2, theme.px(34))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        widest = max(paint.width_of(words, "body", 700) for _, words in self._options)
        return QSize((widest + 2 * theme.px(4)) * len(self._options) + 2, theme.px(34))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, a first letter jumps, Space takes the first."""
        moves = {Qt.Key.Key_Left: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: -1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if self.isReadOnly() or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        elif key in moves:
            self._choose(min(max(self._chosen + moves[key], 0), len(self._options) - 1))
        elif key == Qt.Key.Key_Space:
            self._choose(max(self._chosen, 0))
        elif event.text().strip() and (typed := fold(as_shown(event.text()))):
            count = len(self._options)
            for step in range(1, count + 1):
                index = (self._chosen + step) % count
                if fold(self._options[index][1]).startswith(typed):
                    self._choose(index)
                    break
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        if not self.isReadOnly():
            for index in range(len(self._options)):
                if self._part(index).contains(event.position().toPoint()):
                    self._choose(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left."""
        super().focusOutEvent(event)
        self.update()
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segments, or one read-only line."""
        painter = paint.open_painter(self)
        focused = self.hasFocus()
        radius = theme.px(6)
        if self.isReadOnly():
            self._paint_read_only()
            return
        paint.box(painter, self.rect(), radius, fill=theme.colour("surface"))
        for index, (_, words) in enumerate(self._options):
            part = self._part(index)
            chosen = index == self._chosen
            if chosen:
                painter.save()
                painter.setClipRect(part)
                paint.box(painter, self.rect(), radius, fill=theme.colour("sel"))
                painter.restore()
            if index:
                painter.fillRect(QRect(part.right(), 1, 1, self.height() - 2), theme.colour("line"))
            paint.text(painter, part, words, "body", 700 if chosen else 400, align=paint.CENTRE)
        border = "refuse" if self._state == "error" else "focus" if focused else "edge"
        width = 2 if self._state == "error" or focused else 1
        paint.box(painter, self.rect(), radius, border=theme.colour(border), width=width)

    def _paint_read_only(self) -> None:
        painter = paint.open_painter(self)
        records = self._state == "records"
        ground = theme.colour("tint" if records else "sunk")
        border = theme.colour("focus" if self.hasFocus() else "line")
        width = 2 if self.hasFocus() else 1
        paint.box(painter, self.rect(), theme.px(6), fill=ground, border=border, width=width)
        words = self._options[self._chosen][1] if self._chosen >= 0 else ""
        side = theme.px(10)
        paint.text(painter, self.rect().adjusted(side, 0, -side, 0), words)
        size = theme.px(16)
        name, colour = ("database", "link") if records else ("lock", "text2")
        y = (self.height() - size) // 2
        paint_icon(painter, name, theme.px(11), y, size, theme.colour(colour))

    def _part(self, index: int) -> QRect:
        count = len(self._options)
        right = self.width() - self.width() * index // count
        left = self.width() - self.width() * (index + 1) // count
        return QRect(left, 0, right - left, self.height())

    def _choose(self, index: int) -> None:
        if index != self._chosen:
            self._chosen = index
            self._tell()
            self.update()
            self.edited.emit()

    def _tell(self) -> None:
        chosen = self._options[self._chosen][1] if self._chosen >= 0 else "انتخاب نشده"
        super().setAccessibleName(f"{self._name}: {chosen}" if self._name else "")
        super().setAccessibleDescription("، ".join(words for _, words in self._options))


class ListChoice(TextLine):
    """A list of options that opens on Alt+↓ or a click and filters as one types.

    The value is the key of the chosen option, or "" while none is. Text that fits no option is
    taken back when the person goes on; text that fits exactly one chooses it.
    """

    def __init__(self, options: Sequence[Option], *, placeholder: str = "برگزینید") -> None:
        super().__init__(placeholder=placeholder)
        self._icon = EndIcon("chevron-down", press=self.open_list)
        self._options: tuple[Option, ...] = ()
        self._chosen = ""
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(self)
        self._completer.setCompletionRole(_FOLDED)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(10)
        popup = self._popup = QListView()
        self._completer.setPopup(popup)
        popup.setProperty("popup", True)
        popup.setItemDelegate(QStyledItemDelegate(popup))
        popup.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        # The stubs of Qt know no overloaded signals.
        self._completer.activated[QModelIndex].connect(self._picked)  # type: ignore[index]
        self.textEdited.connect(self._filter)
        self.set_options(options)
        self.restyle()

    def options(self) -> tuple[Option, ...]:
        """The (key, words) offered."""
        return self._options

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer others; a choice that is no longer offered is dropped."""
        self._options = tuple(options)
        self._model.clear()
        for key, words in self._options:
            item = QStandardItem(words)
            item.setData(fold(words), _FOLDED)
            item.setData(key, _KEY)
            item.setEditable(False)
            self._model.appendRow(item)
        self.set_value(self._chosen)

    def value(self) -> str:
        """The chosen key, or ""."""
        return self._chosen

    def raw(self) -> str:
        """The same, for a draft."""
        return self._chosen

    def set_value(self, value: str) -> None:
        """Choose by key; a key that is not offered chooses none."""
        words = dict(self._options).get(value)
        self._chosen = value if words is not None else ""
        self.setText(words or "")

    def popup(self) -> QListView:
        """The list, visible while it is open."""
        return self._popup

    def open_list(self) -> None:
        """Show all options with the chosen one marked."""
        if not self.isReadOnly():
            self.selectAll()
            self._show("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↓ opens; the rest is typed."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Down and (alt or not self.popup().isVisible()):
            self.open_list()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere opens the list."""
        super().mousePressEvent(event)
        if not self.popup().isVisible():
            self.open_list()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Settle what was typed before anyone asks for the value."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._settle()
        super().focusOutEvent(event)

    def _show(self, typed: str) -> None:
        self._completer.setCompletionPrefix(fold(typed))
        if not self._completer.completionCount():
            self.popup().hide()
            return
        set_property(self, "open", True)
        self._completer.complete(QRect(0, 2, self.width(), self.height()))
        set_property(self, "open", False)
        model = self._completer.completionModel()
        rows = range(model.rowCount())
        marked = next((r for r in rows if model.index(r, 0).data(_KEY) == self._chosen), 0)
        self.popup().setCurrentIndex(model.index(marked if not typed else 0, 0))

    def _filter(self, typed: str) -> None:
        self._show(typed)

    def _picked(self, index: QModelIndex) -> None:
        self._take(str(index.data(_KEY)))

    def _take(self, key: str) -> None:
        changed = key != self._chosen
        self.set_value(key)
        if changed:
            self.edited.emit()

    def _settle(self) -> None:
        typed = fold(self.text())
        if not typed:
            self._take("")
            return
        whole = [key for key, words in self._options if fold(words) == typed]
        part = [key for key, words in self._options if typed in fold(words)]
        if whole:
            self._take(whole[0])
        elif len(part) == 1:
            self._take(part[0])
        else:
            self.set_value(self._chosen)

"""A choice of one from a list that opens under the line and filters as one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QStyledItemDelegate

from desktop.domain.persian import fold
from desktop.ui.soon import soon
from desktop.ui.widgets.inputs.line import EndIcon, TextLine, set_property
from desktop.ui.widgets.inputs.segments import Option

_FOLDED, _KEY = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


class ListChoice(TextLine):
    """A list of options that opens on Alt+↓ or a click and filters as one types.

    The value is the key of the chosen option, or "" while none is. Text that fits no option is
    taken back when the person goes on; text that fits exactly one chooses it.
    """

    types = False

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
        self._choose(str(index.data(_KEY)))
        # Whoever types on means another choice.
        self.selectAll()
        # The list takes the focus with it until it is shut.
        soon(self, self.whole.emit)

    def _choose(self, key: str) -> None:
        changed = key != self._chosen
        self.set_value(key)
        if changed:
            self.edited.emit()

    def _settle(self) -> None:
        typed = fold(self.text())
        if not typed:
            self._choose("")
            return
        whole = [key for key, words in self._options if fold(words) == typed]
        part = [key for key, words in self._options if typed in fold(words)]
        if whole:
            self._choose(whole[0])
        elif len(part) == 1:
            self._choose(part[0])
        else:
            self.set_value(self._chosen)

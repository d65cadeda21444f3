"""A choice of one from a list that opens under the line and filters as one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyledItemDelegate

from desktop.domain.persian import fold
from desktop.ui import theme
from desktop.ui.soon import soon
from desktop.ui.widgets.inputs.line import EndIcon, TextLine
from desktop.ui.widgets.inputs.segments import Option

_FOLDED, _KEY = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2


class _List(QCompleter):
    """The options under a line, found by any part of their words."""

    def __init__(self, line: QLineEdit, options: Sequence[Option]) -> None:
        self._held = QStandardItemModel()
        super().__init__(self._held, line)
        self._held.setParent(self)
        self.setWidget(line)
        self.setCompletionRole(_FOLDED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(10)
        self.view = QListView()
        self.setPopup(self.view)
        theme.dress(self.view, "popup")
        self.view.setItemDelegate(QStyledItemDelegate(self.view))
        self.view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.fill(options)

    def fill(self, options: Sequence[Option]) -> None:
        """Offer these."""
        self._held.clear()
        for key, words in options:
            item = QStandardItem(words)
            item.setData(fold(words), _FOLDED)
            item.setData(key, _KEY)
            item.setEditable(False)
            self._held.appendRow(item)


class ListChoice(TextLine):
    """A list of options that opens on Alt+↓ or a click and filters as one types.

    The value is the key of the chosen option, or "" while none is. Text that fits no option is
    taken back when the person goes on (`settle`); text that fits exactly one chooses it. Where one
    `must` be chosen it can't be emptied.
    """

    types = False

    def __init__(
        self, options: Sequence[Option], *, placeholder: str = "برگزینید", must: bool = False
    ) -> None:
        super().__init__(placeholder=placeholder)
        self._must = must
        self._icon = EndIcon("chevron-down", press=self.open_list)
        self._options: tuple[Option, ...] = ()
        self._chosen = ""
        # Few of a form's lists are ever opened: each is made when it is.
        self._list: _List | None = None
        self.textEdited.connect(self._filter)
        self.set_options(options)
        self.restyle()

    def options(self) -> tuple[Option, ...]:
        """The (key, words) offered."""
        return self._options

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer others; a choice that is no longer offered is dropped."""
        self._options = tuple(options)
        if self._list is not None:
            self._list.fill(self._options)
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
        return self._opened().view

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
            self.settle()
        super().focusOutEvent(event)

    def settle(self) -> bool:
        """Choose what was typed, or marked by the arrows; what means none is taken back."""
        meant = self._marked() or self._meant()
        if meant is None:
            self.set_value(self._chosen)
            return False
        self._choose(meant)
        return True

    def ask_again(self) -> None:
        """All that can be meant."""
        self.open_list()

    def _show(self, typed: str) -> None:
        completer = self._opened()
        completer.setCompletionPrefix(fold(typed))
        if not completer.completionCount():
            self.popup().hide()
            return
        self.show_open(True)
        completer.complete(QRect(0, 2, self.width(), self.height()))
        self.show_open(False)
        model = completer.completionModel()
        rows = range(model.rowCount())
        marked = next((r for r in rows if model.index(r, 0).data(_KEY) == self._chosen), 0)
        self.popup().setCurrentIndex(model.index(marked if not typed else 0, 0))

    def _opened(self) -> _List:
        if self._list is None:
            self._list = _List(self, self._options)
            # The stubs of Qt know no overloaded signals.
            self._list.activated[QModelIndex].connect(self._picked)  # type: ignore[index]
        return self._list

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

    def _marked(self) -> str:
        """The key of another option that the arrows went to in the open list; empty for none.

        What is marked by itself as one types, or while nothing is chosen, is nobody's choice.
        """
        if self._list is None or not self._list.view.isVisible() or not self._chosen:
            return ""
        if self.text() != dict(self._options).get(self._chosen):
            return ""
        marked = self._list.view.currentIndex().data(_KEY)
        return str(marked) if marked is not None and marked != self._chosen else ""

    def _meant(self) -> str | None:
        """The key of the option whose words stand there, "" for none, None where it is not said."""
        if self.text() == dict(self._options).get(self._chosen, ""):
            return self._chosen
        typed = fold(self.text())
        if not typed:
            return None if self._must else ""
        whole = [key for key, words in self._options if fold(words) == typed]
        part = [key for key, words in self._options if typed in fold(words)]
        return next(iter(whole or part)) if whole or len(part) == 1 else None

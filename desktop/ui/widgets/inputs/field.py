"""A field of a form: label, input, and what is wrong with it in words under it."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from desktop.domain.calendar import format_jalali
from desktop.domain.persian import isolate
from desktop.ui import announcing
from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.inputs.line import State, TextLine, too_long
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row

_ONE_LINE = 30
"""So many letters of a label have room in the narrowest column."""


class Input(Protocol):
    """What every input of the kit offers; all of them are widgets."""

    def value(self) -> Any:
        """The value, in the type the input documents."""

    def raw(self) -> str:
        """The value as text for a draft, also when it cannot be read."""

    def set_value(self, value: Any) -> None:
        """Fill it; accepts its own `value` and `raw`; signals nothing."""

    def state(self) -> State:
        """How it stands."""

    def set_state(self, state: State) -> None:
        """Normal, error, read-only or from the records."""


class ErrorLine(QWidget):
    """What is wrong, in words behind a red mark."""

    def __init__(self) -> None:
        super().__init__()
        self.words = Label("", "small", "refuse", wrap=True)
        # Below the ring of focus, and the mark in the middle of the first line.
        row = Row(gap=6, margins=(3, 0, 0, 0))
        mark = Column(IconLabel("alert-circle", 16, "refuse"), gap=0, margins=(2, 0, 0, 0))
        mark.addStretch(1)
        row.addLayout(mark)
        row.addWidget(self.words, 1)
        self.setLayout(row)


class FormField(HandsKeysOn):
    """Label above, input, then the error or the hint; `edited` and `left` are the input's.

    `key` names the field to the page, `topic` to the help where that knows it by another name. An
    optional field says «اختیاری»; a field whose words stand in the input itself (a tick) has no
    label.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        key: str = "",
        topic: str = "",
        optional: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__()
        self.key, self.control = key, control
        self.topic = topic or key
        self._hint_words, self._note = hint, ""
        self._error: str | None = None
        # What an input refused to take in, told until something else is typed.
        self._passing: str | None = None
        self._fresh = False
        self._base: State = ""
        self._words = label
        # A short label never breaks; a long one must, or it pushes its column wider than its share.
        self.label = Label(label, "small", "text2", wrap=len(label) > _ONE_LINE)
        self.label.setBuddy(control)
        control.setAccessibleName(label or control.accessibleName())
        # A form has forty fields: what most of them never show is made when it is needed.
        self._hint: Label | None = None
        self._fault: ErrorLine | None = None
        self._column = column = Column(gap=2)
        self._optional: Label | None = None
        if label:
            self._head = Row(gap=6)
            self._head.addWidget(self.label, int(self.label.wordWrap()))
            if not self.label.wordWrap():
                self._head.addStretch(1)
            self.set_optional(optional=optional)
            column.addLayout(self._head)
        else:
            self.label.setParent(self)
            self.label.hide()
        if control.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed:
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            column.addWidget(control, 0, side)
        else:
            column.addWidget(control)
        self.setLayout(column)
        self.hand_keys_to(control)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._connect()
        self._show()

    @property
    def hint(self) -> Label:
        """The line under the field while nothing is wrong."""
        if self._hint is None:
            self._hint = Label("", "small", "hint", wrap=True)
            self._hint.hide()
            self._column.addWidget(self._hint)
        return self._hint

    @property
    def fault(self) -> ErrorLine:
        """The line under the field that says what is wrong."""
        if self._fault is None:
            self._fault = ErrorLine()
            self._fault.hide()
            below = 0 if self._hint is None else 1
            self._column.insertWidget(self._column.count() - below, self._fault)
        return self._fault

    def words(self) -> str:
        """The label, as errors name the field; of one without it the words in the input itself."""
        control = self.control
        return self._words or (control.text() if isinstance(control, QAbstractButton) else "")

    def rename(self, label: str) -> None:
        """Ask for the same in other words."""
        self._words = label
        self.label.setText(label)
        self.control.setAccessibleName(label)

    def value(self) -> Any:
        """The input's value."""
        return self._input().value()

    def raw(self) -> str:
        """The input's text for a draft."""
        return self._input().raw()

    def state(self) -> State:
        """How the input stands."""
        return self._input().state()

    def set_value(self, value: Any) -> None:
        """Fill the input; an error that stood there is gone."""
        self._input().set_value(value)
        self.set_error(None)

    def error(self) -> str | None:
        """The sentence under the field, if it has an error."""
        return self._error

    def set_error(self, words: str | None) -> None:
        """Say what is wrong, or with None that nothing is."""
        self._error = words
        self.label.set_role("refuse" if words else "text2")
        self.label.set_weight(500 if words else 400)
        self._input().set_state("error" if words else self._base)
        self.control.setAccessibleDescription(f"خطا: {words}" if words else self._under())
        if not words:
            announcing.forget("field")
        elif (focus := QApplication.focusWidget()) is not None and self.isAncestorOf(focus):
            # Elsewhere it is heard as the keys come to the field.
            announcing.announce(self.control, f"{self._words}، خطا: {words}", "field")
        self._show()

    def set_from_records(self, value: Any, as_of: date) -> None:
        """Fill it with what the records say, on a tint, so that nobody types it again."""
        self._input().set_value(value)
        self._base = "records"
        day = isolate(format_jalali(as_of))
        self.control.setToolTip(f"از سوابق {day}")
        self.set_error(None)

    def set_read_only(self, read_only: bool = True) -> None:
        """Show without letting it be changed, or let it be changed again."""
        self._base = "readonly" if read_only else ""
        self.control.setToolTip("")
        self.set_error(None)

    def is_optional(self) -> bool:
        """Whether it says that it may stay empty."""
        return self._optional is not None and not self._optional.isHidden()

    def set_optional(self, *, optional: bool) -> None:
        """Say after the label that it may stay empty, or no more."""
        if self._optional is not None:
            self._optional.setVisible(optional)
        elif optional:
            # Shown with the field: by itself it would be a window before it has a parent.
            self._optional = Label("اختیاری", "small", "hint")
            self._head.insertWidget(1, self._optional)

    def set_hint(self, words: str) -> None:
        """The line under the field while nothing is wrong."""
        self._hint_words = words
        self._show()

    def _input(self) -> Input:
        control: Any = self.control
        return control  # type: ignore[no-any-return]

    def _connect(self) -> None:
        control: Any = self.control
        control.edited.connect(self._edited)
        control.left.connect(self.left)
        if hasattr(control, "noted"):
            control.noted.connect(self._noted)
        if hasattr(control, "refused"):
            control.refused.connect(self._refused)
        elif isinstance(control, TextLine):
            control.inputRejected.connect(self._full)

    def _edited(self) -> None:
        self.edited.emit()
        self._forget()

    def _full(self) -> None:
        control: Any = self.control
        self._refused(too_long(control.limit))

    def _refused(self, words: str) -> None:
        self._passing = words
        self._fresh = True
        self._show()

    def _forget(self) -> None:
        if self._fresh:
            self._fresh = False
        elif self._passing is not None:
            self._passing = None
            self._show()

    def _noted(self, words: str) -> None:
        self._note = words
        self._show()

    def _under(self) -> str:
        return self._note or self._hint_words

    def _show(self) -> None:
        fault = self._error or self._passing or ""
        if fault or self._fault is not None:
            self.fault.words.setText(fault)
            self.fault.setVisible(bool(fault))
        under = self._under()
        if under or self._hint is not None:
            self.hint.setText(under)
            self.hint.setVisible(bool(under) and not fault)

"""What a person has typed into the inputs of an act, by key: kept, laid in again, thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.persian import to_persian_digits
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.undo import Undo, to_the_end

Texts = dict[str, str]


class Kept(Protocol):
    """What of an input can be kept: it has the signal `edited` too."""

    def raw(self) -> str: ...
    def set_value(self, value: Any) -> None: ...


class Typed(QObject):
    """The inputs of a form, passwords among them but never in what is kept.

    `act` names the form among all others, for good. `edited` names the input that was changed,
    `made` comes before texts are laid in that need inputs, `laid` after texts were laid in.
    """

    edited = Signal(str)
    made = Signal(object)
    laid = Signal()

    def __init__(self, form: QWidget, act: str) -> None:
        super().__init__(form)
        self.act = act
        self._inputs: dict[str, Kept] = {}
        self._words: Texts = {}
        # What no input takes any more: it is kept on, and told.
        self.aside: Texts = {}
        self._aside_shown: Texts = {}
        self._passing: set[str] = set()
        self._along: set[str] = set()
        self._fresh: Texts = {}
        self.is_begun = False
        self._last = ""
        self.undo = Undo(form, self.texts, self._put)

    def know(self, key: str, control: Any, words: str = "") -> None:
        """Keep what is typed there from now on; `words` name it to a person."""
        self._inputs[key] = control
        self._words[key] = words or control.accessibleName()
        control.edited.connect(lambda: self.note(key))
        if isinstance(control, DateLine):
            control.moved.connect(lambda: self._moved(key))

    def let_pass(self, key: str) -> None:
        """What is chosen there is of this moment, and in no draft."""
        self._passing.add(key)

    def goes_along(self, key: str) -> None:
        """What stands there by itself is another thing tomorrow: it is kept with all else typed."""
        self._along.add(key)

    def forget(self, key: str) -> None:
        """The input is gone."""
        self._inputs.pop(key, None)

    def note(self, key: str) -> None:
        """Something was changed there."""
        self._last = key
        self.undo.note(key)
        self.edited.emit(key)

    def _moved(self, key: str) -> None:
        """Another day is offered there by itself: nobody has typed it."""
        if key in self._fresh:
            self._fresh[key] = self._inputs[key].raw()

    def begin(self) -> None:
        """What stands there now is what nobody has typed."""
        self.is_begun = True
        self._fresh = self.texts()
        self.undo.begin()

    def texts(self) -> Texts:
        """What stands in every input."""
        return {key: control.raw() for key, control in self._inputs.items()}

    def typed(self) -> Texts:
        """What a person has made otherwise than it stood there at first, and what was set aside."""
        now = self.texts()
        changed = {key: text for key, text in now.items() if text != self._fresh.get(key, "")}
        lasting = {key: text for key, text in changed.items() if key not in self._passing}
        along = {key: now[key] for key in self._along if lasting and key in now}
        return {**self.aside, **along, **lasting}

    def words(self) -> Texts:
        """The names of all inputs that were ever there."""
        return dict(self._words)

    def shown(self) -> Texts:
        """Of what was typed, how it read."""
        keys = self.typed()
        now = {key: read_words(self._inputs[key]) for key in keys if key in self._inputs}
        return {**self._aside_shown, **now}

    def focused(self) -> str:
        """The input that has the keys, else the one that was changed last; empty for none."""
        focus = QApplication.focusWidget()
        for key, control in self._inputs.items():
            if focus is None or not isinstance(control, QWidget):
                continue
            if control is focus or control.isAncestorOf(focus):
                return key
        return self._last

    def lay_in(self, typed: Mapping[str, str], words: Texts, shown: Texts) -> None:
        """Put texts back where nothing was typed since; what no input takes is set aside."""
        self.made.emit(typed)
        now = self.texts()
        for key, text in typed.items():
            free = key in now and now[key] == self._fresh.get(key, "")
            if free and self._takes(key, text):
                continue
            if key in now and now[key] == text:
                continue
            self.aside[key] = text
            self._words.setdefault(key, words.get(key, ""))
            self._aside_shown[key] = shown.get(key, text)
        self.laid.emit()
        self.undo.begin()

    def aside_words(self) -> list[str]:
        """A sentence for each text that no input takes any more."""
        return [
            f"این قلم دیگر پرسیده نمی‌شود: «{self._words[key] or key}»: {shown}"
            for key, shown in self._aside_shown.items()
        ]

    def throw_away(self) -> None:
        """As it was before anything was typed; Ctrl+Z brings it back."""
        self.aside, self._aside_shown = {}, {}
        self._fill({**dict.fromkeys(self._inputs, ""), **self._fresh})
        self.note("")

    def restart(self) -> None:
        """Empty, for another thing: nothing of what stood there is left, nor can come back."""
        self.aside, self._aside_shown, self._last = {}, {}, ""
        self._fill({**dict.fromkeys(self._inputs, ""), **self._fresh})
        self.begin()

    def go_to(self, key: str) -> None:
        """Give that input the keys."""
        control = self._inputs.get(key)
        if isinstance(control, QWidget):
            control.setFocus(Qt.FocusReason.ShortcutFocusReason)
            to_the_end(control)

    def _takes(self, key: str, text: str) -> bool:
        control = self._inputs[key]
        before = control.raw()
        control.set_value(text)
        if control.raw() == text:
            return True
        control.set_value(before)
        return False

    def _fill(self, texts: Mapping[str, str]) -> None:
        self.made.emit(texts)
        for key, control in self._inputs.items():
            text = texts.get(key, self._fresh.get(key, ""))
            if control.raw() != text:
                control.set_value(text)
        self.laid.emit()

    def _put(self, texts: Any, key: str) -> None:
        self._fill(texts)
        self.edited.emit(key)
        self.go_to(key)


def read_words(control: Kept) -> str:
    """What stands in an input, as a person reads it."""
    if isinstance(control, QLineEdit):
        return control.text()
    if isinstance(control, QPlainTextEdit):
        return control.toPlainText()
    known: Any = control
    if hasattr(known, "read"):
        return to_persian_digits(known.read())
    raw = control.raw()
    if isinstance(control, QCheckBox):
        return "بله" if raw else "خیر"
    labels = dict(known.options()) if hasattr(known, "options") else {}
    return to_persian_digits(labels.get(raw, raw))

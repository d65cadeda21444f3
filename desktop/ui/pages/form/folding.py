"""Folds the parts of the case form that are done, as the focus goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.pages.form.body import FormBody
from desktop.ui.soon import soon


class Folding(QObject):
    """Watches the focus in the body; `faulty` gives the keys at fault, None before the first look.

    With `keep_property` the part of the property stays open: what was found stands in it.
    """

    def __init__(self, body: FormBody, faulty: Callable[[], frozenset[str] | None]) -> None:
        super().__init__(body)
        self._body, self._faulty = body, faulty
        self.keep_property = True
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def fold(self) -> None:
        """Fold what is done; what has the focus stays in sight."""
        faulty = self._faulty()
        if faulty is None:
            return
        self._body.fold_done(faulty, keep_property=self.keep_property)
        focus = QApplication.focusWidget()
        if focus is not None and self._body.isAncestorOf(focus):
            soon(focus, lambda: self._bring(focus))

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        # A part that folds under a pressed mouse would take its aim away.
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if new is None or pressed or not self._body.isAncestorOf(new):
            return
        soon(self, self.fold)

    def _bring(self, widget: QWidget) -> None:
        if widget.hasFocus():
            self._body.bring(widget)

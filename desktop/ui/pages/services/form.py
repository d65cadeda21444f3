"""The live form of a service's file: the clerk's very own widgets, drawn anew as it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.domain.service import Service
from desktop.ui.page import Shell
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.files import FormFiles
from desktop.ui.pages.services.views import View
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.told.banner import Banner


class FormView(QWidget):
    """The form as the clerk will have it; the last good one while the text can't be read.

    `card` stands under it while it is `shown`.
    """

    def __init__(self, shell: Shell, card: QWidget, shown: Callable[[], bool]) -> None:
        super().__init__()
        self._shell, self._card, self._shown = shell, card, shown
        self.body: FormBody | None = None
        self._known: tuple[object, ...] = ()
        self._spoiled: tuple[str, ...] = ()
        self.note = Banner("", "refuse")
        self._note_holder = QWidget()
        self._note_holder.setLayout(Column(self.note, gap=0, margins=(10, 16, 0, 16)))
        self._note_holder.hide()
        self.none = View()
        self._column = Column(self._note_holder, gap=0)
        self._column.addWidget(self.none, 1)
        self.setLayout(self._column)

    def show_form(self, service: Service, fee: int, today: date) -> None:
        """Draw the form anew if it is another; what was filled in stays where its field stays."""
        drawn = (service.fields, service.checks, service.documents, service.applicants)
        known = (*drawn, service.declares, service.needs_property, fee)
        if known == self._known:
            return
        self._known = known
        kept = self.body.kept() if self.body is not None else None
        body = FormBody(service, fee, today, FormFiles(self._shell, self), self)
        if kept is not None:
            if kept["party"].get("applicant") not in [each.value for each in service.applicants]:
                kept["party"].pop("applicant", None)
            body.restore(kept)
        if self.body is not None:
            self._column.removeWidget(self.body)
        else:
            self.none.hide()
        old, self.body = self.body, body
        self._column.addWidget(body, 1)
        if self._shown():
            body.add(self._card)
            self._card.show()
        if old is not None:
            old.hide()
            old.deleteLater()
        body.show()

    def tell(self, words: str) -> None:
        """What stands against the form being of now; empty for nothing."""
        self._note_holder.setVisible(bool(words))
        self.note.set_words(words)
        if self.body is None:
            self._note_holder.hide()
            self.none.tell(words)

    def tell_spoiled(self, told: Mapping[str, str]) -> None:
        """Beside each field what the file has wrong of it; `told` by the field's key."""
        cells = self.body.cells() if self.body is not None else {}
        for key in {*self._spoiled, *told} & set(cells):
            cells[key].set_error(told.get(key))
        self._spoiled = tuple(told)

    def place(self, card: QWidget) -> None:
        """Put the card of publishing under the form."""
        if self.body is not None:
            self.body.add(card)
        else:
            self.none.place(card)

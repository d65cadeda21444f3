"""What is typed into a card of a page, kept like the form of an act."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.pages.acts.typed import Typed
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.told.banner import Banner


class CardForm(QObject):
    """The fields of a card; as of `ActForm` but for what is done with them.

    `earlier` is for the card to put where it likes: it says that something was typed before.
    """

    discarded = Signal()

    def __init__(
        self, card: QWidget, name: str, heading: str, fields: Sequence[FormField], subject: str = ""
    ) -> None:
        super().__init__(card)
        self.name, self.heading, self.subject = name, heading, subject
        self._fields = tuple(fields)
        self.typed = Typed(card, name)
        for field in fields:
            self.typed.know(field.key, field.control, field.words())
        self.earlier = Banner("", "neutral", icon="pencil", link="حذف")
        self.earlier.followed.connect(self.discarded)
        self.earlier.hide()

    def first(self) -> QWidget | None:
        """Where work begins."""
        return self._fields[0] if self._fields else None

    def put_away(self) -> None:
        """Its drafts keep all that a card holds."""

    def tell_earlier(self, words: str) -> None:
        """Say of what is laid in that it was typed before."""
        self.earlier.set_words(words)
        self.earlier.setVisible(bool(words))

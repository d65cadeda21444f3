"""An empty place: what it means that nothing is here, and the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.paint.focus_ring import say_of_page


class EmptyState(Card):
    """A dashed card with icon, two lines and at most one button; `pressed` is the button's."""

    pressed = Signal()

    def __init__(
        self,
        words: str,
        detail: str,
        *,
        icon: str = "inbox",
        button: str = "",
        button_icon: str = "",
        keys: str = "",
    ) -> None:
        super().__init__(edge="dashed", margins=(15, 18, 15, 18))
        row = Row(gap=16)
        self.icon = IconLabel(icon, 32, "text2")
        row.addWidget(self.icon)
        self.words, self.detail = Label(words, weight=700, wrap=True), Label(detail, wrap=True)
        self.detail.set_role("text2")
        told = Column(gap=0)
        told.addStretch(1)
        told.addWidget(self.words)
        told.addWidget(self.detail)
        told.addStretch(1)
        row.addLayout(told, 1)
        self.button = Button(button, icon=button_icon, keys=keys)
        self.button.clicked.connect(self.pressed)
        row.addWidget(self.button)
        self.body.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        # Shown before it stands in the card it would be a window of its own, and have the keys.
        self.button.setVisible(bool(button))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        say_of_page(self)
        self.setAccessibleName(f"{words}. {detail}")

    def say(self, words: str, detail: str) -> None:
        """Other words in it."""
        self.words.setText(words)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.setAccessibleName(f"{words}. {detail}" if detail else words)

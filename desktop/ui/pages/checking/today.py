"""The last letters that were checked at this desk today, in a line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.checked import DIFFERS, CheckedLetter
from desktop.domain.calendar import format_time
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.checking.verdict import LOOKS
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Flow, Row, clear
from desktop.ui.widgets.told.chip import Chip, ChipLook
from desktop.wire.verdicts import Verdict

_MOST = 4
_NO_NUMBER = "بی‌شماره"


class Today(Card):
    """Number and verdict of each, the newest first; how many there were stands beside.

    `asked` names one whose picture is to be shown.
    """

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("بررسی‌های امروز", " ")
        self._flow = Flow(gap=24, row_gap=6)
        self.body.addLayout(self._flow)

    def show_checks(self, checks: Sequence[CheckedLetter]) -> None:
        """Those of today; the card goes where there is none."""
        clear(self._flow)
        for each in checks[:_MOST]:
            shown = _Check(each)
            if shown.picture is not None:
                shown.picture.clicked.connect(partial(self.asked.emit, each))
            self._flow.addWidget(shown)
        self.beside.setText(to_persian_digits(f"{len(checks)} نامه"))
        self.setVisible(bool(checks))


class _Check(QWidget):
    def __init__(self, check: CheckedLetter) -> None:
        super().__init__()
        number = isolate(to_persian_digits(check.number)) if check.number else _NO_NUMBER
        tone, icon = LOOKS["false" if check.differing else check.verdict]
        words = DIFFERS if check.differing else Verdict(check.verdict).word
        time = Label(format_time(check.at), "small", "text2")
        row = Row(time, Label(number, weight=500), Chip(ChipLook(words, icon, tone)), gap=8)
        self.picture: Link | None = None
        if check.scanned:
            self.picture = Link("تصویر کاغذ")
            self.picture.setAccessibleName(f"تصویر کاغذ، {number}")
            row.addWidget(self.picture)
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

"""One line for the rest of the manager's day, each part a way to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.day import Today
from desktop.domain.persian import to_persian_digits
from desktop.ui import places
from desktop.ui.places import Place
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Flow, clear


class RestOfDay(QWidget):
    """«کارهای دیگر امروز: دیرکرد ۱ …»; `go` shows a place."""

    def __init__(self, go: Callable[[Place], None]) -> None:
        super().__init__()
        self._go = go
        self._shown: list[tuple[str, str, Place]] = []
        self._flow = Flow(gap=16, row_gap=0)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_day(self, day: Today) -> None:
        """What waits besides the letters; nothing that is empty, but always the till."""
        parts: list[tuple[str, str, Place]] = [
            (f"دیرکرد {day.overdue}" if day.overdue else "", "refuse", places.Queue("overdue")),
            (f"آمادهٔ تحویل {day.ready}" if day.ready else "", "link", places.Queue("released")),
            (
                f"پاسخ‌های رسیده {day.arrived}" if day.arrived else "",
                "link",
                places.Arrived(),
            ),
            (
                f"اطلاعیهٔ نخوانده {day.announced}" if day.announced else "",
                "link",
                places.Announcements(),
            ),
            (f"پیش‌نویس {len(day.drafts)}" if day.drafts else "", "link", places.Home()),
            ("صندوق", "link", places.Till()),
        ]
        shown = [part for part in parts if part[0]]
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._flow)
        self._flow.addWidget(Label("کارهای دیگر امروز:", "small", "text2"))
        for words, colour, place in shown:
            link = Link(to_persian_digits(words), colour=colour)
            link.clicked.connect(lambda _=False, to=place: self._go(to))
            self._flow.addWidget(link)

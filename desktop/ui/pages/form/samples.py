"""A demo's strip over the form: people and properties to try, one for each outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.samples import Sample
from desktop.domain.decision import Outcome
from desktop.domain.service import Service
from desktop.forms.answers import Filled
from desktop.ui.pages.form.details import UNCHANGED
from desktop.ui.pages.form.kept import untyped
from desktop.ui.pages.form.property import CODE
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Row, clear
from desktop.ui.widgets.told.keycap import KeyCaps
from desktop.ui.work import Job, Work

_WORDS: Mapping[Outcome, str] = {
    Outcome.ANSWER: "پاسخ آنی",
    Outcome.PAY: "بدهی",
    Outcome.VISIT: "بازدید",
    Outcome.REVIEW: "کارشناس",
    Outcome.REFUSE: "پاسخ منفی",
}
Find = Callable[[Service], Sequence[Sample]]


class SampleStrip(QWidget):
    """«نمونه‌ها» with a link for each outcome; `chosen` gives the form as it would be typed.

    They are looked for when the first one is asked for.
    """

    chosen = Signal(object)

    def __init__(self, work: Work, find: Find, service: Service) -> None:
        super().__init__()
        self._work, self._find, self._service = work, find, service
        self._found: list[Sample] = []
        self._next = 0
        self._looking = False
        self._links = Row(gap=14)
        more = Link("نمونه‌ها")
        more.setToolTip("متقاضی و ملکی از شهر ساختگی، برای آزمودن")
        more.clicked.connect(self.take_next)
        row = Row(IconLabel("school", 18, "pay"), gap=8, margins=(8, 0, 6, 0))
        row.addWidget(more)
        row.addWidget(KeyCaps("F11"))
        row.addLayout(self._links)
        row.addStretch(1)
        self.setLayout(row)

    def take_next(self) -> None:
        """The next one, round to the first."""
        if self._found:
            self._take(self._next % len(self._found))
        elif not self._looking:
            self._work.flow(self, self._look())

    async def _look(self) -> None:
        self._looking = True
        try:
            found = await Job(partial(self._find, self._service), papers=True)
        finally:
            # Also after a bug, or a centre that is not open yet: it can be asked again.
            self._looking = False
        self._show(found)

    def _show(self, found: Sequence[Sample]) -> None:
        self._found = list(found)
        clear(self._links)
        for number, sample in enumerate(found):
            link = Link(_WORDS[sample.outcome])
            link.clicked.connect(lambda _=False, number=number: self._take(number))
            self._links.addWidget(link)
        if found:
            self.take_next()
        else:
            self._links.addWidget(Label("برای این خدمت نمونه‌ای نیست.", "small", "text2"))

    def _take(self, number: int) -> None:
        self._next = number + 1
        self.chosen.emit(self._found[number].filled)


def as_kept(filled: Filled) -> dict[str, Any]:
    """Person, property and answers as a draft keeps them (`FormBody.kept`)."""
    plate = f"{filled.plate_sub}-{filled.plate_main}-{filled.plate_section}"
    party = {f"party.{key}": text for key, text in filled.party.items()}
    return untyped(
        {"applicant": filled.applicant.value, **party},
        filled.consents,
        filled.code,
        plate if filled.plate_main else "",
        {**filled.answers, UNCHANGED: filled.unchanged},
        focus=CODE,
    )

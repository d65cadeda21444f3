"""The letter as it will be, office by office, and the password that signs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.actions import office_letter_paper, office_letters
from desktop.domain.delegation import Delegation
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui.page import Shell
from desktop.ui.pages.acts.signed_form import OWN_PASSWORD
from desktop.ui.pages.delegation.words import signing_words
from desktop.ui.pages.papers.view import PdfFrame
from desktop.ui.widgets.button import IconButton
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row
from desktop.ui.widgets.lists.pairs import panel_heading
from desktop.ui.widgets.told.empty import EmptyState

_WAIT_MS = 150


class LetterSide(QWidget):
    """The panel: `show_plan` gives what each office would be told; nothing is drawn twice."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._offices: list[str] = []
        self._told: dict[str, tuple[Delegation, ...]] = {}
        self._at = 0
        self._asked: tuple[Delegation, ...] = ()
        self.count = Label("", "small", "text2")
        self.before = IconButton("chevron-right", "دفتر پیش", bordered=False, size=28)
        self.after = IconButton("chevron-left", "دفتر بعد", bordered=False, size=28)
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        head = Row(panel_heading("پیش‌نمایش نامه"), gap=4)
        head.addStretch(1)
        for widget in (self.count, self.before, self.after):
            head.addWidget(widget)
        self.frame = PdfFrame(shell.work, for_reading=True)
        self.frame.setAccessibleName("پیش‌نمایش نامه")
        self.empty = EmptyState(
            "هنوز نامه‌ای نیست",
            "پیش‌نمایش پس از برگزیدن خدمت و دفتر و نوشتن مدت و مصوبه می‌آید.",
            icon="file-text",
        )
        self.fault = Label("", "small", "refuse", wrap=True)
        self.fault.hide()
        self.password = FormField(OWN_PASSWORD, PasswordLine(), key="password")
        self.password.edited.connect(lambda: self.password.set_error(None))
        self.follows = Label(signing_words(0), "small", "text2", wrap=True)
        column = Column(gap=10, margins=(10, 16, 12, 16))
        column.addLayout(head)
        column.addWidget(self.fault)
        column.addWidget(self.frame, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(Hairline())
        column.addWidget(panel_heading("امضای نخست"))
        column.addWidget(self.password)
        column.addWidget(self.follows)
        self.setLayout(column)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_WAIT_MS)
        self._clock.timeout.connect(self._draw)
        self.show_plan([])

    @property
    def letters(self) -> int:
        """How many letters there will be."""
        return len(self._offices)

    def show_plan(self, told: Sequence[Delegation]) -> None:
        """What would be signed now, in the order of the offices; nothing while something lacks."""
        before = self._offices[self._at] if self._at < len(self._offices) else ""
        by_office: dict[str, list[Delegation]] = {}
        for one in told:
            by_office.setdefault(one.office, []).append(one)
        self._told = {office: tuple(each) for office, each in by_office.items()}
        self._offices = list(by_office)
        self._at = self._offices.index(before) if before in self._offices else 0
        self.follows.setText(signing_words(self.letters))
        self._show_at()

    def shown(self) -> tuple[Delegation, ...]:
        """What the office is told whose letter shows."""
        return self._told[self._offices[self._at]] if self._offices else ()

    def turn(self, by: int) -> bool:
        """The letter of another office; whether there is one."""
        at = self._at + by
        if not 0 <= at < len(self._offices):
            return False
        self._at = at
        self._show_at()
        return True

    def _show_at(self) -> None:
        count = len(self._offices)
        there = bool(count)
        self.count.setText(to_persian_digits(f"{self._at + 1} از {count}") if there else "")
        for button in (self.before, self.after):
            button.setVisible(count > 1)
        self.frame.setVisible(there)
        self.empty.setVisible(not there)
        if there:
            self._clock.start()
        else:
            self._asked = ()

    def _draw(self) -> None:
        told = self.shown()
        if not told or told == self._asked:
            return
        self._asked = told

        def show(pdf: bytes) -> None:
            if told == self._asked:
                self.fault.hide()
                self.frame.set_pdf(pdf)

        def no(refusal: Refusal) -> None:
            if told == self._asked:
                self.fault.setText(refusal.words)
                self.fault.show()

        job = partial(_drawn, self._shell, told)
        self._shell.work.run(self, job, show, no, papers=True)


def _drawn(shell: Shell, told: tuple[Delegation, ...]) -> bytes:
    """The letter of one office. Raises Refusal on an unprintable character."""
    [letter, *_] = office_letters.foreseen(shell.seat, told)
    return office_letter_paper.draw(letter)

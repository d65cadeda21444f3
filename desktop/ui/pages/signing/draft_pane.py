"""The letter that would come of a proposal: its page, and its four facts in readable size."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.actions.signing import ProposalDraft
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.words import OUTCOMES
from desktop.ui import theme
from desktop.ui.page import Page
from desktop.ui.pages.papers.cover import Cover
from desktop.ui.pages.papers.view import PdfFrame
from desktop.ui.standing.letter_facts import facts_of
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.work import Work

_WIDTH, _HEIGHT = 330, 310
# Qt's own QWIDGETSIZE_MAX, which PySide does not name.
_ANY = 16_777_215
DRAFT = "پیش‌نویس نامه"


class DraftCover(Cover):
    """The whole page over the case; a draft is never printed."""

    def __init__(self, work: Work, host: Page) -> None:
        self.frame = PdfFrame(work, for_reading=True)
        self.frame.setAccessibleName(DRAFT)
        super().__init__(host, self.frame)

    def show_draft(self, pdf: bytes) -> None:
        """Show it; without one nothing is covered."""
        if pdf:
            self.open_cover(f"{DRAFT}، بی‌شماره تا امضا", self.frame)
            self.frame.set_pdf(pdf)


class DraftPane(QWidget):
    """پیش‌نویس نامه: the page, and its four facts in readable size."""

    def __init__(self) -> None:
        super().__init__()
        self._column = Column(gap=8)
        self._head = Label(f"{DRAFT}، بی‌شماره تا امضا", "section", weight=700, wrap=True)
        self._said = Label("در حال آوردن پیش‌نویس…", role="text2", wrap=True)
        self._facts = Column(gap=4)
        self.frame: PdfFrame | None = None
        self._folded = False
        # What shows, and whose page it is.
        self.pdf, self.subject = b"", ""
        self._column.addWidget(self._head)
        self._column.addWidget(self._said)
        self._column.addLayout(self._facts)
        self._column.addStretch(1)
        self.setLayout(self._column)
        self.setAccessibleName(DRAFT)
        theme.notifier().changed.connect(self._resize)
        self._resize()

    def fold(self) -> None:
        """Only the facts; the page by F9."""
        self._folded = True
        self.setMinimumWidth(0)
        self.setMaximumWidth(_ANY)

    def _resize(self) -> None:
        if not self._folded:
            self.setFixedWidth(theme.px(_WIDTH))
        if self.frame is not None:
            self.frame.setFixedHeight(theme.px(_HEIGHT))

    def tell(self, no: Refusal) -> None:
        """Why there is no draft."""
        self._said.setText(no.words)
        self._said.show()

    def show_draft(self, work: Work, case: Case, draft: ProposalDraft, today: date) -> None:
        """The letter, or what is awaited before one."""
        clear(self._facts)
        self.pdf = draft.pdf
        if draft.letter is None:
            self._said.setText(f"پس از امضا: {OUTCOMES[draft.outcome]}")
            return
        self.subject = draft.letter.text.subject
        self._said.hide()
        if not self._folded:
            self.frame = PdfFrame(work, for_reading=True)
            self.frame.setAccessibleName(DRAFT)
            self._column.insertWidget(3, self.frame)
            self._resize()
            self.frame.set_pdf(draft.pdf)
        for fact in facts_of(case, CaseLetter(draft.letter.letter), today):
            line = Row(Label(fact.name, role="text2"), gap=10)
            # Folded it is as wide as the page: there the value begins beside its name.
            line.addWidget(Label(fact.value, weight=500, wrap=True, left=not self._folded), 1)
            self._facts.addLayout(line)

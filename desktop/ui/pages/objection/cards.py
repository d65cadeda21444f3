"""The cards of an objection: its clock, what is contested, its papers, the reply in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.persian import to_persian_digits
from desktop.domain.request import DocumentFile, SeenDocument
from desktop.ui.pages.objection.words import Side
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.holders.card import Card, Disc
from desktop.ui.widgets.label import IconLabel, Label, Role
from desktop.ui.widgets.layouts import Column, Grid, Hairline, Row
from desktop.ui.widgets.lists.steps import Step

Opened = Callable[[SeenDocument, DocumentFile], None]


class ClockCard(Card):
    """The five steps beside each other; where there is no room one line tells which it is."""

    def __init__(self, steps: Sequence[Step], *, narrow: bool = False) -> None:
        super().__init__(margins=(10, 14, 10, 14))
        now = next((i for i, step in enumerate(steps, 1) if step.state == "current"), len(steps))
        current = steps[now - 1]
        said = to_persian_digits(f"گام {now} از {len(steps)}: {current.words}، {current.detail}")
        self.setAccessibleName(said)
        if narrow:
            self.add(Label(said, weight=500, wrap=True))
            return
        row = Row(gap=8)
        for number, step in enumerate(steps, start=1):
            if number > 1:
                row.addWidget(Hairline(), 1, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(self._step(number, step))
        self.body.addLayout(row)

    @staticmethod
    def _step(number: int, step: Step) -> QWidget:
        disc = Disc(number)
        disc.set_state(step.state)
        words = Column(Label(step.words, weight=500), Label(step.detail, "small", "text2"), gap=0)
        row = Row(disc, gap=8)
        row.addLayout(words)
        shown = QWidget()
        shown.setLayout(row)
        return shown


class ContestedCard(Card):
    """What the record says against what the objector says, and what a visit saw."""

    def __init__(self, lines: Sequence[Side]) -> None:
        super().__init__("آنچه به آن اعتراض شده")
        grid = Grid(4, gap=10, row_gap=6)
        heads = ("قلم", "سابقه می‌گوید", "معترض می‌گوید", "بازدید")
        cells: list[tuple[QWidget, int]] = [(Label(h, "small", "text2"), 1) for h in heads]
        for line in lines:
            role: Tone | Role = "refuse" if line.differs else "text"
            recorded = Column(Label(line.recorded, "body", role, 500, wrap=True), gap=0)
            if line.sign:
                recorded.addLayout(sign_row(line.sign))
            held = QWidget()
            held.setLayout(recorded)
            cells += [
                (Label(line.item, weight=500, wrap=True), 1),
                (held, 1),
                (Label(line.claimed, "body", "ok" if line.differs else "text", 500, wrap=True), 1),
                (Label(line.visited, "body", "text2", wrap=True), 1),
            ]
        grid.put(cells)
        self.body.addLayout(grid)
        self.body.addStretch(1)


def sign_row(words: str) -> Row:
    """The sign of a corrected value of the record: an icon and its words."""
    row = Row(IconLabel("database", 16, "text2"), gap=4)
    row.addWidget(Label(words, "small", "text2", wrap=True), 1)
    return row


class PapersCard(Card):
    """What the objector says, and the papers with which he shows it."""

    def __init__(self, grounds: str, papers: Sequence[SeenDocument], opened: Opened) -> None:
        super().__init__("دلایل و مدارک معترض")
        if grounds:
            self.add(Label(f"«{to_persian_digits(grounds)}»", wrap=True))
        for paper in papers:
            self.add(Hairline())
            self.body.addLayout(self._row(paper, opened))
        self.body.addStretch(1)

    @staticmethod
    def _row(paper: SeenDocument, opened: Opened) -> Row:
        icon, tone = ("circle-check", "ok") if paper.seen else ("alert-circle", "refuse")
        row = Row(IconLabel(icon, 18, tone), gap=8)
        parts = [paper.title, paper.number] + ([] if paper.seen else ["دیده نشده"])
        title = "، ".join(part for part in parts if part)
        row.addWidget(Label(to_persian_digits(title), weight=500, wrap=True), 1)
        file = paper.file
        if file is None:
            row.addWidget(Label("بدون تصویر", "small", "text2"))
            return row
        link = Link(to_persian_digits(f"{file.pages} برگ"))
        link.setAccessibleName(to_persian_digits(f"دیدن {paper.title}، {file.pages} برگ"))
        link.clicked.connect(lambda: opened(paper, file))
        row.addWidget(link)
        return row


class ReplyCard(Card):
    """The reply in words, before it is sent."""

    def __init__(self) -> None:
        super().__init__("نامهٔ پاسخ", "پیش‌نویس، هنگام صدور شماره می‌گیرد")
        self.words = Label("", wrap=True)
        self.add(self.words)

    def show_reply(self, words: str) -> None:
        """Say it so."""
        self.words.setText(words)


def beside(*cards: QWidget, narrow: bool) -> QWidget:
    """Cards beside each other, where there is no room under each other."""
    held = QWidget()
    layout = Column(*cards, gap=10) if narrow else Row(gap=10)
    if not narrow:
        for card in cards:
            layout.addWidget(card, 1)
    held.setLayout(layout)
    return held

"""Beside a lesson: what the citizen says, what the records hold, the papers, the other lessons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.actions.lessons import LessonState
from desktop.domain.lesson import Paper, Story, StorySentence, Teller
from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.pages.lessons.words import of_lesson
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row, clear, let_lines_ask
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading
from desktop.ui.widgets.lists.rows import ListRow
from desktop.ui.widgets.paint import strokes

_SAYS, _HELD = "شهروند چه می‌گوید", "در سوابق دیده می‌شود"


class _Sentence(QWidget):
    """A sentence of the story; on a ground, with its number, where a wrong answer rests on it."""

    def __init__(self, told: StorySentence) -> None:
        super().__init__()
        self.told = told
        self.number = Label("", "small", "pay", 500)
        self.number.hide()
        row = Row(gap=6, margins=(1, 4, 1, 4))
        row.addWidget(Label(told.words, wrap=True), 1)
        row.addWidget(self.number)
        self.setLayout(row)
        let_lines_ask(self)
        theme.notifier().changed.connect(self.update)

    def mark(self, numbers: Sequence[int]) -> None:
        """These wrong answers rest on it; none for no number."""
        words = "، ".join(to_persian_digits(number) for number in numbers)
        self.number.setText(f"مورد {words}" if words else "")
        self.number.setVisible(bool(words))
        self.setAccessibleName(f"{self.told.words} مورد {words}" if words else self.told.words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of what must be read once more."""
        if not self.number.isHidden():
            painter = strokes.open_painter(self)
            ground = QColor(theme.tone("pay").ground)
            strokes.box(painter, self.rect(), theme.px(4), fill=ground)


class PaperRow(QWidget):
    """A paper that the citizen holds: pressed, it shows what is read on it."""

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self.paper = paper
        self.row = ListRow(
            paper.title,
            icon="eye",
            note=to_persian_digits(f"{paper.pages} برگ"),
            chevron=False,
        )
        self.row.clicked.connect(self.turn)
        self.read = Card(margins=(6, 10, 8, 10))
        rows = Pairs()
        for each in paper.rows:
            rows.add(each.label, each.value)
        if not paper.rows:
            rows.add("نزد متقاضی", "اصل آن را نشان می‌دهد")
        self.read.add(rows)
        self.read.hide()
        self.setLayout(Column(self.row, self.read, gap=2))

    def turn(self) -> None:
        """Look at it, or lay it aside."""
        shown = self.read.isHidden()
        self.read.setVisible(shown)
        self.row.set_chosen(shown)


class StorySide(QWidget):
    """The panel; `chosen` gives the number of another lesson of the service."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[_Sentence] = []
        self.papers: list[PaperRow] = []
        self.lessons: list[ListRow] = []
        self._story = Column(gap=6)
        self._others = Column(gap=0)
        column = Column(gap=12, margins=(12, 12, 12, 12))
        column.addLayout(self._story)
        column.addLayout(self._others)
        column.addStretch(1)
        self.setLayout(column)

    def show_story(self, story: Story) -> None:
        """Tell another story."""
        clear(self._story)
        self.sentences, self.papers = [], []
        self._tell(story, Teller.CITIZEN, _SAYS)
        self._story.addWidget(panel_heading("آنچه در دست دارد"))
        for paper in story.papers:
            row = PaperRow(paper)
            self.papers.append(row)
            self._story.addWidget(row)
        self._tell(story, Teller.RECORDS, _HELD)

    def _tell(self, story: Story, teller: Teller, heading: str) -> None:
        told = [each for each in story.told if each.teller is teller]
        if not told:
            return
        self._story.addWidget(panel_heading(heading))
        card = Card(margins=(8, 8, 8, 8), gap=0)
        for each in told:
            sentence = _Sentence(each)
            self.sentences.append(sentence)
            card.add(sentence)
        self._story.addWidget(card)

    def show_lessons(self, title: str, lessons: Sequence[LessonState], current: int) -> None:
        """The service's lessons, the current one marked."""
        clear(self._others)
        self.lessons = []
        self._others.addWidget(panel_heading(f"درس‌های {title}"))
        for state in lessons:
            look = of_lesson(state, current=state.number == current)
            row = ListRow(
                to_persian_digits(f"{state.number + 1}. {state.name}"),
                icon=look.icon,
                colour=look.tone,
                note=look.words,
                chevron=False,
            )
            row.set_chosen(state.number == current)
            row.clicked.connect(lambda _=False, number=state.number: self.chosen.emit(number))
            self.lessons.append(row)
            self._others.addWidget(row)

    def highlight(self, numbers: Mapping[str, int]) -> None:
        """Mark what was told of the wrong answers, by their keys, with their numbers."""
        for sentence in self.sentences:
            keys = sentence.told.keys
            sentence.mark(sorted({numbers[key] for key in keys if key in numbers}))
        for paper in self.papers:
            stands = any(row.key in numbers for row in paper.paper.rows)
            if stands and paper.read.isHidden():
                paper.turn()

    def focus_first(self) -> None:
        """The first paper has the keys."""
        if self.papers:
            self.papers[0].row.setFocus()

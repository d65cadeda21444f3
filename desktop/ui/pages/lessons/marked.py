"""A sheet of answers, marked: the score, every answer with its mark, and why the wrong ones are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.lesson import Marked, MarkedAnswer
from desktop.domain.persian import to_persian_digits
from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Flow, Grid, Hairline, Row, let_lines_ask
from desktop.ui.widgets.told.headline import Headline
from desktop.ui.widgets.told.keycap import KeyCaps

_RIGHT, _WRONG = "درست", "نادرست"
_FEW = 4
_LONG, _MOST_LINES = 60, 8
_MARK, _EDGES = 90, 40  # px at 100 % beside a label and beside an answer
_AROUND = 68  # the view's and the card's margins
_OPEN = 2
_THREE, _FOUR = 780, 1200  # width at 100 % from which so many columns fit


class MarkCell(HandsKeysOn):
    """An answer as it was given, with its mark over it."""

    def __init__(self, mark: MarkedAnswer, number: int) -> None:
        super().__init__()
        self.mark = mark
        tone: Tone = "ok" if mark.correct else "refuse"
        label = mark.label if mark.correct else f"{to_persian_digits(number)}. {mark.label}"
        self.label = label
        head = Row(gap=6)
        head.addWidget(Label(label, "small", "text2" if mark.correct else "refuse"), 1)
        head.addWidget(IconLabel("circle-check" if mark.correct else "circle-x", 16, tone))
        head.addWidget(Label(_RIGHT if mark.correct else _WRONG, "small", tone, 500))
        self.line: TextLine | Prose
        self.prose = len(mark.given) > _LONG or "\n" in mark.given
        if self.prose:
            lines = mark.given.split("\n")
            needed = sum(1 + len(line) // _LONG for line in lines)
            self.line = Prose(lines=min(needed, _MOST_LINES), max_length=len(mark.given))
            self.line.set_value(mark.given)
        else:
            self.line = TextLine()
            self.line.setText(mark.given)
            self.line.setCursorPosition(0)
        self.line.set_state("readonly" if mark.correct else "error")
        self.line.setReadOnly(True)
        self.line.setAccessibleName(f"{mark.label}، {_RIGHT if mark.correct else _WRONG}")
        self.setLayout(Column(gap=2))
        column = self.layout()
        assert isinstance(column, Column)
        column.addLayout(head)
        column.addWidget(self.line)
        self.hand_keys_to(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def span(self, column: int) -> int:
        """Over how many columns of this width it is read whole."""
        head = theme.metrics("small").horizontalAdvance(self.label) + theme.px(_MARK)
        value = 0 if self.prose else theme.metrics("body").horizontalAdvance(self.mark.given)
        needed = max(head, value + theme.px(_EDGES))
        return max(2 if self.prose else 1, -(-needed // max(column, 1)))


class WhyRow(QWidget):
    """A wrong answer explained: what was answered, what is right, the story's words, the rule."""

    def __init__(self, mark: MarkedAnswer, number: int, *, open_: bool) -> None:
        super().__init__()
        self.mark = mark
        title = f"{to_persian_digits(number)}. {mark.label}"
        answered = Flow(gap=18, row_gap=2)
        answered.addWidget(Label(title, weight=700))
        for name, words, role in (("پاسخ شما", mark.given, "text"), (_RIGHT, mark.right, "ok")):
            pair = QWidget()
            weight: theme.Weight = 700 if role == "ok" else 400
            pair.setLayout(
                Row(Label(name, "small", "text2"), Label(words, "body", role, weight), gap=6)  # type: ignore[arg-type]
            )
            answered.addWidget(pair)
        self._more = Column(gap=2)
        if mark.why:
            self._more.addWidget(Label(mark.why, wrap=True))
        rule = Row(gap=6)
        rule.addWidget(IconLabel("info-circle", 16, "link"), 0, Qt.AlignmentFlag.AlignTop)
        rule.addWidget(Label(mark.rule, "small", "text2", wrap=True), 1)
        self._more.addLayout(rule)
        self._rest = QWidget()
        self._rest.setLayout(self._more)
        self.turn = Link("چرا؟")
        self.turn.setAccessibleName(f"چرا؟ {title}")
        # Shown before they stand in the row they would be windows of their own.
        (self.turn if open_ else self._rest).hide()
        self.turn.clicked.connect(self.open)
        told = Column(gap=2)
        top = Row(gap=10)
        top.addLayout(answered, 1)
        top.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignTop)
        told.addLayout(top)
        told.addWidget(self._rest)
        row = Row(gap=10, margins=(8, 14, 8, 14))
        row.addWidget(IconLabel("circle-x", 18, "refuse"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(told, 1)
        self.setLayout(row)
        self.setAccessibleName(f"{title}: پاسخ شما {mark.given}؛ درست {mark.right}. {mark.rule}")
        let_lines_ask(self)

    def open(self) -> None:
        """Show the whole of it."""
        self._rest.show()
        self.turn.hide()


class MarkedView(Scroller):
    """The marked sheet; F7 goes from one wrong answer to the next."""

    def __init__(self, marked: Marked, headline: Headline) -> None:
        super().__init__(margins=(10, 20, 14, 20))
        self.marked = marked
        # Until its width is known as few as fit anywhere: more would push the window wide.
        self._columns, self._next = 2, 0
        self.numbers = {mark.key: at for at, mark in enumerate(marked.wrong, start=1)}
        self.headline = headline
        self.add(headline)
        count = to_persian_digits(f"{marked.of} مورد سنجیده شد")
        card = Card("فرم شما", count)
        if marked.wrong:
            self.next = Link("نادرست بعدی")
            self.next.clicked.connect(self.go_next)
            card.head.addWidget(self.next)
            card.head.addWidget(KeyCaps("F7"))
        self.cells = [MarkCell(mark, self.numbers.get(mark.key, 0)) for mark in marked.marks]
        self._spanned = [1 for _ in self.cells]
        self._grid = Grid(self._columns, row_gap=6)
        self._place()
        card.body.addLayout(self._grid)
        self.add(card)
        self.reasons = self._explain(marked.wrong)
        theme.notifier().changed.connect(self._arrange)

    def _explain(self, wrong: Sequence[MarkedAnswer]) -> list[WhyRow]:
        if not wrong:
            return []
        few = len(wrong) <= _FEW
        rows = [
            WhyRow(mark, number, open_=few or number <= _OPEN)
            for number, mark in enumerate(wrong, start=1)
        ]
        why = Card("چرا؟", to_persian_digits(f"{len(wrong)} مورد نادرست"), flush=True, gap=0)
        for number, row in enumerate(rows):
            if number:
                why.add(Hairline())
            why.add(row)
        self.add(why)
        return rows

    def go_next(self) -> None:
        """The next wrong answer has the keys, round to the first; its reason opens."""
        if not self.reasons:
            return
        row = self.reasons[self._next % len(self.reasons)]
        self._next += 1
        row.open()
        cell = next(each for each in self.cells if each.mark is row.mark)
        cell.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bring(cell)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = self.width() * 100 / theme.zoom()
        columns = 4 if width >= _FOUR else 3 if width >= _THREE else 2
        spans = self._spans(columns)
        if (columns, spans) != (self._columns, self._spanned):
            self._columns, self._spanned = columns, spans
            self._place()

    def _spans(self, columns: int) -> list[int]:
        column = (self.width() - theme.px(_AROUND)) // columns - theme.px(14)
        return [min(cell.span(column), columns) for cell in self.cells]

    def _place(self) -> None:
        for cell in self.cells:
            self._grid.removeWidget(cell)
        for column in range(max(self._columns, self._grid.columns)):
            self._grid.setColumnStretch(column, 0)
            self._grid.setColumnMinimumWidth(column, 0)
        self._grid.columns = self._columns
        self._grid.restyle()
        self._grid.put(list(zip(self.cells, self._spanned, strict=True)))

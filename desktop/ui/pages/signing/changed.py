"""What the expert changed of what the program saw: a row a condition, with its paper."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.case import Case
from desktop.domain.persian import to_persian_digits
from desktop.domain.recommendation import Opinion, Recommendation, Verdict, verdict_words
from desktop.domain.request import SeenDocument
from desktop.domain.words import tell, title_of
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row

_SHARES = (5, 6, 5, 7, 4)
_HEADS = ("مورد", "سامانه و سوابق", "نظر کارشناس", "دلیل و مستند", "مدرک")
_LOOKS: Mapping[Verdict, tuple[str, Tone]] = {
    Verdict.CLEARED: ("circle-check", "ok"),
    Verdict.STANDS: ("ban", "refuse"),
    Verdict.LACKS: ("paperclip", "pay"),
}
_SEEN, _UNSEEN = "دیده‌اید", "ندیده‌اید"


class ChangedRows(QWidget):
    """One row a condition that the expert spoke of; `asked` gives the paper that is to be opened.

    A paper is seen once it was opened here, whoever opened it before.
    """

    asked = Signal(object)

    def __init__(
        self,
        case: Case,
        told: Recommendation,
        papers: Mapping[str, tuple[SeenDocument, ...]],
        *,
        narrow: bool,
    ) -> None:
        super().__init__()
        self._case, self._narrow = case, narrow
        self._seen: set[str] = set()
        self.links: dict[str, Link] = {}
        self._states: dict[str, list[tuple[IconLabel, Label]]] = {}
        self.papers = {each.key: each for some in papers.values() for each in some}
        self._rows = Column(gap=8, margins=(4, 14, 10, 14))
        if told.opinions and not narrow:
            heads = Row(gap=12)
            for words, share in zip(_HEADS, _SHARES, strict=True):
                heads.addWidget(Label(words, "small", "text2"), share)
            self._rows.addLayout(heads)
        for each in told.opinions:
            self._rows.addWidget(Hairline())
            self._add(each, papers.get(each.gate, ()))
        self.setLayout(self._rows)
        self.setAccessibleName("آنچه کارشناس تغییر داده")

    def _add(self, told: Opinion, papers: tuple[SeenDocument, ...]) -> None:
        decision = self._case.decision
        found = decision.failing if decision is not None else ()
        finding = next((one for one in found if one.gate == told.gate), None)
        title, seen, source = told.gate, "", ""
        if finding is not None and decision is not None:
            words = tell(finding, decision.as_of)
            title, seen, source = title_of(finding), words.seen, words.source
        word, (icon, tone) = verdict_words(told.gate, told.verdict), _LOOKS[told.verdict]
        said = to_persian_digits(told.said or told.words)
        under = told.article if told.said else ""
        more = to_persian_digits(told.words) if told.said else ""
        cells = (
            _cell(Label(title, weight=500, wrap=True), source),
            _cell(Label(seen, wrap=True), "برقرار نیست", "alert-circle", "refuse"),
            _cell(Label(more or word, wrap=True), word, icon, tone),
            _cell(Label(said, wrap=True), under),
            self._paper(papers),
        )
        line: Row | Column = Column(gap=4) if self._narrow else Row(gap=12)
        for head, cell, share in zip(_HEADS, cells, _SHARES, strict=True):
            if self._narrow:
                # Under each other nothing else tells what the records said from what he said.
                line.addWidget(Label(head, "small", "text2"))
            line.addLayout(cell, 0 if self._narrow else share)
        self._rows.addLayout(line)

    def _paper(self, papers: tuple[SeenDocument, ...]) -> Column:
        column = Column(gap=2)
        if not papers:
            column.addWidget(Label("بدون مدرک", role="text2"))
        for each in papers:
            link = Link(to_persian_digits(each.title))
            link.clicked.connect(lambda _=False, paper=each: self.open(paper))
            self.links.setdefault(each.key, link)
            icon, state = IconLabel("eye", 14, "pay"), Label(_UNSEEN, "small", "pay")
            self._states.setdefault(each.key, []).append((icon, state))
            under = Row(icon, gap=4)
            under.addWidget(state)
            under.addStretch(1)
            column.addWidget(link)
            column.addLayout(under)
        column.addStretch(1)
        return column

    def open(self, paper: SeenDocument) -> None:
        """Ask for the paper; from then on it is seen."""
        self._seen.add(paper.key)
        for icon, state in self._states.get(paper.key, ()):
            icon.set_icon("check", "ok")
            state.setText(_SEEN)
            state.set_role("ok")
        self.asked.emit(paper)

    @property
    def unseen(self) -> list[SeenDocument]:
        """The papers of changed conditions that were not opened yet, in their order."""
        return [paper for key, paper in self.papers.items() if key not in self._seen]

    def go_to(self, key: str) -> None:
        """Give the paper's link the keys."""
        link = self.links.get(key)
        if link is not None:
            link.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _cell(head: Label, under: str, icon: str = "", tone: str = "text2") -> QVBoxLayout:
    column = Column(head, gap=2)
    if under and icon:
        line = Row(IconLabel(icon, 14, tone), gap=4)
        line.addWidget(Label(under, "small", tone))  # type: ignore[arg-type]
        line.addStretch(1)
        column.addLayout(line)
    elif under and under != "—":
        column.addWidget(Label(under, "small", "text2", wrap=True))
    column.addStretch(1)
    return column

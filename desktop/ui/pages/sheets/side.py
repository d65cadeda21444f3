"""Beside the bundles: what is left, what is in the printer, which sheets nobody spoke of."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.stamped_sheets import SheetsNow
from desktop.domain.persian import to_persian_digits
from desktop.domain.stamped_sheets import SheetRun
from desktop.ui.palette import Tone
from desktop.ui.widgets.button import Link
from desktop.ui.widgets.label import Label, Role
from desktop.ui.widgets.layouts import Column, Row, clear
from desktop.ui.widgets.lists.pairs import Pairs, panel_heading

_MOST = 8
_FEW = 50
_UNSAID = "گفته نشده است"
_LEFT_OUT = "برگ‌های بی‌سرنوشت"
_ALL_TOLD = "سرنوشت همهٔ برگ‌های پیش از آخرین چاپ معلوم است."
_WHY = (
    "این برگ‌ها سفید مانده‌اند و برگ پس از آنها چاپ شده است. نخست ببینید در چاپگر باجهٔ دیگری "
    "نباشند. اگر پاره یا گم شده‌اند کنار بگذارید؛ وگرنه در چاپگر بگذارید و شمارهٔ آن را با F6 بگویید."
)


class SheetsSide(QWidget):
    """`asked` names sheets that are to be put aside."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._known, self._runs = Pairs(), Column(gap=6)
        self.links: list[Link] = []
        self._told = Label("", "small", "text2", wrap=True)
        self._heading = panel_heading(_LEFT_OUT)
        column = Column(gap=10, margins=(14, 16, 12, 16))
        column.addWidget(panel_heading("موجودی"))
        column.addWidget(self._known)
        column.addWidget(self._heading)
        column.addLayout(self._runs)
        column.addWidget(self._told)
        column.addStretch(1)
        self.setLayout(column)

    def show_sheets(self, sheets: SheetsNow) -> None:
        """As they stand."""
        self._known.clear()
        few = sheets.blank <= _FEW
        words = to_persian_digits(f"{sheets.blank} برگ")
        role: Role | Tone = "pay" if few and sheets.bundles else "text"
        self._known.add("سفید", words, role=role)
        if sheets.bundles:
            at = SheetRun(*sheets.next, sheets.next[1]).words if sheets.next is not None else ""
            shown = at if sheets.fits else f"{at}، سفید نیست" if at else _UNSAID
            role = "text" if sheets.fits else "refuse"
            self._known.add("در چاپگر این رایانه", shown, role=role)
        clear(self._runs)
        self.links = []
        for run in sheets.left_out[:_MOST]:
            self._runs.addWidget(self._run(run, may=sheets.may))
        more = len(sheets.left_out) - _MOST
        if more > 0:
            self._runs.addWidget(Label(to_persian_digits(f"و {more} بازهٔ دیگر"), "small", "text2"))
        self._told.setText(_WHY if sheets.left_out else _ALL_TOLD)
        for part in (self._heading, self._told):
            part.setVisible(bool(sheets.bundles))

    def _run(self, run: SheetRun, *, may: bool) -> QWidget:
        line = QWidget()
        row = Row(Label(run.words, weight=500, role="pay"), gap=10)
        row.addStretch(1)
        if may:
            link = Link("کنار گذاشتن…")
            link.setAccessibleName(f"کنار گذاشتن برگ {run.words}")
            link.clicked.connect(partial(self.asked.emit, run))
            row.addWidget(link)
            self.links.append(link)
        line.setLayout(row)
        return line

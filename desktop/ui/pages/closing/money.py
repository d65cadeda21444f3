"""The purses of the day beside terminal and bank, with what is counted of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.cash_words import PURSES, signed
from desktop.domain.day_register import COUNTED, PurseCount
from desktop.domain.day_register_words import (
    LATER,
    NOT_COUNTED,
    NOTHING,
    standing_words,
)
from desktop.domain.money import format_number
from desktop.domain.tool import Tool
from desktop.ui import theme
from desktop.ui.palette import Tone
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.number import MoneyLine
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row

_HEADS = ("صندوق", "در سامانه (ریال)", "در کارت‌خوان یا بانک (ریال)", "اختلاف (ریال)", "وضعیت")
_LABELS = {Tool.TERMINAL: "جمع کارت‌خوان", Tool.BANK: "جمع بانک"}


class PursesCard(Card):
    """A row a purse: in the program, the count to be typed, the difference, how it stands.

    `edited` comes when a count changes or the bank is put off.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(8, 14, 10, 14))
        self.counts: dict[Tool, MoneyLine] = {}
        self.fields: dict[Tool, FormField] = {}
        self.later = Tick(LATER)
        self.later_field = FormField("", self.later, key="bank-later")
        self.later.edited.connect(self.edited)
        self._cells: dict[tuple[Tool, str], Label] = {}
        self._icons: dict[Tool, IconLabel] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        theme.notifier().changed.connect(self._restyle)
        for at, words in enumerate(_HEADS):
            self._grid.addWidget(Label(words, "small", "text2", wrap=True), 0, at)
        for row, tool in enumerate(Tool):
            self._add(tool, 2 * row + 1)
        holder = QWidget()
        holder.setLayout(self._grid)
        self.add(holder)
        self._restyle()

    def _restyle(self) -> None:
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setVerticalSpacing(theme.px(6))
        for at, (stretch, least) in enumerate(((3, 110), (2, 96), (3, 170), (2, 90), (4, 150))):
            self._grid.setColumnStretch(at, stretch)
            self._grid.setColumnMinimumWidth(at, theme.px(least))

    def _add(self, tool: Tool, row: int) -> None:
        grid, top = self._grid, Qt.AlignmentFlag.AlignTop
        grid.addWidget(Hairline(), row, 0, 1, len(_HEADS))
        booked, left, stands = Label(""), Label("", weight=500), Label("", wrap=True)
        counted = Label("")
        icon = IconLabel("clock", 18, "neutral")
        status = Row(gap=6)
        status.addWidget(icon, 0, top)
        status.addWidget(stands, 1)
        grid.addWidget(Label(PURSES[tool], weight=500, wrap=True), row + 1, 0, top)
        grid.addWidget(booked, row + 1, 1, top)
        grid.addWidget(left, row + 1, 3, top)
        grid.addLayout(status, row + 1, 4)
        names = (("booked", booked), ("left", left), ("stands", stands), ("counted", counted))
        self._cells |= {(tool, name): label for name, label in names}
        self._icons[tool] = icon
        middle = Column(gap=2)
        if tool in COUNTED:
            line = MoneyLine()
            line.setAccessibleName(_LABELS[tool])
            line.textChanged.connect(self.edited)
            self.counts[tool] = line
            self.fields[tool] = FormField("", line, key=tool.value)
            middle.addWidget(self.fields[tool])
        middle.addWidget(counted)
        if tool is Tool.BANK:
            middle.addWidget(self.later_field)
        grid.addLayout(middle, row + 1, 2)

    def counted(self) -> dict[Tool, int]:
        """What was typed, by tool; empty lines and a bank put off are left out."""
        values = {tool: line.value() for tool, line in self.counts.items()}
        known = {tool: value for tool, value in values.items() if value is not None}
        if self.later.value():
            known.pop(Tool.BANK, None)
        return known

    def show_purses(
        self,
        purses: Sequence[PurseCount],
        doubts: Mapping[Tool, int],
        found: Mapping[Tool, int],
        *,
        counting: bool,
    ) -> None:
        """The purses with what was counted so far; `doubts` are payments that are missing, `found`
        such of earlier registers that were counted now.

        Not `counting`, they are only read.
        """
        # Where the bank is counted there is nothing to put off.
        typed = self.counts[Tool.BANK].value() is not None
        self.later_field.setVisible(counting and (self.later.value() or not typed))
        for tool, field in self.fields.items():
            field.setVisible(counting and not (tool is Tool.BANK and self.later.value()))
        for purse in purses:
            tool = purse.tool
            self._cells[tool, "booked"].setText(signed(purse.booked))
            known = purse.counted is not None
            shown = format_number(purse.counted) if purse.counted is not None else NOTHING
            told = self._cells[tool, "counted"]
            told.setText(shown)
            told.setVisible(not (counting and tool in COUNTED))
            left = self._cells[tool, "left"]
            # More at which side, its state says in words.
            left.setText(format_number(abs(purse.difference)) if known else NOTHING)
            missing, earlier = doubts.get(tool, 0), found.get(tool, 0)
            left.set_role("pay" if purse.difference and not earlier else "text")
            words = standing_words(purse, missing, earlier)
            if counting and tool in COUNTED and not known and not self._put_off(tool):
                words = NOT_COUNTED[Tool.TERMINAL]
            tone, icon = _look(purse, missing, earlier)
            self._cells[tool, "stands"].setText(words)
            self._cells[tool, "stands"].set_role(tone)
            self._icons[tool].set_icon(icon, tone)

    def _put_off(self, tool: Tool) -> bool:
        return tool is Tool.BANK and self.later.value()


def _look(purse: PurseCount, doubts: int, found: int) -> tuple[Tone, str]:
    if purse.tool is Tool.PAPER:
        return "neutral", "file-text"
    if purse.counted is None:
        return "pay", "clock"
    if doubts or (purse.difference and not found):
        return "pay", "alert-triangle"
    return "ok", "circle-check"

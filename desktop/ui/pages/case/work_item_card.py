"""What a person must look at: why the centre did not take an act, mine and theirs side by side."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.actions.board import ItemKind, WorkItem
from desktop.domain.service import Service
from desktop.ui.standing.acts import act_words
from desktop.ui.standing.work_items import compared_words, item_head, item_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row


class WorkItemCard(Card):
    """One item: `seen` asks for its case, `finished` says that it was dealt with, `mended` where it
    `mends` that the number of a message is to be mended.

    `about` tells whose case it is, where the page does not.
    """

    seen = Signal()
    finished = Signal()
    mended = Signal()

    def __init__(
        self,
        item: WorkItem,
        moment: str,
        service: Service | None = None,
        *,
        about: str = "",
        opens: bool = True,
        mends: bool = False,
    ) -> None:
        super().__init__(tone="refuse", margins=(8, 14, 8, 12))
        act = act_words(item.command_kind)
        head = item_head(item)
        if act and item.kind in (ItemKind.REFUSED, ItemKind.HELD):
            head = f"{head}: {act}"
        row = Row(gap=12)
        row.addWidget(IconLabel("alert-triangle", 20, "refuse"))
        words = Column(Label(f"{head}، {moment}", weight=700, wrap=True), gap=0)
        if about:
            words.addWidget(Label(about, weight=500, wrap=True))
        words.addWidget(Label(item_words(item), wrap=True))
        if item.key and (item.mine or item.theirs):
            words.addWidget(Label(compared_words(item, service), role="text2", wrap=True))
        row.addLayout(words, 1)
        if opens:
            look = Button("دیدن")
            look.setAccessibleName(f"دیدن پرونده: {head}")
            look.clicked.connect(self.seen)
            row.addWidget(look)
        if mends:
            mend = Button("اصلاح شماره…", icon="phone")
            mend.setAccessibleName(f"اصلاح شماره: {head}")
            mend.clicked.connect(self.mended)
            row.addWidget(mend)
        if not item.kind.ends_by_itself:
            # That one ends with the voiding of the letter and by nothing else.
            done = Button("انجام شد", icon="check")
            done.setAccessibleName(f"انجام شد: {head}")
            done.clicked.connect(self.finished)
            row.addWidget(done)
        self.body.addLayout(row)
        self.setAccessibleName(f"{head}. {item_words(item)}")

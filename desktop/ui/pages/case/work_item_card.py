"""What a person must look at: why the centre did not take an act, mine and theirs side by side."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.actions.board import ItemKind, WorkItem
from desktop.domain import commands as c
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui.standing.work_items import item_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Row

ACT_WORDS = {
    c.Register.kind: "ثبت درخواست",
    c.PayFee.kind: "دریافت هزینه",
    c.PayDue.kind: "ثبت پرداخت",
    c.BookVisit.kind: "گرفتن نوبت",
    c.MoveVisit.kind: "جابه‌جایی نوبت",
    c.MissVisit.kind: "ثبت عدم انجام بازدید",
    c.ReportVisit.kind: "گزارش بازدید",
    c.ClearGates.kind: "نظر کارشناس",
    c.RefuseCase.kind: "پاسخ منفی کارشناس",
    c.ReturnCase.kind: "برگشت پرونده",
    c.SendToCommission.kind: "ارجاع به کمیسیون",
    c.EnterCommissionResult.kind: "رأی کمیسیون",
    c.Amend.kind: "اصلاح درخواست",
    c.ReleaseLetter.kind: "تأیید و مهر نامه",
    c.PrintLetter.kind: "چاپ نامه",
    c.HandOver.kind: "تحویل نامه",
    c.VoidLetter.kind: "ابطال نامه",
    c.Withdraw.kind: "انصراف متقاضی",
    c.SecondLook.kind: "بازبینی",
    c.ClaimPayment.kind: "پرداختی که در سوابق نیست",
    c.AnswerClaim.kind: "بررسی مالی پرداخت",
    c.MatchPayment.kind: "تطبیق پرداخت",
    c.RefundFee.kind: "بازپرداخت",
    c.VoidPayment.kind: "ابطال ثبت پرداخت",
}
_HEADS = {
    ItemKind.REFUSED: "مرکز نپذیرفت",
    ItemKind.HELD: "متوقف نزد مرکز",
    ItemKind.RECALL: "ناظر ابطال نامه را خواسته است",
    ItemKind.DOUBLE: "دو پروندهٔ باز برای یک کار",
}


class WorkItemCard(Card):
    """One item: `seen` asks for its case, `finished` says that it was dealt with.

    `about` tells whose case it is, where the page does not.
    """

    seen = Signal()
    finished = Signal()

    def __init__(
        self,
        item: WorkItem,
        moment: str,
        service: Service | None = None,
        *,
        about: str = "",
        opens: bool = True,
    ) -> None:
        super().__init__(tone="refuse", margins=(8, 14, 8, 12))
        act = ACT_WORDS.get(item.command_kind, "")
        head = _HEADS[item.kind]
        if act and item.kind in (ItemKind.REFUSED, ItemKind.HELD):
            head = f"{head}: {act}"
        row = Row(gap=12)
        row.addWidget(IconLabel("alert-triangle", 20, "refuse"))
        words = Column(Label(f"{head}، {moment}", weight=700, wrap=True), gap=0)
        if about:
            words.addWidget(Label(about, weight=500, wrap=True))
        words.addWidget(Label(item_words(item), wrap=True))
        if item.key and (item.mine or item.theirs):
            words.addWidget(Label(_compared(item, service), role="text2", wrap=True))
        row.addLayout(words, 1)
        if opens:
            look = Button("دیدن")
            look.setAccessibleName(f"دیدن پرونده: {head}")
            look.clicked.connect(self.seen)
            row.addWidget(look)
        if item.kind is not ItemKind.RECALL:
            # That one ends with the voiding of the letter and by nothing else.
            done = Button("انجام شد", icon="check")
            done.setAccessibleName(f"انجام شد: {head}")
            done.clicked.connect(self.finished)
            row.addWidget(done)
        self.body.addLayout(row)
        self.setAccessibleName(f"{head}. {item_words(item)}")


def _compared(item: WorkItem, service: Service | None) -> str:
    labels = {field.key: field.label for field in service.fields} if service else {}
    label = labels.get(item.key, "")
    mine, theirs = to_persian_digits(item.mine), to_persian_digits(item.theirs)
    before = f"{label}؛ " if label else ""
    return f"{before}نزد شما: «{mine or '—'}»، نزد مرکز: «{theirs or '—'}»"

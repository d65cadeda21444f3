"""رسید ثبت درخواست (A5, in large print A4; DOMAIN.md §3.3 f)."""

from __future__ import annotations

from reportlab.lib.units import mm

from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.letter import Table
from desktop.domain.money import format_number, format_rial, rial_in_words
from desktop.domain.papers import AidLine, Receipt
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports.letter.v2 import table
from desktop.reports.small import SmallPaper

_INK = 28 * mm


def draw(receipt: Receipt) -> bytes:
    """The receipt as PDF, on a second page where it needs one. Raises Refusal on an unprintable
    character."""
    title = "رسید ثبت درخواست"
    if receipt.copy > 1:
        title += to_persian_digits(f"، نسخهٔ {receipt.copy}")
    paper = SmallPaper(
        receipt.head,
        title,
        receipt.tracking_code,
        sample=receipt.sample,
        large=receipt.aid is not None,
    )
    at = receipt.received_at
    at = at.astimezone(TEHRAN) if at.tzinfo else at
    hour = to_persian_digits(f"{at:%H:%M}")
    paper.rows(
        [
            ("نوع خدمت", receipt.service),
            ("متقاضی", receipt.applicant),
            (receipt.id_label, isolate(receipt.masked_id) if receipt.masked_id else ""),
            ("ملک", receipt.property),
            ("تاریخ و ساعت", f"{format_jalali(at.date())}، ساعت {hour}"),
            (receipt.promise_label, receipt.promise),
        ]
    )
    if receipt.documents:
        paper.heading("مدارک ارائه‌شده")
        paper.points(receipt.documents, numbered=True)
    if receipt.payments:
        paper.heading("مبالغ دریافت‌شده")
        _payments(paper, receipt)
    if receipt.aid is not None:
        _aid(paper, receipt, receipt.aid)
    paper.signature("متصدی", receipt.clerk)
    return paper.pdf()


def _payments(paper: SmallPaper, receipt: Receipt) -> None:
    if receipt.aid is not None:
        # A table is hard to read aloud, and has no room for large print.
        paper.points(
            f"{paid.title}: {format_rial(paid.amount)}، {paid.method}، شمارهٔ پیگیری"
            f" {isolate(to_persian_digits(paid.reference))}"
            for paid in receipt.payments
        )
    else:
        rows = tuple(
            (
                paid.title,
                format_number(paid.amount),
                paid.method,
                isolate(to_persian_digits(paid.reference)),
            )
            for paid in receipt.payments
        )
        table.put(
            paper.sheet,
            Table(("عنوان", "مبلغ (ریال)", "روش", "شمارهٔ پیگیری"), rows, numeric=(1, 3)),
        )
    total = sum(paid.amount for paid in receipt.payments)
    paper.sheet.space(1 * mm)
    words = f"جمع: {format_rial(total)} ({rial_in_words(total)})"
    paper.sheet.text(words, paper.body, paper.leading)


def _aid(paper: SmallPaper, receipt: Receipt, aid: AidLine) -> None:
    """What was read, who was there, and the places for finger and hand."""
    # Finger and hand stand on the page that says what for.
    paper.sheet.fit(5 * paper.leading + _INK + 12 * mm)
    paper.heading(aid.told)
    paper.rows([("معتمد", aid.trusted), ("کد ملی معتمد", isolate(aid.masked_id))])
    own = "اثر انگشت متقاضی" if aid.fingerprint else "امضای متقاضی"
    paper.places(
        [
            (own, receipt.applicant, 60 * mm, _INK),
            ("امضا یا اثر انگشت معتمد", aid.trusted, 60 * mm, _INK),
        ]
    )

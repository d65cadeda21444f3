"""رسید ثبت درخواست (A5, DOMAIN.md §3.3 f)."""

from __future__ import annotations

from reportlab.lib.units import mm

from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.letter import Table
from desktop.domain.money import format_number, format_rial, rial_in_words
from desktop.domain.papers import Receipt
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports.letter.v2 import table
from desktop.reports.small import BODY, LEADING, SmallPaper


def draw(receipt: Receipt) -> bytes:
    """The receipt as PDF, on a second page where it needs one. Raises Refusal on an unprintable
    character."""
    title = "رسید ثبت درخواست"
    if receipt.copy > 1:
        title += to_persian_digits(f"، رونوشت {receipt.copy}")
    paper = SmallPaper(receipt.head, title, receipt.tracking_code, sample=receipt.sample)
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
        paper.sheet.text(f"جمع: {format_rial(total)} ({rial_in_words(total)})", BODY, LEADING)
    paper.signature("متصدی", receipt.clerk)
    return paper.pdf()

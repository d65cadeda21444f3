"""What the cash book says in words, on page and sheet: purses, matches, sums by clerk."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.cash import Book, Match, SumKind
from desktop.domain.money import format_number
from desktop.domain.persian import to_persian_digits
from desktop.domain.tool import Tool

PURSES: Mapping[Tool, str] = {
    Tool.TERMINAL: "دفتر، کارت‌خوان",
    Tool.BANK: "شهرداری، بانک",
    Tool.PAPER: Tool.PAPER.word,
}
"""Whose the money is, and who else counts it."""

MATCHES: Mapping[Match, str] = {
    Match.OPEN: "بررسی‌نشده",
    Match.MATCHED: "منطبق",
    Match.DOUBTED: "نامنطبق",
    Match.VOIDED: "ابطال شد",
}
"""How an entry stands beside terminal and bank."""
NOT_COUNTED = "جمع را وارد کنید؛ اگر چیزی نبود، صفر بنویسید."
"""Of a purse that is to be counted by hand."""


def signed(amount: int) -> str:
    """«۴۵۰٬۰۰۰», with «−» before what was given back."""
    return f"{'−' if amount < 0 else ''}{format_number(abs(amount))}"


def times(book: Book, tool: Tool) -> tuple[str, str]:
    """«۳۵ دریافت» and «۱ بازگشت», empty for none: a sum that was given back is no receipt."""
    back = book.times(tool, back=True)
    taken = f"{book.times(tool, back=False)} دریافت"
    return to_persian_digits(taken), to_persian_digits(f"{back} بازگشت") if back else ""


def matched(book: Book) -> str:
    """What a closed day says of its entries: that all are matched, or how many are not."""
    doubted = len(book.doubted)
    if not doubted:
        return "همهٔ پرداخت‌ها منطبق است."
    right = any(entry.match is Match.MATCHED for entry in book.entries)
    rest = "؛ بقیه منطبق است." if right else "."
    return to_persian_digits(f"{doubted} پرداخت نامنطبق است{rest}")


def sums(book: Book) -> list[tuple[str, ...]]:
    """The sums by clerk (rows) and kind (columns): a heading, the clerks, what several make.

    Kinds that nobody took are left out.
    """
    by_clerk = book.by_clerk()
    kinds = [kind for kind in SumKind if any(counts[kind] for counts in by_clerk.values())]
    rows = [("ثبت‌کننده", *(kind.word for kind in kinds), "جمع")]
    for clerk, counts in by_clerk.items():
        rows.append((clerk, *(signed(counts[k]) for k in kinds), signed(sum(counts.values()))))
    if len(by_clerk) < 2:
        return rows
    whole = [sum(counts[kind] for counts in by_clerk.values()) for kind in kinds]
    rows.append(("جمع", *map(signed, whole), signed(sum(whole))))
    return rows

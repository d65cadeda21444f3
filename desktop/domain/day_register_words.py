"""What a day's register says in words, on page and paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.domain.calendar import TEHRAN, format_day_month, format_time
from desktop.domain.cash import Entry
from desktop.domain.cash_words import PURSES, signed
from desktop.domain.day_register import (
    DayRegister,
    Explained,
    Figures,
    Numbered,
    PurseCount,
    RefusedMoney,
    Sheets,
)
from desktop.domain.money import format_number, format_rial
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.tool import Tool
from desktop.domain.undone import Undoing, Undone, undone_sum

NOTHING = "—"
NOT_COUNTED = {
    Tool.BANK: "صورت بانک نرسیده است",
    Tool.TERMINAL: "شمرده نشده است",
    Tool.PAPER: "شمرده نمی‌شود",
}
"""Beside a purse that nobody counted."""
REFUSED = "پول کارهایی که مرکز نپذیرفت"
"""Over money that no book has."""
UNDONE = "تغییر در پرداخت‌های روزهای پیش"
"""Over payments of earlier registers that stand otherwise since."""
_UNDONE = {
    Undoing.VOIDED: "ابطال شد",
    Undoing.REFUSED: "مرکز نپذیرفت",
    Undoing.RESTORED: "ابطال آن را مرکز نپذیرفت",
}
LATER = "بانک فردا سنجیده می‌شود"


def difference_words(tool: Tool, left: int) -> str:
    """Rial that one side has and the other has not, as a sentence; empty for none."""
    if not left:
        return ""
    if left > 0:
        return f"{format_rial(left)} در سامانه هست و در {tool.word} یافت نشد."
    return f"{format_rial(-left)} در {tool.word} هست و در سامانه ثبت نشده است."


def standing_words(purse: PurseCount, doubts: int, found: int = 0) -> str:
    """How a purse stands: equal with so many payments, or how many the other side has not.

    With `found` it has so many of an earlier register besides, and is equal with these.
    """
    if purse.counted is None:
        return NOT_COUNTED[purse.tool]
    payments = to_persian_digits(f"{purse.payments} پرداخت")
    if doubts:
        return to_persian_digits(f"{doubts} پرداخت در {purse.tool.word} نیست")
    if not purse.difference:
        return f"برابر است، {payments}"
    if found:
        return to_persian_digits(f"با {found} پرداخت روزهای پیش برابر است")
    return f"بیشتر در {'سامانه' if purse.difference > 0 else purse.tool.word}"


def purse_rows(register: DayRegister) -> list[tuple[str, ...]]:
    """A purse a row: whose, in the program, at the other side, the difference, how it stands."""
    rows: list[tuple[str, ...]] = []
    for purse in register.purses:
        doubts, counted = register.lacking(purse.tool), purse.counted
        rows.append(
            (
                PURSES[purse.tool],
                signed(purse.booked),
                NOTHING if counted is None else format_number(counted),
                NOTHING if counted is None else format_number(abs(purse.difference)),
                standing_words(purse, doubts, register.found(purse.tool)),
            )
        )
    return rows


def explained_words(told: Explained) -> tuple[str, ...]:
    """A payment's row: of which day, its sum, what it was, what was said of it."""
    return (
        format_day_month(told.day),
        signed(told.signed),
        payment_words(told),
        told.answer.words(told.tool),
    )


def undone_words(told: Undone) -> tuple[str, ...]:
    """A payment's row: of which day's register, what it adds to its sum or takes off, what it was,
    and «ابطال شد، محمد زارع، ۴ آذر، ۱۰:۲۰: رسید ناموفق بود.»."""
    by = f"، {told.by}" if told.by else ""
    day = format_day_month(told.undone_at.astimezone(TEHRAN).date())
    hour = format_time(told.undone_at)
    return (
        format_day_month(told.day),
        signed(told.signed),
        payment_words(told),
        to_persian_digits(f"{_UNDONE[told.how]}{by}، {day}، {hour}: {told.why}"),
    )


def undone_sums(undone: Iterable[Undone]) -> list[tuple[str, str]]:
    """By purse, where there is any, what these add to the registers before or take off."""
    undone = list(undone)
    tools = [tool for tool in Tool if any(each.tool is tool for each in undone)]
    return [(PURSES[tool], signed(undone_sum(undone, tool))) for tool in tools]


def payment_words(told: Explained | Entry | Undone) -> str:
    """«کارمزد دفتر، لیلا رجبی، ۱۱:۲۰، شمارهٔ پیگیری ۷۱۸۳۵۲»."""
    reference = f"، شمارهٔ پیگیری {isolate(told.reference)}" if told.reference else ""
    words = f"{told.title}، {told.applicant}، {format_time(told.at)}{reference}"
    return to_persian_digits(words)


def refused_sentence(told: RefusedMoney) -> str:
    """«۴۵۰٬۰۰۰ ریال: کارت‌خوان، لیلا رجبی…»."""
    return f"{format_rial(told.amount)}: {refused_words(told)}"


def refused_words(told: RefusedMoney) -> str:
    """«کارت‌خوان، لیلا رجبی، ۳ آذر، شمارهٔ پیگیری ۷۱۸۳۵۲؛ مرکز نپذیرفت و در هیچ صندوقی نیست»."""
    whose = f"، {told.applicant}" if told.applicant else ""
    reference = f"، شمارهٔ پیگیری {isolate(told.reference)}" if told.reference else ""
    words = f"{told.tool.word}{whose}، {format_day_month(told.day)}{reference}"
    return to_persian_digits(f"{words}؛ مرکز نپذیرفت و در هیچ صندوقی نیست")


def number_rows(figures: Figures) -> list[tuple[str, str]]:
    """The day's numbers, each with what it counts."""
    return [
        ("درخواست دریافتی", _count(figures.received, "درخواست", _earlier(figures))),
        ("پاسخ آنی", _count(figures.answered, "درخواست")),
        ("نوبت بازدید", _count(figures.visited, "درخواست")),
        ("پرداخت و بررسی", _count(figures.waiting, "درخواست")),
        ("پاسخ منفی", _count(figures.refused, "درخواست")),
        ("نامهٔ تحویل‌شده", _count(figures.handed_over, "نامه")),
    ]


def _earlier(figures: Figures) -> str:
    return f"{figures.earlier} از روز پیش" if figures.earlier else ""


def remains(figures: Figures) -> list[tuple[str, str]]:
    """What is left at the end of the day, and hinders nobody from closing it."""
    return [
        ("ارسال‌نشده", _count(figures.unsent, "درخواست")),
        ("دیرکرد", _count(figures.overdue, "پرونده")),
        ("نامهٔ آمادهٔ تحویل", _count(figures.ready, "نامه")),
        ("پیش‌نویس باز", _count(figures.drafts, "پیش‌نویس")),
        ("نوبت روز کاری بعد", _count(figures.visits_next, "بازدید")),
    ]


def letter_rows(letters: Numbered, gaps: Sequence[str]) -> list[tuple[str, str]]:
    """The letters of the day by number."""
    return [
        ("نخستین شماره", _number(letters.first)),
        ("آخرین شماره", _number(letters.last)),
        ("صادرشده", _count(letters.issued, "نامه")),
        ("ابطال‌شده", _count(letters.voided, "نامه")),
        ("کم یا تکراری", f"پس از {_number(gaps[0])}" if gaps else "ندارد"),
    ]


def _number(number: str) -> str:
    return isolate(to_persian_digits(number)) if number else NOTHING


def sheet_rows(sheets: Sheets) -> list[tuple[str, str]]:
    """The sheets of the day, from the first to what is left."""
    received = [("دریافت در روز", _count(sheets.received, "برگ"))] if sheets.received else []
    return [
        ("آغاز روز", _count(sheets.begin, "برگ")),
        *received,
        ("چاپ نسخهٔ نخست", _count(sheets.printed, "برگ")),
        ("نسخهٔ دوم", _count(sheets.copies, "برگ")),
        ("خراب، با صورت‌جلسه", _count(sheets.spoiled, "برگ")),
        ("مانده، شمرده شد", _count(sheets.left, "برگ", sheets_words(sheets))),
    ]


def sheets_words(sheets: Sheets) -> str:
    """How the counted sheets differ from what should be left; empty where they do not."""
    more = sheets.left - sheets.expected
    if not more:
        return ""
    return to_persian_digits(f"{abs(more)} {'بیش' if more > 0 else 'کم'}تر از مانده")


def _count(number: int, of: str, beside: str = "") -> str:
    more = f"، {beside}" if beside else ""
    return to_persian_digits(f"{number} {of}{more}")

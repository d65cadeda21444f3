"""What holds an import of records back, its limit, what would follow; what became of odd rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.money import format_number, format_rial
from desktop.domain.persian import isolate


class CauseKind(StrEnum):
    """Why an import is not put into force by itself (data/README.md, the end)."""

    ORPHANS = "orphans"
    PROPERTIES_END = "properties-end"
    DEBTS_END = "debts-end"
    DEBT_SUM_ENDS = "debt-sum-ends"
    HOLDS_END = "holds-end"
    FILES_END = "files-end"
    REFUSED = "refused"
    CONTROL = "control"
    UNKNOWN_WORDS = "unknown-words"
    CORRECTED = "corrected"

    @property
    def ends(self) -> bool:
        """Whether it is about rows in force that the import no longer has."""
        return self in _ENDING

    @property
    def liftable(self) -> bool:
        """Whether each of its rows stays active until a letter or a second person ends it."""
        return self in (CauseKind.HOLDS_END, CauseKind.FILES_END)


class RowFate(StrEnum):
    """What became of a told row: not kept, a value or a word of it unknown, or kept as it is."""

    REFUSED = "پذیرفته نشد"
    UNKNOWN = "نامعلوم ماند"
    KEPT = "پذیرفته شد"


@dataclass(frozen=True)
class Cause:
    """One cause: `count` of `of` where at most `limit` percent are let by; `amount` in Rial.

    `sheet` is the title of the sheet that it is about, `heading` a column's, `detail` words or
    figures of the export itself. `REFUSED` with a heading is about rows whose cell there is empty
    and was not; files that are closed count in `FILES_END` only where it has a limit.
    """

    kind: CauseKind
    sheet: str = ""
    heading: str = ""
    count: int = 0
    of: int = 0
    limit: int = 0
    amount: int = 0
    detail: str = ""

    @property
    def key(self) -> str:
        """What names the cause among an import's."""
        return ":".join((self.kind, self.sheet, self.heading))

    @property
    def needs_two(self) -> bool:
        """Whether one person alone can't answer for it: debts, holds or files would end."""
        return self.kind in _FOR_TWO

    @property
    def words(self) -> CauseWords:
        """The cause in words."""
        return _WORDS[self.kind](self)


_FOR_TWO = (
    CauseKind.DEBTS_END,
    CauseKind.DEBT_SUM_ENDS,
    CauseKind.HOLDS_END,
    CauseKind.FILES_END,
)
_ENDING = (CauseKind.PROPERTIES_END, *_FOR_TWO)


@dataclass(frozen=True)
class CauseWords:
    """What holds the import back, with its limit, and what would happen if it were in force."""

    cause: str
    limit: str
    consequence: str


def _percent(cause: Cause) -> str:
    # To the nearest tenth, as every share that the program tells.
    tenths = (cause.count * 2000 + cause.of) // (cause.of * 2) if cause.of else 1000
    whole, part = divmod(tenths, 10)
    return f"{format_number(whole)}٫{format_number(part)}٪" if part else f"{format_number(whole)}٪"


def _limit(cause: Cause) -> str:
    return f"مرز {isolate(f'{format_number(cause.limit)}٪')}"


def _n(number: int) -> str:
    return format_number(number)


def _ended(cause: Cause, what: str) -> str:
    return f"{_n(cause.of)} {what} بود و {_n(cause.count)} {what} پایان می‌یابد؛ {_limit(cause)}"


def _refused(cause: Cause) -> CauseWords:
    return CauseWords(
        f"{_n(cause.count)} ردیف «{cause.sheet}» رد شد ({_percent(cause)})",
        f"از {_n(cause.of)} ردیف؛ {_limit(cause)}",
        "ملک‌های این ردیف‌ها مشکوک می‌ماند و درخواست آنها به کارشناس می‌رود",
    )


def _emptied(cause: Cause) -> CauseWords:
    return CauseWords(
        f"«{cause.heading}» در {_n(cause.count)} ردیف «{cause.sheet}» پر بود و خالی شده است"
        f" ({_percent(cause)})",
        f"از {_n(cause.of)} ردیف سوابق جاری؛ {_limit(cause)}",
        "آنچه در این ستون بود نبوده شمرده می‌شود",
    )


_WORDS = {
    CauseKind.ORPHANS: lambda c: CauseWords(
        f"{_n(c.count)} ردیف «{c.sheet}» به هیچ ملکی تعلق ندارد",
        f"جمع {format_rial(c.amount)}" if c.amount else "کد نوسازی خالی، ناخوانا یا ناآشناست",
        f"این {_n(c.count)} ردیف دیده نمی‌شود و صاحبان آن‌ها بدون بدهی شمرده می‌شوند",
    ),
    CauseKind.PROPERTIES_END: lambda c: CauseWords(
        f"{_percent(c)} املاک سوابق جاری در این خروجی نیست",
        _ended(c, "ملک"),
        f"{_n(c.count)} ملک بی‌سابقه می‌شود و درخواست آنها به بازدید می‌رود",
    ),
    CauseKind.DEBTS_END: lambda c: CauseWords(
        f"{_percent(c)} بدهی‌های سوابق جاری در این خروجی نیست",
        _ended(c, "بدهی"),
        f"{_n(c.count)} بدهی پرداخت‌شده شمرده می‌شود",
    ),
    CauseKind.DEBT_SUM_ENDS: lambda c: CauseWords(
        f"{_percent(c)} جمع بدهی‌های سوابق جاری در این خروجی نیست یا سررسید آن دیرتر است",
        f"جمع {format_rial(c.of)} بود؛ {_limit(c)}",
        f"{format_rial(c.count)} بدهی پرداخت‌شده شمرده می‌شود یا دیگر مطالبه نمی‌شود",
    ),
    CauseKind.HOLDS_END: lambda c: CauseWords(
        f"{_n(c.count)} توقیف سوابق جاری در این خروجی نیست یا محدودتر است",
        "هر توقیف با شمارهٔ نامهٔ رفع آن یا با امضای نفر دوم پایان می‌یابد",
        "توقیفی که شمارهٔ نامهٔ رفع نداشته باشد برقرار می‌ماند",
    ),
    CauseKind.FILES_END: lambda c: CauseWords(
        f"{_n(c.count)} پروندهٔ مادهٔ ۱۰۰ سوابق جاری در این خروجی نیست"
        + (" یا بسته شده یا جریمه‌اش کم شده است" if c.limit else ""),
        "هر پرونده با شمارهٔ نامهٔ مختومه شدن آن یا با امضای نفر دوم پایان می‌یابد",
        "پرونده‌ای که شمارهٔ نامهٔ مختومه شدن نداشته باشد باز می‌ماند",
    ),
    CauseKind.REFUSED: lambda c: _emptied(c) if c.heading else _refused(c),
    CauseKind.CONTROL: lambda c: CauseWords(
        f"«{c.sheet}» با برگهٔ «جمع» مطابقت ندارد",
        c.detail,
        "ردیف‌هایی که نیامده است نبوده شمرده می‌شود",
    ),
    CauseKind.CORRECTED: lambda c: CauseWords(
        f"{_n(c.count)} قلم که به موجب اعتراض اصلاح شده است در این خروجی چیز دیگری است",
        c.detail,
        "اصلاح پابرجاست و ملاک پاسخ‌هاست تا خروجی همان را بیاورد؛ واحد متولی سابقه را آگاه کنید",
    ),
    CauseKind.UNKNOWN_WORDS: lambda c: CauseWords(
        f"واژهٔ ناشناخته در {_percent(c)} ستون «{c.heading}» برگهٔ «{c.sheet}»",
        f"{_n(c.count)} خانه: {c.detail}؛ {_limit(c)}",
        "این ردیف‌ها نامعلوم می‌ماند و درخواست ملک آنها به کارشناس می‌رود",
    ),
}

"""The city's records in every state, with the longest words and largest numbers of a big city."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from desktop.actions.records import (
    CauseBody,
    ForcedBody,
    ImportBody,
    KeptBody,
    LiftedBody,
    RowBody,
    RowsAnswer,
    StateAnswer,
    ToldGroup,
    UnknownBody,
)
from desktop.domain.import_causes import Cause, CauseKind, RowFate
from desktop.domain.record_words import WordColumn, word_key
from desktop.ui.pages.records.carrier import Known

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)
_NAME = "سیده فاطمه‌زهرا میرجلیلی طباطبایی یزدی"
_SHEETS = [
    ("property", "املاک"), ("owner", "مالکین"), ("permit", "پروانه‌ها"),
    ("certificate", "گواهی‌ها"), ("file", "ماده صد"), ("debt", "بدهی‌ها"), ("hold", "توقیف‌ها"),
]  # fmt: skip
_REASONS = (
    "کد این ملک پیش‌تر با محتوای دیگری آمده است؛ همان ردیف نخست ماند.",
    "کد نوسازی خوانده نشد. کد نوسازی ۴ تا ۷ شماره دارد؛ مانند 2-14-308-27-1-0-0",
    "«در دست پیگیری شورای حل اختلاف» شناخته نیست.",
)
_TOTALS = {
    "property": 184_396, "owner": 270_112, "permit": 91_577, "certificate": 127_901,
    "file": 8_395, "debt": 22_803, "hold": 2_311, "debt_rial": 353_188_000_000_000,
    "fine_rial": 1_353_188_000_000_000, "widened": 812, "doubted": 12_603, "refused": 1_603,
}  # fmt: skip


def _causes() -> list[CauseBody]:
    found = []
    for kind in CauseKind:
        big = 377_503_412_000_000 if kind is CauseKind.DEBT_SUM_ENDS else 124_310
        cause = Cause(
            kind,
            "توقیف‌ها" if kind is CauseKind.HOLDS_END else "گواهی‌ها",
            "تاریخ آخرین بازدید" if kind is CauseKind.UNKNOWN_WORDS else "",
            count=0 if kind is CauseKind.CONTROL else big,
            of=2 * big,
            limit=2,
            amount=92_400_000_000,
            detail="«تقسیط شفاهی»، «در دست پیگیری شورای حل اختلاف» و «نامعلوم»",
        )
        words = cause.words
        found.append(
            CauseBody(
                key=cause.key,
                kind=kind,
                cause=words.cause,
                limit=words.limit,
                consequence=words.consequence,
                needs_two=cause.needs_two,
                count=cause.count,
            )
        )
    return found


def _import(number: int, state: str, **changed: object) -> ImportBody:
    values: dict[str, object] = {
        "export_id": number, "as_of": TODAY, "state": state, "sha256": "00", "reader": _NAME,
        "source": "خروجی سامانهٔ نوسازی شهرداری یزد، همهٔ منطقه‌ها، سوم آذر ۱۴۰۵.xlsx.zip",
        "begun_at": NOW - timedelta(seconds=52), "heard_at": NOW, "silent": False, "fault": "",
        "sheet": "", "rows": 0, "done": 1000, "totals": _TOTALS, "causes": [], "told": [],
        "unknown": _unknown(),
    }  # fmt: skip
    return ImportBody.model_validate(values | changed)


def _unknown() -> list[UnknownBody]:
    """More words than are asked at once, of every column."""
    return [
        UnknownBody(column=column, word=f"در دست پیگیری شورای حل اختلاف {n}", count=4_310)
        for n in range(5)
        for column in WordColumn
    ]


def _told() -> list[ToldGroup]:
    return [
        ToldGroup(sheet=title, reason=reason, fate=fate, count=5_000)
        for (_, title), reason, fate in zip(_SHEETS[2:5], _REASONS, RowFate, strict=True)
    ]


def full_known(name: str) -> Known:
    """The page's state of that name."""
    present = _import(7, "read", told=_told())
    forced = ForcedBody(
        at=NOW,
        by=_NAME,
        second="سعید نوری",
        reason="خروجی با امور مالی سنجیده شد و کاستی‌ها درست است؛ نامهٔ ۱۴۰۵/۸۱۲.",
        may_go_back=True,
        former_as_of=TODAY - timedelta(days=1),
        letters=1_386,
    )
    staged = {
        "held": _import(8, "read", causes=_causes(), told=_told(), ended={"hold": 1_243}),
        "ready": _import(8, "read", ended={"hold": 0}),
        "reading": _import(8, "reading", sheet="گواهی‌ها", rows=162_400, of=1_100_000, done=620),
        "ended": _import(
            8, "failed", fault="دو برگه یک نام دارند: «بدهی‌ها» و «بدهي ها». یکی را حذف یا یکی کنید."
        ),
    }.get(name)
    first = name == "none"
    state = StateAnswer(
        in_force=None if first else present,
        forced=None if first else forced,
        staged=staged,
        kept=0 if first else 2,
        lifted=0 if first else 2,
        days_left=0,
        warned=True,
        alarm="سوابق از ۱۴۰۵/۰۹/۰۲ است؛ ۱۰ روز دیگر همهٔ درخواست‌ها به کارشناس می‌رود.",
        sheets=_SHEETS,
    )
    kept = [
        KeptBody(
            overlay_id=n,
            code="2-14-308-27-1-0-0",
            sheet="توقیف‌ها",
            about="شعبهٔ 3 اجرای احکام مدنی دادگستری شهرستان یزد، شمارهٔ 140568390001234567",
            since=TODAY,
        )
        for n in range(2)
    ]
    return Known(
        state,
        () if first else tuple(kept),
        () if first else tuple(_lifted()),
        ("سعید نوری",),
        NOW,
        frozenset({(WordColumn.DEED, word_key("در دست پیگیری شورای حل اختلاف 0"))}),
    )


def _lifted() -> list[LiftedBody]:
    """By the longest letter number that fits, and by two."""
    return [
        LiftedBody(
            code="2-14-308-27-1-0-0",
            sheet="پرونده‌های ماده ۱۰۰",
            about="تجاوز به معبر عمومی در طبقهٔ همکف، رأی قطعی",
            number=number,
            by="حمید میرجلیلی",
            second=second,
            at=NOW,
        )
        for number, second in (("140568390001234567/الف/1405", ""), ("", "سعید نوری"))
    ]


def full_rows() -> RowsAnswer:
    """Rows of a cause, more than are shown."""
    row = RowBody(
        sheet="توقیف‌ها",
        number=0,
        heading="2-14-308-27-1-0-0",
        reason="key",
        fate="",
        about="شعبهٔ 3 اجرای احکام مدنی دادگستری شهرستان یزد، شمارهٔ 140568390001234567",
    )
    told = row.model_copy(
        update={"number": 184_210, "heading": "تاریخ آخرین بازدید", "about": _REASONS[0] * 2}
    )
    return RowsAnswer(rows=[row, told], total=5_000)

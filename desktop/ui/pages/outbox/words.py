"""The list of what waits, in words: why each row stands there, in one table, and its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.actions.waiting import Backlog, Listed, Reason
from desktop.domain.commands import (
    CloseDay,
    DropSheets,
    TakeSheets,
    TellCopy,
    TellPaper,
)
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.service import Service
from desktop.ui import places
from desktop.ui.standing.acts import ACTS
from desktop.ui.standing.line import look_of, next_words, why_words
from desktop.ui.standing.lines import NOTHING, whole_code
from desktop.ui.standing.recalled import IN_SHORT, told_cause
from desktop.ui.standing.telling import field_label
from desktop.ui.standing.work_items import item_words
from desktop.ui.theme import Weight
from desktop.ui.times import moment
from desktop.ui.widgets.charts.day_numbers import DayNumber
from desktop.ui.widgets.lists.table import TableColumn
from desktop.ui.widgets.lists.table_cells import Cell, quiet, timed

COLUMNS = (
    TableColumn("از ساعت", 78, sortable=False),
    TableColumn("کار", 166, stretch=1, sortable=False),
    TableColumn("متقاضی", 104, stretch=4, sortable=False),
    TableColumn("کد رهگیری", 150, drop=1, sortable=False),
    TableColumn("علت", 284, stretch=3, sortable=False),
)
_MEGABYTE = 1_000_000
BY_COURIER = "فرستادن با پیک…"


@dataclass(frozen=True)
class ReasonLook:
    """Why a row stands in the list: its sentence, icon and colour."""

    words: Callable[[Listed, Backlog], str]
    icon: str
    colour: str = "text2"


def _always(words: str) -> Callable[[Listed, Backlog], str]:
    return lambda row, backlog: words


def _line(row: Listed, backlog: Backlog) -> str:
    line = backlog.line
    return why_words(line, backlog.now) if line is not None else "در حال ارسال"


def _papers(row: Listed, backlog: Backlog) -> str:
    size = to_persian_digits(f"{max(row.size / _MEGABYTE, 0.1):.1f}".replace(".", "٫"))
    if backlog.acts:
        return f"پس از کارهای دیگر؛ {size} مگابایت"
    if backlog.line is not None:
        return f"{why_words(backlog.line, backlog.now)}؛ {size} مگابایت"
    return f"در حال ارسال؛ {size} مگابایت مانده است"


def _refused(row: Listed, _: Backlog) -> str:
    return f"پذیرفته نشد: {item_words(row.item)}" if row.item is not None else "پذیرفته نشد"


def _held(row: Listed, _: Backlog) -> str:
    report = row.item.detail.get("report", "") if row.item is not None else ""
    return f"متوقف نزد مرکز، کد گزارش {isolate(report)}" if report else "در نوبت نزد مرکز"


def _recalled(row: Listed, _: Backlog) -> str:
    return IN_SHORT[told_cause(row.item.detail if row.item is not None else {})]


def _copy_answered(row: Listed, _: Backlog) -> str:
    told = row.item.detail if row.item is not None else {}
    return "اجازه داد؛ چاپ کنید" if told.get("allowed") else "نپذیرفت"


def _copy_given(row: Listed, _: Backlog) -> str:
    return row.item.detail.get("place", "") if row.item is not None else ""


def _paper_differs(row: Listed, _: Backlog) -> str:
    number = row.item.detail.get("number", "") if row.item is not None else ""
    return f"نامهٔ {isolate(to_persian_digits(number))}؛ نوشتهٔ آن را با پرونده بسنجید"


REASONS: Mapping[Reason, ReasonLook] = {
    Reason.LINE: ReasonLook(_line, "wifi-off"),
    Reason.FIRST: ReasonLook(_always("پس از ثبت همین پرونده"), "clock"),
    Reason.AFTER: ReasonLook(_always("پس از کار پیشین همین پرونده"), "clock"),
    Reason.SENDING: ReasonLook(_always("در حال ارسال"), "cloud-upload"),
    Reason.PAPERS: ReasonLook(_papers, "clock"),
    Reason.REFUSED: ReasonLook(_refused, "alert-circle", "refuse"),
    Reason.OVERTAKEN: ReasonLook(
        _always("پذیرفته نشد: همکارتان زودتر تغییر داد"), "alert-circle", "refuse"
    ),
    Reason.HELD: ReasonLook(_held, "alert-triangle", "refuse"),
    Reason.RECALL: ReasonLook(_recalled, "file-off", "refuse"),
    Reason.UNPROVEN: ReasonLook(
        _always("با کلید شناخته‌شده‌ای امضا نشده است"), "alert-triangle", "refuse"
    ),
    Reason.DOUBLE: ReasonLook(_always("پروندهٔ دیگری برای همین کار باز است"), "copy", "refuse"),
    Reason.MESSAGE: ReasonLook(_always("شمارهٔ درست را از متقاضی بپرسید"), "phone", "refuse"),
    Reason.MOVED: ReasonLook(_always("به متقاضی اطلاع دهید"), "calendar-event", "refuse"),
    Reason.CALLED_OFF: ReasonLook(_always("نوبت تازه بگیرید"), "calendar-event", "refuse"),
    Reason.VOID_UNTOLD: ReasonLook(
        _always("به دارندهٔ نامه هنوز اطلاع داده نشده است؛ در پرونده اعلام کنید"), "send", "refuse"
    ),
    Reason.COPY_ANSWERED: ReasonLook(_copy_answered, "copy", "review"),
    Reason.COPY_GIVEN: ReasonLook(_copy_given, "copy"),
    Reason.PAPER_DIFFERS: ReasonLook(_paper_differs, "alert-triangle", "refuse"),
    Reason.ELSEWHERE: ReasonLook(
        _always("دفتر پیشین آن را انجام داده بود"), "alert-triangle", "refuse"
    ),
}


TO_DO = {
    Reason.RECALL: "ابطال نامه",
    Reason.UNPROVEN: "امضای مهر نامه",
    Reason.DOUBLE: "درخواست تکراری",
    Reason.MESSAGE: "پیام به متقاضی نرسید",
    Reason.MOVED: "جابه‌جایی نوبت بازدید",
    Reason.CALLED_OFF: "لغو نوبت بازدید",
    Reason.VOID_UNTOLD: "اعلام ابطال نامه",
    Reason.COPY_ANSWERED: "پاسخ ناظر دربارهٔ نسخهٔ دیگر",
    Reason.COPY_GIVEN: "نسخهٔ نامه در دفتر دیگر",
    Reason.PAPER_DIFFERS: "کاغذ نامه با رمزینه یکسان نبود",
    Reason.ELSEWHERE: "کار دفتر پیشین",
}
"""What a person has to see to that the centre did not refuse; why, stands beside it."""


_SHEETS = ("باز کردن برگه‌های سربرگ", places.StampedSheets)
OF_OFFICE: Mapping[str, tuple[str, Callable[[], places.Place]]] = {
    CloseDay.kind: ("باز کردن روز", places.DayClose),
    TakeSheets.kind: _SHEETS,
    DropSheets.kind: _SHEETS,
    TellPaper.kind: ("باز کردن بررسی اصالت", places.Check),
    TellCopy.kind: ("باز کردن پروندهٔ دفتر دیگر", places.Elsewhere),
}
"""What opens for an act that is of no case, by its kind."""


def act_of(row: Listed, service: Service | None) -> str:
    """What it is: the act, of an amendment that clashes the answer too; papers by their number."""
    if row.reason is Reason.PAPERS:
        return to_persian_digits(f"{row.count} تصویر مدرک")
    if row.reason is Reason.OVERTAKEN and row.item is not None:
        return f"اصلاح {field_label(row.item.key, service)}"
    if row.reason in TO_DO:
        return TO_DO[row.reason]
    look = ACTS.get(row.act)
    words = look.words if look is not None else "کار دیگر"
    if row.count == 1:
        return words
    return to_persian_digits(f"{words} و {row.count - 1} کار دیگر")


def icon_of(row: Listed) -> str:
    """The act's icon."""
    if row.reason is Reason.PAPERS:
        return "paperclip"
    look = ACTS.get(row.act)
    return look.icon if look is not None else "alert-triangle"


def person_of(row: Listed) -> str:
    """Whose case it is; empty where this desk does not keep it, nor would have."""
    if row.case is not None:
        return to_persian_digits(row.case.applicant)
    return row.item.detail.get("applicant", "") if row.item is not None else ""


def code_of(row: Listed) -> str:
    """The case's tracking code; of a registration that was refused the one on its receipt."""
    if row.case is not None:
        return whole_code(row.case.tracking)
    told = row.item.detail if row.item is not None else {}
    return whole_code(told["tracking"]) if "applicant" in told else ""


def why(row: Listed, backlog: Backlog) -> str:
    """Why it stands in the list."""
    return REASONS[row.reason].words(row, backlog)


def cells(row: Listed, backlog: Backlog, service: Service | None) -> list[Cell]:
    """A row of the table."""
    look = REASONS[row.reason]
    icon = look.icon
    if row.reason is Reason.LINE and backlog.line is not None:
        icon = look_of(backlog.line).icon
    weight: Weight = 500 if row.item is not None else 400
    return [
        timed(moment(row.since, backlog.now)),
        Cell(act_of(row, service), weight=500, icon=icon_of(row), wraps=True),
        Cell(person_of(row), weight=weight, wraps=True),
        quiet(code_of(row)),
        Cell(look.words(row, backlog), look.colour, weight, icon=icon, wraps=True),
    ]


def numbers(backlog: Backlog) -> list[DayNumber]:
    """What waits, what needs a person, since when the oldest waits, when the centre was heard."""
    status, line = backlog.status, backlog.line
    to_see = [row for row in backlog.rows if row.item is not None]
    taken = [r for r in to_see if r.reason in (Reason.REFUSED, Reason.OVERTAKEN, Reason.HELD)]
    papers = next((row for row in backlog.rows if row.reason is Reason.PAPERS), None)
    oldest = backlog.now - status.oldest if status.oldest is not None else None
    waiting, told = backlog.acts, f"کار از {backlog.cases} پرونده" if backlog.cases else ""
    if not backlog.acts and papers is not None:
        waiting, told, oldest = papers.count, "تصویر مدرک", papers.since
    again = next_words(line, backlog.now) if line is not None else ""
    return [
        DayNumber(to_persian_digits(waiting), "در صف ارسال", to_persian_digits(told)),
        DayNumber(
            to_persian_digits(len(to_see)),
            "نپذیرفته" if len(taken) == len(to_see) else "نیازمند اقدام شما",
            "تصمیم با شما" if taken and len(taken) == len(to_see) else "",
            "refuse" if to_see else "text",
        ),
        DayNumber(
            _clock(oldest, backlog.now),
            "قدیمی‌ترین ارسال‌نشده",
            "دیر شده است" if status.late else "",
            "pay" if status.late else "text",
        ),
        DayNumber(_clock(status.last_heard, backlog.now), "آخرین تماس", again),
    ]


def _clock(at: datetime | None, now: datetime) -> str:
    """The time of a moment of today, else its day: a headline has no room for both."""
    return moment(at, now).partition(" ساعت ")[0] if at is not None else NOTHING

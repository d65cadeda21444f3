"""Parts of the supervisor's day: what its charts and tables say of the centre's counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.persian import to_persian_digits
from desktop.domain.state import State
from desktop.ui.palette import Tone
from desktop.ui.standing.chips import chip_of_state
from desktop.ui.times import ago
from desktop.ui.widgets.charts.bars import Bar
from desktop.ui.widgets.charts.chart import Pattern
from desktop.ui.widgets.charts.day_numbers import DayNumber
from desktop.ui.widgets.charts.hours import Hour, Series
from desktop.ui.widgets.lists.table_cells import Cell, TableColumn, named, quiet
from desktop.wire.payloads import BoardAnswer, OfficeRow

_NEAR, _LOST = timedelta(minutes=2), timedelta(minutes=15)
# Short days are drawn from morning to noon, so that the first hours do not fill the whole width.
_OPENING, _NOON = 8, 13


@dataclass(frozen=True)
class Kind:
    """One outcome of a first decision: the centre's word, ours, its icon and tone.

    `state` is the state in which such a case waits, for the queue; empty when it does not wait.
    """

    key: str
    words: str
    icon: str
    tone: Tone
    outlined: bool = False
    state: str = ""
    pattern: Pattern = ""


KINDS = (
    Kind("answer", "پاسخ آنی", "file-certificate", "ok"),
    Kind("pay", "در انتظار پرداخت", "cash-banknote", "pay", state="pay-due", pattern="rising"),
    Kind(
        "visit-no-record",
        "بازدید، نبود سابقه",
        "calendar-event",
        "visit",
        state="visit-due",
        pattern="falling",
    ),
    Kind("visit", "بازدید به دلایل دیگر", "calendar-event", "visit", True, "visit-due", "falling"),
    Kind("review", "در دست بررسی", "eye-check", "review", state="in-review", pattern="dots"),
    Kind("refuse", "پاسخ منفی", "ban", "refuse", pattern="crossed"),
    Kind("waiting", "هنوز بی‌نتیجه", "clock", "neutral", True, pattern="level"),
)
SERIES = tuple(Series(kind.words, kind.tone, kind.outlined, kind.pattern) for kind in KINDS)
OFFICE_COLUMNS = (
    TableColumn("دفتر", 56),
    TableColumn("نام", 120, stretch=2),
    TableColumn("دریافت", 70),
    TableColumn("پاسخ آنی", 152, stretch=1),
    TableColumn("در انتظار", 76, drop=1),
    TableColumn("دیرکرد", 76),
    TableColumn("تماس", 130, stretch=1, drop=2),
)


def recalls_words(count: int) -> str:
    """That offices were asked to void letters and have not yet; empty for none."""
    words = f"ابطال {count} نامه از دفترها خواسته شده و مانده است."
    return to_persian_digits(words) if count else ""


def percent(part: int, whole: int) -> str:
    """«۵۷٫۸٪»; empty of nothing."""
    return to_persian_digits(f"{100 * part / whole:.1f}٪".replace(".", "٫")) if whole else ""


def seconds(milliseconds: int) -> str:
    """«۰٫۴ ثانیه», from ten on whole seconds, from two minutes on whole minutes."""
    if milliseconds >= 120_000:
        return to_persian_digits(f"{round(milliseconds / 60_000)} دقیقه")
    value = max(milliseconds / 1000, 0.1)
    shown = f"{value:.1f}".removesuffix(".0").replace(".", "٫") if value < 10 else str(round(value))
    return to_persian_digits(f"{shown} ثانیه")


def waited_words(board: BoardAnswer) -> str:
    """The working days a citizen waited for the answer, the middle one of those given then."""
    if not board.answered:
        return "—"
    return to_persian_digits(f"{board.waited} روز")


def machine_words(board: BoardAnswer) -> str:
    """The seconds in which the records answered, the middle ones of the cases decided."""
    decided = board.received > board.outcomes.get("waiting", 0)
    return seconds(board.median_ms) if decided else "—"


def numbers(board: BoardAnswer, *, narrow: bool) -> list[DayNumber]:
    """The numbers on top; narrow ones leave their second words."""
    offices = sum(1 for row in board.offices if row.overdue)
    looks = board.looks_due + board.looks_done
    beside = {
        "received": f"در {len(board.offices)} دفتر",
        "instant": str(board.instant),
        "overdue": f"در {offices} دفتر" if offices else "",
        "letters": f"{board.voided} ابطال" if board.voided else f"{board.copies} نسخهٔ دوم",
        "looks": f"مانده از {looks}" if looks else "",
    }
    told = {key: "" if narrow else to_persian_digits(words) for key, words in beside.items()}
    share = percent(board.instant, board.received) or "۰٪"
    return [
        DayNumber(to_persian_digits(board.received), "دریافت‌شده", told["received"]),
        DayNumber(share, "پاسخ آنی", told["instant"], "ok"),
        DayNumber(waited_words(board), "انتظار متقاضی"),
        *([] if narrow else [DayNumber(machine_words(board), "پاسخ سامانه")]),
        DayNumber(
            to_persian_digits(board.overdue),
            "دیرکرد",
            told["overdue"],
            "refuse" if board.overdue else "text",
        ),
        DayNumber(to_persian_digits(board.letters), "نامهٔ صادره", told["letters"]),
        DayNumber(
            to_persian_digits(board.looks_due),
            "بازبینی",
            told["looks"],
            "review" if board.looks_due else "text",
        ),
    ]


def hours(counts: Mapping[str, Mapping[str, int]]) -> list[Hour]:
    """A bar for each hour from opening on, also the empty ones between."""
    found = [int(hour) for hour in counts]
    first, last = min([_OPENING, *found]), max([_NOON, *found])
    return [
        Hour(
            to_persian_digits(hour),
            tuple(counts.get(str(hour), {}).get(kind.key, 0) for kind in KINDS),
        )
        for hour in range(first, last + 1)
    ]


def outcome_bars(board: BoardAnswer) -> list[Bar]:
    """A bar for each outcome; what has none yet only where there is such a case."""
    return [
        Bar(
            kind.words,
            board.outcomes.get(kind.key, 0),
            kind.tone,
            kind.icon,
            percent(board.outcomes.get(kind.key, 0), board.received),
            kind.outlined,
            kind.pattern,
        )
        for kind in shown_kinds(board)
    ]


def shown_kinds(board: BoardAnswer) -> list[Kind]:
    """The outcomes that have a bar, in its order."""
    return [k for k in KINDS if k.key != "waiting" or board.outcomes.get(k.key)]


def waiting_bars(board: BoardAnswer) -> list[tuple[str, Bar]]:
    """(state, bar): how many whole days the oldest case of each open state has stood still."""
    longest = sorted(board.waiting_days.items(), key=lambda item: -item[1])
    bars = []
    for state, days in longest:
        look = chip_of_state(State(state))
        bars.append((state, Bar(look.words, days, look.tone, look.icon)))
    return bars


def office_cells(row: OfficeRow, now: datetime) -> list[Cell]:
    """An office's line of the table."""
    share = row.instant / row.received if row.received else 0.0
    late = to_persian_digits(row.overdue)
    return [
        quiet(to_persian_digits(row.office)),
        named(row.name),
        Cell(to_persian_digits(row.received)),
        Cell(percent(row.instant, row.received) or "۰٪", share=share),
        Cell(to_persian_digits(row.waiting)),
        Cell(late, "refuse", 500, icon="clock-exclamation") if row.overdue else quiet(late),
        heard(row.heard_at, now),
    ]


def heard(at: datetime | None, now: datetime) -> Cell:
    """When the office was last heard of; red once it has been silent for a quarter of an hour."""
    if at is None:
        return Cell("هنوز نه", "text2", icon="wifi-off")
    if now - at < _NEAR:
        return Cell("اکنون", "ok", icon="circle-check")
    if now - at < _LOST:
        return Cell(ago(at, now), "text2", icon="clock")
    return Cell(f"قطع، {ago(at, now)}", "refuse", icon="wifi-off")


# What each column of the offices is sorted by.
def office_order(row: OfficeRow, column: int) -> tuple[float, str]:
    """The key that puts the offices in the order of a column; ties by number."""
    share = row.instant / row.received if row.received else 0.0
    when = row.heard_at.timestamp() if row.heard_at else 0.0
    number = float(row.office) if row.office.isdigit() else 0.0
    values = (number, 0.0, row.received, share, row.waiting, row.overdue, when)
    return float(values[column]), row.name if column == 1 else row.office.zfill(4)

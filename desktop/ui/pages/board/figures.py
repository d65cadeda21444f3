"""What the board's numbers and charts say of the centre's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop.domain.calendar import (
    MONTHS,
    WEEKDAYS,
    add_months,
    format_day_month,
    format_long,
    jalali,
    weekday,
)
from desktop.domain.persian import to_persian_digits
from desktop.ui.palette import Tone
from desktop.ui.standing.line import age_words
from desktop.ui.widgets.charts.bars import Bar
from desktop.ui.widgets.charts.chart import Pattern
from desktop.ui.widgets.charts.day_numbers import DayNumber
from desktop.ui.widgets.charts.hours import Hour, Series
from desktop.wire.board import BoardAnswer, OutageBody
from desktop.wire.board_cases import Figure

TODAY, WEEK, MONTH, RANGE = "today", "week", "month", "range"
LONGEST = 400
"""So many days at most are asked for at once."""
# Short days are drawn from morning to noon, so that the first hours do not fill the whole width.
_OPENING, _NOON = 8, 13
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """The days that are shown, both ends counted."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    @property
    def words(self) -> str:
        """«سه‌شنبه ۳ آذر ۱۴۰۵», «آبان ۱۴۰۵», «۱ تا ۳ آذر ۱۴۰۵», «۲۷ آبان تا ۳ آذر ۱۴۰۵»."""
        if self.first == self.last:
            return format_long(self.last)
        year, month, day = jalali(self.last)
        begun = jalali(self.first)
        name = f"{MONTHS[month - 1]} {year}"
        if begun == (year, month, 1) and jalali(self.last + _A_DAY)[2] == 1:
            return to_persian_digits(name)
        if begun[:2] == (year, month):
            return to_persian_digits(f"{begun[2]} تا {day} {name}")
        since = f"{begun[2]} {MONTHS[begun[1] - 1]}" + (f" {begun[0]}" if begun[0] != year else "")
        return to_persian_digits(f"{since} تا {day} {name}")


def span_of(period: str, today: date) -> Span:
    """The days of a period up to today: the day itself, the week since Saturday, the month."""
    if period == WEEK:
        return Span(today - WEEKDAYS.index(weekday(today)) * _A_DAY, today)
    if period == MONTH:
        return Span(today - (jalali(today)[2] - 1) * _A_DAY, today)
    return Span(today, today)


def month_before(today: date) -> Span:
    """The whole month before this one, with which a range of one's own begins."""
    first = span_of(MONTH, today).first
    return Span(add_months(first, -1), first - _A_DAY)


def fault_of(first: date | None, last: date | None, today: date) -> str:
    """What is wrong with a range of one's own; empty where nothing is."""
    if first is None or last is None:
        return "هر دو روز بازه را بنویسید."
    if last < first:
        return "روز پایان بازه پیش از روز آغاز آن است؛ یکی را اصلاح کنید."
    if first > today:
        return f"روز {format_day_month(first)} هنوز نیامده است."
    if Span(first, last).days > LONGEST:
        return to_persian_digits(f"بازه بیش از {LONGEST} روز است؛ کوتاه‌ترش کنید.")
    return ""


@dataclass(frozen=True)
class Shown:
    """The figures on screen, of which days they are, and when they were told."""

    board: BoardAnswer
    span: Span
    at: datetime


@dataclass(frozen=True)
class Kind:
    """One outcome of a first decision: the centre's word, ours, its icon and tone."""

    key: str
    words: str
    icon: str
    tone: Tone
    outlined: bool = False
    pattern: Pattern = ""


KINDS = (
    Kind("answer", "پاسخ آنی", "file-certificate", "ok"),
    Kind("pay", "در انتظار پرداخت", "cash-banknote", "pay", pattern="rising"),
    Kind("visit-no-record", "بازدید، نبود سابقه", "calendar-event", "visit", pattern="falling"),
    Kind("visit", "بازدید به دلایل دیگر", "calendar-event", "visit", outlined=True,
         pattern="falling"),
    Kind("review", "در دست بررسی", "eye-check", "review", pattern="dots"),
    Kind("refuse", "پاسخ منفی", "ban", "refuse", pattern="crossed"),
    Kind("waiting", "هنوز بی‌نتیجه", "clock", "neutral", outlined=True, pattern="level"),
)  # fmt: skip
SERIES = tuple(Series(kind.words, kind.tone, kind.outlined, kind.pattern) for kind in KINDS)


def recalls_words(count: int) -> str:
    """That offices were asked to void letters and have not yet; empty for none."""
    words = f"ابطال {count} نامه از دفترها خواسته شده و مانده است."
    return to_persian_digits(words) if count else ""


def percent(part: int, whole: int) -> str:
    """«۵۷٫۸٪»; empty of nothing."""
    return to_persian_digits(f"{100 * part / whole:.1f}٪".replace(".", "٫")) if whole else ""


def days_words(board: BoardAnswer) -> str:
    """The working days a citizen waited for the answer, the middle one of those given then."""
    return to_persian_digits(f"{board.waited} روز") if board.answered else "—"


def machine_words(board: BoardAnswer) -> str:
    """The seconds from a request's receipt at the centre to its first answer, the middle one and
    that within which 95 of a hundred came; empty where they are not told."""
    if not board.p95_ms:
        return ""
    return f"رایانه {_seconds(board.median_ms)}، ۹۵٪ تا {_seconds(board.p95_ms)} ثانیه"


def _seconds(ms: int) -> str:
    return to_persian_digits(f"{max(ms, 100) / 1000:.1f}".replace(".", "٫"))


CORRECTNESS = "درستی پاسخ آنی"
_TOO_FEW = "درستی؛ آمار کم است"
"""Under which name it stands on paper."""


@dataclass(frozen=True)
class Number:
    """A number on top and the figure whose cases it opens; None where it opens nothing."""

    shown: DayNumber
    figure: Figure | None
    title: str = ""


def numbers(board: BoardAnswer, *, narrow: bool) -> list[Number]:
    """The numbers on top; narrow ones leave their second words."""
    late_in = sum(1 for row in board.offices if row.late)
    received_in = sum(1 for row in board.offices if row.received)
    most = ""
    if board.answered:
        most = f"۹۰٪ تا {board.waited_most} روز" if board.waited_most else "۹۰٪ همان روز"
    ended = [(board.voided, "ابطال"), (board.copies, "نسخهٔ دوم")]
    beside = {
        "received": f"در {received_in} دفتر" if received_in else "",
        "instant": str(board.instant),
        "late": f"در {late_in} دفتر" if late_in else "",
        "letters": "، ".join(f"{count} {words}" for count, words in ended if count),
        "waited": most,
    }
    second = {key: "" if narrow else to_persian_digits(words) for key, words in beside.items()}
    share = percent(board.instant, board.received) or "۰٪"
    letters, late = to_persian_digits(board.letters), to_persian_digits(board.late)
    first = DayNumber(
        to_persian_digits(board.received), "دریافت‌شده", second["received"], opens=True
    )
    found = [
        Number(first, Figure.RECEIVED, "درخواست دریافت‌شده"),
        Number(
            DayNumber(share, "پاسخ آنی", second["instant"], "ok", opens=True),
            Figure.ANSWER,
            "پاسخ آنی",
        ),
    ]
    looked = correctness(board)
    found += [Number(looked, None, CORRECTNESS)] if looked is not None else []
    found += [
        Number(
            DayNumber(
                days_words(board),
                "انتظار متقاضی",
                second["waited"],
                below=machine_words(board),
                opens=True,
            ),
            Figure.ANSWERED,
            "پاسخ صادرشده",
        ),
        Number(
            DayNumber(
                late, "دیرکرد", second["late"], "refuse" if board.late else "text", opens=True
            ),
            Figure.LATE,
            "دیرکرد",
        ),
        Number(
            DayNumber(letters, "نامهٔ صادره", second["letters"], opens=True),
            Figure.ISSUED,
            "نامهٔ صادره",
        ),
    ]
    return found


def on_paper(board: BoardAnswer) -> list[tuple[str, str]]:
    """The numbers as paper says them, each under its name in one line."""
    return [_on_paper(board, each) for each in numbers(board, narrow=False)]


def _on_paper(board: BoardAnswer, number: Number) -> tuple[str, str]:
    if number.title == CORRECTNESS and board.correctness is not None:
        return CORRECTNESS, board.correctness.value.words
    shown = number.shown
    notes = "؛ ".join(filter(None, (shown.beside, shown.below)))
    return shown.words, f"{shown.value} ({notes})" if notes else shown.value


def correctness(board: BoardAnswer) -> DayNumber | None:
    """How right the instant answers were, beside their share: never a share without its bound."""
    found = board.correctness.value if board.correctness is not None else None
    if found is None or not found.drawn:
        return None
    if not found.enough:
        return DayNumber("—", _TOO_FEW, to_persian_digits(f"{found.looked} بازبینی"))
    wrong = to_persian_digits(f"{found.wrong} نادرست")
    seen = to_persian_digits(f"از {found.looked}؛ {found.most}")
    return DayNumber(wrong, seen, tone="refuse" if found.wrong else "ok")


def hours(counts: Mapping[str, Mapping[str, int]]) -> list[Hour]:
    """A bar for each hour from opening on, also the empty ones between."""
    return [
        Hour(
            to_persian_digits(hour),
            tuple(counts.get(str(hour), {}).get(kind.key, 0) for kind in KINDS),
        )
        for hour in hours_shown(counts)
    ]


def hours_shown(counts: Mapping[str, object]) -> Sequence[int]:
    """The hours that have a bar, in its order."""
    found = [int(hour) for hour in counts]
    return range(min([_OPENING, *found]), max([_NOON, *found]) + 1)


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


def down_now(board: BoardAnswer) -> list[OutageBody]:
    """The outages that go on, the longest first."""
    return [each for each in board.outages if each.until is None]


def down_words(board: BoardAnswer, now: datetime) -> str:
    """Whose line is down now, and for how long; empty where none is."""
    down = down_now(board)
    told = "، ".join(
        f"دفتر {each.office} ({age_words(now - each.since)})" for each in down[:_NAMED]
    )
    more = f" و {len(down) - _NAMED} دفتر دیگر" if len(down) > _NAMED else ""
    return to_persian_digits(f"خط {len(down)} دفتر قطع است: {told}{more}.") if down else ""


NEAR = timedelta(minutes=2)
"""Heard of so lately is now."""
_NAMED = 4

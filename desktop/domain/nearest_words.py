"""How far an office is, when it is open and what to bring, in words: on screen, paper and page.

The citizens' page fills the same sentences (`SENTENCES`) in its reader's browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from desktop.domain.calendar import (
    TEHRAN,
    WEEKDAYS,
    OfficeCalendar,
    format_day_month,
    format_long,
    weekday,
)
from desktop.domain.hours import Hours, spans_words
from desktop.domain.nearest import Near
from desktop.domain.office import OfficeCard, StepFree
from desktop.domain.people import Applicant
from desktop.domain.persian import fold, join_and, to_persian_digits
from desktop.domain.service import Service

NO_STEP = "بدون پله"
"""An entrance through which whoever walks badly, or sits in a wheelchair, comes in."""
_ENTRANCE = f"ورودی {NO_STEP}"
SENTENCES: Mapping[str, str] = {
    "metres": "{} متر",
    "kilometres": "{} کیلومتر",
    "walk": "پیاده {} دقیقه",
    "drive": "با خودرو {} دقیقه",
    "no_place": "فاصله نامعلوم",
    "open": "باز تا {}",
    "open_tomorrow": "باز تا {} فردا",
    "always": "شبانه‌روزی",
    "today": "امروز از {}",
    "tomorrow": "فردا از {}",
    "on": "{} از {}",
    "untold": "ساعت کار نامعلوم",
    "perhaps": "{} «{}» در فهرست نیست؛ شاید {}",
    "unknown": "{} «{}» در فهرست نیست؛ محله‌ای نزدیک را بنویسید.",
    "outside": "این نقطه بیرون از شهر است؛ محله را بنویسید.",
    "postal": "کد پستی {}… در فهرست نیست؛ محله را بنویسید.",
    "nobody": "هیچ دفتری این خدمت را انجام نمی‌دهد.",
    "nobody_now": "هیچ دفتری اکنون این خدمت را انجام نمی‌دهد.",
    "first": "نخستین: {}، {}.",
    "others": "{} دفتر دیگر",
    "entrance": _ENTRANCE,
}
SOON = timedelta(hours=3)
"""So long before it shuts an office is told to be shutting."""
_WALKED, _DRIVEN = 80, 400
"""Metres a minute of the straight line: 4.8 km/h on foot, 24 km/h by car through the city."""
_TOO_FAR = 2_200
"""From so many metres on nobody is sent on foot."""
_WEEK = 7
_A_DAY = timedelta(days=1)


def entrance_words(card: OfficeCard) -> str:
    """How one comes in, where that is told and is good news; empty else."""
    return _ENTRANCE if card.step_free is StepFree.YES else ""


def office_title(card: OfficeCard) -> str:
    """«دفتر پیشخوان ۳۰، نعیم‌آباد»."""
    known = fold(card.neighbourhood) in fold(card.name)
    place = "" if known or not card.neighbourhood else f"، {card.neighbourhood}"
    return to_persian_digits(f"{card.name}{place}")


def distance_words(metres: int | None) -> str:
    """«۸۲۰ متر», from a kilometre on «۱٫۲ کیلومتر»."""
    if metres is None:
        return SENTENCES["no_place"]
    tens = (metres + 5) // 10 * 10
    if tens < 1_000:
        return SENTENCES["metres"].format(to_persian_digits(tens))
    hundreds = (metres + 50) // 100
    return SENTENCES["kilometres"].format(to_persian_digits(f"{hundreds // 10}٫{hundreds % 10}"))


def way_words(metres: int | None) -> str:
    """«پیاده ۱۰ دقیقه»; what is far is told by car; empty where nobody knows how far it is."""
    if metres is None:
        return ""
    sentence, pace = ("walk", _WALKED) if metres < _TOO_FAR else ("drive", _DRIVEN)
    return SENTENCES[sentence].format(to_persian_digits(max(1, (metres + pace // 2) // pace)))


def opening_words(near: Near, moment: datetime) -> str:
    """«باز تا ۲۰:۰۰», «فردا از ۷:۳۰», or that nobody told its hours."""
    today = moment.astimezone(TEHRAN).date()
    if near.until is not None:
        if near.until >= _midnight_after(today + _A_DAY):
            return SENTENCES["always"]
        ends_today = near.until <= _midnight_after(today)
        clock = "۲۴:۰۰" if near.until == _midnight_after(today) else _clock(near.until)
        return SENTENCES["open" if ends_today else "open_tomorrow"].format(clock)
    if near.opens is None:
        return SENTENCES["untold"]
    ahead = (near.opens.date() - today).days
    if ahead < 2:
        return SENTENCES["tomorrow" if ahead else "today"].format(_clock(near.opens))
    day = weekday(near.opens.date()) if ahead < _WEEK else format_day_month(near.opens.date())
    return SENTENCES["on"].format(day, _clock(near.opens))


def opens_words(near: Near) -> str:
    """«چهارشنبه ۴ آذر ۱۴۰۵، از ۷:۳۰», to be read on another day; empty where it is open, or nobody
    knows."""
    if near.until is not None or near.opens is None:
        return ""
    return f"{format_long(near.opens.date())}، از {_clock(near.opens)}"


def shuts_soon(near: Near, moment: datetime) -> bool:
    """Whether who sets out now may come too late."""
    return near.until is not None and near.until - moment < SOON


def week_words(hours: Hours | None) -> str:
    """«شنبه تا چهارشنبه ۷:۳۰ تا ۲۰:۰۰، پنجشنبه ۷:۳۰ تا ۱۳:۰۰»; a day on which it is shut is left
    out."""
    if hours is None:
        return SENTENCES["untold"]
    told = []
    for spans, days in groupby(range(_WEEK), key=lambda at: hours.week[at]):
        alike = [WEEKDAYS[at] for at in days]
        named = alike[0] if len(alike) == 1 else f"{alike[0]} تا {alike[-1]}"
        if spans:
            told.append(f"{named} {spans_words(spans)}")
    return "، ".join(told) or spans_words(())


def unusual_days(hours: Hours | None, calendar: OfficeCalendar, day: date) -> Iterator[str]:
    """«پنجشنبه ۵ آذر ۱۴۰۵: بسته»: days of the coming week that are not as its weekday is."""
    if hours is None:
        return
    for ahead in range(_WEEK):
        on = day + timedelta(days=ahead)
        spans = hours.on(on, calendar)
        if spans != hours.week[WEEKDAYS.index(weekday(on))]:
            yield f"{format_long(on)}: {spans_words(spans)}"


def papers_words(service: Service) -> list[str]:
    """What to bring: the owner's papers first, then what each other applicant brings besides, then
    what answers ask for that nobody knows beforehand."""
    asked = {
        each: [d.title for d in service.asked_documents({"applicant": each.value})]
        for each in service.applicants
    }
    first = Applicant.OWNER if Applicant.OWNER in asked else service.applicants[0]
    own = asked.pop(first)
    told = [f"{_listed(own)}."] if own else []
    besides: dict[tuple[str, ...], list[str]] = {}
    for each, titles in asked.items():
        more = tuple(title for title in titles if title not in own)
        besides.setdefault(more, []).append(each.word)
    told += [f"{join_and(words)}: {_listed(more)}." for more, words in besides.items() if more]
    known = {*own, *(title for more in besides for title in more)}
    rest = [d.title for d in service.documents if d.title not in known]
    if rest:
        told.append(f"بسته به درخواست: {_listed(rest)}.")
    return [to_persian_digits(words) for words in told]


def _listed(titles: Sequence[str]) -> str:
    """Papers in a row; of titles with a comma or «و» these don't say where one ends."""
    apart = len(titles) > 1 and any("،" in title or " و " in title for title in titles)
    return "؛ ".join(titles) if apart else join_and([*titles])


def _clock(moment: datetime) -> str:
    local = moment.astimezone(TEHRAN)
    return to_persian_digits(f"{local.hour}:{local.minute:02}")


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + _A_DAY, datetime.min.time(), TEHRAN)

"""An office's card in words: who it is, and what changes between two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from desktop.domain.calendar import WEEKDAYS, format_day_month, format_jalali
from desktop.domain.hours import Hours, Span, SpecialDay, runs, spans_words
from desktop.domain.identifiers import phone_words
from desktop.domain.office import OfficeCard, StepFree, converts, within_city
from desktop.domain.persian import isolate, join_and, to_persian_digits

LICENCE = "پروانه"
"""The label of the licence, whose end is watched."""
_UNTOLD = "نامعلوم"
_TOLD: tuple[tuple[str, Callable[[OfficeCard], str]], ...] = (
    ("کد", lambda card: card.code),
    ("نام", lambda card: card.name),
    ("نوع", lambda card: card.kind.word if card.kind else ""),
    ("دارندهٔ پروانه", lambda card: card.holder),
    ("شمارهٔ پروانه", lambda card: card.licence),
    ("پایان پروانه", lambda card: format_jalali(card.licence_until) if card.licence_until else ""),
    ("نشانی", lambda card: card.address),
    ("محله", lambda card: card.neighbourhood),
    ("منطقه", lambda card: str(card.district)),
    ("کد پستی", lambda card: card.postal_code),
    ("تلفن", lambda card: card.phone),
    ("مکان", lambda card: f"{card.latitude}، {card.longitude}" if card.has_place else ""),
    ("باجه‌ها", lambda card: str(card.counters or "")),
    ("ورود بی‌پله", lambda card: card.step_free.word),
    ("مستند", lambda card: card.authority),
)


def called(code: str, name: str) -> str:
    """«دفتر ۳۰، فهادان»; a name that has its code in it stands alone: «دفتر پیشخوان ۲۱»."""
    code, name = to_persian_digits(code), to_persian_digits(name)
    return name if code in name.split() else f"دفتر {code}، {name}"


def some_offices(codes: Sequence[str], most: int = 4) -> str:
    """«دفتر ۲۱», «دفترهای ۲۱، ۲۲ و ۵ دفتر دیگر»: no more than so many by their codes."""
    if len(codes) == 1:
        return to_persian_digits(f"دفتر {codes[0]}")
    left = len(codes) - most
    rest = [f"{left} دفتر دیگر"] if left > 0 else []
    return to_persian_digits(f"دفترهای {join_and([*codes[:most], *rest])}")


def card_lines(old: OfficeCard | None, new: OfficeCard) -> Iterator[str]:
    """Each difference as a sentence; of a new office all that is told of it."""
    for title, of in _TOLD:
        was, becomes = of(old) if old else "", of(new)
        if was != becomes:
            told = becomes or _UNTOLD
            line = f"{title}: از «{was or _UNTOLD}» به «{told}»." if old else f"{title}: «{told}»."
            yield to_persian_digits(line)
    yield from _hours(old.hours if old else None, new.hours)


def identity(card: OfficeCard, former: Sequence[str]) -> list[tuple[str, str]]:
    """Who the office is, (label, value) by line; empty what nobody told. `former` are its codes of
    before."""
    codes = "، ".join(isolate(to_persian_digits(code)) for code in former)
    licence = to_persian_digits(card.licence)
    if card.licence_until is not None:
        licence = f"{isolate(licence)} تا {isolate(format_jalali(card.licence_until))}".strip()
    district = f"منطقهٔ {card.district}" if card.district else ""
    where = "، ".join(part for part in (card.neighbourhood, district) if part)
    return [
        ("کد دفتر", to_persian_digits(card.code)),
        ("کد پیشین", codes or "ندارد"),
        ("دارندهٔ پروانه", card.holder),
        (LICENCE, licence),
        ("تلفن", phone_words(card.phone)),
        ("نشانی", to_persian_digits(within_city(card.address))),
        ("محله و منطقه", to_persian_digits(where)),
        ("کد پستی", isolate(to_persian_digits(card.postal_code)) if card.postal_code else ""),
        ("مکان", "مشخص است" if card.has_place else ""),
        ("باجه‌ها", to_persian_digits(card.counters) if card.counters else ""),
        (
            "مناسب افراد دارای معلولیت",
            card.step_free.word if card.step_free is not StepFree.UNKNOWN else "",
        ),
    ]


def hours_words(spans: Sequence[Span], holiday: str = "") -> str:
    """«۷:۳۰ تا ۱۴:۰۰ و ۱۶:۰۰ تا ۲۰:۰۰», «تعطیل», «تعطیل، عید فطر»."""
    if spans:
        return spans_words(spans)
    return f"تعطیل، {holiday}" if holiday else "تعطیل"


def _hours(old: Hours | None, new: Hours | None) -> Iterator[str]:
    if old == new:
        return
    if new is None:
        yield "ساعت کار: دیگر اعلام نشده است."
        return
    for at, title in enumerate(WEEKDAYS):
        if old is None or old.week[at] != new.week[at]:
            yield f"ساعت کار {title}: {spans_words(new.week[at])}."
    known = old.special if old else ()
    for first, last, spans in runs(each for each in new.special if each not in known):
        yield f"ساعت کار {_days(first, last)}: {spans_words(spans)}."
    days = {each.day for each in new.special}
    gone = (SpecialDay(each.day) for each in known if each.day not in days)
    for first, last, _ in runs(gone):
        yield f"ساعت کار {_days(first, last)}: همان ساعت هفته."


def _days(first: date, last: date) -> str:
    if first == last:
        return format_jalali(first)
    return f"از {format_jalali(first)} تا {format_jalali(last)}"


def special_words(special: Sequence[SpecialDay], since: date) -> list[tuple[str, str]]:
    """Days of their own from the day on, (days, hours) by line: «۳ تا ۹ آذر», «۹:۰۰ تا ۱۳:۰۰»."""
    coming = [each for each in special if each.day >= since]
    return [(days_words(each.first, each.last), hours_words(each.spans)) for each in runs(coming)]


def days_words(first: date, last: date) -> str:
    """«۳ آذر», «۳ تا ۹ آذر», «۲۸ آذر تا ۵ دی»."""
    until = format_day_month(last)
    if first == last:
        return until
    since = format_day_month(first)
    dom, _, month = since.partition(" ")
    return f"{dom if until.endswith(f' {month}') else since} تا {until}"


def happened(old: OfficeCard | None, new: OfficeCard) -> str:
    """What the new card means for the office, as the heading of its differences."""
    if old is None:
        return "دفتر ثبت شد"
    if converts(old, new):
        return "تبدیل کارگزاری به پیشخوان"
    if old.licence_until != new.licence_until and old.licence == new.licence:
        return "پروانه تمدید شد"
    return "مشخصات تغییر کرد"

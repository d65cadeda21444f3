"""What changes between two cards of an office, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop.domain.calendar import WEEKDAYS, format_jalali
from desktop.domain.hours import Hours, spans_words
from desktop.domain.office import OfficeCard, converts
from desktop.domain.persian import to_persian_digits

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


def card_lines(old: OfficeCard | None, new: OfficeCard) -> Iterator[str]:
    """Each difference as a sentence; of a new office all that is told of it."""
    for title, of in _TOLD:
        was, becomes = of(old) if old else "", of(new)
        if was != becomes:
            told = becomes or _UNTOLD
            line = f"{title}: از «{was or _UNTOLD}» به «{told}»." if old else f"{title}: «{told}»."
            yield to_persian_digits(line)
    yield from _hours(old.hours if old else None, new.hours)


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
    for each in new.special:
        if each not in known:
            yield f"ساعت کار {format_jalali(each.day)}: {spans_words(each.spans)}."
    for each in known:
        if each.day not in {other.day for other in new.special}:
            yield f"ساعت کار {format_jalali(each.day)}: همان ساعت هفته."


def happened(old: OfficeCard | None, new: OfficeCard) -> str:
    """What the new card means for the office, as the heading of its differences."""
    if old is None:
        return "دفتر ثبت شد"
    if converts(old, new):
        return "تبدیل کارگزاری به پیشخوان"
    if old.licence_until != new.licence_until and old.licence == new.licence:
        return "پروانه تمدید شد"
    return "مشخصات تغییر کرد"

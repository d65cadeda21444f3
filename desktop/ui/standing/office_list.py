"""How an office stands in the registry: its chip, its last contact, its licence, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.calendar import TEHRAN, OfficeCalendar, format_day_month, format_jalali, weekday
from desktop.domain.contact import Contact
from desktop.domain.conversion import ConversionStep
from desktop.domain.hours import spans_words
from desktop.domain.office import OfficeCard, OfficeKind, within_city
from desktop.domain.office_care import Care, Footing, OfficeState
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.palette import Tone
from desktop.ui.standing.lines import NOTHING
from desktop.ui.standing.office import CONVERTING, KINDS, STOPPED, disk_words
from desktop.ui.times import ago
from desktop.ui.widgets.told.chip import ChipLook

FOOTINGS: Mapping[Footing, ChipLook] = {
    Footing.COUNTER: KINDS[OfficeKind.COUNTER],
    Footing.AGENCY: KINDS[OfficeKind.AGENCY],
    Footing.CONVERTING: CONVERTING,
    Footing.STOPPED: STOPPED,
    Footing.TRAINING: ChipLook("آموزشی", "school", "pay"),
    Footing.UNTOLD: ChipLook("نوع نامعلوم", "help-circle", "neutral", "dashed"),
}
"""The chip of each standing."""
NO_PLACE = "مکان ندارد"
RENEW_LICENCE = "تمدید پروانه"
_UNKNOWN = "نامعلوم"
_COUNTED = tuple(
    step for step in ConversionStep if step not in (ConversionStep.DAY, ConversionStep.MINUTES)
)


@dataclass(frozen=True)
class Toned:
    """Words in a tone, with an icon where the tone says something."""

    words: str
    tone: Tone | None = None
    icon: str = ""


@dataclass(frozen=True)
class OfficeStep:
    """What is done next for an office: words in its row, words and icon on the button."""

    words: str
    button: str
    icon: str


OPENING = OfficeStep(NOTHING, "باز کردن دفتر", "folder-open")
"""Where nothing is to be done the office is looked at."""


def care_step(state: OfficeState) -> OfficeStep:
    """What the supervisors do next for the office."""
    match state.care:
        case Care.CONVERSION:
            step = next(iter(state.lacks or ()), ConversionStep.DAY)
            return OfficeStep(step.word, "ادامهٔ تبدیل", "arrows-exchange")
        case Care.CONVERSION_DAY:
            assert state.converts_on is not None
            words = f"روز تبدیل: {format_day_month(state.converts_on)}"
            return OfficeStep(words, "ادامهٔ تبدیل", "arrows-exchange")
        case Care.CONTACT:
            return OfficeStep("پیگیری تماس", "پیگیری تماس", "phone")
        case Care.DISK:
            return OfficeStep("جای دیسک کم است", "پیگیری دیسک", "database")
        case Care.BACKUP:
            words = "پشتیبان ندارد" if state.told and not state.told.backup_at else "پشتیبان قدیمی"
            return OfficeStep(words, "پیگیری پشتیبان", "database")
        case Care.LICENCE_ENDED | Care.LICENCE_ENDING:
            return OfficeStep(RENEW_LICENCE, RENEW_LICENCE, "file-certificate")
        case Care.STOP:
            until = state.stop.until if state.stop else None
            day = f": {format_day_month(until.astimezone(TEHRAN).date())}" if until else ""
            return OfficeStep(f"پایان توقف{day}", "بررسی پایان توقف", "ban")
        case Care.PLACE:
            return replace(OPENING, words=NO_PLACE)
        case Care.NOTHING:
            return OPENING


def contact_told(state: OfficeState, now: datetime) -> Toned:
    """When its desks called last, and whether that is well."""
    if state.told is None:
        return Toned(_UNKNOWN)
    if not state.told.desks:
        return Toned("رایانه ندارد")
    heard = state.told.heard_at
    words = ago(heard, now) if heard is not None else "هنوز هیچ"
    match state.contact:
        case Contact.IN_TOUCH:
            return Toned(words, "ok", "circle-check")
        case Contact.SILENT:
            return Toned(words, "refuse", "wifi-off")
        case Contact.SHUT:
            return Toned("بسته")
        case _:
            return Toned(words)


def licence_told(state: OfficeState) -> Toned:
    """Until when its licence holds."""
    until = state.card.licence_until
    if until is None:
        return Toned(NOTHING)
    words = isolate(format_jalali(until))
    if not state.card.licensed(state.day):
        return Toned(words, "refuse", "clock-exclamation")
    return Toned(words, "pay", "clock-exclamation") if state.licence_ends else Toned(words)


def panel_lines(
    state: OfficeState, calendar: OfficeCalendar, now: datetime
) -> list[tuple[str, str]]:
    """The office in six lines, as name and value."""
    card, told = state.card, state.told
    lines = [
        ("دارنده", to_persian_digits(card.holder) or NOTHING),
        ("نشانی", to_persian_digits(within_city(card.address))),
        ("امروز", _today(card, calendar, state)),
    ]
    if told is None or not told.desks:
        words = _UNKNOWN if told is None else NOTHING
        lines += [("ارسال‌نشده", words), ("پشتیبان و دیسک", words)]
    else:
        unsent = f"از {ago(told.unsent_since, now)}" if told.unsent_since else "ندارد"
        backup = ago(told.backup_at, now) if told.backup_at else "پشتیبان ندارد"
        both = "، ".join(part for part in (backup, disk_words(told.disk_mb)) if part)
        lines += [("ارسال‌نشده", unsent), ("پشتیبان و دیسک", to_persian_digits(both))]
    return [*lines, _last_line(state)]


def _today(card: OfficeCard, calendar: OfficeCalendar, state: OfficeState) -> str:
    counters = f"، {card.counters} باجه" if card.counters else ""
    if card.hours is None:
        return to_persian_digits(f"ساعت کار {_UNKNOWN}{counters}")
    holiday = calendar.holidays.get(state.day, "")
    spans = card.hours.on(state.day, calendar)
    shut = f"بسته؛ {holiday}" if holiday else "بسته"
    return to_persian_digits((spans_words(spans) if spans else shut) + counters)


def _last_line(state: OfficeState) -> tuple[str, str]:
    if state.stop is not None:
        return "توقف خدمات شهرداری", state.stop.words
    if state.converts_on is not None:
        day = state.converts_on
        return "تبدیل", f"{weekday(day)} {format_day_month(day)}"
    if state.lacks is not None:
        done = len(_COUNTED) - len(state.lacks)
        return "تبدیل", to_persian_digits(f"{done} گام از {len(ConversionStep)}")
    if not state.card.has_place:
        return "مکان", "ندارد"
    return "پروانه تا", licence_told(state).words


def card_title(card: OfficeCard) -> str:
    """«دفتر ۱۷، امامشهر»."""
    return f"{to_persian_digits(f'دفتر {card.code}')}، {card.known_as}"

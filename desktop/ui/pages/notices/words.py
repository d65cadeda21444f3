"""How announcements are told on screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.announcement import About
from desktop.domain.office import OfficeCard
from desktop.domain.people import Staff
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui.widgets.told.chip import ChipLook

LOOKS: Mapping[About, ChipLook] = {
    About.OUTAGE: ChipLook(About.OUTAGE.word, "wifi-off", "pay"),
    About.RULE: ChipLook(About.RULE.word, "gavel", "review"),
    About.TRAINING: ChipLook(About.TRAINING.word, "school", "visit"),
    About.NOTE: ChipLook(About.NOTE.word, "mail", "neutral"),
}
"""The chip of each kind."""


def titles(codes: Sequence[str], services: Mapping[str, Service]) -> str:
    """The names of services; of one that this desk has not heard of its code."""
    return "، ".join(services[code].title if code in services else code for code in codes)


def lacking_words(service: str, lacking: Sequence[Staff]) -> str:
    """Who of the office has not passed the lesson of the service."""
    if not lacking:
        return f"{service}: همهٔ متصدیان این دفتر آموزش دیده‌اند."
    names = "، ".join(one.name for one in lacking)
    verb = "نگذرانده‌اند" if len(lacking) > 1 else "نگذرانده است"
    return to_persian_digits(f"{service}: {names} هنوز درس آن را {verb}.")


def office_words(card: OfficeCard | None) -> str:
    """«۲۱، صفائیه»."""
    if card is None:
        return "دفتری دیگر"
    return f"{to_persian_digits(card.code)}، {card.known_as}"

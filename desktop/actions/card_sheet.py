"""An office's card as a sheet of paper, out of what its page shows."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.actions.desk import Seat
from desktop.actions.office_card import Entrusted, OfficeLook
from desktop.domain.calendar import format_jalali, weekday
from desktop.domain.card_sheet import CardSheet
from desktop.domain.letter import Table
from desktop.domain.office import MUNICIPALITY
from desktop.domain.office_words import hours_words, identity, special_words
from desktop.domain.persian import isolate, to_persian_digits
from desktop.reports import card_sheet

TITLE = card_sheet.TITLE
_SERVICES = ("خدمت", "از", "تا", "سند", "وضعیت")
_DESKS = ("رایانه", "تماس", "وضعیت")


def paper(
    seat: Seat,
    look: OfficeLook,
    standing: str,
    desks: Sequence[tuple[str, str, str]] | None,
) -> bytes:
    """The sheet (A5); `standing` and `desks` are told as the page tells them (None: no line).

    Raises Refusal on an unprintable character.
    """
    with seat.desk.store.reading() as session:
        head = seat.desk.reference.office(session, MUNICIPALITY, look.day).head
    return card_sheet.draw(
        CardSheet(
            head=head,
            office=to_persian_digits(look.card.name),
            standing=standing,
            identity=tuple(identity(look.card, look.former)),
            hours=_hours(look),
            services=Table(_SERVICES, tuple(_row(row) for row in look.services)),
            desks=None if desks is None else Table(_DESKS, tuple(desks)),
            told_on=look.day,
            told_by=seat.staff.name,
            sample=look.card.sample,
        )
    )


def _hours(look: OfficeLook) -> tuple[tuple[str, str], ...]:
    """This week's, then days of their own that are still to come."""
    week = [(weekday(each.day), hours_words(each.spans, each.holiday)) for each in look.week]
    hours = look.newest.hours
    return (*week, *(special_words(hours.special, look.day) if hours is not None else ()))


def _row(row: Entrusted) -> tuple[str, ...]:
    given = row.delegation
    number = isolate(to_persian_digits(given.act.number))
    return (
        to_persian_digits(row.title),
        isolate(format_jalali(given.since)),
        isolate(format_jalali(row.until)) if row.until else "بدون پایان",
        number,
        row.state.word,
    )

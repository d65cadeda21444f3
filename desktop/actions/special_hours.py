"""Days of their own put forward for many offices in one draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.actions import offices, publishing
from desktop.actions.desk import Seat
from desktop.domain.calendar import OfficeCalendar
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.group_hours import GroupPlan
from desktop.domain.office_words import some_offices
from desktop.domain.persian import to_persian_digits
from desktop.wire import calls
from desktop.wire.publishing import DraftBody, PublicationBody

_ROOM = 256 * 1024
"""So many bytes of a signed call are left for its signature and what is doubted."""
_SAME = "این روزها در همهٔ دفترهای برگزیده همین‌گونه است؛ چیزی عوض نشده است."
_TOO_MANY = "در یک نوبت تا {} دفتر با این روزها امضا می‌شود؛ دفترها را در چند نوبت برگزینید."


def draft(planned: GroupPlan, today: date, calendar: OfficeCalendar) -> DraftBody:
    """The cards of all offices that come to have other hours, made ready to be signed.

    Raises Refusal beside `days_state` where there is none, beside `offices` where they are more
    than a signed call carries.
    """
    cards = []
    for office, known in planned.last.items():
        hours = planned.hours(office, calendar)
        if office not in planned.hindered and hours != known.card.hours:
            cards.append((replace(known.card, hours=hours), known.free(today)))
    if not cards:
        raise Refusal(_SAME, field="days_state")
    found = offices.office_draft(cards)
    size, most = len(found.encode()), calls.PREPARE.most - _ROOM
    if size > most:
        fit = to_persian_digits(most * len(cards) // size)
        raise Refusal(_TOO_MANY.format(fit), field="offices")
    return found


def put_forward(seat: Seat, planned: DraftBody, reason: str) -> PublicationBody:
    """Weigh the draft and sign it as its preparer.

    Raises LineDown; Refusals beside `offices` that name which of them something hinders; Refusal
    beside `reason` where doubts want one.
    """
    found = publishing.weigh(seat, planned)
    if not found.hindrances:
        return publishing.prepare_weighed(seat, planned, found, reason)
    cards = offices.offices(seat.desk)
    whose: dict[str, list[str]] = {}
    for each in found.hindrances:
        named = whose.setdefault(each.words, [])
        card = cards.get(planned.items[each.item].key) if each.item >= 0 else None
        if card is not None:
            named.append(card.code)
    told = (f"{some_offices(codes)}: {words}" if codes else words for words, codes in whose.items())
    raise Refusals([Refusal(words, field="offices") for words in told])

"""The citizens' page of offices as one HTML file: nothing outside it is read (`decisions/059`).

Everything stands in it: font, icons, offices, delegations with their days, hours, holidays, places,
the sketch. Its script and style are named by their hashes, and its policy allows nothing else.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import Any

from markupsafe import Markup

from desktop.domain.calendar import WEEKDAYS, format_jalali
from desktop.domain.city_places import PlaceKind
from desktop.domain.hours import spans_words
from desktop.domain.identifiers import phone_words
from desktop.domain.nearest import DaySpan, FinderOffice
from desktop.domain.nearest_words import (
    SENTENCES,
    office_title,
    papers_words,
    week_words,
)
from desktop.domain.office import ORGANISATION, StepFree, within_city
from desktop.domain.offices_page import OfficesPage
from desktop.domain.persian import sort_key, strip_isolates, to_persian_digits
from desktop.domain.place import Bounds
from desktop.reports.web import drawing, environment, faces, icon, policy
from desktop.settings import resources

_TITLE = "نزدیک‌ترین دفتر پیشخوان شهرسازی"
_ICONS = (
    "search", "map-pin", "phone", "clock", "clock-check", "chevron-down", "printer", "list-details",
    "file-text",
)  # fmt: skip
_HOLIDAYS_BACK, _HOLIDAYS_AHEAD = timedelta(days=7), timedelta(days=500)
"""Holidays of so many days around the file's day are in it."""
_NOWHERE = "محله نامعلوم"


def draw(page: OfficesPage) -> str:
    """The whole file."""
    style, script = _style(), _read("page.js")
    template = environment().from_string(_read("page.html"))
    return template.render(
        title=_TITLE,
        city=ORGANISATION,
        told=format_jalali(page.told_on),
        policy=policy(style, script),
        style=Markup(style),
        script=Markup(script),
        # In a script's text only the end of the script is markup.
        data=Markup(json.dumps(_data(page), ensure_ascii=False).replace("<", "\\u003c")),
        icons=[(name, drawing(name)) for name in _ICONS],
        icon=icon,
        services=page.services,
        names=[to_persian_digits(place.name) for place in page.places],
        listed=list(_listed(page)),
    )


def _data(page: OfficesPage) -> dict[str, Any]:
    """What the script reads; a set of days that many services share stands once."""
    codes = [service.code for service in page.services]
    terms: dict[tuple[DaySpan, ...], int] = {}
    offices = [_office(office, codes, terms) for office in page.offices]
    first, last = page.told_on - _HOLIDAYS_BACK, page.told_on + _HOLIDAYS_AHEAD
    return {
        "day": page.told_on.isoformat(),
        "words": {**SENTENCES, "shut": spans_words(())},
        "weekdays": WEEKDAYS,
        "kinds": [kind.word for kind in PlaceKind],
        "services": [
            {"title": service.title, "papers": papers_words(service)} for service in page.services
        ],
        "offices": offices,
        "terms": [[_days(term) for term in told] for told in terms],
        "holidays": sorted(
            day.isoformat() for day in page.calendar.holidays if first <= day <= last
        ),
        "places": [
            {
                "kind": list(PlaceKind).index(place.kind),
                "name": to_persian_digits(place.name),
                "key": place.key,
                "place": [float(degrees) for degrees in place.point],
                "postal": place.postal,
            }
            for place in page.places
        ],
        "bounds": _bounds(page.bounds),
        "outline": {"rings": page.outline.rings, "borders": page.outline.borders},
    }


def _office(
    office: FinderOffice, codes: list[str], terms: dict[tuple[DaySpan, ...], int]
) -> dict[str, Any]:
    card, hours = office.card, office.card.hours
    does = [code for code in codes if code in office.services]
    # Of thousands most say nothing of it: what is not there is no.
    step_free = {"stepFree": True} if card.step_free is StepFree.YES else {}
    return step_free | {
        "code": card.code,
        "name": office_title(card),
        "address": to_persian_digits(within_city(card.address)),
        "phone": strip_isolates(phone_words(card.phone)),
        "dial": card.phone,
        "place": [float(card.latitude), float(card.longitude)] if card.has_place else None,
        "hours": week_words(hours),
        "week": hours.week if hours else None,
        "special": [[each.day.isoformat(), each.spans] for each in hours.special] if hours else [],
        "services": [codes.index(code) for code in does],
        "terms": [terms.setdefault(office.services[code], len(terms)) for code in does],
    }


def _bounds(bounds: Bounds | None) -> list[float] | None:
    """South, north, west, east."""
    if bounds is None:
        return None
    return [float(edge) for edge in (bounds.south, bounds.north, bounds.west, bounds.east)]


def _days(term: DaySpan) -> list[str | None]:
    until = None if term.until in (None, date.max) else term.until
    return [term.since.isoformat(), until.isoformat() if until else None]


def _listed(page: OfficesPage) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """All offices by their neighbourhoods, for who reads without a script."""
    titles = {service.code: service.title for service in page.services}

    def key(office: FinderOffice) -> tuple[bool, str]:
        return not office.card.neighbourhood, sort_key(office.card.neighbourhood)

    for (nowhere, _), offices in groupby(sorted(page.offices, key=key), key):
        group = list(offices)
        name = _NOWHERE if nowhere else group[0].card.neighbourhood
        yield to_persian_digits(name), [_line(office, titles, page.told_on) for office in group]


def _line(office: FinderOffice, titles: dict[str, str], day: date) -> dict[str, str]:
    card = office.card
    does = [
        title
        for code, title in titles.items()
        if any(term.holds(day) for term in office.services.get(code, ()))
    ]
    return {
        "name": office_title(card),
        "address": to_persian_digits(within_city(card.address)),
        "phone": strip_isolates(phone_words(card.phone)),
        "dial": card.phone,
        "week": week_words(card.hours),
        "does": "همهٔ خدمت‌ها" if len(does) == len(titles) else "، ".join(does),
    }


@cache
def _style() -> str:
    tile = base64.b64encode(_read("tile.svg").encode()).decode()
    band = f".tiles{{background-image:url(data:image/svg+xml;base64,{tile})}}\n"
    return faces() + _read("page.css") + band


@cache
def _read(name: str) -> str:
    return (resources() / "offices-page" / name).read_text(encoding="utf-8")

"""One number published in many ways at once: whoever reads it of one moment reads it once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from desktop.centre.reference import publication
from desktop.centre.shipping import published_card, shipped
from desktop.demo.people import OFFICE
from desktop.domain.city import City
from desktop.domain.office import OfficeCard
from desktop.domain.rota import Rota
from desktop.domain.service import Service
from desktop.domain.stream import Published, Topic
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.shipped import figures_text

SERVICE = "no-violation"
_FIGURES = figures_text()
_SERVICE = whole_text(SERVICES / f"{SERVICE}.toml")


def numbered(number: int, day: date) -> Iterator[Published]:
    """The number (from 1 on) as the city's figures, an inspector's rounds, a service and an office
    tell it from the day on."""
    figures = re.sub("visits_per_half_day = [0-9]+", f"visits_per_half_day = {number}", _FIGURES)
    yield publication(Topic.FIGURES, "city", day, figures)
    rounds = {"districts": [1], "half_days": {"شنبه": [1]}, "visits": number}
    yield publication(Topic.ROTA, "reza", day, json.dumps(rounds))
    # The title is the first that stands there.
    service = re.sub('title = "[^"]+"', f'title = "گواهی {number}"', _SERVICE, count=1)
    yield publication(Topic.SERVICE, SERVICE, day, service)
    yield published_card(card(number), day)


def beginning(day: date) -> list[Published]:
    """What stands beside it, and the number 1."""
    rest = (each for each in shipped(day) if each.key not in ("city", SERVICE))
    return [*rest, *numbered(1, day)]


def card(number: int) -> OfficeCard:
    """The office that bears the number."""
    return replace(OFFICE, name=f"دفتر {number}", office_id=OFFICE.code)


Told = City | Rota | Service | OfficeCard


def number_of(told: Told) -> int:
    """The number that was read."""
    match told:
        case City():
            return told.visits_per_half_day
        case Rota():
            return told.inspectors[0].visits
        case Service():
            return int(told.title.split()[-1])
        case OfficeCard():
            return int(told.name.split()[-1])

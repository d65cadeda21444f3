"""The citizens' page of the city's offices as a value: what one file tells, of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.calendar import OfficeCalendar
from desktop.domain.city_places import CityPlace
from desktop.domain.nearest import FinderOffice
from desktop.domain.outline import Outline
from desktop.domain.place import Bounds
from desktop.domain.service import Service


@dataclass(frozen=True)
class OfficesPage:
    """Offices, services, places and holidays as they are known on the day `told_on`.

    Of delegations those to come are in it too; who is trained is known of the day alone. `bounds`
    are the city's: a citizen who stands outside is asked for a neighbourhood.
    """

    told_on: date
    offices: tuple[FinderOffice, ...]
    services: tuple[Service, ...]
    places: tuple[CityPlace, ...]
    calendar: OfficeCalendar
    outline: Outline
    bounds: Bounds | None = None

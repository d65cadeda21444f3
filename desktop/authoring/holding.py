"""What a service file is held against: the services and the municipality's figures of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.domain.city import City
from desktop.domain.service import Service
from desktop.forms.catalogue import SERVICES
from desktop.forms.loader import load_all
from desktop.forms.shipped import shipped_city
from desktop.trial.house import has_centre, standing_centre


@dataclass(frozen=True)
class Holding:
    """What holds on a day: the services by code and the city's figures."""

    services: Mapping[str, Service]
    city: City


def in_force(house: Path, day: date) -> Holding:
    """The services and figures of the day at this machine's centre; what ships without one."""
    if not has_centre(house):
        return shipped()
    with standing_centre(house) as centre, centre.reading() as session:
        reference = centre.reference
        return Holding(reference.services(session, day), reference.city(session, day))


def shipped() -> Holding:
    """The services and figures that ship. Raises FaultyFile where one of them is at fault."""
    return Holding(load_all(SERVICES), shipped_city())

"""What a service file is held against: the services and the municipality's figures of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.actions.reference import DeskReference
from desktop.domain.city import City
from desktop.domain.service import Service
from desktop.forms.catalogue import SERVICES
from desktop.forms.loader import load_all
from desktop.forms.shipped import shipped_city
from desktop.premises.founding import is_founded
from desktop.premises.heard import municipal_store


@dataclass(frozen=True)
class Holding:
    """What holds on a day: the services by code and the city's figures."""

    services: Mapping[str, Service]
    city: City


def in_force(house: Path, day: date) -> Holding:
    """The services and figures of the day at this machine's municipal desk; without one what ships.

    Raises InUse while the house is open.
    """
    if not is_founded(house):
        return shipped()
    reference = DeskReference()
    with municipal_store(house) as store, store.reading() as session:
        return Holding(reference.services(session, day), reference.city(session, day))


def shipped() -> Holding:
    """The services and figures that ship. Raises FaultyFile where one of them is at fault."""
    return Holding(load_all(SERVICES), shipped_city())

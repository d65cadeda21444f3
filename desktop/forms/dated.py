"""Tariffs and validity periods published one by one, each with the day from which it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import Field

from desktop.domain.calendar import parse_jalali
from desktop.domain.city import City
from desktop.domain.service import Service
from desktop.domain.tariff import Tariff
from desktop.forms.figures import Day
from desktop.forms.schema.base import Code, Part
from desktop.forms.schema.tariffs import TariffPart


class DatedTariff(TariffPart):
    """A tariff from the day `since` on; it stands before the one of the figures file."""

    since: Day

    @property
    def about(self) -> str:
        """The tariff's key."""
        return self.key

    @property
    def day(self) -> date:
        """The first day."""
        return parse_jalali(self.since)


class DatedValidity(Part):
    """How many Jalali months a service's answers hold that are issued from the day `since` on."""

    service: Code
    months: Annotated[int, Field(ge=1, le=120)]
    since: Day

    @property
    def about(self) -> str:
        """The service's code."""
        return self.service

    @property
    def day(self) -> date:
        """The first day."""
        return parse_jalali(self.since)


DatedItem = DatedTariff | DatedValidity


def stands(item: DatedItem, city: City, services: Mapping[str, Service]) -> bool:
    """Whether the city or the service's file says the same already."""
    if isinstance(item, DatedTariff):
        held = {**own_tariffs(services.values()), **city.tariffs}
        return held.get(item.key) == item.value()
    service = services.get(item.service)
    return service is not None and city.months(service) == item.months


def own_tariffs(services: Iterable[Service]) -> dict[str, Tariff]:
    """The tariffs that the services' files bring with them, by key."""
    return {key: each for service in services for key, each in service.tariffs.items()}


def with_dated(city: City, tariffs: Iterable[str], validity: Iterable[str]) -> City:
    """The city with these tariffs and periods (JSON) in place of its own."""
    charged = [DatedTariff.model_validate_json(text).value() for text in tariffs]
    periods = [DatedValidity.model_validate_json(text) for text in validity]
    return replace(
        city,
        tariffs={**city.tariffs, **{tariff.key: tariff for tariff in charged}},
        validity={**city.validity, **{period.service: period.months for period in periods}},
    )

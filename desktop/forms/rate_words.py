"""What a rate is called to people: its table as the tariff is titled, its key as a form says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.domain.city import City
from desktop.forms.dated import Dated, DatedRate, Services


def rate_words(city: City, services: Services, rates: Iterable[DatedRate]) -> dict[str, str]:
    """In Persian the tables and keys of the rates, as far as a tariff or a form names them."""
    found = {
        choice.value: choice.label
        for service in services.values()
        for field in service.fields
        for choice in field.choices
    }
    words = {}
    for rate in rates:
        using = [each for each in city.tariffs.values() if rate.table in each.formula.names]
        own = city.tariffs.get(rate.table) or next(iter(using), None)
        if own is not None:
            words[rate.table] = own.title
        if rate.key in found:
            words[rate.key] = found[rate.key]
    return words


def rate_title(rate: DatedRate, words: Mapping[str, str]) -> str:
    """«نرخ هزینهٔ ترمیم: آسفالت»."""
    return f"نرخ {words.get(rate.table, rate.table)}: {words.get(rate.key, rate.key)}"


def figure_title(item: Dated, city: City, services: Services) -> str:
    """What a figure is called to people on a day of that city and those services."""
    if isinstance(item, DatedRate):
        return rate_title(item, rate_words(city, services, [item]))
    return item.named(services)

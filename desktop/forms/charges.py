"""What a service asks money for, held against the tariffs that the city has."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.city import City
from desktop.domain.formula import FormulaFault, Kind
from desktop.domain.known import kinds_of
from desktop.domain.service import Service


def charge_faults(service: Service, city: City) -> Iterator[str]:
    """Why a sum that the service asks for could not be worked out, in Persian sentences."""
    answered = {**kinds_of(service.fields), **dict.fromkeys(city.rates, Kind.RATES)}
    charged = [key for use in service.gates for key in use.tariffs]
    for key in dict.fromkeys([*service.fees.values(), *charged]):
        # The counter's own fees are told before anything is answered.
        kinds = {} if key in service.fees.values() else answered
        tariff = city.tariffs.get(key)
        if tariff is None:
            yield f"تعرفهٔ «{key}» در داده‌های شهرداری نیست؛ آنها: {'، '.join(city.tariffs)}."
            continue
        named = f"تعرفهٔ «{tariff.title}»"
        try:
            lacking = sorted(tariff.formula.names - kinds.keys())
            if lacking:
                names = "، ".join(f"«{name}»" for name in lacking)
                yield f"{named} بر {names} است و این فرم چنین پرسشی ندارد."
            elif tariff.formula.check(kinds) is not Kind.NUMBER:
                yield f"{named} عدد نمی‌دهد."
        except FormulaFault as fault:
            yield f"{named}: {fault}"

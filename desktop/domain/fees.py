"""The counter's own fees: which tariff an occasion asks. They rest on no answer of the form."""

from __future__ import annotations

from desktop.domain.city import City
from desktop.domain.service import Service
from desktop.domain.tariff import Charge

OFFICE_FEE, VISIT_FEE = "office", "visit"


def fee(service: Service, city: City, occasion: str) -> Charge | None:
    """What is taken at the counter on that occasion; None when nothing is."""
    key = service.fees.get(occasion, "")
    seen = city.serving(service)
    charge = seen.charge(key, {}) if key in seen.tariffs else None
    return charge if charge is not None and charge.amount else None

"""The municipality's figures that hold on a day: districts, tariffs, parcels, calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.calendar import OfficeCalendar


@dataclass(frozen=True)
class City:
    """Municipal data as published (RULES.md §4); money in Rial, areas in whole m².

    `restoration` is Rial a m² by pavement; `deposit_percent` of it is the deposit; `parcels` the
    least parcel by zone; `bodies` the directory of banks, agencies and notaries; `where` names
    where to go with a code outside the city.
    """

    districts: tuple[int, ...] = (1, 2, 3, 4, 5)
    record_age_days: int = 30
    tariffs: Mapping[str, int] = field(default_factory=dict)
    restoration: Mapping[str, int] = field(default_factory=dict)
    deposit_percent: int = 20
    parcels: Mapping[str, int] = field(default_factory=dict)
    bodies: tuple[str, ...] = ()
    where: Mapping[int, str] = field(default_factory=dict)
    calendar: OfficeCalendar = field(default_factory=OfficeCalendar)
    visits_per_half_day: int = 6
    second_look_percent: int = 5
    boundary_days: int = 10
    deficiency_days: int = 10
    bill_body: int = 225

"""People and properties of the made-up city to try: one for each outcome of a service."""

from __future__ import annotations

from datetime import timedelta

from desktop.actions import intake
from desktop.actions.samples import Sample
from desktop.centre.records import in_force
from desktop.demo.house import PROPERTIES, SEED
from desktop.demo.wanted_cases import CaseSource, outcomes_of
from desktop.domain.service import Service
from desktop.premises.open import House


class Samples:
    """Finds them in the house's city of so many properties; a property is offered once."""

    def __init__(self, house: House, properties: int = PROPERTIES) -> None:
        self._house, self._properties = house, properties
        self._source: CaseSource | None = None

    def __call__(self, service: Service) -> tuple[Sample, ...]:
        """A sample for each outcome that the city has a property for."""
        source = self._source = self._source or self._open()
        found = []
        for outcome in outcomes_of(service):
            try:
                wanted = source.request(service, outcome)
            except LookupError:
                continue
            found.append(Sample(outcome, wanted.filled))
        return tuple(found)

    def _open(self) -> CaseSource:
        desk = self._house.office.desk
        with desk.store.reading() as session:
            today = desk.today(session)
        with self._house.centre.reading() as session:
            as_of = in_force.as_of(session)
        # The city as it was made: its export is of the day before.
        made = as_of + timedelta(days=1) if as_of is not None else today
        return CaseSource(
            self._house, intake.figures(desk), properties=self._properties, seed=SEED, day=made
        )

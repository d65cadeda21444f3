"""Whoever is offered to be tried comes out as it says, whatever the service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from itertools import count

import pytest

from desktop.actions import intake
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.following import case_now
from desktop.demo.samples import Samples
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from tests.houses import MORNING, PROPERTIES, copied_house
from tests.shipped import BY_SERVICE

# No receipt is taken twice.
_REFERENCES = count(718_200)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of which each service takes properties of its own."""
    clock = SteppingClock(MORNING.astimezone(UTC))
    made = copied_house(tmp_path_factory.mktemp("samples") / "house", clock, PROPERTIES)
    ring_at_once(made)
    yield made
    made.close()


@pytest.fixture(scope="module")
def find(house: House) -> Samples:
    return Samples(house, PROPERTIES)


@pytest.mark.slow
@pytest.mark.parametrize("code", BY_SERVICE)
def test_every_sample_of_a_service_is_registered_and_comes_out_as_it_says(
    house: House, find: Samples, code: str
) -> None:
    clerk = seat_crew(house).clerk
    service = intake.services(clerk.desk)[code]
    samples = find(service)
    assert samples
    for sample in samples:
        fee = intake.FeePayment("terminal", f"{next(_REFERENCES)}")
        done = intake.register(clerk, service, sample.filled, fee)
        case = case_now(clerk, done.case_id)
        assert case.first is not None, sample.outcome
        assert case.first.outcome is sample.outcome

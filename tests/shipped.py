"""The services that ship, and their examples asked with the municipality's figures that ship."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from types import MappingProxyType

import pytest

from desktop.centre.specimens import Specimen, specimens
from desktop.demo.requests import BUSIEST
from desktop.domain.gates import Question
from desktop.domain.service import Example, Service
from desktop.forms import example_records, examples
from desktop.forms.catalogue import SERVICES
from desktop.forms.example_records import ExampleRecord
from desktop.forms.examples import ExampleFault
from desktop.forms.loader import load_all
from desktop.forms.shipped import shipped_city

# Read once: it takes a quarter of a second.
SHIPPED: Mapping[str, Service] = MappingProxyType(load_all(SERVICES))
CITY = shipped_city()
BODIES = CITY.bodies
BY_SERVICE = [
    code if code in BUSIEST else pytest.param(code, marks=pytest.mark.long) for code in SHIPPED
]
"""Each service's code: what asks the same of all asks it of the busiest in the ordinary check."""


def _record(name: str, day: date) -> ExampleRecord:
    return example_records.example_record(name, day, CITY)


RECORDS: Mapping[str, Callable[[date], ExampleRecord]] = {
    name: partial(_record, name) for name in example_records.RECORDS
}


def question(service: Service, example: Example, day: date) -> Question:
    """The example as a question put on the day."""
    return examples.question(service, example, day, CITY)


@cache
def specimens_of(code: str, day: date) -> tuple[Specimen, ...]:
    """Every way of a case of the service to its letter, worked out once a worker."""
    return tuple(specimens(SHIPPED[code], CITY, day))


def run(service: Service, day: date) -> list[ExampleFault]:
    """What of the service's examples came out otherwise."""
    return examples.run(service, day, CITY)

"""The form of a demo's request: filled as forms are, with the paper that stands in for papers."""

from __future__ import annotations

from datetime import date

from desktop.demo.sample_paper import sample_paper
from desktop.domain.city import City
from desktop.domain.service import Service
from desktop.forms import filling
from desktop.forms.answers import Filled
from desktop.forms.filling import Asker, body_for, enter, plate_of

__all__ = ["Asker", "body_for", "enter", "fill", "plate_of"]


def fill(service: Service, asker: Asker, city: City, today: date) -> Filled:
    """The form with every asked field and document filled, as typed."""
    return filling.fill(service, asker, city, today, sample_paper()[0])

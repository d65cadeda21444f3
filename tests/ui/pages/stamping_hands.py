"""Offices with letters that wait for the manager's stamp, and hands on his two pages."""

from __future__ import annotations

from itertools import islice

from desktop.demo.following import Crew
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from tests.ui.pages.cases import registered

COUNT = 26


def letters_waiting(house: House, crew: Crew, clock: SteppingClock) -> None:
    """A morning's requests of which about half have a letter by now, none of them stamped."""
    list(islice(registered(crew), COUNT))

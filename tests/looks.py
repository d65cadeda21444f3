"""How many instant answers are looked at again, published as a test needs it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop.centre.reference import publication
from desktop.domain.stream import Topic
from desktop.premises.open import House

_FIGURES = Path(__file__).parents[1] / "resources" / "city" / "figures.toml"
_WEIGHTS = (("boundary", 100), ("received", 100), ("declared", 5), ("attorney", 10))


def shares(house: House, day: date, percent: int, **weights: int) -> None:
    """The lot of all takes so many percent from the day on; that of a risk as named, else none."""
    text = _FIGURES.read_text(encoding="utf-8")
    text = text.replace("second_look_percent = 5", f"second_look_percent = {percent}")
    for risk, shipped in _WEIGHTS:
        text = text.replace(f"{risk} = {shipped}\n", f"{risk} = {weights.get(risk, 0)}\n")
    house.put_in_force([publication(Topic.FIGURES, "city", day, text)])

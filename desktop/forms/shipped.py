"""The municipality's figures and holidays that ship: what a centre begins with."""

from __future__ import annotations

from functools import cache

from desktop.domain.city import City
from desktop.forms.figures import load_city
from desktop.settings import resources


def figures_text() -> str:
    """The figures file."""
    return (resources() / "city" / "figures.toml").read_text(encoding="utf-8")


def holidays_text() -> str:
    """The holidays file."""
    return (resources() / "calendar" / "holidays.csv").read_text(encoding="utf-8")


@cache
def shipped_city() -> City:
    """The city of both."""
    return load_city(figures_text(), holidays_text())

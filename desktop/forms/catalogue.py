"""Published texts parsed once: service files by version, the city's figures by their texts."""

from __future__ import annotations

import threading
from pathlib import Path

from desktop.domain.city import City
from desktop.domain.service import Service
from desktop.forms.figures import load_city
from desktop.forms.loader import load

SERVICES = Path(__file__).parent / "services"
"""The service files that ship."""


class Catalogue:
    """Keeps what it has parsed. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._services: dict[tuple[str, str], Service] = {}
        self._cities: dict[tuple[str, str], City] = {}

    def service(self, code: str, version: str, text: str) -> Service:
        """The service of that version, whose file's text is given. Raises Refusal if faulty."""
        with self._lock:
            key = (code, version)
            if key not in self._services:
                self._services[key] = load(text, code)
            return self._services[key]

    def city(self, figures: str, holidays: str) -> City:
        """The figures of these two texts: the figures file (TOML) and the holidays (CSV)."""
        with self._lock:
            key = (figures, holidays)
            if key not in self._cities:
                self._cities[key] = load_city(figures, holidays)
            return self._cities[key]

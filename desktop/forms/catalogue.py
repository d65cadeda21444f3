"""Published texts parsed once: service files by version, the city's figures by their texts."""

from __future__ import annotations

import threading
import tomllib
from pathlib import Path

from pydantic import ValidationError

from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.service import Service
from desktop.forms.blocks import expand
from desktop.forms.figures import load_city
from desktop.forms.schema import ServiceFile

SERVICES = Path(__file__).parent / "services"
"""The service files that ship."""
_NEWER = "پروندهٔ این خدمت از نسخهٔ تازه‌تر برنامه است؛ برنامه را به‌روز کنید."


def whole_text(path: Path) -> str:
    """A service file as it is published: with the blocks that it includes."""
    return expand(path.read_text(encoding="utf-8"), path.name).text


class Catalogue:
    """Keeps what it has parsed. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._services: dict[tuple[str, str], Service] = {}
        self._cities: dict[tuple[str, str], City] = {}

    def service(self, code: str, version: str, text: str) -> Service:
        """The service of that version, whose file's text is given.

        The file was checked before it was published. Raises Refusal when this program can't read
        it all the same: a newer one's file.
        """
        with self._lock:
            key = (code, version)
            if key not in self._services:
                self._services[key] = _read(text, version)
            return self._services[key]

    def city(self, figures: str, holidays: str) -> City:
        """The figures of these two texts: the figures file (TOML) and the holidays (CSV)."""
        with self._lock:
            key = (figures, holidays)
            if key not in self._cities:
                self._cities[key] = load_city(figures, holidays)
            return self._cities[key]


def _read(text: str, version: str) -> Service:
    try:
        return ServiceFile.model_validate(tomllib.loads(text)).value(version)
    except (tomllib.TOMLDecodeError, ValidationError) as fault:
        raise Refusal(_NEWER) from fault

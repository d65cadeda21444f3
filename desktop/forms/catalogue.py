"""Published texts parsed once: service files by version, the city's figures by their texts."""

from __future__ import annotations

import re
import tomllib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from pydantic import ValidationError

from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.service import Service
from desktop.domain.stream import Topic
from desktop.forms.blocks import expand
from desktop.forms.dated import DATED, with_dated
from desktop.forms.figures import load_city
from desktop.forms.reading import read_text
from desktop.forms.schema import ServiceFile

SERVICES = Path(__file__).parent / "services"
"""The service files that ship."""
HOLIDAYS_KEY = "iran"
_Key = TypeVar("_Key", bound=Hashable)
_Found = TypeVar("_Found")
_EFFECTIVE = re.compile(r"(?m)^effective\s*=.*$")
_NEWER = "پروندهٔ این خدمت از نسخهٔ تازه‌تر برنامه است؛ برنامه را به‌روز کنید."


class Kept(Generic[_Key, _Found]):
    """What was made of published texts, the least used given up beyond `most`; safe for threads.

    Of what holds many by itself `weigh` tells how many: together they are not beyond `heaviest`,
    but for the last one.
    """

    def __init__(
        self, most: int, weigh: Callable[[_Found], int] = lambda _: 0, heaviest: int = 0
    ) -> None:
        self._most, self._weigh, self._heaviest = most, weigh, heaviest
        self._weight = 0
        self._lock = Lock()
        self._kept: OrderedDict[_Key, _Found] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: _Key, make: Callable[[], _Found]) -> _Found:
        """What was made for the key; two that ask at once may both make it, alike."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            if key in self._kept:
                self._weight -= self._weigh(self._kept.pop(key))
            self._kept[key] = made
            self._weight += self._weigh(made)
            while len(self._kept) > self._most or self._is_too_heavy():
                _, given_up = self._kept.popitem(last=False)
                self._weight -= self._weigh(given_up)
        return made

    def _is_too_heavy(self) -> bool:
        return self._weight > self._heaviest and len(self._kept) > 1


def whole_text(path: Path) -> str:
    """A service file as it ships: with the blocks that it includes."""
    return expand(read_text(path), path.name).text


def on_day(text: str, day: date) -> str:
    """A service file's text that holds from the day."""
    return _EFFECTIVE.sub(f"effective = {day.isoformat()}", text, count=1)


def to_publish(text: str, name: str, day: date) -> str:
    """A service file as it is signed and published: with its blocks, and from the day on."""
    return on_day(expand(text, name).text, day)


@lru_cache(maxsize=1024)
def published_service(text: str, version: str) -> Service:
    """The service that the text of a published file describes.

    The file was checked before it was published. Raises Refusal when this program can't read it
    all the same: a newer one's file.
    """
    try:
        return ServiceFile.model_validate(tomllib.loads(text)).value(version)
    except (tomllib.TOMLDecodeError, ValidationError) as fault:
        raise Refusal(_NEWER) from fault


def published_city(holding: Callable[[Topic], Mapping[str, str]]) -> City | None:
    """The municipality of the texts that hold, by topic and key.

    None while its figures or holidays are not there.
    """
    figures = holding(Topic.FIGURES).get("city")
    holidays = holding(Topic.HOLIDAYS).get(HOLIDAYS_KEY)
    if figures is None or holidays is None:
        return None
    dated = tuple((topic, text) for topic in DATED for _, text in sorted(holding(topic).items()))
    return _city(figures, holidays, dated)


@lru_cache(maxsize=64)
def _city(figures: str, holidays: str, dated: tuple[tuple[Topic, str], ...]) -> City:
    items = [DATED[topic].model_validate_json(text) for topic, text in dated]
    return with_dated(load_city(figures, holidays), items)

"""Published texts parsed once: service files by version, the city's figures by their texts."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.service import Service
from desktop.domain.stream import Topic
from desktop.forms.blocks import expand
from desktop.forms.dated import with_dated
from desktop.forms.figures import load_city
from desktop.forms.reading import read_text
from desktop.forms.schema import ServiceFile

SERVICES = Path(__file__).parent / "services"
"""The service files that ship."""
Texts = tuple[str, ...]
_NEWER = "پروندهٔ این خدمت از نسخهٔ تازه‌تر برنامه است؛ برنامه را به‌روز کنید."


def whole_text(path: Path) -> str:
    """A service file as it is published: with the blocks that it includes."""
    return expand(read_text(path), path.name).text


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
    holidays = holding(Topic.HOLIDAYS).get("iran")
    if figures is None or holidays is None:
        return None
    tariffs, validity = (
        tuple(text for _, text in sorted(holding(topic).items()))
        for topic in (Topic.TARIFF, Topic.VALIDITY)
    )
    return _city(figures, holidays, tariffs, validity)


@lru_cache(maxsize=64)
def _city(figures: str, holidays: str, tariffs: Texts, validity: Texts) -> City:
    return with_dated(load_city(figures, holidays), tariffs, validity)

"""The outline of the city as its file says it."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Annotated

from pydantic import Field

from desktop.domain.outline import District, Outline
from desktop.forms.schema.base import Part
from desktop.settings import resources

_Corner = Annotated[list[float], Field(min_length=2, max_length=2)]


class DistrictPart(Part):
    """`[[district]]`: its number, and its corners in order round it."""

    number: int
    corners: Annotated[list[_Corner], Field(min_length=3)]


class OutlineFile(Part):
    """The whole file."""

    district: list[DistrictPart]

    def value(self) -> Outline:
        """The outline as the program knows it."""
        return Outline(
            tuple(
                District(part.number, tuple((lat, lon) for lat, lon in part.corners))
                for part in self.district
            )
        )


@cache
def shipped_outline() -> Outline:
    """The outline that ships."""
    text = (resources() / "city" / "outline.toml").read_text(encoding="utf-8")
    return OutlineFile.model_validate(tomllib.loads(text)).value()

"""The outline of the city and of its districts: what a sketch of places is drawn on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

Corner = tuple[float, float]
"""Latitude and longitude, decimal degrees."""
Path = tuple[Corner, ...]
_Edge = tuple[Corner, Corner]


@dataclass(frozen=True)
class District:
    """A district by its number, with its corners in order round it; the last leads to the first."""

    number: int
    corners: Path

    @property
    def edges(self) -> list[_Edge]:
        """Its sides, each written alike whichever way round it goes."""
        following = (*self.corners[1:], *self.corners[:1])
        return [
            (min(one, other), max(one, other))
            for one, other in zip(self.corners, following, strict=True)
        ]

    @property
    def middle(self) -> Corner:
        """Where its weight lies: of a district that is not too bent a place inside it."""
        area = north = east = 0.0
        for (lat, lon), (to_lat, to_lon) in zip(
            self.corners, (*self.corners[1:], *self.corners[:1]), strict=True
        ):
            part = lon * to_lat - to_lon * lat
            area += part
            north += (lat + to_lat) * part
            east += (lon + to_lon) * part
        return north / (3 * area), east / (3 * area)


@dataclass(frozen=True)
class Outline:
    """Districts that share the corners between them; without any nothing is known of the city."""

    districts: tuple[District, ...] = ()

    @cached_property
    def rings(self) -> tuple[Path, ...]:
        """The city's edge: the sides that only one district has; each ends where it began."""
        return _joined(edge for edge, shared in self._sides.items() if shared == 1)

    @cached_property
    def borders(self) -> tuple[Path, ...]:
        """The lines between districts, from one crossing to the next."""
        return _joined(edge for edge, shared in self._sides.items() if shared > 1)

    @property
    def _sides(self) -> Counter[_Edge]:
        return Counter(edge for district in self.districts for edge in district.edges)


def _joined(edges: Iterable[_Edge]) -> tuple[Path, ...]:
    """Edges as lines, each as long as it goes without a crossing."""
    ends: dict[Corner, list[Corner]] = {}
    for one, other in edges:
        ends.setdefault(one, []).append(other)
        ends.setdefault(other, []).append(one)
    crossings = [corner for corner, others in ends.items() if len(others) != 2]
    found = []
    # What is left after the lines between crossings are rings, begun anywhere.
    for begin in (*crossings, *ends):
        while ends[begin]:
            path = [begin, ends[begin].pop()]
            ends[path[1]].remove(begin)
            while len(ends[path[-1]]) == 1 and path[-1] not in crossings and path[-1] != begin:
                following = ends[path[-1]].pop()
                ends[following].remove(path[-1])
                path.append(following)
            found.append(tuple(path))
    return tuple(found)

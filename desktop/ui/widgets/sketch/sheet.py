"""From degrees to the pixels of a sketch, and which places there would touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sqrt

_METRES_A_DEGREE = 111_195.0
"""Of latitude (IUGG mean radius)."""


@dataclass(frozen=True)
class Scale:
    """North above, one scale both ways: pixels of (0, 0) are those of `north`, `west`."""

    north: float
    west: float
    across: float
    down: float
    """Pixels of a degree of longitude and of latitude."""

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a place lies, in pixels from the left and from above."""
        return (longitude - self.west) * self.across, (self.north - latitude) * self.down

    def pixels(self, metres: float) -> float:
        """How long that is."""
        return metres / _METRES_A_DEGREE * self.down


def fitted(
    places: Iterable[tuple[float, float]], width: float, height: float, margin: float
) -> Scale:
    """The sheet on which all places (latitude, longitude) are seen, in its middle."""
    lats, lons = zip(*places, strict=True)
    south, north, west, east = min(lats), max(lats), min(lons), max(lons)
    middle_lat, middle_lon = (south + north) / 2, (west + east) / 2
    squeeze = cos(radians(middle_lat))
    # A single place, or several in one line, leave nothing to be fitted one way or both.
    least = 100 / _METRES_A_DEGREE
    high, wide = max(north - south, least), max((east - west) * squeeze, least)
    down = min((height - 2 * margin) / high, (width - 2 * margin) / wide)
    return _around(middle_lat, middle_lon, down, width, height)


def close(latitude: float, longitude: float, metres: float, width: float, height: float) -> Scale:
    """The sheet with that place in its middle and so many metres to every side."""
    down = min(width, height) / 2 / (metres / _METRES_A_DEGREE)
    return _around(latitude, longitude, down, width, height)


def _around(latitude: float, longitude: float, down: float, width: float, height: float) -> Scale:
    across = down * cos(radians(latitude))
    return Scale(latitude + height / 2 / down, longitude - width / 2 / across, across, down)


_ROUND = (1, 2, 5)


def scale_bar(sheet: Scale, longest: float) -> int:
    """The longest round number of metres (1, 2 or 5 and zeros) that takes no more pixels."""
    best, power = 1, 1
    while sheet.pixels(power) <= longest:
        best = max([best, *(n * power for n in _ROUND if sheet.pixels(n * power) <= longest)])
        power *= 10
    return best


@dataclass
class Cluster:
    """Places that would touch, by their numbers, round the first of them."""

    x: float
    y: float
    members: list[int]

    def reach(self, dot: float, disc: float) -> float:
        """How far its mark reaches: one place's, or the disc's of several."""
        return dot if len(self.members) == 1 else disc


def clusters(spots: Sequence[tuple[float, float]], dot: float, disc: float) -> list[Cluster]:
    """The spots, those together whose marks would touch; `dot` and `disc` are radii in pixels.

    Thousands of places are few squares of the sketch, so that this takes milliseconds.
    """
    # What lies in one square of this side touches whatever lies there too.
    side = dot * sqrt(2)
    squares: dict[tuple[int, int], Cluster] = {}
    for number, (x, y) in enumerate(spots):
        square = int(x // side), int(y // side)
        if square in squares:
            squares[square].members.append(number)
        else:
            squares[square] = Cluster(x, y, [number])
    found = list(squares.values())
    while True:
        fewer = _touching_joined(found, dot, disc)
        # A dot that became a disc may touch what it did not touch before.
        if len(fewer) == len(found):
            return fewer
        found = fewer


def _touching_joined(found: Sequence[Cluster], dot: float, disc: float) -> list[Cluster]:
    side = 2 * disc
    kept: dict[tuple[int, int], list[Cluster]] = {}
    for each in sorted(found, key=lambda cluster: len(cluster.members), reverse=True):
        column, row = int(each.x // side), int(each.y // side)
        beside = (
            other
            for right in (-1, 0, 1)
            for below in (-1, 0, 1)
            for other in kept.get((column + right, row + below), ())
        )
        reach = each.reach(dot, disc)
        near = (
            other
            for other in beside
            if hypot(other.x - each.x, other.y - each.y) < reach + other.reach(dot, disc)
        )
        if other := next(near, None):
            other.members.extend(each.members)
        else:
            kept.setdefault((column, row), []).append(each)
    return [cluster for square in kept.values() for cluster in square]

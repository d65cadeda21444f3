"""The outline that a sketch is drawn on: edge and borders come out of the districts' corners."""

from __future__ import annotations

from collections import Counter

from desktop.domain.outline import District, Outline
from desktop.forms.outline import shipped_outline
from desktop.forms.shipped import shipped_city

# Two squares side by side, and a third under both.
LEFT = District(1, ((1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)))
RIGHT = District(2, ((1.0, 1.0), (1.0, 2.0), (0.0, 2.0), (0.0, 1.0)))
BELOW = District(3, ((0.0, 0.0), (0.0, 1.0), (0.0, 2.0), (-1.0, 2.0), (-1.0, 0.0)))


def test_the_edge_is_what_one_district_has_and_a_border_what_two_share() -> None:
    outline = Outline((LEFT, RIGHT, BELOW))
    (ring,) = outline.rings
    assert ring[0] == ring[-1]
    assert set(ring) == {
        (1.0, 0.0), (1.0, 1.0), (1.0, 2.0), (0.0, 2.0), (-1.0, 2.0), (-1.0, 0.0), (0.0, 0.0),
    }  # fmt: skip
    sides = {frozenset(border) for border in outline.borders}
    crossing = (0.0, 1.0)
    assert sides == {frozenset({crossing, end}) for end in ((1.0, 1.0), (0.0, 0.0), (0.0, 2.0))}


def test_without_districts_nothing_is_drawn() -> None:
    assert Outline().rings == Outline().borders == ()


def test_the_outline_that_ships_is_one_city_of_its_districts_within_its_bounds() -> None:
    outline, city = shipped_outline(), shipped_city()
    assert tuple(each.number for each in outline.districts) == city.districts
    (ring,) = outline.rings
    assert ring[0] == ring[-1]
    assert len(set(ring)) == len(ring) - 1
    # No side of a district is told by a third one, or by one neighbour only in part.
    told = Counter(edge for each in outline.districts for edge in each.edges)
    assert set(told.values()) == {1, 2}
    assert city.bounds is not None
    south, north = float(city.bounds.south), float(city.bounds.north)
    west, east = float(city.bounds.west), float(city.bounds.east)
    for district in outline.districts:
        for lat, lon in (*district.corners, district.middle):
            assert south < lat < north
            assert west < lon < east

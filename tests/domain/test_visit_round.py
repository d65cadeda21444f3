"""The way of a day: nearest first within a half-day, as its inspector changed it, never over it."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.counter import Halves
from desktop.domain.errors import Refusal
from desktop.domain.place import metres
from desktop.domain.visit_round import VisitStop, shifted, walking_order, ways

START = ("31.9000", "54.3600")


def stop(name: str, half: int = 1, north: int | None = 0, code: str = "") -> VisitStop:
    """A stop so many ten-thousandths of a degree north of the start."""
    point = None if north is None else (f"{31.9 + north / 10_000:.4f}", START[1])
    return VisitStop(name, half, point, code)


def order(*stops: VisitStop, chosen: tuple[str, ...] = ()) -> list[str]:
    return [each.case_id for each in walking_order(stops, START, chosen)]


def test_the_nearest_is_next_and_the_halves_follow_each_other() -> None:
    far, near, later = stop("far", north=90), stop("near", north=10), stop("later", 2, 1)
    assert order(far, later, near) == ["near", "far", "later"]
    # The second half begins where the first has ended.
    assert order(stop("a", 1, 90), stop("b", 2, 1), stop("c", 2, 80)) == ["a", "c", "b"]


def test_what_has_no_place_comes_last_by_its_code() -> None:
    lost = [stop("x", north=None, code="2"), stop("y", north=None, code="1"), stop("z", north=None)]
    assert order(*lost, stop("far", north=900)) == ["far", "y", "x", "z"]
    first, second, third = ways(walking_order([*lost[:2], stop("a", north=9)], START), START)
    assert (first, second, third) == (metres(START, ("31.9009", START[1])), None, None)


def test_the_chosen_order_holds_and_what_came_since_follows_it() -> None:
    stops = [stop("a", north=1), stop("b", north=2), stop("c", north=3), stop("d", 2, 4)]
    assert order(*stops, chosen=("c", "a", "d")) == ["c", "a", "b", "d"]
    # Of what has gone nothing is left.
    assert order(*stops[:2], chosen=("gone", "b", "a")) == ["b", "a"]


def test_a_visit_changes_places_within_its_half_only() -> None:
    stops = walking_order([stop("a", north=1), stop("b", north=2), stop("c", 2, 3)], START)
    assert shifted(stops, "b", -1, Halves()) == ("b", "a", "c")
    assert shifted(stops, "a", -1, Halves()) == shifted(stops, "c", 1, Halves()) == ("a", "b", "c")
    with pytest.raises(Refusal, match="این بازدید برای ۱۱:۰۰ تا ۱۴:۰۰ است"):
        shifted(stops, "c", -1, Halves())


STOPS = st.lists(
    st.tuples(st.integers(1, 2), st.one_of(st.none(), st.integers(-200, 200))), max_size=7
).map(lambda told: [stop(str(at), half, north) for at, (half, north) in enumerate(told)])


@given(STOPS, st.permutations(list("0123456")))
def test_nobody_is_lost_doubled_or_moved_over_a_half_day(
    stops: list[VisitStop], chosen: list[str]
) -> None:
    for wanted in ((), tuple(chosen)):
        found = walking_order(stops, START, wanted)
        assert sorted(each.case_id for each in found) == sorted(each.case_id for each in stops)
        assert [each.half for each in found] == sorted(each.half for each in stops)


def test_the_order_is_the_same_whichever_way_they_are_told() -> None:
    stops = [stop("a", north=5), stop("b", north=5), stop("c", north=None), stop("d", 2, -5)]
    assert len({tuple(order(*each)) for each in permutations(stops)}) == 1

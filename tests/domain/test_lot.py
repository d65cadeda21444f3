"""The lot of the second look: reproducible, guessed by nobody, and blind to risks."""

from __future__ import annotations

import math
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.lot import DRAW, LotDraw, Risk, is_drawn, sample

SEED = "ab" * 32
WEIGHTS = {Risk.BOUNDARY: 100, Risk.DECLARED: 5, Risk.ATTORNEY: 10}
RISKS = st.lists(st.sampled_from(Risk), unique=True).map(tuple)
CASES = st.uuids().map(str)


@given(CASES, st.text("0123456789abcdef", min_size=64, max_size=64), RISKS)
def test_who_draws_again_draws_the_same(case_id: str, seed: str, risks: tuple[Risk, ...]) -> None:
    again = [sample(case_id, seed, 5, risks, WEIGHTS) for _ in range(2)]
    assert again[0] == again[1]


@given(CASES, RISKS)
def test_the_lot_of_all_does_not_look_at_risks(case_id: str, risks: tuple[Risk, ...]) -> None:
    plain, risky = (sample(case_id, SEED, 50, each, WEIGHTS) for each in ((), risks))
    assert (plain.drawn > 0) is (risky.drawn > 0)
    assert plain in (LotDraw(), LotDraw(DRAW, 50))


@given(CASES)
def test_none_of_nothing_and_all_of_the_whole(case_id: str) -> None:
    assert not is_drawn(case_id, SEED, DRAW, 0)
    assert is_drawn(case_id, SEED, DRAW, 100)
    assert sample(case_id, SEED, 0, (Risk.BOUNDARY,), WEIGHTS) == LotDraw("boundary")
    assert sample(case_id, SEED, 0, (Risk.RECEIVED,), WEIGHTS) == LotDraw()


@pytest.mark.long
def test_of_many_it_takes_its_share_and_risks_add_up() -> None:
    names = [str(UUID(int=number)) for number in range(20_000)]
    for risks, share in (((), 0), ((Risk.ATTORNEY,), 10), ((Risk.ATTORNEY, Risk.DECLARED), 15)):
        of_risk = sum(sample(n, SEED, 0, risks, WEIGHTS).why != "" for n in names)
        spread = 5 * math.sqrt(len(names) * share / 100)
        assert abs(of_risk - len(names) * share / 100) <= spread
    by_day = [sum(is_drawn(n, seed, DRAW, 5) for n in names) for seed in (SEED, "cd" * 32)]
    assert all(abs(count - 1_000) < 150 for count in by_day)


def test_another_day_draws_others() -> None:
    names = [str(UUID(int=number)) for number in range(200)]
    drawn = [[is_drawn(n, seed, DRAW, 50) for n in names] for seed in (SEED, "cd" * 32)]
    assert drawn[0] != drawn[1]

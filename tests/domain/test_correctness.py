"""How often answers are right: an exact bound, and never a bare share."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.correctness import LEAST, Correctness, at_most, upper_bound

# Of tables of the binomial distribution (one-sided 95 %), and by hand where none was wrong.
TABLE = [
    (0, 1, 0.95), (0, 10, 0.2589), (1, 10, 0.3942), (2, 10, 0.5069), (5, 10, 0.7776),
    (9, 10, 0.9949), (10, 10, 1.0), (0, 20, 0.1391), (1, 20, 0.2161), (3, 20, 0.3437),
    (0, 48, 0.0605), (0, 59, 0.0495), (0, 60, 0.0487), (1, 93, 0.05), (5, 100, 0.1023),
    (0, 300, 0.0099),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "looked", "bound"), TABLE)
def test_the_bound_is_that_of_the_tables(wrong: int, looked: int, bound: float) -> None:
    assert upper_bound(wrong, looked) == pytest.approx(bound, abs=6e-5)


@pytest.mark.slow
@given(st.integers(1, 400), st.data())
def test_at_the_bound_so_few_are_found_once_in_twenty(looked: int, data: st.DataObject) -> None:
    wrong = data.draw(st.integers(0, looked - 1))
    bound = upper_bound(wrong, looked)
    assert wrong / looked < bound < 1
    assert at_most(wrong, looked, bound) == pytest.approx(0.05, abs=1e-9)


@given(st.integers(1, 60), st.data())
def test_the_chance_of_so_few_is_counted_out(drawn: int, data: st.DataObject) -> None:
    found, share = data.draw(st.integers(0, drawn)), data.draw(st.integers(1, 99)) / 100
    counted = sum(comb(drawn, k) * share**k * (1 - share) ** (drawn - k) for k in range(found + 1))
    assert at_most(found, drawn, share) == pytest.approx(counted, rel=1e-9)


@given(st.integers(1, 200), st.data())
@pytest.mark.long
def test_more_wrong_ones_bound_higher_and_more_right_ones_lower(
    looked: int, data: st.DataObject
) -> None:
    wrong = data.draw(st.integers(0, looked - 1))
    assert upper_bound(wrong, looked + 1) < upper_bound(wrong, looked)
    assert upper_bound(wrong, looked) < upper_bound(wrong + 1, looked)


@pytest.mark.parametrize(("wrong", "looked"), [(-1, 5), (6, 5)])
def test_counts_that_are_none_have_no_bound(wrong: int, looked: int) -> None:
    with pytest.raises(ValueError, match="wrong of"):
        upper_bound(wrong, looked)


def test_it_is_said_with_its_bound_rounded_up() -> None:
    assert Correctness(60, 48, 0).words == "۰ نادرست از ۴۸ بازبینی‌شده؛ حداکثر ۶٫۱٪"
    assert Correctness(20, 20, 20).words == "۲۰ نادرست از ۲۰ بازبینی‌شده؛ حداکثر ۱۰۰٪"
    mixed = Correctness(60, 48, 0, mixed=True).words
    assert mixed.endswith("سهم قرعه در این بازه تغییر کرده است")


def test_of_too_few_no_share_is_told() -> None:
    few = Correctness(drawn=30, looked=LEAST - 1, wrong=0)
    assert not few.enough
    assert few.words == "۱۹ بازبینی؛ برای آمار کم است"


def test_what_was_taken_for_its_risk_says_nothing_of_all() -> None:
    both = Correctness(20, 20, 0, weighed=9, weighed_looked=8, weighed_wrong=5)
    assert both.bound == upper_bound(0, 20)
    assert both.weighed_words == "پرخطر: ۵ نادرست از ۸ بازبینی‌شده"
    assert "٪" not in both.weighed_words

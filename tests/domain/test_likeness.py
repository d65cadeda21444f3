"""Slips of the hand between a typed name and a known one, counted as one counts them by eye."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.likeness import most_like, slips

words = st.text("ابپت", max_size=7)


@pytest.mark.parametrize(
    ("typed", "known", "count"),
    [
        ("", "", 0),
        ("", "یزد", 3),
        ("صفایه", "صفاییه", 1),
        ("فهاادان", "فهادان", 1),
        ("نعیمااباد", "نعیماباد", 1),
        ("نعمیاباد", "نعیماباد", 1),
        ("کوشکنر", "کوشکنو", 1),
        ("اپ", "پبا", 3),
    ],
)
def test_slips_are_counted(typed: str, known: str, count: int) -> None:
    assert slips(typed, known) == count


@given(words, words)
def test_slips_are_the_fewest_there_are(typed: str, known: str) -> None:
    """By another way: every way of setting the two side by side is tried."""

    @cache
    def fewest(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        ways = [fewest(i - 1, j) + 1, fewest(i, j - 1) + 1]
        ways.append(fewest(i - 1, j - 1) + (typed[i - 1] != known[j - 1]))
        if min(i, j) > 1 and typed[i - 2 : i] == known[j - 2 : j][::-1]:
            ways.append(fewest(i - 2, j - 2) + 1)
        return min(ways)

    assert slips(typed, known) == fewest(len(typed), len(known)) == slips(known, typed)


@pytest.mark.parametrize(
    ("typed", "known", "found"),
    [
        ("فهادن", ["کسنویه", "فهادان", "فهادین"], 1),
        ("فهادان", ["فهادین", "فهادان"], 1),
        # One letter in three may be wrong.
        ("اسکا", ["اسکان"], 0),
        ("اسک", ["اسکان"], None),
        ("قم", ["بم"], None),
        ("بمم", ["بم"], 0),
        ("یزد", [], None),
    ],
)
def test_the_most_like_is_told_and_nothing_far(
    typed: str, known: list[str], found: int | None
) -> None:
    assert most_like((typed, each) for each in known) == found

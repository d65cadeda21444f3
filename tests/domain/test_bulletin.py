"""The bulletin's tables: what follows from shown counts, what is rare, what is of too few."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.bulletin import (
    ENOUGH,
    LEAST,
    OTHERS,
    Counted,
    Fate,
    answered_at_once,
    columns_of,
    correctness_words,
    table,
    whole_line,
)
from desktop.domain.correctness import Correctness

COUNTS = st.dictionaries(st.sampled_from(Fate), st.integers(0, 60))


@given(COUNTS)
def test_no_column_of_the_city_is_small_unless_all_of_it_is(whole: dict[Fate, int]) -> None:
    columns = columns_of(whole)
    assert sorted(fate for column in columns for fate in column.fates) == sorted(Fate)
    sums = [sum(whole.get(fate, 0) for fate in column.fates) for column in columns]
    total = sum(whole.values())
    assert total < LEAST or not any(0 < each < LEAST for each in sums)
    assert (whole_line(columns, Counted("همه", whole)) is None) == (0 < total < LEAST)


@given(st.lists(COUNTS, min_size=1, max_size=8))
def test_a_share_is_of_counts_that_are_shown(offices: list[dict[Fate, int]]) -> None:
    whole = {fate: sum(own.get(fate, 0) for own in offices) for fate in Fate}
    columns = columns_of(whole)
    looks = Correctness(drawn=30, looked=30, wrong=0)
    rows = [Counted(str(at), own, (ENOUGH, 3), looks) for at, own in enumerate(offices)]
    for line in table("", columns, rows).lines:
        at_once = answered_at_once(columns, line.counts)
        assert (line.share is None) == (at_once is None or not line.counts[-1])
        assert (line.wrong is None) == (line.share is None)
        # Ways spared are that same count: told and hidden with it.
        assert line.saved == at_once
        assert line.days is None or line.counts[-1]
        assert all(count is None or count == 0 or count >= LEAST for count in line.counts)


def test_what_is_rare_stands_in_one_column() -> None:
    whole = {Fate.ANSWER: 90, Fate.REFUSE: 2, Fate.PAY: 1, Fate.REVIEW: 30, Fate.VISIT: 8}
    columns = columns_of(whole)
    rare = columns[-1]
    assert rare.words == OTHERS
    assert set(rare.fates) == {Fate.REFUSE, Fate.PAY, Fate.VISIT}
    line = whole_line(columns, Counted("همهٔ شهر", whole, (ENOUGH - 1, 4)))
    assert line is not None
    # Of no second look at all nothing is told.
    assert (line.share, line.wrong, line.days) == (69, None, None)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (0, "۰ نادرست از ۴۸ بازبینی‌شده؛ حداکثر ۶٫۱٪"),
        # Of one to four nobody reads how many, nor of how many.
        (1, "حداکثر ۹٫۶٪"),
        (4, "حداکثر ۱۸٫۱٪"),
        (5, "۵ نادرست از ۴۸ بازبینی‌شده؛ حداکثر ۲۰٫۷٪"),
    ],
)
def test_of_a_few_wrong_answers_the_bound_alone_is_told(wrong: int, told: str) -> None:
    looks = Correctness(drawn=60, looked=48, wrong=wrong)
    assert correctness_words(looks) == told
    mixed = correctness_words(replace(looks, mixed=True))
    assert mixed == f"{told}؛ سهم قرعه در این بازه تغییر کرده است"
    few = Correctness(drawn=9, looked=9, wrong=1)
    assert correctness_words(few) == "۹ بازبینی؛ برای آمار کم است"

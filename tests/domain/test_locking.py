"""Wrong passwords in a row: a lock comes after five of them, and always ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.locking import LOCKED, TRIES, Tries

MORNING = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)


@given(waits=st.lists(st.integers(0, 4_000), max_size=40))
def test_a_lock_takes_five_wrong_ones_and_always_ends(waits: list[int]) -> None:
    moment, tried, since = MORNING, Tries(0, MORNING), 0
    for seconds in waits:
        moment += timedelta(seconds=seconds)
        if tried.locked_until(moment) is None:
            fresh = tried.wrong >= TRIES
            tried = tried.once_more(moment)
            since = 1 if fresh else since + 1
            assert tried.wrong == since <= TRIES
        assert (tried.locked_until(moment) is not None) == (
            since == TRIES and moment < tried.last_at + LOCKED
        )
    assert tried.locked_until(tried.last_at + LOCKED) is None

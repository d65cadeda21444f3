"""What a person has read is theirs, of that day, and gone the day after."""

from __future__ import annotations

from datetime import timedelta

from desktop.store import seen
from desktop.store.open import Store
from tests.office import CLERK, MANAGER, TODAY


def test_what_was_seen_is_kept_for_the_person_and_the_day(store: Store) -> None:
    with store.writing() as session:
        for _ in range(2):
            seen.note(session, "case-1", "letter-1", MANAGER.staff_id, TODAY)
        seen.note(session, "case-2", "letter-2", CLERK.staff_id, TODAY)
    with store.reading() as session:
        assert seen.of(session, MANAGER.staff_id, TODAY) == {"letter-1": "case-1"}
        assert seen.of(session, CLERK.staff_id, TODAY) == {"letter-2": "case-2"}
        assert seen.of(session, MANAGER.staff_id, TODAY + timedelta(days=1)) == {}


def test_what_was_seen_on_days_before_is_forgotten(store: Store) -> None:
    later = TODAY + timedelta(days=1)
    with store.writing() as session:
        seen.note(session, "case-1", "letter-1", MANAGER.staff_id, TODAY)
        seen.note(session, "case-2", "letter-2", MANAGER.staff_id, later)
    with store.reading() as session:
        assert seen.of(session, MANAGER.staff_id, TODAY) == {}
        assert seen.of(session, MANAGER.staff_id, later) == {"letter-2": "case-2"}

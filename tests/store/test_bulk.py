"""A desk of years for the bench: all that its pages ask for has grown, and nothing waits more."""

from __future__ import annotations

from itertools import repeat

import pytest
from sqlalchemy import func, select

from desktop.store import beside, outbox, view, work_items
from desktop.store.bulk import multiply
from desktop.store.cash import cases_between
from desktop.store.open import Store
from desktop.store.tables import (
    BlobRow,
    CaseRow,
    FactRow,
    OutboxRow,
    PrintRow,
    ReadingRow,
    WorkItemRow,
)
from tests.office import NOW, setting_for
from tests.store.filling import register

MANY, DAY = 1_000, 120


@pytest.mark.slow
@pytest.mark.parametrize("place", ["plain"], indirect=True)
def test_what_grows_with_cases_grows_with_them(store: Store) -> None:
    def counted() -> list[int]:
        with store.reading() as session:
            rows = (CaseRow, OutboxRow, FactRow, ReadingRow, PrintRow, BlobRow, WorkItemRow)
            found = [session.scalar(select(func.count()).select_from(row)) for row in rows]
            return [each or 0 for each in found]

    def waits() -> list[object]:
        with store.reading() as session:
            last = outbox.head(session)[0]
            return [
                outbox.waiting(session), beside.waiting(session), work_items.count(session), last,
                cases_between(session, NOW.replace(hour=0), NOW.replace(hour=23)),
            ]  # fmt: skip

    with store.writing() as session:
        case_id = register(session)
    before, waited = counted(), waits()
    multiply(store.place, repeat(("مریم", "کریمی")), MANY)
    older = MANY - DAY
    grown = [after - was for after, was in zip(counted(), before, strict=True)]
    assert grown == [MANY, 2 * older, 2 * older, older, older, older, older // 20]
    assert waits() == waited
    with store.reading() as session:
        assert view.of_case(session, case_id, setting_for).case is not None
        oldest = NOW.replace(year=NOW.year - 1)
        assert len(cases_between(session, oldest, NOW)) == older

"""Every kind of work item has its sentence; an earlier program's keeps the one that it made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.actions.board import ItemKind, WorkItem
from desktop.ui.standing.work_items import SENTENCES, item_words

ITEM = WorkItem("1", ItemKind.HELD, "c1", "k1", "pay-fee", "zahra-fallah", "", "", "", "", {},
                datetime(2026, 11, 24, tzinfo=UTC), done=False)  # fmt: skip


def test_every_kind_has_a_sentence() -> None:
    assert set(SENTENCES) == set(ItemKind)


@pytest.mark.parametrize(
    ("kind", "told", "held"),
    [
        (ItemKind.HELD, {"report": "A1B2"}, "A۱B۲"),
        (ItemKind.RECALL, {"comment": "نشانی درست نیست"}, "«نشانی درست نیست»"),
        (ItemKind.RECALL, {"reason": "بدهی‌ها نبود"}, "سوابقی که نامهٔ این پرونده"),
        (ItemKind.DOUBLE, {"office": "دفتر ۲۲", "tracking": "7", "shared": "letter"}, "استعلام"),
        (ItemKind.DOUBLE, {"office": "دفتر ۲۲", "tracking": "7", "shared": "property"}, "همین ملک"),
    ],
)
def test_what_was_told_stands_in_it(kind: ItemKind, told: dict[str, str], held: str) -> None:
    assert held in item_words(replace(ITEM, kind=kind, detail=told))


def test_the_words_of_the_centre_and_of_an_earlier_program_stay() -> None:
    assert item_words(replace(ITEM, centre_words="این کار نشد.")) == "این کار نشد."

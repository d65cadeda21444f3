"""Citizens' papers in hand: their pages are turned, taken out, accepted as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.actions import documents
from tests.papers import attached, file_of
from tests.town import Town


@pytest.mark.long
def test_pages_are_turned_and_taken_out(small_town: Town) -> None:
    seat = small_town.crew.clerk
    papers = attached(seat, 1, 2)
    turned = documents.turn(seat, papers, 0)
    assert turned.pages[0] != papers.pages[0]
    assert turned.pages[1] == papers.pages[1]
    assert file_of(documents.without(seat, turned, 0)) == file_of(attached(seat, 2))
    assert documents.without(seat, documents.without(seat, papers, 0), 0).file is None
    faulty = replace(papers, pages=(replace(papers.pages[0], faults=("تار است",)),))
    assert faulty.faults == [(1, "تار است")]
    assert documents.accept(faulty).faults == []

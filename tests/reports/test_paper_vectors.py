"""The published files of letters: what is said of each by the program, and that they are these."""

from __future__ import annotations

import pytest

from desktop.actions.checking import check_pdf
from tests.reports.paper_vectors import FOLDER, PUBLISHED, as_text, paper_vectors
from tests.wire.letter_vectors import TODAY
from tests.wire.test_letter_code import TRUST

pytestmark = pytest.mark.slow


def test_what_is_published_is_what_is_tried_here() -> None:
    """Whoever changes a byte of it changes what others check letters by."""
    assert PUBLISHED.read_text(encoding="utf-8") == as_text()
    for each in paper_vectors():
        assert (FOLDER / each.file).read_bytes() == each.content, each.name


def test_what_must_be_said_of_each_is_said() -> None:
    told = {each.name: check_pdf(each.content, TRUST, TODAY) for each in paper_vectors()}
    assert {name: checked.judged.verdict for name, checked in told.items()} == {
        each.name: each.verdict for each in paper_vectors()
    }

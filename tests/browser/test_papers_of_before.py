"""Letters that earlier programs drew, brought to the page that checks letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.actions.checking import check_pdf
from desktop.store import letters
from desktop.store.open import Store
from desktop.store.tables import LetterFileRow
from desktop.wire.verdicts import Verdict
from tests.browser.driver import Browser
from tests.browser.verify_page import dropped
from tests.kept import DRAWN_AGAIN, unpacked
from tests.wire.letter_vectors import TODAY
from tests.wire.test_letter_code import TRUST

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


@pytest.mark.parametrize("commit", DRAWN_AGAIN)
def test_the_page_says_of_them_what_the_program_says(
    opened: Browser, tmp_path: Path, commit: str
) -> None:
    store = Store(unpacked(commit, tmp_path) / "office.db", reserve=0)
    try:
        with store.reading() as session:
            names = session.scalars(select(LetterFileRow.sha256)).all()
            kept = [file.pdf for name in names if (file := letters.find(session, name))]
    finally:
        store.close()
    assert kept
    said = [check_pdf(pdf, TRUST, TODAY).judged.verdict.value for pdf in kept]
    told = [dropped(opened, pdf, "letter.pdf")["verdict"] for pdf in kept]
    assert told == said
    assert Verdict.FALSE.value not in told

"""A manager's full morning: sixty letters under one password, with few keys and whole faults."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.actions import stamping
from desktop.actions.stamping import MOST
from desktop.demo import following
from desktop.demo.people import PASSWORD
from desktop.wire.canon import content_hash
from tests.houses import Filling
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import confirm, key, main_words
from tests.ui.pages.stamping_hands import (
    at_home,
    batch_of,
    fates,
    give_password,
    home_of,
    open_batch,
    read,
    sixty_letters,
    waiting,
)
from tests.ui.spooler import Spooler

Key = Qt.Key
pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(600)]
_MOST_KEYS = 150


@pytest.fixture
def filling() -> Filling:
    return sixty_letters


def test_sixty_letters_are_read_stamped_and_printed_with_few_keys(
    office: Office, spooler: Spooler
) -> None:
    page = at_home(office)
    pressed = 0
    while len(page.chosen) < MOST:
        pressed += read(office)
        key(office, Key.Key_Space)
        pressed += 1
    assert not any(each.unseen for each in page.chosen.values())
    # One more is not taken: sixty are a batch.
    key(office, Key.Key_Space)
    assert len(page.chosen) == MOST
    confirm(office)
    give_password(office)
    pressed += 2 + len(PASSWORD)
    assert fates(batch_of(office)) == ["printed"] * MOST
    assert len({content_hash(paper) for paper in spooler.jobs()}) == MOST
    assert pressed <= _MOST_KEYS, pressed


def test_of_sixty_one_is_voided_and_the_printer_is_gone_after_the_tenth(
    office: Office, spooler: Spooler
) -> None:
    page = open_batch(office, MOST)
    gone = page.place.letters[20]
    following.void(office.crew.manager, gone.case_id, gone.letter_id, "نام نادرست بود")
    spooler.break_after(10)
    give_password(office)
    expected = ["printed"] * 10 + ["failed"] + ["ready"] * 9 + ["refused"] + ["ready"] * 39
    assert fates(page) == expected
    assert main_words(page) == "ادامهٔ چاپ از ردیف ۱۱"
    # The letter at which it stopped is in view, not the last one.
    assert page.table.row() == 10
    spooler.mend()
    confirm(office)
    assert fates(page) == ["printed"] * 20 + ["refused"] + ["printed"] * 39
    assert len({content_hash(paper) for paper in spooler.jobs()}) == len(spooler.jobs()) == MOST - 1


def test_ctrl_a_takes_the_first_sixty_that_were_seen(office: Office) -> None:
    page = at_home(office)
    for chosen in waiting(office)[: MOST + 2]:
        stamping.note_seen(office.crew.manager, chosen.case_id, chosen.letter_id)
    press(office.window, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert [*page.chosen] == [chosen.letter_id for chosen in waiting(office)[:MOST]]
    assert page.bar is not None
    assert page.bar._sentence.words().startswith("در هر نوبت ۶۰ نامه")
    assert home_of(office) is page

"""A clerk without a line hands the acts to a courier, and reads what came back, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.premises.courier_files import read_file
from desktop.store import outbox
from desktop.ui import places
from desktop.ui.pages.outbox.courier import CourierPage
from desktop.wire.courier import SUFFIX
from tests.ui.keyboard import Modifier, press
from tests.ui.layout_check import find_problems
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office

pytestmark = pytest.mark.slow
Key = Qt.Key


def waiting(office: Office) -> int:
    with office.house.office.desk.store.reading() as session:
        return outbox.waiting(session).count


def test_the_file_is_written_its_slip_shows_and_the_answer_is_read(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.centre.streams.SLICE", 2)
    monkeypatch.setattr("desktop.centre.couriering._MOST_BACK", 1)
    office.house.office.bell.ring = lambda: None
    next(cases.registered(office.crew))
    office.sit(Role.CLERK)
    page = office.go(places.Courier())
    assert isinstance(page, CourierPage)
    assert waiting(office) > 0
    assert find_problems(office.window) == []
    page.pick_folder = lambda: tmp_path
    press(office.window, Key.Key_Return, Modifier.ControlModifier)
    QApplication.processEvents()
    (file,) = tmp_path.glob(f"*{SUFFIX}")
    assert page.on_paper()
    press(office.window, Key.Key_Escape)
    read_file(office.house.centre, file, tmp_path)
    (back,) = tmp_path.glob(f"*-back{SUFFIX}")
    page.pick_file = lambda: back
    said: list[str] = []
    monkeypatch.setattr(office.window, "tell", lambda words, *_: said.append(words))
    press(office.window, Key.Key_F8)
    QApplication.processEvents()
    assert waiting(office) == 0
    # The two facts of one piece are not all that the centre has.
    assert "همهٔ آنچه مرکز دارد در یک فایل جا نشد" in said[-1]
    assert strip_isolates(page._waits.text()).startswith("کاری در صف نیست")

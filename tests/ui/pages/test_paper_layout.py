"""The outcome and the letter stand uncut at every zoom, in light and dark, with long names."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import letters
from desktop.demo.people import PASSWORD
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.ui import places, theme
from desktop.ui.page import Page
from desktop.ui.pages.letter.page import LetterPage
from tests.ui.layout_check import LOOKS, find_problems
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.paper_hands import held, key, settle
from tests.ui.spooler import Spooler

Key = Qt.Key


@pytest.mark.long
def test_no_outcome_is_cut_at_any_zoom_in_any_theme(office: Office, qapp: QApplication) -> None:
    crew = office.crew
    made = (
        cases.answered(crew),
        cases.refused(crew),
        cases.owing(crew, 2),
        cases.to_visit(crew),
        cases.unpaid(crew),
        cases.long_named(crew),
    )
    office.sit(Role.CLERK)
    faults: list[str] = []
    for look, zoom in LOOKS:
        theme.apply(qapp, look, zoom, motion=False)
        for case in made:
            page = office.go(places.Outcome(case.case_id))
            if case.state is State.VISIT_DUE:
                key(office, Key.Key_F8)
            settle()
            told = [*find_problems(page), *find_problems(bar_of(page))]
            if zoom <= 100:
                told += find_problems(side_of(page))
            faults += [f"{case.state} {look} {zoom}: {each}" for each in told]
    assert faults == []


def bar_of(page: Page) -> QWidget:
    assert page.bar is not None
    return page.bar


def side_of(page: Page) -> QWidget:
    assert page.side is not None
    return page.side


@pytest.mark.long
def test_no_letter_is_cut_at_any_zoom_in_any_theme(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    Spooler(tmp_path, monkeypatch, "laser", "باجه-۲")
    made = cases.answered(office.crew)
    other = cases.owing(office.crew)
    letters.release(office.crew.manager, made.case_id, held(office, made).letter, PASSWORD)
    office.sit(Role.MANAGER)
    faults: list[str] = []
    for look, zoom in LOOKS:
        theme.apply(qapp, look, zoom, motion=False)
        for case in (made, other):
            page = office.go(places.Letter(case.case_id))
            assert isinstance(page, LetterPage)
            if zoom > 100:
                office.window.show_summary()
            if page.panel.void_button.isVisible():
                page.panel.open_void()
                page.void()
            settle()
            assert page.bar is not None
            told = [*find_problems(page.panel), *find_problems(page.bar)]
            faults += [f"{case.state} {look} {zoom}: {each}" for each in told]
    assert faults == []

"""A form whose every text is as long as a service file may have it stands whole at every zoom."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.centre.reference import publication
from desktop.domain.form import FieldKind
from desktop.domain.stream import Topic
from desktop.forms.blocks import expand
from desktop.ui.look import Look
from desktop.ui.palette import Theme
from tests.houses import MORNING
from tests.plain_service import NAME, plain_text
from tests.ui.layout_check import find_problems
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import Clerk

WORDS = "برچسب پرسش که شهرداری نوشته است تا ببیند جا می‌شود یا نه و باز هم بلندتر از آن است "
CHOICES = (FieldKind.CHOICE, FieldKind.CHOICES)


def words(letters: int) -> str:
    return (WORDS * 3)[:letters].strip()


def asked(number: int, kind: FieldKind) -> str:
    """A field of that kind with the longest label, hint, choices or heads."""
    lines = ["[[field]]", f'key = "f{number}"', f'label = "{words(80)}"', f'kind = "{kind}"']
    if number % 2:
        lines += ["required = true", f'hint = "{words(200)}"']
    if kind in CHOICES:
        lines += [f'choices = ["{words(80)}", "دیگر", "سه", "چهار", "پنج", "شش", "هفت"]']
    if kind is FieldKind.TABLE:
        for column in range(4):
            lines += ["[[field.column]]", f'key = "c{column}"', f'label = "{words(40)}"']
            lines += ['kind = "text"']
    return "\n".join([*lines, ""])


@pytest.mark.parametrize("kind", FieldKind)
def test_it_stands_whole(office: Office, qtbot: QtBot, kind: FieldKind) -> None:
    text = plain_text(asked(0, kind) + asked(1, kind))
    version = publication(Topic.SERVICE, "plain", MORNING.date(), expand(text, NAME).text)
    office.house.put_in_force([version])
    clerk = Clerk(office, qtbot, "plain")
    for zoom in (100, 160):
        office.window.set_look(Look(Theme.LIGHT, zoom, motion=False))
        for _ in range(10):
            QApplication.processEvents()
        assert find_problems(clerk.page) == []
        clerk.body.verticalScrollBar().setValue(clerk.body.verticalScrollBar().maximum())

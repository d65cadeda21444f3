"""What a screen reader fills, ticks or chooses is done as if by keys; what is locked stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.holders.tabs import Tabs
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.slot import SlotChoice, SlotLook
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.lists.steps import Step, StepCard
from desktop.ui.widgets.told.chip import FilterChip


@pytest.fixture(autouse=True)
def _read() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def _told(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def _fill(widget: QWidget, words: str) -> None:
    box = _told(widget)
    box.editableTextInterface().replaceText(0, box.textInterface().characterCount(), words)


def _toggle(widget: QWidget) -> None:
    _told(widget).actionInterface().doAction("Toggle")


def test_a_line_that_is_filled_is_edited_once_and_persian(qtbot: QtBot) -> None:
    line, digits = TextLine(), DigitsLine(10)
    edits: list[str] = []
    for widget in (line, digits):
        qtbot.addWidget(widget)
        widget.edited.connect(lambda widget=widget: edits.append(widget.text()))
    _fill(line, "علي ۱2")
    _fill(digits, "4420-000009 ")
    assert edits == ["علی ۱۲", "۴۴۲۰۰۰۰۰۰۹"]
    line.set_value("رضا")
    line.clear()
    assert len(edits) == 2


def test_a_line_that_is_locked_keeps_its_words(qtbot: QtBot) -> None:
    line, prose = TextLine(), Prose()
    for widget in (line, prose):
        qtbot.addWidget(widget)
        widget.set_value("از سوابق")
        widget.set_state("records")
        _fill(widget, "دیگر")
        assert widget.value() == "از سوابق"


def test_a_date_is_read_as_typed(qtbot: QtBot) -> None:
    line = DateLine(date(2026, 11, 24))
    qtbot.addWidget(line)
    with qtbot.waitSignal(line.edited):
        _fill(line, "3/9")
    assert line.value() == date(2026, 11, 24)


def test_prose_is_edited_by_whatever_changes_it(qtbot: QtBot) -> None:
    prose = Prose(max_length=5)
    qtbot.addWidget(prose)
    edits: list[str] = []
    prose.edited.connect(lambda: edits.append(prose.value()))
    _fill(prose, "كتابخانه")
    assert prose.value() == "کتابخ"
    assert edits
    assert edits[-1] == "کتابخ"


def test_a_tick_is_ticked(qtbot: QtBot) -> None:
    tick = Tick("اصل دیده شد")
    qtbot.addWidget(tick)
    edits: list[bool] = []
    tick.edited.connect(lambda: edits.append(tick.value()))
    _toggle(tick)
    tick.click()
    tick.set_value(True)
    assert edits == [True, False]


def test_a_filter_is_set(qtbot: QtBot) -> None:
    chip = FilterChip("مهر", 3)
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.clicked):
        _toggle(chip)
    assert chip.isChecked()


def test_one_slot_is_chosen_and_told_once(qtbot: QtBot) -> None:
    slots = [SlotLook(key, "شنبه", "۸ تا ۱۱", "منطقهٔ ۲") for key in ("a", "b")]
    choice = SlotChoice(slots)
    qtbot.addWidget(choice)
    edits: list[str] = []
    choice.edited.connect(lambda: edits.append(choice.value()))
    _toggle(choice.cards[0])
    _toggle(choice.cards[1])
    assert edits == ["a", "b"]


def _parts(owner: QWidget) -> list[QRadioButton]:
    return owner.findChildren(QRadioButton)


def test_a_segment_is_chosen_and_the_others_go_out(qtbot: QtBot) -> None:
    segments = Segments([("yes", "بله"), ("no", "خیر")])
    qtbot.addWidget(segments)
    segments.show()
    edits: list[str] = []
    segments.edited.connect(lambda: edits.append(segments.value()))
    _toggle(_parts(segments)[1])
    assert edits == ["no"]
    assert [part.isChecked() for part in _parts(segments)] == [False, True]
    # It can be changed, not taken back.
    _toggle(_parts(segments)[1])
    assert (segments.value(), _parts(segments)[1].isChecked()) == ("no", True)
    segments.set_state("records")
    assert not _parts(segments)[0].isEnabled()


def test_a_tab_is_opened(qtbot: QtBot) -> None:
    tabs = Tabs(["رویدادها", "مدارک"])
    qtbot.addWidget(tabs)
    tabs.show()
    with qtbot.waitSignal(tabs.changed):
        _toggle(_parts(tabs)[1])
    tabs.set_words(1, "مدارک (۳)")
    assert _told(_parts(tabs)[1]).text(QAccessible.Text.Name) == "مدارک (۳)"


def test_where_nobody_reads_no_part_is_made(qtbot: QtBot) -> None:
    QAccessible.setActive(False)
    segments = Segments([("yes", "بله"), ("no", "خیر")])
    qtbot.addWidget(segments)
    segments.show()
    segments.set_value("no")
    assert _parts(segments) == []


def test_a_step_says_that_it_is_done(qtbot: QtBot) -> None:
    card = StepCard(2, Step("تأیید و مهر", ""))
    qtbot.addWidget(card)
    card.set_detail("محمد زارع، امروز ۱۰:۴۲")
    card.set_state("done")
    assert card.accessibleName() == "تأیید و مهر، انجام شد: محمد زارع، امروز ۱۰:۴۲"

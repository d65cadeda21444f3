"""The header: a long title gives way before a name and a tracking code do."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.header import Header
from desktop.ui.page import Heading
from desktop.ui.standing.chips import DRAFT

_LONGEST = "گواهی برقراری شبکهٔ دسترسی همگانی به فیبر نوری در معبرهای شهر"
_WHO = "فاطمه دهقان فیروزآبادی، ۲۱-۰۵۰۹۰۳-۰۲-۰۰۳۲-۷"


@pytest.fixture
def header(qtbot: QtBot) -> Header:
    made = Header()
    qtbot.addWidget(made)
    made.restyle()
    made.show()
    return made


@pytest.mark.parametrize("wide", [900, 1100, 1500])
def test_of_a_long_title_the_end_is_cut_and_the_code_stands_whole(
    header: Header, wide: int
) -> None:
    header.resize(wide, header.height())
    header.show_heading(Heading(_LONGEST, _WHO, DRAFT))
    QApplication.processEvents()
    title, second, chip = header.titles()
    assert second.width() >= second.sizeHint().width()
    assert (title.width() < title.sizeHint().width()) is (wide < 1500)
    assert chip.width() >= chip.sizeHint().width()
    header.show_heading(Heading("درخواست‌ها", _WHO))
    QApplication.processEvents()
    assert title.width() >= title.sizeHint().width()


@pytest.mark.parametrize("title", ["پروانهٔ ساختمانی", "پاسخ استعلام بانک و ادارات"])
def test_a_title_of_ordinary_length_stands_whole(header: Header, title: str) -> None:
    header.resize(900, header.height())
    header.show_heading(Heading(title, _WHO, DRAFT))
    QApplication.processEvents()
    shown, _, chip = header.titles()
    assert shown.width() >= shown.sizeHint().width()
    assert chip.width() >= chip.sizeHint().width()


def test_two_long_texts_share_what_there_is(header: Header) -> None:
    header.resize(900, header.height())
    header.show_heading(Heading(_LONGEST, _WHO * 4))
    QApplication.processEvents()
    title, second = header.titles()
    assert title.width() > 60
    assert second.width() > title.width()
    assert title.geometry().left() > second.geometry().right()

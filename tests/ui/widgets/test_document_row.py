"""A form's documents: one line each where there is room, else two."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.papers.document_row import DocumentList, DocumentRow
from tests.ui.layout_check import find_problems


def test_documents_have_one_line_each_or_two_where_the_list_is_narrow(qtbot: QtBot) -> None:
    listed, place = DocumentList(), Scroller()
    rows = [
        DocumentRow("deed", "سند مالکیت", dated_by=date(2026, 11, 24)),
        DocumentRow("card", "کارت شناسایی آورندهٔ نامه", because="چون نامه آورده می‌شود"),
    ]
    listed.set_rows(rows)
    place.add(listed)
    qtbot.addWidget(place)
    place.show()
    for wide, lines in ((900, 1), (540, 2), (900, 1)):
        place.resize(wide, 400)
        for _ in range(4):
            QApplication.processEvents()
        assert find_problems(place) == []
        for row in rows:
            under = row.seen.y() >= row._title.geometry().bottom()
            assert under is (lines == 2)

"""What the page of the city's records tells: told rows, sums, the list, banners, the rail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from python_calamine import CalamineWorkbook

from desktop.actions import records
from desktop.actions.record_sums import sum_lines
from desktop.domain.import_causes import CauseKind, RowFate
from desktop.domain.money import format_number
from desktop.domain.people import Role
from desktop.ui import places, printing
from desktop.ui.pages.board.page import CityBoard
from desktop.ui.pages.records import parts
from desktop.ui.pages.records.cards import ToldCard
from desktop.ui.pages.records.page import RecordsPage
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.lists.table_cells import CELL, Cell
from desktop.ui.widgets.paint import strokes
from tests.houses import MORNING
from tests.reports import reading
from tests.ui.keyboard import Modifier
from tests.ui.pages.conftest import Office
from tests.ui.pages.record_hands import TODAY, Desk, Exports, shown_rows


@pytest.mark.long
def test_the_list_of_faults_reads_back_whole(desk: Desk, exports: Exports, tmp_path: Path) -> None:
    desk.send(exports.dirty)
    state = desk.state()
    assert state.staged is not None
    path = tmp_path / "ایرادها.xlsx"
    desk.page.pick_target = lambda _, name: path if name.endswith(".xlsx") else None
    desk.main()
    book = CalamineWorkbook.from_path(str(path))
    told = book.get_sheet_by_name("ایرادها").to_python()
    assert told[0] == ["برگه", "ردیف", "ستون", "علت", "نتیجه", "نوشتهٔ خانه"]
    counted = {(g.sheet, g.reason, g.fate): g.count for g in state.staged.told}
    for (sheet, reason, fate), count in counted.items():
        rows = [row for row in told[1:] if (row[0], row[3], row[4]) == (sheet, reason, fate)]
        assert len(rows) == count, reason
    ended = book.get_sheet_by_name("پایان‌یافته‌ها").to_python()[1:]
    for cause in state.staged.causes:
        if cause.kind in (CauseKind.DEBTS_END, CauseKind.HOLDS_END):
            assert sum(row[0] == cause.cause for row in ended) == cause.count
    count = len(told) - 1 + len(ended)
    assert any(f"{count}".translate(_PERSIAN) in words for words in desk.banners())
    assert not list(tmp_path.glob(".*partial"))


_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.long
def test_shift_f8_writes_the_list_and_a_bad_folder_is_told(
    desk: Desk, exports: Exports, tmp_path: Path
) -> None:
    desk.send(exports.dirty)
    desk.page.pick_target = lambda *_: tmp_path / "نیست" / "ایرادها.xlsx"
    desk.key(Qt.Key.Key_F8, Modifier.ShiftModifier)
    assert any("نمی‌توان نوشت" in words for words in desk.banners())
    desk.page.pick_target = lambda *_: tmp_path / "ایرادها.xlsx"
    desk.key(Qt.Key.Key_F8, Modifier.ShiftModifier)
    assert (tmp_path / "ایرادها.xlsx").is_file()


@pytest.mark.long
def test_f8_prints_the_sheet_of_sums(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    printed: list[bytes] = []
    printing.stand_in("باجهٔ ۲", lambda pdf, _: printed.append(pdf))
    try:
        desk.key(Qt.Key.Key_F8)
        assert desk.page.on_paper()
        desk.key(Qt.Key.Key_F8)
        assert len(printed) == 1
    finally:
        printing._stand_ins.clear()
    text = reading.text_of(printed[0])
    for line in sum_lines(desk.state()):
        assert {*reading.words(line.title)} <= {*text}, line.title
    assert {"بیش", "حد", "کمتر"} <= {*text}
    desk.key(Qt.Key.Key_Escape)
    assert desk.main_words() == "دریافت فهرست ایرادها"


@pytest.mark.long
def test_space_opens_a_group_and_arrows_go_through_them(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    told = desk.page.body.told
    assert told is not None
    assert len(told.rows) > 2
    told.rows[0].setFocus()
    desk.key(Qt.Key.Key_Space)
    assert told.rows[0].isChecked()
    staged = desk.state().staged
    assert staged is not None
    assert len(shown_rows(told)) == staged.told[0].count
    desk.key(Qt.Key.Key_Down)
    assert told.rows[1].hasFocus()
    desk.key(Qt.Key.Key_Up)
    desk.key(Qt.Key.Key_Return)
    assert not told.rows[0].isChecked()


@pytest.mark.long
def test_sums_stand_beside_those_in_force(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    lines = {line.title: line for line in sum_lines(desk.state())}
    state = desk.state()
    assert state.in_force is not None
    assert state.staged is not None
    debts = lines["بدهی‌ها"]
    assert debts.present == state.in_force.totals["debt"]
    assert debts.staged == state.staged.totals["debt"]
    assert debts.over
    assert debts.measure == "بیش از حد مجاز"
    (cause,) = [each for each in state.staged.causes if each.kind == CauseKind.DEBTS_END]
    ended, of = format_number(cause.count), format_number(debts.present)
    assert f"{of} بدهی بود و {ended} بدهی پایان می‌یابد" in cause.limit
    assert debts.difference.startswith(f"پایان‌یافته {ended}، تازه ")
    assert lines["املاک"].difference == "برابر"
    assert lines["املاک"].measure == "در حد مجاز"
    assert lines["ملک‌های مشکوک"].measure == "مرزی ندارد"
    assert lines["توقیف‌ها"].difference == "پایان‌یافته ۲، تازه ۰"
    sums = desk.page.body.sums
    assert sums is not None
    row = next(n for n, line in enumerate(sums.lines) if line.title == "توقیف‌ها")
    shown = sums.model.data(sums.model.index(row, 3))
    assert shown == "پایان‌یافته ۲، تازه ۰؛ دیدن"
    sums.table.choose(row)
    sums.table.setFocus()
    desk.key(Qt.Key.Key_Return)
    opened = next(r for r in desk.held.rows if r.cause.kind == CauseKind.HOLDS_END)
    assert opened.below.isVisible()


@pytest.mark.long
def test_no_cell_of_the_sums_is_cut(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    sums = desk.page.body.sums
    assert sums is not None
    for column in range(len(sums.table.columns)):
        room = sums.table.columnWidth(column)
        for row in range(len(sums.lines)):
            cell = sums.model.data(sums.model.index(row, column), CELL)
            assert isinstance(cell, Cell)
            icon = 23 if cell.icon else 0
            need = strokes.width_of(cell.words, cell.kind, cell.weight) + icon + 24
            assert need <= room, (cell.words, need, room)


def test_a_hundred_reasons_are_told_in_part_and_counted() -> None:
    groups = [
        records.ToldGroup(
            sheet="بدهی‌ها", reason=f"«واژهٔ {n}» شناخته نیست.", fate=RowFate.UNKNOWN, count=2
        )
        for n in range(100)
    ]
    card = ToldCard(groups, lambda *_: None)
    assert len(card.rows) == 30
    assert card.beside.words() == "۲۰۰ سطر"
    assert "۷۰ علت دیگر در فهرست" in [label.words() for label in card.findChildren(Label)]


@pytest.mark.long
def test_ten_days_before_the_records_are_too_old_the_supervisor_is_alarmed(office: Office) -> None:
    desk = Desk(office)
    office.clock.moment = MORNING.astimezone(UTC) + timedelta(days=18)
    desk.open()
    assert not any("کارشناس می‌رود" in words for words in desk.banners())
    office.clock.moment += timedelta(days=1)
    desk.key(Qt.Key.Key_F5)
    assert any("روز دیگر همهٔ درخواست‌ها به کارشناس" in words for words in desk.banners())
    office.go(places.CityDay())
    home = office.page
    assert isinstance(home, CityBoard)
    assert home.alarm.isVisible()
    assert "۱۰ روز دیگر" in home.alarm.words.words()
    home.alarm.link.click()
    assert isinstance(office.page, RecordsPage)


@pytest.mark.long
def test_at_most_two_banners_stand_on_top(desk: Desk, exports: Exports, tmp_path: Path) -> None:
    desk.office.clock.moment += timedelta(days=20)
    desk.send(exports.dirty)
    assert len(desk.banners()) == 2
    assert any("کارشناس می‌رود" in words for words in desk.banners())
    desk.page.pick_target = lambda *_: tmp_path / "ایرادها.xlsx"
    desk.main()
    assert len(desk.banners()) == 2
    assert any("نوشته شد" in words for words in desk.banners())


@pytest.mark.long
def test_the_status_bar_knows_the_day_of_the_records(desk: Desk, exports: Exports) -> None:
    status = desk.office.window.status.records
    assert "۱۴۰۵/۰۹/۰۲" in status.accessibleName()
    desk.send(exports.newer, "1405/09/03")
    desk.sign()
    assert "۱۴۰۵/۰۹/۰۳" in status.accessibleName()


@pytest.mark.long
def test_the_home_page_counts_what_is_held(office: Office, exports: Exports) -> None:
    records.send(office.crew.supervisor, exports.dirty, TODAY)
    office.sit(Role.SUPERVISOR)
    frame = office.window._frame
    assert frame is not None
    assert frame.rail.items["city-data"].accessibleName() == "داده‌های شهر ۱"
    assert frame.rail.counts["records"] == 1


@pytest.mark.slow
def test_only_a_supervisor_is_told(office: Office) -> None:
    office.sit(Role.EXPERT)
    frame = office.window._frame
    assert frame is not None
    assert "city-data" not in frame.rail.items


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "۰٫۱"), (149_000, "۰٫۱"), (1_500_000, "۱٫۵"), (21_000_000, "۲۱"), (0, "۰٫۱")],
)
def test_sizes_in_megabytes(size: int, words: str) -> None:
    assert parts.megabytes(size) == words


def test_moments_today_are_told_by_the_hour() -> None:
    at = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)
    assert parts._when(at, TODAY) == "۱۰:۴۲"
    assert parts._when(at, TODAY + timedelta(days=1)).endswith("ساعت ۱۰:۴۲")

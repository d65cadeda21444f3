"""The city's records at the supervisor's desk: sent, read, looked at, in force, taken back."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from python_calamine import CalamineWorkbook

from desktop.actions import records
from desktop.actions.record_sums import sum_lines
from desktop.actions.records import StateAnswer
from desktop.centre.records import importer
from desktop.centre.records.importer import Reader, begin_reading, note_progress
from desktop.centre.records.staging import At
from desktop.domain.errors import LineDown
from desktop.domain.import_causes import CauseKind, Fate
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.trial.house import PASSWORD
from desktop.ui import printing
from desktop.ui.pages import records_parts as parts
from desktop.ui.pages.records import RecordsPage
from desktop.ui.pages.records_cards import RowsBelow, ToldCard
from desktop.ui.pages.records_parts import Phase
from desktop.ui.pages.supervisor_day import SupervisorDay
from desktop.ui.widgets import paint
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.table_cells import CELL, Cell
from tests.houses import MORNING
from tests.reports import reading
from tests.ui.keyboard import Modifier
from tests.ui.pages.conftest import Office
from tests.ui.pages.record_hands import REASON, SECOND, Desk, Exports, write_exports

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    return write_exports(tmp_path_factory.mktemp("exports"), TODAY)


@pytest.fixture
def desk(office: Office) -> Desk:
    desk = Desk(office)
    desk.open()
    return desk


def test_a_clean_export_is_chosen_read_and_put_into_force_by_keyboard(
    desk: Desk, exports: Exports
) -> None:
    page = desk.page
    assert desk.main_words() == "گزینش خروجی"
    assert desk.phase() is Phase.NONE
    desk.send(exports.newer, "1405/09/03")
    assert desk.phase() is Phase.READY
    assert desk.main_words() == "به کار گرفتن"
    assert any("در حد است" in words for words in desk.banners())
    desk.main()
    form = page.body.form
    assert form is not None
    assert form.fields["password"].error() == "گذرواژهٔ خود را وارد کنید."
    desk.sign()
    state = desk.state()
    assert state.in_force is not None
    assert state.in_force.as_of == TODAY
    assert state.in_force.source == f"{exports.newer.name}.zip"
    assert state.forced is not None
    assert state.forced.by == desk.office.crew.supervisor.staff.name
    assert desk.phase() is Phase.NONE
    assert desk.main_words() == "گزینش خروجی"
    assert any("به کار گرفته شد" in words for words in desk.banners())


@pytest.mark.slow
def test_the_day_of_the_records_is_asked_and_never_lies_ahead(desk: Desk, exports: Exports) -> None:
    page = desk.page
    page.pick_file = lambda _: exports.newer
    desk.key(Qt.Key.Key_F2)
    form = page.body.form
    assert form is not None
    day = form.fields["as_of"]
    assert day.value() == YESTERDAY
    assert day.control.hasFocus()
    for typed, words in (
        ("1405/09/04", "نمی‌تواند پس از امروز باشد"),
        ("1405/09/01", "خروجی کهنه‌تر جای آن را نمی‌گیرد"),
        ("1405/13/40", "چنین روزی"),
        ("", "روز سوابق را وارد کنید"),
    ):
        day.control.setFocus()
        desk.key(Qt.Key.Key_A, Modifier.ControlModifier)
        desk.key(Qt.Key.Key_Backspace)
        desk.type(typed)
        desk.main()
        assert words in (day.error() or ""), typed
        assert desk.state().staged is None
    desk.key(Qt.Key.Key_Escape)
    assert page.body.form is None
    assert desk.main_words() == "گزینش خروجی"


def test_a_wrong_password_changes_nothing_and_is_typed_over(desk: Desk, exports: Exports) -> None:
    desk.send(exports.newer)
    desk.sign("نادرست")
    form = desk.page.body.form
    assert form is not None
    assert form.fields["password"].error()
    assert desk.state().staged is not None
    desk.sign()
    assert desk.state().staged is None


def test_a_held_export_tells_why_beside_what_would_follow(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    page, state = desk.page, desk.state()
    assert state.staged is not None
    causes = state.staged.causes
    assert {CauseKind.DEBTS_END, CauseKind.HOLDS_END, CauseKind.ORPHANS} <= {
        CauseKind(cause.kind) for cause in causes
    }
    assert desk.main_words() == "دریافت فهرست ایرادها"
    assert desk.held.rows[0].link.hasFocus()
    said = [label.words() for label in desk.held.findChildren(Label)]
    for cause in causes:
        for words in (cause.cause, cause.limit, cause.consequence):
            assert words in said
    assert any("نگه داشته شد" in words and "سوابق" in words for words in desk.banners())
    frame = desk.office.window._frame
    assert frame is not None
    assert frame.items["records"].accessibleName() == "سوابق شهر ۱"
    # Until then the former import answers.
    assert state.in_force is not None
    assert state.in_force.as_of == YESTERDAY
    assert page.heading.chip is parts.CHIPS[Phase.HELD]


@pytest.mark.slow
def test_number_keys_open_the_rows_of_their_cause(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    for place, row in enumerate(desk.held.rows):
        assert row.below.isHidden()
        desk.key(Qt.Key(Qt.Key.Key_1 + place))
        assert row.below.isVisible()
        shown = shown_rows(row.below)
        assert shown
        if row.cause.kind not in (CauseKind.DEBT_SUM_ENDS, CauseKind.CONTROL):
            assert len(shown) == row.cause.count
        desk.key(Qt.Key(Qt.Key.Key_1 + place))
        assert row.below.isHidden()


@pytest.mark.slow
def test_the_rows_behind_a_cause_are_its_own_and_all_of_them(
    office: Office, exports: Exports, tmp_path: Path
) -> None:
    """Two sheets with rows that belong to nobody, one with refused rows, one with a strange word:
    each cause opens its own rows, as many as it counts."""
    folder = tmp_path / "همه‌چیز"
    shutil.copytree(exports.newer, folder)
    for sheet, column, cells, text in (
        ("بدهی‌ها", 0, 6, ""),
        ("بدهی‌ها", 6, 8, "نزد شورای حل اختلاف"),
        ("بدهی‌ها", 3, 3, "نامعلوم"),
        ("توقیف‌ها", 0, 1, ""),
        ("گواهی‌ها", 3, 9, "1404/13/40"),
        ("گواهی‌ها", 0, 7, "نامعلوم"),
    ):
        spoil(folder / f"{sheet}.csv", column, cells, text)
    seat = office.crew.supervisor
    records.send(seat, folder, TODAY)
    staged = records.look(seat).staged
    assert staged is not None
    told = [cause for cause in staged.causes if not CauseKind(cause.kind).ends]
    kinds = [CauseKind(cause.kind) for cause in told]
    assert sorted(kinds) == sorted(
        [CauseKind.ORPHANS] * 2 + [CauseKind.REFUSED] * 2 + [CauseKind.UNKNOWN_WORDS]
    )
    for cause in told:
        answer = records.rows(seat, staged.export_id, cause=cause.key)
        assert (answer.total, len(answer.rows)) == (cause.count, cause.count), cause.key
        assert {row.sheet for row in answer.rows} == {cause.sheet}


def shown_rows(under: QWidget) -> list[str]:
    """The rows of causes and groups that stand open there."""
    belows = [under] if isinstance(under, RowsBelow) else under.findChildren(RowsBelow)
    labels = [label for below in belows for label in below.findChildren(Label)]
    return [line for label in labels for line in label.words().split("\n")]


def spoil(path: Path, column: int, cells: int, text: str) -> None:
    """Write the text into so many rows at the end of the file, one after the other's."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[-cells:] if column else rows[1 : 1 + cells]:
        row[column] = text
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.mark.slow
def test_a_debt_settled_by_a_word_is_listed_with_what_it_says_now(
    office: Office, exports: Exports, tmp_path: Path
) -> None:
    """What ends is counted gross: rows that a word settles are among those that are shown."""
    folder = tmp_path / "پرداخت‌شده"
    shutil.copytree(exports.newer, folder)
    path = folder / "بدهی‌ها.csv"
    path.write_text(path.read_text("utf-8-sig").replace("قطعی", "پرداخت شده"), "utf-8-sig")
    seat = office.crew.supervisor
    paid = "پرداخت‌شده"
    records.send(seat, folder, TODAY)
    staged = records.look(seat).staged
    assert staged is not None
    for kind in (CauseKind.DEBTS_END, CauseKind.DEBT_SUM_ENDS):
        cause = next(cause for cause in staged.causes if cause.kind == kind)
        answer = records.rows(seat, staged.export_id, cause=cause.key, limit=5)
        assert len(answer.rows) == 5
        assert answer.total == next(c.count for c in staged.causes if c.kind == "debts-end")
        assert all("؛ اکنون " in row.about and row.about.endswith(paid) for row in answer.rows)
        rest = records.rows(seat, staged.export_id, cause=cause.key, offset=5)
        assert len(rest.rows) == answer.total - 5


@pytest.mark.slow
def test_more_than_two_hundred_rows_stand_in_the_list(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    answer = records.rows(desk.office.crew.supervisor, desk.state().staged.export_id, limit=1)  # type: ignore[union-attr]
    below = desk.held.rows[0].below
    below._take(answer.model_copy(update={"total": 5000}))
    assert below.findChildren(Label)[-1].words() == "۴٬۹۹۹ سطر دیگر در فهرست"


def test_held_all_the_same_it_is_put_into_force_by_two_with_a_reason(
    desk: Desk, exports: Exports
) -> None:
    desk.send(exports.dirty)
    held = desk.held
    assert held.asks_second()
    desk.answer_for()
    state = desk.state()
    assert state.staged is None
    assert state.forced is not None
    assert (state.forced.second, state.forced.reason) == (SECOND, REASON)
    # A hold without a letter's number stays, though two have signed.
    assert state.kept == 2
    assert any("با دلیل شما" in words for words in desk.banners())
    assert f"دلیل: {REASON}" in [label.words() for label in desk.page.findChildren(Label)]


@pytest.mark.slow
def test_a_letters_number_lifts_its_row_and_the_rest_stays(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    held = desk.held
    held.open_reason()
    lifts = next(row.lifts for row in held.rows if row.lifts is not None)
    QApplication.processEvents()
    assert len(lifts.lines) == 2
    next(iter(lifts.lines.values())).set_value("1405/812")
    held.close_reason()
    desk.answer_for()
    assert desk.state().kept == 1


@pytest.mark.slow
def test_a_second_person_may_end_the_rows_without_a_letter(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    held = desk.held
    held.end_rest.set_value(True)
    desk.answer_for()
    assert desk.state().kept == 0


def test_each_lack_is_told_beside_its_cause(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    held = desk.held
    desk.page._open_reason()
    QApplication.processEvents()
    desk.main()
    wrong = {key for key, field in held.fields.items() if field.error()}
    ticks = {row.cause.key for row in held.rows}
    assert wrong == {*ticks, "reason", "password", "second"}
    assert held.rows[0].tick.control.hasFocus()
    assert desk.state().staged is not None
    for row in held.rows:
        row.tick.set_value(True)
    held.reason.set_value("کوتاه است")
    desk.main()
    assert held.reason.error() == "دلیل را دست‌کم با ۲۰ نویسه بنویسید."


@pytest.mark.slow
def test_the_reason_is_counted_while_it_is_typed(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    desk.page._open_reason()
    desk.held.reason.control.setFocus()
    desk.type("کوتاه")
    assert desk.held.reason.hint.words() == "۵ نویسه؛ دست‌کم ۲۰"
    desk.type(" ولی اکنون دیگر بس است")
    assert desk.held.reason.hint.words() == "۲۷ نویسه"


@pytest.mark.slow
def test_a_wrong_second_password_stands_beside_it(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    desk.answer_for(password="نادرست")
    held = desk.held
    assert held.second_password.error()
    assert not held.second.error()
    assert held.second_password.control.hasFocus()
    assert desk.state().staged is not None
    # What was typed is there; only the password is typed anew.
    desk.sign()
    assert desk.state().staged is None


@pytest.mark.slow
def test_oneself_is_never_the_second_person(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    choice = desk.held.second.control
    names = [key for key, _ in choice.options()]  # type: ignore[attr-defined]
    assert SECOND in names
    assert desk.office.crew.supervisor.staff.name not in names
    assert desk.office.crew.inspector.staff.name not in names


@pytest.mark.slow
def test_what_the_centre_refuses_is_shown_where_its_cause_is(
    desk: Desk, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page lets it through, the centre does not: its words come with the field's name."""
    desk.send(exports.dirty)
    held = desk.held
    monkeypatch.setattr(held, "signature_faults", list)
    monkeypatch.setattr(held, "second_person", lambda: None)
    desk.answer_for(second=False)
    assert held.second.error()
    assert "نفر دوم" in (held.second.error() or "")


@pytest.mark.slow
def test_esc_gives_up_the_reason_and_leads_back_to_the_causes(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    desk.page._open_reason()
    desk.held.password.set_value("نمونه")
    assert desk.main_words() == "اعمال با ذکر دلیل"
    desk.key(Qt.Key.Key_Escape)
    assert desk.main_words() == "دریافت فهرست ایرادها"
    assert not desk.held.password.value()
    assert desk.held.rows[0].link.hasFocus()


def _taken_into_force(desk: Desk, exports: Exports) -> None:
    desk.send(exports.newer)
    desk.sign()


def test_what_came_into_force_today_is_taken_back_with_a_reason(
    desk: Desk, exports: Exports
) -> None:
    before = desk.state().in_force
    assert before is not None
    _taken_into_force(desk, exports)
    page = desk.page
    page._open_back()
    QApplication.processEvents()
    form = page.body.form
    assert form is not None
    assert any("دوباره پاسخ می‌دهد" in w.words() for w in form.findChildren(Label))
    desk.type("جمع بدهی‌ها با امور مالی مطابقت ندارد.")
    form.fields["password"].setFocus()
    desk.sign()
    state = desk.state()
    assert state.in_force is not None
    assert state.in_force.export_id == before.export_id
    assert state.forced is not None
    assert state.forced.taken_back
    assert any("سوابق پیشین دوباره" in words for words in desk.banners())
    assert not any("بازگشت به سوابق" in b for b in _bar_words(page))


@pytest.mark.slow
def test_going_back_is_offered_until_midnight(desk: Desk, exports: Exports) -> None:
    assert not any("بازگشت به سوابق" in words for words in _bar_words(desk.page))
    _taken_into_force(desk, exports)
    assert any("بازگشت به سوابق" in words for words in _bar_words(desk.page))
    desk.office.clock.moment += timedelta(hours=14)
    desk.key(Qt.Key.Key_F5)
    assert not any("بازگشت به سوابق" in words for words in _bar_words(desk.page))


def _bar_words(page: RecordsPage) -> list[str]:
    bar = page.bar
    assert bar is not None
    return [button.text() for button in bar.findChildren(Button) if button.isVisible()]


@pytest.mark.slow
@pytest.mark.parametrize("number", ["1405/812", ""])
def test_a_kept_row_is_ended_by_its_letter_or_a_second_person(
    desk: Desk, exports: Exports, number: str
) -> None:
    desk.send(exports.dirty)
    desk.answer_for()
    page = desk.page
    assert desk.state().kept == 2
    kept = page.known.kept[0] if page.known else None
    assert kept is not None
    page._lift(kept)
    QApplication.processEvents()
    form = page.body.form
    assert form is not None
    desk.main()
    assert form.fields["number"].error()
    if number:
        desk.type(number)
    else:
        form.without.click()  # type: ignore[attr-defined]
        form.fields["second"].control._take(SECOND)  # type: ignore[attr-defined]
        form.fields["second_password"].set_value(PASSWORD)
    form.fields["password"].setFocus()
    desk.sign()
    assert desk.state().kept == 1


def test_reading_shows_how_far_it_is_and_can_be_stopped(
    desk: Desk, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, page = desk.office, desk.page
    office.later.waits = True
    desk.send(exports.newer)
    assert desk.phase() is Phase.READING
    assert desk.main_words() == "لغو خواندن"
    assert page.body.progress.isVisible()
    assert page.body.progress.words.words() == "خواندن خروجی آغاز شد"
    staged = desk.state().staged
    assert staged is not None
    at = At(620, "بدهی‌ها", 62_400, 100_000)
    note_progress(office.house.centre.writer, staged.export_id, at, office.clock.moment)
    desk.look()
    assert page.body.progress.words.words() == "خواندن بدهی‌ها، ۶۲٬۴۰۰ از ۱۰۰٬۰۰۰ سطر"
    assert page.body.progress.bar.share() == pytest.approx(0.62)
    assert page._clock.isActive()
    # Nothing else is chosen meanwhile.
    assert not page.body.source.file.isVisible()
    monkeypatch.setattr(importer, "_HEARD_EVERY", 0)
    desk.main()
    office.later.run()
    desk.look()
    assert desk.phase() is Phase.ENDED
    assert not page._clock.isActive()
    assert any("به خواست شما" in words for words in desk.banners())
    state = desk.state()
    assert state.in_force is not None
    assert state.in_force.as_of == YESTERDAY


@pytest.mark.slow
def test_sending_is_told_in_bytes_and_stopped_on_the_way(
    desk: Desk, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, said = desk.page, []
    monkeypatch.setattr("desktop.wire.records.CHUNK", 4_096)

    def seen() -> None:
        said.append(strip_isolates(page.body.progress.words.words()))
        if len(said) == 3:
            page._stop()

    page.carrier.moved.connect(seen)
    desk.send(exports.newer)
    assert said[0].startswith("ارسال «خروجی نوسازی ۳ آذر»، ۰٫۱ از")
    assert said[0].endswith("مگابایت")
    assert len(said) == 3
    assert desk.state().staged is None
    assert page.body.progress.isHidden()
    assert any("نیمه‌کاره ماند" in words for words in desk.banners())


@pytest.mark.slow
def test_a_killed_reading_changed_nothing_and_another_may_begin(
    desk: Desk, exports: Exports
) -> None:
    office = desk.office
    office.later.waits = True
    desk.send(exports.newer)
    office.clock.moment += timedelta(seconds=61)
    desk.look()
    assert desk.phase() is Phase.ENDED
    assert importer.BROKEN in desk.banners()
    assert desk.main_words() == "گزینش خروجی"
    office.later.waits = False
    desk.send(exports.newer)
    assert desk.phase() is Phase.READY


@pytest.mark.slow
def test_while_somebody_else_reads_the_centre_says_who_and_since_when(
    desk: Desk, exports: Exports
) -> None:
    centre, at = desk.office.house.centre, desk.office.clock.moment
    with centre.writing() as session:
        begin_reading(session, TODAY, Reader("maryam", "مریم شایق", "x.xlsx", "00"), at)
    # The page has not heard of it yet.
    desk.send(exports.newer)
    assert any("مریم شایق از ۱۰:۴۲ در حال خواندن است" in words for words in desk.banners())
    assert desk.phase() is Phase.READING
    assert "مریم شایق، از ۱۰:۴۲" in desk.page.body.progress.detail.words()


@pytest.mark.slow
def test_the_same_export_again_says_so(desk: Desk, exports: Exports) -> None:
    _taken_into_force(desk, exports)
    desk.send(exports.newer)
    assert any("همان سوابق جاری است" in words for words in desk.banners())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("خروجی.xlsx", b"not a workbook", "خروجی"),
        ("خالی.xlsx", b"", "خالی"),
    ],
)
def test_what_is_no_export_is_told_in_a_sentence(
    desk: Desk, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    desk.send(bad)
    assert desk.phase() is Phase.ENDED
    assert any(words in banner for banner in desk.banners())
    assert desk.main_words() == "گزینش خروجی"


@pytest.mark.slow
def test_two_sheets_of_one_name_can_not_be_overruled(
    desk: Desk, exports: Exports, tmp_path: Path
) -> None:
    folder = tmp_path / "دو برگه"
    folder.mkdir()
    for path in exports.newer.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "بدهي ها.csv").write_bytes((folder / "بدهی‌ها.csv").read_bytes())
    desk.page.pick_folder = lambda _: folder
    desk.page.body.source.folder.click()
    desk.main()
    assert desk.phase() is Phase.ENDED
    assert any("بدهي ها" in words for words in desk.banners())
    assert not any("ذکر دلیل" in words for words in _bar_words(desk.page))


@pytest.mark.slow
def test_a_folder_is_dropped_on_the_page(desk: Desk, exports: Exports) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(exports.newer))])
    for carried, taken in ((mime, True), (QMimeData(), False)):
        desk.page.body.close_form()
        event = QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            carried,
            Qt.MouseButton.LeftButton,
            Modifier.NoModifier,
        )
        desk.page.dropEvent(event)
        assert (desk.page.body.form is not None) is taken


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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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
    assert debts.measure == "بیش از حد"
    assert lines["املاک"].difference == "برابر"
    assert lines["املاک"].measure == "در حد"
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


@pytest.mark.slow
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
            need = paint.width_of(cell.words, cell.kind, cell.weight) + icon + 12
            assert need <= room, (cell.words, need, room)


def test_before_any_import_the_page_says_what_happens(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = StateAnswer(
        in_force=None, forced=None, staged=None, kept=0, days_left=0, warned=True,
        sheets=desk.state().sheets,
    )  # fmt: skip
    monkeypatch.setattr(records, "look", lambda _: nothing)
    desk.key(Qt.Key.Key_F5)
    words = [label.words() for label in desk.page.findChildren(Label) if label.isVisible()]
    assert parts.NO_RECORDS in words
    assert "به بازدید" not in parts.NO_RECORDS
    assert desk.main_words() == "گزینش خروجی"
    assert desk.page.body.sums is None


def test_without_a_line_what_was_known_stays(
    desk: Desk, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.send(exports.dirty)

    def down(*_: object, **__: object) -> object:
        raise LineDown

    with monkeypatch.context() as cut:
        cut.setattr(records, "look", down)
        desk.key(Qt.Key.Key_F5)
        assert any("آنچه می‌بینید از ۱۰:۴۲ است" in words for words in desk.banners())
        # What waits is not sent by itself: no word of that here.
        assert not any("خودکار" in words for words in desk.banners())
        assert desk.held.rows
        desk.office.go("watch")
        desk.office.go("records")
        assert desk.held.rows, "the page opens with what it last knew"
    desk.page.body.fault.link.click()
    assert not desk.page.body.fault.isVisible()


@pytest.mark.slow
def test_a_first_look_without_a_line_offers_to_try_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> object:
        raise LineDown

    desk = Desk(office)
    with monkeypatch.context() as cut:
        cut.setattr(records, "look", down)
        desk.open()
        assert desk.main_words() == "تلاش دوباره"
        assert any("به خط نیاز دارد" in words for words in desk.banners())
    desk.main()
    assert desk.main_words() == "گزینش خروجی"


@pytest.mark.slow
def test_a_line_that_falls_while_sending_is_told(
    desk: Desk, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object, **__: object) -> int:
        raise LineDown

    monkeypatch.setattr(records, "send", down)
    desk.send(exports.newer)
    assert any("خط قطع شد" in words for words in desk.banners())
    assert not desk.page.carrier.sending
    assert desk.main_words() == "گزینش خروجی"


@pytest.mark.slow
def test_a_bug_while_sending_leaves_the_page_alive(
    desk: Desk, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(records, "send", broken)
    desk.send(exports.newer)
    assert any("کد گزارش" in words for words in desk.banners())
    assert desk.main_words() == "گزینش خروجی"


@pytest.mark.slow
def test_what_is_typed_stays_while_rounds_of_sync_go_by(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    desk.page._open_reason()
    desk.held.reason.set_value(REASON)
    held = desk.held
    desk.key(Qt.Key.Key_F5)
    assert desk.page.body.held is held
    assert held.reason.value() == REASON


@pytest.mark.slow
def test_who_may_sign_beside_oneself_is_never_another_persons_list(
    desk: Desk, exports: Exports
) -> None:
    """The page shows what was last known at once; somebody else may have sat here then."""
    desk.send(exports.dirty)
    known = desk.page.known
    assert known is not None
    desk.page._show(replace(known, seconds=("مریم شایق",)))
    names = [key for key, _ in desk.held.second.control.options()]  # type: ignore[attr-defined]
    assert names == ["مریم شایق"]


def test_a_hundred_reasons_are_told_in_part_and_counted() -> None:
    groups = [
        records.ToldGroup(
            sheet="بدهی‌ها", reason=f"«واژهٔ {n}» شناخته نیست.", fate=Fate.KEPT, count=2
        )
        for n in range(100)
    ]
    card = ToldCard(groups, lambda *_: None)
    assert len(card.rows) == 30
    assert card.beside.words() == "۲۰۰ سطر، به تفکیک برگه و علت"
    assert "۷۰ علت دیگر در فهرست" in [label.words() for label in card.findChildren(Label)]


def test_ten_days_before_the_records_are_too_old_the_supervisor_is_alarmed(office: Office) -> None:
    desk = Desk(office)
    office.clock.moment = MORNING.astimezone(UTC) + timedelta(days=18)
    desk.open()
    assert not any("کارشناس می‌رود" in words for words in desk.banners())
    office.clock.moment += timedelta(days=1)
    desk.key(Qt.Key.Key_F5)
    assert any("روز دیگر همهٔ درخواست‌ها به کارشناس" in words for words in desk.banners())
    office.go("city-day")
    home = office.page
    assert isinstance(home, SupervisorDay)
    assert home.alarm.isVisible()
    assert "۱۰ روز دیگر" in home.alarm.words.words()
    home.alarm.link.click()
    assert isinstance(office.page, RecordsPage)


@pytest.mark.slow
def test_at_most_two_banners_stand_on_top(desk: Desk, exports: Exports, tmp_path: Path) -> None:
    desk.office.clock.moment += timedelta(days=20)
    desk.send(exports.dirty)
    assert len(desk.banners()) == 2
    assert any("کارشناس می‌رود" in words for words in desk.banners())
    desk.page.pick_target = lambda *_: tmp_path / "ایرادها.xlsx"
    desk.main()
    assert len(desk.banners()) == 2
    assert any("نوشته شد" in words for words in desk.banners())


@pytest.mark.slow
def test_the_status_bar_knows_the_day_of_the_records(desk: Desk, exports: Exports) -> None:
    status = desk.office.window.status.records
    assert "۱۴۰۵/۰۹/۰۲" in status.accessibleName()
    desk.send(exports.newer, "1405/09/03")
    desk.sign()
    assert "۱۴۰۵/۰۹/۰۳" in status.accessibleName()


@pytest.mark.slow
def test_the_home_page_counts_what_is_held(office: Office, exports: Exports) -> None:
    records.send(office.crew.supervisor, exports.dirty, TODAY)
    office.sit(Role.SUPERVISOR)
    frame = office.window._frame
    assert frame is not None
    assert frame.items["records"].accessibleName() == "سوابق شهر ۱"


def test_only_a_supervisor_is_told(office: Office) -> None:
    office.sit(Role.EXPERT)
    frame = office.window._frame
    assert frame is not None
    assert "records" not in frame.items


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

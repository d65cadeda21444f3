"""The city's records at the supervisor's desk: sent, read, put into force, taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.centre.records import importer
from desktop.centre.records.importer import Reader, begin_reading, note_progress
from desktop.centre.records.staging import At
from desktop.demo.people import PASSWORD
from desktop.domain.persian import strip_isolates
from desktop.ui.pages.records.page import RecordsPage
from desktop.ui.pages.records.parts import Phase
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from tests.ui.keyboard import Modifier
from tests.ui.pages.form_hands import Clerk, a_form
from tests.ui.pages.record_hands import SECOND, TODAY, YESTERDAY, Desk, Exports


@pytest.mark.long
def test_a_clean_export_is_chosen_read_and_put_into_force_by_keyboard(
    desk: Desk, exports: Exports
) -> None:
    page = desk.page
    assert desk.main_words() == "گزینش خروجی"
    assert desk.phase() is Phase.NONE
    desk.send(exports.newer, "1405/09/03")
    assert desk.phase() is Phase.READY
    assert desk.main_words() == "به کار گرفتن"
    assert any("در حد مجاز است" in words for words in desk.banners())
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


@pytest.mark.long
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
        ("1405/09/01", "خروجی قدیمی‌تر جای آن را نمی‌گیرد"),
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


@pytest.mark.long
def test_a_wrong_password_changes_nothing_and_is_typed_over(desk: Desk, exports: Exports) -> None:
    desk.send(exports.newer)
    desk.sign("نادرست")
    form = desk.page.body.form
    assert form is not None
    assert form.fields["password"].error()
    assert desk.state().staged is not None
    desk.sign()
    assert desk.state().staged is None


def _taken_into_force(desk: Desk, exports: Exports) -> None:
    desk.send(exports.newer)
    desk.sign()


@pytest.mark.long
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
    assert any("دوباره پاسخ خواهد داد" in w.words() for w in form.findChildren(Label))
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


@pytest.mark.long
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


@pytest.mark.parametrize("number", ["1405/812", ""])
@pytest.mark.long
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
        form.fields["second"].control._choose(SECOND)  # type: ignore[attr-defined]
        form.fields["second_password"].set_value(PASSWORD)
    form.fields["password"].setFocus()
    desk.sign()
    assert desk.state().kept == 1


@pytest.mark.long
def test_reading_shows_how_far_it_is_and_can_be_stopped(
    desk: Desk, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, page = desk.office, desk.page
    office.later.waits = True
    desk.send(exports.newer)
    assert desk.phase() is Phase.READING
    # The key that goes on never stops the reading.
    assert desk.main_words() == "کارتابل"
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
    desk.second("لغو خواندن")
    office.later.run()
    desk.look()
    assert desk.phase() is Phase.ENDED
    assert not page._clock.isActive()
    assert any("به درخواست شما" in words for words in desk.banners())
    state = desk.state()
    assert state.in_force is not None
    assert state.in_force.as_of == YESTERDAY


@pytest.mark.long
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
    assert any("متوقف شد" in words for words in desk.banners())


@pytest.mark.long
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


@pytest.mark.long
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


@pytest.mark.long
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


@pytest.mark.long
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


@pytest.mark.long
def test_the_counter_hears_of_newer_records_with_the_first_property_it_asks_for(
    desk: Desk, exports: Exports, qtbot: QtBot
) -> None:
    desk.send(exports.newer, "1405/09/03")
    desk.sign()
    clerk = Clerk(desk.office, qtbot)
    status = desk.office.window.status
    desk.office.window.tick()
    # The next greeting is minutes away.
    assert "۱۴۰۵/۰۹/۰۲" in status.records.text()
    filled = a_form(desk.office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    desk.office.window.tick()
    assert "۱۴۰۵/۰۹/۰۳" in status.records.text()

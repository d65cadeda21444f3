"""The unit sees who is trained for what, reminds who lacks somebody, and puts records forward."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import act_scans, announcements, publishing, readiness, registry, staffing
from desktop.demo.offices import made_up_offices
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_paper
from desktop.domain.errors import LineDown
from desktop.domain.people import Role
from desktop.domain.persian import to_persian_digits
from desktop.forms.sheet_files import read_sheet, write_sheet
from desktop.forms.training_sheet import COLUMNS, TITLE
from desktop.forms.workbook import cell_text, open_workbook
from desktop.ui import places
from desktop.ui.pages.notices.announcing import AnnouncingPage
from desktop.ui.pages.services.reader import PublicationPage
from desktop.ui.pages.trained.office import OfficeTrainingPage
from desktop.ui.pages.trained.page import TrainedPage
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label
from tests.houses import MORNING, Filling
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.offices.hands import forty_offices
from tests.ui.pages.seeing import faults, wake

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def filling() -> Filling:
    return forty_offices


def opened(office: Office, role: Role = Role.SUPERVISOR) -> TrainedPage:
    office.sit(role)
    page = office.go(places.Trained())
    assert isinstance(page, TrainedPage)
    wake(office)
    return page


def main(office: Office) -> None:
    press(office.window, Key.Key_Return, _CONTROL)
    QApplication.processEvents()


def said(page: TrainedPage) -> str:
    """What a reader hears of the chosen cell."""
    index = page.table.currentIndex()
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


@pytest.mark.long
def test_who_lacks_somebody_comes_first_and_every_cell_is_told(office: Office) -> None:
    page = opened(office)
    assert page.table.hasFocus()
    assert page._rows[0].lacking, "who lacks something first"
    assert not page._rows[-1].lacking
    assert said(page).endswith("متصدی ندارد")
    at = page.table.service()
    press(page.table, Key.Key_Right)
    press(page.table, Key.Key_Down)
    row, service = page.chosen or (None, None)
    assert row is page._rows[1]
    assert service is page._services[at - 1]
    assert page.heading.second.endswith("متصدی در ۴۰ دفتر")
    # Where somebody is at the lesson it is said, and the office lacks him still.
    learns = [row for row in page._rows if any(cell.learning for cell in row.cells.values())]
    assert {row.card.code for row in learns} == {"24", "41"}
    assert all(row.lacking for row in learns)
    page.table.choose(page._rows.index(learns[0]))
    assert any("درس ۱ از" in label.text() for label in page.panel.findChildren(Label))
    assert faults(office) == []


@pytest.mark.long
def test_the_days_lack_is_told_and_reminded_of_with_names_read_there(office: Office) -> None:
    page = opened(office)
    due = page.due
    assert due is not None
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text().startswith("یادآوری به")
    told = [label.text() for label in page.panel.findChildren(Label)]
    assert any("دفتر متصدی ندارد" in words for words in told)
    main(office)
    written = office.page
    assert isinstance(written, AnnouncingPage)
    assert written.form is not None
    assert len(str(written.form.codes.value()).split()) == len(due.lacking)
    written.form.password.set_value(PASSWORD)
    main(office)
    assert faults(office) == []
    (sent,) = announcements.announced(office.crew.supervisor.desk)
    assert set(sent.offices) == {row.office_id for row in due.lacking}
    assert sent.due == due.day


@pytest.mark.long
def test_chips_count_all_and_let_through_some(office: Office) -> None:
    page = opened(office)
    loaded = page._loaded
    assert loaded is not None
    page.chips["lacking"].click()
    assert {row.office_id for row in page._rows} == {row.office_id for row in loaded.matrix.lacking}
    page.chips["renewing"].click()
    assert page._rows == list(loaded.matrix.renewing)
    assert page.empty.isVisible() is not bool(page._rows)
    page.chips["learning"].click()
    assert [row.card.code for row in page._rows] == ["24", "41"]
    assert faults(office) == []


@pytest.mark.long
def test_services_move_past_and_all_of_them_can_be_seen(office: Office) -> None:
    page = opened(office)
    page.which.set_value("every")
    page.which.edited.emit()
    page.table.choose_cell(0, 0)
    QApplication.processEvents()
    seen = [page.table.shown()]
    while page.later.isVisible():
        press(page.table, Key.Key_Left, _ALT)
        QApplication.processEvents()
        seen.append(page.table.shown())
    places_ = {place for each in seen for place in each}
    assert places_ == set(range(len(page._services)))
    assert faults(office) == []


def test_enter_opens_the_people_of_the_cell_and_a_paper_record_waits_for_its_second_word(
    office: Office, tmp_path: Path
) -> None:
    page = opened(office)
    chosen = page.chosen
    assert chosen is not None
    press(page.table, Key.Key_Return)
    QApplication.processEvents()
    people = office.page
    assert isinstance(people, OfficeTrainingPage)
    assert people.rows.rowCount() == len(chosen[0].people)
    assert people.service.value() == chosen[1].code
    assert faults(office) == []
    main(office)
    form = people.form
    assert form is not None
    main(office)
    wrong = {key for key, field in form.fields.items() if field.error()}
    assert wrong == {"people", "on", "by", "scan", "password"}
    assert faults(office) == []
    # What is no day is told as such, not as if nothing stood there.
    form.fields["on"].setFocus()
    type_text(form.fields["on"].control, "1405/13/45")
    main(office)
    assert "را بنویسید" not in str(form.fields["on"].error())
    form.fields["on"].set_value(None)
    form.people.set_value(chosen[0].people)
    form.fields["on"].setFocus()
    type_text(form.fields["on"].control, "1405/08/20")
    form.fields["by"].setFocus()
    type_text(form.fields["by"].control, "مریم شایق")
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(sample_paper()[1])
    scan = act_scans.attach(office.crew.supervisor, [paper])
    form.fields["scan"].set_value(scan.sha256)
    form.fields["password"].set_value("نادرست")
    main(office)
    assert form.fields["password"].error()
    assert publishing.waiting(office.crew.second) == []
    form.fields["password"].set_value(PASSWORD)
    main(office)
    assert people.form is None
    (waits,) = publishing.waiting(office.crew.second)
    assert len(waits.draft.items) == len(chosen[0].people)
    publishing.sign(office.crew.second, waits)
    office.house.municipality.sync()
    people._load()
    assert people.person is not None
    assert set(people.person.records) >= {chosen[1].code}


@pytest.mark.long
def test_who_signs_second_reads_whose_records_they_are_and_sees_their_paper(
    office: Office, tmp_path: Path
) -> None:
    people = next(iter(made_up_offices(MORNING.date()))).people
    paper, seat = tmp_path / "paper.pdf", office.crew.second
    paper.write_bytes(sample_paper()[1])
    scan = act_scans.attach(seat, [paper]).sha256
    act_scans.send(seat, scan)
    ids = [person.staff_id for person in people]
    made = readiness.paper_records(
        seat.desk, ids, ["gas"], on=MORNING.date(), by="مریم شایق", scan=scan
    )
    publishing.prepare(seat, staffing.trainings_draft(made))
    (waits,) = publishing.waiting(office.crew.supervisor)
    office.sit(Role.SUPERVISOR)
    page = office.go(places.Publication(waits.draft.publication))
    wake(office)
    told = [label.text() for label in page.findChildren(Label)]
    assert all(any(person.name in words for words in told) for person in people)
    assert faults(office) == []
    shown = next(b for b in office.window.findChildren(Button) if b.text() == "تصویر کارنامه")
    shown.click()
    QApplication.processEvents()
    assert isinstance(page, PublicationPage)
    assert page.papers.paper.frame.pdf() == registry.scan(seat, scan)


@pytest.mark.long
def test_without_a_line_what_was_typed_stays(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sit(Role.SUPERVISOR)
    trained = next(iter(made_up_offices(MORNING.date())))
    page = office.go(places.OfficeTraining(trained.card.own_id))
    assert isinstance(page, OfficeTrainingPage)
    wake(office)
    page.extend()
    form = page.form
    assert form is not None
    form.people.set_value([one.staff_id for one in trained.people])
    form.fields["until"].setFocus()
    type_text(form.fields["until"].control, "1405/12/01")
    form.fields["password"].set_value(PASSWORD)

    def down(*_: object) -> None:
        raise LineDown("no line")

    monkeypatch.setattr(publishing, "weigh", down)
    main(office)
    assert page.form is form
    assert form.banner.accessibleName().startswith("فرستادن برای امضا به خط نیاز دارد")


@pytest.mark.long
def test_the_workbook_has_every_office_and_service_right_to_left(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(office)
    path = tmp_path / "trained.xlsx"
    monkeypatch.setattr(page, "pick_target", lambda _: path)
    press(office.window, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    with open_workbook(path) as book:
        rows = [[cell_text(cell) for cell in row] for row in book.get_sheet_by_index(0).iter_rows()]
    loaded = page._loaded
    assert loaded is not None
    assert len(rows) == 1 + 40
    assert len(rows[0]) == 4 + len(loaded.matrix.services)
    first = page._rows[0]
    assert rows[1][:2] == [first.card.code, first.card.name]
    assert rows[1].count("ندارد") == len(first.lacking)


@pytest.mark.long
def test_of_five_thousand_offices_two_hundred_stand_at_once_and_all_are_counted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = readiness.city_matrix(office.crew.supervisor.desk)
    rows = tuple(
        replace(row, office_id=f"{row.office_id}-{copy}")
        for copy in range(5_000 // len(known.rows))
        for row in known.rows
    )
    monkeypatch.setattr(readiness, "city_matrix", lambda _: replace(known, rows=rows))
    page = opened(office)
    lacking = sum(bool(row.lacking) for row in rows)
    assert page._chip == "lacking", "of so many only who lacks something"
    assert page.chips["lacking"].accessibleName().endswith(to_persian_digits(lacking))
    assert page.chips["all"].accessibleName().endswith(to_persian_digits(len(rows)))
    model = page.table.model()
    assert model is not None
    assert model.rowCount() == 200
    assert faults(office) == []
    page.more.click()
    assert page.chosen is not None
    assert page.chosen[0] is page._rows[200]
    page.typed.set_value("۱۳")
    page.typed.edited.emit()
    assert {row.card.code for row in page._rows} == {"13"}


@pytest.mark.long
def test_an_expert_looks_and_reminds_nobody(office: Office) -> None:
    page = opened(office, Role.EXPERT)
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "باز کردن"


@pytest.mark.long
def test_former_training_of_many_offices_comes_from_one_sheet(
    office: Office, tmp_path: Path
) -> None:
    page = opened(office)
    made = made_up_offices(MORNING.date())
    rows = [
        (each.card.code, each.people[1].name, "", "clearance", "1405/08/20", "مریم شایق", "")
        for each in made[:3]
    ]
    path = tmp_path / "آموزش.xlsx"
    write_sheet(
        path, TITLE, COLUMNS, [*rows, ("99", "کسی", "", "clearance", "1405/08/20", "م", "")]
    )
    page.pick_sheet = lambda _: path
    page.choose_sheet()
    wake(office)
    form = page.sheet.form
    assert form is not None
    assert page.sheet.isVisible()
    shown = [label.text() for label in form.findChildren(Label)]
    assert any("۳ ردیف تازه از ۳ نفر در ۳ دفتر" in words for words in shown)
    assert any("دفتری با کد ۹۹ نیست" in words for words in shown)
    assert faults(office) == []
    main(office)
    assert {key for key, field in form.fields.items() if field.error()} == {"scan", "password"}
    assert faults(office) == []
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(sample_paper()[1])
    scan = act_scans.attach(office.crew.supervisor, [paper])
    form.fields["scan"].set_value(scan.sha256)
    form.fields["password"].set_value(PASSWORD)
    main(office)
    if not form.reason.isHidden():
        form.fields["reason"].set_value("برابر فهرست دورهٔ آموزشی")
        main(office)
    assert not page.sheet.isVisible()
    (waits,) = publishing.waiting(office.crew.second)
    assert len(waits.draft.items) == len(rows)
    assert faults(office) == []
    pattern = tmp_path / "نمونه.xlsx"
    page.pick_pattern = lambda _: pattern
    page.write_pattern()
    wake(office)
    assert len(read_sheet(pattern, COLUMNS)) == 1

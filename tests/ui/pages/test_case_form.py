"""The case form as a clerk fills it, by keyboard: what is kept, refused, shown at every zoom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import board, drafts, intake
from desktop.actions.desk import Desk
from desktop.actions.intake import FEE
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import strip_isolates
from desktop.domain.service import Service
from desktop.forms.answers import Checked, Filled
from desktop.trial.answering import answer_all
from desktop.trial.hands import Hands
from desktop.ui import places, theme
from desktop.ui.look import Look
from desktop.ui.pages.form import remains
from desktop.ui.pages.form.details import UNCHANGED
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.palette import Theme
from tests.houses import properties_on
from tests.ui.keyboard import paste, press
from tests.ui.layout_check import find_problems
from tests.ui.pages.cases import Line
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import (
    CONTROL,
    LONG,
    TODAY,
    Clerk,
    Key,
    a_form,
    clean_record,
    no_line,
)


def side_words(clerk: Clerk) -> list[str]:
    """What the side panel tells."""
    assert clerk.page.side is not None
    return [each.accessibleName() for each in clerk.page.side.findChildren(QWidget)]


def answer(clerk: Clerk, filled: Filled) -> None:
    """Every field of the service, of whatever kind."""
    hands, details = Hands(clerk.office.window), clerk.body.details
    # A field may come with the answer to another one.
    for _ in range(2):
        empty = [key for key, cell in details.fields.cells.items() if not cell.raw()]
        asked = {key: text for key, text in filled.answers.items() if key in empty}
        answer_all(hands, details.fields.cells, asked)
        hands.enter()


@pytest.fixture
def clerk(kept_office: Office, qtbot: QtBot) -> Clerk:
    """The clerk at an empty form, where nothing is ever registered."""
    return Clerk(kept_office, qtbot)


@pytest.fixture
def fresh_clerk(office: Office, qtbot: QtBot) -> Clerk:
    """The same in an office that has seen nothing yet."""
    return Clerk(office, qtbot)


@pytest.mark.long
def test_enter_goes_through_the_form_to_the_main_button(clerk: Clerk) -> None:
    assert clerk.at() == "party.person_id"
    visited = []
    for _ in range(60):
        clerk.enter()
        focus = QApplication.focusWidget()
        if focus is clerk.page.bar.main:  # type: ignore[union-attr]
            break
        if clerk.at() and clerk.at() not in visited:
            visited.append(clerk.at())
    else:
        raise AssertionError("Enter never came to the main button")
    order = [key for key in clerk.body.cells() if key in visited]
    assert visited == order
    assert {"party.mobile", "property.code", "stage", "unchanged", "document.deed", FEE} <= {
        *visited
    }


@pytest.mark.slow
def test_a_whole_request_is_typed_and_registered(fresh_clerk: Clerk) -> None:
    clerk = fresh_clerk
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    assert clerk.at() == "property.code"
    assert clerk.body.party.is_folded()
    assert "****" in clerk.body.party.summed.words()
    clerk.fill_code(filled)
    clerk.fill_rest(filled)
    clerk.put(FEE, "718204")
    assert clerk.page.panel.remains.sentence() == "آمادهٔ ثبت"
    clerk.register()
    assert isinstance(clerk.office.page.place, places.Outcome)
    view = board.look(clerk.office.house.office.desk, clerk.office.case_id)
    assert view.case is not None
    assert view.case.request.code == filled.code
    assert view.case.request.party.name == clean_record().owners[0].name
    assert not view.case.due_fee("office")
    assert drafts.mine(clerk.office.window.seat) == []


@pytest.mark.long
def test_the_records_fill_and_tint_fields_and_tell_todays_answer(clerk: Clerk) -> None:
    filled = a_form(clerk.office)
    assert "address" in clerk.body.details.fields.cells
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    cells = clerk.body.details.fields.cells
    free = {key for key, cell in cells.items() if cell.is_optional()}
    assert free == {"permit_number", "permit_until"}, "whatever the records know of it"
    assert cells["permit_number"].state() == "records"
    assert cells["permit_number"].raw() == clean_record().last_permit.number  # type: ignore[union-attr]
    assert "address" not in cells
    assert clerk.body.estate.found.words.words().startswith("سابقه یافت شد:")
    told = side_words(clerk)
    assert "پاسخ امروز: پس از خوداظهاری" in told
    clerk.page.jump("unchanged")
    press(clerk.page, Qt.Key.Key_Space)
    clerk.qtbot.waitUntil(lambda: "پاسخ امروز: پاسخ مثبت" in side_words(clerk))
    assert any(words.startswith("سهم در سوابق: ۶ دانگ") for words in told)


def mark(clerk: Clerk) -> str:
    """What the disc of the property shows."""
    return clerk.body.estate.disc.state()


@pytest.mark.long
def test_a_property_is_checked_once_it_is_there_and_nothing_warns_of_it(clerk: Clerk) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    assert mark(clerk) != "done"
    clerk.fill_code(filled)
    clerk.qtbot.waitUntil(lambda: mark(clerk) == "done")
    other = next(
        item.record.plate
        for item in properties_on(TODAY)
        if item.record.plate and item.record.plate != clean_record().plate
    )
    clerk.page.jump("property.plate")
    clerk.body.estate.plate.set_value(f"{other.sub}-{other.main}-{other.section}")
    clerk.body.estate.plate.edited.emit()
    clerk.enter()
    clerk.qtbot.waitUntil(lambda: "دو ملک جدا" in clerk.body.estate.found.words.words())
    assert mark(clerk) == "warned"


@pytest.mark.slow
def test_where_no_property_need_be_named_an_empty_one_is_not_checked(
    kept_office: Office, qtbot: QtBot
) -> None:
    clerk = Clerk(kept_office, qtbot, "excavation")
    assert mark(clerk) == "later"


@pytest.mark.long
def test_land_of_another_city_is_an_amber_part_and_a_negative_answer(clerk: Clerk) -> None:
    clerk.fill_party(a_form(clerk.office))
    clerk.page.jump("property.code")
    paste(clerk.page, "6-1-301-9-1-5-0")
    clerk.enter()
    clerk.qtbot.waitUntil(lambda: "پاسخ امروز: پاسخ منفی" in side_words(clerk))
    assert "پاسخ منفی خواهد بود" in clerk.body.estate.found.words.words()
    assert clerk.body.estate.disc.state() == "warned"
    clerk.page.jump("property.code")
    press(clerk.page, Key.Key_A, CONTROL)
    paste(clerk.page, a_form(clerk.office).code)
    clerk.enter()
    clerk.qtbot.waitUntil(lambda: clerk.body.estate.disc.state() == "done")


@pytest.mark.long
def test_a_bank_is_not_asked_what_it_is(clerk: Clerk) -> None:
    clerk.open("inquiry")
    assert "body_kind" in clerk.body.details.cells()
    clerk.page.jump("applicant")
    clerk.type("بانک")
    clerk.enter()
    assert "body_kind" not in clerk.body.details.cells()


@pytest.mark.long
def test_another_code_frees_what_the_records_filled(clerk: Clerk) -> None:
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.put("permit_number", "ف")
    clerk.fill_code(filled)
    clerk.page.jump("property.code")
    paste(clerk.page, "1-999-1-1-1-0-0")
    clerk.enter()
    clerk.qtbot.waitUntil(lambda: clerk.body.details.record == "none")
    cells = clerk.body.details.fields.cells
    assert cells["permit_number"].raw() == "ف"
    assert cells["permit_number"].state() == ""
    assert {"address", "bounds", "coordinates"} <= cells.keys()
    assert "یافت نشد" in clerk.body.estate.found.words.words()


@pytest.mark.long
def test_fields_come_and_go_with_the_applicant_and_keep_what_was_typed(clerk: Clerk) -> None:
    clerk.put("party.first_name", "فاطمه")
    clerk.page.jump("applicant")
    clerk.type("وکیل")
    clerk.enter()
    assert "party.represented_id" in clerk.body.cells()
    assert "document.power_of_attorney" in clerk.body.cells()
    clerk.put("party.represented_name", "علی زارع")
    clerk.put("poa_office", "27")
    clerk.page.jump("applicant")
    clerk.type("مالک")
    clerk.enter()
    assert "party.represented_id" not in clerk.body.cells()
    assert "poa_office" not in clerk.body.cells()
    assert clerk.body.party.texts()["first_name"] == "فاطمه"
    clerk.page.jump("applicant")
    clerk.type("وکیل")
    clerk.enter()
    assert clerk.body.party.texts()["represented_name"] == "علی زارع"
    assert clerk.body.details.answers()["poa_office"] == "27"


@pytest.mark.long
def test_a_body_is_not_asked_to_declare_for_the_owner(kept_office: Office, qtbot: QtBot) -> None:
    clerk = Clerk(kept_office, qtbot, "inquiry")
    details = clerk.body.details
    details.declared.control.click()  # type: ignore[attr-defined]
    assert "unchanged" in clerk.body.cells()
    for body in ("بانک", "دفترخانه", "اداره"):
        clerk.page.jump("applicant")
        clerk.type(body)
        clerk.enter()
        assert details.declared.isHidden()
        assert "unchanged" not in clerk.body.cells()
        assert clerk.body.filled().unchanged == ""
    clerk.page.jump("applicant")
    clerk.type("مالک")
    clerk.enter()
    assert not details.declared.isHidden()
    assert clerk.body.filled().unchanged == "yes", "what was ticked is kept"


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("party.person_id", "1111111111", "کد ملی"),
        ("party.person_id", "442123456", "۹ رقم"),
        ("party.person_id", "٤٤٢١٢٣٤٥٦", "۹ رقم"),
        ("party.person_id", "۴۴۲۱۲۳۴۵۶", "۹ رقم"),
        ("party.birth", "1405/13/40", "تاریخ تولد"),
        ("party.birth", "1406/01/01", "پیش از امروز"),
        ("party.first_name", "علی🙂", "چاپ نمی‌شود"),
        ("party.first_name", "Ali", "حروف فارسی"),
        ("party.mobile", "12345678901", "همراه"),
        ("report_date", "1405/12/30", "تاریخ گزارش ناظر"),
        ("report_date", "1405/09/13", "امروز یا پیش از آن"),
    ],
)
@pytest.mark.slow
def test_bad_input_is_told_beside_its_field_and_kept(
    kept_office: Office, qtbot: QtBot, key: str, typed: str, words: str
) -> None:
    clerk = Clerk(kept_office, qtbot)
    clerk.page.jump(key)
    paste(clerk.page, typed)
    # What could be whole was left by itself.
    assert not clerk.words(key) or clerk.at() != key
    clerk.enter()
    assert words in clerk.words(key)
    assert clerk.body.cells()[key].raw() != ""  # type: ignore[attr-defined]


@pytest.mark.slow
def test_arabic_letters_and_ten_thousand_characters_are_taken_in(clerk: Clerk) -> None:
    clerk.page.jump("party.last_name")
    paste(clerk.page, "كريمي\u0000\u202e")
    clerk.enter()
    assert clerk.body.party.texts()["last_name"] == "کریمی"
    assert not clerk.words("party.last_name")
    clerk.page.jump("party.address")
    paste(clerk.page, "ا" * 10_000)
    assert len(clerk.body.party.texts()["address"]) == 200


@pytest.mark.slow
def test_after_a_bug_and_after_typing_on_the_main_button_does_its_work(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Filled] = []
    look_over = intake.look_over

    def breaks(*_: object) -> Checked:
        raise RuntimeError

    def types_on(desk: Desk, service: Service, filled: Filled) -> Checked:
        looked.append(filled)
        if len(looked) == 1:
            clerk.body.party.fields.cells["party.father"].set_value("علی")
        return look_over(desk, service, filled)

    with monkeypatch.context() as broken:
        broken.setattr(intake, "look_over", breaks)
        clerk.register()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(intake, "look_over", types_on)
        clerk.register()
    # What is told missing is missing in what stands there now.
    assert [each.party["father"] for each in looked[:2]] == ["", "علی"]
    assert clerk.page.errors.isVisible()


@pytest.mark.slow
def test_the_main_button_pressed_too_early_lists_what_is_missing(clerk: Clerk) -> None:
    clerk.register()
    errors = clerk.page.errors
    assert errors.isVisible()
    assert len(errors.errors()) > 10
    assert QApplication.focusWidget() in errors.links
    clerk.enter()
    assert clerk.at() == errors.errors()[0][0]
    before = len(errors.errors())
    clerk.type("9990001472")
    clerk.enter()
    assert len(errors.errors()) == before - 1


@pytest.mark.long
def test_a_fault_is_told_beside_its_field_and_listed_only_where_the_panel_is_out_of_sight(
    fresh_clerk: Clerk,
) -> None:
    clerk = fresh_clerk
    clerk.register()
    errors = clerk.page.errors
    assert clerk.page.panel.remains.isVisible()
    assert [link.text() for link in errors.links] == ["مورد نخست"]
    told = errors.errors()[0][1]
    assert clerk.words("party.person_id") == told
    assert told in errors.accessibleName(), "who hears the list hears each of them"
    clerk.office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    clerk.register()
    assert not clerk.page.panel.remains.isVisible()
    assert len(errors.links) > 1
    assert told in {link.toolTip() or link.text() for link in errors.links}


@pytest.mark.slow
def test_f7_goes_to_what_is_missing_and_f12_to_the_fee(clerk: Clerk) -> None:
    press(clerk.page, Key.Key_F12)
    assert clerk.at() == FEE
    press(clerk.page, Key.Key_F7)
    assert clerk.at() == "party.person_id"
    press(clerk.page, Key.Key_F7)
    assert clerk.at() == "party.first_name"


@pytest.mark.long
def test_a_second_open_case_is_compared_and_needs_a_reason(fresh_clerk: Clerk) -> None:
    clerk = fresh_clerk
    filled = a_form(clerk.office)
    desk = clerk.office.house.office.desk
    intake.register(clerk.office.crew.clerk, intake.services(desk)["no-violation"], filled)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    double = clerk.body.double
    assert clerk.page.doubled.isVisible()
    clerk.fill_rest(filled)
    clerk.put(FEE, "718204")
    clerk.body.verticalScrollBar().setValue(clerk.body.verticalScrollBar().maximum())
    assert not clerk.page.doubled.visibleRegion().isEmpty(), "nothing scrolls it away"
    clerk.register()
    assert clerk.page.errors.errors()[0][0] == "duplicate"
    clerk.enter()
    assert double.card.isVisible()
    assert clerk.at() == "duplicate"
    clerk.type("درخواست بانک دیگر")
    clerk.enter()
    clerk.register()
    view = board.look(desk, clerk.office.case_id)
    assert view.case is not None
    assert view.case.request.duplicate_reason == "درخواست بانک دیگر"


@pytest.mark.long
def test_a_round_of_sync_while_typing_changes_nothing_typed(clerk: Clerk) -> None:
    clerk.page.jump("party.last_name")
    clerk.type("دهقا")
    clerk.office.house.office.bell.ring()
    QApplication.processEvents()
    clerk.type("ن")
    assert clerk.body.party.texts()["last_name"] == "دهقان"
    assert clerk.at() == "party.last_name"


@pytest.mark.slow
def test_a_place_without_such_a_service_says_so(clerk: Clerk) -> None:
    page = clerk.office.go(places.Form("no-such-service"))
    assert isinstance(page, CaseForm)
    assert page.body is None
    assert page.place == places.Form("no-such-service")


@pytest.mark.parametrize(
    "zoom", [160, *(pytest.param(zoom, marks=pytest.mark.long) for zoom in (90, 110))]
)
@pytest.mark.long
def test_nothing_is_cut_at_any_zoom(office: Office, qtbot: QtBot, zoom: int) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    look = Theme.DARK if zoom == 160 else Theme.LIGHT
    theme.apply(app, look, zoom, motion=False)
    clerk = Clerk(office, qtbot)
    kinds = {
        "no-violation": "attorney",
        "transfer": "company",
        "inquiry": "bank",
        "building-permit": "heir",
        "clearance": "waqf",
    }
    names = ("party.first_name", "party.last_name", "party.father", "party.represented_name")
    long = (
        "سابقه یافت شد: کاربری مسکونی، یزد، شهرک دانشگاه، بلوار شهیدان اشرف، خیابان آیت‌الله "
        "خاتمی، کوچهٔ شهید میرجلیلی، ساختمان پزشکان مهرگان، طبقهٔ چهارم، واحد ۱۲، آخرین بازدید: "
        "۱۴۰۴/۱۲/۰۶"
    )
    for service, kind in kinds.items():
        clerk.open(service)
        clerk.body.estate.say(long)
        clerk.body.party.fill({"applicant": kind} | dict.fromkeys(names, LONG))
        clerk.body.edited.emit("applicant")
        clerk.register()
        qtbot.wait(50)
        # The draft may just have been kept: what tells so takes its place.
        QApplication.processEvents()
        assert office.window.width() == 1366
        assert find_problems(office.window) == []


@pytest.mark.long
def test_without_a_line_the_form_says_so_in_one_line_and_works(fresh_clerk: Clerk) -> None:
    clerk = fresh_clerk
    filled = a_form(clerk.office)
    desk = clerk.office.house.office.desk
    clerk.fill_party(filled)
    seat = clerk.office.window.seat
    clerk.office.window._seat = replace(seat, desk=replace(desk, ask=no_line))
    clerk.open("no-violation")
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    assert "به مرکز وصل نیستیم" in clerk.body.estate.found.words.words()
    assert clerk.body.details.record == "unknown"
    clerk.put("address", "یزد، بلوار طالقانی")
    clerk.put("land_area", "240/5")
    clerk.fill_rest(filled)
    clerk.put(FEE, "718204")
    clerk.register()
    assert isinstance(clerk.office.page.place, places.Outcome)


@pytest.mark.long
def test_a_paper_that_a_gate_reads_is_asked_for_when_it_is_typed(clerk: Clerk) -> None:
    clerk.open("reissue")
    filled = a_form(clerk.office, "reissue")
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    hands = Hands(clerk.office.window)
    fields = clerk.body.details.fields.cells

    def today() -> str:
        return next((words for words in side_words(clerk) if words.startswith("پاسخ امروز")), "")

    answer_all(hands, fields, {"paper": "permit", "paper_number": "9-9999"})
    hands.enter()
    clerk.qtbot.waitUntil(lambda: "بازدید" in today())
    answer_all(hands, fields, {"paper_number": clean_record().permits[-1].number})
    hands.enter()
    clerk.qtbot.waitUntil(lambda: "پاسخ مثبت" in today())


@pytest.mark.long
def test_an_unset_tick_says_nothing_while_the_form_is_not_filled(clerk: Clerk) -> None:
    clerk.open("minor-repairs")
    filled = a_form(clerk.office, "minor-repairs")
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    clerk.qtbot.waitUntil(lambda: "پاسخ امروز: پس از تکمیل فرم" in side_words(clerk))
    answer(clerk, filled)
    clerk.qtbot.waitUntil(lambda: "پاسخ امروز: بررسی کارشناس" in side_words(clerk))
    # Beside the answer stands what asks for it.
    unset = "متقاضی دست نزدن به سازه، سطح و نما را اظهار نکرده است"
    assert f"دلیل: {unset}" in side_words(clerk)
    clerk.page.jump("untouched")
    press(clerk.page, Key.Key_Space)
    clerk.qtbot.waitUntil(lambda: "پاسخ امروز: پاسخ مثبت" in side_words(clerk))
    assert not any(words.startswith("دلیل:") for words in side_words(clerk))


@pytest.mark.long
def test_what_only_the_records_say_is_not_asked_where_there_is_none(clerk: Clerk) -> None:
    clerk.open("demolition")
    filled = a_form(clerk.office, "demolition")
    clerk.fill_party(filled)
    assert "built" not in clerk.body.details.fields.cells
    clerk.fill_code(filled)
    assert clerk.body.details.fields.cells["built"].raw()
    clerk.fill_code(replace(filled, code="5-1-301-27-1-2-0"))
    clerk.qtbot.waitUntil(lambda: clerk.body.details.record == "none")
    assert "built" not in clerk.body.details.fields.cells


@pytest.mark.long
def test_the_folded_summary_hides_the_ids_of_persons(clerk: Clerk) -> None:
    clerk.open("transfer")
    filled = a_form(clerk.office, "transfer")
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    answer(clerk, filled)
    words = strip_isolates(clerk.body.details.summary_words())
    assert "کد ملی طرف معامله: ۹۹۹****۰۷۷" in words


@pytest.mark.long
def test_a_question_that_finds_the_line_cut_tells_the_status_bar_at_once(
    fresh_clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = fresh_clerk
    filled = a_form(clerk.office)
    line = Line(monkeypatch)
    status = clerk.office.window.status.sync
    clerk.office.window.seat.desk.nudge()
    QApplication.processEvents()
    assert status.text() == "متصل"
    line.cut = True
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    QApplication.processEvents()
    assert status.text() == "قطع"
    line.cut = False
    clerk.open("no-violation")
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    QApplication.processEvents()
    assert status.text() == "متصل"


@pytest.mark.long
def test_a_refusal_of_the_store_stands_on_the_page_and_nothing_is_lost(fresh_clerk: Clerk) -> None:
    clerk = fresh_clerk
    filled = a_form(clerk.office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    clerk.fill_rest(filled)
    clerk.put(FEE, "718204")
    kept = clerk.body.kept()
    assert clerk.page.open is not None
    clerk.page.open.refused(Refusals([Refusal("این نام پذیرفته نشد.", field="party.last_name")]))
    assert clerk.words("party.last_name") == "این نام پذیرفته نشد."
    assert clerk.page.errors.errors() == [("party.last_name", "این نام پذیرفته نشد.")]
    assert clerk.body.kept()["party"] == kept["party"]
    clerk.register()
    assert isinstance(clerk.office.page.place, places.Outcome)


@pytest.mark.long
def test_a_missing_tick_is_named_by_its_own_words(clerk: Clerk) -> None:
    clerk.open("demolition")
    key = "neighbour_safety"
    line, *_ = remains.lines(clerk.body, {key: "لازم است"}, {key}, frozenset())
    assert line == (key, "ایمنی بنای همسایه بررسی شده است", "error")
    clerk.open("no-violation")
    line, *_ = remains.lines(clerk.body, {UNCHANGED: "لازم است"}, {UNCHANGED}, frozenset())
    assert line == (UNCHANGED, "خوداظهاری مالک", "error")

"""Objections at their unit: the list, one beside the record, answered and signed by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import intake, objections
from desktop.demo.city import Scenario
from desktop.demo.filling import Asker, fill
from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.people import Applicant, Role
from desktop.domain.property import PropertyRecord
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.objection.forms import CHALLENGE, REJECTED, VISIT, AnswerForm, SignForm
from desktop.ui.pages.objection.listing import ObjectionsPage
from desktop.ui.pages.objection.page import ObjectionPage
from desktop.ui.palette import Theme
from desktop.wire.objections import DebtBody
from tests.houses import MORNING, properties_on
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

pytestmark = pytest.mark.slow
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def owned() -> PropertyRecord:
    return next(
        item.record
        for item in properties_on(MORNING.date())
        if item.scenario is Scenario.CLEAN
        and item.record.owners
        and len(item.record.owners[0].person_id) == 10
    )


def put_in(office: Office, **answers: str) -> Case:
    """An objection to the land's area of a property with a permit, from a case of its own."""
    clerk, record, day = office.crew.clerk, owned(), MORNING.date()
    offered, figures = intake.services(clerk.desk), intake.figures(clerk.desk)
    asker = Asker(Applicant.OWNER, record.owners[0], record, str(record.code))
    first = fill(offered["no-violation"], asker, figures, day)
    fee = intake.FeePayment("terminal", "884201")
    first_id = intake.register(clerk, offered["no-violation"], first, fee).case_id
    service = objections.service_of(clerk.desk)
    assert service is not None
    given = {"contested": "land", "claimed_area": "120.00", "grounds": "سند دیگر است", **answers}
    asker = Asker(
        Applicant.OWNER, record.owners[0], record, str(record.code), answers=given, unchanged=""
    )
    filled = fill(service, asker, figures, day)
    case_id = intake.register(clerk, service, filled, linked_to=first_id).case_id
    for running in (office.house.office, office.house.municipality):
        running.sync()
    return case_now(clerk, case_id)


def opened(office: Office, case: Case, role: Role) -> ObjectionPage:
    office.sit(role)
    wake(office)
    page = office.go(places.Objection(case.case_id))
    assert isinstance(page, ObjectionPage)
    return page


def words_of(page: ObjectionPage) -> str:
    return " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def answer(page: ObjectionPage, **values: object) -> AnswerForm:
    form = page.form
    assert isinstance(form, AnswerForm)
    for key, value in values.items():
        form.fields[key].set_value(value)
        form.fields[key].edited.emit()
    QApplication.processEvents()
    return form


@pytest.mark.long
def test_the_list_leads_to_it_and_so_does_its_case(office: Office) -> None:
    case = put_in(office)
    office.sit(Role.EXPERT)
    wake(office)
    page = office.go(places.Objections())
    assert isinstance(page, ObjectionsPage)
    assert page.table.key() == case.case_id
    assert faults(office) == []
    press(page, Key.Key_Return, CONTROL)
    assert isinstance(office.page, ObjectionPage)
    office.go(places.MunicipalCase(case.case_id))
    assert not isinstance(office.page, MunicipalCasePage)


@pytest.mark.long
def test_it_is_answered_and_the_reply_stands_there_before(office: Office) -> None:
    case, record = put_in(office), owned()
    page = opened(office, case, Role.EXPERT)
    assert faults(office) == []
    form = page.form
    assert isinstance(form, AnswerForm)
    press(page, Key.Key_Return, CONTROL)
    # What lacks is told beside its cause; nothing was sent.
    assert form.errors.isVisible()
    answer(page, value="120", upheld="خطای ورود داده", paper="سند مالکیت", since=MORNING.date())
    said = words_of(page)
    assert "به ۱۲۰٫۰۰ مترمربع" in said
    # What a second person signs is named: nothing else changes.
    assert "برای اصلاح «مساحت عرصه» امضای نفر دوم لازم است" in said
    assert faults(office) == []
    press(page, Key.Key_Return, CONTROL)
    office.house.municipality.sync()
    office.house.office.sync()
    assert record.land > 120
    assert case_now(office.crew.clerk, case.case_id).awaits_second
    wake(office)
    assert page.form is None
    second = opened(office, case, Role.SUPERVISOR)
    signing = second.form
    assert isinstance(signing, SignForm)
    assert faults(office) == []
    signing.word.set_value(CHALLENGE)
    signing.word.edited.emit()
    press(second, Key.Key_Return, CONTROL)
    assert signing.comment.error() is not None
    signing.word.set_value("agree")
    signing.word.edited.emit()
    press(second, Key.Key_Return, CONTROL)
    office.house.municipality.sync()
    office.house.office.sync()
    assert case_now(office.crew.clerk, case.case_id).state is State.ISSUED


@pytest.mark.long
def test_a_half_typed_answer_goes_on_in_the_field_where_it_was_left(office: Office) -> None:
    case = put_in(office)
    form = answer(opened(office, case, Role.EXPERT), upheld="خطای ورود داده")
    form.fields["value"].setFocus()
    type_text(office.window, "12")
    office.go(places.Home())
    page = office.go(places.Objection(case.case_id))
    assert isinstance(page, ObjectionPage)
    wake(office)
    again = page.form
    assert isinstance(again, AnswerForm)
    assert again.fields["upheld"].value() == "خطای ورود داده"
    assert again.fields["value"].hasFocus()
    type_text(office.window, "0")
    assert again.fields["value"].raw() == "120"


def test_an_answer_puts_right_the_levies_that_rest_on_the_area_too(office: Office) -> None:
    page = opened(office, put_in(office), Role.EXPERT)
    loaded, form = page._loaded, page.form
    assert loaded is not None
    assert isinstance(form, AnswerForm)
    record, laid = loaded.seen.told.record, form._about
    assert record is not None
    debts = [
        DebtBody(key=f"debt:{year}:نوسازی:1:2", kind="نوسازی", year=year, total=9_000_000)
        for year in (1402, 1403)
    ]
    owing = record.model_copy(update={"debts": debts})
    case, day = loaded.seen.case, MORNING.date()
    form = AnswerForm(case, laid, owing, loaded.service, loaded.ways, day)
    form.fields["value"].set_value("120")
    also = form.fields["also"]
    also.set_value('[{"which": "debt:1402:نوسازی:1:2"}]')
    for key, value in (("upheld", "خطای ورود داده"), ("paper", "سند مالکیت"), ("since", day)):
        form.fields[key].set_value(value)
    assert form.faults() == [("also", "در هر سطر بدهی و مبلغ درست آن را بنویسید.")]
    also.set_value('[{"which": "debt:1402:نوسازی:1:2", "value": "5000000"}]')
    assert form.faults() == []
    area, levy = form.corrections()
    assert (area.answers(laid.contested), levy.answers(laid.contested)) == (
        "اعتراض به مساحت عرصه",
        "به تبع آن",
    )
    assert "بدهی نوسازی ۱۴۰۲ از ۹٬۰۰۰٬۰۰۰ ریال به ۵٬۰۰۰٬۰۰۰ ریال" in form.reply()
    form.deleteLater()


@pytest.mark.long
def test_a_narrow_page_opens_at_what_is_contested_and_f6_leads_to_the_answer(
    office: Office,
) -> None:
    case = put_in(office)
    office.sit(Role.EXPERT)
    office.window.set_look(Look(Theme.LIGHT, 150, motion=False))
    wake(office)
    page = office.go(places.Objection(case.case_id))
    assert isinstance(page, ObjectionPage)
    QApplication.processEvents()
    assert page.scroller.verticalScrollBar().value() == 0
    assert isinstance(page.form, AnswerForm)
    # What is about to be done is shown before it is done.
    press(page, Key.Key_Return, CONTROL)
    assert not page.form.errors.isVisible()
    page.setFocus()
    press(office.window, Key.Key_F6)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.form.isAncestorOf(focus)
    assert faults(office) == []
    # What one answer lacks is not said of another; a visit is asked for in words.
    press(page, Key.Key_Return, CONTROL)
    assert page.form.errors.isVisible()
    form = answer(page, verdict=VISIT)
    assert not form.errors.isVisible()
    assert "نوبت بازدید" in form.reply()


@pytest.mark.long
def test_a_rejected_one_names_the_next_instance(office: Office) -> None:
    case = put_in(office)
    page = opened(office, case, Role.EXPERT)
    answer(page, verdict=REJECTED)
    answer(page, rejected="سابقه با سند مطابقت دارد", next="renewal-levy")
    assert "مادهٔ ۸" in words_of(page)
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "ثبت پاسخ منفی"
    assert faults(office) == []
    press(page, Key.Key_Return, CONTROL)
    office.house.municipality.sync()
    office.house.office.sync()
    assert case_now(office.crew.clerk, case.case_id).state is State.ISSUED


def test_whoever_has_none_is_told_so(office: Office) -> None:
    office.sit(Role.FINANCE)
    wake(office)
    page = office.go(places.Objections())
    assert isinstance(page, ObjectionsPage)
    assert page.empty.isVisible()
    assert faults(office) == []

"""Letters that have to be looked at again, at the windows: found, recalled, decided, told of."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.centre.doubt_rows import note_property
from desktop.centre.records.overlay import note_ruling
from desktop.demo.following import case_now, deliver, release
from desktop.demo.people import PASSWORD
from desktop.domain.case import Case
from desktop.domain.decision import Outcome
from desktop.domain.identifiers import renewal_code
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.domain.property import LaidRuling
from desktop.domain.recall import Telling, still_to_tell
from desktop.domain.record_words import FileStatus
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.letter.page import LetterPage
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.recalls.forms import DoubtForm, RecallEndForm, RecallForm, TellVoidForm
from desktop.ui.pages.recalls.page import RecallsPage
from desktop.ui.work import Changed
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office, made
from tests.ui.pages.municipal_hands import act, begin, main_words
from tests.ui.pages.seeing import wake

pytestmark = pytest.mark.slow
WHY = "رأی تخریب پس از صدور نامه قطعی شده است."


def handed(office: Office) -> Case:
    """A letter that the applicant has."""

    def is_wanted(case: Case) -> bool:
        asked = case.request
        return case.outcome is Outcome.ANSWER and asked.service == "no-violation"

    case_id = cases.first(office.crew, "no violation", is_wanted).case_id
    release(office.crew, case_now(office.crew.clerk, case_id))
    heard(office)
    for _ in range(2):
        deliver(office.crew, case_now(office.crew.clerk, case_id))
        heard(office)
    return case_now(office.crew.clerk, case_id)


def heard(office: Office) -> None:
    office.house.office.sync()
    office.house.municipality.sync()
    office.house.office.sync()


def ruled(office: Office, case: Case) -> None:
    """A ruling comes to lie on the property's record."""
    ruling = LaidRuling("", "۱۴۰۵/۱۲", FileStatus.DEMOLITION_DUE, 0)
    with office.house.centre.writing() as session:
        note_ruling(session, renewal_code(case.code), ruling, office.window.today())
        note_property(session, renewal_code(case.code))
    office.house.tick()


def said(page: object) -> str:
    labels = page.findChildren(QLabel)  # type: ignore[attr-defined]
    return strip_isolates(" ".join(each.text() for each in labels if each.isVisible()))


def as_case(office: Office) -> MunicipalCasePage:
    made()
    page = office.page
    assert isinstance(page, MunicipalCasePage)
    return page


def test_a_changed_record_leads_from_the_list_to_two_decisions_and_the_office_tells(
    office: Office,
) -> None:
    office.house.tick()
    case = handed(office)
    ruled(office, case)
    held = case.answer
    assert held is not None
    office.sit(Role.EXPERT)
    wake(office)
    page = office.go(places.Recalls())
    assert isinstance(page, RecallsPage)
    assert page.one is not None
    assert (page.one.letter_id, page.one.handed) == (held.letter.letter_id, True)
    page.open_one()
    opened = as_case(office)
    form = opened._main_form
    assert isinstance(form, DoubtForm)
    # What changed stands above the decision, with what the records say of it.
    assert "تخریب" in said(opened)
    act(opened)
    assert set(form.errors.errors()) == {
        ("choice", "یکی از دو تصمیم را برگزینید."),
        ("reason", "دلیل را دست‌کم با ۲۰ نویسه بنویسید."),
        ("password", "گذرواژهٔ خود را وارد کنید."),
    }
    form.choice.set_value("recall")
    form.reason.set_value(WHY)
    form.password.set_value("نادرست")
    act(opened)
    assert form.fields["password"].error()
    form.password.set_value(PASSWORD)
    act(opened)
    heard(office)
    assert case_now(office.crew.clerk, case.case_id).recalled

    # The office: nothing goes on, and it says why.
    office.sit(Role.MANAGER)
    letter = office.go(places.Letter(case.case_id))
    assert isinstance(letter, LetterPage)
    assert letter.now is not None
    assert (letter.now.phase, letter.now.voidable) == ("recalled", False)

    office.sit(Role.SIGNER)
    wake(office)
    page = office.go(places.Recalls())
    assert isinstance(page, RecallsPage)
    # Who only decides of what others recalled begins there.
    assert page.part.value() == "recalled"
    page.open_one()
    opened = as_case(office)
    second = opened._main_form
    assert isinstance(second, RecallEndForm)
    assert WHY in said(opened)
    second.choice.set_value("void")
    second.reason.set_value(WHY)
    second.password.set_value(PASSWORD)
    act(opened)
    heard(office)
    now = case_now(office.crew.clerk, case.case_id)
    assert now.letters[0].voided == WHY

    office.sit(Role.CLERK)
    own = office.go(places.Case(case.case_id))
    assert isinstance(own, CasePage)
    assert "ابطال نامه هنوز اعلام نشده است" in said(own)
    begin(own, "چاپ اعلام ابطال نامه…")
    # PgDn goes through the paper that covers the case.
    assert QApplication.focusWidget() is own.paper.frame
    own.press("Esc")
    begin(own, "ثبت تحویل اعلام…")
    told = own.form
    assert isinstance(told, TellVoidForm)
    told.how.set_value(Telling.IN_PERSON)
    act(own)
    heard(office)
    QApplication.processEvents()
    now = case_now(office.crew.clerk, case.case_id)
    assert still_to_tell(now, now.letters[0]) == ()
    assert "ابطال نامه هنوز اعلام نشده است" not in said(own)


@pytest.mark.long
def test_the_supervisor_recalls_what_no_record_speaks_against_and_another_lifts_it(
    office: Office,
) -> None:
    case = handed(office)
    office.sit(Role.SUPERVISOR)
    wake(office)
    office.go(places.MunicipalCase(case.case_id))
    opened = as_case(office)
    begin(opened, "فراخوان نامه…")
    form = opened.form
    assert isinstance(form, RecallForm)
    form.reason.set_value(WHY)
    form.password.set_value(PASSWORD)
    act(opened)
    heard(office)
    opened.refresh(Changed(sync=True))
    QApplication.processEvents()
    # It is not theirs to decide of.
    assert opened._main_form is None
    assert case_now(office.crew.clerk, case.case_id).recalled
    office.sit(Role.SIGNER)
    wake(office)
    office.go(places.MunicipalCase(case.case_id))
    opened = as_case(office)
    second = opened._main_form
    assert isinstance(second, RecallEndForm)
    assert main_words(opened) == "ثبت تصمیم"
    second.choice.set_value("uphold")
    second.reason.set_value("متقاضی رأی نقض آن را آورده است.")
    second.password.set_value(PASSWORD)
    act(opened)
    heard(office)
    after = case_now(office.crew.clerk, case.case_id)
    assert (after.recalled, after.state) == (False, State.HANDED_OVER)

"""Whose hands are at a case of the municipality: opened, typed, done, and what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions.documents import PaperSource
from desktop.demo.following import book, case_now
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.recommendation import OTHER, Verdict
from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.pages.inspection.ends import MissForm
from desktop.ui.pages.inspection.report_form import ReportForm
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.municipality.queue import MunicipalQueuePage
from desktop.ui.pages.review.condition import Condition
from desktop.ui.pages.review.decision_form import DecisionForm
from desktop.ui.pages.review.page import ReviewPage
from desktop.ui.widgets.button import Button
from tests.papers import picture
from tests.ui.keyboard import press, type_text
from tests.ui.pages import cases
from tests.ui.pages.cases import to_visit
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
REPORT = {
    "time": "930",
    "bound.north": "کوچه",
    "length.north": "12/5",
    "length.east": "19/24",
    "length.south": "12/5",
    "length.west": "19/24",
    "bound.east": "پلاک ۲۹",
    "bound.south": "پلاک ۲۵",
    "bound.west": "کوچه",
    "built": "186",
    "floors": "2",
    "units": "1",
    "lane_width": "8",
    "latitude": "31.8974",
    "longitude": "54.3569",
    "result": "مطابق مدارک",
}


def booked(office: Office) -> Case:
    case = to_visit(office.crew)
    book(office.crew, case)
    # The visit is some days ahead; the inspector reports on that day.
    slot = case_now(office.crew.clerk, case.case_id).slot
    assert slot is not None
    office.clock.moment = office.clock.moment.replace(
        year=slot.day.year, month=slot.day.month, day=slot.day.day
    )
    return case_now(office.crew.clerk, case.case_id)


def in_review(office: Office) -> Case:
    return cases.in_review(office.crew)


def queue(office: Office, role: Role) -> MunicipalQueuePage:
    office.sit(role)
    wake(office)
    page = office.go(places.MunicipalQueue())
    assert isinstance(page, MunicipalQueuePage)
    return page


def opened(office: Office, case: Case, role: Role) -> MunicipalCasePage:
    office.sit(role)
    wake(office)
    page = office.go(places.MunicipalCase(case.case_id))
    assert isinstance(page, MunicipalCasePage)
    return page


def opened_file(office: Office, case: Case) -> ReviewPage:
    """The expert's page of the case, wherever he opens it from."""
    office.sit(Role.EXPERT)
    wake(office)
    office.go(places.MunicipalCase(case.case_id))
    wake(office)
    page = office.page
    assert isinstance(page, ReviewPage)
    return page


def decision_of(page: ReviewPage) -> DecisionForm:
    form = page.main_form
    assert isinstance(form, DecisionForm)
    return form


def say(condition: Condition, verdict: Verdict, words: str = "") -> None:
    """What is said of a condition, cleared for another reason than those of the list."""
    condition.verdict.set_value(verdict.value)
    condition.verdict.edited.emit()
    if verdict is Verdict.CLEARED:
        condition.reason.set_value(OTHER)
        condition.reason.edited.emit()
    condition.note.set_value(words)


def act(page: Page) -> None:
    press(page, Key.Key_Return, CONTROL)
    QApplication.processEvents()


def begin(page: Page, words: str) -> None:
    """Press the button of the action bar that begins with these words; a press has the keys."""
    button = next(b for b in page.window().findChildren(Button) if b.text().startswith(words))
    button.setFocus()
    button.click()
    QApplication.processEvents()


def main_words(page: Page) -> str:
    assert page.bar is not None
    assert page.bar.main is not None
    return page.bar.main.text()


def words(page: Page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def now(office: Office, case: Case) -> Case:
    """The case as the office sees it after its next round of sync."""
    office.house.office.sync()
    return case_now(office.crew.clerk, case.case_id)


def told_missed(form: MissForm, cause: str) -> None:
    """Why nothing was seen, when, and the door."""
    form.cause.set_value(cause)
    form.time.set_value("930")
    form.files.add(form.door, [PaperSource("در.png", partial(picture, 3))])
    QApplication.processEvents()


def filled(
    page: MunicipalCasePage, changes: Mapping[str, str] | None = None, *, photos: bool = True
) -> ReportForm:
    """The report with everything typed that is asked, and its pictures."""
    form = page._main_form
    assert isinstance(form, ReportForm)
    form.fields["condition"].set_value("built")
    form.fields["use"].set_value("مسکونی")
    form.fields["opinion"].set_value("fits")
    form._arrange()
    for key, text in {**REPORT, **(changes or {})}.items():
        form.fields[key].setFocus()
        form.fields[key].set_value("")
        type_text(page, text)
    for row in form.gates.rows:
        row.tick.click()
        type_text(page, "در محل دیده شد")
    if photos:
        sources = [PaperSource(f"{seed}.png", partial(picture, seed)) for seed in (1, 2)]
        form.files.add(form.photos, sources)
        QApplication.processEvents()
    return form

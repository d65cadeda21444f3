"""Other bodies at the windows: asked by the expert, waited for, reminded, answered once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.actions.documents import PaperSource
from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.domain.state import State
from desktop.ui import places
from desktop.ui.pages.case.reply_form import ConsulteeReplyForm
from desktop.ui.pages.consultations.page import ConsultationsPage
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.municipality.consult_forms import ConsultForm, RemindForm
from desktop.ui.pages.review.page import ReviewPage
from desktop.wire.consultations import Part
from tests.papers import picture
from tests.ui.keyboard import press
from tests.ui.pages import case_hands, cases
from tests.ui.pages.conftest import Office
from tests.ui.pages.municipal_hands import (
    act,
    begin,
    decision_of,
    in_review,
    main_words,
    now,
    opened_file,
    words,
)
from tests.ui.pages.seeing import wake

Key = Qt.Key
HERITAGE = "میراث فرهنگی استان یزد"
TRAFFIC = "معاونت حمل‌ونقل و ترافیک"
QUESTION = "آیا نمای ساختمان با ضوابط بافت تاریخی می‌خواند؟"


def fill(office: Office, form: ConsulteeReplyForm, case: Case) -> None:
    """A reply that agrees, as it stands on paper, with its scan."""
    form.kind.set_value("agreed")
    form.number.set_value("۱۲/۳۴")
    form.dated.set_value(office.window.today())
    form.to_number.set_value(case.awaited[0].numbers[-1])
    form.files.add(form.scan, [PaperSource("پاسخ.png", partial(picture, 3))])
    QApplication.processEvents()


def shown(field: QWidget) -> list[str]:
    """The words of the labels that show."""
    return [label.text() for label in field.findChildren(QLabel) if label.isVisible()]


@pytest.mark.slow
def test_the_expert_asks_the_case_waits_and_the_reply_brings_it_back(office: Office) -> None:
    case = in_review(office)
    asking = opened_file(office, case)
    begin(asking, "استعلام…")
    form = asking.form
    assert isinstance(form, ConsultForm)
    act(asking)
    # Without a question nothing is written.
    assert form.fields["question"].error() == "بنویسید از مرجع چه پرسیده می‌شود؛ در نامه می‌آید."
    form.consultee.set_value(HERITAGE)
    form.question.set_value(QUESTION)
    act(asking)
    after = now(office, case)
    assert (after.state, after.awaited[0].sent.question) == (State.CONSULTING, QUESTION)
    page = office.page
    assert isinstance(page, MunicipalCasePage)
    replying = page._main_form
    assert isinstance(replying, ConsulteeReplyForm)
    assert main_words(page) == "ثبت پاسخ"
    act(page)
    for key in ("kind", "number", "dated", "to_number"):
        assert replying.fields[key].error(), key
    assert "اختیاری" in shown(replying.words)
    replying.kind.set_value("conditional")
    replying.kind.edited.emit()
    assert "اختیاری" not in shown(replying.words)
    act(page)
    assert replying.words.error() == "بنویسید موافقت مشروط با چه شرط یا به چه دلیل است."
    fill(office, replying, after)
    replying.to_number.set_value("1405/999")
    act(page)
    error = replying.fields["to_number"].error() or ""
    assert "نامهٔ دیگری است" in error
    fill(office, replying, after)
    act(page)
    assert now(office, case).state is State.IN_REVIEW
    wake(office)
    deciding = office.page
    assert isinstance(deciding, ReviewPage)
    assert decision_of(deciding).isVisible()
    assert "میراث فرهنگی استان یزد: موافقت" in strip_isolates(words(deciding))


@pytest.mark.long
def test_the_counter_says_for_whom_it_waits_and_takes_in_what_the_citizen_brings(
    office: Office,
) -> None:
    case = cases.consulting(office.crew, HERITAGE, TRAFFIC)
    office.house.office.sync()
    page = case_hands.opened(office, case)
    told = strip_isolates(case_hands.words(page))
    assert "در انتظار پاسخ ۲ مرجع" in told
    assert "معاونت حمل‌ونقل و ترافیک از ۳ آذر، نامهٔ ۱۴۰۵/" in told
    begin(page, "پاسخ مرجع…")
    form = page.form
    assert isinstance(form, ConsulteeReplyForm)
    # Of traffic the counter takes nothing in: only heritage lets citizens bring its reply.
    assert form.which is None
    assert form.chosen.sent.consultee == HERITAGE
    fill(office, form, case)
    form.to_number.set_value(form.chosen.numbers[0])
    case_hands.act(page)
    office.house.office.sync()
    after = case_now(office.crew.clerk, case.case_id)
    assert [each.sent.consultee for each in after.awaited] == [TRAFFIC]
    assert not page.can_begin(ConsulteeReplyForm.name)


@pytest.mark.long
def test_the_units_list_opens_the_case_reminds_and_prints(office: Office) -> None:
    case = cases.consulting(office.crew, HERITAGE)
    asked = case.awaited[0]
    days = (asked.reply_by - office.window.today()).days + 1
    office.clock.moment += timedelta(days=days)
    office.house.tick()
    office.sit(Role.SUPERVISOR)
    page = office.go(places.Consultations("late"))
    assert isinstance(page, ConsultationsPage)
    chosen = page.chosen
    assert chosen is not None
    assert (chosen.consultee, chosen.late) == (HERITAGE, True)
    begin(page, "یادآوری…")
    assert isinstance(page.form, RemindForm)
    act(page)
    office.house.municipality.sync()
    page.press("F5")
    QApplication.processEvents()
    # It has a new day: it is late no more, and stands among those that are awaited.
    assert page.frame.isHidden()
    page.part.set_value("open")
    page.part.edited.emit()
    QApplication.processEvents()
    assert page.chosen is not None
    assert (page.chosen.late, page.chosen.reminders) == (False, 1)
    page.press("F8")
    QApplication.processEvents()
    assert page.on_paper()
    press(page, Key.Key_Escape)
    page.press("Esc")
    page.open_case()
    assert office.page.place == places.MunicipalCase(case.case_id)


@pytest.mark.long
def test_without_a_line_the_list_says_of_when_it_is(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = cases.Line(monkeypatch)
    office.sit(Role.EXPERT)
    wake(office)
    page = office.go(places.Consultations())
    assert isinstance(page, ConsultationsPage)
    assert page.empties[Part.OPEN].isVisible()
    line.cut = True
    page.press("F5")
    QApplication.processEvents()
    assert page.fault.isVisible()
    told = " ".join(label.text() for label in page.fault.findChildren(QLabel))
    assert "آنچه می‌بینید از" in told

"""«سایه‌بان», a service of its file alone: at the counter, at the expert's, in the log."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.actions import intake
from desktop.centre.reference import publication
from desktop.demo.filling import Asker, fill
from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.known import rows_of
from desktop.domain.people import Applicant
from desktop.domain.persian import strip_isolates
from desktop.domain.recommendation import Verdict
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.forms.blocks import expand
from desktop.ui.pages.review.case_file import REQUEST
from desktop.ui.standing.outcome import shown_at_hand_over, who_takes
from desktop.ui.widgets.inputs.rows_input import RowsInput
from tests.awning import OWED, ROWS, YEARS, offer
from tests.forms.test_worked_out import asked
from tests.plain_service import NAME, plain_text
from tests.ui.keyboard import paste, press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import TODAY, Clerk, clean_record
from tests.ui.pages.municipal_hands import act, decision_of, now, opened_file, say

pytestmark = pytest.mark.slow


def registered(office: Office) -> Case:
    """A tenant's request, as the clerk would put it in."""
    offer(office.house)
    desk, record = office.house.office.desk, clean_record()
    service, answers = intake.services(desk)["awning"], {"years": YEARS, "awnings": ROWS}
    asker = Asker(Applicant.TENANT, record.owners[0], record, str(record.code), answers)
    filled = fill(service, asker, intake.figures(desk), TODAY)
    done = intake.register(office.crew.clerk, service, filled, intake.FeePayment("terminal", "718"))
    return case_of(office, done.case_id)


def case_of(office: Office, case_id: str) -> Case:
    return case_now(office.crew.clerk, case_id)


def test_rows_and_their_sums_are_worked_out_while_the_clerk_types(
    office: Office, qtbot: QtBot
) -> None:
    offer(office.house)
    clerk = Clerk(office, qtbot, "awning")
    details = clerk.body.details
    assert "street_rate" not in details.fields.cells, "the expert's own"
    clerk.page.jump("awnings")
    table = details.fields.cells["awnings"].control
    assert isinstance(table, RowsInput)
    for text in ("پارچه", "3.20", "1.10"):
        type_text(clerk.page, text)
        press(clerk.page, Qt.Key.Key_Return)
        if text == "پارچه":
            press(clerk.page, Qt.Key.Key_Return)
    QApplication.processEvents()
    (row,) = rows_of(table.value())
    assert (row["surface"], row["price"]) == ("3.52", "635360")
    shown = [table.rows.index(0, column).data() for column in (3, 4)]
    assert shown == ["۳٫۵۲", "۶۳۵٬۳۶۰"]
    cells = details.fields.cells
    assert (cells["surface"].raw(), cells["yearly"].raw()) == ("3.52", "635360")
    # Whole Rial on screen as it is kept: never a hundred times as much.
    assert cells["yearly"].control.text() == "۶۳۵٬۳۶۰"  # type: ignore[attr-defined]
    assert cells["yearly"].control.state() == "readonly"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("standing", "begins"),
    [
        pytest.param(Applicant.TENANT, "سابقه یافت شد؛ جزئیات", marks=pytest.mark.long),
        pytest.param(Applicant.SHOPKEEPER, "سابقه یافت شد؛ جزئیات", marks=pytest.mark.long),
        (Applicant.OWNER, "سابقه یافت شد، اما این شخص"),
    ],
)
def test_only_who_must_own_is_warned_that_he_does_not(
    office: Office, qtbot: QtBot, standing: Applicant, begins: str
) -> None:
    offer(office.house)
    clerk = Clerk(office, qtbot, "awning")
    chosen = clerk.body.party.fields.cells["applicant"].control
    chosen.set_value(standing.value)  # type: ignore[attr-defined]
    chosen.edited.emit()  # type: ignore[attr-defined]
    clerk.put("party.person_id", "4420000015")
    clerk.page.jump("property.code")
    paste(clerk.page, str(clean_record().code))
    clerk.enter()
    qtbot.waitUntil(lambda: not clerk.body.estate.found.isHidden())
    assert clerk.body.estate.found.words.words().startswith(begins)


def test_a_tenant_is_asked_for_his_lease_and_never_called_the_owner(office: Office) -> None:
    case = registered(office)
    assert shown_at_hand_over(case) == "با دیدن اصل اجاره‌نامه و کارت ملی"
    assert who_takes(case.request.applicant) == "به مستأجر یا وکیل"
    assert who_takes(Applicant.BANK) == "به نمایندهٔ مرجع"
    assert who_takes(Applicant.ATTORNEY) == "به وکیل"


@pytest.mark.long
def test_the_expert_enters_the_value_and_the_sum_is_asked(office: Office) -> None:
    case = registered(office)
    assert case.state is State.IN_REVIEW
    page = opened_file(office, case)
    form = decision_of(page)
    # What waits for the value is no condition to be ticked away.
    assert [each.gate for each in form.conditions] == ["expert"]
    assert list(form.values.cells) == ["street_rate"]
    say(form.conditions[0], Verdict.CLEARED, "در محل دیده شد")
    act(page)
    field = form.values.cells["street_rate"]
    assert field.error() == "ضریب معبر (درصد) را وارد کنید."
    for text, words in (("49", "دست‌کم ۵۰"), ("120", "")):
        field.setFocus()
        field.set_value("")
        type_text(page, text)
        assert field.error() is None, "typing takes the error away"
        if words:
            act(page)
            assert words in (field.error() or "")
    act(page)
    after = now(office, case)
    assert (after.state, after.entered) == (State.PAY_DUE, {"street_rate": "120"})
    assert [owed.amount for owed in after.unpaid] == [OWED]


@pytest.mark.long
def test_the_log_and_the_form_tell_what_the_expert_entered(office: Office) -> None:
    case = registered(office)
    page = opened_file(office, case)
    form = decision_of(page)
    say(form.conditions[0], Verdict.CLEARED, "در محل دیده شد")
    form.values.cells["street_rate"].setFocus()
    type_text(page, "120")
    act(page)
    told = {label.text() for label in page.file.timeline.findChildren(QLabel)}
    assert "ضریب معبر (درصد): ۱۲۰. در محل دیده شد" in {strip_isolates(text) for text in told}
    page.file.open(REQUEST)
    told = {label.text() for label in page.file.request.findChildren(QLabel)}
    assert {"ضریب معبر (درصد)", "۱۲۰"} <= {strip_isolates(text) for text in told}


def test_a_sum_that_can_not_be_is_told_beside_itself(office: Office, qtbot: QtBot) -> None:
    text = plain_text(asked("money", "(length - 100) * 1000"))
    fact = publication(Topic.SERVICE, "plain", TODAY, expand(text, NAME).text)
    office.house.put_in_force([fact])
    clerk = Clerk(office, qtbot, "plain")
    clerk.put("length", "10")
    clerk.register()
    assert clerk.words("given").startswith("حاصل از صفر کمتر می‌شود؛")
    clerk.put("length", "112.5")
    cell = clerk.body.details.fields.cells["given"]
    assert (cell.error(), cell.raw()) == (None, "12500")

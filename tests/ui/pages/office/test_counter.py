"""A counter's own test request: found, tried, printed, told; another kind of office needs none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import counter_test, intake, offices, registry, staffing
from desktop.actions.agency import conversion, lacks_test
from desktop.centre.offices import id_of, office_with
from desktop.domain.conversion import ConversionStep
from desktop.domain.errors import Refusal
from desktop.domain.office import OfficeKind
from desktop.domain.people import Role
from desktop.domain.training import Training, TrainingWay
from desktop.ui import places
from desktop.ui.pages.conversion.counter import CounterTestPage, FaultForm
from desktop.ui.pages.home.page import Home
from desktop.ui.widgets.lists.rows import ListRow
from tests.agency import PAPERS, become, paper
from tests.delegated import ACT, TODAY, TOMORROW, hand_over, put
from tests.reports.reading import text_of
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.office.hands import told, town_of, write_in
from tests.ui.pages.seeing import faults, wake
from tests.ui.spooler import Spooler

pytestmark = pytest.mark.slow
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def agency(office: Office) -> Office:
    """The demo's office as a کارگزاری whose path has begun."""
    town_of(office)
    with office.house.centre.reading() as session:
        card = office_with(session, id_of(session, "21")).on(TOMORROW)
    agency = replace(card, kind=OfficeKind.AGENCY, name="دفتر کارگزاری ۲۱")
    become(office.house.centre, agency, TOMORROW)
    office.clock.moment += timedelta(days=1)
    office.house.municipality.sync()
    office.house.office.sync()
    registry.record_step(office.crew.supervisor, "21", paper(ConversionStep.APPLICATION))
    return office


def handed_over(agency: Office) -> None:
    """A service is handed over to the office, since today."""
    hand_over(town_of(agency), since=TOMORROW + timedelta(days=1))
    agency.clock.moment += timedelta(days=1)
    agency.house.office.sync()


def opened(office: Office) -> CounterTestPage:
    page = office.go(places.CounterTest())
    assert isinstance(page, CounterTestPage)
    return page


def run(office: Office) -> None:
    press(office.window, Key.Key_Return, CONTROL)
    QApplication.processEvents()


def row(office: Office) -> ListRow | None:
    side = office.page.side
    assert side is not None
    rows = side.findChildren(ListRow)
    return next((r for r in rows if "آزمایشی" in r.accessibleName()), None)


def test_it_is_found_at_home_printed_and_told_right(
    agency: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spooler = Spooler(tmp_path, monkeypatch)
    handed_over(agency)
    agency.sit(Role.CLERK)
    wake(agency)
    assert isinstance(agency.page, Home)
    waits = row(agency)
    assert waits is not None
    waits.click()
    QApplication.processEvents()
    page = agency.page
    assert isinstance(page, CounterTestPage)
    assert "باجهٔ ۲ هنوز آزموده نشده است" in told(page)
    assert faults(agency) == []
    run(agency)
    assert page.on_paper()
    run(agency)
    (sheet,) = spooler.jobs()
    assert {"نامهٔ", "آزمایشی", "اعتباری", "پیش‌بررسی"} <= {*text_of(sheet)}
    run(agency)
    assert not page.on_paper()
    assert faults(agency) == []
    run(agency)
    assert "باجهٔ ۲ درست است" in told(page)
    assert not lacks_test(agency.crew.clerk)
    state = conversion(agency.crew.supervisor, "21")
    (test,) = [each for each in state.steps if each.done.step is ConversionStep.TEST]
    assert (test.name, test.done.number) == ("زهرا فلاح", "clearance")
    assert test.done.until is not None
    agency.go(places.Home())
    assert row(agency) is None


@pytest.mark.long
def test_nobody_says_that_a_service_was_tried_which_the_centre_was_not_asked(
    agency: Office,
) -> None:
    clerk = agency.crew.clerk
    assert counter_test.attempt(clerk) is None
    handed_over(agency)
    made_up = counter_test.Tried("clearance", "عدم خلاف", TOMORROW)
    with pytest.raises(Refusal, match="به مرکز نرسیده است"):
        counter_test.record(clerk, tried=made_up)
    tried = counter_test.attempt(clerk)
    assert tried is not None
    agency.clock.moment += timedelta(hours=2)
    with pytest.raises(Refusal, match="به مرکز نرسیده است"):
        counter_test.record(clerk, tried=tried)
    counter_test.attempt(clerk)
    counter_test.record(clerk, tried=tried)


@pytest.mark.long
def test_what_was_wrong_is_told_in_words_and_tried_again(agency: Office) -> None:
    agency.sit(Role.MANAGER)
    wake(agency)
    page = opened(agency)
    page.begin(FaultForm.name)
    assert isinstance(page.form, FaultForm)
    run(agency)
    assert page.form.fields["fault"].error()
    write_in(page, page.form, "fault", "کاغذ در چاپگر نبود")
    run(agency)
    assert page.form is None
    assert "باجهٔ ۲ درست نبود" in told(page)
    assert "کاغذ در چاپگر نبود" in told(page)
    assert lacks_test(agency.crew.clerk)
    assert faults(agency) == []


def test_an_office_that_is_no_agency_needs_none(office: Office) -> None:
    office.sit(Role.CLERK)
    wake(office)
    assert row(office) is None
    page = opened(office)
    assert "این دفتر کارگزاری نیست" in told(page)
    assert not page.can_begin(FaultForm.name)


@pytest.mark.long
def test_an_office_reads_and_prints_its_own_minutes(agency: Office) -> None:
    counter_test.record(agency.crew.clerk)
    clerk = agency.crew.clerk
    service = intake.services(clerk.desk)["clearance"]
    record = Training(
        clerk.staff.staff_id, service.code, service.version, TODAY, "مریم شایق",
        TrainingWay.PAPER, scan=ACT.scan,
    )  # fmt: skip
    put(town_of(agency), staffing.trainings_draft([record]))
    for step in PAPERS:
        registry.record_step(agency.crew.supervisor, "21", paper(step))
    card = replace(
        offices.offices(agency.crew.supervisor.desk)["21"], kind=OfficeKind.COUNTER, code="7225"
    )
    put(town_of(agency), offices.office_draft([(card, TOMORROW + timedelta(days=1))]))
    assert counter_test.concerns(agency.crew.clerk.desk)
    agency.sit(Role.MANAGER)
    wake(agency)
    page = opened(agency)
    run(agency)
    assert page.on_paper()
    assert page.paper.frame.pdf().startswith(b"%PDF")
    press(agency.window, Key.Key_Escape)
    assert faults(agency) == []

"""What happened is said to who hears the window: once, and nothing breaks where nobody listens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.ui import announcing, places
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.pages.outcome.page import OutcomePage
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.told.banner import ErrorList
from desktop.ui.widgets.told.status import SyncItem
from desktop.ui.widgets.told.toast import Toast
from desktop.ui.work import EVERYTHING
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a reader is told, in its order."""
    told: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            told.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    announcing.forget()
    announcing.forget("status")
    QAccessible.setActive(True)
    yield told
    QAccessible.setActive(False)


@pytest.mark.long
def test_a_refusal_is_said_once_however_often_the_page_is_drawn(
    office: Office, heard: list[str]
) -> None:
    case = cases.refused(office.crew)
    assert case.state is State.ISSUED
    office.sit(Role.CLERK)
    page = office.go(places.Outcome(case.case_id))
    assert isinstance(page, OutcomePage)
    refused = [words for words in heard if words.startswith("پاسخ منفی آماده شد")]
    assert len(refused) == 1
    page._drawn = None
    page.refresh(EVERYTHING)
    QApplication.processEvents()
    assert [words for words in heard if words.startswith("پاسخ منفی آماده شد")] == refused
    # Who comes back to it hears it again.
    office.go(places.Queue())
    office.go(places.Outcome(case.case_id))
    assert heard.count(refused[0]) == 2


@pytest.mark.slow
def test_the_page_that_opens_says_where_one_is(office: Office, heard: list[str]) -> None:
    office.sit(Role.CLERK)
    office.go(places.Outbox())
    assert heard[-1] == "در صف ارسال"


@pytest.mark.slow
def test_what_an_empty_form_lacks_is_said_whole(office: Office, heard: list[str]) -> None:
    office.sit(Role.CLERK)
    form = office.go(places.Form("no-violation"))
    assert isinstance(form, CaseForm)
    form.register()
    QApplication.processEvents()
    lacks = [words for words in heard if "مورد را اصلاح کنید" in words]
    assert len(lacks) == 1
    assert "؛" in lacks[0]


@pytest.mark.long
def test_a_wrong_password_is_said_in_the_field(office: Office, heard: list[str]) -> None:
    office.window.activateWindow()
    office.window.sign_in.begin("زهرا فلاح")
    office.window.sign_in.password.set_value("نادرست")
    office.window.sign_in.go()
    QApplication.processEvents()
    wrong = [words for words in heard if words.startswith("گذرواژه، خطا: ")]
    assert len(wrong) == 1


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """A window of its own for what stands in one."""
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 300)
    host.show()
    return host


def test_what_is_done_twice_is_told_twice(host: QWidget, heard: list[str]) -> None:
    toast = Toast(host, QWidget(host))
    toast.tell("پیش‌نویس پاک شد", "بازگردانی")
    toast.tell("پیش‌نویس پاک شد", "بازگردانی")
    assert heard == ["پیش‌نویس پاک شد بازگردانی"] * 2


def test_a_line_that_is_cut_is_told_and_numbers_are_not(qtbot: QtBot, heard: list[str]) -> None:
    item = SyncItem()
    qtbot.addWidget(item)
    for count in "۱۲۳":
        item.tell(f"{count} در صف ارسال", "cloud-upload", "pay", "waiting")
    item.tell("قطع، ۳ در صف ارسال", "wifi-off", "neutral", "cut")
    item.tell("متصل", "circle-check", "ok", "online")
    assert heard == ["۱ در صف ارسال", "قطع، ۳ در صف ارسال", "متصل"]


def test_the_same_faults_are_said_anew_once_they_were_mended(
    host: QWidget, heard: list[str]
) -> None:
    errors = ErrorList()
    errors.setParent(host)
    for faults in ([("a", "نام را وارد کنید.")], [], [("a", "نام را وارد کنید.")]):
        errors.set_errors(faults)
    assert heard == ["۱ مورد را اصلاح کنید: نام را وارد کنید."] * 2


def test_a_fault_of_another_field_waits_until_the_keys_are_there(
    host: QWidget, heard: list[str]
) -> None:
    field = FormField("نام", TextLine())
    field.setParent(host)
    field.show()
    field.set_error("نام را وارد کنید.")
    assert heard == []
    assert field.control.accessibleDescription() == "خطا: نام را وارد کنید."
    field.set_error(None)
    host.activateWindow()
    field.control.setFocus(Qt.FocusReason.TabFocusReason)
    field.set_error("نام را وارد کنید.")
    assert heard == ["نام، خطا: نام را وارد کنید."]


def test_nothing_breaks_where_nobody_listens(host: QWidget, heard: list[str]) -> None:
    QAccessible.setActive(False)
    toast = Toast(host, QWidget(host))
    toast.tell("پیش‌نویس پاک شد")
    assert toast.isVisible()
    assert heard == []

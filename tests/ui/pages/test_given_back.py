"""A form that is closed gives back what it held, however often one is opened (findings: memory)."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from desktop.domain.people import Role
from desktop.trial.memory import resident_mb
from desktop.ui.pages.form.body import FormBody
from desktop.ui.pages.form.page import CaseForm
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office

_FIRST, _MORE = 2, 3
_WARM, _SIXTY, _MOST_MB = 10, 60, 5
# Of all services excavation asks the most fields.
_LARGEST = Qt.Key.Key_7


def _open_and_close(office: Office, times: int, service: Qt.Key = Qt.Key.Key_1) -> None:
    for _ in range(times):
        press(office.window, Qt.Key.Key_F2)
        press(office.window, service)
        QApplication.processEvents()
        assert isinstance(office.page, CaseForm)
        press(office.window, Qt.Key.Key_Escape)
        QApplication.processEvents()
        # No loop runs here that would delete what was left.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _held() -> tuple[int, int]:
    """How many forms are alive, and how many widgets: of this window and of those before it."""
    gc.collect()
    forms = sum(isinstance(each, CaseForm | FormBody) for each in gc.get_objects())
    return forms, len(QApplication.allWidgets())


@pytest.mark.long
def test_forms_that_were_closed_are_gone(office: Office) -> None:
    office.sit(Role.CLERK)
    others, _ = _held()
    _open_and_close(office, _FIRST)
    forms, widgets = _held()
    _open_and_close(office, _MORE)
    assert _held() == (forms, widgets)
    assert forms - others <= 2


@pytest.mark.long
@pytest.mark.timeout(600)
def test_sixty_of_the_largest_form_leave_five_megabytes_at_the_most(office: Office) -> None:
    office.sit(Role.CLERK)
    others, _ = _held()
    _open_and_close(office, _WARM, _LARGEST)
    _held()
    before = resident_mb()
    _open_and_close(office, _SIXTY, _LARGEST)
    forms, _ = _held()
    # The last one may still be on its way out.
    assert forms - others <= 2
    assert resident_mb() - before <= _MOST_MB

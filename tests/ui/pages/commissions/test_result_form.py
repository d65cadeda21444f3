"""The form of a ruling names whom it can be served on, as far as that is known."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.known import rows_of
from desktop.domain.people import Applicant
from desktop.ui.pages.commissions.forms import ResultForm
from tests.domain.test_ruled_upon import DEAD, HEIR, at_session
from tests.domain.walked import TODAY


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        (Applicant.OWNER, HEIR),
        (Applicant.HEIR, HEIR),
        (Applicant.ATTORNEY, DEAD.person_id),
        (Applicant.GUARDIAN, DEAD.person_id),
    ],
)
def test_of_a_dead_owner_the_heir_who_asks_is_named(
    qtbot: QtBot, kind: Applicant, named: str
) -> None:
    form = ResultForm(at_session(kind), TODAY)
    qtbot.addWidget(form)
    assert [row["id"] for row in rows_of(str(form.against.value()))] == [named]

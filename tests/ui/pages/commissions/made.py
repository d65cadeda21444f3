"""Cases on their way through a commission, and every form of one as it comes to stand."""

from __future__ import annotations

from collections.abc import Callable

from desktop.actions import board, commissions
from desktop.actions.commissions import Ruling
from desktop.domain.case import Case
from desktop.domain.ruling import FIRST, Ruled, RulingKind
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.commissions.fine_form import FineForm
from desktop.ui.pages.commissions.forms import (
    AgendaForm,
    CommissionForm,
    FinalForm,
    ResultForm,
)
from desktop.ui.pages.commissions.service_forms import ObjectionForm, ServeForm
from desktop.ui.pages.commissions.session_form import SessionForm
from tests.houses import MORNING
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office

TODAY = MORNING.date()
OTHER = Ruled("مهدی امامی", "0084575948")


def shown(office: Office, case: Case) -> Case:
    """The case as the expert sees it."""
    return board.municipal_case(office.crew.expert, case.case_id)[0]


def in_session(office: Office, session: str = "31") -> Case:
    """A case on the agenda of today's session of Article 100."""
    expert, case = office.crew.expert, shown(office, cases.in_review(office.crew))
    commissions.send(expert, case, "100", "بنای بی‌پروانه")
    commissions.put_on_agenda(expert, shown(office, case), session, TODAY)
    return shown(office, case)


def first_ruling(office: Office, *others: Ruled) -> Case:
    """A case whose first ruling, a fine, is to be served on who asked and on others."""
    case = in_session(office)
    against = (Ruled(case.request.party.name, case.request.party.person_id), *others)
    fined = Ruling(RulingKind.FINE, "100/77", TODAY, against, FIRST, fine=48_500_000)
    commissions.rule(office.crew.expert, case, fined)
    office.house.office.sync()
    return shown(office, case)


COMMISSION_FORMS: dict[type[ActForm], Callable[[Office], ActForm]] = {
    CommissionForm: lambda office: CommissionForm(shown(office, cases.in_review(office.crew))),
    AgendaForm: lambda office: AgendaForm(shown(office, cases.in_review(office.crew)), TODAY),
    SessionForm: lambda _: SessionForm(3, TODAY),
    ResultForm: lambda office: ResultForm(in_session(office), TODAY),
    ServeForm: lambda office: ServeForm(first_ruling(office, OTHER), TODAY),
    ObjectionForm: lambda office: ObjectionForm(first_ruling(office, OTHER), TODAY),
    FinalForm: lambda office: FinalForm(first_ruling(office), TODAY),
    FineForm: lambda office: FineForm(shown(office, cases.in_review(office.crew)), TODAY),
}

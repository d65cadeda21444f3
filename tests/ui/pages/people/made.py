"""Every form of the people's page, as it comes to stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.actions import people
from desktop.actions.people import Person, Staffing
from desktop.actions.people_sheet import PeopleRead
from desktop.domain.act import Act
from desktop.domain.errors import Refusal
from desktop.domain.signer import Signed
from desktop.domain.staffing import Authority, Leave
from desktop.domain.stop import Stop, Stopped
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.people.authority_forms import AuthorityForm, NoAuthorityForm
from desktop.ui.pages.people.door_forms import LiftForm, SlipForm, StopForm, UnlockForm
from desktop.ui.pages.people.sheet_form import SheetForm
from desktop.ui.pages.people.sign_form import SignForm
from desktop.ui.pages.people.signer_form import SignerForm
from desktop.ui.pages.people.term_forms import (
    AddForm,
    LeaveForm,
    NoLeaveForm,
    TakeBackForm,
    TermForm,
)
from tests.houses import MORNING
from tests.ui.pages.conftest import Office
from tests.ui.pages.office.made import waiting

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
_SHEET = Path("کارکنان.xlsx")


def known(office: Office) -> Staffing:
    """The staff as the municipality's desk knows them: who may choose most in every form."""
    seat = office.crew.supervisor
    return people.load(seat, people.ask(seat))


def clerk(office: Office) -> Person:
    """Somebody at the counter."""
    staff = office.crew.clerk.staff.staff_id
    return next(each for each in known(office).people if each.staff == staff)


def suspended(person: Person) -> Stop:
    """His suspension since yesterday."""
    since: datetime = MORNING.astimezone(UTC) - timedelta(days=1)
    act = Act("۸۸", TODAY, "شهردار")
    return Stop(Stopped.PERSON, person.staff, since, "گزارش بازرسی", act)


def _authority(office: Office) -> ActForm:
    return AuthorityForm(office.crew.supervisor, clerk(office), known(office))


def _no_authority(office: Office) -> ActForm:
    person = clerk(office)
    given = [Authority(person.staff, "clearance", TODAY + timedelta(days=9), ())]
    return NoAuthorityForm(office.crew.supervisor, person, given, "مفاصاحساب", TODAY)


def _no_leave(office: Office) -> ActForm:
    leave = Leave(TOMORROW, TOMORROW)
    return NoLeaveForm(office.crew.supervisor, clerk(office), leave, TODAY)


def _lift(office: Office) -> ActForm:
    person = clerk(office)
    return LiftForm(office.window, person, suspended(person), TODAY)


def _sheet(office: Office) -> ActForm:
    read = PeopleRead((), (), (Refusal("ردیف ۲: کد ملی نادرست است."),))
    return SheetForm(office.crew.supervisor, _SHEET, read, TODAY)


PEOPLE_FORMS: dict[type[ActForm], Callable[[Office], ActForm]] = {
    AddForm: lambda office: AddForm(office.crew.supervisor, known(office), "21"),
    TermForm: lambda office: TermForm(office.crew.supervisor, clerk(office), known(office)),
    LeaveForm: lambda office: LeaveForm(office.crew.supervisor, clerk(office), known(office)),
    NoLeaveForm: _no_leave,
    TakeBackForm: lambda office: TakeBackForm(clerk(office), waiting(office)),
    AuthorityForm: _authority,
    NoAuthorityForm: _no_authority,
    # Of one whose national id nobody has told.
    SlipForm: lambda office: SlipForm([replace(clerk(office), masked_id="")], known(office)),
    UnlockForm: lambda office: UnlockForm(clerk(office)),
    StopForm: lambda office: StopForm(office.window, clerk(office), TODAY),
    LiftForm: _lift,
    SheetForm: _sheet,
    SignForm: lambda office: SignForm(waiting(office)),
    SignerForm: lambda office: SignerForm(office.crew.supervisor, [*Signed][0], known(office)),
}

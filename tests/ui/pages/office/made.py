"""Every form of an office's card and of a conversion, as it comes to stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop.actions import conversions, office_card, registry
from desktop.actions.conversions import ConversionLook
from desktop.actions.heirs import OpenCases
from desktop.actions.office_card import OfficeLook
from desktop.domain.act import Act
from desktop.domain.conversion import ConversionStep
from desktop.domain.office import OfficeKind
from desktop.domain.stop import Stop, Stopped
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.conversion.counter import FaultForm
from desktop.ui.pages.conversion.forms import (
    BackForm,
    DeclineForm,
    MinutesForm,
    SecondForm,
    StepForm,
)
from desktop.ui.pages.office.days_form import DaysForm
from desktop.ui.pages.office.desk_forms import EnrolForm, RevokeForm
from desktop.ui.pages.office.forms import EditForm, LiftForm, StopBackForm, StopForm
from desktop.ui.pages.office.heir_form import HeirForm
from desktop.wire.publishing import PublicationBody, SignatureBody, ToldBody
from desktop.wire.registry import OfficeBody
from desktop.wire.services import VersionState
from tests.houses import MORNING
from tests.ui.pages.conftest import Office

TODAY = MORNING.date()
NOW = MORNING.astimezone(UTC)


def look(office: Office) -> OfficeLook:
    return office_card.look(office.crew.supervisor.desk, "21")


def at_work(office: Office) -> OfficeBody:
    (told,) = registry.at_work(office.crew.supervisor, "21").offices
    return told


def path(office: Office) -> ConversionLook:
    return conversions.look(office.crew.supervisor, "21")


def waiting(office: Office) -> PublicationBody:
    card = replace(look(office).card, code="7225", kind=OfficeKind.COUNTER)
    return PublicationBody(
        draft=conversions.conversion_draft(card, TODAY + timedelta(days=1)),
        told=ToldBody(changes=[], effects=[], keep=0),
        prepared=SignatureBody(
            actor="hamid-mirjalili", name="حمید میرجلیلی", reason="", at=NOW, signature=""
        ),
        state=VersionState.WAITING,
    )


def stopped() -> Stop:
    since: datetime = NOW - timedelta(days=1)
    return Stop(Stopped.OFFICE, "21", since, "گزارش بازرسی", Act("۸۸", TODAY, "شهردار"))


def open_cases() -> OpenCases:
    """Of two services; one office can take them over."""
    return OpenCases({"پایان کار": 4, "عدم خلاف": 8}, {"41": "دفتر ۴۱"}, None, "", {}, "")


OFFICE_FORMS: dict[type[ActForm], Callable[[Office], ActForm]] = {
    EditForm: lambda office: EditForm(office.window, look(office), TODAY),
    DaysForm: lambda office: DaysForm(look(office), TODAY),
    StopForm: lambda office: StopForm(office.window, look(office), 2, TODAY),
    HeirForm: lambda office: HeirForm(office.window, "21", open_cases(), TODAY),
    StopBackForm: lambda _: StopBackForm(stopped()),
    LiftForm: lambda office: LiftForm(office.window, stopped(), TODAY),
    EnrolForm: lambda office: EnrolForm(look(office).card, at_work(office).people),
    RevokeForm: lambda office: RevokeForm(at_work(office).desks[0]),
    StepForm: lambda office: StepForm(office.window, "21", ConversionStep.LICENCE, TODAY),
    MinutesForm: lambda office: MinutesForm(path(office), TODAY),
    SecondForm: lambda office: SecondForm(waiting(office), own=False),
    DeclineForm: lambda office: DeclineForm(waiting(office)),
    BackForm: lambda _: BackForm("21", TODAY + timedelta(days=1)),
    FaultForm: lambda _: FaultForm(2),
}

"""The tour of a case that another office took: how it stands, and a copy of its letter on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.actions import intake
from desktop.centre.reference import publication
from desktop.demo.city import make_city
from desktop.demo.filling import fill
from desktop.demo.following import Crew, case_now, release
from desktop.demo.offices import MadeUpOffice
from desktop.demo.people import PASSWORD
from desktop.demo.requests import requests
from desktop.domain.case import Case
from desktop.domain.office import FIRST_DAY
from desktop.domain.people import Role, Staff
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.domain.training import Training, TrainingWay
from desktop.forms.published_values import value_text
from desktop.trial.colleague import Colleague, at_work
from desktop.trial.stage import PROPERTIES, SEED, Stage
from desktop.ui import places
from desktop.ui.pages.elsewhere.page import ElsewherePage

_REASON = "بانک نسخهٔ دیگری می‌خواهد."


def play(stage: Stage, crew: Crew, office: MadeUpOffice) -> Iterator[str]:
    """A letter that the office stamped is copied at the house's own, asked by keys alone."""
    staff = _staff(stage, office)
    with (
        TemporaryDirectory() as folder,
        at_work(stage.house, Path(folder), office.card, *staff) as (clerk, manager),
    ):
        case = _stamped(crew.but(clerk=clerk.seat, manager=manager.seat), clerk, stage)
    stage.sit(Role.MANAGER)
    stage.go(places.Elsewhere())
    stage.shoot("elsewhere-empty")
    hands = stage.hands
    hands.type(case.request.tracking)
    hands.press("Tab")
    hands.type("0012345679")
    hands.press("Enter")
    stage.shoot("elsewhere-wrong-id")
    yield "an id that is not the applicant's"
    stage.go(places.Elsewhere(case.request.tracking))
    hands.type(case.request.party.person_id)
    hands.press("Enter")
    stage.shoot("elsewhere-case")
    hands.press("Ctrl+Enter")
    page = stage.page
    if not isinstance(page, ElsewherePage) or page.form is None:
        raise RuntimeError("no copy can be asked for")
    hands.type(_REASON)
    hands.go_to(page.form.fields["password"].control)
    hands.type(PASSWORD)
    stage.shoot("elsewhere-copy")
    hands.press("Ctrl+Enter")
    stage.shoot("elsewhere-printed")
    stage.album.paper(stage.take_print(), "elsewhere-copy", stage.about(""))
    yield "a copy of another office's letter"


def _staff(stage: Stage, office: MadeUpOffice) -> tuple[Staff, Staff]:
    """A clerk and a manager of that office at the tour's desk, trained for all services."""
    manager, clerk = (
        replace(each, staff_id=f"{each.staff_id}-beside") for each in office.people[:2]
    )
    records = [
        Training(clerk.staff_id, each.code, each.version, FIRST_DAY, "", TrainingWay.PAPER)
        for each in intake.services(stage.house.office.desk).values()
    ]
    stage.house.put_in_force(
        publication(Topic.TRAINING, each.key, FIRST_DAY, value_text(each)) for each in records
    )
    return clerk, manager


def _stamped(there: Crew, clerk: Colleague, stage: Stage) -> Case:
    """A case that the office took and answered at once, its letter stamped."""
    desk, today = clerk.seat.desk, stage.clock.moment.date()
    services, figures = intake.services(desk), intake.figures(desk)
    city = make_city(PROPERTIES, SEED, today)
    for number, (service, asker) in enumerate(requests(city, services, figures, SEED + 22)):
        fee = intake.FeePayment("terminal", f"{640_000 + number}")
        done = intake.register(there.clerk, service, fill(service, asker, figures, today), fee)
        clerk.sync()
        case = case_now(there.clerk, done.case_id)
        if case.state is State.ISSUED:
            release(there, case)
            clerk.sync()
            return case_now(there.clerk, done.case_id)
    raise LookupError("no request was answered at once")

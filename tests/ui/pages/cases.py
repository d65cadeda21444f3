"""Cases for the pages' tests, registered as the demo's clerk would, until one is as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import pytest

from desktop.actions import board, consultations, intake
from desktop.demo.filling import Asker, fill
from desktop.demo.following import Crew, case_now
from desktop.demo.requests import requests
from desktop.domain.case import Case
from desktop.domain.decision import Outcome
from desktop.domain.errors import LineDown
from desktop.domain.people import Applicant
from desktop.domain.service import Service
from desktop.domain.state import State
from desktop.forms.answers import Filled
from desktop.premises.open import OwnCentre
from desktop.wire.link import Reply, SignedRequest
from tests.houses import properties_on

_MOST = 150


def registered(crew: Crew, *, fee: bool = True, seed: int = 7, since: int = 0) -> Iterator[Case]:
    """Endless cases in the mix of the city, each as it stands right after its registration.

    `since` leaves out so many of the requests, which are the same in every test.
    """
    desk = crew.clerk.desk
    services, figures = intake.services(desk), intake.figures(desk)
    with desk.store.reading() as session:
        today = desk.today(session)
    source = requests(properties_on(today), services, figures, seed)
    for number, (service, asker) in islice(enumerate(source), since, None):
        paid = intake.FeePayment("terminal", f"{7000 + number}") if fee else None
        done = intake.register(crew.clerk, service, fill(service, asker, figures, today), paid)
        yield case_now(crew.clerk, done.case_id)


# Which of the requests is as wanted: where it was last, and what the tests of this run have found.
_found = {"to visit": 3, "owing 1": 60, "owing 2": 89, "in review": 6}


def first(crew: Crew, name: str, wanted: Callable[[Case], bool], *, fee: bool = True) -> Case:
    """The first case that is as wanted; `name` says what for, so that it is sought only once."""
    for since in dict.fromkeys((_found.get(name, 0), 0)):
        for number, case in enumerate(registered(crew, fee=fee, since=since), since):
            if wanted(case):
                _found[name] = number
                return case
            if number > _MOST:
                break
    raise LookupError(f"no case {name} among the first requests")


def answered(crew: Crew, but: str = "") -> Case:
    """A case with an instant positive answer; of a person, and another than who has that id."""

    def is_wanted(case: Case) -> bool:
        persons = case.request.party.persons
        another = not but or (persons and but not in persons)
        return case.outcome is Outcome.ANSWER and bool(another)

    return first(crew, f"answered but {but}" if but else "answered", is_wanted)


def owing(crew: Crew, count: int = 1) -> Case:
    """A case that owes at least so many sums."""

    def owes(case: Case) -> bool:
        return case.state is State.PAY_DUE and len(case.owed) >= count

    return first(crew, f"owing {count}", owes)


def to_visit(crew: Crew) -> Case:
    """A case that needs a visit, its fee not taken yet."""
    return first(crew, "to visit", lambda case: case.state is State.VISIT_DUE)


def unpaid(crew: Crew) -> Case:
    """A case whose fee was not taken yet."""
    return first(crew, "unpaid", lambda case: case.state is State.FEE_DUE, fee=False)


def in_review(crew: Crew) -> Case:
    """A case that waits for the expert."""
    return first(crew, "in review", lambda case: case.state is State.IN_REVIEW)


def held(crew: Crew) -> Iterator[tuple[Service, Filled]]:
    """Forms of owners whose property is held, by a court mostly."""
    desk = crew.clerk.desk
    services, figures = intake.services(desk), intake.figures(desk)
    with desk.store.reading() as session:
        today = desk.today(session)
    service = services["no-violation"]
    for item in properties_on(today):
        record = item.record
        if not record.owners or len(record.owners[0].person_id) != 10 or not record.holds:
            continue
        asker = Asker(Applicant.OWNER, record.owners[0], record, str(record.code))
        yield service, fill(service, asker, figures, today)


def refused(crew: Crew) -> Case:
    """A case that the records refuse: the property is held by a court."""
    for service, filled in held(crew):
        fee = intake.FeePayment("terminal", "5150")
        done = intake.register(crew.clerk, service, filled, fee)
        case = case_now(crew.clerk, done.case_id)
        if case.outcome is Outcome.REFUSE:
            return case
    raise LookupError("no held property in the demo city")


def long_named(crew: Crew) -> Case:
    """A case of somebody with as long a name as people have."""
    desk = crew.clerk.desk
    services, figures = intake.services(desk), intake.figures(desk)
    with desk.store.reading() as session:
        today = desk.today(session)
    service, asker = next(requests(properties_on(today), services, figures, seed=11))
    owner = replace(
        asker.owner,
        first_name="سید محمدرضا",
        last_name="موسوی‌نژاد میرجلیلی طباطبایی یزدی",
    )
    asker = replace(asker, applicant=Applicant.OWNER, owner=owner)
    filled = fill(service, asker, figures, today)
    done = intake.register(crew.clerk, service, filled, intake.FeePayment("terminal", "6160"))
    return case_now(crew.clerk, done.case_id)


class Line:
    """The line to the centre, cut and joined again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cut = False
        whole = OwnCentre.call

        def call(link: OwnCentre, request: SignedRequest) -> Reply:
            if self.cut:
                raise LineDown
            return whole(link, request)

        monkeypatch.setattr(OwnCentre, "call", call)


def consulting(crew: Crew, *bodies: str) -> Case:
    """A case for which these other bodies are asked, as the expert's desk sees it."""
    case = in_review(crew)
    for body in bodies:
        shown, _ = board.municipal_case(crew.expert, case.case_id)
        consultations.consult(crew.expert, shown, body, "آیا ساخت در دو طبقه بی‌مانع است؟")
    return board.municipal_case(crew.expert, case.case_id)[0]

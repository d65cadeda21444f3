"""Open cases that another office finishes: out of one stream, whole into another, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.actions import delegations, payments, review
from desktop.centre.counting import counted
from desktop.centre.streams import load_case
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, deliver, release, step
from desktop.domain.case import Case
from desktop.domain.papers import Defect
from desktop.domain.state import State
from desktop.store import view
from tests.delegated import TODAY, announce, hand_over, put
from tests.heirs import Heir, open_heir
from tests.town import Town, every_link

LAST = TODAY + timedelta(days=3)
HEIR = "41"
VISITED = "no-violation"


@pytest.fixture
def heir(town: Town, tmp_path: Path) -> Iterator[Heir]:
    """The other office, which answers for the same services from tomorrow on."""
    made = open_heir(announce(town), tmp_path / "heir", HEIR)
    yield made
    made.running.close()


def ends(town: Town, heir: str = HEIR, services: tuple[str, ...] = ("clearance", VISITED)) -> None:
    """The services are taken from office 21 after the last day, its open cases go to the heir."""
    told = hand_over(town, since=TODAY + timedelta(days=1), offices=["21", heir], services=services)
    until = LAST + timedelta(days=1)
    ended = [replace(one, since=until, withdrawn=True, heir=heir) for one in told[: len(services)]]
    put(town, delegations.delegation_draft(ended))


def at(town: Town, day: date) -> None:
    """It is the morning of that day."""
    town.clock.moment += day - town.clock.moment.date()


def seen(heir: Heir, case_id: str) -> tuple[Case, Case]:
    """The case as the heir sees it and as the centre has it."""
    with heir.town.house.centre.reading() as session:
        case = load_case(session, case_id)
    assert case is not None
    return case_now(heir.crew.clerk, case_id), case


def finish(heir: Heir, case_id: str) -> Case:
    """The heir takes the case to the letter in the citizen's hand."""
    crew = heir.crew
    while (case := case_now(crew.clerk, case_id)).state is not State.HANDED_OVER:
        match case.state:
            case State.FEE_DUE:
                slip = f"{next(heir.town.slips)}"
                payments.pay_fee(crew.clerk, case, "office", "terminal", slip)
            case State.RETURNED:
                review.amend(crew.clerk, case_id, {"party.mobile": "09131112233"})
            case _:
                step(crew, case, heir.town.clock.moment)
        heir.hear()
    return case


def in_fee_due(town: Town) -> str:
    return town.register(town.record(Scenario.CLEAN, 1), pay=False)


def in_pay_due(town: Town) -> str:
    return town.register(town.record(Scenario.DEBT))


def in_returned(town: Town) -> str:
    case_id = town.register(town.record(Scenario.CLEAN, 2), pay=False)
    review.lack_documents(
        town.crew.clerk, case_id, "", (Defect("سند", "خوانا نیست", "تصویر خوانا بیاورید"),)
    )
    return case_id


def in_review(town: Town) -> str:
    return town.register(town.record(Scenario.DEED), VISITED)


def in_visit_due(town: Town) -> str:
    return town.register(town.record(Scenario.OLD_VISIT), VISITED)


def in_booked(town: Town) -> str:
    case_id = town.register(town.record(Scenario.OLD_VISIT, 1), VISITED)
    step(town.crew, case_now(town.crew.clerk, case_id), town.clock.moment)
    return case_id


def in_issued(town: Town) -> str:
    return town.register(town.record(Scenario.CLEAN, 3))


def in_released(town: Town) -> str:
    case_id = town.register(town.record(Scenario.CLEAN, 4))
    release(town.crew, case_now(town.crew.clerk, case_id))
    return case_id


def in_printed(town: Town) -> str:
    case_id = in_released(town)
    deliver(town.crew, case_now(town.crew.clerk, case_id))
    return case_id


STAGES: dict[State | str, Callable[[Town], str]] = {
    State.FEE_DUE: in_fee_due,
    State.PAY_DUE: in_pay_due,
    State.RETURNED: in_returned,
    State.IN_REVIEW: in_review,
    State.VISIT_DUE: in_visit_due,
    State.BOOKED: in_booked,
    State.ISSUED: in_issued,
    State.RELEASED: in_released,
}


@every_link
def test_each_open_case_is_finished_at_the_heir(town: Town, heir: Heir) -> None:
    ends(town)
    at(town, LAST)
    town.house.office.sync()
    cases = {state: begin(town) for state, begin in STAGES.items()}
    before = {case_id: case_now(town.crew.clerk, case_id) for case_id in cases.values()}
    assert {state: before[case_id].state for state, case_id in cases.items()} == {
        state: state for state in STAGES
    }
    at(town, LAST + timedelta(days=1))
    heir.hear()
    for case_id, was in before.items():
        here, centres = seen(heir, case_id)
        assert here == centres
        # It goes on as it stood, and its clock runs on.
        assert (here.state, here.due_on) == (was.state, was.due_on)
        assert here.letters == was.letters
        gone = case_now(town.crew.clerk, case_id)
        assert (gone.state, gone.passed and gone.passed.code) == (State.PASSED_ON, HEIR)
    for case_id, was in before.items():
        done = finish(heir, case_id)
        assert done.answer is not None
        issued = done.answer.letter.number.split("/")[1]
        assert issued == ("21" if was.answer else HEIR)
    assert counted(town.house.centre)["held"] == 0
    for running in (town.house.office, heir.running):
        with running.desk.store.reading() as session:
            assert not view.differing(session, running.desk.reference.setting_for)

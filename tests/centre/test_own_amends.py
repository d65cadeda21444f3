"""What a desk sent before is no conflict with what it sends next; what others sent is."""

from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from desktop.actions import board, counter_acts, letters
from desktop.centre.conflicts import Overtaken, demand_fresh
from desktop.centre.counting import counted
from desktop.centre.tables import CommandRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.errors import Refusal
from desktop.domain.people import Role, Staff
from desktop.domain.state import State
from desktop.domain.stream import Fact
from desktop.trial.counters import Act, new_counter
from tests.houses import MORNING
from tests.town import Town

OWN, OTHER = "desk-1", "desk-2"
CLERK, COLLEAGUE = "sara", "reza"


def _never() -> None:
    return


def mobile(town: Town, case_id: str) -> str:
    """The phone as the case has it at the desk."""
    return case_now(town.crew.clerk, case_id).request.party.mobile


@pytest.mark.slow
def test_a_second_amend_of_a_field_without_a_line_stands(town: Town) -> None:
    case_id = town.register(town.record(Scenario.DEED), "no-violation")
    running = town.house.office
    ring, running.bell.ring = running.bell.ring, _never
    counter_acts.amend(town.crew.clerk, case_id, {"party.mobile": "09130000001"})
    counter_acts.amend(town.crew.clerk, case_id, {"party.mobile": "09130000002"})
    # A colleague at this desk has seen both.
    counter_acts.amend(town.crew.manager, case_id, {"party.mobile": "09130000003"})
    running.bell.ring = ring
    assert running.sync().well
    assert board.items(running.desk) == []
    assert mobile(town, case_id) == "09130000003"


@pytest.mark.slow
def test_what_no_form_asks_is_refused_and_holds_nothing_up(town: Town) -> None:
    """A desk that is no longer ours: the case goes on, with the heir of a stopped office too."""
    counter = new_counter(town.house.centre, "31")
    acts = counter.register(town.record(Scenario.DEED))
    counter.push(*acts)
    case_id = acts[0].case_id
    strange = {"party.nope": "x"}, {"party.kind": "x"}, {"party.mobile": "12"}, {"nope": "x"}
    for changes in strange:
        counter.push(Act(case_id, c.Amend(changes)))
    counter.push(Act(case_id, c.Amend({"party.mobile": "09130000001"})))
    figures = counted(town.house.centre)
    assert (figures["held"], figures["refused"]) == (0, 4)
    assert counter.case(case_id).request.party.mobile == "09130000001"


@pytest.mark.slow
def test_a_letter_is_stamped_after_the_desk_s_own_amend_without_a_line(town: Town) -> None:
    case_id = town.register(town.record(Scenario.DEBT), "clearance")
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.PAY_DUE
    debt = case.letters[-1]
    running = town.house.office
    ring, running.bell.ring = running.bell.ring, _never
    counter_acts.amend(town.crew.clerk, case_id, {"party.mobile": "09130000001"})
    letters.release(town.crew.manager, case_id, debt.letter, PASSWORD)
    running.bell.ring = ring
    assert running.sync().well
    assert board.items(running.desk) == []
    assert case_now(town.crew.clerk, case_id).letters[-1].release is not None


def _command(payload: c.Payload, seq: int = 9) -> c.Command:
    return c.Command(
        command_id=f"command-{seq}",
        case_id="case",
        device_id=OWN,
        device_seq=seq,
        actor=CLERK,
        base_rev=3,
        made_at=MORNING,
        payload=payload,
    )


def _amended(rev: int, value: str, actor: str = CLERK) -> Fact:
    return Fact(
        fact_id=f"fact-{rev}",
        stream="office:21",
        pos=rev,
        case_id="case",
        rev=rev,
        cause=f"amend-{rev}",
        actor=actor,
        actor_name="",
        at=MORNING,
        payload=f.Amended({"party.mobile": value}, ()),
    )


def _came(session: Session, fact: Fact, device: str, seq: int) -> Fact:
    """The command of that fact, as the centre keeps it."""
    session.execute(
        insert(CommandRow).values(
            device_id=device,
            device_seq=seq,
            command_id=fact.cause,
            case_id=fact.case_id,
            kind=c.Amend.kind,
            state="done",
            received_at=MORNING,
            canon="",
            hash="",
        )
    )
    return fact


DECISIONS = [
    c.ClearGates({"heritage": "دیده شد"}),
    c.RefuseCase(("خلاف ضوابط",)),
    c.SendToCommission("100", "پارکینگ"),
    c.ReleaseLetter("letter", "00", 2, "21", MORNING.date()),
]
SEATED = Staff("zahra-fallah", "زهرا فلاح", Role.CLERK, "21")
AMEND = c.Amend({"party.mobile": "09130000009"})


@pytest.mark.slow
@pytest.mark.parametrize("payload", [*DECISIONS, AMEND], ids=lambda payload: str(payload.kind))
def test_only_what_was_sent_before_from_the_same_desk_was_on_its_screen(
    payload: c.Payload, small_town: Town
) -> None:
    with small_town.house.centre.writing() as session:
        own = _came(session, _amended(4, "09130000001"), OWN, 8)
        later = _came(session, _amended(5, "09130000002"), OWN, 10)
        others = _came(session, _amended(6, "09130000003", COLLEAGUE), OTHER, 4)
        demand_fresh(session, _command(payload), SEATED, [own])
        for facts in ([later], [others], [own, others]):
            with pytest.raises(Refusal):
                demand_fresh(session, _command(payload), SEATED, facts)


def test_the_value_that_stands_now_decides(small_town: Town) -> None:
    command = _command(AMEND)
    with small_town.house.centre.writing() as session:
        others = _came(session, _amended(4, "09130000001", COLLEAGUE), OTHER, 4)
        own = _came(session, _amended(5, "09130000001"), OWN, 8)
        # Ours came after theirs and was taken: it said the same, and is what was on the screen.
        demand_fresh(session, command, SEATED, [others, own])


def test_what_the_same_person_did_at_another_desk_is_no_colleague_s(small_town: Town) -> None:
    with small_town.house.centre.writing() as session:
        elsewhere = _came(session, _amended(4, "09130000001"), OTHER, 4)
        with pytest.raises(Overtaken, match="خود شما در باجهٔ دیگری") as told:
            demand_fresh(session, _command(AMEND), SEATED, [elsewhere])
    assert (told.value.mine, told.value.theirs) == ("09130000009", "09130000001")

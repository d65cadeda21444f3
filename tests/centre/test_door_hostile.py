"""Malformed bodies of every call, and acts that say what can't be: told, never a bug."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.actions import (
    board,
    commissions,
    counter_acts,
    letters,
    payments,
    reviewing,
    visits,
)
from desktop.actions.access import Confirmed
from desktop.actions.desk import Seat
from desktop.centre.tables import CommandRow, DeviceRow
from desktop.chance import new_id
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, visited_on
from desktop.domain.commands import BookVisit, PayFee
from desktop.domain.identifiers import tracking_code
from desktop.domain.request import Payment, Slot
from desktop.premises.desks import Running
from desktop.store import outbox
from desktop.wire import arrival, calls, link
from desktop.wire.canon import canon
from desktop.wire.codec import acted
from tests.actions.test_visits import seen
from tests.centre.calling import Caller, code_of
from tests.centre.hostile import Known, demand_told, known_to, spoilt
from tests.figures import ANSWERS
from tests.houses import MORNING
from tests.sizes import size
from tests.town import Town

both_ways = pytest.mark.parametrize(
    "town", ["postgresql", pytest.param("bouncer", marks=pytest.mark.full)], indirect=True
)
MANY = {HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large}
DAY = MORNING.date()
EACH = settings(deadline=None, derandomize=True, suppress_health_check=MANY, database=None)
# What was signed is not declined any more; of the made-up records nothing is kept to be lifted.
# No office is stopped, whose cases would go elsewhere; nobody proposed what a letter could be of,
# and no visit was moved whose people could be called.
REFUSED = {
    "/v1/decline-publication", "/v1/records/lift", "/v1/heir", "/v1/stop-wholly", "/v1/bulletin",
    "/v1/draft-letter", "/v1/visit-called", "/v1/recovery", "/v1/give-back",
}  # fmt: skip
# Of each call.
MANY_BODIES = size(40, 135)


def demand_all_told(known: Known, examples: int) -> None:
    """Malformed bodies of each call in turn, so many of each, none a bug of the centre's."""
    for path in known.bodies:
        settings(EACH, max_examples=examples)(given(st.data())(asking(known, path)))()


def asking(known: Known, path: str) -> Callable[[st.DataObject], None]:
    """Asks with the body spoilt, signed by its people again, or with any bytes."""

    def ask(data: st.DataObject) -> None:
        kind = data.draw(st.integers(0, 4), label="as JSON")
        if kind:
            body = spoilt(data, known.bodies[path], well=kind > 2)
            text = json.dumps(known.signed(path, body)).encode()
        else:
            text = data.draw(st.binary(max_size=60), label="bytes")
        demand_told(path, known.ask(path, text))

    return ask


@pytest.mark.slow
def test_malformed_bodies_of_every_call_are_told_so(town: Town, tmp_path: Path) -> None:
    """SQLite keeps without a word what PostgreSQL would not."""
    known = known_to(town, tmp_path)
    assert set(known.bodies) == {call.path for call in calls.ALL}
    demand_all_told(known, 3)


@pytest.mark.long
@pytest.mark.timeout(1200)
@both_ways
def test_thousands_of_malformed_bodies_meet_no_bug(
    town: Town, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Three thousand; ten in full."""
    known = known_to(town, tmp_path)
    demand_all_told(known, MANY_BODIES)
    assert known.told.total() >= size(2_900, 10_000)
    record_property(ANSWERS, dict(known.told))


@pytest.mark.slow
def test_a_body_as_it_is_sent_is_answered(small_town: Town, tmp_path: Path) -> None:
    """All else that is said of spoilt ones would say nothing."""
    known = known_to(small_town, tmp_path)
    told = {}
    for path, body in known.bodies.items():
        reply = known.ask(path, json.dumps(body).encode())
        if reply.status != link.OK:
            told[path] = reply.body.decode()
    assert set(told) == REFUSED, told


@dataclass
class Scene:
    """A town in which every act of these is lawful next, and the acts, not sent."""

    town: Town
    texts: list[tuple[Seat, Running, dict[str, Any]]] = field(default_factory=list)
    callers: dict[str, Caller] = field(default_factory=dict)

    def silent(self, seat: Seat, running: Running, act: Callable[[], object]) -> None:
        """Do it at the desk, and keep what it would send."""
        with running.desk.store.reading() as session:
            before, _ = outbox.head(session)
        ring, running.bell.ring = running.bell.ring, lambda: None
        act()
        running.bell.ring = ring
        with running.desk.store.reading() as session:
            for text in outbox.after(session, before, 9):
                self.texts.append((seat, running, json.loads(text)))

    def caller(self, running: Running) -> Caller:
        """Who signs as that desk."""
        name = "office" if running is self.town.house.office else "municipality"
        return self.callers.setdefault(name, Caller(self.town, running))


def scene_of(town: Town) -> Scene:
    """Cases that wait for each act; the acts are made last, as nothing is sent after them."""
    scene, crew = Scene(town), town.crew
    office, city = town.house.office, town.house.municipality
    clerk = crew.clerk
    unpaid = town.register(town.record(Scenario.CLEAN), pay=False)
    reviewed = town.register(town.record(Scenario.DEED), "no-violation")
    issued = town.register(town.record(Scenario.CLEAN, 1))
    lapsed = town.register(town.record(Scenario.OLD_VISIT), "no-violation")
    moving = town.register(town.record(Scenario.OLD_VISIT, 1), "no-violation")
    seen_there = town.register(town.record(Scenario.OLD_VISIT, 2), "no-violation")
    for case_id in (moving, seen_there):
        book(crew, case_now(clerk, case_id))
    there = visited_on(crew, case_now(clerk, seen_there), DAY)
    due = case_now(clerk, lapsed).due_fee("visit")
    clerk.do_one(lapsed, PayFee("visit", Payment(due, "bill", "778899", DAY)))
    shown, _ = board.municipal_case(crew.expert, reviewed)
    answer = case_now(clerk, issued).answer
    assert answer is not None
    gates = {x.gate: "دیده شد" for x in shown.decision.failing} if shown.decision else {}
    first, second, *_ = visits.free_slots(clerk, case_now(clerk, lapsed).district, 4)
    slot = Slot(first.day, first.half, first.district)
    district = case_now(clerk, moving).district
    others = visits.free_slots(clerk, district, 4)
    moved = case_now(clerk, moving).slot
    other = next(s for s in others if moved and (s.day, s.half) != (moved.day, moved.half))
    for act in (
        lambda: town.register(town.record(Scenario.CLEAN, 2)),
        lambda: payments.pay_fee(clerk, case_now(clerk, unpaid), "office", "terminal", "1"),
        lambda: counter_acts.amend(clerk, reviewed, {"party.mobile": "09130000001"}),
        lambda: clerk.do_one(lapsed, BookVisit(slot, "مالک", "09130000001")),
        lambda: visits.move(
            clerk,
            case_now(clerk, moving),
            Slot(other.day, other.half, district),
            "خواست مالک",
        ),
    ):
        scene.silent(clerk, office, act)
    manager = crew.manager
    confirmed = Confirmed(manager)
    scene.silent(
        manager, office, lambda: letters.stamp(confirmed, issued, answer.letter, unseen=False)
    )
    scene.silent(
        manager, office, lambda: following.void(manager, issued, answer.letter.letter_id, "خطا")
    )
    expert, inspector = crew.expert, crew.inspector
    for act in (
        lambda: following.decide(crew, shown, gates),
        lambda: following.refuse(crew, shown, "مغایرت"),
        lambda: reviewing.send_back(expert, shown, "اصلاح شود"),
        lambda: commissions.send(expert, shown, "100", "تخلف"),
    ):
        scene.silent(expert, city, act)
    scene.silent(inspector, city, lambda: visits.report(inspector, there, seen(town)))
    assert len(scene.texts) >= 12
    return scene


def push_spoilt(scene: Scene, data: st.DataObject) -> None:
    """One of the acts, saying something else, signed by its person again."""
    seat, running, envelope = data.draw(st.sampled_from(scene.texts), label="act")
    caller = scene.caller(running)
    with scene.town.house.centre.reading() as session:
        head = session.get_one(DeviceRow, caller.device_id).head_seq
    new = envelope["kind"] == "register"
    payload = copy.deepcopy(envelope["payload"])
    if new:
        payload["request"]["tracking"] = tracking_code("21", "050903", 2, 5000 + head)
    envelope = {
        **envelope, "device_seq": head + 1, "command_id": new_id(),
        "case_id": new_id() if new else envelope["case_id"],
        "payload": spoilt(data, payload, well=data.draw(st.integers(0, 4)) > 0),
    }  # fmt: skip
    if envelope.pop("person_signature", ""):
        try:
            text = canon(envelope)
        except TypeError:
            text = "{}"
        envelope["person_signature"] = seat.signer(acted(caller.own.centre, text))
    text = json.dumps(envelope, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    reply = caller.call("/v1/push", json.dumps({"commands": [text], "cursors": {}}).encode())
    if arrival.place(text) is None:
        assert code_of(reply) == "broken-chain"
        return
    assert reply.status == link.OK, reply.body.decode()
    with scene.town.house.centre.reading() as session:
        state = session.get_one(CommandRow, (caller.device_id, head + 1)).state
    assert state in ("done", "refused"), text


def demand_refused(scene: Scene, examples: int) -> None:
    """So many of the acts, each saying something else: done or refused, and nothing is parked."""

    @settings(EACH, max_examples=examples)
    @given(data=st.data())
    def refused(data: st.DataObject) -> None:
        push_spoilt(scene, data)

    refused()


@pytest.mark.slow
def test_an_act_that_says_what_cant_be_is_refused_and_nothing_is_parked(town: Town) -> None:
    demand_refused(scene_of(town), 25)


@pytest.mark.long
@pytest.mark.timeout(1200)
@both_ways
def test_thousands_of_acts_that_say_what_cant_be_are_refused(town: Town) -> None:
    demand_refused(scene_of(town), size(500, 1_500))

"""What was once tried of the door and is named in no table: each as it was tried."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.actions import board, counter_acts, letters, reviewing
from desktop.actions.access import Confirmed
from desktop.centre import pushing
from desktop.centre.streams import load_case
from desktop.centre.tables import CaseRow, CommandRow, DeviceRow, FactRow
from desktop.chance import new_id
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.case import Case
from desktop.domain.state import State
from desktop.trial.counters import new_counter
from desktop.wire import link
from desktop.wire.canon import canon
from desktop.wire.codec import acted
from desktop.wire.payloads import PushAnswer, PushAsk
from tests.centre.calling import Caller, code_of
from tests.centre.hostile import known_to
from tests.centre.test_door_hostile import Scene
from tests.town import Town

pytestmark = pytest.mark.slow


def put(scene: Scene, number: int, *, sign: bool = True, **changes: Any) -> str:
    """Send that act of the scene, saying something else; how it ended. Its person signs it as it is
    then, unless it bears the signature over what it said before."""
    seat, running, envelope = scene.texts[number]
    caller = scene.caller(running)
    with scene.town.house.centre.reading() as session:
        head = session.get_one(DeviceRow, caller.device_id).head_seq
    said = {**envelope, "device_seq": head + 1, "command_id": new_id()}
    signed = said.pop("person_signature", "")
    if signed and not sign:
        said["person_signature"] = seat.signer(acted(caller.own.centre, canon(said)))
    said |= changes
    if signed and sign:
        said["person_signature"] = seat.signer(acted(caller.own.centre, canon(said)))
    reply = caller.call("/v1/push", PushAsk(commands=[canon(said)], cursors={}).encode())
    assert reply.status == link.OK, reply.body.decode()
    with scene.town.house.centre.reading() as session:
        return session.get_one(CommandRow, (caller.device_id, head + 1)).state


def at_centre(town: Town, case_id: str) -> Case:
    with town.house.centre.reading() as session:
        case = load_case(session, case_id)
    assert case is not None
    return case


def amended(town: Town, case: Case) -> None:
    counter_acts.amend(town.crew.clerk, case.case_id, {"party.mobile": "09130000001"})


def sent_back(town: Town, case: Case) -> None:
    reviewing.send_back(town.crew.expert, case, "اصلاح شود")


def decided(town: Town, case: Case) -> None:
    gates = {x.gate: "دیده شد" for x in case.decision.failing} if case.decision else {}
    following.decide(town.crew, case, gates)


@pytest.mark.parametrize(("late", "first"), [(amended, sent_back), (decided, amended)])
def test_a_revision_that_nobody_has_seen_walks_past_no_conflict(
    town: Town, late: Callable[[Town, Case], None], first: Callable[[Town, Case], None]
) -> None:
    """An amendment, or a decision, of a case that somebody else has changed meanwhile."""
    scene, crew, house = Scene(town), town.crew, town.house
    case_id = town.register(town.record(Scenario.DEED), "no-violation")
    shown, _ = board.municipal_case(crew.expert, case_id)
    seat = crew.clerk if late is amended else crew.expert
    running = house.office if late is amended else house.municipality
    scene.silent(seat, running, lambda: late(town, shown))
    first(town, shown)
    stood = at_centre(town, case_id)
    assert stood.rev > shown.rev
    for beyond in (stood.rev + 1, 10**6, 2**31 - 1):
        assert put(scene, 0, base_rev=beyond) == "refused"
    assert at_centre(town, case_id) == stood


def stamped(town: Town) -> tuple[Scene, str]:
    """A letter whose release the manager has made, not sent."""
    scene, manager = Scene(town), town.crew.manager
    case_id = town.register(town.record(Scenario.CLEAN))
    answer = case_now(manager, case_id).answer
    assert answer is not None
    confirmed = Confirmed(manager)
    scene.silent(
        manager,
        town.house.office,
        lambda: letters.stamp(confirmed, case_id, answer.letter, unseen=False),
    )
    return scene, case_id


def test_a_release_bears_nothing_beside_what_its_person_signed(town: Town) -> None:
    scene, case_id = stamped(town)
    payload = scene.texts[0][2]["payload"]
    for changes in (
        {"note": "x"},
        {"payload": {**payload, "note": "x"}},
        # Known keys, but another copy than the one that was signed.
        {"payload": {**payload, "sha256": "ab" * 32}},
        {"made_at": "2026-11-24T07:12:00.001Z"},
    ):
        assert put(scene, 0, sign=False, **changes) == "refused", changes
    assert at_centre(town, case_id).state is State.ISSUED
    assert put(scene, 0) == "done"
    assert at_centre(town, case_id).state is State.RELEASED


def test_no_case_is_none_of_two_offices(town: Town) -> None:
    centre = town.house.centre
    with centre.reading() as session:
        before = session.scalar(select(func.count()).select_from(CaseRow))
    for code in ("31", "32"):
        counter = new_counter(centre, code)
        (text, *_) = counter.texts(*counter.register(town.record(Scenario.CLEAN)))
        ask = PushAsk(commands=[canon({**json.loads(text), "case_id": ""})], cursors={})
        replies = [counter.call("/v1/push", ask) for _ in range(2)]
        assert {reply.status for reply in replies} == {link.OK}
        with centre.reading() as session:
            told = session.scalars(
                select(FactRow.kind).where(
                    FactRow.stream == f"office:{code}", FactRow.case_id == ""
                )
            ).all()
        assert list(told).count("command-refused") == 1
    with centre.reading() as session:
        assert session.scalar(select(func.count()).select_from(CaseRow)) == before


def junk(caller: Caller, first: int, many: int) -> bytes:
    """A push of texts that have a place, and nothing else that anybody would understand."""
    texts = [
        canon({"device_id": caller.device_id, "device_seq": seq})
        for seq in range(first, first + many)
    ]
    return PushAsk.model_construct(commands=texts, cursors={}).encode()


def test_twenty_thousand_acts_that_are_none_are_no_long_transaction(town: Town) -> None:
    caller = Caller(town)

    def head() -> int:
        with town.house.centre.reading() as session:
            return session.get_one(DeviceRow, caller.device_id).head_seq

    begun = head()
    assert code_of(caller.call("/v1/push", junk(caller, begun + 1, 20_000))) == "unreadable"
    assert head() == begun
    for _ in range(2):
        before = head()
        reply = caller.call("/v1/push", junk(caller, before + 1, 10_000))
        accepted = PushAnswer.model_validate_json(reply.body).accepted_to
        # Each is refused in a savepoint of its own.
        assert 0 < accepted - before <= pushing.SAVEPOINTS
        assert head() == accepted


# A question as its desk sends it, with one number or word in it that no desk sends.
OUT_OF_BOUNDS: list[tuple[str, dict[str, Any]]] = [
    *(
        (path, {name: number})
        for path, names in {
            "/v1/queue": ("offset", "limit"),
            "/v1/commissions": ("offset", "limit"),
            "/v1/consultations": ("offset", "limit"),
            "/v1/recalls": ("offset", "limit"),
            "/v1/reading-log": ("offset", "limit"),
            "/v1/records/rows": ("offset", "limit"),
            "/v1/visits-moved": ("offset",),
            "/v1/office-list": ("first",),
            "/v1/people": ("first", "limit"),
            "/v1/slots": ("count", "district"),
            "/v1/blob/read": ("number",),
            "/v1/blob/chunk": ("number",),
        }.items()
        for name in names
        for number in (-1, -(2**31))
    ),
    *(
        (path, {"days": days})
        for path in ("/v1/board", "/v1/board-cases", "/v1/visit-week", "/v1/visit-day")
        for days in (10**6, -1)
    ),
    *(("/v1/verify", {"number": "1405/21/" + digit * 5_000}) for digit in "1۱"),
    ("/v1/verify", {"number": "1405/21/" + "1" * 60}),
    *(("/v1/precheck", {"applicant": applicant}) for applicant in ("nobody", "", "OWNER")),
]


def test_a_number_or_a_word_that_no_desk_sends_is_answered_in_words(
    small_town: Town, tmp_path: Path
) -> None:
    known = known_to(small_town, tmp_path)
    for path, changes in OUT_OF_BOUNDS:
        reply = known.ask(path, json.dumps({**known.bodies[path], **changes}).encode())
        assert reply.status == link.UNREADABLE, (path, changes)
        assert code_of(reply) in ("unreadable", "refused"), (path, changes)

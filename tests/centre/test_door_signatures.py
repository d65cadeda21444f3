"""What is signed at the door: for one purpose, one centre, one call; and that it is kept so."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NoReturn

import pytest
from sqlalchemy import select

from desktop.actions import letters
from desktop.actions.access import Confirmed
from desktop.centre import people, pushing
from desktop.centre.clients import is_too_old
from desktop.centre.counting import counted
from desktop.centre.doing import Behind
from desktop.centre.pushing import actor_of
from desktop.centre.releasing import demand_own_release
from desktop.centre.serve import serve
from desktop.centre.streams import load_case
from desktop.centre.tables import DeviceRow, FactRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.demo.people import PASSWORD
from desktop.domain.commands import ReleaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.line import Why
from desktop.domain.state import State
from desktop.keys import new_key, new_letter_key
from desktop.store import outbox
from desktop.wire import frame, link
from desktop.wire.codec import decode_command
from desktop.wire.letters import Releaser, is_issued, released
from desktop.wire.payloads import Fault, HelloAnswer, HelloAsk, PullAnswer, PullAsk
from tests.centre.calling import Caller, code_of
from tests.town import Town, every_link

PULL = PullAsk(cursors={"city": 0}).encode()


@dataclass(frozen=True)
class Signing(Releaser):
    """Somebody who says so without a signature of his, or with another's."""

    signs: str = ""

    def sign(self, message: bytes) -> str:
        return self.signs


def released_case(town: Town) -> str:
    """A case whose answer the manager has stamped."""
    case_id = town.register(town.record(Scenario.CLEAN))
    answer = case_now(town.crew.clerk, case_id).answer
    assert answer is not None
    letters.release(town.crew.manager, case_id, answer.letter, PASSWORD)
    return case_id


def test_a_frame_says_what_it_is_for_and_never_passes_for_another() -> None:
    seen = {frame.frame(each, "centre", "a", 1) for each in frame.Purpose}
    seen |= {frame.frame(each, "centre", "a", 1, epoch="e") for each in frame.EPOCHAL}
    seen |= {frame.frame(each, "other", "a", 1) for each in frame.Purpose}
    assert len(seen) == 2 * len(frame.Purpose) + len(frame.EPOCHAL)
    for each in set(frame.Purpose) - frame.EPOCHAL:
        with pytest.raises(ValueError, match="epoch"):
            frame.frame(each, "centre", epoch="e")


@every_link
def test_every_answer_is_signed_for_its_call(town: Town) -> None:
    """The greeting and every fault too; `Caller.call` asserts it of each answer it gets."""
    caller = Caller(town)
    hello = HelloAsk(protocol=1, client="0.1", device_seq=0, cursors={}).encode()
    assert caller.call("/v1/hello", hello).status == link.OK
    at = town.clock.now()
    first, second = (caller.signed("/v1/pull", body, at) for body in (PULL, PULL + b" "))
    reply = town.line.call(first)
    assert caller.signs(first, reply)
    assert not caller.signs(second, reply)
    assert not caller.signs(first, replace(reply, status=link.FORK))
    assert not caller.signs(first, replace(reply, body=reply.body + b" "))
    assert not caller.signs(first, replace(reply, time=link.iso(at + timedelta(1))))


@every_link
def test_a_call_for_another_centre_or_another_of_its_lives_is_none(town: Town) -> None:
    caller = Caller(town)
    for request in (replace(caller.own, centre=new_id()), replace(caller.own, epoch=new_id())):
        signed = link.sign_request(
            caller.key, request.device_id, "/v1/pull", PULL, town.clock.now(),
            centre=request.centre, epoch=request.epoch,
        )  # fmt: skip
        reply = town.line.call(signed)
        assert reply.status == link.ELSEWHERE
        assert Fault.model_validate_json(reply.body).epoch == caller.own.epoch
        # What was signed for one can't be sent as if for the other.
        moved = replace(signed, centre=caller.own.centre, epoch=caller.own.epoch)
        assert town.line.call(moved).status == link.UNSIGNED


_NO_REQUESTS: list[dict[str, Any]] = [
    {"time": ""},
    {"time": "yesterday"},
    {"time": "2026-11-24T07:12:00"},
    {"time": "2026-11-24T07:12:00\0+00:00"},
    {"time": "9" * 5000},
    {"device_id": ""},
    {"device_id": "centre"},
    {"device_id": "\0"},
    {"device_id": "\0" * 36},
    {"device_id": "0" * 100_000},
    {"signature": ""},
    {"signature": "zz" * 64},
    {"signature": "0" * 127},
    {"path": "/v1/\0"},
    {"path": ""},
]


def test_what_is_no_request_is_told_so_before_anything_is_read(town: Town) -> None:
    """At the door itself: no line would carry most of them so far."""
    caller, centre = Caller(town), town.house.centre
    request = caller.signed("/v1/pull", PULL, town.clock.now())
    centre.writer.dispose()
    for changes in _NO_REQUESTS:
        changed = replace(request, **changes)
        reply = serve(centre, changed)
        assert reply.status == link.UNREADABLE, str(changes)[:80]
        assert caller.signs(changed, reply), str(changes)[:80]
        assert reply == serve(centre, changed), str(changes)[:80]


def test_text_that_is_none_gets_an_answer_that_nobody_can_sign(small_town: Town) -> None:
    caller = Caller(small_town)
    request = caller.signed("/v1/pull", PULL, small_town.clock.now())
    for changed in (
        replace(request, device_id="\ud800"),
        replace(request, path="\udfff"),
        replace(request, time="\ud800"),
    ):
        reply = serve(small_town.house.centre, changed)
        assert (reply.status, reply.signature) == (link.UNREADABLE, "")


def test_nobody_signs_as_the_centres_own_device(small_town: Town) -> None:
    small_town.house.tick()
    with small_town.house.centre.reading() as session:
        rows = session.query(DeviceRow).filter(DeviceRow.office == "centre").all()
    assert all(row.key == "" for row in rows)


@pytest.mark.slow
def test_heads_answers_and_letters_have_keys_of_their_own(town: Town) -> None:
    caller, keys = Caller(town), town.house.centre.keys
    assert len({keys.letters.public, keys.heads.public, keys.answers.public}) == 3
    case_id = town.register(town.record(Scenario.CLEAN))
    answer = case_now(town.crew.clerk, case_id).answer
    assert answer is not None
    held = answer.letter
    essence = bytes.fromhex(held.essence)
    assert is_issued(keys.letters.public, caller.own.centre, held.signature, essence)
    assert not is_issued(keys.heads.public, caller.own.centre, held.signature, essence)
    reply = caller.call("/v1/pull", PULL)
    (piece,) = PullAnswer.model_validate_json(reply.body).streams
    said = frame.frame(
        frame.Purpose.HEAD, caller.own.centre, piece.stream, piece.pos, piece.hash,
        piece.time.isoformat(), epoch=piece.epoch,
    )  # fmt: skip
    assert link.verifies(caller.own.heads_key, piece.signature, said)
    assert not link.verifies(caller.own.answers_key, piece.signature, said)


def test_no_head_is_signed_that_is_not_there(town: Town) -> None:
    caller = Caller(town)
    for beyond in (10**6, 2**31 - 1):
        reply = caller.call("/v1/pull", PullAsk(cursors={"city": beyond}).encode())
        assert code_of(reply) == "refused"


def test_a_greeting_is_signed_over_what_it_says_is_accepted(town: Town) -> None:
    caller = Caller(town)
    town.register(town.record(Scenario.CLEAN))
    hello = HelloAsk(protocol=1, client="0.1", device_seq=0, cursors={}).encode()
    request = caller.signed("/v1/hello", hello, town.clock.now())
    reply = town.line.call(request)
    said = HelloAnswer.model_validate_json(reply.body)
    changed = said.model_copy(update={"head_seq": said.head_seq + 1}).encode()
    assert caller.signs(request, reply)
    assert not caller.signs(request, replace(reply, body=changed))


@pytest.mark.slow
def test_a_release_bears_the_releasers_own_signature_for_good(town: Town) -> None:
    """Checked from the fact alone: whoever the person is by then."""
    case_id = released_case(town)
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.RELEASED
    assert case.answer is not None
    with town.house.office.desk.store.reading() as session:
        texts = outbox.after(session, 0, 100)
    asked = decode_command(texts[-1]).payload
    assert isinstance(asked, ReleaseLetter)
    facts = json.loads(
        Caller(town)
        .call(
            "/v1/case",
            json.dumps({"actor": town.crew.clerk.staff.staff_id, "case_id": case_id}).encode(),
        )
        .body
    )["facts"]
    told = next(
        fact["payload"] for fact in map(json.loads, facts) if fact["kind"] == "letter-released"
    )
    number = case.answer.letter.number
    said = released(Caller(town).own.centre, number, told["layout"], 1, told["sha256"])
    assert told["key"] == town.crew.manager.staff.release_key
    assert link.verifies(told["key"], told["signature"], said)
    # Neither another copy nor another letter's.
    for other in (
        released(Caller(town).own.centre, number, told["layout"], 2, told["sha256"]),
        released(Caller(town).own.centre, "1405/21/99", told["layout"], 1, told["sha256"]),
    ):
        assert not link.verifies(told["key"], told["signature"], other)


@pytest.mark.slow
@pytest.mark.parametrize("signs", ["00", "0" * 128, None])
def test_a_release_that_the_person_did_not_sign_is_none(town: Town, signs: str | None) -> None:
    case_id = town.register(town.record(Scenario.CLEAN))
    answer = case_now(town.crew.clerk, case_id).answer
    assert answer is not None
    manager = town.crew.manager
    strange = Releaser(new_letter_key())
    releaser = strange if signs is None else Signing(strange.key, signs)
    forged = replace(manager, releaser=releaser)
    letters.stamp(Confirmed(forged), case_id, answer.letter, unseen=False)
    assert case_now(town.crew.clerk, case_id).state is State.ISSUED
    letters.release(manager, case_id, answer.letter, PASSWORD)
    assert case_now(town.crew.clerk, case_id).state is State.RELEASED


@pytest.mark.slow
def test_a_persons_signature_is_for_this_centre_and_these_bytes(small_town: Town) -> None:
    released_case(small_town)
    centre = small_town.house.centre
    with small_town.house.office.desk.store.reading() as session:
        text = outbox.after(session, 0, 100)[-1]
    command = decode_command(text)
    with centre.reading() as session:
        device = session.get_one(DeviceRow, command.device_id)
        assert actor_of(session, centre, device, command, text, command.made_at).name == "محمد زارع"
        elsewhere = replace(centre)
        elsewhere.__dict__["identity"] = replace(centre.identity, centre=new_id())
        with pytest.raises(Exception, match="امضای شخصی"):
            actor_of(session, elsewhere, device, command, text, command.made_at)


@pytest.mark.slow
def test_what_waited_for_the_line_is_its_persons_also_under_new_keys(town: Town) -> None:
    """Signed at a desk without a line; before it is sent the person gets new keys there."""
    case_id = town.register(town.record(Scenario.CLEAN))
    manager, office = town.crew.manager, town.house.office
    answer = case_now(town.crew.clerk, case_id).answer
    assert answer is not None
    office.bell.ring = lambda: None
    letters.release(manager, case_id, answer.letter, PASSWORD)
    own = manager.staff
    assert own.key
    now = (own.key, own.release_key)
    later = (link.public_hex(new_key()), link.public_hex(new_letter_key()))
    with town.house.centre.writing() as session:
        device = office.desk.identity().device_id
        for key, release_key in (now, later):
            people.key_at(session, own.staff_id, device, key, release_key, town.clock.now())
    assert office.sync().well
    assert case_now(town.crew.clerk, case_id).state is State.RELEASED
    with town.house.centre.reading() as session:
        row = people.of_office(session, "21")[own.staff_id]
        at_desk = people.staff_at(session, row, session.get_one(DeviceRow, device))
    assert (at_desk.key, at_desk.release_key) == later


@pytest.mark.slow
def test_an_old_program_may_always_send_and_releases_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, clerk = town.house.office, town.crew.clerk
    case_id = town.register(town.record(Scenario.CLEAN))
    answer = case_now(clerk, case_id).answer
    assert answer is not None
    monkeypatch.setattr("desktop.centre.clients.LEAST_CLIENT", "0.10.0")
    office.bell.ring = lambda: None
    office.round._greeted_at = None
    other = town.register(town.record(Scenario.CLEAN, 1))
    letters.release(town.crew.manager, case_id, answer.letter, PASSWORD)
    for _ in range(2):
        report = office.sync()
        assert (report.well, report.why, report.stopped) == (False, Why.TOO_OLD, "too-old")
    with town.house.centre.reading() as session:
        (sent, kept) = (load_case(session, each) for each in (other, case_id))
    assert sent is not None
    assert sent.state is not State.FEE_DUE
    assert kept is not None
    assert kept.state is State.ISSUED
    monkeypatch.undo()
    # Brought up to date it is one of them again.
    assert office.sync().well
    assert case_now(clerk, case_id).state is State.ISSUED


@pytest.mark.slow
@pytest.mark.parametrize("arrives", ["old", "new"])
def test_an_old_programs_release_behind_a_held_act_is_never_done(
    arrives: str, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither one that came when its program was too old, nor one whose program is by now."""
    office, clerk = town.house.office, town.crew.clerk
    case_id = town.register(town.record(Scenario.CLEAN))
    answer = case_now(clerk, case_id).answer
    assert answer is not None

    def behind(*_: object) -> NoReturn:
        raise Behind("another of its case that is held")

    office.bell.ring = lambda: None
    monkeypatch.setattr(pushing, "demand_none_held", behind)
    if arrives == "old":
        monkeypatch.setattr("desktop.centre.clients.LEAST_CLIENT", "0.10.0")
    letters.release(town.crew.manager, case_id, answer.letter, PASSWORD)
    office.sync()
    assert counted(town.house.centre)["held"] == (0 if arrives == "old" else 1)
    monkeypatch.setattr("desktop.centre.clients.LEAST_CLIENT", "0.10.0")
    assert town.house.tick() == (0 if arrives == "old" else 1)
    with town.house.centre.reading() as session:
        kept = load_case(session, case_id)
        assert kept is not None
        assert kept.state is State.ISSUED
        refused = [
            json.loads(text)["payload"]["words"]
            for text in session.scalars(select(FactRow.canon))
            if json.loads(text)["kind"] == "command-refused"
        ]
    assert [words for words in refused if "برنامهٔ این رایانه قدیمی است" in words]


@pytest.mark.parametrize("version", ["0.0.9", "0.1", "0.1.0", "0.10.0", "1.0.0", "", "dev", "۱.۰"])
def test_versions_are_compared_by_their_numbers(version: str) -> None:
    assert is_too_old(version) == (version in ("0.0.9", "", "dev", "۱.۰"))


def test_who_was_enrolled_by_an_earlier_program_releases_as_before(small_town: Town) -> None:
    """Such a person has no key for it; one who has can't leave it out."""
    town = small_town
    case = case_now(town.crew.clerk, town.register(town.record(Scenario.CLEAN)))
    assert case.answer is not None
    held, own = case.answer.letter, Caller(town).own.centre
    manager = town.crew.manager
    bare = ReleaseLetter(held.letter_id, "ab" * 32, 2, "office", held.issued_on)
    assert manager.releaser is not None
    said = released(own, held.number, 2, 1, "ab" * 32)
    proof = manager.releaser.prove(held, held.issued_on, 1)
    signed = replace(bare, signature=manager.releaser.sign(said), proof=proof)
    before = replace(manager.staff, release_key="")
    line = replace(held, essence=b"1|early".hex())
    early = replace(case, letters=(replace(case.answer, letter=line),))
    demand_own_release(own, early, bare, before)
    demand_own_release(own, early, replace(signed, proof=None), manager.staff)
    demand_own_release(own, case, signed, manager.staff)
    for payload, staff in (
        (bare, manager.staff),
        (bare, before),
        (replace(signed, proof=None), manager.staff),
        (replace(signed, proof=replace(proof, on=date(2026, 1, 1))), manager.staff),
        (replace(signed, proof=replace(proof, signature="0" * 128)), manager.staff),
        (signed, before),
        (replace(signed, sha256="cd" * 32), manager.staff),
        (replace(signed, layout=1), manager.staff),
        (replace(signed, letter_id=new_id()), manager.staff),
        (signed, town.crew.clerk.staff),
    ):
        with pytest.raises(Refusal, match="امضای شخصی"):
            demand_own_release(own, case, payload, staff)
    with pytest.raises(Refusal, match="امضای شخصی"):
        demand_own_release(new_id(), case, signed, manager.staff)

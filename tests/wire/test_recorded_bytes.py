"""What programs said in the first protocol is read as it was, and written the same again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from desktop.domain import commands, stream
from desktop.domain.signed_acts import SIGNED_BY_PERSON, SIGNED_LATER
from desktop.wire import arrival, calls, headers, link
from desktop.wire.canon import canon
from desktop.wire.codec import (
    acted,
    decode_command,
    decode_fact,
    encode_command,
    encode_fact,
    unsigned,
)
from desktop.wire.payloads import Fault, answer_in
from tests.record import (
    ANSWERS_KEY,
    CENTRE,
    DEVICE_KEY,
    EPOCH,
    KEPT,
    PERSON_KEY,
    STATUSES,
    demand_same,
    recorded,
    sampled,
)

RECORDED = recorded()
CALLS = {call.path: call for call in calls.ALL}


@pytest.mark.slow
def test_everything_that_is_said_is_recorded() -> None:
    assert {part: set(named) for part, named in sampled().items()} == {
        part: set(named) for part, named in RECORDED.items()
    }
    assert {each["path"] for each in RECORDED["calls"].values()} == set(CALLS)
    kinds = {name.rpartition(" ")[0] for name in RECORDED["commands"] | RECORDED["facts"]}
    assert kinds == set(commands.PAYLOADS) | set(stream.PAYLOADS)
    assert KEPT.stat().st_size < 100_000


@pytest.mark.parametrize("name", RECORDED["commands"])
def test_an_act_is_read_and_written_as_it_was(name: str) -> None:
    text = RECORDED["commands"][name]
    placed = arrival.place(text)
    assert placed is not None
    command = arrival.read(placed, text)
    assert command == decode_command(text)
    assert f"{command.payload.kind} " in name
    demand_same(text, encode_command(command))
    kind = command.payload.kind
    assert bool(command.person_signature) is (kind in SIGNED_BY_PERSON - SIGNED_LATER)
    if command.person_signature:
        own = link.public_hex(PERSON_KEY)
        assert link.verifies(own, command.person_signature, acted(CENTRE, unsigned(text)))


@pytest.mark.parametrize("name", RECORDED["facts"])
def test_a_fact_is_read_and_written_as_it_was(name: str) -> None:
    text = RECORDED["facts"][name]
    demand_same(text, encode_fact(decode_fact(text)))


@pytest.mark.parametrize("name", RECORDED["calls"])
def test_a_call_and_its_answer_are_read_and_sent_as_they_were(name: str) -> None:
    said = RECORDED["calls"][name]
    asked, told, call = said["request"], said["answer"], CALLS[said["path"]]
    request = headers.request_of(said["path"], asked["body"].encode(), asked["headers"])
    reply = headers.reply_of(told["status"], told["body"].encode(), told["headers"])

    # Who reads it takes it for what it was.
    assert (request.centre, request.epoch) == (CENTRE, EPOCH)
    device = link.public_hex(DEVICE_KEY)
    assert link.verifies(device, request.signature, link.question_of(request))
    assert link.is_answer(request, reply, link.public_hex(ANSWERS_KEY))
    assert len(request.body) <= call.most

    # Who sends it writes it so.
    ask = call.ask.model_validate_json(request.body, strict=True)
    demand_same(asked["body"], ask.encode().decode())
    kind = call.answer if reply.status == link.OK else Fault
    demand_same(told["body"], kind.model_validate_json(reply.body).encode().decode())
    assert headers.headers_of(request) == asked["headers"]
    assert headers.answer_headers(reply) == told["headers"]
    assert link.sign(DEVICE_KEY, link.question_of(request)) == request.signature


@pytest.mark.parametrize("name", RECORDED["calls"])
def test_a_later_centre_may_say_more_and_a_later_desk_may_not_ask_more(name: str) -> None:
    said = RECORDED["calls"][name]
    call, told = CALLS[said["path"]], json.loads(said["answer"]["body"])
    kind = call.answer if said["answer"]["status"] == link.OK else Fault
    assert answer_in(canon({**told, "later": [1]}), kind) == answer_in(canon(told), kind)
    asked = json.loads(said["request"]["body"])
    with pytest.raises(ValidationError, match="later"):
        call.ask.model_validate_json(canon({**asked, "later": 1}), strict=True)


def test_a_later_centre_may_say_more_of_each_row() -> None:
    told = json.loads(RECORDED["calls"][f"{calls.QUEUE.path} whole"]["answer"]["body"])
    more = {**told, "rows": [{**row, "later": 1} for row in told["rows"]]}
    known = answer_in(canon(told), calls.QUEUE.answer)
    assert known.rows
    assert answer_in(canon(more), calls.QUEUE.answer) == known


def test_every_fault_that_stops_a_desk_is_recorded() -> None:
    said = {each["answer"]["status"] for each in RECORDED["calls"].values()}
    assert said == {link.OK, *STATUSES}


@pytest.mark.parametrize(
    "change",
    [
        lambda said: {
            **said,
            "request": {**said["request"], "body": said["request"]["body"] + " "},
        },
        lambda said: {**said, "answer": {**said["answer"], "status": link.BUSY}},
    ],
    ids=["another body", "another status"],
)
def test_a_byte_more_is_another_call(
    change: Callable[[Mapping[str, Any]], Mapping[str, Any]],
) -> None:
    said = change(RECORDED["calls"][f"{calls.PUSH.path} whole"])
    asked, told = said["request"], said["answer"]
    request = headers.request_of(said["path"], asked["body"].encode(), asked["headers"])
    reply = headers.reply_of(told["status"], told["body"].encode(), told["headers"])
    assert not link.is_answer(request, reply, link.public_hex(ANSWERS_KEY))

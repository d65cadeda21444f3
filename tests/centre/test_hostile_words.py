"""SQL, HTML and a template's words in every field of every act: refused or kept as words."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from desktop.actions.desk import Seat
from desktop.centre.tables import CommandRow, DeviceRow, FactRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now
from desktop.domain import commands
from desktop.domain.signed_acts import SIGNED_BY_PERSON
from desktop.domain.state import State
from desktop.domain.transitions import ACTS
from desktop.wire import link
from desktop.wire.canon import canon
from desktop.wire.codec import acted
from desktop.wire.payloads import PushAsk
from tests.centre.calling import Caller
from tests.centre.hostile import paths
from tests.record import recorded
from tests.town import Town

WORDS = ("'; DROP TABLE fact; --", "<b onclick='x'>۲۱</b>", "{{ 7 * 7 }}", "%s %(a)s :b")
RECORDED = recorded()["commands"]


def cases_of(town: Town) -> dict[State, str]:
    """A case in each of the states in which most acts are lawful."""
    booked = town.register(town.record(Scenario.OLD_VISIT), "no-violation")
    book(town.crew, case_now(town.crew.clerk, booked))
    cases = (
        town.register(town.record(Scenario.CLEAN), pay=False),
        town.register(town.record(Scenario.DEED), "no-violation"),
        town.register(town.record(Scenario.CLEAN, 1)),
        town.register(town.record(Scenario.OLD_VISIT, 1), "no-violation"),
        booked,
    )
    return {case_now(town.crew.clerk, case_id).state: case_id for case_id in cases}


def spoilt(payload: Any) -> Iterator[Any]:
    """The payload with such words in the place of each text in it in turn, then of all."""
    leaves = [way for way in paths(payload) if isinstance(_at(payload, way), str)]
    for number, way in enumerate(leaves):
        yield _put(payload, (way,), WORDS[number % len(WORDS)])
    for words in WORDS:
        yield _put(payload, leaves, words)


def _at(value: Any, way: tuple[Any, ...]) -> Any:
    for key in way:
        value = value[key]
    return value


def _put(payload: Any, ways: Any, words: str) -> Any:
    changed = copy.deepcopy(payload)
    for way in ways:
        _at(changed, way[:-1])[way[-1]] = words
    return changed


class Sender:
    """Sends acts as people of the town, each from his own desk."""

    def __init__(self, town: Town) -> None:
        crew, house = town.crew, town.house
        office, city = Caller(town), Caller(town, house.municipality)
        at_office: tuple[Seat, ...] = (crew.clerk, crew.manager)
        at_city = (
            crew.expert, crew.inspector, crew.finance, crew.supervisor, crew.planner, crew.signer,
        )  # fmt: skip
        self.town, self.cases = town, cases_of(town)
        self._people = [(seat, office) for seat in at_office] + [(seat, city) for seat in at_city]

    def send(self, kind: str, payload: Any) -> str:
        """Who may do it does it, to a case in which it is lawful, if there is one; how it ended."""
        allowed = ACTS.get(kind)
        seat, caller = next(
            (each for each in self._people if allowed and each[0].staff.role in allowed.roles),
            self._people[1],
        )
        own = [case for state, case in self.cases.items() if allowed and state in allowed.states]
        case_id = own[0] if own and kind != "register" else new_id()
        with self.town.house.centre.reading() as session:
            head = session.get_one(DeviceRow, caller.device_id).head_seq
        envelope = {
            "actor": seat.staff.staff_id, "base_rev": 0, "case_id": case_id,
            "command_id": new_id(), "device_id": caller.device_id, "device_seq": head + 1,
            "kind": kind, "made_at": "2026-11-24T07:12:00.000Z", "payload": payload,
            "schema": commands.SCHEMA,
        }  # fmt: skip
        if kind in SIGNED_BY_PERSON:
            said = acted(caller.own.centre, canon(envelope))
            envelope["person_signature"] = seat.signer(said)
        reply = caller.call("/v1/push", PushAsk(commands=[canon(envelope)], cursors={}).encode())
        assert reply.status == link.OK, reply.body.decode()
        with self.town.house.centre.reading() as session:
            return session.get_one(CommandRow, (caller.device_id, head + 1)).state


def send_all(town: Town, every: int) -> Counter[str]:
    """Each kind of act, every so manieth of its texts spoilt; how many ended how."""
    sender, ended = Sender(town), Counter[str]()
    assert {json.loads(text)["kind"] for text in RECORDED.values()} == set(commands.PAYLOADS)
    for name, text in RECORDED.items():
        if not name.endswith(" whole"):
            continue
        said = json.loads(text)
        for number, payload in enumerate(spoilt(said["payload"])):
            if number % every == 0:
                state = sender.send(said["kind"], payload)
                assert state in ("done", "refused"), (said["kind"], payload)
                ended[state] += 1
    with town.house.centre.reading() as session:
        assert session.scalar(select(func.count()).select_from(FactRow))
    return ended


@pytest.mark.slow
def test_hostile_words_in_an_act_are_words(small_town: Town) -> None:
    ended = send_all(small_town, 8)
    assert ended["done"]


@pytest.mark.long
def test_hostile_words_in_every_field_of_every_act_are_words(postgres_town: Town) -> None:
    ended = send_all(postgres_town, 1)
    assert ended["done"]

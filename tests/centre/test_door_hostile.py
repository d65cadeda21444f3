"""Malformed bodies of every call, and acts that say what can't be: told, never a bug."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.actions import board, letters, payments, review, visits
from desktop.actions.access import Confirmed
from desktop.actions.desk import Seat
from desktop.centre.tables import CommandRow, DeviceRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, visited_on
from desktop.domain.commands import BookVisit, PayFee, VoidLetter
from desktop.domain.identifiers import tracking_code
from desktop.domain.request import Payment, Slot
from desktop.premises.desks import Running
from desktop.store import outbox
from desktop.wire import arrival, calls, link
from desktop.wire.canon import canon
from desktop.wire.codec import acted
from desktop.wire.payloads import Fault
from tests.actions.test_visits import seen
from tests.centre.calling import Caller, code_of
from tests.houses import MORNING
from tests.publish import renamed
from tests.town import Town

STRANGE = {call.path for call in (calls.REACH, calls.ENROL)}
DAY = MORNING.date()
MANY = {HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large}
HOSTILE: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2**31 - 1, 2**31, 2**63, 10**40, 1.5, "", " ", "\0", "a\0b",
    "1", "-1", "NaN", "Infinity", "1e999", "1/1/1", "1405/21/1", "²", "۳", "٣", "-", "1-1-1-1",
    "1-1-1-1-1-1-1-1", "2-14-308-27", "999999999-1-1-1", "a" * 70, "ا" * 501, "x" * 20_000,
    "\u202e", "\u0627\u0653", "\U0001f600", "'; DROP TABLE fact; --", "<b onclick='x'>", "{{ 1 }}",
    "0001-01-01", "9999-12-31", "1850-01-01", "2120-12-31", "2026-02-30", "2026-11-24",
    "2026-11-24T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "office:22", "city",
    "owner", "yes", [], [[]], [None], [0] * 200, {}, {"a": None}, {"a": "b"}, {"\0": "\0"},
)  # fmt: skip


WORDS = tuple(each for each in HOSTILE if isinstance(each, str) and "\0" not in each)


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value within a body, the body's own first."""
    yield here
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*here, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from paths(item, (*here, number))


def alike(draw: st.DataObject, value: Any) -> Any:
    """Another value of the kind, as a hostile desk would write it well."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return draw.draw(st.sampled_from((0, 1, 2, 3, 7, 99, 2**31 - 1)), label="number")
    if isinstance(value, str):
        return draw.draw(st.sampled_from(WORDS), label="word")
    return draw.draw(st.sampled_from(HOSTILE), label="what")


def spoilt(draw: st.DataObject, whole: Any, *, well: bool = False) -> Any:
    """The value with one thing in it left out, added, or said otherwise; `well` by its own kind."""
    ways = list(paths(whole))
    way = draw.draw(st.sampled_from(ways[1:] if well and ways[1:] else ways), label="where")
    if well:
        here = whole
        for key in way:
            here = here[key]
        bad = alike(draw, here)
    else:
        strange = (st.sampled_from(HOSTILE), st.text(max_size=30), st.integers(), st.floats())
        bad = draw.draw(st.one_of(*strange), label="what")
    acts = ("put",) if well else ("put", "put", "put", "drop", "add")
    act = draw.draw(st.sampled_from(acts), label="how")
    if not way:
        return bad
    changed = copy.deepcopy(whole)
    holder = changed
    for key in way[:-1]:
        holder = holder[key]
    if act == "drop":
        del holder[way[-1]]
    elif act == "add" and isinstance(holder[way[-1]], dict):
        holder[way[-1]]["note"] = bad
    else:
        holder[way[-1]] = bad
    return changed


def assent(actor: str) -> dict[str, Any]:
    """A signed word that nobody signed."""
    return {
        "actor": actor, "reason": "به دستور شهردار، نامهٔ ۱۲۳", "at": "2026-11-24T07:12:00Z",
        "signature": "0" * 128,
    }  # fmt: skip


SUPERVISOR, CLERK = "hamid-mirjalili", "zahra-fallah"
SERVICE = {"actor": SUPERVISOR, "name": "x.toml", "text": 'code = "x"', "day": "2026-11-25"}


def bodies(case_id: str, public: str) -> dict[str, dict[str, Any]]:
    """A body of every call as a desk would send it."""
    draft = json.loads(renamed("walling", DAY + timedelta(1)).encode())
    told = {"actor": SUPERVISOR}
    export = {**told, "export_id": 1}
    paper = {"sha256": "0" * 64}
    chunk = {"number": 0, "content": "AAAA"}
    place = {"section": 4, "main": 1, "sub": 0}
    return {
        "/v1/hello": {
            "protocol": 1, "client": "0.1", "device_seq": 0, "cursors": {"city": 0},
            "oldest_unsent": "2026-11-24T07:00:00Z", "disk_free_mb": 100, "backup_at": None,
            "held": 0,
        },
        "/v1/push": {"commands": ["{}"], "cursors": {"city": 0}},
        "/v1/pull": {"cursors": {"city": 0}},
        "/v1/wait": {"cursors": {"city": 0}},
        "/v1/reach": {"key": public},
        "/v1/enrol": {"code": "ACDEFGHJ", "key": public},
        "/v1/enrol-person": {
            "code": "ACDEFGHJ", "key": public, "release_key": "02" + "0" * 64,
            "signature": "0" * 128,
        },
        "/v1/precheck": {
            "service": "no-violation", "actor": CLERK, "applicant": "owner", "code": "2-14-308-27",
            "person_id": "4420000000", "represented_id": "", "plate": place, "unchanged": "yes",
            "answers": {"stage": "پی"},
        },
        "/v1/slots": {"district": 1, "count": 3},
        "/v1/case": {"actor": CLERK, "case_id": case_id},
        "/v1/queue": {
            **told, "text": "", "state": "", "service": "", "offset": 0, "limit": 10,
            "overdue": False, "recall": False, "office": "",
        },
        "/v1/board": {**told, "day": "2026-11-24", "days": 1, "service": "", "district": 0},
        "/v1/verify": {"number": "1405/21/1", "signature": "0" * 128},
        "/v1/watch": told,
        "/v1/blob/state": paper,
        "/v1/blob/chunk": {**paper, **chunk},
        "/v1/blob/prove": {**paper, "proof": "0" * 64},
        "/v1/blob/read": {**paper, "actor": CLERK, "case_id": case_id, "number": 0},
        "/v1/services": told,
        "/v1/service-version": {**told, "code": "walling", "version": "x"},
        "/v1/check-service": SERVICE,
        "/v1/service-letters": SERVICE,
        "/v1/try-service": SERVICE,
        "/v1/weigh-publication": {**told, "draft": draft},
        "/v1/publications": {**told, "publication": ""},
        "/v1/prepare-publication": {"draft": draft, "assent": assent(SUPERVISOR)},
        "/v1/sign-publication": {"publication": new_id(), "assent": assent(SUPERVISOR)},
        "/v1/decline-publication": {"publication": new_id(), "assent": assent(SUPERVISOR)},
        "/v1/withdraw-published": {
            "topic": "service", "key": "walling", "day": "2026-11-25", "places": [1],
            "assent": assent(SUPERVISOR),
        },
        "/v1/records/upload": {**told, "upload_id": new_id(), **chunk},
        "/v1/records/read": {
            **told, "upload_id": new_id(), "name": "x.zip", **paper, "as_of": "2026-11-24",
        },
        "/v1/records/stop": export,
        "/v1/records/state": told,
        "/v1/records/rows": {
            **export, "sheet": "", "reason": "", "fate": "", "cause": "", "offset": 0, "limit": 9,
        },
        "/v1/records/force": {
            "export_id": 1, "assent": assent(SUPERVISOR), "second": assent("saeed-nouri"),
            "seen": ["x"], "lifted": {"a": "b"}, "end_rest": False,
        },
        "/v1/records/back": {"export_id": 1, "assent": assent(SUPERVISOR)},
        "/v1/records/kept": told,
        "/v1/records/lift": {
            "overlay_id": 1, "number": "1", "assent": assent(SUPERVISOR),
            "second": assent("saeed-nouri"),
        },
    }  # fmt: skip


def demand_told(path: str, reply: link.Reply) -> None:
    """Fail for what nobody could do anything with."""
    assert reply.status != link.BROKEN, reply.body.decode()
    # Who is no desk yet signs by the key that the body brings.
    assert reply.status != link.UNSIGNED or path in STRANGE, reply.body.decode()
    if reply.status != link.OK:
        fault = Fault.model_validate_json(reply.body)
        assert fault.words
        assert not fault.report


EACH = settings(deadline=None, derandomize=True, suppress_health_check=MANY, database=None)


def demand_all_told(town: Town, examples: int) -> None:
    """Malformed bodies of each call in turn, so many of each, none a bug of the centre's."""
    office, city = Caller(town), Caller(town, town.house.municipality)
    for path, body in bodies(new_id(), link.public_hex(office.key)).items():
        caller = city if SUPERVISOR in json.dumps(body) else office
        settings(EACH, max_examples=examples)(given(st.data())(asking(caller, path, body)))()


def asking(caller: Caller, path: str, body: dict[str, Any]) -> Callable[[st.DataObject], None]:
    """Asks with the body spoilt, or with any bytes."""

    def ask(data: st.DataObject) -> None:
        if data.draw(st.integers(0, 4), label="as JSON"):
            text = json.dumps(spoilt(data, body)).encode()
        else:
            text = data.draw(st.binary(max_size=60), label="bytes")
        demand_told(path, caller.call(path, text))

    return ask


@pytest.mark.slow
def test_malformed_bodies_of_every_call_are_told_so(small_town: Town) -> None:
    """2,000 of them; SQLite keeps without a word what PostgreSQL would not."""
    assert set(bodies("", "")) == {call.path for call in calls.ALL}
    assert 60 * len(calls.ALL) >= 2_000
    demand_all_told(small_town, 60)


def test_postgresql_is_handed_none_of_it(town: Town) -> None:
    demand_all_told(town, 20)


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
        lambda: review.amend(clerk, reviewed, {"party.mobile": "09130000001"}),
        lambda: clerk.do_one(lapsed, BookVisit(slot, "مالک", "09130000001")),
        lambda: visits.move(clerk, moving, Slot(other.day, other.half, district), "خواست مالک"),
    ):
        scene.silent(clerk, office, act)
    manager = crew.manager
    confirmed = Confirmed(manager)
    scene.silent(
        manager, office, lambda: letters.stamp(confirmed, issued, answer.letter, unseen=False)
    )
    scene.silent(
        manager, office, lambda: manager.do_one(issued, VoidLetter(answer.letter.letter_id, "خطا"))
    )
    expert, inspector = crew.expert, crew.inspector
    for act in (
        lambda: review.clear(expert, shown, gates),
        lambda: review.refuse(expert, shown, ("مغایرت",)),
        lambda: review.send_back(expert, shown, "اصلاح شود"),
        lambda: review.to_commission(expert, shown, "100", "تخلف"),
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


@pytest.mark.slow
def test_an_act_that_says_what_cant_be_is_refused_and_nothing_is_parked(town: Town) -> None:
    scene = scene_of(town)

    @settings(EACH, max_examples=400)
    @given(data=st.data())
    def refused(data: st.DataObject) -> None:
        push_spoilt(scene, data)

    refused()

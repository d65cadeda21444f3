"""What a push brings that is amiss: its place, its words, and that a repeat changes nothing."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from desktop.actions import counter_acts, visits
from desktop.centre import serve as door
from desktop.centre.audit.whole import audit
from desktop.centre.plausible import Came
from desktop.centre.serve import serve
from desktop.centre.streams import load_case
from desktop.centre.tables import CommandRow, DeviceRow, FactRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.calendar import jalali
from desktop.domain.discrepancy import Wrong
from desktop.domain.identifiers import tracking_code
from desktop.domain.request import Slot
from desktop.domain.state import State
from desktop.store import outbox
from desktop.wire import arrival, link
from desktop.wire.canon import canon
from desktop.wire.payloads import HelloAsk, PushAnswer, PushAsk
from tests.centre.calling import Caller, code_of
from tests.town import Town, every_link
from tests.wire.test_codec import NO_MOMENT

Envelope = dict[str, Any]


@dataclass
class Desk:
    """The office's desk as somebody else has it: with its key, and any text."""

    town: Town

    def __post_init__(self) -> None:
        """What it has sent so far."""
        self.caller = Caller(self.town)
        with self.town.house.centre.reading() as session:
            self.head = session.get_one(DeviceRow, self.caller.device_id).head_seq

    def made(self, serial: int = 0) -> Envelope:
        """A registration that its person made and that is not sent."""
        self.town.house.office.bell.ring = lambda: None
        self.town.register(self.town.record(Scenario.CLEAN, serial), pay=False)
        with self.caller.store.reading() as session:
            seq, _ = outbox.head(session)
            (text,) = outbox.after(session, seq - 1, 1)
        envelope: Envelope = json.loads(text)
        return envelope

    def push(self, *texts: str) -> link.Reply:
        """The reply to a push of these texts."""
        # Not by the body's own writer, which composes and orders what it writes.
        body = json.dumps({"commands": texts, "cursors": {}}).encode()
        return self.caller.call("/v1/push", body)

    def take(self, text: str) -> str:
        """The centre takes it, once, whatever it says; what was said of it, empty where done."""
        before = self._facts()
        reply = self.push(text)
        assert reply.status == link.OK, reply.body.decode()
        self.head += 1
        assert PushAnswer.model_validate_json(reply.body).accepted_to == self.head
        told = self._facts()[len(before) :]
        again = self.push(text)
        assert (again.status, again.body) == (reply.status, reply.body)
        assert self._facts() == [*before, *told]
        with self.town.house.centre.reading() as session:
            row = session.get_one(CommandRow, (self.caller.device_id, self.head))
            state, ident = row.state, row.command_id
            assert row.canon == text
        assert state in ("done", "refused")
        refused = [fact for fact in told if fact["kind"] == "command-refused"]
        assert [fact["cause"] for fact in refused] == ([ident] if state == "refused" else [])
        return refused[0]["payload"]["words"] if refused else ""

    def next(self, envelope: Envelope, **changes: Any) -> Envelope:
        """The envelope under the next number, with a name and a case of its own."""
        fresh = {"device_seq": self.head + 1, "command_id": new_id(), "case_id": new_id()}
        return {**envelope, **fresh, **changes}

    def _facts(self) -> list[Envelope]:
        with self.town.house.centre.reading() as session:
            query = select(FactRow.canon).where(FactRow.stream == "office:21")
            return [json.loads(text) for text in session.scalars(query.order_by(FactRow.pos))]


def loose(envelope: Any) -> str:
    """JSON as anybody may write it."""
    return json.dumps(envelope, ensure_ascii=False)


def nested(depth: int) -> Any:
    """Lists in lists."""
    value: Any = []
    for _ in range(depth - 1):
        value = [value]
    return value


def with_request(envelope: Envelope, **changes: Any) -> Envelope:
    """The registration with another request."""
    request = {**envelope["payload"]["request"], **changes}
    return {**envelope, "payload": {"request": request}}


def with_party(envelope: Envelope, **changes: Any) -> Envelope:
    """The registration of somebody else."""
    party = {**envelope["payload"]["request"]["party"], **changes}
    return with_request(envelope, party=party)


NOT_AS_WRITTEN: dict[str, Callable[[Envelope], str]] = {
    "spaces": loose,
    "a key twice": lambda e: canon(e).replace('{"actor"', '{"actor":"x","actor"', 1),
    "an unknown key": lambda e: canon({**e, "note": "x"}),
    "an unknown key within": lambda e: canon(with_request(e, note="x")),
    "an unknown key deep within": lambda e: canon(with_party(e, note="x")),
    "another schema": lambda e: canon({**e, "schema": 999}),
    "schema as text": lambda e: canon({**e, "schema": "1"}),
    "schema as yes": lambda e: canon({**e, "schema": True}),
    "a revision as text": lambda e: canon({**e, "base_rev": "0"}),
    "a revision as no": lambda e: canon({**e, "base_rev": False}),
    "a revision with a point": lambda e: canon(e).replace('"base_rev":0', '"base_rev":0.0'),
    "a revision beyond numbers": lambda e: canon(e).replace('"base_rev":0', f'"base_rev":{9**999}'),
    "a revision below": lambda e: canon({**e, "base_rev": -1}),
    "a revision nobody has": lambda e: canon({**e, "base_rev": 10**6}),
    "an unknown kind": lambda e: canon({**e, "kind": "dream"}),
    "no kind": lambda e: canon({key: value for key, value in e.items() if key != "kind"}),
    "no payload": lambda e: canon({**e, "payload": None}),
    "a case that is none": lambda e: canon({**e, "case_id": ""}),
    "a case of 5,000 characters": lambda e: canon({**e, "case_id": "a" * 5000}),
    "a case in capitals": lambda e: canon({**e, "case_id": e["case_id"].upper()}),
    "a case as a number": lambda e: canon({**e, "case_id": 7}),
    "a name that is none": lambda e: canon({**e, "command_id": "mine"}),
    "a name as a list": lambda e: canon({**e, "command_id": ["mine"]}),
    "no name": lambda e: canon({key: value for key, value in e.items() if key != "command_id"}),
    "a NUL": lambda e: canon(with_party(e, address="a\0b")),
    "a NUL in a key": lambda e: canon({**e, "a\0b": 1}),
    "half a character": lambda e: json.dumps(
        with_party(e, address="\ud800"), sort_keys=True, separators=(",", ":")
    ),
    "not composed": lambda e: canon(e).replace("آ", unicodedata.normalize("NFD", "آ"))
    if "آ" in canon(e)
    else json.dumps(with_party(e, address="\u0627\u0653"), ensure_ascii=False, sort_keys=True,
                    separators=(",", ":")),
    "escaped": lambda e: json.dumps(e, sort_keys=True, separators=(",", ":")),
    "nested": lambda e: canon({**e, "payload": nested(40)}),
    "nested past counting": lambda e: canon({**e, "actor": "NESTED"}).replace(
        '"NESTED"', "[" * 400 + "]" * 400
    ),
    "a moment without a zone": lambda e: canon({**e, "made_at": "2026-11-24T07:12:00"}),
    "a moment written otherwise": lambda e: canon({**e, "made_at": "2026-11-24T07:12:00+00:00"}),
    "a moment before the first": lambda e: canon({**e, "made_at": NO_MOMENT[0]}),
    "a moment after the last": lambda e: canon({**e, "made_at": NO_MOMENT[1]}),
    "the first moment": lambda e: canon({**e, "made_at": "0001-01-01T00:00:00.000Z"}),
    "the last moment": lambda e: canon({**e, "made_at": "9999-12-31T23:59:59.999Z"}),
    "a moment of 1990": lambda e: canon({**e, "made_at": "1990-01-01T00:00:00.000Z"}),
    "a moment to come": lambda e: canon({**e, "made_at": "2027-11-24T00:00:00.000Z"}),
    "an empty signature": lambda e: canon({**e, "person_signature": ""}),
    "a signature as a number": lambda e: canon({**e, "person_signature": 7}),
    "nobody": lambda e: canon({**e, "actor": "nobody"}),
    "somebody of another office": lambda e: canon({**e, "actor": "saeed-nouri"}),
    "a day as text": lambda e: canon(with_request(e, received_on="today")),
    "a day with a time": lambda e: canon(with_request(e, received_on="2026-11-24T00:00:00")),
    "ten months back": lambda e: canon(with_request(e, received_on="2026-01-24")),
    "a day to come": lambda e: canon(with_request(e, received_on="2026-11-26")),
    "the year 1": lambda e: canon(with_request(e, received_on="0001-01-01")),
    "the year 9999": lambda e: canon(with_request(e, received_on="9999-12-31")),
    "a code too long": lambda e: canon(with_request(e, code="2-1-" + "1" * 100)),
    "words too long": lambda e: canon(with_party(e, address="ا" * 10_001)),
    "too many answers": lambda e: canon(
        with_request(e, answers={f"k{i}": "" for i in range(1_001)})
    ),
    "a plate beyond numbers": lambda e: canon(
        with_request(e, plate={"section": 10**12, "main": 1, "sub": 0})
    ),
    "another office's code": lambda e: canon(
        with_request(e, tracking=tracking_code("22", "050903", 2, 1))
    ),
    "another desk's code": lambda e: canon(
        with_request(e, tracking=tracking_code("21", "050903", 1, 1))
    ),
    "another day's code": lambda e: canon(
        with_request(e, tracking=tracking_code("21", "050902", 2, 1))
    ),
    "a code with a wrong digit": lambda e: canon(
        with_request(e, tracking=_with_wrong_digit(e["payload"]["request"]["tracking"]))
    ),
    "no code": lambda e: canon(with_request(e, tracking="")),
    "SQL and HTML": lambda e: canon(
        with_request(e, service="'; DROP TABLE fact; --", tracking="<b>21</b>")
    ),
}  # fmt: skip


def _with_wrong_digit(tracking: str) -> str:
    return tracking[:-1] + str((int(tracking[-1]) + 1) % 10)


@pytest.mark.slow
def test_a_text_that_is_amiss_keeps_its_place_and_is_told_once(town: Town) -> None:
    desk = Desk(town)
    made = desk.made()
    for name, spoil in NOT_AS_WRITTEN.items():
        text = spoil(desk.next(made))
        assert arrival.place(text), name
        assert desk.take(text), f"{name} was taken as it is"
    # All the same the next good one is done, and what is done is not done twice.
    assert desk.take(canon(desk.next(made))) == ""


NO_PLACE: dict[str, Callable[[Envelope], str]] = {
    "nothing": lambda _: "",
    "no JSON": lambda e: canon(e)[:-1],
    "a list": lambda e: canon([e]),
    "a NUL around it": lambda e: canon(e) + "\0",
    "no number": lambda e: canon({key: value for key, value in e.items() if key != "device_seq"}),
    "a number as text": lambda e: canon({**e, "device_seq": str(e["device_seq"])}),
    "a number as yes": lambda e: canon({**e, "device_seq": True}),
    "a number with a point": lambda e: canon(e).replace(
        f'"device_seq":{e["device_seq"]}', f'"device_seq":{e["device_seq"]}.0'
    ),
    "a number without an end": lambda e: canon(e).replace(
        f'"device_seq":{e["device_seq"]}', '"device_seq":Infinity'
    ),
    "none that is one": lambda e: canon(e).replace(
        f'"device_seq":{e["device_seq"]}', '"device_seq":NaN'
    ),
    "a number below": lambda e: canon({**e, "device_seq": -1}),
    "nought": lambda e: canon({**e, "device_seq": 0}),
    "a number beyond": lambda e: canon({**e, "device_seq": 2**31}),
    "a number of 5,000 digits": lambda e: canon(e).replace(
        f'"device_seq":{e["device_seq"]}', '"device_seq":' + "1" * 5000
    ),
    "a gap": lambda e: canon({**e, "device_seq": e["device_seq"] + 2}),
    "another device": lambda e: canon({**e, "device_id": new_id()}),
    "the centre's own": lambda e: canon({**e, "device_id": "centre"}),
    "nested to the bottom": lambda _: "[" * 100_000,
    "more than any form holds": lambda e: canon(with_party(e, address="ا" * 140_000)),
}


@pytest.mark.slow
@every_link
def test_a_text_without_a_place_is_refused_with_all_beside_it_each_time_alike(town: Town) -> None:
    desk = Desk(town)
    made = desk.made()
    good = canon(desk.next(made))
    for name, spoil in NO_PLACE.items():
        text = spoil(desk.next(made))
        replies = {(desk.push(*texts).status, desk.push(*texts).body) for texts in ([text], [text])}
        assert len(replies) == 1, name
        ((status, _),) = replies
        assert status == link.UNREADABLE, name
        beside = desk.push(good, text)
        assert code_of(beside) == "broken-chain", name
    assert desk.take(good) == ""


@every_link
def test_a_repeat_under_another_content_is_a_fork_also_of_what_was_not_understood(
    town: Town,
) -> None:
    desk = Desk(town)
    made = desk.next(desk.made())
    assert desk.take(canon({**made, "kind": "dream"}))
    assert desk.push(canon({**made, "kind": "dreamt"})).status == link.FORK
    assert desk.push(canon(made)).status == link.FORK
    assert desk.push(canon({**made, "kind": "dream"})).status == link.OK


def test_a_name_is_given_once_on_whichever_desk(town: Town) -> None:
    desk = Desk(town)
    first = desk.next(desk.made())
    assert desk.take(canon(first)) == ""
    again = desk.next(desk.made(1), command_id=first["command_id"])
    assert "شناسهٔ این کار" in desk.take(canon(again))
    # Two of one name in one push, neither understood.
    second = {**desk.next(first), "kind": "dream"}
    third = {**second, "device_seq": second["device_seq"] + 1}
    assert desk.push(canon(second), canon(third)).status == link.OK
    desk.head += 2
    other = Caller(town, town.house.municipality)
    with town.house.centre.reading() as session:
        head = session.get_one(DeviceRow, other.device_id).head_seq
    stolen = {
        **first, "device_id": other.device_id, "device_seq": head + 1, "actor": "saeed-nouri",
    }  # fmt: skip
    body = PushAsk(commands=[canon(stolen)], cursors={}).encode()
    assert other.call("/v1/push", body).status == link.OK
    # An audit takes neither of them for what became of the other.
    assert Wrong.OUTCOME not in {each.kind for each in audit(town.house.centre)}


def test_what_an_earlier_program_left_out_is_not_amiss(town: Town) -> None:
    desk = Desk(town)
    made = desk.made()
    request = dict(made["payload"]["request"])
    for key in ("aid", "linked_to", "duplicate_reason", "consents"):
        del request[key]
    party = {key: value for key, value in request["party"].items() if key != "honorific"}
    text = canon(desk.next({**made, "payload": {"request": {**request, "party": party}}}))
    assert desk.take(text) == ""


def test_one_case_is_one_offices(town: Town) -> None:
    """Ids that are none are no case; an id that is somebody's is nobody else's."""
    desk = Desk(town)
    made = desk.made()
    first = desk.next(made)
    assert desk.take(canon(first)) == ""
    again = desk.next(desk.made(1), case_id=first["case_id"])
    assert "پیش از این ثبت شده" in desk.take(canon(again))


def test_a_code_is_given_to_one_request(town: Town) -> None:
    desk = Desk(town)
    made = desk.made()
    assert desk.take(canon(desk.next(made))) == ""
    assert "کد رهگیری" in desk.take(canon(desk.next(made)))


@pytest.mark.slow
def test_a_call_that_is_too_large_is_read_by_nobody(small_town: Town) -> None:
    caller = Caller(small_town)
    for path, size in (("/v1/push", 60_000_000), ("/v1/pull", 300_000), ("/v1/case", 300_000)):
        assert code_of(caller.call(path, b" " * size)) == "too-large"


def test_a_desk_makes_nothing_that_the_centre_would_not_take(town: Town) -> None:
    """Told at the counter, where it can be mended; the queue never stands behind it."""
    case_id = town.register(town.record(Scenario.DEED), "no-violation")
    with pytest.raises(Exception, match="کوتاه‌ترش کنید"):
        counter_acts.amend(town.crew.clerk, case_id, {"party.address": "ا" * 140_000})
    assert town.house.office.sync().well


def dated(desk: Desk, made: Envelope, day: date, serial: int) -> Envelope:
    """The registration as received on the day, with that day's code."""
    year, month, dom = jalali(day)
    code = tracking_code("21", f"{year % 100:02d}{month:02d}{dom:02d}", 2, serial)
    return desk.next(with_request(made, received_on=day.isoformat(), tracking=code))


def greet(desk: Desk, seq: int) -> None:
    """The desk says hello with so many acts made."""
    ask = HelloAsk(protocol=1, client="0.1", device_seq=seq, cursors={})
    assert desk.caller.call("/v1/hello", ask.encode()).status == link.OK


@pytest.mark.slow
def test_a_day_of_receipt_before_what_the_centre_had_all_of_is_looked_at(town: Town) -> None:
    """Without a line for days: what lies between is the office's to say; before, it is marked."""
    desk = Desk(town)
    made = desk.made()
    greet(desk, desk.head)
    emptied = town.clock.moment.date()
    town.clock.moment += timedelta(days=4)
    greet(desk, desk.head + 3)

    def late(day: date, serial: int) -> tuple[bool, str]:
        envelope = dated(desk, made, day, serial)
        assert desk.take(canon(envelope)) == ""
        with town.house.centre.reading() as session:
            case = load_case(session, envelope["case_id"])
        assert case is not None
        return case.late, case.sampled

    assert not late(emptied, 5001)[0]
    assert not late(emptied + timedelta(days=4), 5002)[0]
    assert late(emptied - timedelta(days=1), 5003)[0]
    back = dated(desk, made, emptied - timedelta(days=40), 5004)
    assert "با روز امروز ثبت کنید" in desk.take(canon(back))


@pytest.mark.slow
def test_what_was_taken_in_more_than_a_month_without_a_line_is_at_the_centre(town: Town) -> None:
    desk = Desk(town)
    made = desk.made()
    greet(desk, desk.head)
    began = town.clock.moment
    town.clock.moment += timedelta(days=45)
    greet(desk, desk.head + 4)
    cases = {}
    for after in (0, 1, 40):
        moment = began + timedelta(days=after)
        envelope = dated(desk, made, moment.date(), 5001 + after)
        assert desk.take(canon({**envelope, "made_at": _instant(moment)})) == ""
        with town.house.centre.reading() as session:
            case = load_case(session, envelope["case_id"])
        assert case is not None
        cases[after] = case.late
    # So long after it is taken, and marked: somebody looks at it.
    assert cases == {0: True, 1: True, 40: False}
    before = began - timedelta(days=31)
    for day, moment, words in (
        (began.date(), before, "زمان این کار"),
        (before.date(), began, "با روز امروز ثبت کنید"),
    ):
        envelope = dated(desk, made, day, 6001)
        assert words in desk.take(canon({**envelope, "made_at": _instant(moment)}))


def test_the_moment_of_what_was_held_is_not_measured_by_what_its_desk_sent_since() -> None:
    came = datetime(2026, 11, 24, tzinfo=UTC)
    assert Came(came, came - timedelta(days=50)).oldest == came - timedelta(days=80)
    assert Came(came, None).oldest == came - timedelta(days=30)
    assert Came(came, came + timedelta(days=1)).oldest is None


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.mark.slow
def test_a_visit_is_in_the_propertys_own_district(town: Town) -> None:
    case_id = town.register(town.record(Scenario.OLD_VISIT), "no-violation")
    clerk = town.crew.clerk
    case = case_now(clerk, case_id)
    assert case.state is State.VISIT_DUE
    assert case.district
    (free,) = visits.free_slots(clerk, case.district, 1)
    visits.book(clerk, case, Slot(free.day, free.half, 99), "مالک", "09130000001", "bill", "71")
    assert case_now(clerk, case_id).state is State.VISIT_DUE
    other = case.district % 5 + 1
    visits.book(clerk, case_now(clerk, case_id), Slot(free.day, free.half, other), "", "")
    assert case_now(clerk, case_id).state is State.VISIT_DUE
    slot = Slot(free.day, free.half, case.district)
    visits.book(clerk, case_now(clerk, case_id), slot, "مالک", "09130000001")
    assert case_now(clerk, case_id).slot == slot


def test_a_device_revoked_since_it_was_let_in_is_seen_under_its_lock(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(town)
    text = canon(desk.next(desk.made()))
    whole = door._unfit

    def unfit(device: Any, *rest: Any) -> Any:
        refused = whole(device, *rest)
        with town.house.centre.writing() as session:
            session.execute(
                update(DeviceRow)
                .where(DeviceRow.device_id == desk.caller.device_id)
                .values(revoked_at=town.clock.now())
            )
        return refused

    if town.house.centre.writer.dialect.name == "postgresql":
        # On SQLite there is one writer: nobody is revoked in the middle of a push.
        monkeypatch.setattr(door, "_unfit", unfit)
        assert desk.push(text).status == link.REVOKED
        monkeypatch.undo()
        assert desk.push(text).status == link.REVOKED
        with town.house.centre.reading() as session:
            assert session.get_one(DeviceRow, desk.caller.device_id).head_seq == desk.head
    else:
        request = desk.caller.signed("/v1/pull", b'{"cursors":{}}', town.clock.now())
        assert serve(town.house.centre, request).status == link.OK


@pytest.mark.parametrize("number", ["1", 1.0, True, -1, 2**31, None, [1], "NaN"])
def test_a_whole_number_in_a_question_is_one_too(small_town: Town, number: Any) -> None:
    caller = Caller(small_town)
    for path, body in (
        ("/v1/slots", {"district": 1, "count": number}),
        ("/v1/pull", {"cursors": {"city": number}}),
        ("/v1/wait", {"cursors": {"city": number}}),
    ):
        assert code_of(caller.call(path, json.dumps(body).encode())) == "unreadable"

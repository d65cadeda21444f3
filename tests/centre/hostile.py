"""Bodies of every call as desks of a town send them, and the same as a hostile desk spoils them."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from desktop.actions import intake, publishing, visits
from desktop.actions.desk import Seat
from desktop.centre import enrolling
from desktop.centre.tables import StreamRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.demo.people import OFFICE, STAFF
from desktop.domain.case import Case
from desktop.domain.contest import Contested
from desktop.domain.made_up import made_up_national_id
from desktop.domain.people import Role
from desktop.domain.reading import Reading, What
from desktop.domain.rota import Away
from desktop.domain.stream import CITY
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.keys import new_key
from desktop.store import outbox
from desktop.trial.counters import new_counter
from desktop.wire import calls, link
from desktop.wire.assent import Assent, Purpose, assented
from desktop.wire.blobs import chunk_of
from desktop.wire.elsewhere import CopyAsk
from desktop.wire.elsewhere import subject_of as copy_subject
from desktop.wire.enrolling import introduced
from desktop.wire.newcomers import NewcomersAsk
from desktop.wire.notices import AnnounceAsk
from desktop.wire.offices import HeirAsk, LessonAsk, StopAsk, StopWhollyAsk
from desktop.wire.payloads import Fault
from desktop.wire.publishing import PrepareAsk, PublicationBody, WithdrawAsk
from desktop.wire.readings import line_text
from desktop.wire.records import ForceAsk, ImportBody, force_subject
from desktop.wire.registry import CodeAsk, ConversionStepAsk
from desktop.wire.visit_plan import MoveVisitsAsk, away_body
from tests.actions.test_records import everything, export, sent
from tests.centre.calling import Caller, code_of
from tests.heirs import stamped_elsewhere
from tests.houses import MORNING, REZA, SARA
from tests.objected import object_to
from tests.papers import attached, file_of
from tests.publish import WHY, in_force, renamed
from tests.town import Town
from tests.wire.test_codec import NO_MOMENT

STRANGE = {call.path for call in (calls.REACH, calls.ENROL)}
HOSTILE: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2**31 - 1, 2**31, 2**63, 10**40, 1.5, "", " ", "\0", "a\0b",
    "1", "-1", "NaN", "Infinity", "1e999", "1/1/1", "1405/21/1", "²", "۳", "٣", "-", "1-1-1-1",
    "1-1-1-1-1-1-1-1", "2-14-308-27", "999999999-1-1-1", "a" * 70, "ا" * 501, "x" * 20_000,
    "\u202e", "\u0627\u0653", "\U0001f600", "'; DROP TABLE fact; --", "<b onclick='x'>", "{{ 1 }}",
    "0001-01-01", "9999-12-31", "1850-01-01", "2120-12-31", "2026-02-30", "2026-11-24",
    "2026-11-24T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    *NO_MOMENT, "office:22", "city",
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


SUPERVISOR, CLERK, MANAGER = "hamid-mirjalili", "zahra-fallah", "mohammad-zare"
PLANNER, INSPECTOR = "parvin-heidari", "ali-kargar"
LATER = MORNING.date() + timedelta(2)
SERVICE = {
    "actor": SUPERVISOR, "name": "walling.toml", "text": whole_text(SERVICES / "walling.toml"),
    "day": LATER.isoformat(),
}  # fmt: skip


@dataclass
class Known:
    """A town, the desks that ask its centre, and what they know to ask for.

    `stranger` is a machine that is no desk yet; `waits` a publication that a second person may
    sign, `staged` records that may be put into force, `coming` the place of what holds from later.
    `told` counts answers by status and code.
    """

    town: Town
    office: Caller
    city: Caller
    stranger: Caller
    seats: dict[str, Seat]
    waits: PublicationBody
    staged: ImportBody
    coming: int
    elsewhere: Case
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)

    def ask(self, path: str, body: bytes) -> link.Reply:
        """The reply to the body, from the desk that such a body comes from."""
        reply = self._asker(path).call(path, body)
        code = "" if reply.status == link.OK else f" {code_of(reply)}"
        self.told[f"{reply.status}{code}"] += 1
        return reply

    def request(self, path: str, body: bytes) -> link.SignedRequest:
        """The same, signed now and not sent yet."""
        return self._asker(path).signed(path, body, self.town.clock.now())

    def _asker(self, path: str) -> Caller:
        if path in STRANGE:
            return self.stranger
        told = json.dumps(self.bodies[path])
        municipal = any(staff_id in told for staff_id in self.seats)
        return self.city if municipal else self.office

    def signed(self, path: str, body: Any) -> Any:
        """The body with the words of its people given anew to what it says now, if it can be."""
        try:
            purpose, subject = self._subject(path, body)
            words = {
                name: self._word(Assent.model_validate(body[name]), purpose, subject)
                for name in ("assent", "second")
                if body.get(name) is not None
            }
        except (ValueError, LookupError, TypeError):
            # Spoilt so that there is nothing to sign.
            return body
        return {**body, **words}

    def _word(self, given: Assent, purpose: Purpose, subject: str) -> dict[str, Any]:
        said = (given.actor, given.reason, given.at)
        text = assented(self.city.own.centre, purpose, subject, *said)
        at_office = (self.town.crew.clerk, self.town.crew.manager)
        own = {seat.staff.staff_id: seat for seat in at_office}
        seat = {**self.seats, **own}.get(given.actor)
        signature = seat.signer(text) if seat else given.signature
        word: dict[str, Any] = json.loads(
            given.model_copy(update={"signature": signature}).encode()
        )
        return word

    def _subject(self, path: str, body: Any) -> tuple[Purpose, str]:
        """What the word is given to. Raises ValueError or TypeError for none."""
        if not isinstance(body, dict):
            raise TypeError(body)
        text = json.dumps(body)
        match path:
            case "/v1/prepare-publication":
                return Purpose.PREPARE, PrepareAsk.model_validate_json(text).draft.subject
            case "/v1/sign-publication":
                return Purpose.SIGN, self.waits.subject
            case "/v1/decline-publication":
                return Purpose.WITHDRAW, self.waits.subject
            case "/v1/withdraw-published":
                return Purpose.WITHDRAW, WithdrawAsk.model_validate_json(text).subject
            case "/v1/stop":
                return Purpose.STOP, StopAsk.model_validate_json(text).signed
            case "/v1/stop-wholly":
                return Purpose.STOP, StopWhollyAsk.model_validate_json(text).signed
            case "/v1/heir":
                return Purpose.HEIR, HeirAsk.model_validate_json(text).signed
            case "/v1/copy-elsewhere":
                copy_ask = CopyAsk.model_validate_json(text)
                asked = (copy_ask.ask_id, copy_ask.letter_id, copy_ask.person_id)
                return Purpose.COPY, copy_subject(*asked)
            case "/v1/lesson":
                return Purpose.LESSON, LessonAsk.model_validate_json(text).signed
            case "/v1/enrol-code":
                return Purpose.CODE, CodeAsk.model_validate_json(text).signed
            case "/v1/newcomers":
                return Purpose.NEWCOMERS, NewcomersAsk.model_validate_json(text).signed
            case "/v1/code-back":
                return Purpose.CODE_BACK, str(body["staff_id"])
            case "/v1/revoke":
                return Purpose.REVOKE, str(body["device_id"])
            case "/v1/conversion-step":
                return Purpose.CONVERSION, ConversionStepAsk.model_validate_json(text).signed
            case "/v1/announce":
                return Purpose.ANNOUNCE, AnnounceAsk.model_validate_json(text).announcement.subject
            case "/v1/move-visits":
                return Purpose.MOVE_VISITS, MoveVisitsAsk.model_validate_json(text).signed
            case "/v1/records/force":
                ask = ForceAsk.model_validate_json(text)
                seen = force_subject(
                    ask.export_id, self.staged.sha256, ask.seen, ask.lifted, end_rest=ask.end_rest
                )
                return Purpose.PUT_IN_FORCE, seen
            case "/v1/records/back":
                return Purpose.TAKE_BACK, str(body["export_id"])
            case "/v1/records/lift":
                return Purpose.LIFT, f"{body['overlay_id']}|{body['number']}"
        raise ValueError(path)


def known_to(town: Town, folder: Path) -> Known:
    """The town with a case, a paper, a letter, and what waits for a person's word; `folder` is for
    an export of records."""
    crew = town.crew
    file = file_of(attached(crew.clerk, 1))
    case_id = town.register(town.record(Scenario.CLEAN), file=file)
    while town.house.office.sync().more:
        pass
    draft = renamed("walling", LATER)
    waits = publishing.prepare(crew.supervisor, draft)
    in_force(crew, renamed("gas", LATER, "نامی دیگر"))
    with town.house.centre.reading() as session:
        coming = session.get_one(StreamRow, CITY).pos
    staged = sent(town, crew.supervisor, export(folder, everything()))
    office, city = Caller(town), Caller(town, town.house.municipality)
    known = Known(
        town, office, city, office.as_stranger(),
        {
            seat.staff.staff_id: seat
            for seat in (crew.supervisor, crew.second, crew.planner, crew.inspector)
        },
        waits, staged, coming, stamped_elsewhere(town, folder),
    )  # fmt: skip
    known.bodies = _bodies(known, case_id, file.sha256)
    return known


def _bodies(known: Known, case_id: str, sha256: str) -> dict[str, dict[str, Any]]:
    """A body of every call as a desk would send it, in an order in which most are answered."""
    town, seats = known.town, known.seats
    centre, at = town.house.centre, town.clock.now()
    with centre.writing() as session:
        code = enrolling.new_code(session, OFFICE.code, at, "مینا صدر", namesake=SARA).text
        namely = enrolling.new_person_code(
            session, OFFICE.code, at, "مینو صدر", Role.CLERK, REZA
        ).text
    store = town.house.office.desk.store
    with store.reading() as session:
        (first,) = outbox.after(session, 0, 1)
    answer = case_now(town.crew.clerk, case_id).answer
    assert answer is not None
    letter, record = answer.letter, town.record(Scenario.CLEAN, 1)
    objection = object_to(town, record, Contested.LAND, claimed_area="999.00").case_id
    stranger, point = link.public_hex(known.stranger.key), "02" + f"{5:064x}"
    person = new_key()
    said = introduced(
        known.office.own.centre, known.office.device_id, link.public_hex(person), point
    )
    moment = at.isoformat().replace("+00:00", "Z")
    word = {"actor": SUPERVISOR, "reason": WHY, "at": moment, "signature": "0" * 128}
    other = {**word, "actor": next(each for each in seats if each != SUPERVISOR)}
    walling = intake.services(town.crew.clerk.desk)["walling"]
    draft = json.loads(renamed("water", LATER, "نام دیگر").encode())
    told = {"actor": SUPERVISOR}
    act = {"number": "1", "dated": "2026-11-01", "body": "شورا", "scan": None}
    exported = {**told, "export_id": known.staged.export_id}
    paper, chunk = {"sha256": sha256}, {"number": 0, "content": chunk_of(b"%PDF", 0)}
    place = {"section": 4, "main": 1, "sub": 0}
    waiting = known.waits.draft.publication
    away = Away("ali-kargar", at.date(), at.date())
    request, letters = known.elsewhere.request, known.elsewhere.letters
    there = {"tracking": request.tracking, "person_id": request.party.person_id}
    found = {
        "/v1/hello": {
            "protocol": 1, "client": "0.1.0", "device_seq": 0, "cursors": {"city": 0},
            "oldest_unsent": "2026-11-24T07:00:00Z", "disk_free_mb": 100, "backup_at": None,
            "held": 0, "locked": [{"staff": CLERK, "until": "2026-11-24T08:00:00Z"}],
            "learning": [{"staff": CLERK, "service": "walling"}],
        },
        "/v1/push": {"commands": [first], "cursors": {"city": 0}},
        "/v1/pull": {"cursors": {"city": 0}},
        "/v1/wait": {"cursors": {"city": 0}},
        "/v1/recovery": {"epoch": new_id(), "given": False, "records_as_of": None},
        "/v1/give-back": {
            "stream": "city", "after": 0, "facts": ["{}"],
            "head": {
                "pos": 1, "hash": "ab" * 32, "epoch": new_id(), "at": "2026-11-24T08:00:00Z",
                "signature": "cd" * 64,
            },
        },
        "/v1/reach": {"key": stranger},
        "/v1/enrol": {"code": code, "key": stranger},
        "/v1/enrol-person": {
            "code": namely, "key": link.public_hex(person), "release_key": point,
            "signature": person.sign(said).hex(),
        },
        "/v1/check-files": {"tag": ""},
        "/v1/elsewhere": {**there, "actor": CLERK},
        "/v1/copy-elsewhere": {
            **there, "actor": MANAGER, "letter_id": letters[0].letter.letter_id,
            "ask_id": new_id(), "assent": {**word, "actor": MANAGER},
        },
        "/v1/precheck": {
            "service": "no-violation", "actor": CLERK, "applicant": "owner",
            "code": str(record.code), "person_id": record.owners[0].person_id,
            "represented_id": "", "plate": place, "unchanged": "yes", "answers": {"stage": "پی"},
        },
        "/v1/property-place": {"service": "clearance", "actor": CLERK, "code": str(record.code)},
        "/v1/slots": {"district": 1, "count": 3},
        "/v1/visit-day": {"actor": INSPECTOR, "first": at.date().isoformat(), "days": 7},
        "/v1/draft-letter": {"actor": SUPERVISOR, "case_id": case_id},
        "/v1/commissions": {**told, "article": "100", "awaits": "", "offset": 0, "limit": 10},
        "/v1/visit-week": {"actor": PLANNER, "first": at.date().isoformat(), "days": 7},
        "/v1/visits-to-move": {"actor": PLANNER, "away": away_body(away).model_dump(mode="json")},
        "/v1/move-visits": {
            "away": away_body(away).model_dump(mode="json"),
            "digest": visits.to_move(town.crew.planner, away).digest,
            "assent": {**word, "actor": PLANNER},
        },
        "/v1/visits-moved": {"actor": PLANNER, "offset": 0},
        "/v1/visit-called": {
            "actor": PLANNER, "case_id": case_id, "moved_at": moment, "called": True
        },
        "/v1/case": {"actor": CLERK, "case_id": case_id},
        "/v1/review-file": {"actor": SUPERVISOR, "case_id": case_id},
        "/v1/objections": told,
        "/v1/objection": {**told, "case_id": objection},
        "/v1/queue": {
            **told, "text": "", "state": "", "service": "", "offset": 0, "limit": 10,
            "overdue": False, "recall": False, "office": "",
        },
        "/v1/bulletin": {**told, "year": 1405, "month": 7},
        "/v1/second-looks": {**told, "later": [case_id]},
        "/v1/second-look-record": {**told, "case_id": case_id},
        "/v1/board": {**told, "day": "2026-11-24", "days": 1, "service": "", "district": 0},
        "/v1/board-cases": {**told, "day": "2026-11-24", "days": 1, "figure": "received"},
        "/v1/verify": {"number": letter.number, "signature": letter.signature},
        "/v1/watch": told,
        "/v1/blob/state": paper,
        "/v1/blob/chunk": {**paper, **chunk},
        "/v1/blob/prove": {**paper, "proof": "0" * 64},
        "/v1/blob/read": {**paper, "actor": CLERK, "case_id": case_id, "number": 0},
        "/v1/services": told,
        "/v1/service-version": {
            **told, "code": "walling", "version": walling.version,
        },
        "/v1/check-service": SERVICE,
        "/v1/service-letters": SERVICE,
        "/v1/try-service": SERVICE,
        "/v1/weigh-publication": {**told, "draft": draft},
        "/v1/publications": {**told, "publication": waiting},
        "/v1/prepare-publication": {"draft": draft, "assent": word},
        "/v1/sign-publication": {"publication": waiting, "assent": other},
        "/v1/decline-publication": {"publication": waiting, "assent": word},
        "/v1/withdraw-published": {
            "topic": "service", "key": "gas", "day": LATER.isoformat(), "places": [known.coming],
            "assent": word,
        },
        "/v1/scan": {**told, "sha256": "cd" * 32, "size": 99},
        "/v1/stop": {
            "subject": "person", "who": "leila-dehghan", "cause": WHY, "act": act, "since": moment,
            "assent": word,
        },
        "/v1/stop-wholly": {
            "office": "78", "heir": "", "cause": WHY, "act": act, "since": moment, "assent": word,
        },
        "/v1/heir": {"office": "78", "heir": OFFICE.code, "act": act, "assent": word},
        "/v1/open-cases": {**told, "office": OFFICE.code},
        "/v1/lesson": {
            "attempt": new_id(), "service": "walling", "version": walling.version, "score": "9",
            "assent": {**word, "actor": CLERK},
        },
        "/v1/offices": {**told, "office": OFFICE.code},
        "/v1/office-list": {**told, "first": 0},
        "/v1/people": {
            **told, "office": OFFICE.code, "typed": "متصدی", "state": "at-work", "person": CLERK,
            "first": 0, "limit": 9,
        },
        "/v1/enrol-code": {
            "office": OFFICE.code, "name": town.crew.clerk.staff.name, "role": "clerk",
            "again": CLERK, "national_id": STAFF[0].national_id, "assent": word,
        },
        "/v1/newcomers": {
            "people": [
                {
                    "staff_id": new_id(), "office": OFFICE.code, "name": "مینا صدر",
                    "role": "clerk", "national_id": made_up_national_id(4_021),
                },
            ],
            "assent": word,
        },
        "/v1/code-back": {"staff_id": CLERK, "assent": word},
        "/v1/revoke": {"device_id": new_counter(centre, "77").device_id, "assent": word},
        "/v1/conversion": {**told, "office": OFFICE.code, "day": "2026-12-01"},
        "/v1/conversion-step": {
            "office": OFFICE.code,
            "done": {
                "step": "application", "number": "1", "dated": "2026-11-01", "signed_by": "م",
                "scan": "cd" * 32, "until": None, "counter": 0, "fault": "",
            },
            "assent": word,
        },
        "/v1/announce": {
            "announcement": {
                "announcement": new_id(), "about": "outage", "title": "قطعی سامانه", "words": WHY,
                "offices": [OFFICE.code], "services": ["walling"], "since": moment,
                "until": "2027-01-01T00:00:00Z", "due": LATER.isoformat(), "replaces": "",
            },
            "assent": word,
        },
        "/v1/notices-read": {
            "reads": [
                {"kind": "announcement", "key": new_id(), "staff": CLERK, "read_at": moment},
            ],
        },
        "/v1/notice-readers": {
            **told, "kind": "announcement", "keys": [new_id()], "named": True,
        },
        "/v1/messages": told,
        "/v1/recalls": {
            **told, "part": "changed", "case_id": case_id, "offset": 0, "limit": 50,
        },
        "/v1/consultations": {**told, "part": "open", "consultee": "", "offset": 0, "limit": 50},
        "/v1/readings": {
            "after": 0, "before": "0" * 64, "hash": "0" * 64,
            "lines": [line_text(known.office.device_id, 1, Reading(at, CLERK, What.LIST))],
        },
        "/v1/reading-log": {
            **told, "first": "2026-11-01", "last": "2026-11-24", "about": str(record.code),
            "staff": "", "office": "", "what": "", "mark": "no-case", "offset": 0, "limit": 9,
            "order": "", "way": "page",
        },
        "/v1/reader": {**told, "staff": CLERK},
        "/v1/ask-reader": {**told, "chain": known.office.device_id, "seq": 1, "words": WHY},
        "/v1/reply-reading": {
            "actor": CLERK, "chain": known.office.device_id, "seq": 1, "words": WHY,
        },
        "/v1/published-by": {**told, "topic": "service", "texts": ["ab" * 32]},
        "/v1/records/upload": {**told, "upload_id": new_id(), **chunk},
        "/v1/records/state": told,
        "/v1/records/rows": {
            **exported, "sheet": "", "reason": "", "fate": "", "cause": "", "offset": 0, "limit": 9,
        },
        "/v1/records/force": {
            "export_id": known.staged.export_id, "assent": word, "second": other,
            "seen": [], "lifted": {}, "end_rest": False,
        },
        "/v1/records/back": {"export_id": known.staged.export_id, "assent": word},
        "/v1/records/stop": exported,
        "/v1/records/read": {
            **told, "upload_id": new_id(), "name": "x.zip", "sha256": "0" * 64,
            "as_of": "2026-11-24",
        },
        "/v1/records/kept": told,
        "/v1/records/lift": {"overlay_id": 1, "number": "1", "assent": word, "second": other},
    }  # fmt: skip
    return {path: known.signed(path, body) for path, body in found.items()}


def demand_told(path: str, reply: link.Reply) -> None:
    """Fail for what nobody could do anything with."""
    assert reply.status != link.BROKEN, reply.body.decode()
    # Who is no desk yet signs by the key that the body brings.
    assert reply.status != link.UNSIGNED or path in STRANGE, reply.body.decode()
    if reply.status != link.OK:
        fault = Fault.model_validate_json(reply.body)
        assert fault.words
        assert not fault.report

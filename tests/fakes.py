"""A small centre in memory that keeps the whole protocol, so that an office can be tested alone."""

from __future__ import annotations

import threading
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.domain.applying import apply
from desktop.domain.case import Case
from desktop.domain.commands import Command
from desktop.domain.decision import Decision, Outcome
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.facts import CaseFact, Decided, LetterIssued
from desktop.domain.lawful import handle
from desktop.domain.people import Staff
from desktop.domain.setting import Setting
from desktop.domain.state import State
from desktop.domain.stream import CommandRefused, Fact, HomeFact, Payload, PersonEnrolled
from desktop.store.meta import Identity
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.codec import decode_command, encode_fact
from desktop.wire.link import (
    BUSY,
    CLOCK,
    ELSEWHERE,
    FORK,
    OK,
    REVOKED,
    UNSIGNED,
    Reply,
    SignedRequest,
    answered,
    iso,
    public_hex,
    question_of,
    sign,
    verifies,
)
from desktop.wire.payloads import (
    PROTOCOL,
    Body,
    Fault,
    HelloAnswer,
    HelloAsk,
    PullAnswer,
    PullAsk,
    PushAnswer,
    PushAsk,
    Slice,
    WaitAnswer,
    WaitAsk,
    attested,
)
from tests.office import CITY, SERVICE, TODAY, letter


@dataclass
class SetClock:
    """A clock that stands where it is put."""

    moment: datetime

    def now(self) -> datetime:
        """The moment it was put to."""
        return self.moment


@dataclass
class Device:
    """A device as the centre knows it; `seen` are the chain's values of its commands."""

    key: str
    home: str
    office: str
    desk: int
    revoked: bool = False
    seen: list[str] = field(default_factory=lambda: [GENESIS])


class FakeCentre:
    """Verifies, chains, numbers and decides that every paid request is answered."""

    def __init__(self, clock: SetClock, *, slice_size: int = 1000) -> None:
        self.clock = clock
        self.heads, self.answers = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
        self.name = "centre-1"
        self.epoch = "epoch-1"
        self.slice_size = slice_size
        self.devices: dict[str, Device] = {}
        self.people: dict[str, Staff] = {}
        self.streams: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.cases: dict[str, Case] = {}
        self.numbers = 0
        self.down = False
        self.lose_answers = 0
        self.busy = False
        self.calls: list[str] = []
        self.greetings: list[HelloAsk] = []
        self.takes = 1_000
        self.pushed: list[int] = []
        self.tamper: Callable[[Slice], Slice] = lambda piece: piece
        self._lock = threading.Lock()

    def enrol(self, device_id: str, key: Ed25519PrivateKey, desk: int = 1) -> Identity:
        """Take a device of office 21; what its store is told."""
        self.devices[device_id] = Device(public_hex(key), "office:21", "21", desk)
        return Identity(
            device_id=device_id, office="21", desk=desk, home="office:21", centre=self.name,
            epoch=self.epoch, heads_key=public_hex(self.heads),
            answers_key=public_hex(self.answers),
        )  # fmt: skip

    def enrol_person(self, person: Staff) -> None:
        """Tell the office's stream of a member of staff."""
        self.people[person.staff_id] = person
        self.tell(
            f"office:{person.office}",
            PersonEnrolled(
                person.staff_id,
                person.name,
                person.role,
                person.key,
                person.title,
                person.release_key,
            ),
        )

    def call(self, request: SignedRequest) -> Reply:
        """As a Link: answers, or is down; an answer may be lost after the work is done."""
        self.calls.append(request.path)
        if self.down:
            raise LineDown("refused")
        with self._lock:
            status, body = self._serve(request)
        reply = self.signed(request, status, body)
        if self.lose_answers:
            self.lose_answers -= 1
            raise LineDown("the answer was lost")
        return reply

    def signed(self, request: SignedRequest, status: int, body: bytes) -> Reply:
        """An answer to the request, signed."""
        time, question = iso(self.clock.now()), question_of(request)
        said = answered(question, status, body, time, self.name, self.epoch)
        return Reply(status, body, time, sign(self.answers, said))

    def _serve(self, request: SignedRequest) -> tuple[int, bytes]:
        if (request.centre, request.epoch) != (self.name, self.epoch):
            return _fault(ELSEWHERE, "elsewhere", epoch=self.epoch)
        device = self.devices.get(request.device_id)
        if device is None or not verifies(device.key, request.signature, question_of(request)):
            return _fault(UNSIGNED, "unsigned")
        if device.revoked:
            return _fault(REVOKED, "revoked")
        apart = datetime.fromisoformat(request.time) - self.clock.now()
        if abs(apart) > timedelta(minutes=5):
            return _fault(CLOCK, "clock", self.clock.now())
        if request.path == "/v1/hello":
            self.greetings.append(HelloAsk.model_validate_json(request.body))
            return _ok(self._hello(device))
        if request.path == "/v1/wait":
            waited = WaitAsk.model_validate_json(request.body)
            grown = any(len(self.streams[name]) > at for name, at in waited.cursors.items())
            return _ok(WaitAnswer(grown=grown))
        if request.path == "/v1/pull":
            pulled = PullAsk.model_validate_json(request.body)
            return _ok(PullAnswer(streams=self._slices(pulled.cursors)))
        if self.busy:
            return _fault(BUSY, "busy")
        return self._push(device, PushAsk.model_validate_json(request.body))

    def _hello(self, device: Device) -> HelloAnswer:
        return HelloAnswer(
            protocol=PROTOCOL, least_client="0", epoch=self.epoch, time=self.clock.now(),
            office=device.office, desk=device.desk, home=device.home,
            streams=[device.home, "city"], head_seq=len(device.seen) - 1,
            head_hash=device.seen[-1], records_as_of=TODAY,
        )  # fmt: skip

    def _push(self, device: Device, ask: PushAsk) -> tuple[int, bytes]:
        self.pushed.append(len(ask.commands))
        for canon in ask.commands[: self.takes]:
            command = decode_command(canon)
            seq = command.device_seq
            if seq > len(device.seen):
                return _fault(FORK, "gap")
            chain = link_hash(device.seen[seq - 1], canon)
            if seq < len(device.seen):
                if device.seen[seq] != chain:
                    return _fault(FORK, "fork")
                continue
            device.seen.append(chain)
            self._settle(command, device.home)
        answer = PushAnswer(accepted_to=len(device.seen) - 1, streams=self._slices(ask.cursors))
        return _ok(answer)

    def settle(self, command: Command, device_id: str) -> None:
        """Settle a command as if a desk with that device's home had pushed it."""
        self._settle(command, self.devices[device_id].home)

    def _settle(self, command: Command, home: str) -> None:
        case = self.cases.get(command.case_id)
        actor = self.people[command.actor]
        setting = Setting(SERVICE, CITY, self.clock.now(), releasers=1)
        try:
            made = handle(case, command, actor, setting)
        except Refusal as refusal:
            words = CommandRefused(command.kind, command.case_id, refusal.words)
            self.tell(home, words, command)
            return
        for payload in made:
            self._add(home, command, payload)
        self._decide(home, command)

    def _decide(self, stream: str, command: Command) -> None:
        if self.cases[command.case_id].state is not State.DECIDING:
            return
        decision = Decision(Outcome.ANSWER, (), (), TODAY, TODAY, SERVICE.version)
        self._add(stream, command, Decided(decision))
        self.numbers += 1
        issued = letter(f"letter-{self.numbers}", command.case_id, f"1405/21/{self.numbers}")
        self._add(stream, command, LetterIssued(issued))

    def _add(self, stream: str, command: Command, payload: CaseFact) -> None:
        case = self.cases.get(command.case_id)
        fact = self.tell(stream, payload, command, rev=case.rev + 1 if case else 1)
        self.cases[command.case_id] = apply(case, fact)

    def tell(
        self, stream: str, payload: Payload, command: Command | None = None, rev: int = 0
    ) -> Fact:
        """Append a fact to a stream."""
        lines = self.streams[stream]
        fact = Fact(
            fact_id=str(uuid.uuid4()), stream=stream, pos=len(lines) + 1,
            case_id=command.case_id if command and not isinstance(payload, HomeFact) else "",
            rev=rev, cause=command.command_id if command else "",
            actor=command.actor if command else "centre", actor_name="", at=self.clock.now(),
            payload=payload,
        )  # fmt: skip
        self.tell_text(stream, encode_fact(fact))
        return fact

    def tell_text(self, stream: str, canon: str) -> None:
        """Append a canonical text to a stream, whatever it says."""
        lines = self.streams[stream]
        lines.append((canon, link_hash(lines[-1][1] if lines else GENESIS, canon)))

    def _slices(self, cursors: dict[str, int]) -> list[Slice]:
        return [self._slice(stream, after) for stream, after in sorted(cursors.items())]

    def _slice(self, stream: str, after: int) -> Slice:
        lines = self.streams[stream][after : after + self.slice_size]
        pos = after + len(lines)
        chain = self.streams[stream][pos - 1][1] if pos else GENESIS
        piece = Slice(
            stream=stream, after=after, facts=[canon for canon, _ in lines], pos=pos, hash=chain,
            more=pos < len(self.streams[stream]), epoch=self.epoch, time=self.clock.now(),
            signature="",
        )  # fmt: skip
        signed = attested(self.name, stream, pos, chain, self.epoch, piece.time)
        return self.tamper(piece.model_copy(update={"signature": sign(self.heads, signed)}))


def _ok(body: Body) -> tuple[int, bytes]:
    return OK, body.encode()


def _fault(
    status: int, code: str, time: datetime | None = None, epoch: str = ""
) -> tuple[int, bytes]:
    return status, Fault(code=code, words="", time=time, epoch=epoch).encode()


def at(text: str) -> datetime:
    """A UTC moment out of `2026-11-24 07:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)

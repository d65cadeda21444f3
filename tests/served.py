"""A centre that listens on loopback by TLS, in a thread of the test, and a desk that calls it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.centre import offices, people
from desktop.centre.api import Door, Limits, application
from desktop.centre.context import Centre, CentreIdentity
from desktop.centre.listening import Listening, bound, config
from desktop.chance import new_id
from desktop.domain.errors import LineDown
from desktop.domain.office import OfficeCard
from desktop.keys import new_key
from desktop.premises.certificate import fingerprint_of, make_certificate
from desktop.premises.open import OwnCentre
from desktop.sync.address import read_address
from desktop.sync.http import HttpsLink
from desktop.wire import headers, link
from desktop.wire.calls import Answered, Asked, Call
from desktop.wire.link import Link, SignedRequest, public_hex

OFFICE = OfficeCard("31", "دفتر پیشخوان ۳۱", "یزد", "03530000031", "8913600031", 3, "", False)


@dataclass
class Caller:
    """A desk that was enrolled at the centre, and calls it at the address.

    `answers` is the public half of the centre's key for answers, hex; `waiting` tells how many
    desks the process holds.
    """

    address: str
    trusted: ssl.SSLContext
    device_id: str
    key: Ed25519PrivateKey
    identity: CentreIdentity
    answers: str
    waiting: Callable[[], int] = lambda: 0
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(
            base_url=self.address, verify=self.trusted, timeout=30, trust_env=False
        )

    def signed(self, path: str, body: bytes) -> SignedRequest:
        """The call, signed now."""
        own, at = self.identity, datetime.now(UTC)
        return link.sign_request(
            self.key, self.device_id, path, body, at, centre=own.centre, epoch=own.epoch
        )

    def send(self, path: str, body: bytes, **changes: str) -> httpx.Response:
        """What comes back for the body, signed now, with some of the headers changed."""
        sent = headers.headers_of(self.signed(path, body)) | changes
        return self.client.post(path, content=body, headers=sent)

    def ask(self, call: Call[Asked, Answered], body: Asked) -> Answered:
        """The answer to the call, believed by its signature."""
        request = self.signed(call.path, body.encode())
        sent = headers.headers_of(request)
        told = self.client.post(call.path, content=request.body, headers=sent)
        assert told.status_code == link.OK, told.text
        reply = headers.reply_of(told.status_code, told.content, told.headers)
        assert link.is_answer(request, reply, self.answers)
        return call.answer.model_validate_json(told.content)


@contextmanager
def served(centre: Centre, folder: Path, limits: Limits | None = None) -> Iterator[Caller]:
    """The centre at an address of its own, until the block ends; and a desk of a new office."""
    # The line is there until the centre has ended: who waits is answered by it.
    with ExitStack() as ends, listening(centre, folder, limits) as (address, certificate, door):
        trusted = ssl.create_default_context(cafile=str(certificate))
        with centre.writing() as session:
            people.open_office(session, OFFICE)
        caller = enrol_first_desk(centre, address, trusted, OFFICE.code)
        caller.waiting = door.waiting.__len__
        ends.callback(caller.client.close)
        yield caller


@contextmanager
def over_https(folder: Path, limits: Limits | None = None) -> Iterator[Callable[[Link], Link]]:
    """A line for `Opening`: the house's own centre is served, and its desks call it over HTTPS."""
    with ExitStack() as opened:
        made: list[HttpsLink] = []

        def line(own: Link) -> Link:
            assert isinstance(own, OwnCentre)
            if not made:
                served_at = opened.enter_context(listening(own().centre, folder, limits))
                address, certificate, _ = served_at
                pin = fingerprint_of(certificate.read_bytes()).hex()
                made.append(HttpsLink(read_address(address), pin, proxies=dict))
                opened.callback(made[0].close)
            return _Cut(own, made[0])

        yield line


@dataclass
class _Cut:
    """The line over HTTPS, down while the house's own is cut."""

    own: OwnCentre
    line: Link

    def call(self, request: SignedRequest) -> link.Reply:
        """The centre's reply."""
        if self.own.cut:
            raise LineDown
        return self.line.call(request)


@contextmanager
def listening(
    centre: Centre, folder: Path, limits: Limits | None = None
) -> Iterator[tuple[str, Path, Door]]:
    """The centre's API at an address, with its certificate, until the block ends."""
    limits = limits or Limits()
    certificate, key = folder / "certificate.pem", folder / "certificate.key"
    made = make_certificate(["127.0.0.1", "localhost"], datetime.now(UTC))
    certificate.write_bytes(made[0])
    key.write_bytes(made[1])
    door = Door(centre, limits)
    listening = Listening("127.0.0.1", 0, certificate, key)
    server = uvicorn.Server(config(partial(application, door), listening, limits))
    begun = Event()
    startup = server.startup

    async def start(sockets: Any = None) -> None:
        await startup(sockets)
        begun.set()

    server.startup = start  # type: ignore[method-assign]
    thread = Thread(target=server.run, args=([bound(listening)],), name="served")
    thread.start()
    try:
        assert begun.wait(20)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"https://127.0.0.1:{port}", certificate, door
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def enrol_first_desk(centre: Centre, address: str, trusted: ssl.SSLContext, office: str) -> Caller:
    """The first desk of an office, by its code, with a key of its own."""
    device_id, key = new_id(), new_key()
    with centre.writing() as session:
        office_id = offices.id_of(session, office)
        people.enrol_device(session, device_id, office_id, 1, public_hex(key))
    answers = centre.keys.answers.public
    return Caller(address, trusted, device_id, key, centre.identity, answers)

"""`serve` over HTTPS: the same signed bytes in and out, carried by FastAPI on uvicorn."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import logging
import re
import socket
import time
from collections import Counter
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
)
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import h11
from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from uvicorn.protocols.http.h11_impl import H11Protocol

from desktop import __version__, journal
from desktop.centre import devices
from desktop.centre.context import Centre
from desktop.centre.door_loop import DoorLoop
from desktop.centre.rates import Rates
from desktop.centre.schema import HEAD, schema_of, serves
from desktop.centre.serve import BUSY_WORDS, NO_SUCH_CALL_WORDS, bug_words, serve, waited
from desktop.centre.shares import OFFICE_AT_ONCE
from desktop.centre.streams import heads_of
from desktop.centre.waiting import Ended, Seen, Waiting, while_there
from desktop.domain.errors import TOO_LARGE
from desktop.sql.faults import passes
from desktop.wire import calls, link
from desktop.wire import payloads as p
from desktop.wire.calls import Call
from desktop.wire.canon import canon
from desktop.wire.headers import DEVICE, answer_headers, request_of
from desktop.wire.link import Reply, SignedRequest
from desktop.wire.openapi import document

_TOO_SLOW, _TOO_LARGE = 408, 413
_WORTH_PACKING = 1024  # bytes: a shorter answer is one packet anyhow
_PACKING = 3  # of 9: a tenth larger than the best, in a third of its time
_HEALTH_S = 1.0
_DOOR = "door"
_BY_CODE = (calls.ENROL, calls.ENROL_PERSON)
_CLOSING = {"Connection": "close"}
_DEVICE = re.compile(r"[0-9a-fA-F-]{1,36}")

_log = logging.getLogger(__name__)
_access = logging.getLogger("desktop.access")


@dataclass(frozen=True)
class Limits:
    """What one process of the centre does at once, and how long it waits for whom."""

    # Each at work holds a connection to the database: no more threads than the pool has. An office
    # whose stream is stuck has half of them.
    threads: int = 2 * OFFICE_AT_ONCE
    # Beyond so many calls that wait for a thread a desk does better to ask again.
    queued: int = 200
    connections: int = 2_000
    # Addresses that nothing is counted of, since all calls come from there.
    balancers: frozenset[str] = frozenset()
    # From one address, so that whoever opens lines and says nothing leaves some to the others.
    lines_from_one: int = 400
    # From one address, which may be a whole office's; this machine itself may always.
    calls_a_second: float = 50.0
    calls_at_once: int = 400
    # Codes that may be tried from one address: whoever guesses is slow, and an office has enough.
    codes_a_second: float = 1 / 60
    codes_at_once: int = 30
    # Seconds for a request's head, and for the first of its body; then it must come so fast.
    head_s: float = 10.0
    bytes_a_second: int = 16 * 1024
    # Of all bodies that have come and are not answered yet; and of those from one address.
    bytes_at_once: int = 64 << 20
    bytes_from_one: int = 16 << 20
    # So long an answer may wait to be read: the largest comes in it over the slowest line.
    read_s: float = 150.0
    wait_s: float = 25.0
    idle_s: int = 75
    # A process that is silent for so long is ended, and a new one is given as much to begin.
    beginning_s: int = 30
    # A call that is at work when the process is told to end has so long.
    ending_s: int = 20


_Take = Callable[[int], None]
Tell = Callable[[str, int, float], None]
"""Told of every answer: the call's path, the status, seconds."""


def nobody(path: str, status: int, seconds: float) -> None:
    """Nobody counts."""


class Health(p.Body):
    """What `/health` tells: the schema's revision, empty where nobody answers, and the wanted."""

    alive: bool
    database: bool
    revision: str
    wanted: str


class _Slow(Exception):
    """A body that does not come."""


class _Large(Exception):
    """A body larger than its call takes."""


class _Full(Exception):
    """A body for which there is no room beside the others."""


@dataclass
class Door:
    """The calls of one process, each carried to `serve` in a thread."""

    centre: Centre
    limits: Limits = field(default_factory=Limits)
    tell: Tell = nobody

    def __post_init__(self) -> None:
        self.waiting = Waiting(self._look)
        self._threads = ThreadPoolExecutor(self.limits.threads, "call")
        self._rates = Rates(self.limits.calls_a_second, self.limits.calls_at_once)
        self._codes = Rates(self.limits.codes_a_second, self.limits.codes_at_once)
        self._inside = self._bytes = 0
        self._bytes_from = Counter[str]()
        self._lines_from = Counter[str]()
        self._shaking = Counter[str]()
        # Of its own: however much is packed meanwhile, a balancer is answered.
        self._watchman = ThreadPoolExecutor(1, "health")
        self._health: asyncio.Future[Response] | None = None
        self._health_at = 0.0
        self._schema: str | None = None

    @asynccontextmanager
    async def life(self, app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        """From the first call to the last; what it gives is known to every connection."""
        watch = asyncio.create_task(self.waiting.watch())
        if isinstance(loop := asyncio.get_running_loop(), DoorLoop):
            loop.guard = self
        try:
            yield {_DOOR: self}
        finally:
            watch.cancel()
            self._threads.shutdown()
            self._watchman.shutdown()
            self.centre.close()

    def answers(self, call: Call[Any, Any]) -> Callable[[Request], Awaitable[Response]]:
        """What answers that call."""

        async def answer(request: Request) -> Response:
            begun = time.perf_counter()
            try:
                reply = await self._reply(call, request)
            except ClientDisconnect:  # nobody is there to read it
                return Response(status_code=_TOO_SLOW)
            # As in `serve`: the door stays open for the others, and the bug is logged once.
            except Exception as fault:  # noqa: BLE001
                reply = _missed(fault)
            response = await self._response(reply, request)
            seconds = time.perf_counter() - begun
            self.tell(call.path, reply.status, seconds)
            # The device, never a person: who sits there is in no log.
            device = request.headers.get(DEVICE, "")
            known = device if _DEVICE.fullmatch(device) else "-"
            told = (call.path, reply.status, seconds * 1000, len(reply.body), known)
            _access.info("%s %d %.0f ms %d B %s", *told)
            return response

        return answer

    async def _reply(self, call: Call[Any, Any], request: Request) -> Reply:
        address = request.client.host if request.client else ""
        if not self._may_knock(call, address):
            return _busy()
        with self._room(address) as take:
            return await self._answered(call, request, take)

    async def _answered(self, call: Call[Any, Any], request: Request, take: _Take) -> Reply:
        try:
            body = await self._body(call, request, take)
        except _Full:
            return _busy()
        except _Large:
            return _fault(_TOO_LARGE, "too-large", TOO_LARGE)
        except _Slow:
            return _fault(_TOO_SLOW, "too-slow", "درخواست به‌موقع نرسید؛ خط ارتباط کند است.")
        signed = request_of(call.path, body, request.headers)
        reply = await self._serve(signed)
        if call is not calls.WAIT or reply.status != link.OK:
            return reply
        if p.WaitAnswer.model_validate_json(reply.body).grown:
            return reply
        # Its signature holds: `serve` has looked. Held here, it takes no thread and no connection.
        cursors = p.WaitAsk.model_validate_json(body).cursors
        held = self.waiting.until_grown(signed.device_id, cursors, self.limits.wait_s)
        ended = await while_there(request.receive, held)
        if ended is Ended.REVOKED:
            # As any call of it is answered from now on.
            return await self._serve(signed)
        return waited(self.centre, signed, grown=ended is Ended.GROWN)

    async def _serve(self, request: SignedRequest) -> Reply:
        if self._inside >= self.limits.threads + self.limits.queued:
            return _busy()
        self._inside += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, serve, self.centre, request)
        finally:
            self._inside -= 1

    def knocks(self, address: str) -> bool:
        """Whether one more call may come from there now."""
        return self._counts_itself(address) or self._rates.take(address)

    async def refuse(self, request: Request) -> Response:
        """To come again later."""
        return await self._response(_busy(), request)

    def _may_knock(self, call: Call[Any, Any], address: str) -> bool:
        if call in _BY_CODE and not (self._counts_itself(address) or self._codes.take(address)):
            return False
        return self.knocks(address)

    @contextmanager
    def _room(self, address: str) -> Iterator[_Take]:
        """What takes room for a call's body, piece by piece, until the call is answered.

        Nobody is believed yet: thousands of large bodies that come slowly must not fill the memory,
        nor those from one address what others need.
        """
        taken = 0

        def take(size: int) -> None:
            nonlocal taken
            own = self._bytes_from[address] + size
            if not self._counts_itself(address) and own > self.limits.bytes_from_one:
                raise _Full
            if self._bytes + size > self.limits.bytes_at_once:
                raise _Full
            self._bytes += size
            self._bytes_from[address] = own
            taken += size

        try:
            yield take
        finally:
            self._bytes -= taken
            self._bytes_from[address] -= taken
            if not self._bytes_from[address]:
                del self._bytes_from[address]

    async def _body(self, call: Call[Any, Any], request: Request, take: _Take) -> bytes:
        """The body. Raises _Large, _Slow and _Full before more than it may be was kept."""
        said = request.headers.get("content-length", "0")
        if not (said.isascii() and said.isdecimal()) or int(said) > call.most:
            raise _Large
        parts: list[bytes] = []
        size, begun = 0, time.monotonic()
        stream = request.stream()
        while True:
            allowed = self.limits.head_s + size / self.limits.bytes_a_second
            try:
                async with asyncio.timeout(allowed - (time.monotonic() - begun)):
                    part = await anext(stream)
            except StopAsyncIteration:
                request.state.whole = True
                return b"".join(parts)
            except TimeoutError:
                raise _Slow from None
            size += len(part)
            if size > call.most:
                raise _Large
            take(len(part))
            parts.append(part)

    async def _response(self, reply: Reply, request: Request) -> Response:
        headers = answer_headers(reply)
        body = reply.body
        if reply.status == link.BUSY:
            headers["Retry-After"] = "5"
        if self.waiting.ended or not getattr(request.state, "whole", False):
            # The process ends, or the body was not awaited: what is left of it may never come.
            headers.update(_CLOSING)
        if len(body) > _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
            body = await asyncio.to_thread(gzip.compress, body, _PACKING, mtime=0)
            headers["Content-Encoding"] = "gzip"
        headers["Vary"] = "Accept-Encoding"
        return Response(body, reply.status, headers, media_type="application/json")

    def _counts_itself(self, address: str) -> bool:
        """Whether it is this machine, or a balancer: behind it is the whole city, and it counts."""
        return address in self.limits.balancers or _is_here(address)

    def comes(self, address: str) -> bool:
        """Whether there is room for one more line from there; it is counted until it `goes`."""
        if (
            not self._counts_itself(address)
            and self._lines_from[address] >= self.limits.lines_from_one
        ):
            return False
        self._lines_from[address] += 1
        return True

    def goes(self, address: str) -> None:
        """A line from there has ended."""
        self._lines_from[address] -= 1
        if not self._lines_from[address]:
            del self._lines_from[address]

    def begins(self, address: str) -> bool:
        """As `comes`, of a line whose TLS has yet to come about; it is counted until it has."""
        if not self._counts_itself(address):
            own = self._lines_from[address] + self._shaking[address]
            if own >= self.limits.lines_from_one:
                return False
        if self._shaking.total() >= self.limits.connections:
            return False
        self._shaking[address] += 1
        return True

    def has_begun(self, address: str) -> None:
        """Its TLS has come about, or never will."""
        self._shaking[address] -= 1
        if not self._shaking[address]:
            del self._shaking[address]

    async def health(self, request: Request) -> Response:
        """Whether this process answers, and whether its database does at the right schema.

        Anybody may ask, so the database is asked once a second at most, by one at a time.
        """
        if not self.knocks(_from(request)):
            return await self.refuse(request)
        now, health = time.monotonic(), self._health
        if health is None or (health.done() and now - self._health_at > _HEALTH_S):
            loop = asyncio.get_running_loop()
            health = loop.run_in_executor(self._watchman, self._look_after_health)
            self._health, self._health_at = health, now
        # Who asked first may go: the others wait for the same look.
        return await asyncio.shield(health)

    def _look_after_health(self) -> Response:
        try:
            schema = schema_of(self.centre.reader)
        except PoolTimeout:
            # All connections are in use: a busy process is no dead one. As it was found last.
            schema = self._schema
        # Whatever it is that keeps the database from answering: it does not answer.
        except Exception as fault:  # noqa: BLE001
            logging.getLogger(__name__).warning("no database: %s", type(fault).__name__)
            schema = None
        self._schema = schema
        well = serves(schema)
        told = Health(alive=True, database=schema is not None, revision=schema or "", wanted=HEAD)
        return _json(told.encode(), 200 if well else link.BUSY)

    def _look(self, names: Iterable[str]) -> Seen:
        with self.centre.reading() as session:
            return Seen(heads_of(session, names), devices.revoked(session))


def application(door: Door) -> FastAPI:
    """The calls of the protocol, `/health`, and the protocol itself as OpenAPI."""
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=door.life,
        # A call has one address: whoever writes another is sent nowhere, least by its own `Host`.
        redirect_slashes=False,
    )
    for call in calls.ALL:
        # Its body is read by hand, and its schema published whole: nothing is left to find out.
        app.router.add_route(call.path, door.answers(call), methods=["POST"])
    app.add_api_route("/health", door.health, methods=["GET"], response_model=None)
    protocol = canon(document(__version__)).encode()

    async def published(request: Request) -> Response:
        # It is large, and anybody may ask for it.
        may = door.knocks(_from(request))
        return _json(protocol, 200) if may else await door.refuse(request)

    async def strange(request: Request, fault: Exception) -> Response:
        # The path, or its method, is none of ours.
        if not door.knocks(_from(request)):
            return await door.refuse(request)
        status = fault.status_code if isinstance(fault, HTTPException) else link.UNREADABLE
        return _json(_fault(status, "no-such-call", NO_SUCH_CALL_WORDS).body, status, _CLOSING)

    app.add_api_route("/v1/openapi.json", published, methods=["GET"], response_model=None)
    app.add_exception_handler(HTTPException, strange)
    return app


def _is_here(address: str) -> bool:
    """Whether this machine itself calls: what stands before us here counts for itself."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _from(request: Request) -> str:
    """The address that it comes from."""
    return request.client.host if request.client else ""


def _missed(fault: Exception) -> Reply:
    # That a database is not there is no bug, and passes.
    if passes(fault):
        _log.warning("busy: %s", fault)
        return _busy()
    return _fault(link.BROKEN, "bug", bug_words(report := journal.report(fault)), report)


def _fault(status: int, code: str, words: str, report: str = "") -> Reply:
    """Said before anything was believed of who asks: nobody signs it."""
    return Reply(status, p.Fault(code=code, words=words, report=report).encode(), "", "")


def _busy() -> Reply:
    return _fault(link.BUSY, "busy", BUSY_WORDS)


def _json(body: bytes, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return Response(body, status, headers, media_type="application/json")


class Patient(H11Protocol):
    """A connection that is closed when a request's head does not come in time, or an answer is not
    read in time.

    uvicorn bounds only the time between two requests: a head that trickles in would stay for ever,
    and so would an answer that nobody takes.
    """

    _head_due: asyncio.TimerHandle | None = None
    _read_due: asyncio.TimerHandle | None = None
    _came_from: str | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        if not self._door.comes(address):
            transport.abort()
            return
        self._came_from = address
        # Head and body of an answer are two packets, and the second must not wait until the first
        # is acknowledged. asyncio sees to it only where the listening socket names its protocol.
        opened = transport.get_extra_info("socket")
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """A part of a head, or of a body."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._has_come()
        elif self._head_due is None:
            self._await_head()

    def pause_writing(self) -> None:
        """Begin to wait for whoever does not read."""
        super().pause_writing()
        if self._read_due is None:
            limits = self._door.limits
            self._read_due = self.loop.call_later(limits.read_s, self.transport.abort)

    def resume_writing(self) -> None:
        """What was answered is being read."""
        super().resume_writing()
        self._is_read()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._has_come()
        self._is_read()
        if self._came_from is not None:
            self._door.goes(self._came_from)
            self._came_from = None
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """The process ends: whoever only waits is answered at once."""
        self._door.waiting.end()
        if self.cycle is None or self.cycle.response_complete:
            # Closed in order, TLS would wait half a minute for the word of a desk that is silent.
            self.transport.abort()
        else:
            super().shutdown()

    @property
    def _door(self) -> Door:
        door: Door = self.app_state[_DOOR]
        return door

    def _await_head(self) -> None:
        self._head_due = self.loop.call_later(self._door.limits.head_s, self.transport.abort)

    def _is_read(self) -> None:
        if self._read_due is not None:
            self._read_due.cancel()
            self._read_due = None

    def _has_come(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None

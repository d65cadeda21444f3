"""The centre over HTTPS, by a client that knows only the protocol: on a real PostgreSQL, by TLS."""

from __future__ import annotations

import socket
import ssl
from asyncio import Transport
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import NoReturn
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest
from sqlalchemy import Engine

from desktop.centre import api, door_loop, enrolling, people
from desktop.centre.api import Limits
from desktop.centre.context import Centre
from desktop.centre.reference import publication
from desktop.centre.schema import HEAD, schema_of
from desktop.centre.signing import CentreKeys
from desktop.chance import new_id
from desktop.domain.stream import Topic
from desktop.premises.clocks import SystemClock
from desktop.premises.embedded import open_centre
from desktop.sql.asked import asked
from desktop.wire import calls, headers, link
from desktop.wire import payloads as p
from desktop.wire.enrolling import EnrolAsk
from tests.served import Caller, served

HELLO = p.HelloAsk(protocol=1, client="0.1.0", device_seq=0, cursors={})
QUICK = Limits(head_s=0.5, wait_s=5.0)


pytestmark = pytest.mark.slow


@pytest.fixture
def centre(postgres_url: str) -> Centre:
    """A centre on PostgreSQL; it is closed by who serves it."""
    return open_centre(postgres_url, CentreKeys.new(demo=False), SystemClock())


@pytest.fixture
def desk(centre: Centre, tmp_path: Path) -> Iterator[Caller]:
    """A desk at the centre's address."""
    with served(centre, tmp_path, QUICK) as caller:
        yield caller


def tell(centre: Centre, text: str) -> None:
    """Something new in the stream `city`."""
    with centre.writing() as session:
        fact = publication(Topic.WORD, "word", date(2026, 1, 1), text)
        people.publish(session, [fact], datetime.now(UTC))


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds."""
    for _ in range(100):
        if holds():
            return
        sleep(0.1)
    raise AssertionError


def tells(desk: Caller, revision: str) -> bool:
    """Whether health tells of that schema."""
    return bool(desk.client.get("/health").json()["revision"] == revision)


def code_of(told: httpx.Response) -> str:
    """The fault's code."""
    return p.Fault.model_validate_json(told.content).code


def test_a_desk_says_hello_and_pulls_by_tls(centre: Centre, desk: Caller) -> None:
    hello = desk.ask(calls.HELLO, HELLO)
    assert (hello.office, hello.desk, hello.head_seq) == ("31", 1, 0)
    assert desk.ask(calls.PUSH, p.PushAsk(commands=[], cursors={})).accepted_to == 0
    for number in range(3):
        tell(centre, f"{number}" * 2_000)
    cursors = p.PullAsk(cursors={"city": 0}).encode()
    told = desk.send("/v1/pull", cursors)
    assert told.headers["content-encoding"] == "gzip"
    (city,) = p.PullAnswer.model_validate_json(told.content).streams
    assert city.pos == len(city.facts) == 3


@pytest.mark.long
def test_the_body_of_an_answer_follows_its_head_at_once(
    desk: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it waits, up to 40 ms, until the desk's system has acknowledged the head."""
    at_once = []
    made = api.Patient.connection_made

    def connection_made(self: api.Patient, transport: Transport) -> None:
        made(self, transport)
        opened = transport.get_extra_info("socket")
        at_once.append(opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr(api.Patient, "connection_made", connection_made)
    assert desk.client.get("/health").status_code == link.OK
    assert at_once
    assert all(at_once)


def test_who_is_not_believed_and_what_is_not_known(desk: Caller) -> None:
    body = HELLO.encode()
    wrong = {"Pishkhan-Signature": "0" * 128}
    assert desk.send("/v1/hello", body, **wrong).status_code == link.UNSIGNED
    elsewhere = {"Pishkhan-Centre": new_id()}
    assert desk.send("/v1/hello", body, **elsewhere).status_code == link.ELSEWHERE
    assert desk.client.post("/v1/hello", content=body).status_code == link.UNREADABLE
    assert desk.send("/v1/hello", b"{").status_code == link.UNREADABLE
    for told in (desk.send("/v1/nothing", body), desk.client.get("/v1/hello")):
        assert (told.status_code, code_of(told)) in ((404, "no-such-call"), (405, "no-such-call"))


def test_what_is_larger_than_its_call_takes_is_not_read(desk: Caller) -> None:
    large = b" " * (calls.HELLO.most + 1)
    assert code_of(desk.send("/v1/hello", large)) == "too-large"
    pieces = (b" " * 65_536 for _ in range(8))
    assert code_of(desk.client.post("/v1/hello", content=pieces)) == "too-large"
    assert desk.ask(calls.HELLO, HELLO).desk == 1


def _line(desk: Caller, source: str = "") -> ssl.SSLSocket:
    """A bare line to the centre, from one of this machine's addresses."""
    where = urlsplit(desk.address)
    there, here = (where.hostname or "", where.port or 0), (source, 0) if source else None
    bare = socket.create_connection(there, timeout=20, source_address=here)
    return desk.trusted.wrap_socket(bare, server_hostname="127.0.0.1")


def rest_of(line: ssl.SSLSocket) -> bytes:
    """All that still comes, until the other end closes."""
    told = b""
    with suppress(ConnectionError):
        while piece := line.recv(4096):
            told += piece
    return told


@pytest.mark.long
def test_a_head_or_body_that_trickles_holds_nobody_up(desk: Caller) -> None:
    with _line(desk) as silent, _line(desk) as head, _line(desk) as body:
        head.sendall(b"POST /v1/hello HTTP/1.1\r\nHost: c")
        body.sendall(b"POST /v1/hello HTTP/1.1\r\nHost: c\r\nContent-Length: 9000\r\n\r\n{")
        assert desk.ask(calls.HELLO, HELLO).desk == 1
        assert rest_of(body).startswith(b"HTTP/1.1 408")
        for each in (silent, head):
            assert rest_of(each) == b""


@pytest.mark.long
def test_bodies_that_come_slowly_fill_no_more_than_their_room(
    centre: Centre, tmp_path: Path
) -> None:
    room = replace(Limits(), bytes_at_once=100_000, head_s=300.0)
    head = b"POST /v1/hello HTTP/1.1\r\nHost: c\r\nContent-Length: 90000\r\n\r\n"
    with served(centre, tmp_path, room) as desk, ExitStack() as open_lines:

        def is_full() -> bool:
            # Where the call came before a line's body the line was sent away: another is begun.
            open_lines.enter_context(_line(desk)).sendall(head + b" " * 33_000)
            return desk.send("/v1/hello", b" " * 2_000).status_code == link.BUSY

        until(is_full)
        open_lines.close()
        until(lambda: desk.send("/v1/hello", HELLO.encode()).status_code == link.OK)
        with _line(desk) as line:
            # No more than makes it too much: the centre hangs up on whoever goes on.
            line.sendall(head.replace(b"90000", b"200000") + b" " * 100_100)
            assert rest_of(line).startswith(b"HTTP/1.1 503")
        assert desk.ask(calls.HELLO, HELLO).desk == 1


def test_the_bodies_of_one_address_leave_room_for_the_others(centre: Centre) -> None:
    door = api.Door(centre, replace(Limits(), bytes_at_once=100, bytes_from_one=40))
    # No process serves here that would close it.
    centre.close()
    with door._room("10.0.0.9") as slow, door._room("10.0.0.8") as other:
        slow(30)
        with door._room("10.0.0.9") as again, pytest.raises(api._Full):
            again(11)
        other(40)
        # Its own machine is whoever a proxy speaks for.
        with door._room("127.0.0.1") as here:
            here(30)
            with pytest.raises(api._Full):
                here(1)
    with door._room("10.0.0.9") as later:
        later(40)


@pytest.mark.long
def test_a_body_is_not_awaited_behind_an_answer_that_needs_none(desk: Caller) -> None:
    for path, status in (("/v1/nothing", b"404"), ("/v1/hello", b"413")):
        with _line(desk) as line:
            head = f"POST {path} HTTP/1.1\r\nHost: c\r\nContent-Length: 9000000\r\n\r\n{{"
            line.sendall(head.encode())
            assert rest_of(line).startswith(b"HTTP/1.1 " + status)


def test_a_waiting_desk_is_told_as_soon_as_its_stream_grows(centre: Centre, desk: Caller) -> None:
    tell(centre, "۱")
    ask = p.WaitAsk(cursors={"city": 1, "office:31": 0})
    assert desk.ask(calls.WAIT, replace_cursor(ask, 0)).grown
    with ThreadPoolExecutor() as aside, asked(centre.reader) as statements:
        begun = monotonic()
        waiting = aside.submit(desk.ask, calls.WAIT, ask)
        # Nobody else is held up meanwhile.
        assert desk.ask(calls.HELLO, HELLO).desk == 1
        assert not waiting.done()
        tell(centre, "۲")
        assert waiting.result().grown
        assert monotonic() - begun < QUICK.wait_s
    # Who waits was looked at as the call came; beside it only the heads are, for all who wait, and
    # who is revoked.
    assert len([each for each in statements if "device.key" in each.words]) == 1


@pytest.mark.long
def test_a_desk_that_is_revoked_while_it_waits_is_told_so_at_once(
    centre: Centre, desk: Caller
) -> None:
    ask = p.WaitAsk(cursors={"office:31": 0}).encode()
    with ThreadPoolExecutor() as aside:
        begun = monotonic()
        waiting = aside.submit(desk.send, "/v1/wait", ask)
        until(lambda: desk.waiting() == 1)
        with centre.writing() as session:
            enrolling.revoke(session, desk.device_id, centre.clock())
        told = waiting.result()
        assert monotonic() - begun < QUICK.wait_s
    assert (told.status_code, code_of(told)) == (link.REVOKED, "revoked")


def replace_cursor(ask: p.WaitAsk, pos: int) -> p.WaitAsk:
    """The same with another cursor of the stream `city`."""
    return p.WaitAsk(cursors=ask.cursors | {"city": pos})


@pytest.mark.long
def test_a_desk_waits_once_and_only_for_its_own(centre: Centre, desk: Caller) -> None:
    ask = p.WaitAsk(cursors={"city": 0})
    with ThreadPoolExecutor() as aside:
        former = aside.submit(desk.ask, calls.WAIT, ask)
        with pytest.raises(TimeoutError):
            former.result(0.5)
        later = aside.submit(desk.ask, calls.WAIT, ask)
        assert not former.result(2).grown
        assert not later.done()
        tell(centre, "۱")
        assert later.result().grown
    foreign = p.WaitAsk(cursors={"office:21": 0}).encode()
    assert code_of(desk.send("/v1/wait", foreign)) == "refused"


@pytest.mark.long
def test_a_database_that_is_gone_is_told_as_busy_and_logged_as_no_bug(
    centre: Centre,
    desk: Caller,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(*_: object, **__: object) -> NoReturn:
        raise psycopg.OperationalError("connection refused")

    with ThreadPoolExecutor() as aside:
        waiting = aside.submit(desk.ask, calls.WAIT, p.WaitAsk(cursors={"city": 0}))
        until(lambda: desk.waiting() == 1)
        monkeypatch.setattr(psycopg, "connect", gone)

        def is_told_busy() -> bool:
            for engine in (centre.reader, centre.writer):
                engine.dispose()
            # A process that has begun meanwhile has not even asked whose centre it is.
            vars(centre).pop("identity", None)
            told = desk.send("/v1/hello", HELLO.encode())
            return told.status_code == link.BUSY and code_of(told) == "busy"

        until(is_told_busy)
        until(lambda: "nobody is told of news" in caplog.text)
        assert "a bug" not in caplog.text
        monkeypatch.undo()
        assert desk.send("/v1/hello", HELLO.encode()).status_code == link.OK
        tell(centre, "back")
        assert waiting.result(20).grown


@pytest.mark.long
def test_an_end_answers_who_waits_and_who_is_at_work(centre: Centre, tmp_path: Path) -> None:
    aside = ThreadPoolExecutor()
    begun = monotonic()
    with served(centre, tmp_path, Limits(wait_s=60)) as desk:
        waiting = aside.submit(desk.ask, calls.WAIT, p.WaitAsk(cursors={"city": 0}))
        until(lambda: desk.waiting() == 1)
    assert not waiting.result().grown
    assert monotonic() - begun < 20


@pytest.mark.long
def test_a_desk_that_has_gone_is_not_waited_for(centre: Centre, tmp_path: Path) -> None:
    # An end waits longer for who is at work than this test does for the end.
    with served(centre, tmp_path, Limits(wait_s=300, ending_s=300)) as desk:
        body = p.WaitAsk(cursors={"city": 0}).encode()
        sent = headers.headers_of(desk.signed("/v1/wait", body))
        with (
            httpx.Client(base_url=desk.address, verify=desk.trusted, timeout=1) as short,
            pytest.raises(httpx.ReadTimeout),
        ):
            short.post("/v1/wait", content=body, headers=sent)
        desk.client.close()


@pytest.mark.long
def test_more_calls_than_may_be_are_told_to_come_again(centre: Centre, tmp_path: Path) -> None:
    with (
        served(centre, tmp_path, replace(QUICK, threads=1, queued=0)) as desk,
        ThreadPoolExecutor() as aside,
    ):
        with centre.writer.begin() as connection:
            connection.exec_driver_sql("LOCK TABLE device IN ACCESS EXCLUSIVE MODE")
            stuck = aside.submit(desk.ask, calls.HELLO, HELLO)
            with pytest.raises(TimeoutError):
                stuck.result(0.5)
            told = desk.send("/v1/pull", p.PullAsk(cursors={}).encode())
        assert (told.status_code, code_of(told)) == (link.BUSY, "busy")
        assert told.headers["retry-after"]
        # It comes again by the same line: the next handshake would cost more than the answer.
        assert "connection" not in told.headers
        assert stuck.result().desk == 1


def test_an_address_that_knocks_too_often_waits(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_is_here", lambda address: False)
    with served(centre, tmp_path, replace(QUICK, calls_a_second=0.001, calls_at_once=2)) as desk:
        statuses = [desk.send("/v1/hello", HELLO.encode()).status_code for _ in range(3)]
    assert statuses == [link.OK, link.OK, link.BUSY]


def test_nothing_is_counted_of_a_balancer_behind_which_the_city_is(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_is_here", lambda address: False)
    limits = replace(
        QUICK,
        calls_a_second=0.001,
        calls_at_once=2,
        lines_from_one=1,
        balancers=frozenset({"127.0.0.1"}),
    )
    with served(centre, tmp_path, limits) as desk, ExitStack() as ends:
        for _ in range(3):
            ends.enter_context(_line(desk, "127.0.0.1"))
        statuses = [desk.send("/v1/hello", HELLO.encode()).status_code for _ in range(4)]
    assert statuses == [link.OK] * 4


@pytest.mark.long
def test_lines_that_say_nothing_from_one_address_leave_some_to_others(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_is_here", lambda address: address == "127.0.0.1")
    with served(centre, tmp_path, replace(Limits(), lines_from_one=3)) as desk, ExitStack() as ends:
        for _ in range(3):
            ends.enter_context(_line(desk, "127.0.0.2"))
        # Not even its TLS is begun.
        with pytest.raises((ConnectionError, ssl.SSLError)), _line(desk, "127.0.0.2"):
            pass
        # Neither another address nor this machine itself is held up by it.
        with _line(desk, "127.0.0.3") as other:
            other.sendall(b"GET /health HTTP/1.1\r\nHost: c\r\nConnection: close\r\n\r\n")
            assert rest_of(other).startswith(b"HTTP/1.1 200")
        assert desk.ask(calls.HELLO, HELLO).desk == 1
        ends.close()
        # Who ends a line may open another.
        until(lambda: _is_served(desk, "127.0.0.2"))


@pytest.mark.long
def test_lines_that_never_begin_their_tls_are_counted_too(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_is_here", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(door_loop, "_SHAKING_S", 2.0)
    with served(centre, tmp_path, replace(Limits(), lines_from_one=3)) as desk, ExitStack() as ends:
        place = (desk.client.base_url.host, desk.client.base_url.port or 0)

        def bare() -> socket.socket:
            return socket.create_connection(place, timeout=5, source_address=("127.0.0.2", 0))

        silent = [ends.enter_context(bare()) for _ in range(3)]
        sleep(0.2)
        begun = monotonic()
        with bare() as late:
            assert late.recv(1) == b""
        assert monotonic() - begun < 1.0
        # Those before it have seconds to begin, and no minute.
        assert [each.recv(1) for each in silent] == [b""] * 3
        assert monotonic() - begun < 4.0
        until(lambda: _is_served(desk, "127.0.0.2"))


@pytest.mark.long
def test_nobody_asks_without_a_pause_what_is_no_call(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_is_here", lambda address: False)
    limits = replace(Limits(), calls_a_second=0.01, calls_at_once=4)
    with served(centre, tmp_path, limits) as desk:
        paths = ("/health", "/v1/nothing", "/health", "/v1/nothing", "/health", "/v1/nothing")
        told = [desk.client.get(path).status_code for path in paths]
        assert told == [200, 404, 200, 404, 503, 503]


@pytest.mark.long
def test_an_answer_that_nobody_reads_holds_no_line(centre: Centre, tmp_path: Path) -> None:
    with served(centre, tmp_path, replace(Limits(), read_s=0.5)) as desk, ExitStack() as ends:
        deaf = [ends.enter_context(_line(desk)) for _ in range(3)]
        asked = b"GET /v1/openapi.json HTTP/1.1\r\nHost: c\r\n\r\n"
        for line in deaf:
            line.sendall(asked * 20)
        sleep(1.5)
        whole = len(desk.client.get("/v1/openapi.json").content)
        # What was on its way comes, and no more of the twenty.
        assert all(len(rest_of(line)) < 15 * whole for line in deaf)
        # Whoever reads, however slowly at first, has all of it.
        with _line(desk) as slow:
            slow.sendall(asked.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
            sleep(0.2)
            assert rest_of(slow).endswith(b"}")


def _is_served(desk: Caller, source: str) -> bool:
    with _line(desk, source) as line, suppress(ConnectionError):
        line.sendall(b"GET /health HTTP/1.1\r\nHost: c\r\nConnection: close\r\n\r\n")
        return rest_of(line).startswith(b"HTTP/1.1 200")
    return False


@pytest.mark.long
def test_codes_are_tried_slowly_from_one_address(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "_is_here", lambda address: False)
    with served(centre, tmp_path, QUICK) as desk:
        ask = EnrolAsk(code="ACDEFGHJ", key=link.public_hex(desk.key)).encode()
        statuses = [desk.send("/v1/enrol", ask).status_code for _ in range(31)]
        # Nobody who works there is held up by it.
        assert desk.ask(calls.HELLO, HELLO).desk == 1
    assert statuses == [link.UNREADABLE] * 30 + [link.BUSY]


def test_health_and_the_published_protocol(desk: Caller) -> None:
    told = desk.client.get("/health")
    assert told.status_code == 200
    assert told.json() == {
        "alive": True,
        "database": True,
        "revision": HEAD,
        "wanted": HEAD,
    }
    protocol = desk.client.get("/v1/openapi.json").json()
    assert set(protocol["paths"]) == {call.path for call in calls.ALL}
    asked = protocol["paths"]["/v1/push"]["post"]["requestBody"]["content"]["application/json"]
    assert asked["schema"] == {"$ref": "#/components/schemas/PushAsk"}


@pytest.mark.long
def test_a_process_whose_readers_are_all_busy_is_not_taken_for_dead(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[float] = []

    def look(engine: Engine) -> str | None:
        looks.append(monotonic())
        return schema_of(engine)

    monkeypatch.setattr(api, "schema_of", look)
    with (
        served(centre, tmp_path, QUICK) as desk,
        ExitStack() as busy,
        ThreadPoolExecutor(8) as aside,
    ):
        assert desk.client.get("/health").status_code == 200
        for _ in range(centre.reader.pool.size()):  # type: ignore[attr-defined]
            busy.enter_context(centre.reader.connect())
        sleep(1.1)
        asked = [aside.submit(desk.client.get, "/health") for _ in range(8)]
        assert [each.result().status_code for each in asked] == [200] * 8
        # They all waited for one look.
        assert len(looks) == 2


@pytest.mark.long
def test_health_holds_for_a_later_schema_and_not_for_an_older_one(
    centre: Centre, tmp_path: Path
) -> None:
    with served(centre, tmp_path, QUICK) as desk:
        for revision, status in (("9999_later", 200), ("0001_records", link.BUSY)):
            with centre.writer.begin() as connection:
                version = f"UPDATE alembic_version SET version_num = '{revision}'"
                connection.exec_driver_sql(version)
            # It is asked once a second at most.
            until(partial(tells, desk, revision))
            assert desk.client.get("/health").status_code == status

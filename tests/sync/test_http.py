"""The line over HTTPS on real sockets: what it carries, whom it believes, how each fault ends."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import Queue
from random import Random
from typing import Any, NoReturn

import pytest

from desktop.domain.errors import LineDown, Refusal
from desktop.domain.line import Why
from desktop.sync.address import Address, read_address
from desktop.sync.http import HttpsLink
from desktop.sync.sockets import Backend
from desktop.trial.relay import HOST, Mischief, between
from desktop.wire import calls
from desktop.wire.calls import Call
from desktop.wire.link import BUSY, OK, Reply, SignedRequest
from tests.lines import Certificate, Server, make_certificate, tls_server

# Long enough for a call on a machine with much else to do, short enough to wait for.
SOON = 0.7
AGES = 60.0
# What gzip makes no smaller than some thousand bytes.
PAD = Random(1).randbytes(4000).hex()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """The centre's own."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


def mirror(request: SignedRequest) -> Reply:
    """Tells what came."""
    told = [request.path, request.body.decode(), request.device_id, request.centre, request.epoch]
    body = json.dumps({"told": told, "pad": PAD}).encode()
    return Reply(OK, body, request.time, request.signature)


@pytest.fixture
def server(certificate: Certificate) -> Iterator[Server]:
    """A centre that mirrors."""
    with tls_server(mirror, certificate) as made:
        yield made


def request(body: bytes = b'{"a":"\xd8\xb3"}') -> SignedRequest:
    """A call as a desk signs it."""
    return SignedRequest("/v1/pull", body, "device-1", "2026-11-28T00:00:00", "c-1", "e-1", "ab")


def no_proxies() -> dict[str, str]:
    """The settings of a machine without a proxy."""
    return {}


def to(address: Address, pin: str = "", deadline_s: float = AGES, proxy: str = "") -> HttpsLink:
    """A line there, closed by who uses it."""
    named = {"https": proxy} if proxy else {}
    return HttpsLink(address, pin, deadline_s=deadline_s, proxies=lambda: named)


def why(link: HttpsLink) -> Why:
    """Why the call fails."""
    with pytest.raises(LineDown) as down:
        link.call(request())
    link.close()
    return down.value.why


def test_what_was_signed_arrives_and_the_answer_comes_back_whole(
    server: Server, certificate: Certificate
) -> None:
    link = to(server.address, certificate.fingerprint)
    reply = link.call(request())
    assert json.loads(reply.body)["told"] == ["/v1/pull", '{"a":"س"}', "device-1", "c-1", "e-1"]
    assert (reply.status, reply.time, reply.signature) == (OK, "2026-11-28T00:00:00", "ab")
    link.call(request())
    link.close()
    assert len(server.taken) == 2, "one connection, plain and secured, carried both calls"


def test_a_status_of_the_centre_is_an_answer_not_a_fault(certificate: Certificate) -> None:
    def busy(asked: SignedRequest) -> Reply:
        return Reply(BUSY, b"{}", "t", "s")

    with tls_server(busy, certificate) as server:
        link = to(server.address, certificate.fingerprint)
        assert link.call(request()).status == BUSY
        link.close()


@pytest.mark.slow
def test_several_threads_call_side_by_side(server: Server, certificate: Certificate) -> None:
    link = to(server.address, certificate.fingerprint)
    told: Queue[str] = Queue()

    def call(number: int) -> None:
        for turn in range(3):
            body = f"{number}-{turn}"
            reply = link.call(request(body.encode()))
            told.put(body if json.loads(reply.body)["told"][1] == body else "another's answer")

    threads = [threading.Thread(target=call, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    link.close()
    answered = {told.get_nowait() for _ in range(24)}
    assert answered == {f"{number}-{turn}" for number in range(8) for turn in range(3)}


def test_a_stranger_is_not_spoken_to(server: Server, certificate: Certificate) -> None:
    # Its own key signed it, and this machine's trust store does not know that one.
    link = to(server.address)
    assert why(link) is Why.TLS
    looking = HttpsLink(server.address, stranger=True, proxies=no_proxies)
    assert looking.call(request()).status == OK
    assert looking.shown == certificate.fingerprint
    looking.close()


def test_who_the_trust_store_vouches_for_needs_no_pin(
    server: Server, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def knowing(protocol: int) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(certificate.file))

    monkeypatch.setattr("desktop.sync.http.truststore.SSLContext", knowing)
    link = to(server.address)
    assert link.call(request()).status == OK
    assert link.shown == certificate.fingerprint
    link.close()
    # By its name: the certificate is for the number.
    assert why(to(Address("localhost", server.address.port))) is Why.TLS


def test_another_certificate_gets_not_a_byte(
    server: Server, certificate: Certificate, tmp_path: Path
) -> None:
    heard: list[SignedRequest] = []

    def listen(asked: SignedRequest) -> Reply:
        heard.append(asked)
        return mirror(asked)

    other = make_certificate(tmp_path, "other")
    with tls_server(listen, other) as impostor:
        link = to(impostor.address, certificate.fingerprint)
        for _ in range(2):
            with pytest.raises(LineDown) as down:
                link.call(request())
            assert down.value.why is Why.CERTIFICATE
        link.close()
    assert heard == []


def test_nobody_there_and_no_such_name() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
    assert why(to(Address(HOST, port), "00")) is Why.REFUSED
    assert why(to(Address("markaz.invalid", 443), "00")) is Why.NAME


@pytest.mark.slow
def test_a_name_that_is_never_looked_up_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def look_up(*asked: object, **more: object) -> list[object]:
        over.wait()
        return []

    monkeypatch.setattr("desktop.sync.sockets.socket.getaddrinfo", look_up)
    assert why(to(Address("markaz.example", 443), "00", SOON)) is Why.NAME
    over.set()


@pytest.mark.slow
def test_a_proxy_that_is_looked_up_for_ever_holds_nobody_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    over = threading.Event()

    def look_up(host: str) -> bool:
        over.wait(AGES)
        return False

    monkeypatch.setattr("desktop.sync.http.proxy_bypass", look_up)
    try:
        link = to(Address("markaz.example", 443), "00", SOON, proxy="http://127.0.0.1:1")
        assert why(link) is Why.NAME
    finally:
        over.set()


@pytest.mark.parametrize(
    ("mischief", "expected"),
    [
        (Mischief.SWALLOW, Why.TIMEOUT),
        (Mischief.TRICKLE, Why.TIMEOUT),
        (Mischief.CUT_TLS, Why.CUT),
        (Mischief.CUT_ANSWER, Why.CUT),
        (Mischief.GARBLE, Why.CUT),
    ],
)
@pytest.mark.slow
def test_whatever_stands_between_a_call_ends(
    mischief: Mischief, expected: Why, server: Server, certificate: Certificate
) -> None:
    with between(server.address) as relay:
        relay.mischief = mischief
        deadline = SOON if expected is Why.TIMEOUT else AGES
        assert why(to(relay.address, certificate.fingerprint, deadline)) is expected


@pytest.mark.long
def test_what_the_centre_weighs_for_long_is_waited_for(certificate: Certificate) -> None:
    def slow(asked: SignedRequest) -> Reply:
        threading.Event().wait(2 * SOON)
        return mirror(asked)

    long: list[Call[Any, Any]] = [calls.SERVICE_TRY, calls.WEIGH, calls.PREPARE, calls.SIGN]
    long += [calls.RECORDS_FORCE, calls.RECORDS_BACK]
    with tls_server(slow, certificate) as server, ThreadPoolExecutor() as aside:
        link = to(server.address, certificate.fingerprint, SOON)
        asked = [replace(request(), path=call.path) for call in long]
        assert [reply.status for reply in aside.map(link.call, asked)] == [OK] * 6
        assert why(link) is Why.TIMEOUT


def test_a_call_that_waits_ends_when_the_program_does(certificate: Certificate) -> None:
    asked, over = threading.Event(), threading.Event()

    def hold(request: SignedRequest) -> Reply:
        asked.set()
        over.wait()
        return mirror(request)

    with tls_server(hold, certificate) as server:
        link = to(server.address, certificate.fingerprint)
        ended: list[Why] = []

        def call() -> None:
            with pytest.raises(LineDown) as down:
                link.call(request())
            ended.append(down.value.why)

        waiting = threading.Thread(target=call)
        waiting.start()
        asked.wait()
        link.close()
        waiting.join()
        over.set()
        assert ended == [Why.CUT]
        with pytest.raises(LineDown):
            link.call(request())


def test_a_handshake_that_waits_ends_when_the_program_does(
    server: Server, certificate: Certificate
) -> None:
    with between(server.address) as relay:
        relay.mischief = Mischief.SWALLOW
        link = to(relay.address, certificate.fingerprint)
        ended: Queue[Why] = Queue()

        def call() -> None:
            with pytest.raises(LineDown) as down:
                link.call(request())
            ended.put(down.value.why)

        waiting = threading.Thread(target=call)
        waiting.start()
        while not relay.swallowed:
            threading.Event().wait(0.01)
        link.close()
        assert ended.get(timeout=30) is Why.CUT
        waiting.join()


@pytest.mark.parametrize("mischief", [Mischief.SWALLOW, Mischief.TRICKLE])
@pytest.mark.slow
def test_a_line_that_dies_between_two_calls_ends_the_second(
    mischief: Mischief, server: Server, certificate: Certificate
) -> None:
    with between(server.address) as relay:
        link = to(relay.address, certificate.fingerprint, SOON)
        assert link.call(request()).status == OK
        relay.mischief = mischief
        assert why(link) is Why.TIMEOUT


@pytest.mark.slow
def test_an_answer_that_drips_ends_though_there_is_always_something_new(
    certificate: Certificate,
) -> None:
    with tls_server(mirror, certificate, drips=True) as server:
        assert why(to(server.address, certificate.fingerprint, SOON)) is Why.TIMEOUT


def test_after_a_cut_the_next_call_goes_over_a_new_connection(
    server: Server, certificate: Certificate
) -> None:
    link = to(server.address, certificate.fingerprint)
    assert link.call(request()).status == OK
    for taken in server.taken:
        with_end = taken
        try:
            with_end.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue
    assert link.call(request()).status == OK
    link.close()


def test_an_answer_without_end_is_given_up(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.sync.http._LARGEST", 10_000)

    def swelling(asked: SignedRequest) -> Reply:
        return Reply(OK, b"0" * 3_000_000, "t", "s")

    with tls_server(swelling, certificate) as server:
        assert why(to(server.address, certificate.fingerprint)) is Why.CUT


@pytest.mark.slow
def test_a_proxy_that_the_machine_names_carries_it(
    server: Server, certificate: Certificate
) -> None:
    with between(server.address, proxy=True) as proxy:
        named = f"http://{HOST}:{proxy.port}"
        link = to(Address("markaz.example", 443), certificate.fingerprint, proxy=named)
        assert link.call(request()).status == OK
        link.close()
        assert proxy.carried == 1
        proxy.mischief = Mischief.REFUSE
        link = to(Address("markaz.example", 443), certificate.fingerprint, proxy=named)
        assert why(link) is Why.PROXY
        proxy.mischief = Mischief.TRICKLE
        link = to(Address("markaz.example", 443), certificate.fingerprint, SOON, named)
        assert why(link) is Why.TIMEOUT
    link = to(Address("markaz.example", 443), certificate.fingerprint, proxy=named)
    assert why(link) is Why.PROXY


@pytest.mark.parametrize(
    ("named", "dialled"),
    [
        ("http://proxy:80", ("proxy", 80)),
        ("https://proxy:443/", ("proxy", 443)),
        ("HTTP://zahra:raz@proxy:8080", ("proxy", 8080)),
        ("proxy:80", ("proxy", 80)),
        ("http://proxy", ("proxy", 3128)),
    ],
)
def test_a_proxy_is_reached_at_the_port_that_is_named(
    named: str, dialled: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, int]] = []

    def connect(self: Backend, host: str, port: int, *_: object, **__: object) -> NoReturn:
        asked.append((host, port))
        raise LineDown("nobody", why=Why.REFUSED)

    monkeypatch.setattr(Backend, "connect_tcp", connect)
    assert why(to(Address("markaz.example", 443), "00", proxy=named)) is Why.PROXY
    assert asked == [dialled]


@pytest.mark.parametrize("named", ["socks5://127.0.0.1:1080", "socks://proxy:80", "SOCKS4://proxy"])
def test_a_proxy_that_speaks_no_http_is_told_so(named: str) -> None:
    assert why(to(Address("markaz.example", 443), "00", proxy=named)) is Why.PROXY_KIND


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("markaz.yazd.ir", "https://markaz.yazd.ir"),
        (" https://Markaz.Yazd.ir/ ", "https://markaz.yazd.ir"),
        ("۱۹۲.۱۶۸.۱.۲:۸۴۴۳", "https://192.168.1.2:8443"),
        ("https://[::1]:9", "https://[::1]:9"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_an_address_as_it_is_typed(typed: str, read: str) -> None:
    assert str(read_address(typed)) == read
    assert read_address(read) == read_address(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "مرکز یزد",
        "http://markaz.yazd.ir",
        "ftp://markaz.yazd.ir",
        "markaz.yazd.ir/v1",
        "markaz.yazd.ir:99999",
        "me@markaz.yazd.ir",
        "https://",
        "a..b",
        "x" * 64,
    ],
)
def test_what_is_no_address_is_refused_beside_it(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_address(typed)
    assert refused.value.field == "address"

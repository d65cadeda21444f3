"""The line to a centre elsewhere: calls over HTTPS, each ended by a deadline of its own."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx
import truststore

from desktop import __version__
from desktop.domain.errors import LineDown
from desktop.domain.line import Why
from desktop.sync.address import Address
from desktop.sync.sockets import Backend, in_time, until
from desktop.wire import calls
from desktop.wire.headers import headers_of, reply_of
from desktop.wire.link import Link, Reply, SignedRequest

# For a small call on a line that is slow but alive, and how fast a larger one must at least get on.
_DEADLINE_S = 30.0
_BYTES_A_S = 16_000
# More than any answer of the protocol: a slice of 500 facts has under 1 MB, a paper at most 16 MB.
_LARGEST = 64_000_000
# Shorter than a centre keeps a line on which nobody speaks (75 s): never is a call lost to its end.
_IDLE_S = 60.0
# Which proxies are spoken to, in HTTP; where only a host is named, at the port that most listen on.
_SPOKEN = ("", "http", "https")
_PROXY_PORT = 3128
_HELD_S = {call.path: call.held_s for call in calls.ALL}

# A line for each call would bury what the log is read for.
logging.getLogger("httpx").setLevel(logging.WARNING)

Proxies = Callable[[], Mapping[str, str]]


class HttpsLink:
    """Carries signed requests to the centre at an address; its threads may call side by side.

    Who answers there must be vouched for by the system's trust store or, with a `pin`, show the
    certificate with that SHA-256 (hex), whoever issued it. A `stranger` is not believed, only
    looked at: nothing that is secret may be said.
    """

    def __init__(
        self,
        address: Address,
        pin: str = "",
        *,
        stranger: bool = False,
        deadline_s: float = _DEADLINE_S,
        proxies: Proxies = getproxies,
    ) -> None:
        self._address, self._deadline_s = address, deadline_s
        self._proxies = proxies
        self._proxy: httpcore.Proxy | None = None
        self._backend = Backend(pin)
        self._context = _context(by_name=not (pin or stranger))
        # A client carries one call at a time: connections that threads share can be closed by one
        # under another's hands (httpcore looks whether they have ended without locking them).
        self._idle: SimpleQueue[httpx.Client] = SimpleQueue()
        self._closed = False

    def call(self, request: SignedRequest, *, held_s: float = 0.0) -> Reply:
        """The centre's reply, for which it may take `held_s` seconds of its own, or what such a
        call may take if that is more. Raises LineDown.

        The body travels as it was signed; all else that the signature is over, as headers.
        """
        held_s = max(held_s, _HELD_S.get(request.path, 0.0))
        seconds = self._deadline_s + held_s + len(request.body) / _BYTES_A_S
        with until(seconds), self._faults():
            with (
                self._client() as client,
                client.stream(
                    "POST", request.path, content=request.body, headers=headers_of(request)
                ) as answer,
            ):
                body = _whole(answer)
            return reply_of(answer.status_code, body, answer.headers)

    def holding(self, held_s: float) -> Link:
        """The same line for calls that the centre may hold so long."""
        return _Holding(self, held_s)

    @property
    def shown(self) -> str:
        """SHA-256, hex, of the certificate that was shown last; empty before any."""
        return self._backend.shown

    def trust(self, pin: str) -> None:
        """Believe from now on who shows the certificate with that SHA-256 (hex), and nobody else.

        Only for a line that was pinned before: it looks at nothing but the certificate.
        """
        if not self._backend.pin:
            raise ValueError("not a pinned line")
        self._backend.pin = pin

    def close(self) -> None:
        """Close what is open; calls under way break off, and none begins."""
        self._closed = True
        self._backend.break_off()
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    @contextmanager
    def _client(self) -> Iterator[httpx.Client]:
        if self._closed:
            raise LineDown("closed")
        try:
            client = self._idle.get_nowait()
        except Empty:
            client = self._new_client()
        try:
            yield client
        finally:
            if self._closed:
                client.close()
            else:
                self._idle.put(client)

    def _new_client(self) -> httpx.Client:
        # Windows may look up names for it, as slowly as for the centre itself.
        proxy = in_time("proxy", lambda: _proxy(self._address, self._proxies))
        self._proxy = proxy
        return httpx.Client(
            base_url=str(self._address),
            transport=_Transport(
                httpcore.ConnectionPool(
                    ssl_context=self._context,
                    proxy=proxy,
                    max_connections=1,
                    keepalive_expiry=_IDLE_S,
                    network_backend=self._backend,
                )
            ),
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
                "Content-Type": "application/json",
                # Which program this is, and nothing of what it is made of.
                "User-Agent": f"pishkhan/{__version__}",
            },
            follow_redirects=False,
            # The proxy is found above; no netrc, no variables of the environment.
            trust_env=False,
        )

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Whatever goes wrong on the way is a line that is down, and says why."""
        try:
            yield
        except LineDown as fault:
            if self._proxy is not None and fault.why in (Why.REFUSED, Why.NAME):
                raise LineDown(f"proxy: {fault}", why=Why.PROXY) from fault
            raise
        except (httpcore.ProxyError, httpx.InvalidURL) as fault:
            raise LineDown(f"proxy: {fault}", why=Why.PROXY) from fault
        except httpcore.TimeoutException as fault:
            raise LineDown(str(fault), why=Why.TIMEOUT) from fault
        except (
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            httpx.HTTPError,
        ) as fault:
            raise LineDown(str(fault), why=Why.CUT) from fault


class _Holding:
    """A line whose every call may take its time."""

    def __init__(self, link: HttpsLink, held_s: float) -> None:
        self._link, self._held_s = link, held_s

    def call(self, request: SignedRequest) -> Reply:
        """The reply. Raises LineDown."""
        return self._link.call(request, held_s=self._held_s)


class _Transport(httpx.BaseTransport):
    """Hands the client's requests to connections of ours."""

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body still to come."""
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Coming(response))

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Coming(httpx.SyncByteStream):
    """A body as it comes."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        """Give the connection back."""
        self._response.close()


def _whole(answer: httpx.Response) -> bytes:
    """The body, its gzip undone. Raises LineDown for one that has no end."""
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > _LARGEST:
            raise LineDown("an answer without end", why=Why.CUT)
    return bytes(body)


def _context(*, by_name: bool) -> ssl.SSLContext:
    if by_name:
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Neither name nor issuer counts for one certificate that is known byte for byte (`Backend`).
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _proxy(address: Address, proxies: Proxies) -> httpcore.Proxy | None:
    """The proxy that this machine's settings name for the address; none to this machine itself."""
    named = proxies()
    found = named.get("https" if address.secure else "http") or named.get("all")
    if not found or not address.secure or proxy_bypass(address.host):
        return None
    kind, _, place = found.rpartition("://")
    if kind.lower() not in _SPOKEN:
        raise LineDown(f"a proxy of the kind {kind}", why=Why.PROXY_KIND)
    # Not under its own scheme: a port that is usual there would be taken for none.
    url = httpx.URL(f"proxy://{place}")
    login = (url.username, url.password) if url.username else None
    # What is said to it is only where to; all else is under the TLS that ends at the centre.
    return httpcore.Proxy(f"http://{url.host}:{url.port or _PROXY_PORT}", auth=login)

"""Sockets under the HTTP client whose every wait ends at one deadline, whatever the other end does.

The client's own limits are for each read: a proxy that gives a byte now and then holds it for ever.
Name look-up, proxy, handshake, headers and body all end at the moment that `until` set.
"""

from __future__ import annotations

import hashlib
import selectors
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from queue import Empty, Queue
from threading import Thread
from typing import Any, TypeVar
from weakref import WeakSet

from httpcore import NetworkBackend, NetworkStream

from desktop.domain.errors import LineDown
from desktop.domain.line import Why

# Of several addresses of one name, the first that is dead must not take all the time there is.
_CONNECT_S = 10.0
_Found = TypeVar("_Found")
_END: ContextVar[float] = ContextVar("the moment at which the call under way ends")


@contextmanager
def until(seconds: float) -> Iterator[None]:
    """What this thread waits for in the block ends after so many seconds, with LineDown."""
    token = _END.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _END.reset(token)


def left() -> float:
    """Seconds that the call under way still has. Raises LineDown when there are none."""
    seconds = _END.get() - time.monotonic()
    if seconds <= 0:
        raise LineDown("deadline", why=Why.TIMEOUT)
    return seconds


class Backend(NetworkBackend):
    """Opens connections; with a `pin` only to who shows the certificate with that SHA-256, hex.

    `shown` is the SHA-256 of the certificate that was shown last.
    """

    def __init__(self, pin: str = "") -> None:
        self.pin = pin
        self.shown = ""
        self._open: WeakSet[Stream] = WeakSet()

    def meet(self, certificate: bytes) -> None:
        """Look at what the other end showed. Raises LineDown where it is not what is pinned."""
        self.shown = hashlib.sha256(certificate).hexdigest()
        if self.pin and self.shown != self.pin:
            raise LineDown(f"shown: {self.shown}", why=Why.CERTIFICATE)

    def keep(self, stream: Stream) -> Stream:
        """Remember the connection, to be broken off."""
        self._open.add(stream)
        return stream

    def break_off(self) -> None:
        """End every connection at once, also those that another thread waits on."""
        for stream in list(self._open):
            stream.break_off()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Stream:
        """A connection to the first address of the host that answers. Raises LineDown."""
        fault: LineDown | None = None
        for family, kind, protocol, _, address in _resolved(host, port):
            opened = socket.socket(family, kind, protocol)
            try:
                opened.settimeout(min(_CONNECT_S, left()))
                opened.connect(address)
            except TimeoutError:
                fault = LineDown("connect", why=Why.TIMEOUT)
            except OSError as no:
                fault = LineDown(f"connect: {no.errno}", why=Why.REFUSED)
            else:
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return self.keep(Stream(opened, opened.dup(), self))
            opened.close()
        raise fault or LineDown("no address", why=Why.NAME)


class Stream(NetworkStream):
    """One connection, plain or with TLS.

    By the second `handle` it is ended from another thread: while TLS begins, the first is nobody's.
    """

    def __init__(self, opened: socket.socket, handle: socket.socket, backend: Backend) -> None:
        self._socket, self._handle, self._backend = opened, handle, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come, at most so many bytes; nothing at its end. Raises LineDown."""
        with _as_line_down("read"):
            self._socket.settimeout(left())
            return self._socket.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it. Raises LineDown."""
        unsent = memoryview(buffer)
        with _as_line_down("write"):
            while unsent:
                self._socket.settimeout(left())
                unsent = unsent[self._socket.send(unsent) :]

    def close(self) -> None:
        """Close it."""
        self._socket.close()
        self._handle.close()

    def break_off(self) -> None:
        """End it from another thread: whoever waits on it is woken, and finds its end."""
        with suppress(OSError):
            self._handle.shutdown(socket.SHUT_RDWR)

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Stream:
        """The same with TLS, before a byte of ours is sent over it. Raises LineDown."""
        secured: ssl.SSLSocket | None = None
        try:
            self._socket.settimeout(left())
            with _as_line_down("handshake"):
                secured = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
            self._backend.meet(secured.getpeercert(binary_form=True) or b"")
        except BaseException:
            (secured or self._socket).close()
            self._handle.close()
            raise
        return self._backend.keep(Stream(secured, self._handle, self._backend))

    def get_extra_info(self, info: str) -> Any:
        """What the client asks: whether an idle connection has ended, the TLS object."""
        if info == "is_readable":
            return _is_readable(self._socket)
        if info == "ssl_object" and isinstance(self._socket, ssl.SSLSocket):
            return self._socket
        return None


def in_time(what: str, look_up: Callable[[], _Found]) -> _Found:
    """What the system finds when it may look up names, which knows no time limit of its own.

    The thread may outlive the call, and ends by itself. Raises LineDown.
    """
    told: Queue[_Found | Exception] = Queue(1)

    def look() -> None:
        try:
            told.put(look_up())
        # Whatever it is, it is raised where it is waited for.
        except Exception as fault:  # noqa: BLE001
            told.put(fault)

    Thread(target=look, name="look-up", daemon=True).start()
    try:
        found = told.get(timeout=left())
    except Empty:
        raise LineDown(f"{what}: no answer", why=Why.NAME) from None
    if isinstance(found, OSError | UnicodeError):
        raise LineDown(f"{what}: {found}", why=Why.NAME) from found
    if isinstance(found, Exception):
        raise found
    return found


def _resolved(host: str, port: int) -> list[Any]:
    return in_time("look-up", lambda: list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@contextmanager
def _as_line_down(what: str) -> Iterator[None]:
    try:
        yield
    except TimeoutError as fault:
        raise LineDown(what, why=Why.TIMEOUT) from fault
    except ssl.SSLCertVerificationError as fault:
        raise LineDown(f"{what}: {fault.verify_message}", why=Why.TLS) from fault
    # What else TLS can't go on after is a line that garbles.
    except OSError as fault:
        raise LineDown(f"{what}: {fault}", why=Why.CUT) from fault


def _is_readable(opened: socket.socket) -> bool:
    """Whether something has come on a connection that waits for nothing: mostly its end."""
    if opened.fileno() < 0:
        return True
    with selectors.DefaultSelector() as selector:
        selector.register(opened, selectors.EVENT_READ)
        return bool(selector.select(0))

"""What may stand between a desk and its centre: a relay that swallows, delays, breaks off."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum

from desktop.sync.address import Address

HOST = "127.0.0.1"


class Mischief(StrEnum):
    """What stands between does with what goes through."""

    PASS = "pass"
    SWALLOW = "swallow"
    """Takes everything and gives nothing back."""
    TRICKLE = "trickle"
    """Gives back a byte now and then."""
    CUT_TLS = "cut-tls"
    """Ends in the middle of the handshake."""
    CUT_ANSWER = "cut-answer"
    """Lets the question through and ends after the first bytes of its answer."""
    DROP_QUESTION = "drop-question"
    """Ends instead of letting a question through."""
    DROP_ANSWER = "drop-answer"
    """Lets the question through by a line that is open already, and ends instead of its answer."""
    DELAY = "delay"
    """Gives everything back a while later."""
    GARBLE = "garble"
    """Answers with something else than TLS, from the beginning or in the middle."""
    REFUSE = "refuse"
    """As a proxy: says no to whoever asks for a way."""


# A handshake has some 1,500 bytes back, the answer of `test_http` some 5,000.
_CUT_AFTER = {Mischief.CUT_TLS: 100, Mischief.CUT_ANSWER: 4000, Mischief.DROP_ANSWER: 0}


@dataclass
class Between:
    """A relay to the server, or with `proxy` a proxy that is asked for a way there."""

    port: int
    mischief: Mischief = Mischief.PASS
    late_s: float = 0.1
    """How much later each piece of an answer comes with `DELAY`."""
    carried: int = 0
    swallowed: int = 0

    @property
    def address(self) -> Address:
        """Where it listens."""
        return Address(HOST, self.port)


@contextmanager
def between(server: Address, *, proxy: bool = False) -> Iterator[Between]:
    """Stands between a desk and the server until the block ends."""
    listening = socket.create_server((HOST, 0))
    relay = Between(listening.getsockname()[1])
    opened: set[socket.socket] = {listening}
    gone = threading.Event()

    def accept() -> None:
        with suppress(OSError):
            while True:
                asker, _ = listening.accept()
                opened.add(asker)
                threading.Thread(target=serve, args=(asker,), daemon=True).start()

    def serve(asker: socket.socket) -> None:
        with suppress(OSError), closing(asker):
            if proxy:
                asked = b""
                while b"\r\n\r\n" not in asked:
                    asked += asker.recv(4096)
                if relay.mischief is Mischief.REFUSE:
                    asker.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                    return
                asker.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                relay.carried += 1
            if relay.mischief is Mischief.GARBLE:
                asker.recv(4096)
                asker.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            # Where nobody listens there the asker hears so, as from the machine itself.
            with closing(socket.create_connection((server.host, server.port))) as onward:
                opened.add(onward)
                threading.Thread(target=pump, args=(asker, onward), daemon=True).start()
                answer(onward, asker)
                opened.discard(onward)
        opened.discard(asker)

    def pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if relay.mischief is Mischief.SWALLOW:
                    relay.swallowed += len(data)
                elif relay.mischief is Mischief.DROP_QUESTION:
                    for end in (source, sink):
                        end.shutdown(socket.SHUT_RDWR)
                else:
                    sink.sendall(data)

    def answer(source: socket.socket, sink: socket.socket) -> None:
        given = 0
        while data := source.recv(65536):
            most = _CUT_AFTER.get(relay.mischief, given + len(data)) - given
            given += len(data)
            if most < len(data):
                sink.sendall(data[: max(0, most)])
                break
            if relay.mischief is Mischief.DELAY and gone.wait(relay.late_s):
                return
            if relay.mischief is Mischief.GARBLE:
                sink.sendall(bytes(len(data)))
                break
            while data and relay.mischief is Mischief.TRICKLE:
                sink.sendall(data[:1])
                data = data[1:]
                if gone.wait(0.02):
                    return
            sink.sendall(data)
        # As a machine that dies: nothing more either way.
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield relay
    finally:
        gone.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        for each in list(opened):
            each.close()
        thread.join()

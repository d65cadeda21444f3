"""Real lines for tests: a small TLS server with its own certificate, and what stands between."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from desktop.sync.address import Address
from desktop.wire.headers import answer_headers, request_of
from desktop.wire.link import Reply, SignedRequest

HOST = "127.0.0.1"
Serve = Callable[[SignedRequest], Reply]


@dataclass(frozen=True)
class Certificate:
    """A certificate that its own key signed, in a file with that key."""

    file: Path
    fingerprint: str


def make_certificate(folder: Path, name: str = "centre") -> Certificate:
    """A new one for this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return Certificate(file, made.fingerprint(hashes.SHA256()).hex())


@dataclass
class Server:
    """A server at work: where, and how many connections it has taken."""

    address: Address
    taken: list[socket.socket]


@contextmanager
def tls_server(
    serve: Serve, certificate: Certificate, port: int = 0, *, drips: bool = False
) -> Iterator[Server]:
    """Answers calls over HTTPS as the centre's API does, until the block ends; at any port by 0.

    If it drips, each byte of an answer comes by itself, sound TLS, and takes its time.
    """
    taken: list[socket.socket] = []
    gone = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            request = request_of(self.path, body, dict(self.headers.items()))
            reply = serve(request)
            sent = gzip.compress(reply.body)
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(sent)))
            for name, value in answer_headers(reply).items():
                self.send_header(name, value)
            self.end_headers()
            if not drips:
                self.wfile.write(sent)
                return
            for byte in sent:
                self.wfile.write(bytes([byte]))
                if gone.wait(0.02):
                    return

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    class Tls(ThreadingHTTPServer):
        daemon_threads = True

        def get_request(self) -> tuple[socket.socket, object]:
            opened, whence = self.socket.accept()
            opened.settimeout(20)
            taken.append(opened)
            return opened, whence

        def finish_request(self, request: object, client_address: object) -> None:
            assert isinstance(request, socket.socket)
            with suppress(OSError), context.wrap_socket(request, server_side=True) as secured:
                taken.append(secured)
                Handler(secured, client_address, self)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.file)
    server = Tls((HOST, port), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield Server(Address(HOST, server.server_port), taken)
    finally:
        gone.set()
        server.shutdown()
        server.server_close()
        for each in taken:
            # Closed alone, a connection that a thread reads from would go on.
            with suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)
            each.close()
        thread.join()


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
    """Answers with something else than TLS."""
    REFUSE = "refuse"
    """As a proxy: says no to whoever asks for a way."""


# A handshake has some 1,500 bytes back, the answer of `test_http` some 5,000.
_CUT_AFTER = {Mischief.CUT_TLS: 100, Mischief.CUT_ANSWER: 4000, Mischief.DROP_ANSWER: 0}
_LATE_S = 0.1


@dataclass
class Between:
    """A relay to the server, or with `proxy` a proxy that is asked for a way there."""

    port: int
    mischief: Mischief = Mischief.PASS
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
    opened: list[socket.socket] = [listening]
    gone = threading.Event()

    def accept() -> None:
        with suppress(OSError):
            while True:
                asker, _ = listening.accept()
                opened.append(asker)
                threading.Thread(target=serve, args=(asker,), daemon=True).start()

    def serve(asker: socket.socket) -> None:
        with suppress(OSError):
            if proxy:
                asked = b""
                while b"\r\n\r\n" not in asked:
                    asked += asker.recv(4096)
                if relay.mischief is Mischief.REFUSE:
                    asker.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                    asker.close()
                    return
                asker.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                relay.carried += 1
            if relay.mischief is Mischief.GARBLE:
                asker.recv(4096)
                asker.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                asker.close()
                return
            onward = socket.create_connection((server.host, server.port))
            opened.append(onward)
            threading.Thread(target=pump, args=(asker, onward), daemon=True).start()
            answer(onward, asker)

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
            if relay.mischief is Mischief.DELAY and gone.wait(_LATE_S):
                return
            if relay.mischief is Mischief.TRICKLE:
                for byte in data:
                    sink.sendall(bytes([byte]))
                    if gone.wait(0.02):
                        return
            else:
                sink.sendall(data)
        # As a machine that dies: nothing more either way.
        sink.shutdown(socket.SHUT_RDWR)
        source.close()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield relay
    finally:
        gone.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        for each in opened:
            each.close()
        thread.join()

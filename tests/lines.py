"""Real lines for tests: a small TLS server with its own certificate."""

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
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from desktop.sync.address import Address
from desktop.trial.relay import HOST
from desktop.wire.headers import answer_headers, request_of
from desktop.wire.link import Reply, SignedRequest

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

"""The line to the centre: signed bytes in, bytes out; in process and over HTTPS alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop.wire.canon import canon, content_hash

OK, UNREADABLE, UNSIGNED, REVOKED, FORK, CLOCK, TOO_OLD, BROKEN = (
    200,
    400,
    401,
    403,
    409,
    425,
    426,
    500,
)


@dataclass(frozen=True)
class SignedRequest:
    """A call as it travels. `time` is ISO UTC; `signature` is hex over path, body hash and time."""

    path: str
    body: bytes
    device_id: str
    time: str
    signature: str


@dataclass(frozen=True)
class Reply:
    """The centre's answer: a status of this module and a JSON body."""

    status: int
    body: bytes


class Link(Protocol):
    """Carries signed requests to one centre. Raises LineDown when it can't."""

    def call(self, request: SignedRequest) -> Reply:
        """The centre's reply to the request."""
        ...


def signed_text(path: str, body: bytes, device_id: str, time: str) -> bytes:
    """What a device signs: POST, path, body hash, device and time (SYNC.md "Identity")."""
    return canon(["POST", path, content_hash(body), device_id, time]).encode()


def sign_request(
    key: Ed25519PrivateKey, device_id: str, path: str, body: bytes, at: datetime
) -> SignedRequest:
    """The request signed by the device's key at the (corrected) moment `at`."""
    time = at.isoformat(timespec="milliseconds")
    signature = key.sign(signed_text(path, body, device_id, time)).hex()
    return SignedRequest(path, body, device_id, time, signature)


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public half of a key, hex."""
    return key.public_key().public_bytes_raw().hex()


def sign(key: Ed25519PrivateKey, message: bytes) -> str:
    """An Ed25519 signature, hex."""
    return key.sign(message).hex()


def verifies(public: str, signature: str, message: bytes) -> bool:
    """Whether the hex signature over the message is the hex public key's."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True

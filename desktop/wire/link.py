"""The line to the centre: signed bytes in, signed bytes out; in process and over HTTPS alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.wire.canon import content_hash
from desktop.wire.frame import Purpose, frame

OK, UNREADABLE, UNSIGNED, REVOKED, FORK, ELSEWHERE, CLOCK, TOO_OLD, BROKEN, BUSY = (
    200,
    400,
    401,
    403,
    409,
    421,
    425,
    426,
    500,
    503,
)
PrivateKey = Ed25519PrivateKey | EllipticCurvePrivateKey

_POINT = 33  # bytes of a compressed point of P-256 (SEC 1)
_HALF = 32  # bytes of either number of an ES256 signature (RFC 7518 §3.4)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_ES256 = ECDSA(SHA256(), deterministic_signing=True)


@dataclass(frozen=True)
class SignedRequest:
    """A call as it travels. `time` is ISO UTC; `centre` and `epoch` are whom the desk believes to
    be asking; `signature` is hex over `asked`."""

    path: str
    body: bytes
    device_id: str
    time: str
    centre: str
    epoch: str
    signature: str


@dataclass(frozen=True)
class Reply:
    """The centre's answer: a status of this module, a JSON body, its moment (ISO UTC).

    `signature` is hex over `answered`; empty where there was nothing to sign for: what came could
    not be framed.
    """

    status: int
    body: bytes
    time: str
    signature: str


class Link(Protocol):
    """Carries signed requests to one centre. Raises LineDown when it can't."""

    def call(self, request: SignedRequest) -> Reply:
        """The centre's reply to the request."""
        ...


def asked(path: str, body: bytes, device_id: str, time: str, centre: str, epoch: str) -> bytes:
    """What a device signs of a request. Raises UnicodeEncodeError for text that is none."""
    parts = (path, content_hash(body), device_id, time)
    return frame(Purpose.REQUEST, centre, *parts, epoch=epoch)


def answered(
    question: bytes, status: int, body: bytes, time: str, centre: str, epoch: str
) -> bytes:
    """What the centre signs of its answer to the request of which `question` was signed."""
    parts = (content_hash(question), status, content_hash(body), time)
    return frame(Purpose.ANSWER, centre, *parts, epoch=epoch)


def question_of(request: SignedRequest) -> bytes:
    """The frame of the request. Raises UnicodeEncodeError for text that is none."""
    return asked(
        request.path,
        request.body,
        request.device_id,
        request.time,
        request.centre,
        request.epoch,
    )


def sign_request(
    key: Ed25519PrivateKey,
    device_id: str,
    path: str,
    body: bytes,
    at: datetime,
    *,
    centre: str,
    epoch: str,
) -> SignedRequest:
    """The request signed by the device's key at the (corrected) moment `at`."""
    time = iso(at)
    signature = sign(key, asked(path, body, device_id, time, centre, epoch))
    return SignedRequest(path, body, device_id, time, centre, epoch, signature)


def is_answer(request: SignedRequest, reply: Reply, key: str, epoch: str = "") -> bool:
    """Whether the reply is the centre's answer to that very request.

    `key` is the public half of its key for answers; `epoch` is the one that the request was for
    unless another is given.
    """
    message = answered(
        question_of(request),
        reply.status,
        reply.body,
        reply.time,
        request.centre,
        epoch or request.epoch,
    )
    return verifies(key, reply.signature, message)


def iso(moment: datetime) -> str:
    """The moment as it stands in requests and answers: ISO, with milliseconds."""
    return moment.isoformat(timespec="milliseconds")


def public_hex(key: PrivateKey) -> str:
    """The public half of a key, hex: 32 bytes of Ed25519, a compressed point of P-256."""
    if isinstance(key, Ed25519PrivateKey):
        return key.public_key().public_bytes_raw().hex()
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return point.hex()


def sign(key: PrivateKey, message: bytes) -> str:
    """The signature over the message, hex: Ed25519 or ES256 by the key, the same each time."""
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(message).hex()
    return es256_text(*decode_dss_signature(key.sign(message, _ES256)))


def es256_digest(message: bytes) -> bytes:
    """What an ES256 key signs of the message, where it is given no more than that."""
    return sha256(message).digest()


def es256_text(r: int, s: int) -> str:
    """The two numbers of an ES256 signature as they are written, hex."""
    # Of the two numbers that would do the smaller: a signature has one way to be written.
    s = min(s, _ORDER - s)
    return (r.to_bytes(_HALF) + s.to_bytes(_HALF)).hex()


def verifies(public: str, signature: str, message: bytes) -> bool:
    """Whether the hex signature over the message is the hex public key's, of whichever kind."""
    try:
        key, signed = bytes.fromhex(public), bytes.fromhex(signature)
        if len(key) == _POINT:
            point = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), key)
            point.verify(_der(signed), message, _ES256)
        else:
            Ed25519PublicKey.from_public_bytes(key).verify(signed, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_point(public: str) -> bool:
    """Whether the hex text is a compressed point of P-256."""
    try:
        key = bytes.fromhex(public)
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), key)
    except ValueError:
        return False
    return len(key) == _POINT


def _der(signed: bytes) -> bytes:
    if len(signed) != 2 * _HALF:
        raise ValueError("no ES256 signature")
    r, s = int.from_bytes(signed[:_HALF]), int.from_bytes(signed[_HALF:])
    if s > _ORDER - s:
        raise ValueError("an ES256 signature written the other way")
    return encode_dss_signature(r, s)

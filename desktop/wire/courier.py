"""What a courier carries on a stick: a desk's acts to the centre, its streams back; sealed files.

A file is a line of JSON that tells what it is, and after it the content, gzipped and encrypted to
its receiver alone (HPKE, RFC 9180: X25519, HKDF-SHA256, AES-256-GCM), with that line authenticated.
What is inside is signed as any call and any answer.
"""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Annotated, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import Field, ValidationError

from desktop.domain.errors import Refusal
from desktop.wire.bounds import MOST, ActKey, Count, Cursors, Ident, Key, Moment, Sha256, Signature
from desktop.wire.check_files import CheckFilesAnswer
from desktop.wire.payloads import Body, Carrier, Slice

PATH = "/v1/courier"
"""What the signed question names: it is asked of no line."""
SUFFIX = ".pishkhan"
MOST_BYTES = 200_000_000
_Content = TypeVar("_Content", bound=Body)
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_INFO = b"pishkhan courier 1"
_LONGEST_HEAD = 2_000
_FOREIGN = "این فایل از پیک پیشخوان نیست."
_CUT = "این فایل نیمه‌کاره کپی شده است؛ دوباره از روی همان حافظه بردارید یا فایل تازه بسازید."
_ANOTHERS = "این فایل برای گیرندهٔ دیگری رمز شده است و اینجا باز نمی‌شود."
LARGE = "این فایل بزرگ‌تر از آن است که پیک بیاورد."
"""Said of a file that is larger than `MOST_BYTES`."""


class Way(StrEnum):
    """Whose file it is: a desk's to the centre, or the centre's back to it."""

    OUT = "out"
    BACK = "back"


@dataclass(frozen=True)
class Head:
    """What stands on a file: which way, of which centre and desk (its device's id), whose place in
    words, how many bytes follow, and the name of the question, which its answer bears too."""

    way: Way
    centre: str
    device: str
    place: str
    ask: str
    size: int = 0

    def line(self) -> bytes:
        """As it stands there, but for its size: what is authenticated."""
        told = {**vars(self), "way": self.way.value}
        del told["size"]
        return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


class CourierAsk(Carrier):
    """Acts that the centre does not have, in order, and how far the desk's streams are read.

    `acked_to` is the last act that the centre is known to have, with the chain's value there: a
    copied disk shows by it. `whole` tells that nothing else waited; `client` is the desk's program,
    `oldest` when its first act was made. `reply_to` is the key to which the answer is encrypted
    (X25519, hex).
    """

    ask: Ident
    client: Key
    acked_to: Count
    acked_hash: Sha256
    commands: list[Annotated[str, Field(max_length=MOST)]]
    whole: bool
    oldest: Moment | None
    cursors: Cursors
    reply_to: ActKey


class CourierAnswer(Carrier):
    """What is settled, with the chain's value there, and the slices after the cursors, in order.

    With `stopped` (`fork`, `revoked`) nothing was taken, and nothing will be. `check` is what
    letters are checked by; a centre of before sends none.
    """

    accepted_to: Count
    accepted_hash: Sha256
    streams: list[Slice]
    stopped: str = ""
    check: CheckFilesAnswer | None = None


class Question(Body):
    """A signed question as the file carries it."""

    device_id: Ident
    time: str
    centre: Key
    epoch: Key
    signature: Signature
    body: str


class Answer(Body):
    """A signed answer as the file carries it; `question` is what the desk had signed."""

    question: str
    question_signature: Signature
    epoch: Key
    time: str
    signature: Signature
    body: str


def key_of(secret: bytes) -> X25519PrivateKey:
    """The key by which files are read that are encrypted to whose key has these secret bytes.

    Derived one way (HKDF, RFC 5869): nobody keeps another secret.
    """
    return X25519PrivateKey.from_private_bytes(HKDF(SHA256(), 32, None, _INFO).derive(secret))


def public_of(secret: bytes) -> str:
    """To which files for that owner are encrypted, hex."""
    return key_of(secret).public_key().public_bytes_raw().hex()


def demand_key(public: str) -> None:
    """Raise ValueError for what no file can be encrypted to."""
    _SUITE.encrypt(b"", X25519PublicKey.from_public_bytes(bytes.fromhex(public)), _INFO)


def sealed(head: Head, content: Body, to: str) -> bytes:
    """The file with that content for the owner of the public key (hex).

    Raises ValueError for what is no key, Refusal for more than a courier carries.
    """
    receiver = X25519PublicKey.from_public_bytes(bytes.fromhex(to))
    packed = gzip.compress(content.encode(), mtime=0)
    hidden = _SUITE.encrypt(packed, receiver, _INFO + head.line())
    if len(hidden) > MOST_BYTES:
        raise Refusal(LARGE)
    told = {**json.loads(head.line()), "size": len(hidden)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode() + b"\n" + hidden


def head_of(file: bytes) -> Head:
    """What stands on the file. Raises Refusal for one that is none, is cut, or too large."""
    line, found, content = file[: _LONGEST_HEAD + 1].partition(b"\n")
    try:
        told = json.loads(line)
        head = Head(**{**told, "way": Way(told["way"])})
    except (ValueError, TypeError, KeyError):
        raise Refusal(_FOREIGN) from None
    named = (head.centre, head.device, head.place, head.ask)
    if not found or not all(isinstance(each, str) for each in named) or type(head.size) is not int:
        raise Refusal(_FOREIGN)
    if len(file) > MOST_BYTES:
        raise Refusal(LARGE)
    if len(file) - len(line) - 1 != head.size:
        raise Refusal(_CUT)
    return head


def opened(file: bytes, head: Head, own: X25519PrivateKey, model: type[_Content]) -> _Content:
    """The content of a file that is for the owner of the key. Raises Refusal."""
    hidden = file[len(file) - head.size :]
    try:
        packed = _SUITE.decrypt(hidden, own, _INFO + head.line())
    except (InvalidTag, ValueError):
        raise Refusal(_ANOTHERS) from None
    try:
        return model.model_validate_json(_unpacked(packed), strict=True)
    except (ValidationError, OSError, EOFError, zlib.error):
        raise Refusal(_FOREIGN) from None


def _unpacked(packed: bytes) -> bytes:
    with gzip.GzipFile(fileobj=BytesIO(packed)) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refusal(LARGE)
    return content

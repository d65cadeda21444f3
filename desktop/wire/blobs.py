"""How citizens' papers travel (SYNC.md "Blobs"): named by content, in chunks, each committed."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Annotated

from pydantic import Field

from desktop.wire.bounds import Base64, Count, Ident, Name, Sha256
from desktop.wire.frame import Purpose, frame
from desktop.wire.payloads import Body

CHUNK = 256 * 1024
LARGEST = 10_000_000
"""So many bytes a paper has at most: 40 pages of 200 KB, and what joins them."""


class BlobAsk(Body):
    """`/v1/blob/state`: how much of it the centre has."""

    sha256: Sha256


class BlobAnswer(Body):
    """`asked` is false when no fact of this office names it; `next` is the chunk that is wanted.

    With a `word` no chunk is: the centre has the whole from elsewhere, and the office proves that
    it has it too (`proof_of`).
    """

    asked: bool
    stored: bool
    next: int
    word: str = ""


class ChunkAsk(Body):
    """`/v1/blob/chunk`: the chunk with that number, from 0; `content` in base 64."""

    sha256: Sha256
    number: Count
    content: Base64


class ProveAsk(Body):
    """`/v1/blob/prove`: the office has the paper as well: `proof_of`, over the centre's word."""

    sha256: Sha256
    proof: Sha256


ACTS = "00000000-0000-0000-0000-000000000000"
"""In the place of a case: the scans of acts, minutes and records of training of the offices."""


class ScanAsk(Body):
    """`/v1/scan`: the desk has the scan of an act, of so many bytes, and sends it next."""

    actor: Name
    sha256: Sha256
    size: Annotated[int, Field(ge=1, le=LARGEST)]


class PaperAsk(Body):
    """`/v1/blob/read`: a chunk of a document of a case that the asker may see."""

    actor: Name
    case_id: Ident
    sha256: Sha256
    number: Count


class ReadAnswer(Body):
    """The chunk in base 64, whether it is the last; `stored` is false while it is on its way."""

    stored: bool
    content: str
    last: bool


def name_of(content: bytes) -> str:
    """The name of a content."""
    return sha256(content).hexdigest()


def proof_of(centre: str, stream: str, word: str, content: bytes) -> str:
    """What only who has the content can say to the centre's word, for the office of the stream."""
    return sha256(frame(Purpose.POSSESSION, centre, stream, word) + content).hexdigest()


def chunk_of(content: bytes, number: int) -> str:
    """The chunk in base 64."""
    return b64encode(content[number * CHUNK : (number + 1) * CHUNK]).decode()


def bytes_of(chunk: str) -> bytes:
    """The chunk's bytes. Raises ValueError for what is no base 64."""
    return b64decode(chunk, validate=True)


def chunks(size: int) -> int:
    """How many chunks so many bytes are."""
    return -(-size // CHUNK)

"""What is signed of a letter: that the centre issued it, that a person released it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from desktop.domain.letter import Letter, Proof
from desktop.wire import letter_code
from desktop.wire.canon import canon
from desktop.wire.essence import is_line
from desktop.wire.frame import Purpose, frame
from desktop.wire.link import PrivateKey, public_hex, sign, verifies

NO_SEAL = "0" * 128
"""What stands in a drawn file in the place of its seal while that is reckoned."""


@dataclass(frozen=True)
class Releaser:
    """Whoever releases letters, by a key for nothing else."""

    key: PrivateKey

    @cached_property
    def public(self) -> str:
        """The public half, hex."""
        return public_hex(self.key)

    def sign(self, message: bytes) -> str:
        """The signature over the message, hex."""
        return sign(self.key, message)

    def prove(self, letter: Letter, on: date, copy: int) -> Proof:
        """What the copy carries of this person; the place of its seal is left."""
        key_id = key_id_of(self.public)
        signature = self.sign(countersigned(letter, key_id, on, copy))
        return Proof(key_id, on, signature, NO_SEAL)


def key_id_of(public: str) -> str:
    """Eight hex digits that name a key (its public half in hex) on paper and in files of keys."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:8]


def issued(public: str, essence: bytes) -> bytes:
    """What the centre's key for letters, of that public half, signs of an essence."""
    return letter_code.signed_by(key_id_of(public), essence)


def issued_line(centre: str, essence: bytes) -> bytes:
    """What an earlier program signed of an essence: a frame with the centre's id. One before it had
    no id, and its key, which signed all else too, signed the bare essence."""
    return frame(Purpose.LETTER, centre, essence.hex()) if centre else essence


def is_issued(public: str, centre: str, signature: str, essence: bytes) -> bool:
    """Whether the key (hex) of the centre with that id signed the essence (signature in hex)."""
    said = issued_line(centre, essence) if is_line(essence) else issued(public, essence)
    return verifies(public, signature, said)


def countersigned(letter: Letter, releaser: str, on: date, copy: int) -> bytes:
    """What the releaser's key of that id signs of a copy, to be read from its paper."""
    return letter_code.countersigned(
        letter.key_id,
        bytes.fromhex(letter.essence),
        letter.signature,
        releaser,
        on,
        copy,
    )


def is_proven(public: str, letter: Letter, proof: Proof, copy: int) -> bool:
    """Whether the key (hex) signed that copy of the letter as the proof tells it."""
    said = countersigned(letter, key_id_of(public), proof.on, copy)
    return proof.key_id == key_id_of(public) and verifies(public, proof.signature, said)


def sealed(number: str, copy: int, sha256: str) -> bytes:
    """What the releaser's key signs of a drawn file: its sha256 (hex) with `NO_SEAL` in it."""
    return frame(Purpose.SEAL, "", number, copy, sha256)


def released(centre: str, number: str, layout: int, copy: int, sha256: str) -> bytes:
    """What the releaser's own key signs of the drawn copy (its bytes' sha256, hex)."""
    return frame(Purpose.RELEASE, centre, number, layout, copy, sha256)


def is_released(
    public: str, signature: str, centre: str, number: str, layout: int, copy: int, sha256: str
) -> bool:
    """Whether the releaser's key (hex) signed that drawn copy (signature in hex)."""
    return verifies(public, signature, released(centre, number, layout, copy, sha256))


def key_text(
    public: str,
    centre: str,
    *,
    since: date | None = None,
    until: date | None = None,
    revoked: date | None = None,
) -> str:
    """A centre's key for letters as it is published; days that nobody set are not told."""
    days = {"since": since, "until": until, "revoked": revoked}
    told = {name: day.isoformat() for name, day in days.items() if day is not None}
    return canon({"centre": centre, "key": public, **told})


def published_key(text: str) -> tuple[str, str]:
    """The public half and the centre's id in a published text; no id in an earlier program's."""
    if not text.startswith("{"):
        return text, ""
    said = json.loads(text)
    return said["key"], said["centre"]

"""What every signature is over: one versioned frame that begins with its purpose."""

from __future__ import annotations

from enum import StrEnum

from desktop.wire.canon import canon

_VERSION = 1


class Purpose(StrEnum):
    """What a signature, or a proof, is given for; one given for one purpose is none for another."""

    REQUEST = "request"
    ANSWER = "answer"
    PERSON = "person"
    HEAD = "head"
    LETTER = "letter"
    RELEASE = "release"
    SEAL = "seal"
    POSSESSION = "possession"


# A person's act that waits in an outbox outlives a restored centre, and a letter all of them.
EPOCHAL = frozenset({Purpose.REQUEST, Purpose.ANSWER, Purpose.HEAD})


def frame(purpose: Purpose, centre: str, *parts: str | int, epoch: str = "") -> bytes:
    """The bytes that are signed: purpose, the centre's id, its epoch where that counts, the parts.

    Raises ValueError for an epoch in a frame that must outlive it.
    """
    if epoch and purpose not in EPOCHAL:
        raise ValueError(f"a frame for {purpose.value} has no epoch")
    return canon(["pishkhan", _VERSION, purpose.value, centre, epoch, *parts]).encode()

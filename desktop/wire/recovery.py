"""What a desk and a centre that was restored from a backup say to each other (SYNC.md "When things
break")."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from desktop.wire.bounds import Count, Day, Ident, Key, Moment, Sha256, Signature
from desktop.wire.heads import SignedHead
from desktop.wire.payloads import Body, Carrier

MOST_FACTS, MOST_BYTES = 500, 2 << 20
"""So much of a stream is given back in one call; a longer fact goes alone."""


class RecoveryAsk(Body):
    """`/v1/recovery`: a desk that knows the centre in the `epoch` asks how far it has come since.

    With `given` it has given back all that it has; `records_as_of` is the day of the newest records
    of which it was told.
    """

    epoch: Ident
    given: bool = False
    records_as_of: Day | None = None


class ReachedBody(Body):
    """How far the centre has a stream, and the chain's value there."""

    stream: str
    pos: int
    hash: str


class RecoveryAnswer(Body):
    """The centre's epoch and those before it, whether it is `open` for acts, the asking desk's
    streams, and the moment up to which the backup has what happened."""

    epoch: str
    former: list[str]
    open: bool
    copied_at: datetime
    reached: list[ReachedBody]


class HeadBody(Body):
    """The head that the centre signed in a former epoch (`payloads.attested`)."""

    pos: Count
    hash: Sha256
    epoch: Ident
    at: Moment
    signature: Signature

    def of(self, stream: str) -> SignedHead:
        """The stream's signed head."""
        return SignedHead(stream, self.pos, self.hash, self.epoch, self.at, self.signature)


class GiveBackAsk(Carrier):
    """`/v1/give-back`: facts behind a place of the stream, as they were told, and the signed head
    to which all that is given leads, in this call and those that follow."""

    stream: Key
    after: Count
    # Kept as they were told, whatever they say.
    facts: Annotated[
        list[Annotated[str, Field(max_length=MOST_BYTES)]], Field(max_length=MOST_FACTS)
    ]
    head: HeadBody


class GiveBackAnswer(Body):
    """How far the centre has the stream now, and the chain's value there."""

    pos: int
    hash: str

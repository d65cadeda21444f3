"""The head of a stream as the centre signed it: who keeps one can show that the stream was so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from desktop.domain.errors import Refusal
from desktop.wire.link import verifies
from desktop.wire.payloads import attested


@dataclass(frozen=True)
class SignedHead:
    """A stream's place and chain at a moment (UTC), under the centre's key for heads."""

    stream: str
    pos: int
    hash: str
    epoch: str
    at: datetime
    signature: str

    def is_signed(self, public: str, centre: str) -> bool:
        """Whether the key (hex) of the centre with that id signed it."""
        said = attested(centre, self.stream, self.pos, self.hash, self.epoch, self.at)
        return verifies(public, self.signature, said)


_HEADS = TypeAdapter(list[SignedHead])
_NO_HEADS = "این پرونده فهرست سرهای امضاشده نیست یا آسیب دیده است."


def heads_text(heads: Sequence[SignedHead]) -> str:
    """Heads as a file, for whoever holds them against the centre."""
    return _HEADS.dump_json(list(heads), indent=1).decode()


def read_heads(text: str) -> list[SignedHead]:
    """The heads of such a file. Raises Refusal for another one."""
    try:
        return _HEADS.validate_json(text)
    except ValidationError:
        raise Refusal(_NO_HEADS) from None

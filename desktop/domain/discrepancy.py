"""What an audit of a centre or a desk finds: something that is not what it must be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

RUBBISH = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What reading something raises that is no such thing."""


class Wrong(StrEnum):
    """What is wrong."""

    POSITION = "position"
    """A fact or a command is missing, or there twice."""
    CHAIN = "chain"
    """A text is not the one that was written."""
    ENVELOPE = "envelope"
    """What stands beside a fact's text is not what the text says."""
    HEAD = "head"
    """A stream, or a desk's queue, does not end where it is said to."""
    SIGNED_HEAD = "signed head"
    """A head that the centre signed once is not in the stream, or nobody's key signed it."""
    CASE = "case"
    LETTER = "letter"
    SIGNATURE = "signature"
    """The centre's key did not sign the letter."""
    NUMBER = "number"
    """A letter's number is missing, or there is one that was never taken."""
    ENDED = "ended letter"
    PUBLISHED = "publication"
    CLOSED = "closed day"
    SUM = "sum"
    MONEY = "money"
    """What a till took is kept otherwise, or what it spent is not."""
    LIST = "list"
    """What a list reads of a case is not what its facts say."""
    PAPER = "paper"
    """A citizen's paper is not what its name says."""
    PERSON = "person"
    """A key that nobody was told of, or a person."""
    DEVICE = "device"
    OFFICE = "office"
    SHEET = "sheet"
    """What became of a stamped sheet, or what an office does of no case, is kept otherwise."""
    OUTCOME = "outcome"
    """An act is said to have ended otherwise than its facts say."""
    READING = "reading"
    """A line of who looked at what is not the one that was written."""
    EPOCH = "epoch"
    """The centre's id or life is another than what it signed."""
    UNREADABLE = "unreadable"
    """Something can't be read at all, and what stands behind it in that part was not looked at."""
    CLOCK = "clock"
    """The centre's clock went back: nothing that is kept is wrong by it."""
    AWAITED = "awaited"
    """A paper that a case names has not come for a day: its desk may have it."""


@dataclass(frozen=True)
class Discrepancy:
    """`where` names which one it is, `told` how it differs."""

    kind: Wrong
    where: str
    told: str

    @property
    def is_remark(self) -> bool:
        """Whether it is only to be known: nothing is to be mended, and nobody changed anything."""
        return self.kind in _REMARKS

    @property
    def words(self) -> str:
        """In one line."""
        return f"{self.kind.value}: {self.where}: {self.told}"


_REMARKS = frozenset({Wrong.CLOCK, Wrong.AWAITED})


def differing(kept: object, again: object) -> str:
    """Both values, as they are told."""
    return f"{kept!r} is kept, {again!r} follows from the facts"

"""The letter that would come of what an expert proposes, before anybody signs it."""

from __future__ import annotations

from datetime import date

from desktop.wire.bounds import File, Ident, Name
from desktop.wire.payloads import Body


class DraftLetterAsk(Body):
    """`/v1/draft-letter`: what the centre would write if the case's proposal were signed now.

    `told` is a proposal that is not made yet (a `Recommend` as canonical JSON), asked for by who
    may make it; empty, it is the case's own.
    """

    actor: Name
    case_id: Ident
    told: File = ""


class DraftLetterAnswer(Body):
    """The outcome (`Outcome`); `kind` and `text` (a `LetterText` as canonical JSON) of the letter.

    Both are empty where something is awaited before a letter: a payment, a visit, another look.
    """

    outcome: str
    kind: str = ""
    text: str = ""
    valid_until: date | None = None

"""The letter that would come of what an expert proposed, before anybody signs it."""

from __future__ import annotations

from datetime import date

from desktop.wire.bounds import Ident, Name
from desktop.wire.payloads import Body


class DraftLetterAsk(Body):
    """`/v1/draft-letter`: what the centre would write if the case's proposal were signed now."""

    actor: Name
    case_id: Ident


class DraftLetterAnswer(Body):
    """The outcome (`Outcome`); `kind` and `text` (a `LetterText` as canonical JSON) of the letter.

    Both are empty where something is awaited before a letter: a payment, a visit, another look.
    """

    outcome: str
    kind: str = ""
    text: str = ""
    valid_until: date | None = None

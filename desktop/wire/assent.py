"""A person's word to what changes the city's data: who, to what, why, signed with their own key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from desktop.wire import frame as framed
from desktop.wire.bounds import Moment, Name, Signature, Text
from desktop.wire.payloads import Body

SHORTEST_REASON = 20
"""A reason says something from so many letters on."""


class Purpose(StrEnum):
    """What is assented to; a signature given for one is none for another."""

    PREPARE = "prepare-publication"
    SIGN = "sign-publication"
    WITHDRAW = "withdraw-publication"
    PUT_IN_FORCE = "put-records-in-force"
    TAKE_BACK = "take-records-back"
    LIFT = "lift-a-kept-row"
    STOP = "stop-an-office-or-a-person"
    HEIR = "name-who-finishes-open-cases"
    LESSON = "pass-a-lesson"
    CODE = "give-out-a-code"
    CODE_BACK = "take-a-code-back"
    NEWCOMERS = "put-people-forward"
    REVOKE = "revoke-a-device"
    CONVERSION = "step-of-a-conversion"
    ANNOUNCE = "announce-to-offices"
    MOVE_VISITS = "move-visits"
    COPY = "copy-at-another-office"


class Assent(Body):
    """Who says yes and when; `signature` is hex over `assented`, `reason` what the person wrote."""

    actor: Name
    reason: Text
    at: Moment
    signature: Signature


def assented(
    centre: str, purpose: Purpose, subject: str, actor: str, reason: str, at: datetime
) -> bytes:
    """What a person signs at the centre with that id. `subject` names all that is assented to: a
    content's sha256 where the content is what counts, an id where that names one thing for good."""
    parts = (purpose.value, subject, actor, reason, at.isoformat())
    return framed.frame(framed.Purpose.PERSON, centre, "assent", *parts)


def witnessed(centre: str, letter_id: str, reason: str, witness: str) -> bytes:
    """What a second person of an office signs under the end of a letter, at the centre with that
    id."""
    return framed.frame(framed.Purpose.PERSON, centre, "witness", letter_id, reason, witness)


def assent(
    sign: Callable[[bytes], str],
    centre: str,
    purpose: Purpose,
    subject: str,
    *,
    actor: str,
    reason: str = "",
    at: datetime,
) -> Assent:
    """The signed word; `sign` is that of the person's unwrapped key."""
    signature = sign(assented(centre, purpose, subject, actor, reason, at))
    return Assent(actor=actor, reason=reason, at=at, signature=signature)

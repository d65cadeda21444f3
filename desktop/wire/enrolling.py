"""How a new device and a person's keys come to the centre: by a code that is good once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from desktop.domain.persian import to_latin_digits
from desktop.wire.bounds import ActKey, Name, ReleaseKey, Signature
from desktop.wire.frame import Purpose, frame
from desktop.wire.payloads import Body

# No letter that is taken for another, or for a digit, read aloud or in ink.
ALPHABET = "234679ACDEFGHJKMNPQRTVWXY"
LENGTH = 8
_PARTING = frozenset(" -\u200c\u2010\u2011\u2013\u2066\u2069")


def read_code(text: str) -> str:
    """The code as it was given out, however it is typed or parted; "" for what can be none."""
    found = "".join(char for char in to_latin_digits(text).upper() if char not in _PARTING)
    return found if len(found) == LENGTH and not set(found) - set(ALPHABET) else ""


class ReachAsk(Body):
    """`/v1/reach`: who is there? `key` is the asker's own, by which the call is signed."""

    key: ActKey


class ReachAnswer(Body):
    """Who the centre is; `answers_key` is the one that it signs answers with."""

    city: str
    centre: str
    epoch: str
    time: datetime
    answers_key: str
    protocol: int
    least_client: str


class EnrolAsk(Body):
    """`/v1/enrol`: a new device spends its office's code; the call is signed by `key`."""

    code: Annotated[Name, Field(max_length=LENGTH)]
    key: ActKey


class EnrolAnswer(Body):
    """Whose desk the device is, and which keys the centre signs with.

    `office` is its code on the day; by its id it is named in `home`.
    `person` with the id `staff_id` and the role `role` gets keys at this desk by the same code.
    """

    device_id: str
    office: str
    name: str
    desk: int
    home: str
    staff_id: str
    person: str
    role: str
    centre: str
    epoch: str
    heads_key: str
    answers_key: str


class EnrolPersonAsk(Body):
    """`/v1/enrol-person`: the public halves of a person's keys, made at this desk.

    `code` is the person's own or that by which this device was enrolled; `signature` is by the key
    for acts over `introduced`.
    """

    code: Annotated[Name, Field(max_length=LENGTH)]
    key: ActKey
    release_key: ReleaseKey
    signature: Signature


class EnrolPersonAnswer(Body):
    """Who it is: the record as the home stream tells it."""

    staff_id: str
    name: str
    role: str
    title: str


def introduced(centre: str, device_id: str, key: str, release_key: str) -> bytes:
    """What a person signs who gets keys at a desk."""
    return frame(Purpose.PERSON, centre, "enrol", device_id, key, release_key)

"""A fact in its stream, and the facts that are no case's: refusals, staff, reference data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, get_args

from desktop.domain.day_register import DayClosed
from desktop.domain.elsewhere import CopyPrinted
from desktop.domain.facts import CaseFact
from desktop.domain.stamped_sheets import SheetRun, SheetsDropped, SheetsTaken
from desktop.domain.told_paper import PaperTold

CITY = "city"
MUNICIPALITY = "office:municipality"


class Topic(StrEnum):
    """What is published in the stream `city`, each topic with keys of its own (DESIGN.md §5)."""

    SERVICE = "service"
    FIGURES = "figures"
    HOLIDAYS = "holidays"
    TARIFF = "tariff"
    VALIDITY = "validity"
    RATE = "rate"
    PARCEL = "parcel"
    DISTRICT = "district"
    BODY = "body"
    WORD = "word"
    OBJECTION = "objection"
    AUTHORISATION = "authorisation"
    ROTA = "rota"
    ABSENCE = "absence"
    OFFICE = "office"
    MINUTES = "minutes"
    DELEGATION = "delegation"
    OFFICE_LETTER = "office-letter"
    TRAINING = "training"
    STOP = "stop"
    HEIR = "heir"
    STAFF = "staff"
    ENFORCEMENT = "enforcement"
    SIGNER = "signer"
    PLACE = "place"
    CONSULTEE = "consultee"
    PROMISE = "promise"
    REVIEW_REASON = "review-reason"
    BLACKOUT = "blackout"
    LIMIT = "limit"
    BOUNDS = "bounds"
    HALF_DAY = "half-day"
    DISTRICT_NAME = "district-name"
    ANNOUNCEMENT = "announcement"
    CENTRE_KEY = "centre-key"
    COURIER_KEY = "courier-key"
    WITHDRAWN = "withdrawn"


def withdrawn_key(topic: str, key: str) -> str:
    """Under which key of `Topic.WITHDRAWN` it is told that a version of the item never held.

    The version told is the withdrawn one's, and its text names the day (`withdrawn_day`): what was
    said of that version for that day before it no longer counts.
    """
    return f"{topic}:{key}"


def withdrawn_day(topic: str, text: str) -> date | None:
    """For which day the published text takes back what was said; None for what withdraws nothing.

    None as well for a withdrawal that names no day: it takes back its version of whatever day.
    """
    if topic != Topic.WITHDRAWN:
        return None
    try:
        return date.fromisoformat(json.loads(text)["day"])
    except (ValueError, TypeError, LookupError):
        return None


_OFFICE = "office:"


def office_stream(office: str) -> str:
    """The name of the stream of an office, by its id."""
    return f"{_OFFICE}{office}"


def office_of(stream: str) -> str:
    """The id of the office whose stream it is."""
    return stream.removeprefix(_OFFICE)


@dataclass(frozen=True)
class CommandRefused:
    """In the actor's home stream: a command was not lawful at the centre, in plain words.

    `sheets` are those on which its copy came out all the same: they are blank no more.
    """

    kind: ClassVar[str] = "command-refused"
    command_kind: str
    case_id: str
    words: str
    key: str = ""
    mine: str = ""
    theirs: str = ""
    sheets: SheetRun | None = None


@dataclass(frozen=True)
class CommandHeld:
    """In the actor's home stream: an unexpected error parked a command under a report code."""

    kind: ClassVar[str] = "command-held"
    command_kind: str
    case_id: str
    report: str


@dataclass(frozen=True)
class PersonEnrolled:
    """In the home stream: a member of staff and the public halves of the personal keys.

    `release_key` is that for the release of letters, `national_id` the person's own: it travels to
    the desks of the office alone; the keys were made at `device_id`, by a code that the `givers`
    gave (staff ids). Facts of before have none of these.
    """

    kind: ClassVar[str] = "person-enrolled"
    staff_id: str
    name: str
    role: str
    key: str
    title: str
    release_key: str = ""
    national_id: str = ""
    device_id: str = ""
    givers: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeviceTold:
    """In the stream `city`: how a device stands, told as it is enrolled and as it is revoked.

    It is the office's (by its id) with that number, `key` is the public half of its own. No desk
    needs it: a restored centre, whose copy does not have the device, has it back from them.
    """

    kind: ClassVar[str] = "device-told"
    device_id: str
    office: str
    desk: int
    key: str
    revoked_at: datetime | None = None


@dataclass(frozen=True)
class Published:
    """In the stream `city`: reference data that holds from a day."""

    kind: ClassVar[str] = "published"
    topic: str
    key: str
    version: str
    effective_from: date
    text: str
    sha256: str


@dataclass(frozen=True)
class LettersEnded:
    """In the stream `city`: the list of letters that no longer hold has changed by this moment."""

    kind: ClassVar[str] = "letters-ended"
    at: datetime
    mark: str = ""


OfficeFact = DayClosed | SheetsTaken | SheetsDropped | PaperTold | CopyPrinted
"""In the office's stream, and of no case: what an act of `commands.OfficePayload` made."""
HomeFact = (
    CommandRefused
    | CommandHeld
    | PersonEnrolled
    | DeviceTold
    | Published
    | LettersEnded
    | OfficeFact
)
Payload = CaseFact | HomeFact
PAYLOADS: Mapping[str, type[Payload]] = {
    payload.kind: payload for payload in (*get_args(CaseFact), *get_args(HomeFact))
}
SCHEMA = 1


@dataclass(frozen=True)
class Fact:
    """A fact in its stream. `rev` counts the case's facts from 1 (0: not a case's), `at` is UTC.

    `cause` is the command's id; `actor` and `actor_name` who made it come about.
    """

    fact_id: str
    stream: str
    pos: int
    case_id: str
    rev: int
    cause: str
    actor: str
    actor_name: str
    at: datetime
    payload: Payload
    schema: int = SCHEMA

    @property
    def kind(self) -> str:
        """The payload's kind."""
        return self.payload.kind

"""How the municipality's supervisors bring in property records: sent, read, held, put into force.

Records never travel down: what comes back are counts, causes, and rows that an export has wrong.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from desktop.wire.assent import Assent
from desktop.wire.bounds import Base64, Count, Day, Ident, Line, Name, Page, Sha256
from desktop.wire.payloads import Body

CHUNK = 1 << 20


class UploadAsk(Body):
    """A chunk of an export, from 0; `content` in base 64. A folder travels as a zip file."""

    actor: Name
    upload_id: Ident
    number: Count
    content: Base64


class UploadAnswer(Body):
    """The chunk that is wanted next."""

    next: int


class ReadAsk(Body):
    """All chunks are there: read the export as the records of the day."""

    actor: Name
    upload_id: Ident
    name: Line
    sha256: Sha256
    as_of: Day


class ImportAnswer(Body):
    """The number of the import."""

    export_id: int


class ActorAsk(Body):
    """By whom."""

    actor: Name


class ExportAsk(Body):
    """About which import, by whom."""

    actor: Name
    export_id: Count


class CauseBody(Body):
    """A cause in words; `needs_two` says that one person alone can't answer for it."""

    key: str
    kind: str
    cause: str
    limit: str
    consequence: str
    needs_two: bool
    count: int

    @property
    def sheet(self) -> str:
        """The title of the sheet that it is about; empty where the kind says it."""
        return self.key.split(":")[1]


class ToldGroup(Body):
    """Told rows of one sheet with one reason and one fate."""

    sheet: str
    reason: str
    fate: str
    count: int


class UnknownBody(Body):
    """A word of a column (`WordColumn`) that no list knows, in so many cells."""

    column: str
    word: str
    count: int


class ImportBody(Body):
    """An import: how far its reading is (`done` of 1000), then what it holds.

    While it is read, `rows` are those read of the sheet at work, of about `of` (0: not known).
    `totals` are counts by kind and sums: `debt_rial`, `fine_rial`, `widened`, `doubted` …
    `new` and `ended` count, by kind, what came and went against the import in force; `unknown` are
    words that mean nothing today, nor from tomorrow on.
    """

    export_id: int
    as_of: date
    state: str
    source: str
    sha256: str
    reader: str
    begun_at: datetime
    heard_at: datetime
    silent: bool
    fault: str
    sheet: str
    rows: int
    done: int
    totals: dict[str, int]
    causes: list[CauseBody]
    told: list[ToldGroup]
    of: int = 0
    new: dict[str, int] = {}
    ended: dict[str, int] = {}
    unknown: list[UnknownBody] = []


class ForcedBody(Body):
    """The act by which an import is in force: when, by whom, and why where there was a cause.

    `former_as_of` is the day of the records that going back would bring back, `letters` have been
    issued since and would be recalled; `taken_back` says that the import came back in another's
    place.
    """

    at: datetime
    by: str
    second: str
    reason: str
    may_go_back: bool
    former_as_of: date | None = None
    taken_back: bool = False
    letters: int = 0


class StateAnswer(Body):
    """What is in force, and the last reading that is not; `days_left` until the records are too old
    to answer, `warned` when the municipality must see to it, `alarm` the sentence that says so.
    `sheets` are an export's sheets in their order, each its kind and title; `kept` holds and files
    stay active that the export lost, `lifted` were ended under it."""

    in_force: ImportBody | None
    forced: ForcedBody | None
    staged: ImportBody | None
    kept: int
    days_left: int
    warned: bool
    alarm: str = ""
    lifted: int = 0
    sheets: list[tuple[str, str]] = []


class RowsAsk(Body):
    """Rows of an import, a page: told ones of a group, or those behind a cause (its key)."""

    actor: Name
    export_id: Count
    sheet: Line = ""
    reason: Line = ""
    fate: Line = ""
    cause: Line = ""
    offset: Count = 0
    limit: Page = 200


class RowBody(Body):
    """A row: `number` in its sheet (0 for one of the records in force), and what it says."""

    sheet: str
    number: int
    heading: str
    reason: str
    fate: str
    about: str


class RowsAnswer(Body):
    """A page of rows and how many there are."""

    rows: list[RowBody]
    total: int


class ForceAsk(Body):
    """Put the import into force. With causes: those that the person has `seen`, the reason in the
    assent, a second person where debts, holds or files would end. `lifted` names, by the row's key,
    the letter that lifts a hold or ends a file which the export no longer has; those without a
    letter stay active, unless `end_rest` says that they end by the second person's signature."""

    export_id: Count
    assent: Assent
    second: Assent | None = None
    seen: Annotated[list[Line], Field(max_length=10_000)] = []
    lifted: Annotated[dict[Line, Line], Field(max_length=10_000)] = {}
    end_rest: bool = False


class BackAsk(Body):
    """Take the import back that came into force today: the one before it answers again."""

    export_id: Count
    assent: Assent


class KeptBody(Body):
    """A hold or file that an export lost and nobody answered for: it stays active."""

    overlay_id: int
    code: str
    sheet: str
    about: str
    since: date


class LiftedBody(Body):
    """A hold or file that ended under the import in force: by the `number` of its letter, or by the
    word of a `second` person."""

    code: str
    sheet: str
    about: str
    number: str
    by: str
    second: str
    at: datetime


class KeptAnswer(Body):
    """All rows that are kept, and the last of those that were ended, newest first."""

    rows: list[KeptBody]
    lifted: list[LiftedBody] = []


class LiftAsk(Body):
    """End a kept row: by the letter's number, or by a second person's word."""

    overlay_id: Count
    number: Line
    assent: Assent
    second: Assent | None = None


class Done(Body):
    """It was done."""


def content_of(part: bytes) -> str:
    """A chunk as it travels."""
    return b64encode(part).decode()


def part_of(content: str) -> bytes:
    """A chunk's bytes. Raises ValueError for what is no base 64."""
    return b64decode(content, validate=True)


def force_subject(
    export_id: int, sha256: str, seen: list[str], lifted: dict[str, str], *, end_rest: bool = False
) -> str:
    """What is assented to when an import is put into force."""
    lifts = ";".join(f"{key}={number}" for key, number in sorted(lifted.items()))
    rest = ("end",) if end_rest else ()
    return "|".join((str(export_id), sha256, ",".join(sorted(seen)), lifts, *rest))

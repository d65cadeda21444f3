"""Looks at cases and records: the text of a line in its chain, and the calls about them."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated

from pydantic import Field, ValidationError

from desktop.domain.reading import Reading, Way, What
from desktop.wire.bounds import Code, Count, Day, Key, Line, Moment, Name, Page, Sha256, Written
from desktop.wire.canon import canon
from desktop.wire.link import iso
from desktop.wire.payloads import Body, Carrier

MOST_LINES = 500
"""So many lines go up at once, and so many are shown at once."""
LONGEST_LINE = 1_000


class _LineText(Body):
    """What stands in a line's text."""

    chain: Code
    seq: Annotated[int, Field(ge=1, le=2**31 - 1)]
    at: Moment
    actor: Name
    what: What
    way: Way
    case: Name
    code: Code
    about: Key


def line_text(chain: str, seq: int, reading: Reading) -> str:
    """The canonical text of a line, over which the chain goes; `seq` counts from 1."""
    return canon(
        {
            "chain": chain,
            "seq": seq,
            "at": iso(reading.at),
            "actor": reading.actor,
            "what": reading.what.value,
            "way": reading.way.value,
            "case": reading.case_id,
            "code": reading.code,
            "about": reading.about,
        }
    )


def read_line(text: str) -> tuple[str, int, Reading]:
    """Chain, place in it and look of a line's text.

    Raises ValueError for what is not written as `line_text` writes it.
    """
    try:
        told = _LineText.model_validate(json.loads(text))
    except (ValidationError, RecursionError) as fault:
        raise ValueError("no line of a log of looks") from fault
    reading = Reading(told.at, told.actor, told.what, told.way, told.case, told.code, told.about)
    if line_text(told.chain, told.seq, reading) != text:
        raise ValueError("a line that is written otherwise")
    return told.chain, told.seq, reading


class TellReadingsAsk(Carrier):
    """`/v1/readings`: lines of this desk's own chain, from the one after `after` on.

    `before` is the chain's hash at `after`, `hash` at the last line.
    """

    after: Count
    before: Sha256
    lines: Annotated[
        list[Annotated[Written, Field(max_length=LONGEST_LINE)]],
        Field(min_length=1, max_length=MOST_LINES),
    ]
    hash: Sha256


class TellReadingsAnswer(Body):
    """The centre has the chain up to here; less than before where it was restored meanwhile."""

    taken_to: int


class ReadingsAsk(Body):
    """`/v1/reading-log`: lines by day, of which the asker may see.

    `about` is typed: a property's code, a case's or a letter's number; empty for all. `staff` and
    `office` (ids) narrow it, `what` is of `What`. `order` is the number of a court's order, where
    the lines go on a paper or into a file for one; `way` tells how they are seen.
    """

    actor: Name
    first: Day
    last: Day
    about: Line = ""
    staff: Name = ""
    office: Name = ""
    what: Key = ""
    mark: Key = ""
    offset: Count = 0
    limit: Page = 0
    order: Line = ""
    way: Key = Way.PAGE.value


class ReadingBody(Body):
    """A run of looks: its first line, `times` how many there are and `until` when the last was.

    `right` tells that the line's hash is what its text and the line before make it. `question` and
    `reply` with who and when; empty where nothing was asked or answered.
    """

    chain: str
    seq: int
    at: datetime
    until: datetime
    times: int
    actor: str
    name: str
    role: str
    office: str
    desk: int
    what: str
    way: str
    case_id: str
    tracking: str
    code: str
    about: str
    no_case: bool
    off_hours: bool
    right: bool
    question: str = ""
    asked_by: str = ""
    asked_at: datetime | None = None
    reply: str = ""
    replied_at: datetime | None = None


class BreakBody(Body):
    """A place where a desk's chain does not hold: of which office and desk, told when."""

    office: str
    desk: int
    seq: int
    at: datetime


class StaffBody(Body):
    """Somebody whose looks may be asked for."""

    staff_id: str
    name: str
    office: str


class ReadingsAnswer(Body):
    """A page of the runs, the newest first; `counts` by `Mark` over all that was asked for.

    `whole` is false where a desk has not told for a while what was looked at there; `people` are
    who may be asked for. `understood` is false for an `about` that names nothing.
    """

    time: datetime
    rows: list[ReadingBody]
    total: int
    counts: dict[str, int]
    breaks: list[BreakBody]
    people: list[StaffBody]
    understood: bool = True


class ReaderAsk(Body):
    """`/v1/reader`: how somebody's last thirty days are against the city's."""

    actor: Name
    staff: Name


class ReaderAnswer(Body):
    """Looks of the last thirty days, and of those without a case and out of hours; `middle` is the
    city's median of those without a case, over all of the same role who looked at anything. `asked`
    questions wait for an answer."""

    staff: str
    name: str
    role: str
    office: str
    looks: int
    no_case: int
    off_hours: int
    middle: int
    since: date
    asked: int = 0


class AskReaderAsk(Body):
    """`/v1/ask-reader`: a question to who looked; it stays with the line."""

    actor: Name
    chain: Code
    seq: Count
    words: Line


class ReplyReadingAsk(Body):
    """`/v1/reply-reading`: the answer of who looked; it stays with the line."""

    actor: Name
    chain: Code
    seq: Count
    words: Line


class AskedAnswer(Body):
    """It is kept with the line."""

    at: datetime

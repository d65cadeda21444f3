"""Letters in doubt as the municipality decides on them: what changed, who recalled, who knows."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from desktop.wire.bounds import Count, Ident, Name, Page
from desktop.wire.payloads import Body


class Part(StrEnum):
    """Which of them: those that something changed about, those that wait for a second person, and
    void ones of which somebody has not been told; and those of which an office wants more copies
    than it prints by itself."""

    CHANGED = "changed"
    RECALLED = "recalled"
    UNTOLD = "untold"
    COPIES = "copies"


class RecallsAsk(Body):
    """`/v1/recalls`: a page of a part, who waits longest first; with a `case_id` those of one case,
    whatever the part."""

    actor: Name
    part: Part = Part.CHANGED
    case_id: Ident | None = None
    offset: Count = 0
    limit: Page = 100


class ChangeBody(Body):
    """One condition that fails by now: its gate, the code of what was found, and what it is about;
    what was found (`told`) is said where one case was asked for."""

    gate: str
    code: str
    title: str
    told: str


class RecallBody(Body):
    """A letter in doubt with its case; `state` as of `doubt_tables.DoubtedLetterRow`, or `copies`.

    `since` is when it came to stand so, `by` the name of who recalled it and `reason` why; `handed`
    says that somebody has the paper, `untold` how many have not been told that it is void.
    """

    case_id: str
    letter_id: str
    number: str
    tracking: str
    service: str
    applicant: str
    place: str
    issued_on: date
    state: str
    handed: bool
    changes: list[ChangeBody]
    reason: str
    by: str
    since: datetime
    untold: int


class RecallsAnswer(Body):
    """The page, how many there are of the part, and how many by part."""

    time: datetime
    rows: list[RecallBody]
    total: int
    counts: dict[str, int]

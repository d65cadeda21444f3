"""The staff of the city's offices, page by page: found and counted at the centre."""

from __future__ import annotations

from datetime import datetime

from desktop.wire.bounds import Count, Key, Line, Name, Page
from desktop.wire.payloads import Body
from desktop.wire.registry import PersonBody

MOST = 500
"""So many people an answer tells."""
NAMED = 3
"""So many of those without a national id are named."""


class PeopleAsk(Body):
    """`/v1/people`: staff by their offices' codes, then managers first, from the one with the
    number `first` on; a manager is told of his own office alone.

    `office` (an id), `typed` (of name, role and office's code) and `state` (of `StaffState`) narrow
    it; of `person` it is told where in the list he stands.
    """

    actor: Name
    office: Name = ""
    typed: Line = ""
    state: Key = ""
    person: Name = ""
    first: Count = 0
    limit: Page = 0


class OfOfficeBody(PersonBody):
    """A member of staff, and at which office (by its id)."""

    office: str


class PeopleAnswer(Body):
    """A page of them, and how many there are in all.

    `counts` by state are of all states, under no name their sum. `names` are those of who stands in
    for somebody on the page. Of the office, or of all, `without_id` have no national id and work
    still: `unnamed` is how many, these are the first. `place` counts from 0. What is counted is
    told with the first page alone.
    """

    time: datetime
    total: int
    people: list[OfOfficeBody]
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    without_id: list[str] = []
    unnamed: int = 0
    place: int | None = None

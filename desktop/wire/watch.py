"""What a supervisor watches over all offices: deadlines, doubles, questions without a case."""

from __future__ import annotations

from datetime import date, datetime

from desktop.domain.request import Shared
from desktop.wire.bounds import Name
from desktop.wire.payloads import Body


class WatchAsk(Body):
    """`/v1/watch`: by whom; only a supervisor is answered."""

    actor: Name


class WatchedCase(Body):
    """A case in a list; `left` counts the days to its deadline, negative past it."""

    case_id: str
    office: str
    tracking: str
    service: str
    applicant: str
    code: str
    state: str
    status: str
    outcome: str
    due_on: date
    left: int


class PairBody(Body):
    """Two open cases at two offices for one property or one inquiry letter, the older first."""

    shared: Shared
    first: WatchedCase
    second: WatchedCase


class AskerBody(Body):
    """A clerk's questions of the last week, by property: asked, and those that no case followed.

    Nobody is told of whose questions cases followed, each of them.
    """

    clerk: str
    office: str
    asked: int
    without: int
    last_at: datetime


class UnclosedBody(Body):
    """An office that has not closed its days: the last one it did (None: none ever), and how many
    working days came since, before today."""

    office_id: str
    office: str
    last: date | None
    days: int


class StockBody(Body):
    """How many blank sheets an office has, and when it took its last bundle."""

    office_id: str
    office: str
    blank: int
    taken_at: datetime


class OddSheetsBody(Body):
    """Sheets that an office printed a letter on, and that were not its own or not blank.

    `case_id` is empty for no letter of the city.
    """

    case_id: str
    office: str
    series: str
    first: int
    last: int
    at: datetime


class DifferingBody(Body):
    """A paper of the letter `number` that showed something else than its code, as `name` of the
    office saw it; `names` are the lines."""

    office: str
    name: str
    number: str
    names: list[str]
    at: datetime


class WatchAnswer(Body):
    """`past` and `near` count all deadlines; `deadlines` are the soonest of them.

    `unclosed` are the offices with most days to close, of `unclosed_offices` in all, `stocks` those
    whose sheets have numbers, the fewest first.
    """

    past: int
    near: int
    deadlines: list[WatchedCase]
    pairs: list[PairBody]
    askers: list[AskerBody]
    unclosed: list[UnclosedBody] = []
    unclosed_offices: int = 0
    stocks: list[StockBody] = []
    odd: list[OddSheetsBody] = []
    differing: list[DifferingBody] = []

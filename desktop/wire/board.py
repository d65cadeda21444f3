"""The supervisor's board: what is asked of it, and every figure that it tells."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desktop.domain.correctness import Correctness
from desktop.wire.bounds import Count, Day, Days, Key, Name
from desktop.wire.payloads import Body


def first_day(last: date, days: int) -> date:
    """The first of so many days of which that one is the last; of none it is that one itself."""
    return last - timedelta(days=max(days - 1, 0))


class BoardAsk(Body):
    """`/v1/board`: the day of all offices for a supervisor; `days` back from `day`."""

    actor: Name
    day: Day
    days: Days
    service: Key
    district: Count


class ServedRow(Body):
    """What is told alike of an office, of a clerk, of a service and of a district.

    Of the requests of the asked days: of the `visits` so many are for want of a record, `late` are
    past their day, `states` counts those that have not ended. `waited` are the working days of the
    middle one of the `answered` answers. Letters are those issued on the days; `taken` is in Rial.
    """

    received: int
    instant: int
    visits: int = 0
    visits_no_record: int = 0
    late: int = 0
    sent_back: int = 0
    answered: int = 0
    waited: int = 0
    issued: int = 0
    released: int = 0
    voided: int = 0
    copies: int = 0
    taken: int = 0
    states: dict[str, int] = {}


class OfficeRow(ServedRow):
    """One office's figures; `waiting` and `overdue` are all that it has open now."""

    office: str
    name: str
    waiting: int
    overdue: int
    heard_at: datetime | None


class PartRow(ServedRow):
    """The figures of a service (its code) or of a district (its number)."""

    part: str
    open: int


class ClerkRow(ServedRow):
    """What a clerk of an office (its code) registered: requests of the days; letters issued and
    money taken on the days for what the clerk registered at any time."""

    office: str
    clerk: str


class OutageDeskBody(Body):
    """What an outage delayed at one desk of an office: so many acts came late."""

    office_id: str
    office: str
    name: str
    desk: int
    delayed: int


class OutageBody(Body):
    """A time in which an office had no line, or (all of it empty) the centre did not run.

    With no `until` it goes on: `since` is when the office called last, or opened where that was
    later, and `unsent_since` when the oldest act was made that it told to be unsent. Of one that is
    over `delayed` acts came late, of `desk_count` desks, of which the first are told, and offices
    were open in `open_minutes` of it (None: nobody knows their hours).
    """

    office_id: str
    office: str
    name: str
    since: datetime
    until: datetime | None
    delayed: int = 0
    unsent_since: datetime | None = None
    open_minutes: int | None = None
    desk_count: int = 0
    desks: list[OutageDeskBody] = []


class LookRow(Body):
    """An instant answer that waits for a second look; `why` is `draw`, `boundary`, `received`."""

    case_id: str
    service: str
    office: str
    applicant: str
    tracking: str
    received_at: datetime
    clerk: str
    why: str


class CorrectnessBody(Body):
    """As of `domain.correctness.Correctness`."""

    drawn: int
    looked: int
    wrong: int
    weighed: int
    weighed_looked: int
    weighed_wrong: int
    mixed: bool = False

    @property
    def value(self) -> Correctness:
        """The same as the program knows it."""
        return Correctness(**self.model_dump())


def correctness_body(value: Correctness) -> CorrectnessBody:
    """The counts as they travel."""
    return CorrectnessBody(
        drawn=value.drawn,
        looked=value.looked,
        wrong=value.wrong,
        weighed=value.weighed,
        weighed_looked=value.weighed_looked,
        weighed_wrong=value.weighed_wrong,
        mixed=value.mixed,
    )


class BoardAnswer(Body):
    """Counts of the day; `outcomes` tells visits for want of a record (`visit-no-record`) apart.

    `hours` maps the hour to the same counts; times in milliseconds. `answered` answers were given
    on the days, after `waited` working days in the middle; `recalls` letters are to be voided.
    `alarm` says that the records grow old, `records_held` that an import of them waits for a
    person's word.

    Requests are counted by the day of their receipt, letters and answers by that of their issue,
    money by that of its payment. `overdue` are all that are past their day now, `late` those of the
    asked days; `escalated` went past what was promised after a visit, at any time. `open` maps
    states to how many of the requests stand there now; `waited_most` are the days within which nine
    of ten answers came; `taken` maps kinds of sums to Rial; `working` counts the working days.
    `correctness` is of the instant answers to what was received then; `late_steps` maps steps to
    how many of the requests wait in them longer than is promised. `outages` are those that go on
    now, whatever the days, and the newest of those of the days, `outages_ended` in all.
    """

    received: int
    instant: int
    overdue: int
    letters: int
    voided: int
    copies: int
    looks_due: int
    looks_done: int
    median_ms: int
    p95_ms: int
    waiting_days: dict[str, int]
    outcomes: dict[str, int]
    hours: dict[str, dict[str, int]]
    offices: list[OfficeRow]
    looks: list[LookRow]
    alarm: str = ""
    records_held: bool = False
    answered: int = 0
    waited: int = 0
    recalls: int = 0
    late: int = 0
    escalated: int = 0
    sent_back: int = 0
    released: int = 0
    waited_most: int = 0
    working: int = 0
    open: dict[str, int] = {}
    taken: dict[str, int] = {}
    clerks: list[ClerkRow] = []
    services: list[PartRow] = []
    districts: list[PartRow] = []
    correctness: CorrectnessBody | None = None
    late_steps: dict[str, int] = {}
    outages: list[OutageBody] = []
    outages_ended: int = 0

"""What a planner asks and does: which visits lost their inspector or their day, and moving them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from desktop.domain.people import Applicant
from desktop.domain.request import Payment
from desktop.domain.rota import Away
from desktop.wire.assent import Assent
from desktop.wire.bounds import Count, Day, Ident, Moment, Name, Sha256
from desktop.wire.canon import canon
from desktop.wire.payloads import Body

MOST_SHOWN = 200
"""So many of them are told; all are moved."""


class AwayBody(Body):
    """An inspector's absence; of a `half` (1, 2) only that one, by 0 of whole days."""

    staff: Name
    first: Day
    last: Day
    half: Annotated[int, Field(ge=0, le=2)] = 0
    withdrawn: bool = False

    @property
    def value(self) -> Away:
        """The absence as the program knows it."""
        return Away(self.staff, self.first, self.last, self.half, self.withdrawn)


def away_body(away: Away) -> AwayBody:
    """The absence as it travels."""
    return AwayBody(
        staff=away.staff,
        first=away.first,
        last=away.last,
        half=away.half,
        withdrawn=away.withdrawn,
    )


class ShiftBody(Body):
    """A visit that must move: where it was, where it goes, whom to tell and why in this order.

    Without a `day` there is no place for it: it is called off. `moved` is how often the
    municipality moved it before.
    """

    case_id: str
    tracking: str
    applicant: str
    attending: str
    phone: str
    address: str
    service: str
    due_on: date
    moved: int
    was_day: date
    was_half: int
    was_inspector: str
    day: date | None
    half: int
    inspector: str
    same_time: bool
    late: bool


class VisitWeekAsk(Body):
    """`/v1/visit-week`: who goes where on these days, and how much room there is."""

    actor: Name
    first: Day
    days: Annotated[int, Field(ge=1, le=14)]


class DayBody(Body):
    """A day, and why nobody goes then; empty for a working day."""

    day: date
    closed: str


class HalfBody(Body):
    """An inspector's half-day: `most` visits (0 where he has no rounds then), so many booked.

    Of those `done` are reported. `where` counts them by neighbourhood; those of which the records
    tell none stand under the empty name. `absence` is the one that was put down for him then, which
    can be ended; where he is `away` for another cause there is none.
    """

    day: date
    half: int
    most: int
    booked: int
    done: int
    away: bool
    where: dict[str, int]
    absence: AwayBody | None = None


class InspectorBody(Body):
    """An inspector and his half-days, in the order of the days; `districts` of the first day."""

    staff_id: str
    name: str
    districts: list[int]
    halves: list[HalfBody]


class VisitWeekAnswer(Body):
    """The days; all inspectors by name; how many visits must move, on whatever day."""

    time: datetime
    days: list[DayBody]
    inspectors: list[InspectorBody]
    to_move: int


class VisitsToMoveAsk(Body):
    """`/v1/visits-to-move`: which visits must move, as if `away` were published already."""

    actor: Name
    away: AwayBody | None = None


class VisitsToMoveAnswer(Body):
    """The first of them, in their turn, and how many there are; `digest` names the whole list.

    Of all of them so many need a call (`calls`), come after their promised day (`late`), or find no
    place and are called `off`.
    """

    time: datetime
    total: int
    shifts: list[ShiftBody]
    digest: str
    calls: int = 0
    late: int = 0
    off: int = 0


class MoveVisitsAsk(Body):
    """`/v1/move-visits`: publish the absence, if there is one, and move just that list
    (`Purpose.MOVE_VISITS`); the assent's reason is what offices and citizens are told."""

    away: AwayBody | None = None
    digest: Sha256
    assent: Assent

    @property
    def signed(self) -> str:
        """What is signed."""
        return move_subject(self.away, self.digest)


class VisitsMovedAsk(Body):
    """`/v1/visits-moved`: what the municipality has moved and is still to come, or waits for a
    place, from the one at `offset` on."""

    actor: Name
    offset: Count = 0


class MovedBody(Body):
    """A visit that was moved at a moment, `called` if its people were told by telephone.

    Its slip's: the office whose case it is (its id), the property, who the applicant is to it,
    whether it is to be in large print, the district, what was `paid` for the visit.
    """

    shift: ShiftBody
    moved_at: datetime
    called: bool
    office: Name
    code: str
    plate: str
    applicant: Applicant
    large: bool
    district: int
    paid: Payment | None


class VisitsMovedAnswer(Body):
    """The next of them, those moved last first, in their turn; how many there are in all."""

    time: datetime
    total: int
    moved: list[MovedBody]


class VisitCalledAsk(Body):
    """`/v1/visit-called`: the people of a moved visit were called, or (not `called`) were not."""

    actor: Name
    case_id: Ident
    moved_at: Moment
    called: bool


class VisitCalledAnswer(Body):
    """It is noted."""


def move_subject(away: AwayBody | None, digest: str) -> str:
    """What is signed to move visits."""
    return canon([away.model_dump(mode="json") if away else None, digest])

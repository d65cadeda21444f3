"""What an inspector takes along: his own visits of some days, whole, so that they need no line."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from desktop.wire.bounds import Day, Name
from desktop.wire.payloads import Body

MOST_DAYS = 14


class HeldBody(Body):
    """What the records hold of a property for who goes there; areas in m² as decimal text.

    Of owners, debts and holds it says nothing. `rulings` are the violations that Article 100 has a
    file of, as (violation, area, status).
    """

    plate: str
    land_by_deed: str
    land: str
    built: str
    floors: int
    units: int
    use: str
    widening: str
    year_built: int | None
    last_visit: date | None
    permit: str
    permit_issued: date | None
    permit_until: date | None
    rulings: list[tuple[str, str, str]]


class DayVisitBody(Body):
    """A visit of the day: the canonical `facts` of its case, and where it goes.

    Latitude and longitude are empty where the records tell no place; without a record `held` is
    None. `booked` says that it is still to be made.
    """

    case_id: str
    day: date
    half: int
    booked: bool
    facts: list[str]
    address: str
    neighbourhood: str
    latitude: str
    longitude: str
    held: HeldBody | None


class VisitDayAsk(Body):
    """`/v1/visit-day`: the asker's own visits on so many days from that one on."""

    actor: Name
    first: Day
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)]


class VisitDayAnswer(Body):
    """They, in the order of the days and halves; `as_of` is the records' day, if there are any."""

    time: datetime
    first: date
    days: int
    as_of: date | None
    visits: list[DayVisitBody]

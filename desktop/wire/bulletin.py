"""What the unit asks of a month: its bulletin, for reading and for saving."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from desktop.domain.bulletin import Bulletin
from desktop.domain.calendar import FIRST_YEAR, LAST_YEAR
from desktop.wire.bounds import Name
from desktop.wire.payloads import Body


class BulletinAsk(Body):
    """`/v1/bulletin`: of a Jalali month that is over."""

    actor: Name
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
    month: Annotated[int, Field(ge=1, le=12)]


class BulletinAnswer(Body):
    """The bulletin, with what is hidden hidden already."""

    told: Bulletin

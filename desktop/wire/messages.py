"""Messages to citizens as the unit follows them: what waits, what did not arrive, at which office.

No number and no name: who mends one opens its case.
"""

from __future__ import annotations

from datetime import datetime

from desktop.domain.message import Occasion
from desktop.wire.bounds import Name
from desktop.wire.payloads import Body

SHOWN = 500
"""So many that did not arrive are told one by one; the others are counted."""


class MessagesAsk(Body):
    """`/v1/messages`: how the messages to citizens fare."""

    actor: Name


class FailedBody(Body):
    """A message that did not arrive, and after which none of its kind went out: its case, and why,
    as the gateway said."""

    case_id: str
    tracking: str
    office_id: str
    service: str
    occasion: Occasion
    made_at: datetime
    cause: str


class MessagesAnswer(Body):
    """`waiting` have been taken by no gateway, the oldest since `oldest`; `failed` are those of
    open cases in the last days, the newest first, `offices` counts them all by office id."""

    time: datetime
    waiting: int
    oldest: datetime | None
    failed: list[FailedBody]
    offices: dict[str, int]

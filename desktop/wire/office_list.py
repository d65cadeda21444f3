"""The list of the city's offices at work: so much of each as a row of the registry tells."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.conversion import ConversionStep
from desktop.wire.bounds import Count, Name
from desktop.wire.payloads import Body, LearningBody

PAGE = 2_000
"""So many offices an answer tells: reading it takes no longer than a window may stand still."""


class OfficeListAsk(Body):
    """`/v1/office-list`: the offices from the one with this number on, by their codes."""

    actor: Name
    first: Count = 0


class ListedBody(Body):
    """An office by its id, and what its desks at work told last: the latest call, the oldest act
    that waits to be sent, the least room on a disk in MB, the oldest backup (None: one has none).

    `lacks` are the steps that its conversion lacks; None where none is under way. `learning` are
    those who take lessons of a service there now.
    """

    office_id: str
    desks: int
    heard_at: datetime | None
    unsent_since: datetime | None
    disk_mb: int
    backup_at: datetime | None
    lacks: list[ConversionStep] | None
    learning: list[LearningBody] = []


class OfficeListAnswer(Body):
    """A page of them, and how many there are in all."""

    time: datetime
    total: int
    offices: list[ListedBody]

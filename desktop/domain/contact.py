"""Whether an office is in touch with the centre: by its last call, and the hours it keeps."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto

from desktop.domain.calendar import OfficeCalendar
from desktop.domain.hours import Hours

IN_TOUCH = timedelta(minutes=15)
"""Who called so lately is in touch."""
SILENT = timedelta(minutes=30)
"""Who did not call for so long while it was open has no contact."""


class Contact(Enum):
    """How it stands with an office's calls."""

    IN_TOUCH = auto()
    LATE = auto()
    """Not lately, but not for so long that anybody need ask; or its hours are not known."""
    SILENT = auto()
    SHUT = auto()


def contact(
    heard: datetime | None, hours: Hours | None, calendar: OfficeCalendar, moment: datetime
) -> Contact:
    """How it stands at the moment with an office that last called then (None: never).

    Time before it opened is no silence.
    """
    if heard is not None and moment - heard <= IN_TOUCH:
        return Contact.IN_TOUCH
    if hours is None:
        return Contact.LATE
    opened = hours.open_since(moment, calendar)
    if opened is None:
        return Contact.SHUT
    since = max(opened, heard) if heard is not None else opened
    return Contact.SILENT if moment - since > SILENT else Contact.LATE

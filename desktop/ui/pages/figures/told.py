"""What a publication changes, in sentences for those who sign it."""

from __future__ import annotations

from desktop.ui.pages.services.publish import from_day
from desktop.wire.publishing import ToldBody


def change_lines(told: ToldBody) -> list[str]:
    """Every change in a sentence, whose it is and from which day before it."""
    return [
        f"{change.title}، از {from_day(change.day)}: {line}"
        for change in told.changes
        for line in change.lines
    ]

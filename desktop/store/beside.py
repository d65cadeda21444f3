"""What beside acts waits at this desk to be told to the centre: asked at once, mostly none."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.store import blobs, lessons, notices, readings

_BESIDE = select(
    notices.IS_UNTOLD.label("reads"),
    readings.IS_UNTOLD.label("looks"),
    lessons.IS_UNTOLD.label("lessons"),
    blobs.IS_UNSENT.label("papers"),
)


class Beside(NamedTuple):
    """Whether there are notices that were read, looks at cases, lessons that were passed, papers of
    citizens that the centre does not have."""

    reads: bool
    looks: bool
    lessons: bool
    papers: bool


def waiting(session: Session) -> Beside:
    """What of it waits now."""
    return Beside(*session.execute(_BESIDE).one())

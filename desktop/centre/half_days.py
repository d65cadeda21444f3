"""When the half-days of visits are on a day, as the municipality has published it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from desktop.centre.reference import latest, read_texts
from desktop.domain.city import City
from desktop.domain.counter import Halves
from desktop.domain.stream import Topic
from desktop.forms.dated import with_dated
from desktop.forms.dated.half_days import DatedHalfDay
from desktop.sql import memo


def halves_on(session: Session, day: date) -> Halves:
    """Those of the day, as is known by now; what ships where nothing was said."""

    def ask() -> Halves:
        told = read_texts(session, Topic.HALF_DAY, day).values()
        items = [DatedHalfDay.model_validate_json(each.text) for each in told]
        return with_dated(City(), items).halves

    return memo.once(session, ("halves", latest(session), day), ask)

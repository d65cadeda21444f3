"""The minutes of a conversion at a desk: as they were signed, or as they would be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.actions.desk import Desk
from desktop.domain.conversion import StepDone
from desktop.domain.letter import Essence, Letter, LetterKind
from desktop.domain.minutes import OUTCOME, Converted, Minutes
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.stream import Topic
from desktop.forms.published_values import published_value
from desktop.reports.letter import LAYOUT, draw
from desktop.store import published
from desktop.wire.essence import write


def signed(desk: Desk, office: str) -> Minutes | None:
    """The minutes by which the office was or is to be converted; None where there are none.

    Minutes of a card that was withdrawn before its day are none.
    """
    with desk.store.reading() as session:
        told = published.told(session, Topic.MINUTES, office)
        cards = {item.version for item in published.told(session, Topic.OFFICE, office)}
    found = [published_value(Minutes, item.text) for item in told]
    return next((each for each in reversed(found) if each.version in cards), None)


def paper(minutes: Minutes) -> bytes:
    """The sealed PDF, the same bytes at every desk; `verify` reads it as it reads a letter."""
    return draw(minutes.letter, minutes.release, layout=LAYOUT, copy=1)


def proof(
    desk: Desk,
    before: OfficeCard,
    after: OfficeCard,
    day: date,
    steps: Sequence[StepDone],
    *,
    services: int,
    year: int,
    serial: int,
) -> bytes:
    """The minutes as they would read, before anybody signed: without number, seal and code."""
    with desk.store.reading() as session:
        today = desk.today(session)
        head = desk.reference.office(session, MUNICIPALITY, today).head
    text = Converted(before, after, day, steps, services, year, serial, head).text
    essence = write(Essence.of_text(text, today, OUTCOME))
    letter = Letter("", "", LetterKind.ANSWER, "", today, None, text, essence.hex(), "", "")
    return draw(letter, None, layout=LAYOUT, copy=1)

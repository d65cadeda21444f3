"""Publishing who visits which district when, from a file of the municipality's planner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.reference import publication
from desktop.centre.tables import PersonRow
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import clean
from desktop.domain.stream import Published, Topic
from desktop.forms.rota import read_rota
from desktop.wire.canon import canon


def publish_rota(
    session: Session, text: str, name: str, day: date, at: datetime
) -> Sequence[Published]:
    """Put the rounds of the file `name` into force from the day on; visits that are booked stay.

    Whoever the file does not name goes his rounds as before. Raises FaultyFile, and Refusal for
    somebody who is no inspector, or a name that two have.
    """
    rounds = {clean(who): part for who, part in read_rota(text, name).items()}
    known = _inspectors(session)
    if strangers := sorted(set(rounds) - known.keys()):
        raise Refusal(f"مأمور بازدید ثبت‌شده نیست، یا دو نفر به این نام‌اند: {'، '.join(strangers)}")
    facts = [
        publication(Topic.ROTA, known[who], day, canon(part.model_dump(mode="json")))
        for who, part in rounds.items()
    ]
    people.publish(session, facts, at)
    return facts


def _inspectors(session: Session) -> dict[str, str]:
    """The inspectors' ids by themselves, and by each name that only one has."""
    named = {staff_id: clean(name) for staff_id, name in inspectors(session).items()}
    names = Counter(named.values())
    known = {staff_id: staff_id for staff_id in named}
    return known | {name: staff_id for staff_id, name in named.items() if names[name] == 1}


def inspectors(session: Session) -> dict[str, str]:
    """All inspectors' names by id; who was only put forward goes nowhere and is none of them."""
    inspects = PersonRow.role == Role.INSPECTOR.value
    query = select(PersonRow.staff_id, PersonRow.name).where(inspects, PersonRow.key != "")
    return {row.staff_id: row.name for row in session.execute(query)}

"""Publishing a service file: from its day on offices run it, from their next sync."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from desktop.actions.desk import Clock
from desktop.authoring.checking import whole
from desktop.authoring.holding import Holding
from desktop.centre.context import day_of
from desktop.centre.publishing import on_day, publish_service
from desktop.domain.calendar import format_long
from desktop.domain.persian import to_persian_digits
from desktop.forms.loader import load
from desktop.trial.house import standing_centre


def publish_file(path: Path, since: date, house: Path, clock: Clock | None = None) -> Iterator[str]:
    """Put a service file into force from the day at the centre of the house in the folder.

    Raises Refusals with all that is wrong: with the file, its examples, the day, or the city.
    """
    with standing_centre(house, clock) as centre:
        day = max(since, day_of(centre.clock()))
        with centre.reading() as session:
            reference = centre.reference
            holding = Holding(reference.services(session, day), reference.city(session, day))
        service, text = whole(path, holding, since)
        text = on_day(text, since)
        service = load(text, path.name)
        keep = publish_service(centre, service, text)
    yield f"«{service.title}» از {format_long(since)} برقرار می‌شود (نسخهٔ {service.version})."
    yield "دفترها آن را در همگام‌سازی بعد می‌گیرند."
    if keep:
        yield f"{to_persian_digits(keep)} پروندهٔ باز با نسخهٔ خود می‌مانند."

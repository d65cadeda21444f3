"""What the demo's municipality has: services and figures that ship, records of a made-up city."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from desktop.centre.context import Centre, day_of
from desktop.centre.records import in_force
from desktop.centre.records.importer import Rules, import_export
from desktop.centre.reference import publication
from desktop.centre.shipping import published_card, shipped
from desktop.demo.city import make_city
from desktop.demo.export import write_folder
from desktop.demo.people import MUNICIPAL, OFFICE, ROUNDS
from desktop.domain.office import OfficeCard
from desktop.domain.stream import Published, Topic
from desktop.forms.shipped import shipped_city
from desktop.premises.founding import Progress
from desktop.wire.canon import canon

_FRESH = timedelta(days=7)


def published(day: date, offices: Sequence[OfficeCard] = (OFFICE, MUNICIPAL)) -> list[Published]:
    """The reference data that ships: services, figures, holidays, both offices, who visits when."""
    cards = [published_card(card, day) for card in offices]
    rota = [publication(Topic.ROTA, staff_id, day, canon(rounds)) for staff_id, rounds in ROUNDS]
    return [*shipped(day), *cards, *rota]


def renew_records(properties: int, seed: int, centre: Centre, progress: Progress) -> None:
    """Import a newer export of the made-up city, if the records are older than a week."""
    if not properties:
        return
    today = day_of(centre.clock())
    with centre.reading() as session:
        held = in_force.as_of(session)
    if held is not None and today - held < _FRESH:
        return
    folder = Path(tempfile.mkdtemp(prefix="pishkhan-city-"))
    try:
        write_folder(make_city(properties, seed, today), folder)
        import_export(
            centre.writer,
            folder,
            today - timedelta(days=1),
            Rules.of(shipped_city()),
            clock=centre.clock,
            progress=progress,
        )
    finally:
        shutil.rmtree(folder)

"""The demo house: made-up offices and people on the records of a made-up city."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from desktop.centre.context import Centre, day_of
from desktop.centre.records import in_force
from desktop.centre.records.importer import Rules, import_export
from desktop.centre.reference import publication
from desktop.demo.city import make_city
from desktop.demo.export import write_folder
from desktop.demo.people import MUNICIPAL, OFFICE, PASSWORD, STAFF
from desktop.domain.stream import Published, Topic
from desktop.forms.catalogue import HOLIDAYS_KEY, SERVICES, whole_text
from desktop.forms.shipped import figures_text, holidays_text, shipped_city
from desktop.premises.founding import Founding, Progress
from desktop.premises.open import House, Opening, open_premises
from desktop.wire.canon import canon
from desktop.wire.codec import plain

PROPERTIES, SEED = 5_000, 1405
_DESK = 2
_FRESH = timedelta(days=7)
_BEGINNING = date(2026, 1, 10)  # 20 Dey 1404, when the offices took over


def open_house(
    folder: Path,
    opening: Opening | None = None,
    *,
    begin: Callable[[House], None] = lambda house: None,
    properties: int = PROPERTIES,
    seed: int = SEED,
) -> House:
    """The demo house in the folder, made at the first start; records older than a week are renewed.

    With no `properties` it has no records: requests wait for them. `begin` is called once, with the
    new house, before anybody sits down.
    Raises Refusal when its files can't be opened: InUse while a window or a command has it open.
    """
    founding = Founding(
        office=OFFICE,
        municipality=MUNICIPAL,
        office_desk=_DESK,
        staff=STAFF,
        password=PASSWORD,
        published=published,
        since=_BEGINNING,
        renew=partial(_renew_records, properties, seed),
    )
    return open_premises(folder, founding, opening or Opening(), begin)


def published(day: date = _BEGINNING) -> list[Published]:
    """The reference data that ships: services, figures, holidays, both offices."""
    found = [
        publication(Topic.SERVICE, path.stem, day, whole_text(path))
        for path in sorted(SERVICES.glob("*.toml"))
    ]
    found.append(publication(Topic.FIGURES, "city", day, figures_text()))
    found.append(publication(Topic.HOLIDAYS, HOLIDAYS_KEY, day, holidays_text()))
    for card in (OFFICE, MUNICIPAL):
        found.append(publication(Topic.OFFICE, card.code, day, canon(plain(card))))
    return found


def _renew_records(properties: int, seed: int, centre: Centre, progress: Progress) -> None:
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

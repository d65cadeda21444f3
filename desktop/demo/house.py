"""The demo house: made-up offices and people on the records of a made-up city."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.demo.people import MUNICIPAL, OFFICE, PASSWORD, STAFF
from desktop.domain.office import OfficeCard
from desktop.domain.stream import Published
from desktop.premises.founding import Founding, Progress
from desktop.premises.open import House, Opening, open_premises

if TYPE_CHECKING:
    from desktop.centre.context import Centre

PROPERTIES, SEED = 2_000, 1405
_DESK = 2
_BEGINNING = date(2026, 1, 10)  # 20 Dey 1404, when the offices took over


def open_house(
    folder: Path,
    opening: Opening | None = None,
    *,
    begin: Callable[[House], None] = lambda house: None,
    properties: int = PROPERTIES,
    seed: int = SEED,
    training: bool = False,
) -> House:
    """The demo house in the folder, made at the first start; records older than a week are renewed.

    With no `properties` it has no records: requests wait for them. `begin` is called once, with the
    new house, before anybody sits down. For `training` it is one to practise in: its papers and its
    store say so, and no other desk opens it.
    Raises Refusal when its files can't be opened: InUse while a window or a command has it open.
    """

    def renew(centre: Centre, progress: Progress) -> None:
        from desktop.demo.municipality import renew_records

        renew_records(properties, seed, centre, progress)

    office, municipality = (replace(card, training=training) for card in (OFFICE, MUNICIPAL))
    founding = Founding(
        office=office,
        municipality=municipality,
        office_desk=_DESK,
        staff=STAFF,
        password=PASSWORD,
        published=partial(_published, (office, municipality)),
        since=_BEGINNING,
        renew=renew,
    )
    return open_premises(folder, founding, opening or Opening(), begin)


def _published(cards: Sequence[OfficeCard]) -> Sequence[Published]:
    # Only the centre needs it and what it rests on, and a start opens that behind the desks.
    from desktop.demo.municipality import published

    return published(_BEGINNING, cards)

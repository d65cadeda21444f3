"""An office's card as a paper: who it is, its hours, its services, its desks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.domain.letter import LetterHead, Table


@dataclass(frozen=True)
class CardSheet:
    """کارت دفتر (A5), as it stood on a day: (label, value) rows and tables of words.

    `desks` is None where the centre could not be asked.
    """

    head: LetterHead
    office: str
    standing: str
    identity: tuple[tuple[str, str], ...]
    hours: tuple[tuple[str, str], ...]
    services: Table
    desks: Table | None
    told_on: date
    told_by: str
    sample: bool

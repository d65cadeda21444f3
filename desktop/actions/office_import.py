"""A sheet of offices on its way into the registry: looked at with the centre, then put forward."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.actions import offices, publishing
from desktop.actions.desk import Seat
from desktop.domain.errors import Refusal, Refusals
from desktop.forms.office_sheet import OfficeRow
from desktop.forms.sheet_rows import SheetRow
from desktop.wire.publishing import DraftBody, WarningBody

AT_ONCE = 1_000
"""So many rows are put forward at once: three thousand cards, doubted each, were more than a
signed call carries (`wire.calls`)."""


@dataclass(frozen=True)
class SheetLook:
    """A sheet as it would be taken: how many offices are new, changed, as they are.

    `faults` tell of the rows left out, each with its number. `draft` is what is to be signed; None
    while two rows `fight` for one code, and where no row is left. `warnings` want a reason. Of a
    long sheet the first rows come first: `later` counts those that the same sheet brings once these
    are signed.
    """

    source: Path
    new: int
    changed: int
    same: int
    faults: tuple[Refusal, ...]
    fight: bool
    draft: DraftBody | None = None
    warnings: tuple[WarningBody, ...] = ()
    later: int = 0


def look(seat: Seat, path: Path) -> SheetLook:
    """What the sheet says, held against what is known here and at the centre.

    Raises LineDown; Refusal for a file that is no such sheet, and for what hinders all of it.
    """
    read = offices.read_office_sheet(seat.desk, path)
    faults, rows = list(read.faults), list(read.rows)
    if read.fight:
        return SheetLook(path, len(read.new), len(read.changed), read.same, read.faults, fight=True)
    later, rows = len(rows[AT_ONCE:]), rows[:AT_ONCE]
    draft: DraftBody | None = None
    warnings: tuple[WarningBody, ...] = ()
    # What hinders a row at the centre leaves that row out, like what can't be read of it.
    while rows and draft is None:
        draft = offices.office_draft([(row.card, row.since) for row in rows])
        answer = publishing.weigh(seat, draft)
        whole = [Refusal(each.words) for each in answer.hindrances if each.item < 0]
        if whole:
            raise Refusals(whole)
        if not answer.hindrances:
            warnings = tuple(answer.warnings)
            break
        faults += [_row_fault(rows[each.item], each.words) for each in answer.hindrances]
        hindered = {each.item for each in answer.hindrances}
        rows = [row for at, row in enumerate(rows) if at not in hindered]
        draft = None
    fresh = {row.number for row in read.new}
    new = sum(row.number in fresh for row in rows)
    return SheetLook(
        path,
        new,
        len(rows) - new,
        read.same,
        tuple(faults),
        fight=False,
        draft=draft,
        warnings=warnings,
        later=later,
    )


def _row_fault(row: OfficeRow, words: str) -> Refusal:
    return SheetRow(row.number, {}).fault(words)

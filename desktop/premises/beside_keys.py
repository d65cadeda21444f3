"""What an older copy of the database knows nothing of stands in files beside the centre's keys, and
a restored centre reads it there."""

from __future__ import annotations

from pathlib import Path

from desktop.centre.context import Centre
from desktop.centre.records import in_force
from desktop.centre.records.in_force import ImportTold
from desktop.centre.recovering import known_again, standing
from desktop.centre.recovering.standing import Phase
from desktop.centre.recovery_tables import RecoveryRow
from desktop.premises import known_devices, line_file
from desktop.premises.centre_file import IMPORTS
from desktop.store.open import Session


def note(folder: Path, centre: Centre) -> None:
    """Add to the files of the data folder what they do not tell yet: devices, and acts that put an
    import of the records into force. Raises OSError."""
    known_devices.note(folder, centre)
    with centre.reading() as session:
        told = in_force.all_told(session)
    line_file.add(folder / IMPORTS, told)


def take(folder: Path, session: Session, row: RecoveryRow) -> None:
    """Have the centre that was restored know what the files tell and its copy does not."""
    if standing.phase_of(row) is Phase.CLOSED:
        # Later none joins by it: whoever came has the place.
        known_again.devices_told(session, row, known_devices.read(folder) or ())
    told = line_file.read(folder / IMPORTS, ImportTold)
    known_again.imports_told(session, row, told or ())


def take_until_confirmed(folder: Path, centre: Centre) -> None:
    """The same at any time before a person confirmed: another machine's files may be found, and put
    to this one's."""
    with centre.writing() as session:
        row = standing.current(session)
        if row is not None and standing.phase_of(row) is not Phase.OVER:
            take(folder, session, row)

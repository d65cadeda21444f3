"""An act of an office that is of no case, as the centre has it before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.tables import StreamRow
from desktop.domain.commands import Command
from desktop.domain.people import Staff
from desktop.domain.stream import office_of


@dataclass(frozen=True)
class OfficeAct:
    """Who does it by which command, in the office's stream `home`, which is locked.

    `acted` is when the person did it, as far as that can be so, `at` the centre's moment; both UTC.
    """

    session: Session
    centre: Centre
    command: Command
    actor: Staff
    home: StreamRow
    acted: datetime
    at: datetime

    @property
    def office(self) -> str:
        """Whose it is, by the office's id."""
        return office_of(self.home.name)

"""What is known of the city's offices while the window lives, so that the list is there at once."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from desktop.actions.office_list import AtWork, Registry
from desktop.ui.pages.offices.rows import RegistryRow
from desktop.ui.work import Work


class KeptRegistry(QObject):
    """The last that was published here and the last that the centre told, with their rows.

    `moment` is that of the rows: what was told an hour ago says nothing of the silence since.
    """

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.known: Registry | None = None
        self.heard: AtWork | None = None
        self.rows: list[RegistryRow] = []
        self.moment: datetime | None = None

    @classmethod
    def of(cls, work: Work) -> KeptRegistry:
        """The window's own."""
        return work.findChild(cls) or cls(work)

"""A long list on its way into a file: how far it is, and the word that stops it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer

from desktop.actions.spreadsheet import Export
from desktop.domain.money import format_number
from desktop.ui.widgets.told.progress import Progress
from desktop.ui.work import Job

_LOOK_MS = 150


class ExportProgress(Progress):
    """Rows that are written of how many; «لغو» stops it."""

    def __init__(self) -> None:
        super().__init__()
        self.hide()
        self._export: Export | None = None
        self._total = 0
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._tell)
        self.stopped.connect(self.stop_export)

    @property
    def is_running(self) -> bool:
        """Whether something is being written."""
        return self._export is not None

    async def follow(self, write: Callable[[Export], None], total: int) -> int:
        """Write off the window's thread; how many rows there were. Raises Refusal."""
        self._export, self._total = Export(), total
        self.start("خروجی")
        self._looking.start()
        try:
            await Job(partial(write, self._export), papers=True)
            return self._export.done
        finally:
            self._looking.stop()
            self.finish()
            self._export = None

    def stop_export(self) -> bool:
        """Have it stop; whether something was being written."""
        if self._export is None:
            return False
        self._export.stop()
        return True

    def _tell(self) -> None:
        if self._export is not None:
            done, of = self._export.done, max(self._total, 1)
            words = f"خروجی: {format_number(done)} از {format_number(self._total)} ردیف"
            self.tell(words, done / of)

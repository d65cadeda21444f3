"""Python's garbage is collected on the window's thread alone, a little at a time.

Left to itself Python collects wherever a thread happens to allocate. A worker would then take a
page's widgets apart while the window still sends them events: seen as a widget without its
attributes, and as a crash in one of a dozen runs.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000


class Collector(QObject):
    """Takes the place of automatic collection from `begin` on, as long as it lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._page_left = False

    def begin(self) -> None:
        """From here on nothing is collected but by `look`, once a second at most."""
        gc.disable()
        self._timer.start()

    def keep(self) -> None:
        """What is loaded by now stays: only what comes and goes after it is looked at."""
        gc.freeze()

    def note_page_left(self) -> None:
        """A page goes: what of it Python sees only whole is given back within a second."""
        self._page_left = True

    def look(self) -> None:
        """Collect what Python would have collected since: mostly the youngest, seldom the old."""
        if self._page_left:
            # Open for minutes, it is long among the old ones.
            self._page_left = False
            gc.collect()
            return
        counts, most = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > most[generation]:
                gc.collect(generation)
                return

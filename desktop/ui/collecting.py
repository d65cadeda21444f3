"""Python's garbage is collected on the window's thread alone, a little at a time.

Left to itself Python collects wherever a thread happens to allocate. A worker would then take a
page's widgets apart while the window still sends them events: seen as a widget without its
attributes, and as a crash in one of a dozen runs. The whole is looked at only while nobody types:
a hundred thousand objects take a twentieth of a second.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000


class Collector(QObject):
    """Takes the place of automatic collection from `begin` on, as long as it lives.

    `still` tells whether the person rests.
    """

    def __init__(self, parent: QObject, still: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._still = still
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
        """A page goes: what of it only a collection frees is given back when the person rests."""
        self._page_left = True

    def look(self) -> None:
        """Collect what Python would have collected since: mostly the youngest, seldom the old."""
        counts, most = gc.get_count(), gc.get_threshold()
        # A page that was open for minutes is long among the old.
        if (self._page_left or counts[2] > most[2]) and self._still():
            self._page_left = False
            gc.collect()
        elif counts[1] > most[1]:
            gc.collect(1)
        elif counts[0] > most[0]:
            gc.collect(0)

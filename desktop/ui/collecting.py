"""Python's garbage is collected on the window's thread alone, a little at a time.

Left to itself Python collects wherever a thread happens to allocate. A worker would then take a
page's widgets apart while the window still sends them events: seen as a widget without its
attributes, and as a crash in one of a dozen runs. The whole is looked at only while nobody types:
a hundred thousand objects take a twentieth of a second. What they held is then given back to the
system, which Python leaves to the C library, and glibc to nobody: a letter's pages are 15 MB.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_000
# A second in which pages open makes tens of thousands of objects: of more such seconds at once the
# window would stand for a twentieth of one.
_YOUNG = 3


@cache
def _giving_back() -> Callable[[int], int] | None:
    """What gives freed memory back; None where the C library does so by itself, or can't."""
    if not sys.platform.startswith("linux"):
        return None
    # Not at the top: the window is painted before anything is given back.
    import ctypes

    return getattr(ctypes.CDLL(None), "malloc_trim", None)


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
            if (trim := _giving_back()) is not None:
                trim(0)
        elif counts[1] > _YOUNG:
            gc.collect(1)
        elif counts[0] > most[0]:
            gc.collect(0)

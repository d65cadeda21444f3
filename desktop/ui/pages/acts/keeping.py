"""What is typed is kept by itself: soon after the last key, and when the page goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import Refusal
from desktop.ui.page import Shell

_AFTER_MS = 800
# Whoever types on without a pause: no more than two seconds of it are ever unkept.
_MOST_MS = 1_600
# What could not be kept, for want of room perhaps, is tried again whether or not anybody types.
_AGAIN_MS = 5_000


class Keeper(QObject):
    """Keeps what stands on a page; `saved` (the moment) or `refused` follow.

    `state` takes what stands there now and gives the job that keeps it. Nothing is kept before the
    first `touch`, nor after `finish`. What can't be kept as the page goes is told to the shell.
    """

    saved = Signal(object)
    refused = Signal(str)

    def __init__(
        self, page: QObject, shell: Shell, state: Callable[[], Callable[[], object]]
    ) -> None:
        super().__init__(page)
        self._shell, self._work, self._now = shell, shell.work, shell.now
        self._state = state
        self._turn = self._written = 0
        self._dirty = self._finished = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_AFTER_MS)
        self._clock.timeout.connect(self._save_later)
        self._longest = QTimer(self)
        self._longest.setSingleShot(True)
        self._longest.setInterval(_MOST_MS)
        self._longest.timeout.connect(self._save_later)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._save_later)
        # What was told since somebody typed last: the same is not told at each try.
        self._refusal = ""
        self._told_leaving = False

    def touch(self) -> None:
        """Something was typed."""
        if not self._finished:
            self._dirty, self._refusal, self._told_leaving = True, "", False
            self._clock.start()
            if not self._longest.isActive():
                self._longest.start()

    def is_dirty(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._dirty

    def save_now(self) -> bool:
        """Keep what is not kept yet before this returns: the page, or the program, goes.

        Whether all is kept. If not, the shell is told so, once until somebody types again.
        """
        self._rest()
        if not self._dirty or self._finished:
            return True
        try:
            self._writer()()
        except Refusal as refusal:
            self._again.start()
            if not self._told_leaving:
                self._told_leaving = True
                self._shell.draft_unkept(refusal.words)
            return False
        self._dirty = False
        return True

    def hold(self) -> None:
        """Wait: what is typed is being handed in."""
        self._rest()

    def finish(self) -> None:
        """It was handed in, or thrown away: nothing is kept any more."""
        self._finished = True
        self._rest()

    def last(self) -> Callable[[], object] | None:
        """Finish, and give what keeps all that is not kept yet, for who stays; none when it is."""
        behind = self._dirty or self._written < self._turn
        self.finish()
        return self._state() if behind else None

    def is_finished(self) -> bool:
        """Whether nothing is kept any more."""
        return self._finished

    def _rest(self) -> None:
        for timer in (self._clock, self._longest, self._again):
            timer.stop()

    def _save_later(self) -> None:
        self._rest()
        self._dirty = False
        self._work.run(self, self._writer(), self._kept, self._failed)

    def _writer(self) -> Callable[[], None]:
        keep = self._state()
        self._turn += 1
        turn = self._turn

        def write() -> None:
            # An older state that waited for its turn must not cover a newer one, nor come back
            # after all was handed in.
            if turn > self._written and not self._finished:
                keep()
                self._written = turn

        return write

    def _kept(self, _: None) -> None:
        self.saved.emit(self._now())

    def _failed(self, refusal: Refusal) -> None:
        self._dirty = True
        if not self._finished:
            self._again.start()
        if refusal.words != self._refusal:
            self._refusal = refusal.words
            self.refused.emit(refusal.words)

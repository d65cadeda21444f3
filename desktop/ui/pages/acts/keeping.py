"""What is typed is kept by itself: soon after the last key, and when the page goes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import Refusal
from desktop.ui.page import Shell

_Result = TypeVar("_Result")
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
        self._dirty = self._closed = self._gone = self._handing = False
        self._writing = Lock()
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
        if not self._closed:
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
        if not self._dirty or self._closed:
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

    def handing_in(
        self, job: Callable[[], _Result], end: Callable[[_Result], object]
    ) -> Callable[[], _Result]:
        """The job that hands in what is typed; `end` is what becomes of its draft once it is done.

        What is kept meanwhile, since the page goes or by itself, stays if the job is refused, and
        does not come back after it was done.
        """
        self._handing = True

        def do() -> _Result:
            try:
                result = job()
            finally:
                self._handing = False
            with self._writing:
                self._gone = True
                # It is done, whatever becomes of the draft.
                with suppress(Refusal):
                    end(result)
            return result

        return do

    def is_handing_in(self) -> bool:
        """Whether what is typed is on its way, and nobody knows yet what comes of it."""
        return self._handing

    def finish(self) -> None:
        """It was handed in, or thrown away: nothing is kept any more."""
        self._closed = self._gone = True
        self._rest()

    def last(self) -> Callable[[], object] | None:
        """Finish, and give what keeps all that is not kept yet, for who stays; none when it is."""
        behind = self._dirty or self._written < self._turn
        self._closed = True
        self._rest()
        return self._writer() if behind else None

    def is_finished(self) -> bool:
        """Whether nothing is kept any more."""
        return self._closed

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
            with self._writing:
                if turn > self._written and not self._gone:
                    keep()
                    self._written = turn

        return write

    def _kept(self, _: None) -> None:
        if not self._gone:
            self.saved.emit(self._now())

    def _failed(self, refusal: Refusal) -> None:
        self._dirty = True
        if not self._closed:
            self._again.start()
        if refusal.words != self._refusal:
            self._refusal = refusal.words
            self.refused.emit(refusal.words)

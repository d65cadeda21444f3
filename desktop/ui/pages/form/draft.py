"""The draft of the case form: kept by itself soon after the last key, and when the page goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.actions import drafts
from desktop.domain.errors import Refusal
from desktop.ui.page import Shell

_AFTER_MS = 800
# Whoever types on without a pause: no more than two seconds of it are ever unkept.
_MOST_MS = 1_600


class DraftKeeper(QObject):
    """Saves what `state` gives of the page, a title and JSON; `saved` or `refused` follow.

    Nothing is kept before the first `touch`, nor after `finish`.
    """

    saved = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        page: QObject,
        shell: Shell,
        service: str,
        draft_id: str,
        state: Callable[[], tuple[str, str]],
    ) -> None:
        super().__init__(page)
        self.draft_id = draft_id or drafts.new_draft_id()
        self._seat, self._work, self._now, self._service = (
            shell.seat,
            shell.work,
            shell.now,
            service,
        )
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

    def touch(self) -> None:
        """Something was typed."""
        if not self._finished:
            self._dirty = True
            self._clock.start()
            if not self._longest.isActive():
                self._longest.start()

    def is_dirty(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._dirty

    def save_now(self) -> None:
        """Keep what is not kept yet before this returns: the page, or the program, goes."""
        self._rest()
        if not self._dirty or self._finished:
            return
        try:
            self._writer()()
        except Refusal as refusal:
            self.refused.emit(refusal.words)
            return
        self._dirty = False

    def hold(self) -> None:
        """Wait: the request is being registered."""
        self._rest()

    def finish(self) -> None:
        """The request was registered, and the draft went with it."""
        self._finished = True
        self._rest()

    def _rest(self) -> None:
        self._clock.stop()
        self._longest.stop()

    def _save_later(self) -> None:
        self._rest()
        self._dirty = False
        self._work.run(self, self._writer(), self._kept, self._failed)

    def _writer(self) -> Callable[[], None]:
        title, body = self._state()
        self._turn += 1
        turn = self._turn

        def write() -> None:
            # An older state that waited for its turn must not cover a newer one.
            if turn > self._written:
                drafts.save(self._seat, self.draft_id, self._service, title, body)
                self._written = turn

        return write

    def _kept(self, _: None) -> None:
        self.saved.emit(self._now())

    def _failed(self, refusal: Refusal) -> None:
        self._dirty = True
        self.refused.emit(refusal.words)

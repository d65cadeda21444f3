"""An export on its way to the centre, and what the centre last told; both outlive the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop import journal
from desktop.actions import records
from desktop.actions.desk import Seat
from desktop.actions.records import KeptBody, LiftedBody, StateAnswer
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.persian import isolate
from desktop.domain.record_words import WordColumn
from desktop.ui.work import NO_LINE, Job, Work

_LINE_FELL = "خط قطع شد و ارسال نیمه‌کاره ماند؛ چیزی تغییر نکرد. پس از وصل شدن دوباره بفرستید."


@dataclass(frozen=True)
class Known:
    """What the centre told of the records, when, and who may sign beside oneself.

    `waits` are the words whose meaning waits for its second signature.
    """

    state: StateAnswer
    kept: tuple[KeptBody, ...]
    lifted: tuple[LiftedBody, ...]
    seconds: tuple[str, ...]
    at: datetime
    waits: frozenset[tuple[WordColumn, str]] = frozenset()


class Carrier(QObject):
    """Sends one export at a time off the window's thread, while pages come and go.

    `moved` comes as bytes go, `ended` when the export is at the centre (None) or is not (the
    Refusal).
    """

    moved = Signal()
    ended = Signal(object)
    _sent = Signal(object, object)

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work
        self._stopping = False
        self.known: Known | None = None
        self.source: Path | None = None
        self.done = self.whole = 0
        # Told from the thread that sends: taken on this object's own.
        self._sent.connect(self._move)

    @classmethod
    def of(cls, work: Work) -> Carrier:
        """The window's own."""
        return work.findChild(cls) or cls(work)

    @property
    def sending(self) -> bool:
        """Whether an export is on its way."""
        return self.source is not None

    def send(self, seat: Seat, source: Path, as_of: date) -> None:
        """Send it and have it read; nothing while another is on its way."""
        if self.sending:
            return
        self.source, self.done, self.whole = source, 0, 0
        self._stopping = False
        self._work.flow(self, self._carry(partial(self._send, seat, source, as_of)))

    def stop(self) -> None:
        """Send no more of it."""
        self._stopping = True

    async def _carry(self, send: Callable[[], int]) -> None:
        refusal: Refusal | None = None
        try:
            await Job(send, papers=True)
        except Refusal as no:
            refusal = Refusal(_LINE_FELL) if no.words == NO_LINE else no
        self.source = None
        self.ended.emit(refusal)

    def _send(self, seat: Seat, source: Path, as_of: date) -> int:
        """Off the window's thread."""
        try:
            return records.send(
                seat,
                source,
                as_of,
                progress=self._sent.emit,
                cancelled=lambda: self._stopping or self._work.closed,
            )
        except (Refusal, LineDown):
            raise
        # Whatever went wrong, the page must not wait for ever.
        except Exception as bug:
            code = isolate(journal.report(bug))
            raise Refusal(f"ارسال با خطای برنامه روبه‌رو شد. کد گزارش: {code}") from bug

    def _move(self, done: int, whole: int) -> None:
        self.done, self.whole = done, whole
        self.moved.emit()

"""The letter beside the list: its facts, its text as wide as the place, and when it is seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.actions import letters, standing
from desktop.actions.desk import Seat
from desktop.actions.stamping import released_at_centre
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.letter.facts import FactsStrip
from desktop.ui.pages.papers.view import PdfFrame
from desktop.ui.widgets.layouts import Column
from desktop.ui.widgets.paint.focus_ring import InnerRing
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Job, Work

READ_MS = 2_000
"""A letter that was on screen for less is not seen."""


@dataclass(frozen=True)
class _Drawn:
    """A letter as it is shown: its case, who registered it, and the page's bytes."""

    case: Case
    held: CaseLetter
    registered_by: str
    today: date
    pdf: bytes


class ShownLetter(QWidget):
    """One letter at a time; the last one asked for, where many are asked for quickly.

    `read` comes once for each, with its case and its id: it was on screen for two seconds on end
    and its last line in view. Behind the door or the list nobody reads it, whatever loads or
    scrolls there.
    """

    read = Signal(str, str)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._wanted: tuple[Seat, str, str] | None = None
        self._loading = False
        self.letter_id = self._case_id = ""
        self._end_seen = self._long_enough = self._told = False
        self.facts = FactsStrip()
        self.frame = PdfFrame(work, for_reading=True)
        self.trouble = Banner("", "refuse", icon="alert-triangle")
        self.trouble.hide()
        column = Column(self.facts, self.trouble, gap=0)
        column.addWidget(self.frame, 1)
        self.setLayout(column)
        self.reading = QTimer(self)
        self.reading.setSingleShot(True)
        self.reading.setInterval(READ_MS)
        self.reading.timeout.connect(self._was_long_enough)
        self.frame.drawn.connect(self._begin)
        self.frame.scrolled.connect(self._tell_if_read)
        self.facts.hide()
        # Where the list is folded away the keys are here, and go on to the page.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("نامه")
        self.ring = InnerRing(self)

    def show_letter(self, seat: Seat, case_id: str, letter_id: str) -> None:
        """Show this one; the same again changes nothing but what changed of it."""
        self._wanted = (seat, case_id, letter_id)
        if not self._loading:
            self._work.flow(self, self._load())

    def clear(self) -> None:
        """Show none."""
        self._wanted, self.letter_id = None, ""
        self.reading.stop()
        self.facts.hide()
        self.trouble.hide()
        self.frame.set_pdf(b"")

    def pause(self) -> None:
        """It is no longer before the eyes."""
        self.reading.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """It is before the eyes again: what was not seen long enough begins anew."""
        super().showEvent(event)
        self._look_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """It is no longer before the eyes."""
        super().hideEvent(event)
        self.pause()

    def _begin(self) -> None:
        """Other pages show: nothing of them was seen yet."""
        self._end_seen = self._long_enough = self._told = False
        self._look_on()

    def _look_on(self) -> None:
        if self.isVisible() and self.letter_id and not self._told and not self._long_enough:
            self.reading.start()

    def _was_long_enough(self) -> None:
        self._long_enough = self.isVisible()
        self._tell_if_read()

    async def _load(self) -> None:
        self._loading = True
        try:
            # Another may be asked for meanwhile: keys are faster than the pages.
            while (wanted := self._wanted) is not None:
                drawn, why = await self._drawn(wanted)
                if wanted != self._wanted:
                    continue
                if drawn is None:
                    self._refuse(why)
                else:
                    self._show(drawn)
                return
        finally:
            # Also after a bug: the next letter is still to be shown.
            self._loading = False

    async def _drawn(self, wanted: tuple[Seat, str, str]) -> tuple[_Drawn | None, str]:
        """The letter, or why it can't be shown."""
        try:
            return await Job(partial(_draw, *wanted)), ""
        except Refusal as no:
            return None, no.words

    def _refuse(self, why: str) -> None:
        """None is shown in the place of one that can't be: the one before is another's."""
        self.clear()
        self.trouble.set_words(why)
        self.trouble.show()

    def _show(self, drawn: _Drawn) -> None:
        self.trouble.hide()
        if drawn.pdf != self.frame.pdf():
            # What was seen of the one before says nothing of this one.
            self.reading.stop()
            self._end_seen, self._long_enough, self._told = False, False, True
        self._case_id, self.letter_id = drawn.case.case_id, drawn.held.letter.letter_id
        self.facts.show_letter(drawn.case, drawn.held, drawn.registered_by, drawn.today)
        self.facts.show()
        self.setAccessibleName(f"نامهٔ {isolate(to_persian_digits(drawn.held.letter.number))}")
        text = drawn.held.letter.text
        self.frame.setAccessibleName(f"{text.subject}، {text.addressee}")
        self.frame.set_pdf(drawn.pdf)

    def _tell_if_read(self) -> None:
        if self._told or not self.letter_id or not self.isVisible():
            return
        # Of a page that somebody made small nobody reads the end, though all of it shows.
        large = self.frame.is_wide or self.frame.legible
        self._end_seen = self._end_seen or (large and self.frame.end_in_view())
        if self._end_seen and self._long_enough:
            self._told = True
            self.read.emit(self._case_id, self.letter_id)


def _draw(seat: Seat, case_id: str, letter_id: str) -> _Drawn:
    """Off the window's thread. Raises Refusal when the case or letter is not here."""
    stands = standing.of_case(seat.desk, case_id)
    case = stands.view.case
    held = (
        next((x for x in case.letters if x.letter.letter_id == letter_id), None) if case else None
    )
    if case is None or held is None:
        raise Refusal("این نامه دیگر در این پرونده نیست.")
    known = released_at_centre(stands.view, letter_id)
    pdf = letters.kept(seat.desk, known) if known is not None else letters.proof(held.letter)
    name = stands.names.get(case.registered_by, "")
    return _Drawn(case, held, name, stands.today, pdf)

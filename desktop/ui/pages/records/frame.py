"""سوابق شهر as the centre last told it: asked again and again, shown with what is under way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.actions import record_words, records
from desktop.actions.records import ImportBody, RowsAnswer, ToldGroup
from desktop.domain.errors import Refusal
from desktop.ui.page import Heading, Shell
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.records import parts
from desktop.ui.pages.records.body import RecordsBody
from desktop.ui.pages.records.carrier import Carrier, Known
from desktop.ui.pages.records.parts import Phase
from desktop.ui.places import Place
from desktop.ui.times import time_of
from desktop.ui.work import Changed

_LOOK_EVERY_MS = 500


class RecordsFrame(PaperPage):
    """What is known of the records and how far the next import is; who builds on it acts."""

    rail = "records"

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self.carrier = Carrier.of(shell.work)
        self.known: Known | None = self.carrier.known
        self._shape: tuple[object, ...] | None = None
        self._narrow = self._asking = self._again = False
        self.body = RecordsBody(self.rows_of)
        self.body.fault.followed.connect(self.look)
        self.body.turned.connect(self.arrange_bar)
        self.put(self.body)
        self.carrier.moved.connect(self._show_progress)
        shell.work.bug.connect(self._forget_question)
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_EVERY_MS)
        self._clock.timeout.connect(self.look)
        self._head()

    # Asking the centre.

    def enter(self) -> None:
        """What was last known at once, then what the centre tells."""
        self.setFocus()
        if self.known is not None:
            self._show(self.known)
        self.look()

    def leave(self) -> None:
        """Nobody looks any more; what is sent goes on."""
        self._clock.stop()

    def refresh(self, changed: Changed) -> None:
        """Ask again; what is typed stays while nothing else has come."""
        self.look()

    def look(self) -> None:
        """Ask how things stand; one question at a time."""
        if self._asking:
            self._again = True
            return
        self._asking, self._again = True, False
        seat, at = self.shell.seat, self.shell.now()

        def job() -> Known:
            state = records.look(seat)
            lost = records.kept(seat) if state.kept or state.lifted else None
            kept, lifted = (tuple(lost.rows), tuple(lost.lifted)) if lost else ((), ())
            waits = record_words.waiting(seat) if parts.unknown_of(state) else frozenset()
            return Known(state, kept, lifted, tuple(records.seconds(seat)), at, waits)

        self.shell.work.run(self, job, self._answered, self._unanswered, line=True)

    def _forget_question(self) -> None:
        self._asking = False

    def _answered(self, known: Known) -> None:
        self._asking = False
        self.body.tell_fault("")
        self._show(known)
        if self._again:
            self.look()

    def _unanswered(self, no: Refusal) -> None:
        self._asking = False
        words = parts.words_of(no)
        if self.known is not None:
            words = f"{words} آنچه می‌بینید از {time_of(self.known.at)} است."
        self.body.tell_fault(words)
        if self.known is None:
            self.body.source.offer(another=False)
            self.arrange_bar()

    def rows_of(
        self,
        export: ImportBody,
        then: Callable[[RowsAnswer], None],
        *,
        cause: str = "",
        group: ToldGroup | None = None,
        offset: int = 0,
        limit: int = parts.SHOWN,
    ) -> None:
        """Ask for rows of an import; a line that is down is told in place."""
        job = partial(
            records.rows,
            self.shell.seat,
            export.export_id,
            cause=cause,
            group=group,
            offset=offset,
            limit=limit,
        )
        self.shell.work.run(self.body, job, then, self._unanswered, line=True)

    # Showing.

    @property
    def phase(self) -> Phase:
        """How far the next import is."""
        return Phase.NONE if self.known is None else parts.phase_of(self.known.state)

    @property
    def under_way(self) -> bool:
        """Whether an export is sent or read."""
        return self.carrier.sending or self.phase is Phase.READING

    def _show(self, known: Known) -> None:
        self.known = self.carrier.known = known
        shape = (*parts.shape_of(known.state), known.seconds, known.waits)
        if shape != self._shape:
            self._shape = shape
            focus = self.window().focusWidget()
            self.body.build(known, self.shell.today())
            self.body.set_narrow(self._narrow)
            self._head()
            self.arrange_bar()
            self.shell.show_count(self.rail, int(self.phase is Phase.HELD))
            if not isinstance(focus, QLineEdit) or self.isAncestorOf(focus):
                # Nobody is taken out of the search.
                self._focus_soon()
        self._show_progress()

    def _show_progress(self) -> None:
        """How far sending or reading is; while it is read the centre is asked again."""
        reading = self.known.state.staged if self.known and self.phase is Phase.READING else None
        turned = self.body.show_progress(self.carrier, reading)
        self.body.source.offer(another=self.known is not None and not self.under_way)
        if reading is not None and not self.carrier.sending:
            self._clock.start()
        else:
            self._clock.stop()
        if turned:
            self.arrange_bar()

    def _head(self) -> None:
        chip = parts.CHIPS.get(self.phase)
        if chip is None and self.known is not None and self.known.state.in_force is not None:
            chip = parts.IN_USE
        self.set_heading(Heading("سوابق شهر", "" if self._narrow else "ورود سوابق املاک", chip))

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: causes, sums and rows one below the other."""
        self._narrow = narrow
        self.body.set_narrow(narrow)
        self._head()
        self.arrange_bar()

    def _focus_soon(self) -> None:
        """Go where work begins, once it shows; until then nowhere else."""
        if not self.on_paper():
            self.setFocus()
            QTimer.singleShot(0, self, self._focus)

    def _focus(self) -> None:
        """Where work begins in this state."""
        target: QWidget | None = None
        if self.body.form is not None:
            target = self.body.form.first()
        elif self.body.held is not None:
            target = self.body.held.first()
        elif self.bar is not None and not self.under_way:
            target = self.bar.main
        if not self.on_paper():
            (target or self).setFocus()

"""سوابق شهر: an export of property records sent, read, looked at, put into force, taken back.

What the centre last told is asked again and again, and shown with what is under way.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from desktop.actions import record_sums, record_words, records
from desktop.actions.record_sums import staged_of
from desktop.actions.records import ImportBody, KeptBody, RowsAnswer, ToldGroup
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.money import format_number
from desktop.ui import places
from desktop.ui.asked_once import AskedOnce
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.papers.page import PaperPage
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.pages.records import parts
from desktop.ui.pages.records.body import RecordsBody
from desktop.ui.pages.records.carrier import Carrier, Known
from desktop.ui.pages.records.choosing import dropped, pick_file, pick_folder, pick_target
from desktop.ui.pages.records.forms import BackForm, ChosenForm, LiftForm, ReadyForm
from desktop.ui.pages.records.held import HeldForm
from desktop.ui.pages.records.parts import Phase
from desktop.ui.pages.records.words import WordsForm
from desktop.ui.places import Place
from desktop.ui.soon import soon
from desktop.ui.times import time_of
from desktop.ui.widgets.button import Button, ButtonKind
from desktop.ui.work import Changed, Job

_LOOK_EVERY_MS = 500


class RecordsPage(PaperPage):
    """F2 chooses an export, ۱ ۲ ۳ show the rows of a cause, F8 prints the sums, Shift+F8 the list.

    `pick_file`, `pick_folder` and `pick_target` ask a person for paths.
    """

    listens = frozenset({Kind.SYNC})
    rail = "records"

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self.carrier = Carrier.of(shell.work)
        self.known: Known | None = self.carrier.known
        self._shape: tuple[object, ...] | None = None
        self._narrow = False
        self._centre = AskedOnce(self.flow, self._look)
        self.body = RecordsBody(self.rows_of)
        self.body.fault.followed.connect(self.look)
        self.body.turned.connect(self.arrange_bar)
        self.acts = ActDrafts(self, "records")
        self.body.made.connect(self.acts.follow)
        self.body.gone.connect(self.acts.close)
        self.put(self.body)
        self.carrier.moved.connect(self._show_progress)
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_EVERY_MS)
        self._clock.timeout.connect(self.look)
        self._head()
        self.pick_file: Callable[[QWidget], Path | None] = pick_file
        self.pick_folder: Callable[[QWidget], Path | None] = pick_folder
        self.pick_target: Callable[[QWidget, str], Path | None] = pick_target
        self.body.source.file_wanted.connect(self.choose)
        self.body.source.folder_wanted.connect(lambda: self._ask_day(self.pick_folder(self)))
        self.body.lifted.connect(self._lift)
        self.body.mapped.connect(self._map)
        self.setAcceptDrops(True)
        self.carrier.ended.connect(self._arrived)

    # Asking the centre.

    def enter(self) -> None:
        """What was last known at once, then what the centre tells."""
        self.setFocus()
        self.acts.load()
        if self.known is not None:
            self._show(self.known)
        self.look()

    def leave(self) -> None:
        """Nobody looks any more; what is sent goes on, what is typed is kept."""
        self._clock.stop()
        self.acts.leave()

    def refresh(self, changed: Changed) -> None:
        """Ask again; what is typed stays while nothing else has come."""
        self.look()

    def look(self) -> None:
        """Ask how things stand; one question at a time."""
        self._centre.ask()

    async def _look(self) -> None:
        seat, at = self.shell.seat, self.shell.now()

        def job() -> Known:
            state = records.look(seat)
            lost = records.kept(seat) if state.kept or state.lifted else None
            kept, lifted = (tuple(lost.rows), tuple(lost.lifted)) if lost else ((), ())
            waits = record_words.waiting(seat) if parts.unknown_of(state) else frozenset()
            return Known(state, kept, lifted, tuple(records.seconds(seat)), at, waits)

        try:
            known = await Job(job, line=True)
        except Refusal as no:
            self._unanswered(no)
            return
        self.body.tell_fault("")
        self._show(known)

    def _unanswered(self, no: Refusal) -> None:
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
        self._offer()
        if reading is not None and not self.carrier.sending:
            self._clock.start()
        else:
            self._clock.stop()
        if turned:
            self.arrange_bar()

    def _offer(self) -> None:
        """Another export may be chosen; one act never has two keys on a page."""
        free = self.known is not None and not self.under_way
        by_main = self.body.form is None and self.body.held is None
        self.body.source.offer(another=free, by_main=by_main)

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
            soon(self, self._focus)

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

    # The action bar.

    def arrange_bar(self) -> None:
        """The main key by state; a form that stands open has it."""
        if self.bar is None or self.on_paper():
            return
        self._offer()
        main, seconds = self._acts_now()
        quiets = [self._button("بازگشت", "arrow-right", "Esc", self._escape, "quiet")]
        if self.body.sums is not None:
            words = "چاپ" if self._narrow else "چاپ برگهٔ جمع‌ها"
            quiets.append(self._button(words, "printer", "F8", self._print, "quiet"))
        sentence = ""
        if self.phase is Phase.HELD and self.body.form is None and not self._narrow:
            sentence = "راه درست: خروجی اصلاح‌شده را دوباره بخوانید"
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=sentence)

    def _acts_now(self) -> tuple[Button, list[Button]]:
        """The main key and the second ones."""
        form, held = self.body.form, self.body.held
        if self.under_way:
            # Nothing is to be done meanwhile: what stops it is no key's usual next press.
            stop = self._button("لغو خواندن", "x", "", self._stop, "second")
            return self._main("کارتابل", "inbox", self._go_on), [stop]
        if form is not None:
            listed = form is held or isinstance(form, ReadyForm)
            main = self._main(form.button, form.icon, self._run_form)
            return main, self._list_button() if listed else []
        if self.known is None:
            return self._main("تلاش دوباره", "refresh", self.look), []
        if held is not None:
            over = "اعمال با ذکر دلیل…"
            seconds = [self._button(over, "alert-triangle", "", self._open_reason, "dangerous")]
            return self._main("دریافت فهرست ایرادها", "download", self._write_list), seconds
        seconds = self._list_button()
        forced = self.known.state.forced
        if forced is not None and forced.may_go_back:
            back = "بازگشت به سوابق پیشین…"
            seconds.append(self._button(back, "arrow-back-up", "", self._open_back, "dangerous"))
        choose = Button(
            "گزینش خروجی", "main", icon="folder-open", keys="Ctrl+Enter", also="F2", tall=True
        )
        choose.clicked.connect(self.choose)
        return choose, seconds

    def _main(self, words: str, icon: str, act: Callable[[], object]) -> Button:
        return self._button(words, icon, "Ctrl+Enter", act, "main")

    def _button(
        self, words: str, icon: str, keys: str, act: Callable[[], object], kind: ButtonKind
    ) -> Button:
        button = Button(words, kind, icon=icon, keys=keys, tall=True)
        button.clicked.connect(lambda: act())
        return button

    def _list_button(self) -> list[Button]:
        if not self._has_list():
            return []
        words, keys = ("ایرادها", "") if self._narrow else ("فهرست ایرادها", "Shift+F8")
        return [self._button(words, "download", keys, self._write_list, "second")]

    def _shown(self) -> ImportBody | None:
        if self.known is None:
            return None
        return staged_of(self.known.state) or self.known.state.in_force

    def _has_list(self) -> bool:
        shown = self._shown()
        return shown is not None and bool(shown.told or shown.causes)

    def press(self, key: str) -> bool:
        """Esc closes what stands open; number keys show rows; Shift+F8 writes the list."""
        if super().press(key):
            return True
        if self.on_paper():
            return False
        if key == "Esc":
            return self._close_form()
        if key == "Shift+F8" and self._has_list():
            self._write_list()
            return True
        return self.body.held is not None and self.body.held.press(key)

    def _escape(self) -> None:
        if not self._close_form():
            self.shell.back()

    def _close_form(self) -> bool:
        if not self.body.is_opened:
            return False
        if self.stays():
            return True
        self.setFocus()
        self.body.close_form()
        self._focus_soon()
        return True

    # Choosing and sending.

    def choose(self) -> None:
        """Ask for a file."""
        self._ask_day(self.pick_file(self))

    def _ask_day(self, source: Path | None) -> None:
        """Ask of which day its records are, beside what stands on the page."""
        if source is None or self.known is None:
            return
        if self.under_way:
            self.body.say("تا پایان خواندن، خروجی دیگری فرستاده نمی‌شود.", "pay")
            return
        self.body.hush()
        today, present = self.shell.today(), self.known.state.in_force
        least = present.as_of if present is not None else None
        usual = max(today - timedelta(days=1), least or today - timedelta(days=1))
        self.body.open(ChosenForm(source, today, min(usual, today), least))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file or folder may be dropped."""
        if dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """As if it had been chosen."""
        event.acceptProposedAction()
        self._ask_day(dropped(event.mimeData()))

    def _arrived(self, no: Refusal | None) -> None:
        """The export is at the centre, or is not."""
        if no is not None:
            self.body.say(no.words, "refuse")
        self._show_progress()
        self.look()

    def _go_on(self) -> None:
        """The export is sent and read while the person works on."""
        self.shell.go(places.MunicipalQueue())

    def _stop(self) -> None:
        if self.carrier.sending:
            self.carrier.stop()
            return
        staged = self.known.state.staged if self.known is not None else None
        if staged is not None:
            self.act(self._stop_reading(staged.export_id))

    async def _stop_reading(self, export_id: int) -> None:
        try:
            await self.acting_on(partial(records.stop, self.shell.seat, export_id), line=True)
        except Refusal as no:
            self._unanswered(no)
            return
        self.look()

    # Acts with a form.

    def _open_reason(self) -> None:
        if self.body.held is not None:
            self.body.held.open_reason()
            self.body.open(self.body.held)

    def _open_back(self) -> None:
        state = self.known.state if self.known is not None else None
        if state is not None and state.in_force is not None and state.forced is not None:
            self.body.open(BackForm(state.in_force.export_id, state.forced))

    def _lift(self, kept: KeptBody) -> None:
        if self.known is not None:
            self.body.open(LiftForm(kept, self.known.seconds))

    def _map(self) -> None:
        self.body.open(WordsForm(self.body.words))

    def _run_form(self) -> None:
        """Do what the open form is for, or say what is missing."""
        form = self.body.form
        if form is None or not form.check():
            return
        self.body.hush()
        if isinstance(form, ChosenForm):
            source, as_of = form.source, form.as_of()
            self.acts.done(form)
            self.setFocus()
            self.body.close_form()
            self.carrier.send(self.shell.seat, source, as_of)
            self._show_progress()
            return
        self.act(self._do(form))

    async def _do(self, form: ActForm) -> None:
        done = form.done if isinstance(form, LiftForm) else _DONE[type(form)]
        try:
            await self.acting_on(self.acts.ending(form, form.job(self.shell.seat)), line=True)
        except Refusal as no:
            if isValid(form) and form is self.body.form:
                form.refused(Refusal(parts.words_of(no), field=no.field))
            else:
                self.body.say(parts.words_of(no), "refuse")
            return
        if isValid(form):
            self.acts.done(form)
        self.setFocus()
        self._shape = None
        self.look()
        self.body.say(done)

    # Papers.

    def _print(self) -> None:
        if self.known is not None:
            seat, state = self.shell.seat, self.known.state
            self.show_paper(OfficePaper("برگهٔ جمع‌ها", partial(record_sums.paper, seat, state)))

    def leave_paper(self) -> None:
        """Back to the cards."""
        super().leave_paper()
        self._focus_soon()

    @act
    async def _write_list(self) -> None:
        shown = self._shown()
        if shown is None:
            return
        day = format_jalali(shown.as_of).replace("/", "-")
        path = self.pick_target(self, f"ایرادهای خروجی {day}.xlsx")
        if path is None:
            return
        self.body.hush()
        writing = partial(records.write_list, self.shell.seat, shown, path)
        try:
            count = await self.acting_on(writing, line=True)
        except Refusal as no:
            self.body.say(parts.words_of(no), "refuse")
            return
        name = parts.name_of(path)
        self.body.say(f"فهرست {format_number(count)} سطر در فایل {name} نوشته شد.")


_DONE: dict[type[ActForm], str] = {
    WordsForm: "معنای واژه‌ها آماده شد؛ نفر دوم امروز آن را در «خدمت‌ها» امضا می‌کند.",
    ReadyForm: "این سوابق به کار گرفته شد؛ تا پایان امروز می‌توان بازگشت.",
    HeldForm: "این سوابق با دلیل شما به کار گرفته شد؛ تا پایان امروز می‌توان بازگشت.",
    BackForm: "سوابق پیشین دوباره به کار گرفته شد.",
}

"""سوابق شهر: an export of property records sent, read, looked at, put into force, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.actions import record_sums, records
from desktop.actions.record_sums import staged_of
from desktop.actions.records import ImportBody, KeptBody
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.money import format_number
from desktop.ui.page import Kind, Shell
from desktop.ui.pages.acts.form import ActForm
from desktop.ui.pages.case.frame import without_icons
from desktop.ui.pages.papers.view import OfficePaper
from desktop.ui.pages.records import parts
from desktop.ui.pages.records.choosing import dropped, pick_file, pick_folder, pick_target
from desktop.ui.pages.records.forms import BackForm, ChosenForm, LiftForm, ReadyForm
from desktop.ui.pages.records.frame import RecordsFrame
from desktop.ui.pages.records.held import HeldForm
from desktop.ui.pages.records.parts import Phase
from desktop.ui.pages.records.words import WordsForm
from desktop.ui.places import Place
from desktop.ui.widgets.button import Button, ButtonKind


class RecordsPage(RecordsFrame):
    """F2 chooses an export, ۱ ۲ ۳ show the rows of a cause, F8 prints the sums, Shift+F8 the list.

    `pick_file`, `pick_folder` and `pick_target` ask a person for paths.
    """

    listens = frozenset({Kind.SYNC})

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self.pick_file: Callable[[QWidget], Path | None] = pick_file
        self.pick_folder: Callable[[QWidget], Path | None] = pick_folder
        self.pick_target: Callable[[QWidget, str], Path | None] = pick_target
        self.body.source.file_wanted.connect(self.choose)
        self.body.source.folder_wanted.connect(lambda: self._ask_day(self.pick_folder(self)))
        self.body.lifted.connect(self._lift)
        self.body.mapped.connect(self._map)
        self.setAcceptDrops(True)
        self.carrier.ended.connect(self._arrived)

    # The action bar.

    def arrange_bar(self) -> None:
        """The main key by state; a form that stands open has it."""
        if self.bar is None or self.on_paper():
            return
        main, seconds = self._acts_now()
        quiets = [self._button("بازگشت", "arrow-right", "Esc", self._escape, "quiet")]
        if self.body.sums is not None:
            words = "چاپ" if self._narrow else "چاپ برگهٔ جمع‌ها"
            quiets.append(self._button(words, "printer", "F8", self._print, "quiet"))
        if self._narrow:
            without_icons([*quiets, *seconds])
        sentence = ""
        if self.phase is Phase.HELD and self.body.form is None and not self._narrow:
            sentence = "راه درست: خروجی اصلاح‌شده را دوباره بخوانید"
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=sentence)

    def _acts_now(self) -> tuple[Button, list[Button]]:
        """The main key and the second ones."""
        form, held = self.body.form, self.body.held
        if self.under_way:
            return self._main("لغو خواندن", "x", self._stop), []
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
        return self._main("گزینش خروجی", "folder-open", self.choose), seconds

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

    def _stop(self) -> None:
        if self.carrier.sending:
            self.carrier.stop()
            return
        staged = self.known.state.staged if self.known is not None else None
        if staged is not None:
            job = partial(records.stop, self.shell.seat, staged.export_id)
            self.act(job, lambda _: self.look(), self._unanswered, line=True)

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
            self.setFocus()
            self.body.close_form()
            self.carrier.send(self.shell.seat, source, as_of)
            self._show_progress()
            return
        done = _DONE[type(form)]

        def then(_: None) -> None:
            self.setFocus()
            self._shape = None
            self.look()
            self.body.say(done)

        def failed(no: Refusal) -> None:
            if isValid(form) and form is self.body.form:
                form.refused(Refusal(parts.words_of(no), field=no.field))
            else:
                self.body.say(parts.words_of(no), "refuse")

        self.act(form.job(self.shell.seat), then, failed, line=True)

    # Papers.

    def _print(self) -> None:
        if self.known is not None:
            seat, state = self.shell.seat, self.known.state
            self.show_paper(OfficePaper("برگهٔ جمع‌ها", partial(record_sums.paper, seat, state)))

    def leave_paper(self) -> None:
        """Back to the cards."""
        super().leave_paper()
        self._focus_soon()

    def _write_list(self) -> None:
        shown = self._shown()
        if shown is None:
            return
        day = format_jalali(shown.as_of).replace("/", "-")
        path = self.pick_target(self, f"ایرادهای خروجی {day}.xlsx")
        if path is None:
            return

        def then(count: int) -> None:
            name = parts.name_of(path)
            self.body.say(f"فهرست {format_number(count)} سطر در پروندهٔ {name} نوشته شد.")

        def failed(no: Refusal) -> None:
            self.body.say(parts.words_of(no), "refuse")

        self.body.hush()
        job = partial(records.write_list, self.shell.seat, shown, path)
        self.act(job, then, failed, line=True)


_DONE: dict[type[ActForm], str] = {
    WordsForm: "معنای واژه‌ها آماده شد؛ نفر دوم امروز آن را در «خدمت‌ها» امضا می‌کند.",
    ReadyForm: "این سوابق به کار گرفته شد؛ تا پایان امروز می‌توان بازگشت.",
    HeldForm: "این سوابق با دلیل شما به کار گرفته شد؛ تا پایان امروز می‌توان بازگشت.",
    BackForm: "سوابق پیشین دوباره به کار گرفته شد.",
    LiftForm: "آن ردیف پایان یافت.",
}

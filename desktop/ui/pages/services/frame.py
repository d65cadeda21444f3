"""A service's file beside what it makes: the text at the left, five tabs and «انتشار» beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.actions import service_files
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.forms.blocks import shared_from
from desktop.ui import places
from desktop.ui.page import Heading, Shell, flow
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.pages.services.asking import EXAMPLES, FORM, TABS, Asking
from desktop.ui.pages.services.form import FormView
from desktop.ui.pages.services.key_help import KeyHelp
from desktop.ui.pages.services.publish import PublishCard
from desktop.ui.pages.services.seen import (
    Seen,
    example_lines,
    hint_of,
    lines_words,
    own_line,
    spoiled,
)
from desktop.ui.pages.services.text_head import FindLine, TextHead
from desktop.ui.pages.services.views import (
    DifferenceView,
    ExamplesView,
    LettersView,
    PastView,
)
from desktop.ui.persian_keys import sequences
from desktop.ui.places import Place
from desktop.ui.times import time_of
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.code.edit import CodeEdit
from desktop.ui.widgets.code.marks import Mark
from desktop.ui.widgets.holders.tabs import Tabs
from desktop.ui.widgets.layouts import Column, Hairline, Row
from desktop.ui.widgets.told.chip import ChipLook
from desktop.ui.work import Job
from desktop.wire.services import ExampleBody

_LOOK_MS = 300
_TITLE, _TITLE_NARROW = 45, 32  # letters


class ServiceFrame(Acting):
    """Text and tabs of a service's file; those who build on it say what may be done.

    F7 next fault, F6 between text and form, Ctrl+1…5 tabs, F9 examples, Ctrl+F find, F1 the
    help of the key at the cursor. In a narrow window one of the two shows; F6 turns.
    """

    rail = "services"

    def __init__(self, shell: Shell, place: Place) -> None:
        super().__init__(shell, place)
        self.text = CodeEdit(hint_of)
        self.head = TextHead()
        self.finding = FindLine(self.text)
        self.help = KeyHelp(self.text)
        self.card = PublishCard()
        self.tabs = Tabs(TABS)
        self.form = FormView(shell, self.card, lambda: self.tabs.current() == FORM)
        self.letters = LettersView(shell.work)
        self.examples = ExamplesView()
        self.past = PastView()
        self.difference = DifferenceView()
        self.views = (self.form, self.letters, self.examples, self.past, self.difference)
        self.seen: Seen | None = None
        self.marks: tuple[Mark, ...] = ()
        self._turn = 0
        self._narrow = self._on_form = self._alone = False
        self._asking = Asking(shell, self.tabs, self.views)
        self._formed_at = shell.now()
        self._arrange()
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_LOOK_MS)
        self._clock.timeout.connect(self.look)
        self.head.stopped.connect(self._stop)
        self.head.next_asked.connect(self.next_fault)
        self.head.help_asked.connect(self.show_help)
        self.tabs.changed.connect(self.open_tab)
        self.examples.wanted.connect(self._go_to_example)
        self.past.opened.connect(lambda case: shell.go(places.MunicipalCase(case)))
        shell.work.bug.connect(self._stop)
        for number in range(len(TABS)):
            self._bind(f"Ctrl+{number + 1}", partial(self.choose_tab, number))
        self._bind("Ctrl+F", self._open_find)

    def _bind(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(self)
        shortcut.setKeys(sequences(keys))
        shortcut.activated.connect(act)

    def _arrange(self) -> None:
        self._stack = QStackedWidget()
        for view in self.views:
            self._stack.addWidget(view)
        self._pane = QWidget()
        pane = Column(gap=0)
        tabs = Row(gap=0, margins=(6, 16, 0, 16))
        tabs.addWidget(self.tabs)
        pane.addLayout(tabs)
        pane.addWidget(self._stack, 1)
        self._pane.setLayout(pane)
        self._written = QWidget()
        written = Column(self.head, self.help, self.finding, gap=0)
        written.addWidget(Hairline())
        written.addWidget(self.text, 1)
        self._written.setLayout(written)
        self._between = Hairline(upright=True)
        row = Row(gap=0)
        row.addWidget(self._pane, 53)
        row.addWidget(self._between)
        row.addWidget(self._written, 47)
        self.setLayout(row)
        self.form.place(self.card)

    def show_alone(self) -> None:
        """Of what is no file only what it changes is shown: no text, no form, no examples."""
        self._alone = True
        self.tabs.hide()
        self._show_sides()

    # What others say of the file.

    def day(self) -> date | None:
        """The day from which the file is to hold."""
        return service_files.day_of(self.text.text())

    def stand(self) -> None:
        """Show how far the publication is: heading, card, action bar."""
        raise NotImplementedError

    # Showing.

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the text alone; F6 turns it over to the form."""
        self._narrow = narrow
        self._on_form = self._on_form and narrow
        self._show_sides()
        self.stand()

    def _show_sides(self) -> None:
        shown = {
            self._written: not (self._alone or (self._narrow and self._on_form)),
            self._pane: self._alone or not self._narrow or self._on_form,
            self._between: not (self._alone or self._narrow),
        }
        # What goes goes first: both together would push a narrow window wide.
        for widget in sorted(shown, key=lambda each: shown[each]):
            widget.setVisible(shown[widget])

    def turn(self) -> None:
        """From the text to what it makes, or back."""
        if self._is_in_text():
            self._to_pane()
            self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._to_text()
            self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_on_last_part(self) -> bool:
        """Text, then what it makes, then the help."""
        return not self._is_in_text()

    def _is_in_text(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self._written.isAncestorOf(focus)

    def _to_pane(self) -> None:
        self._on_form = True
        self._show_sides()
        self.stand()

    def _to_text(self) -> None:
        self._on_form = False
        self._show_sides()
        self.stand()

    def choose_tab(self, number: int) -> None:
        """Ctrl+1…5."""
        if self._alone:
            return
        self._to_pane()
        self.tabs.set_current(number)
        self.tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_tab(self, number: int) -> None:
        """Show a tab; what it needs of the centre is asked once for each text."""
        self._stack.setCurrentIndex(number)
        view = self.views[number]
        view.place(self.card)
        self.card.show()
        self._asking.fill(number, self.seen)

    def press(self, key: str) -> bool:
        """The keys of this page."""
        if self._alone:
            return False
        match key:
            case "F7":
                self.next_fault()
            case "F9":
                self.try_examples()
            case "F1":
                self.show_help()
            case "F6":
                self.turn()
            case "Esc" if self.finding.isVisible() or self.help.isVisible():
                self.finding.hide()
                self.help.hide()
                self.text.setFocus()
            case _:
                return False
        return True

    # Looking at the text.

    def show_text(self, text: str) -> None:
        """Another file."""
        self.text.set_text(text)
        self._count_lines()
        self.look()

    def look_soon(self) -> None:
        """The text changed: look at it after a pause."""
        self._count_lines()
        self._clock.start()

    def _count_lines(self) -> None:
        """The file's own lines are as many in its draft as where it is signed, blocks and all."""
        text = self.text.text().rstrip("\n")
        own = shared_from(text) - 1
        self.head.show_lines(own, text.count("\n") + 1 - own)

    @flow
    async def look(self) -> None:
        """Read the text here at once, then have the centre check it whole."""
        self._clock.stop()
        self._turn += 1
        turn, text, seat = self._turn, self.text.text(), self.shell.seat
        self.head.show_busy(busy=True)
        try:
            formed = await Job(partial(service_files.formed, seat.desk, text), papers=True)
            if turn != self._turn:
                return
            self._show_form(Seen(text, formed))
            self._show_seen(Seen(text, formed))
            looked = await Job(partial(service_files.look_over, seat, text), line=True)
        except Refusal as no:
            if turn == self._turn:
                self.head.show_busy(busy=False)
                self.shell.tell(no.words, "refuse")
            return
        if turn == self._turn:
            self.head.show_busy(busy=False)
            self._show_seen(Seen(text, formed, looked))

    def _stop(self) -> None:
        """Whatever is under way is not waited for any more."""
        self._turn += 1
        self.head.show_busy(busy=False)

    @property
    def cautions(self) -> tuple[str, ...]:
        """The file's warnings: counted over the text, read at the step that looked for them."""
        found = self.seen.formed.cautions if self.seen else ()
        return tuple(to_persian_digits(f"سطر {each.line}: {each.words}") for each in found)

    def _show_seen(self, seen: Seen) -> None:
        self.seen = seen
        cautions = seen.formed.cautions
        self.marks = (
            *(Mark(each.line, each.words, "refuse") for each in seen.faults),
            *(Mark(each.line, each.words, "pay") for each in cautions),
        )
        # A fault of a block that the file includes stands at the line that names it.
        self.text.set_marks([self._own_line(mark) for mark in self.marks])
        self.head.show_counts(len(seen.faults), len(cautions))
        self.form.tell_spoiled(spoiled(seen.faults, seen.text))
        if seen.looked is not None:
            self._show_examples(seen.looked.examples)
            self._asking.forget()
            self._asking.fill(self.tabs.current(), seen)
        self.stand()

    def _own_line(self, mark: Mark) -> Mark:
        return own_line(mark, self.text.text())

    def _show_form(self, seen: Seen) -> None:
        service = seen.formed.service
        if service is not None:
            self.form.show_form(service, seen.formed.fee, self.shell.today())
            self._formed_at = self.shell.now()
            self.form.tell("")
            return
        at = time_of(self._formed_at)
        faulty = {self._own_line(Mark(f.line, "")).line for f in seen.faults}
        wrong = f"{lines_words(faulty)} خوانده نشد"
        shown = self.form.body is not None
        self.form.tell(f"فرم از {at} است؛ {wrong}" if shown else f"{wrong}؛ فرم پس از آن می‌آید.")

    def _show_examples(self, examples: Sequence[ExampleBody]) -> None:
        right = sum(not each.words for each in examples)
        words = f"نمونه‌ها ({right} از {len(examples)} درست)" if examples else TABS[EXAMPLES]
        self.tabs.set_words(EXAMPLES, to_persian_digits(words))
        self.examples.show_examples(examples)

    # Keys.

    def next_fault(self) -> None:
        """Go to the next fault or warning below the cursor, round the end."""
        lines = sorted({self._own_line(mark).line for mark in self.marks})
        if not lines:
            return
        here = self.text.line()
        self._to_text()
        self.text.go_to(next((line for line in lines if line > here), lines[0]))

    def to_first_fault(self) -> None:
        """Go to the first line that stands against publishing."""
        faulty = [self._own_line(mark).line for mark in self.marks if mark.tone == "refuse"]
        if faulty:
            self._to_text()
            self.text.go_to(min(faulty))

    def try_examples(self) -> None:
        """F9: check now and show how each example comes out."""
        self.choose_tab(EXAMPLES)
        self.look()

    def _go_to_example(self, number: int) -> None:
        at = example_lines(self.text.text())
        if number < len(at):
            self._to_text()
            self.text.go_to(at[number])

    def show_help(self) -> None:
        """F1: what the key at the cursor is for; again closes it."""
        if self.help.isVisible():
            self.help.hide()
            return
        self._to_text()
        self.help.open()

    def _open_find(self) -> None:
        if self._alone:
            return
        self._to_text()
        self.finding.open()

    def way_out(self) -> list[Button]:
        """The quiet keys of every page of a file: back, and over to the other side."""
        back = Button("بازگشت", "quiet", icon="arrow-right", keys="Esc", tall=True)
        if not self._narrow:
            back.set_words("بازگشت به خدمت‌ها")
        back.clicked.connect(self._back)
        if self._alone:
            return [back]
        to = "متن" if self._on_form else "فرم"
        words = to if self._narrow else "جابه‌جایی میان متن و فرم"
        turn = Button(words, "quiet", icon="arrows-exchange", keys="F6", tall=True)
        turn.clicked.connect(self.turn)
        return [back, turn]

    def _back(self) -> None:
        if not self.press("Esc"):
            self.shell.back()

    def head_with(self, title: str, second: str, chip: ChipLook) -> None:
        """The heading of this page."""
        most = _TITLE_NARROW if self._narrow else _TITLE
        # A header does not grow: a long title would push the window wide.
        shown = title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
        self.set_heading(Heading(shown, "" if self._narrow else second, chip))

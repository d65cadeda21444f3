"""The first start of an office's desk: four steps, each with what to do when it fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.actions.joining import Joined, Joining, Reached
from desktop.actions.printer_check import TITLE, printer_check
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui import printing, theme
from desktop.ui.frame import HELP_WIDTH
from desktop.ui.page import Bar
from desktop.ui.pages.door.sign_in import Drawing
from desktop.ui.pages.wizard import words as say
from desktop.ui.pages.wizard.cards import (
    MUNICIPAL,
    AddressPart,
    CodePart,
    PasswordPart,
    PrinterPart,
    StepPart,
)
from desktop.ui.rail import NARROW
from desktop.ui.soon import soon
from desktop.ui.times import time_of
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.rail import TileBand
from desktop.ui.widgets.holders.scroller import Scroller
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Hairline, Row
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Job, Steps, Work

if TYPE_CHECKING:
    # The help is loaded when it is first asked for.
    from desktop.ui.help.panel import HelpPanel

_ADDRESS, _CODE, _PASSWORD, _PRINTER = range(4)
_KEPT = "setup/address"
_ART = 406
_BAR = 60
_SHOWN_MS = 20
_SECOND = "چهار گام، حدود پنج دقیقه. برگ راه‌اندازی شهرداری را کنار دست بگذارید."
_REACHED = "متصل به مرکز"
_STOPPED = "لغو شد؛ چیزی تغییر نکرد."
_UNSAID = "بگویید برگ درست چاپ شد یا نه؛ یا «بعداً» را بزنید."
_BUSY = "گام پیش در حال انجام است؛ کمی صبر کنید."
_Found = TypeVar("_Found")


class Wizard(QWidget):
    """راه‌اندازی دفتر. `begun` comes when the office file is written: the desk can be opened;
    `sampled` asks for the sample office; `told` gives what the status bar says of the centre,
    `joined` of the office that the machine belongs to from then on."""

    begun = Signal()
    sampled = Signal()
    helped = Signal()
    told = Signal(str)
    joined = Signal(str)

    def __init__(self, work: Work, joining: Joining, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._work, self._joining, self.now = work, joining, now
        self._step = _ADDRESS
        self._reached: Reached | None = None
        self._reached_at = ""
        self._joined: Joined | None = None
        self._busy = self._stopped = self._narrow = self._helps = False
        self._printed: bool | None = None
        # Which call is waited for: of one that was given up nothing is taken.
        self._call = 0
        self.address, self.code = AddressPart(), CodePart()
        self.password, self.printer = PasswordPart(), PrinterPart()
        self.parts: tuple[StepPart, ...] = (self.address, self.code, self.password, self.printer)
        self.trouble = Banner("", "refuse")
        self.trouble.hide()
        self.bar = Bar()
        theme.ground(self, "surface")
        self.setAccessibleName("راه‌اندازی دفتر")
        self._build()
        self._listen()
        self.address.line.set_value(str(QSettings().value(_KEPT, "")))
        self._show_step(_ADDRESS)

    def _build(self) -> None:
        panel = self._panel = Scroller(gap=8, margins=(16, 40, 16, 40), full=True)
        panel.content.addWidget(Label("راه‌اندازی دفتر", "headline", weight=700))
        panel.content.addWidget(Label(_SECOND, role="text2", wrap=True))
        panel.content.addWidget(self.trouble)
        for part in self.parts:
            panel.content.addWidget(part)
        panel.content.addStretch(1)
        self._art = QWidget()
        under = Column(Drawing(), gap=0)
        under.addWidget(TileBand(24))
        self._art.setLayout(under)
        self._beside = Row(gap=0)
        self._beside.addWidget(panel, 1)
        self._beside.addWidget(self._art)
        self._bar_holder = QWidget()
        holder = Row(margins=(0, 20, 0, 20))
        holder.addWidget(self.bar)
        self._bar_holder.setLayout(holder)
        column = Column(gap=0)
        column.addLayout(self._beside, 1)
        column.addWidget(Hairline())
        column.addWidget(self._bar_holder)
        self.setLayout(column)
        theme.notifier().changed.connect(self.restyle)
        self.restyle()

    def _listen(self) -> None:
        self.address.line.edited.connect(self._keep_address)
        self.address.line.returnPressed.connect(self.press_main)
        self.code.boxes.edited.connect(self._arrange)
        self.code.same.edited.connect(self._ticked)
        self.code.doubted.connect(self._stop_here)
        for box in self.code.boxes.boxes:
            box.returnPressed.connect(self.press_main)
        lines = [field.control for field in self.password.fields.values()]
        for line in lines:
            line.returnPressed.connect(partial(self._next_line, line))  # type: ignore[attr-defined]
        self.printer.answered.connect(self._answered)
        for number, part in enumerate(self.parts):
            part.again.connect(partial(self._go_back_to, number))
            part.progress.stopped.connect(self._give_up)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def restyle(self) -> None:
        """Sizes at the zoom in force; there is no drawing in high contrast."""
        self._art.setFixedWidth(theme.px(_ART))
        self._bar_holder.setFixedHeight(theme.px(_BAR))
        bare = self._narrow or self._helps or theme.tokens().bordered
        self._art.setVisible(not bare)

    def set_width(self, width: int) -> None:
        """The window's width in pixels; where it is narrow the cards take it all."""
        narrow = width / theme.zoom() * 100 < NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.code.set_narrow(narrow)
        self.restyle()
        self._arrange()

    # What the window hands on.

    def take_focus(self) -> None:
        """The keys are where the current step begins."""
        self.parts[self._step].take_focus()

    def press(self, key: str) -> bool:
        """Esc the step before, F9 the sample office; ۱ and ۲ answer the question of the printer."""
        if key == "Esc":
            self.back()
        elif key == "F9":
            self.sampled.emit()
        elif key in ("1", "2") and self.printer.right.isVisible():
            self._answered(key == "1")
        else:
            return False
        return True

    def press_main(self) -> None:
        """The main act of the step, by Ctrl+Enter or Enter in its last field."""
        self.bar.press_main()

    def put_help(self, panel: HelpPanel) -> None:
        """The help's panel, hidden until it is asked for."""
        panel.hide()
        self._beside.addWidget(panel)

    def show_help(self, panel: HelpPanel, *, shown: bool) -> None:
        """The help in the drawing's place; narrow, in that of the cards."""
        covers = shown and self._narrow
        panel.setFixedWidth(self.width() if covers else theme.px(HELP_WIDTH))
        self._panel.setVisible(not covers)
        panel.setVisible(shown)
        self._helps = shown
        self.restyle()
        if covers:
            panel.begin_search()
        elif QApplication.focusWidget() is None or not shown:
            self.take_focus()

    def back(self) -> None:
        """The step before; from the first there is none."""
        if self._busy:
            self._give_up()
        elif self._step > _ADDRESS:
            self._go_back_to(self._step - 1)

    # Steps.

    def _show_step(self, step: int) -> None:
        self._step = step
        self.trouble.hide()
        found = (self._found_centre(), self._found_office(), "گذرواژه ساخته شد", "")
        for number, part in enumerate(self.parts):
            if number < step:
                # What is spent can't be done again from here.
                part.show_done(found[number], editable=number == _ADDRESS and step == _CODE)
            elif number == step:
                part.show_current()
            else:
                part.show_later()
        self._arrange()
        self.take_focus()
        # It has its place only in the next turn.
        soon(self, self._take_strayed_focus)

    def _found_centre(self) -> str:
        reached = self._reached
        return f"{reached.city} پاسخ داد، {self._reached_at}" if reached is not None else ""

    def _found_office(self) -> str:
        joined = self._joined
        if joined is None:
            return ""
        desk = "میز" if joined.kind == MUNICIPAL else "باجهٔ"
        return to_persian_digits(f"{joined.office}، {desk} {joined.desk}")

    def _go_back_to(self, step: int) -> None:
        if self._stopped:
            self.told.emit(_REACHED)
        self._stopped = False
        self.code.show_stop(stopped=False)
        if step == _CODE:
            self.code.boxes.set_value("")
        self._show_step(step)
        if step == _CODE and self._joined is not None:
            self.bar.tell("برای سپردن به دفتر دیگر کد تازه لازم است")

    # The first: what answers there.

    def _keep_address(self) -> None:
        QSettings().setValue(_KEPT, self.address.line.value())

    async def _reach(self) -> None:
        part, address = self.address, self.address.line.value()
        part.tell_clock("")
        if not address:
            part.field.set_error(say.NO_ADDRESS)
            part.take_focus()
            return
        try:
            found = await self._waited(
                part, "به مرکز وصل می‌شویم…", _reaching(self._joining, address)
            )
        except Refusal as no:
            part.field.set_error(no.words)
            part.take_focus()
            return
        if found is None:
            return
        part.field.set_error(None)
        off = say.clock_words(found.clock_off_s)
        part.tell_clock(off)
        if off:
            part.take_focus()
            return
        self._reached = found
        self._reached_at = to_persian_digits(time_of(self.now()))
        self.told.emit(_REACHED)
        self.code.show_words(found)
        self._show_step(_CODE)

    # The second: whose it is, and which office.

    def _ticked(self) -> None:
        self._arrange()
        if self.code.same.value():
            self.code.boxes.go_to_first_empty()

    def _stop_here(self) -> None:
        self._stopped = True
        # Whom it reached is what is in doubt.
        self.told.emit("")
        self.code.show_stop(stopped=True)
        self.code.boxes.set_value("")
        self._arrange()
        if self.bar.main is not None:
            self.bar.main.setFocus(Qt.FocusReason.TabFocusReason)

    async def _join(self) -> None:
        part = self.code
        if not part.is_compared:
            part.tell_tick(say.NO_TICK)
            return
        if left := part.boxes.missing():
            part.field.set_error(f"{say.missing_words(left)}.")
            part.boxes.go_to_first_empty()
            return
        job = _joining(self._joining, part.boxes.value())
        try:
            found = await self._waited(part, "رایانه به دفتر سپرده می‌شود…", job, late=True)
        except Refusal as no:
            part.field.set_error(no.words)
            part.boxes.go_to_first_empty()
            return
        if found is None:
            return
        self._joined = found
        self.joined.emit(self._found_office())
        part.boxes.set_value("")
        needed = await Job(self._joining.passphrase_needed)
        self.password.ask(found, phrase=needed)
        self._show_step(_PASSWORD)

    # The third: the manager's password.

    def _next_line(self, line: QWidget) -> None:
        shown = [f.control for f in self.password.fields.values() if f.isVisible()]
        place = shown.index(line)
        if place + 1 < len(shown):
            shown[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.press_main()

    async def _take_password(self) -> None:
        part = self.password
        faults = part.faults()
        part.tell(faults)
        if faults:
            return
        phrase = part.phrase.value() if part.asks_phrase else ""
        job = _taking(self._joining, part.password.value(), phrase)
        try:
            taken = await self._waited(part, "کلیدها ساخته می‌شود…", job, late=True)
        except Refusal as no:
            part.tell({no.field if no.field in part.fields else "password": no.words})
            return
        if taken is None:
            return
        part.forget()
        await self._look_for_printers()
        self._show_step(_PRINTER)

    # The fourth: a test page, and the beginning.

    async def _look_for_printers(self) -> None:
        self.printer.offer(await Job(printing.printers, papers=True))

    async def _print(self) -> None:
        part, printer = self.printer, self.printer.printer
        if not printer:
            await self._look_for_printers()
            self._arrange()
            return
        part.progress.start("برگ آزمایشی به چاپگر می‌رود…")
        self._busy = True
        try:
            await Job(partial(self._print_page, printer), papers=True)
        except Refusal as no:
            part.field.set_error(no.words)
            part.take_focus()
            return
        finally:
            self._busy = False
            if isValid(part):
                part.progress.finish()
        part.show_asked(printing.gone(TITLE, printer))
        self._arrange()

    def _print_page(self, printer: str) -> None:
        joined, reached = self._joined, self._reached
        if joined is None or reached is None:
            raise Refusal(say.NO_ADDRESS)
        pdf = printer_check(reached.city, joined, printer, self.now())
        printing.print_pdf(pdf, printer, TITLE)
        printing.remember(printer)

    def _answered(self, right: bool) -> None:
        self._printed = right
        self.printer.show_asked("")
        self.printer.show_answer(right)
        self._arrange()
        if self.bar.main is not None:
            self.bar.main.setFocus(Qt.FocusReason.TabFocusReason)

    async def _begin(self, *, later: bool = False) -> None:
        if self.printer.is_asked and not later:
            self.bar.tell(_UNSAID)
            self.printer.take_focus()
            return
        try:
            await Job(self._joining.begin)
        except Refusal as no:
            self.trouble.set_words(no.words)
            self.trouble.show()
            return
        self.begun.emit()

    # Waiting for a call, and giving it up.

    async def _waited(
        self,
        part: StepPart,
        words: str,
        job: Callable[[], _Found | LineDown],
        *,
        late: bool = False,
    ) -> _Found | None:
        """What the job gives; None where it was given up meanwhile. Raises Refusal.

        A `late` answer is taken all the same while its step stands: what was asked for is done.
        """
        self._call += 1
        call, step = self._call, self._step
        self._busy = True
        part.progress.start(words)
        self._arrange()
        try:
            found = await Job(job, line=True)
        except Refusal:
            if call != self._call:
                return None
            self._rest(part)
            raise
        given_up = call != self._call
        if given_up and (isinstance(found, LineDown) or not late or step != self._step):
            return None
        self._rest(part)
        if isinstance(found, LineDown):
            raise Refusal(say.down_words(found.why))
        return found

    def _rest(self, part: StepPart) -> None:
        self._busy = False
        part.progress.finish()
        self._arrange()

    def _give_up(self) -> None:
        """«لغو»: nobody waits any longer; the call ends by itself."""
        self._call += 1
        self._rest(self.parts[self._step])
        self.bar.tell(_STOPPED)
        self.take_focus()

    # The bar.

    def _arrange(self) -> None:
        seconds = []
        if self._step == _PRINTER and not self._printed:
            later = Button("بعداً", tall=True)
            later.setAccessibleName("بعداً: آغاز کار بی آزمایش چاپگر")
            later.clicked.connect(lambda: self._go(partial(self._begin, later=True)))
            seconds.append(later)
        words, icon, act, sentence = self._main()
        main = Button(words, "main", icon=icon, keys="Ctrl+Enter")
        main.clicked.connect(act)
        self.bar.arrange(main=main, seconds=seconds, quiets=self._quiets(), sentence=sentence)

    def _main(self) -> tuple[str, str, Callable[[], None], str]:
        """The main act of the step: words, icon, what it does, and the sentence beside it."""
        match self._step:
            case 0:
                return "وصل شدن به مرکز", "arrow-left", partial(self._go, self._reach), ""
            case 1 if self._stopped:
                back = partial(self._go_back_to, _ADDRESS)
                return "بازگشت به نشانی", "arrow-right", back, ""
            case 1:
                left = say.missing_words(self.code.boxes.missing())
                return "سپردن رایانه به دفتر", "key", partial(self._go, self._join), left
            case 2:
                return "ساختن گذرواژه", "key", partial(self._go, self._take_password), ""
        if self._printed or self.printer.is_asked:
            return "آغاز کار", "arrow-left", partial(self._go, self._begin), ""
        if not self.printer.printer:
            return "جست‌وجوی دوبارهٔ چاپگر", "refresh", partial(self._go, self._print), ""
        return "چاپ برگ آزمایشی", "printer", partial(self._go, self._print), ""

    def _quiets(self) -> list[Button]:
        quiets = []
        if self._step > _ADDRESS:
            back = Button("گام قبلی", "quiet", icon="arrow-right", keys="Esc", tall=True)
            back.clicked.connect(self.back)
            quiets.append(back)
        if not self._narrow:
            # Narrow: F1 is there, its words have no room.
            aid = Button("راهنمای این گام", "quiet", icon="help-circle", keys="F1", tall=True)
            aid.clicked.connect(self.helped)
            quiets.append(aid)
        sample = Button("دیدن دفتر نمونه", "quiet", icon="school", keys="F9", tall=True)
        sample.clicked.connect(self.sampled)
        return [*quiets, sample]

    def _go(self, act: Callable[[], Steps]) -> None:
        if self._busy:
            self.bar.tell(_BUSY)
            return
        self._work.flow(self, act())

    # Focus is never nowhere.

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None and self.isVisible():
            soon(self, self._take_strayed_focus, _SHOWN_MS)

    def _take_strayed_focus(self) -> None:
        focus = QApplication.focusWidget()
        away = focus is None or not focus.isVisible()
        if away and self.isVisible() and self.window().isActiveWindow():
            self.take_focus()


def _reaching(joining: Joining, address: str) -> Callable[[], Reached | LineDown]:
    return partial(_tried, partial(joining.reach, address))


def _joining(joining: Joining, code: str) -> Callable[[], Joined | LineDown]:
    return partial(_tried, partial(joining.join, code))


def _taking(joining: Joining, password: str, phrase: str) -> Callable[[], bool | LineDown]:
    def take() -> bool:
        joining.take_password(password, phrase)
        return True

    return partial(_tried, take)


def _tried(job: Callable[[], _Found]) -> _Found | LineDown:
    """What the job gives, or why it did not get through: the wizard says each cause apart."""
    try:
        return job()
    except LineDown as down:
        return down

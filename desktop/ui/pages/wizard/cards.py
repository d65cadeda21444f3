"""The four steps of the wizard as cards: done ones folded to what was found, the current open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.joining import Joined, Reached
from desktop.domain.persian import to_latin_digits, to_persian_digits
from desktop.ui import printing
from desktop.ui.pages.wizard import words as say
from desktop.ui.printing import Printer
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.card import Card, Disc
from desktop.ui.widgets.inputs.code_boxes import CodeBoxes
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import IconLabel, Label
from desktop.ui.widgets.layouts import Column, Hairline, Row, clear
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.widgets.told.progress import Progress

_NO_KEYRING = "برای امنیت کلید این رایانه، عبارت رمز هر بار هنگام باز شدن برنامه پرسیده می‌شود."


MUNICIPAL = "municipal"
"""What `Joined.kind` says of a desk of the municipality itself."""
# So many words stand in a line.
_WIDE, _NARROW = 6, 3


class StepPart(Card):
    """A step: its number, its name, beside it what was found or what it will be; its content.

    `again` asks to come back to it once it is done.
    """

    again = Signal()

    def __init__(self, number: int, title: str, later: str) -> None:
        super().__init__(margins=(10, 14, 10, 14), gap=8)
        self._title = title
        self.disc = Disc(number)
        self.found = Label(later, role="text2", elide=True)
        self.edit = Link("ویرایش")
        self.edit.setAccessibleName(f"ویرایش {title}")
        self.edit.clicked.connect(self.again)
        head = Row(gap=12)
        head.addWidget(self.disc)
        self.title = Label(title, "section", weight=700)
        head.addWidget(self.title)
        head.addWidget(self.found, 1)
        head.addWidget(self.edit)
        self.body.addLayout(head)
        self.inside = QWidget()
        self.column = Column(gap=10, margins=(0, 36, 2, 0))
        self.inside.setLayout(self.column)
        self.body.addWidget(self.inside)
        self.progress = Progress()
        self.progress.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.show_later()

    def rename(self, title: str) -> None:
        """Call the step otherwise."""
        self._title = title
        self.title.setText(title)

    def show_later(self) -> None:
        """Not its turn yet."""
        self._stand("later")

    def show_current(self) -> None:
        """Its turn."""
        self._stand("current")

    def show_done(self, found: str, *, editable: bool) -> None:
        """Folded to what was found."""
        self.found.setText(found)
        self._stand("done")
        self.edit.setVisible(editable)

    def _stand(self, state: str) -> None:
        current = state == "current"
        self.disc.set_state("current" if current else "done" if state == "done" else "later")
        self.inside.setVisible(current)
        self.edit.hide()
        self.set_edge("accent" if current else "line")
        now = {"current": "، گام کنونی", "done": "، انجام شد"}.get(state, "")
        self.setAccessibleName(f"{self._title}{now}: {self.found.words()}")

    def take_focus(self) -> None:
        """The keys are where work begins."""
        raise NotImplementedError


def _tells(field: FormField) -> FormField:
    """A fault goes as soon as something else is typed."""
    field.edited.connect(lambda: field.set_error(None) if field.error() else None)
    return field


class _AddressLine(TextLine):
    """An address of the net is Latin, its digits too: it is compared with the sheet so."""

    takes_letters = False

    def set_value(self, value: str) -> None:
        """Fill the line; nothing is signalled."""
        self.setText(to_latin_digits(value))

    def reshape(self, words: str, cursor: int) -> tuple[str, int]:
        """Latin digits, whatever the keyboard sends."""
        return to_latin_digits(words), cursor


class AddressPart(StepPart):
    """Where the centre is; that this machine's clock is off is no fault of the address."""

    def __init__(self) -> None:
        super().__init__(1, "نشانی مرکز", "روی برگ راه‌اندازی نوشته شده است")
        self.line = _AddressLine(max_length=200)
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.field = _tells(
            FormField(
                "نشانی مرکز",
                self.line,
                key="address",
                hint="همان‌گونه که روی برگ است؛ بدون نشانی هم می‌توان دفتر نمونه را دید.",
            )
        )
        self.clock = Banner("", "refuse")
        self.clock.hide()
        self.column.addWidget(self.clock)
        self.column.addWidget(self.field)
        self.column.addWidget(self.progress)

    def tell_clock(self, words: str) -> None:
        """Say how far the clock is off; with no words that it is right."""
        self.clock.set_words(words)
        self.clock.setVisible(bool(words))

    def take_focus(self) -> None:
        """The address."""
        self.line.setFocus(Qt.FocusReason.TabFocusReason)


class _Word(Card):
    """One of the six words, with its number."""

    def __init__(self, number: int, word: str) -> None:
        super().__init__(margins=(6, 12, 6, 12))
        self.set_edge("line", ground="sunk")
        row = Row(gap=8)
        row.addStretch(1)
        row.addWidget(Label(to_persian_digits(number), "small", "text2"))
        row.addWidget(Label(word, "title", weight=700))
        row.addStretch(1)
        self.body.addLayout(row)
        self.setAccessibleName(f"{to_persian_digits(number)}: {word}")


class CodePart(StepPart):
    """Whose certificate it is, and the code that gives this machine to an office.

    `doubted` says that the words are not those of the sheet.
    """

    doubted = Signal()

    def __init__(self) -> None:
        super().__init__(2, "شناختن مرکز و کد دفتر", "شش واژه و یک کد یک‌بارمصرف")
        self._told = Label("", wrap=True)
        self.column.addWidget(self._told)
        self._words = QWidget()
        self._grid = Column(gap=8)
        self._words.setLayout(self._grid)
        self._shown: tuple[str, ...] = ()
        self._columns = _WIDE
        self.column.addWidget(self._words)
        self.same = Tick("هر شش واژه، به همین ترتیب، با برگ یکی است")
        self._same = _tells(FormField("", self.same, key="same"))
        self.differs = Link("واژه‌ها یکی نیست…")
        self.differs.clicked.connect(self.doubted)
        row = Row(gap=12)
        row.addWidget(self._same, 1)
        row.addWidget(self.differs, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.stop = Banner(say.NOT_THE_SAME, "refuse", icon="alert-triangle")
        self.stop.hide()
        self.column.addWidget(self.stop)
        self.code_holder = QWidget()
        self.boxes = CodeBoxes()
        self.field = _tells(FormField("کد یک‌بارمصرف دفتر", self.boxes, key="code"))
        under = Row(gap=8)
        under.addWidget(IconLabel("info-circle", 16, "text2"), 0, Qt.AlignmentFlag.AlignTop)
        told = (
            "کد را شهرداری به مسئول دفتر می‌دهد؛ دو روز اعتبار دارد و پس از ۵ بار نادرست باطل "
            "می‌شود. کد تازه را از ناظر شهرداری بگیرید؛ شمارهٔ او روی برگ است."
        )
        under.addWidget(Label(told, "small", "text2", wrap=True), 1)
        inner = Column(Hairline(), self.field, gap=8)
        inner.addLayout(under)
        self.code_holder.setLayout(inner)
        self.column.addWidget(self.code_holder)
        self.column.addWidget(self.progress)

    def show_words(self, reached: Reached) -> None:
        """The words of what answered; nothing is believed of an earlier look."""
        self._shown = reached.words
        self._told.setText(say.words_told(reached))
        self._words.setAccessibleName("، ".join(reached.words))
        self._place_words()
        self.same.set_value(False)
        self.show_stop(stopped=False)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the words stand in two lines."""
        columns = _NARROW if narrow else _WIDE
        if columns != self._columns:
            self._columns = columns
            self._place_words()

    def _place_words(self) -> None:
        clear(self._grid)
        for first in range(0, len(self._shown), self._columns):
            line = Row(gap=8)
            for number, word in enumerate(self._shown[first : first + self._columns], first + 1):
                line.addWidget(_Word(number, word), 1)
            self._grid.addLayout(line)

    def show_stop(self, *, stopped: bool) -> None:
        """The words are others than the sheet's: nothing can be typed any more."""
        self.stop.setVisible(stopped)
        self.code_holder.setVisible(not stopped)
        compared = bool(self._shown) and not stopped
        self._same.setVisible(compared)
        self.differs.setVisible(compared)

    @property
    def is_compared(self) -> bool:
        """Whether somebody has compared the words, or there are none."""
        return self.same.value() or not self._shown

    def tell_tick(self, words: str) -> None:
        """What is wrong beside the tick, which has the keys then."""
        self._same.set_error(words)
        self.same.setFocus(Qt.FocusReason.TabFocusReason)

    def take_focus(self) -> None:
        """The tick, and once it is there the code."""
        if self.is_compared:
            self.boxes.go_to_first_empty()
        else:
            self.same.setFocus(Qt.FocusReason.TabFocusReason)


class PasswordPart(StepPart):
    """The manager's password, written twice; a passphrase where the machine has no keyring."""

    def __init__(self) -> None:
        super().__init__(3, "گذرواژهٔ مسئول دفتر", "مسئول دفتر گذرواژه‌اش را خودش می‌نویسد")
        self._told = Label("", wrap=True)
        self.password, self.again_line = PasswordLine(), PasswordLine()
        self.phrase, self.phrase_again = PasswordLine(), PasswordLine()
        hint = to_persian_digits(f"دست‌کم {say.LEAST} نویسه")
        self.fields = {
            "password": _tells(FormField("گذرواژه", self.password, key="password", hint=hint)),
            "password_again": _tells(
                FormField("تکرار گذرواژه", self.again_line, key="password_again")
            ),
            "passphrase": _tells(
                FormField(
                    "عبارت رمز این رایانه",
                    self.phrase,
                    key="passphrase",
                    hint=_NO_KEYRING,
                )
            ),
            "passphrase_again": _tells(
                FormField("تکرار عبارت رمز", self.phrase_again, key="passphrase_again")
            ),
        }
        self.column.addWidget(self._told)
        self._second = QWidget()
        for keys, holder in (
            (("password", "password_again"), QWidget()),
            (("passphrase", "passphrase_again"), self._second),
        ):
            pair = Row(gap=14)
            for key in keys:
                pair.addWidget(self.fields[key], 1, Qt.AlignmentFlag.AlignTop)
            holder.setLayout(pair)
            self.column.addWidget(holder)
        self.column.addWidget(self.progress)
        self.asks_phrase = False

    def ask(self, joined: Joined, *, phrase: bool) -> None:
        """Of whom, and whether for a passphrase too."""
        office = joined.kind != MUNICIPAL
        used = "با آن نامه مهر می‌شود" if office else "با آن کارهایش امضا می‌شود"
        words = f"{joined.manager} گذرواژه‌اش را خودش می‌نویسد؛ {used} و کسی جز او آن را نمی‌داند."
        self._told.setText(words)
        self.rename("گذرواژهٔ مسئول دفتر" if office else "گذرواژهٔ کاربر شهرداری")
        self._ask_phrase(phrase)

    def _ask_phrase(self, asked: bool) -> None:
        self.asks_phrase = asked
        self._second.setVisible(asked)

    def faults(self) -> dict[str, str]:
        """What is wrong, by the field's key."""
        found = {}
        password = self.password.value()
        if fault := say.short_password(password):
            found["password"] = fault
        elif password != self.again_line.value():
            found["password_again"] = say.NOT_TWICE
        if self.asks_phrase:
            phrase = self.phrase.value()
            if not phrase:
                found["passphrase"] = say.NO_PASSPHRASE
            elif fault := say.short_password(phrase):
                found["passphrase"] = fault.replace("گذرواژه", "عبارت رمز")
            elif phrase != self.phrase_again.value():
                found["passphrase_again"] = say.NOT_TWICE
        return found

    def tell(self, faults: dict[str, str]) -> None:
        """Each beside its field; the first has the keys.

        Of a keyring that is locked nobody knew before it was to keep the key.
        """
        if "passphrase" in faults:
            self._ask_phrase(True)
        for key, field in self.fields.items():
            field.set_error(faults.get(key))
        for key in faults:
            if key.endswith("_again"):
                # A person can't see in which of the two it was mistyped: this one is written anew.
                self.fields[key].control.set_value("")  # type: ignore[attr-defined]
        first = next((key for key in self.fields if key in faults), None)
        if first is not None:
            self.fields[first].control.setFocus(Qt.FocusReason.TabFocusReason)

    def forget(self) -> None:
        """What was typed is spent."""
        for line in (self.password, self.again_line, self.phrase, self.phrase_again):
            line.set_value("")

    def take_focus(self) -> None:
        """The password."""
        self.password.setFocus(Qt.FocusReason.TabFocusReason)


class PrinterPart(StepPart):
    """A test page, and whether it came out right. `answered` says so."""

    answered = Signal(bool)

    def __init__(self) -> None:
        super().__init__(4, "چاپگر", "یک برگ آزمایشی چاپ می‌شود")
        self.choice = ListChoice([])
        self.field = _tells(FormField("چاپگر", self.choice, key="printer"))
        self._none = Banner(say.NO_PRINTER, "pay", icon="printer")
        self._asked = QWidget()
        self._question = Label("", weight=700, wrap=True)
        self.right = Button("بله، درست چاپ شد", icon="check", keys="1")
        self.wrong = Button("خیر", icon="x", keys="2")
        self.right.clicked.connect(lambda: self.answered.emit(True))
        self.wrong.clicked.connect(lambda: self.answered.emit(False))
        answers = Row(self.right, self.wrong, gap=8)
        answers.addStretch(1)
        column = Column(self._question, gap=8)
        column.addLayout(answers)
        self._asked.setLayout(column)
        self._advice = Banner(say.BAD_PRINT, "pay", icon="printer")
        self._well = Banner("چاپگر درست کار می‌کند.", "ok")
        for part in (self.field, self._none, self._asked, self._advice, self._well, self.progress):
            self.column.addWidget(part)
        self.show_asked("")
        self.show_answer(None)
        self.offer(())

    def offer(self, found: Sequence[Printer]) -> None:
        """The printers of this machine; a file is none."""
        real = [each for each in found if not printing.is_file(each.name)]
        self.choice.set_options([(each.name, each.name) for each in real])
        if real:
            self.choice.set_value(real[0].name)
        self.field.setVisible(bool(real))
        self._none.setVisible(not real)

    @property
    def is_asked(self) -> bool:
        """Whether nobody has said yet how the page came out."""
        return not self._asked.isHidden()

    @property
    def printer(self) -> str:
        """The chosen one; empty where there is none."""
        return str(self.choice.value() or "")

    def show_asked(self, where: str) -> None:
        """«درست چاپ شد؟», once the page has gone; nothing for an empty word."""
        self._question.setText(f"{where} درست چاپ شد؟")
        self._asked.setVisible(bool(where))
        if where:
            self.show_answer(None)
            self.right.setFocus(Qt.FocusReason.TabFocusReason)

    def show_answer(self, right: bool | None) -> None:
        """What was said of it."""
        self._well.setVisible(right is True)
        self._advice.setVisible(right is False)

    def take_focus(self) -> None:
        """The question, else the printer."""
        if self.is_asked:
            self.right.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.choice.setFocus(Qt.FocusReason.TabFocusReason)

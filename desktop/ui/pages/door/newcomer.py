"""Who comes to the desk for the first time: a one-time code, and a password of their own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import LineDown, Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.wizard import words as say
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.inputs.code_boxes import CodeBoxes
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.widgets.told.progress import Progress
from desktop.ui.work import Job, Work

Join = Callable[[str, str], str]
"""Gives the person of the code keys here under the password; by which name to sign in."""
_TOLD = (
    "کد را مسئول دفتر یا شهرداری به خود شما می‌دهد. گذرواژه را خودتان می‌نویسید؛ کسی جز شما آن را "
    "نمی‌داند."
)
_CODE = "هشت نویسهٔ کد را بنویسید."
_WAITS = "گذرواژه ساخته می‌شود…"


class Newcomer(QWidget):
    """`joined` gives the name to sign in by; `left` goes back to signing in.

    `joined_late` gives it of who had gone back before the centre answered: another person may be
    typing by now.
    """

    joined = Signal(str)
    joined_late = Signal(str)
    left = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._join: Join | None = None
        self._busy = False
        # Which person's call is waited for: that of who went back is nobody's here any more.
        self._call = 0
        self.boxes = CodeBoxes()
        self.password_line, self.again_line = PasswordLine(), PasswordLine()
        hint = to_persian_digits(f"دست‌کم {say.LEAST} نویسه")
        self.fields = {
            "code": FormField("کد یک‌بارمصرف شما", self.boxes, key="code"),
            "password": FormField("گذرواژهٔ تازه", self.password_line, key="password", hint=hint),
            "password_again": FormField("تکرار گذرواژه", self.again_line, key="password_again"),
        }
        self.button = Button("ساختن گذرواژه", "main", icon="arrow-left", keys="Enter")
        self.button.clicked.connect(self.go)
        self.back = Link("بازگشت به ورود")
        self.back.clicked.connect(self.left)
        line = Row(gap=12)
        line.addWidget(self.button)
        line.addWidget(self.back)
        line.addStretch(1)
        column = Column(Label(_TOLD, role="text2", wrap=True), *self.fields.values(), gap=14)
        column.addLayout(line)
        self.progress = Progress()
        # What the centre was asked for can't be stopped half way; Esc goes back.
        self.progress.stop.hide()
        self.progress.hide()
        column.addWidget(self.progress)
        self.setLayout(column)
        for box in self.boxes.boxes:
            box.returnPressed.connect(self.password_line.setFocus)
        self.password_line.returnPressed.connect(self.again_line.setFocus)
        self.again_line.returnPressed.connect(self.go)
        for field in self.fields.values():
            field.edited.connect(lambda field=field: field.set_error(None))

    def leave(self) -> None:
        """Nobody waits here any more; what the centre was asked for goes on by itself."""
        self._call += 1
        self._rest()

    def begin(self, join: Join) -> None:
        """Ask anew; nothing of an earlier person is left."""
        self._join = join
        self.leave()
        for field in self.fields.values():
            field.set_value("")
            field.set_error(None)
        self.boxes.go_to_first_empty()

    def go(self) -> None:
        """Look at what was typed, and have the keys made off this thread."""
        if self._join is None or self._busy:
            return
        faults = self._faults()
        self._tell(faults)
        if not faults:
            self._work.flow(self, self._make(self._join))

    def tell(self, words: str) -> None:
        """Why something went wrong behind the page."""
        self.fields["code"].set_error(words)

    def _faults(self) -> dict[str, str]:
        found = {}
        if self.boxes.missing():
            found["code"] = _CODE
        password = str(self.password_line.value())
        if fault := say.short_password(password):
            found["password"] = fault
        elif password != self.again_line.value():
            found["password_again"] = say.NOT_TWICE
        return found

    def _tell(self, faults: dict[str, str]) -> None:
        for key, field in self.fields.items():
            field.set_error(faults.get(key))
        first = next((key for key in self.fields if key in faults), None)
        if first == "code":
            self.boxes.go_to_first_empty()
        elif first is not None:
            self.fields[first].control.setFocus()

    async def _make(self, join: Join) -> None:
        call = self._call
        self._busy = True
        self.progress.start(_WAITS)
        code, password = self.boxes.value(), str(self.password_line.value())
        try:
            name = await Job(lambda: _tried(join, code, password), line=True)
        except Refusal as no:
            if call == self._call:
                self._rest()
                self._tell({no.field if no.field and no.field in self.fields else "code": no.words})
            return
        finally:
            if call == self._call:
                self._busy = False
        if call != self._call:
            if isinstance(name, str):
                self.joined_late.emit(name)
            return
        self._rest()
        if isinstance(name, LineDown):
            self._tell({"code": say.down_words(name.why)})
            return
        for field in self.fields.values():
            field.set_value("")
        self.joined.emit(name)

    def _rest(self) -> None:
        self._busy = False
        self.progress.finish()


def _tried(join: Join, code: str, password: str) -> str | LineDown:
    """The name to sign in by, or why the call did not get through."""
    try:
        return join(code, password)
    except LineDown as down:
        return down

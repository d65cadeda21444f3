"""Who comes to the desk for the first time: a one-time code, and a password of their own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui.pages.wizard import words as say
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.inputs.code_boxes import CodeBoxes
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Column, Row
from desktop.ui.work import Job, Work

Join = Callable[[str, str], str]
"""Gives the person of the code keys here under the password; by which name to sign in."""
_TOLD = (
    "کد را مسئول دفتر یا شهرداری به خود شما می‌دهد. گذرواژه را خودتان می‌نویسید؛ کسی جز شما آن را "
    "نمی‌داند."
)
_CODE = "هشت نویسهٔ کد را بنویسید."


class Newcomer(QWidget):
    """`joined` gives the name to sign in by; `left` goes back to signing in."""

    joined = Signal(str)
    left = Signal()

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._join: Join | None = None
        self._busy = False
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
        self.setLayout(column)
        for box in self.boxes.boxes:
            box.returnPressed.connect(self.password_line.setFocus)
        self.password_line.returnPressed.connect(self.again_line.setFocus)
        self.again_line.returnPressed.connect(self.go)
        for field in self.fields.values():
            field.edited.connect(lambda field=field: field.set_error(None))

    def begin(self, join: Join) -> None:
        """Ask anew; nothing of an earlier person is left."""
        self._join = join
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
        self._busy = True
        code, password = self.boxes.value(), str(self.password_line.value())
        try:
            name = await Job(lambda: join(code, password), line=True)
        except Refusal as no:
            self._tell({no.field if no.field and no.field in self.fields else "code": no.words})
            return
        finally:
            self._busy = False
        for field in self.fields.values():
            field.set_value("")
        self.joined.emit(name)

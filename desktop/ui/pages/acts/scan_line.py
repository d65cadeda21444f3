"""The scan of an act as an input: chosen from files, read off the window's thread, kept here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions import act_scans
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.ui.page import Shell
from desktop.ui.pages.form.files import pick_files
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.handing_on import HandsKeysOn
from desktop.ui.widgets.inputs.line import State
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Row
from desktop.ui.work import Job

_STILL = "تصویری که برگزیده‌اید هنوز خوانده می‌شود؛ چند لحظه صبر کنید."
_NONE, _THERE = "پیوست تصویر…", "تصویر دیگر…"


class ScanLine(HandsKeysOn):
    """Pictures or a PDF of an act's paper; the value is the sha256 of the PDF kept at this desk.

    `noted` tells how many pages there are, `refused` why a file was not taken. `pick` asks a person
    for files. What is attached goes to the centre when the act is done (`act_scans.send`).
    """

    edited = Signal()
    left = Signal()
    noted = Signal(str)
    refused = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._sha256 = ""
        self.busy = False
        self._state: State = ""
        self.pick: Callable[[QWidget], Sequence[Path]] = pick_files
        self.button = Button(_NONE, icon="paperclip")
        self.button.clicked.connect(self.choose)
        self.words = Label("", "small", "text2", elide=True)
        self.setLayout(Row(self.button, self.words, gap=10))
        self.hand_keys_to(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def setAccessibleName(self, name: str) -> None:
        """The label; the button says it."""
        super().setAccessibleName(name)
        self.button.setAccessibleName(f"{name}: {self.button.text()}")

    def value(self) -> str:
        """The scan's sha256; empty while there is none."""
        return self._sha256

    def raw(self) -> str:
        """The same, for a draft."""
        return self._sha256

    def set_value(self, value: str) -> None:
        """A scan that is kept here already; nothing is signalled."""
        self._sha256 = value
        self._tell("پیوست شده است" if value else "")

    def state(self) -> State:
        """How it stands."""
        return self._state

    def set_state(self, state: State) -> None:
        """The words under it say what is wrong."""
        self._state = state

    def fault(self) -> str:
        """Why the value is none yet: what was chosen is still being read."""
        return _STILL if self.busy else ""

    def choose(self) -> None:
        """Ask for files, and read them."""
        paths = list(self.pick(self))
        if paths and not self.busy:
            self.words.setText("در حال خواندن…")
            self._shell.work.flow(self, self._read(paths))

    async def _read(self, paths: Sequence[Path]) -> None:
        job = partial(act_scans.attach, self._shell.seat, paths)
        self.busy = True
        try:
            scan = await Job(job, papers=True)
        except Refusal as no:
            self._tell("پیوست شده است" if self._sha256 else "")
            self.refused.emit(no.words)
            return
        finally:
            # Also after a bug: another may be chosen.
            self.busy = False
        self._sha256 = scan.sha256
        self._tell(to_persian_digits(f"{scan.pages} برگ پیوست شد"))
        self.noted.emit("؛ ".join(scan.faults))
        self.edited.emit()

    def _tell(self, words: str) -> None:
        self.words.setText(words)
        self.button.set_words(_THERE if self._sha256 else _NONE)
        self.setAccessibleName(self.accessibleName())

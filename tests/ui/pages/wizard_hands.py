"""A machine that is set up: the window with the wizard, and hands at its keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.trial.played_joining import (
    ADDRESS,
    CODE,
    PASSWORD,
    PlayedJoining,
)
from desktop.ui import printing
from desktop.ui.pages.wizard.page import Wizard
from desktop.ui.window import Window
from desktop.ui.work import Work
from tests.ui.keyboard import press, type_text

_CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Desk:
    """The window with the wizard, the machine it joins, and what its printer got."""

    window: Window
    work: Work
    joining: PlayedJoining
    printed: list[bytes] = field(default_factory=list)
    begun: int = 0
    samples: int = 0

    @property
    def wizard(self) -> Wizard:
        found = self.window.door_part
        assert isinstance(found, Wizard)
        return found

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = _NONE) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None, "the focus is nowhere"
        press(focus, key, held)
        QApplication.processEvents()

    def main(self) -> None:
        self.key(Qt.Key.Key_Return, _CONTROL)

    def type(self, words: str) -> None:
        type_text(self.window, words)
        QApplication.processEvents()

    def main_words(self) -> str:
        assert self.wizard.bar.main is not None
        return self.wizard.bar.main.text()

    def to_code(self) -> None:
        self.type(ADDRESS)
        self.main()

    def to_password(self) -> None:
        self.to_code()
        self.key(Qt.Key.Key_Space)
        self.type(CODE)
        self.main()

    def to_printer(self) -> None:
        self.to_password()
        self.type(PASSWORD)
        self.key(Qt.Key.Key_Return)
        self.type(PASSWORD)
        self.main()

    def step(self) -> int:
        return self.wizard._step + 1


def opened(qtbot: QtBot, joining: PlayedJoining, *, serial: bool = True) -> Desk:
    work = Work(serial=serial)
    window = Window(work)
    qtbot.addWidget(window)
    desk = Desk(window, work, joining)
    printing.stand_in("چاپگر باجه", lambda pdf, _: desk.printed.append(pdf))

    def begun() -> None:
        desk.begun += 1

    def sample() -> None:
        desk.samples += 1

    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.set_up(joining, begun, sample)
    QApplication.processEvents()
    return desk

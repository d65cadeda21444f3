"""The first start in a tour: a window of its own, every step, and what is said when one fails."""

from __future__ import annotations

from dataclasses import replace

from desktop.actions import access
from desktop.centre.enrolling import TRIES, wrong_words
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.line import Why
from desktop.trial.hands import Hands
from desktop.trial.played_joining import (
    ADDRESS,
    CODE,
    JOINED,
    PASSWORD,
    REACHED,
    PlayedJoining,
)
from desktop.trial.stage import PRINTER, SIZE, Stage
from desktop.ui import printing
from desktop.ui.pages.door.sign_in import Door
from desktop.ui.pages.wizard.page import Wizard
from desktop.ui.window import Window
from desktop.ui.work import Work

_OFF_S, _PHRASE = 720, "three-windows-4"


class WizardTour:
    """Sets up an office's desk, failing once at each step."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._joining = PlayedJoining(phrase=True)

    def play(self) -> None:
        """The whole first start, in a window beside the tour's own."""
        stage = self._stage
        work = Work(serial=True)
        window = Window(work)
        stage.window.hide()
        try:
            window.resize(*SIZE)
            window.show()
            window.activateWindow()
            wizard = window.set_up(
                self._joining, lambda: None, lambda: None, lambda: stage.clock.moment
            )
            self._hands, self._window = Hands(window), window
            self._first()
            self._second(wizard)
            self._third()
            self._fourth()
            self._door()
        finally:
            window.close()
            work.close()
            stage.window.show()
            stage.window.activateWindow()
            printing.stand_in(PRINTER, lambda pdf, _: stage.printed.append(pdf))
            stage.hands.settle()

    def _shoot(self, name: str) -> None:
        self._hands.settle()
        wide = self._window.minimumSizeHint().width()
        if wide > SIZE[0]:
            raise RuntimeError(f"{name}: the window needs {wide} pixels")
        self._stage.album.page(self._window, name, self._stage.about(""))

    def _main(self) -> None:
        self._hands.press("Ctrl+Enter")

    def _first(self) -> None:
        self._shoot("wizard-address")
        self._hands.type(ADDRESS)
        self._joining.faults = [LineDown(why=Why.REFUSED)]
        self._main()
        self._shoot("wizard-no-answer")
        self._joining.reached = replace(REACHED, clock_off_s=_OFF_S)
        self._main()
        self._shoot("wizard-clock")
        self._joining.reached = REACHED
        self._main()

    def _second(self, wizard: Wizard) -> None:
        self._shoot("wizard-words")
        self._hands.press("F1")
        self._window.helping.follow()
        self._shoot("wizard-help")
        self._hands.press("F1")
        self._hands.click(wizard.code.differs)
        self._shoot("wizard-words-differ")
        self._main()
        self._main()
        self._hands.space()
        self._hands.type(CODE[:6])
        self._shoot("wizard-code")
        self._hands.type(CODE[6:])
        self._joining.faults = [Refusal(wrong_words(TRIES - 1), field="code")]
        self._main()
        self._shoot("wizard-code-refused")
        self._main()

    def _third(self) -> None:
        self._shoot("wizard-password")
        self._hands.type(PASSWORD)
        self._hands.enter()
        self._hands.type(PASSWORD[:-1])
        self._main()
        self._shoot("wizard-password-differs")
        self._hands.type(PASSWORD)
        for _ in range(2):
            self._hands.enter()
            self._hands.type(_PHRASE)
        self._main()

    def _fourth(self) -> None:
        stage = self._stage
        self._shoot("wizard-printer")
        self._main()
        stage.album.paper(stage.take_print(), "printer-check", stage.about(""))
        self._shoot("wizard-printed")
        self._hands.press("2")
        self._shoot("wizard-printed-badly")
        self._main()
        self._hands.press("1")
        self._shoot("wizard-begins")
        self._main()

    def _door(self) -> None:
        """What only a real desk's door asks: the passphrase, and who comes for the first time."""
        door = self._window.sign_in
        door.ask_passphrase("")
        self._shoot("real-passphrase")
        door.ask_passphrase("عبارت رمز درست نیست.")
        self._shoot("real-passphrase-wrong")
        desk = self._stage.house.office.desk
        place, office = "شهرداری یزد", "دفتر پیشخوان ۲۱، باجهٔ ۲"
        self._window.open(
            Door(
                desk_of=lambda role: desk,
                desks=(desk,),
                staff=(),
                sign_in=access.sign_in,
                place=place,
                office=office,
                password="",
                join=lambda code, password: JOINED.manager,
            )
        )
        self._shoot("real-door")
        self._hands.click(door.comes)
        self._hands.type(CODE)
        self._hands.enter()
        self._shoot("real-newcomer")
        self._hands.type(PASSWORD)
        self._hands.enter()
        self._hands.type(PASSWORD)
        self._hands.enter()
        self._shoot("real-newcomer-done")

"""The letter: shown as it will be or is on paper; stamped, printed, handed over, voided."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import places
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.letter.acts import LetterActs
from desktop.ui.pages.letter.now import LetterNow, load, turn_of
from desktop.ui.standing.next_act import NEXT_CASE
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.layouts import Column
from desktop.ui.work import Changed


class LetterPage(LetterActs):
    """A letter of a case."""

    place: places.Letter

    # Printers come and go without a word: they are looked for with each round.
    listens = frozenset({Kind.OWN_CASE, Kind.PUBLISHED, Kind.DAY, Kind.SYNC})
    rail = "queue"
    side_width = 380

    def __init__(self, shell: Shell, place: places.Letter) -> None:
        super().__init__(shell, place)
        self._narrow = False
        self.setLayout(Column(self.frame, gap=0))
        self.side = self.panel
        self.panel.finished.connect(self._to_main)
        self.panel.voiding.connect(self._arrange)

    def enter(self) -> None:
        """Load, and put the focus where work begins."""
        self.setFocus()
        self.reload()

    def refresh(self, changed: Changed) -> None:
        """Facts may have come; what is typed stays."""
        self.reload()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the steps stand behind «گام‌ها»."""
        self._narrow = narrow
        self._arrange()

    def press(self, key: str) -> bool:
        """Esc first gives up what is open in place."""
        if key != "Esc" or not (self.panel.close_void() or self.panel.print_card.forget()):
            return False
        self._arrange()
        return True

    def reload(self) -> None:
        """Look at the letter again."""
        seat, case_id, drawn = self.shell.seat, self.place.case_id, self.drawn
        # The letter that was opened stays, also when another takes its place in the case.
        letter_id = self.now.held.letter.letter_id if self.now else self.place.letter_id
        self.shell.work.run(
            self, lambda: load(seat, case_id, letter_id, drawn), self._show, self.failed
        )

    def _show(self, now: LetterNow) -> None:
        first = self.now is None
        before = _step(self.now) if self.now else None
        self.now = now
        title = now.standing.service.title if now.standing.service else ""
        self.set_heading(Heading(title, to_persian_digits(now.case.request.party.name)))
        if now.pdf:
            self.drawn = now.drawn
            number = isolate(to_persian_digits(now.held.letter.number))
            self.frame.setAccessibleName(f"نامهٔ {number}")
            self.frame.set_pdf(now.pdf)
        self.frame.set_mark("ابطال شد" if now.held.voided else "")
        self.panel.show_letter(now, self.shell.seat.staff.name)
        self._arrange()
        if now.case.doubts and first and not now.standing.items:
            words = f"این نامه بر پرداختی استوار است که تأیید نشد: {now.case.doubts[-1]}"
            self.shell.tell(to_persian_digits(words), "refuse")
        if now.standing.items and first:
            self.shell.tell(now.standing.items[-1].words, "refuse")
        if before != _step(now):
            self._focus()
        if QApplication.focusWidget() is None:
            # What had the focus is no longer asked.
            self.setFocus()
        self.go_on(now)

    def _focus(self) -> None:
        """Where the next step begins."""
        if self.now is None:
            return
        if not self.panel.isVisible() or self.now.phase not in ("release", "hand"):
            # Never left to chance: the next button in the panel would be the one that voids.
            self.setFocus()
        elif self.now.phase == "release":
            self.panel.release.password.setFocus()
        else:
            hand = self.panel.hand
            (hand.person_id if hand.receiver.value() else hand.receiver).setFocus()
            bring_into_sight(self.panel.hand)

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    def _open_void(self) -> None:
        if not self.panel.isVisible():
            self.shell.show_summary()
        self.panel.open_void()

    def _arrange_asked(self, words: str, icon: str, keys: str, act: Callable[[], None]) -> None:
        """While something is asked in place nothing else is one key away."""
        if self.bar is None:
            return
        main = Button(words, "main", icon=icon, keys=keys)
        main.clicked.connect(act)
        leave = Button("انصراف", "quiet", keys="Esc", tall=True)
        leave.clicked.connect(lambda: self.press("Esc"))
        self.bar.arrange(main=main, quiets=[leave])

    def _arrange(self) -> None:
        now = self.now
        if self.bar is None or now is None:
            return
        if self.panel.voids:
            self._arrange_asked("ابطال نامه", "file-off", "Ctrl+Enter", self.void)
            return
        if self.panel.print_card.asked_again():
            self._arrange_asked("چاپ نسخهٔ دیگر", "printer", "F8", self.print_copy)
            return
        seconds = []
        match now.phase:
            case "release":
                main = Button("تأیید، مهر و چاپ", "main", icon="printer", keys="F8")
                main.clicked.connect(lambda: self.release(print_too=True))
                stamp = Button("فقط مهر", icon="rubber-stamp", tall=True)
                stamp.clicked.connect(lambda: self.release(print_too=False))
                seconds.append(stamp)
            case "print":
                main = Button("چاپ نامه", "main", icon="printer", keys="F8")
                main.clicked.connect(self.print_copy)
            case "hand":
                main = Button("تحویل به متقاضی", "main", icon="user-check", keys="Ctrl+Enter")
                main.clicked.connect(self.hand_over)
            case "recalled" if now.voidable:
                main = Button("ابطال نامه…", "main", icon="file-off", keys="Ctrl+Enter")
                main.clicked.connect(self._open_void)
            case _:
                main = Button(NEXT_CASE, "main", icon="arrow-left", keys="Ctrl+Enter")
                main.clicked.connect(lambda: self.shell.go(places.Queue()))
        if now.phase in ("hand", "done"):
            again = Button("نسخهٔ دیگر…", icon="copy", keys="F8", tall=True)
            again.clicked.connect(self.print_again)
            seconds.append(again)
        fresh = now.case.answer
        if now.held.voided and fresh is not None:
            other = Button("نامهٔ تازه", icon="eye", keys="F9", tall=True)
            place = places.Letter(self.place.case_id, fresh.letter.letter_id)
            other.clicked.connect(lambda: self.shell.instead(place))
            seconds.append(other)
        back = Button("بازگشت به پرونده", "quiet", icon="arrow-right", keys="Esc", tall=True)
        back.clicked.connect(lambda: self.shell.instead(places.Case(self.place.case_id)))
        quiets = [back]
        if self._narrow:
            steps = Button("گام‌ها", "quiet", keys="F7", tall=True)
            steps.clicked.connect(self.shell.show_summary)
            quiets.append(steps)
        sentence = "" if self._narrow and seconds else turn_of(now)
        self.bar.arrange(main=main, seconds=seconds, quiets=quiets, sentence=sentence)


def _step(now: LetterNow) -> tuple[str, int]:
    """Where the letter stands: after a further copy too the next step begins anew."""
    return now.phase, now.held.copies

"""What is done with a letter: stamped, printed, handed over, voided."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.actions import letters
from desktop.domain.case_letters import CaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import places, printing
from desktop.ui.page import Shell
from desktop.ui.pages.acts.acting import Acting
from desktop.ui.pages.letter.cards import tell
from desktop.ui.pages.letter.now import LetterNow
from desktop.ui.pages.letter.side import LetterSide
from desktop.ui.pages.papers.view import PdfFrame
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.inputs.field import FormField

_NO_PASSWORD = "گذرواژهٔ خود را وارد کنید."


class LetterActs(Acting):
    """The acts, each beside the card that asks what it needs."""

    place: places.Letter

    def __init__(self, shell: Shell, place: places.Letter) -> None:
        super().__init__(shell, place)
        self.now: LetterNow | None = None
        self.drawn = ""
        self.frame = PdfFrame(shell.work)
        self.panel = LetterSide()
        self.panel.print_card.answered.connect(self.settle_doubt)
        self._print_wanted = False

    def reload(self) -> None:
        """Look at the letter again; a page says it for itself."""
        raise NotImplementedError

    def failed(self, no: Refusal) -> None:
        """A refusal that stands beside no field."""
        self.shell.tell(no.words, "refuse")

    def release(self, *, print_too: bool) -> None:
        """Stamp it; printed only when the centre has said that it is released."""
        card, now = self.panel.release, self.now
        if now is None:
            return
        password = card.password.value()
        if not password:
            self._say([card.field], [("password", _NO_PASSWORD)], card)
            return
        if print_too and not now.printers:
            self._tell_no_printer()
            return
        seat, case_id, letter = self.shell.seat, self.place.case_id, now.held.letter
        self._print_wanted = print_too

        def failed(no: Refusal) -> None:
            self._print_wanted = False
            self._beside([card.field], card)(no)

        self.act(
            lambda: letters.release(seat, case_id, letter, password),
            lambda _: self.reload(),
            failed,
        )

    def go_on(self, now: LetterNow) -> None:
        """What was wanted after the stamp, now that the letter stands elsewhere."""
        # The stamp's fact may come while its act is still ending: it is looked at again after that.
        if self.acting:
            return
        if self._print_wanted and now.phase == "print":
            self._print_wanted = False
            self.print_copy()
        elif now.phase not in ("waiting", "print"):
            self._print_wanted = False

    def print_again(self) -> None:
        """A further copy: its reason is asked for, then the main button prints it."""
        card = self.panel.print_card
        card.ask_again()
        self.reload()
        self._bring(card)
        card.reason.setFocus()

    def print_copy(self) -> None:
        """The next copy: the ledger first, then the spooler, then what came of it."""
        now, card = self.now, self.panel.print_card
        if now is None or now.settled is None:
            return
        if now.doubts:
            self._bring(card)
            card.came.setFocus()
            self._bar_says("نخست بگویید که کاغذ پیشین بیرون آمد یا نه")
            return
        printer, reason = card.printer.value(), card.reason.value()
        if not printer:
            self._tell_no_printer()
            return
        if now.held.copies and not reason:
            words = "دلیل چاپ نسخهٔ دیگر را بنویسید."
            self._say(card.fields(), [("reason", words)], card)
            return
        # As the centre confirmed it, but counting the copies that are still on their way there.
        held = now.settled if now.settled.copies == now.held.copies else now.held
        title = f"نامهٔ {to_persian_digits(now.held.letter.number)}"
        self.act(
            lambda: self._send(held, printer, reason, title),
            self._sent,
            self._beside(card.fields(), card),
        )

    def _send(self, held: CaseLetter, printer: str, reason: str, title: str) -> str:
        seat, case_id = self.shell.seat, self.place.case_id
        letter_id = held.letter.letter_id
        begun = letters.begin_print(seat, case_id, held, printer, reason)
        copy = to_persian_digits(f"{title}، نسخهٔ {begun.copy}")
        try:
            printing.print_pdf(begun.pdf, printer, copy)
        except Refusal:
            letters.end_print(seat, case_id, letter_id, begun, printer, reason, out=False)
            raise
        letters.end_print(seat, case_id, letter_id, begun, printer, reason, out=True)
        printing.remember(printer)
        return printer

    def _sent(self, printer: str) -> None:
        self.panel.print_card.forget()
        if printer == printing.PAPERLESS:
            self.shell.tell(f"نامه در پوشهٔ اسناد، «{printing.FOLDER}»، نوشته شد.")
        else:
            self.shell.tell(f"نامه به چاپگر {isolate(printer)} فرستاده شد.")
        self.reload()

    def settle_doubt(self, came: bool) -> None:
        """Whether the copy of before the crash came out."""
        if self.now is None or not self.now.doubts:
            return
        seat, doubt = self.shell.seat, self.now.doubts[0]
        self.act(
            lambda: letters.settle_doubt(seat, doubt, out=came),
            lambda _: self.reload(),
            self.failed,
        )

    def hand_over(self) -> None:
        """Give the printed letter to a person."""
        now, card = self.now, self.panel.hand
        faults = card.faults()
        if now is None or faults:
            self._say(card.fields, faults, card)
            return
        seat, case_id, letter_id = self.shell.seat, self.place.case_id, now.held.letter.letter_id
        who, person_id = card.receiver.value(), card.person_id.value()
        seen, password = card.seen.value(), card.password.value()
        self.act(
            lambda: letters.hand_over(seat, case_id, letter_id, who, person_id, seen, password),
            lambda _: self._tell_done(f"نامه به {to_persian_digits(who)} تحویل شد."),
            self._beside(card.fields, card),
        )

    def void(self) -> None:
        """End it, with the reason."""
        now, card = self.now, self.panel.void_card
        faults = card.faults()
        if now is None or faults:
            self._say(card.fields, faults, card)
            return
        seat, case_id, letter_id = self.shell.seat, self.place.case_id, now.held.letter.letter_id
        reason, password = card.reason.value(), card.password.value()

        def done(_: None) -> None:
            # What was said of the letter before is over: the page begins anew.
            self.shell.instead(places.Letter(case_id, letter_id))
            self.shell.tell("نامه ابطال شد؛ شمارهٔ آن دیگر به کار نمی‌رود.")

        self.act(
            lambda: letters.void(seat, case_id, letter_id, reason, password),
            done,
            self._beside(card.fields, card),
        )

    # Telling.

    def _tell_done(self, words: str) -> None:
        """It is done: the letter itself comes into sight again, where its panel hid it."""
        self.shell.show_summary(shown=False)
        self.shell.tell(words)
        self.reload()

    def _say(
        self, fields: Sequence[FormField], faults: Sequence[tuple[str, str]], card: QWidget
    ) -> None:
        self._bring(card)
        tell(fields, faults)
        if faults:
            self._bar_says(faults[0][1])

    def _beside(self, fields: Sequence[FormField], card: QWidget) -> Callable[[Refusal], None]:
        def failed(no: Refusal) -> None:
            if no.field in {field.key for field in fields}:
                self._say(fields, [(no.field or "", no.words)], card)
            else:
                self.shell.tell(no.words, "refuse")
            self.reload()

        return failed

    def _tell_no_printer(self) -> None:
        self._bring(self.panel.print_card)
        self.shell.tell(printing.NO_PRINTER, "refuse")

    def _bring(self, card: QWidget) -> None:
        if not self.panel.isVisible():
            self.shell.show_summary()
        bring_into_sight(card)

    def _bar_says(self, words: str) -> None:
        if self.bar is not None:
            self.bar.say(words)

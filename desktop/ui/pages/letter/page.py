"""The letter: shown as it will be or is on paper; stamped, printed, handed over, voided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import letters, stamping
from desktop.actions.stamping import Chosen
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui import places, printing
from desktop.ui.page import Heading, Kind, Shell
from desktop.ui.pages.acts.acting import Acting, act
from desktop.ui.pages.acts.drafts import ActDrafts
from desktop.ui.pages.acts.following import go_on
from desktop.ui.pages.acts.signed_form import NO_PASSWORD
from desktop.ui.pages.letter.cards import tell
from desktop.ui.pages.letter.facts import FactsStrip
from desktop.ui.pages.letter.now import LetterNow, load, turn_of
from desktop.ui.pages.letter.sending import send_copy, settle_sheet
from desktop.ui.pages.letter.side import LetterSide
from desktop.ui.pages.papers.view import PdfFrame
from desktop.ui.standing.next_act import NEXT_CASE
from desktop.ui.standing.work_items import item_alone
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.scroller import bring_into_sight
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.layouts import Column
from desktop.ui.work import Changed, Job

_MAIN = "Ctrl+Enter"


class LetterPage(Acting):
    """A letter of a case; each act stands beside the card that asks what it needs."""

    place: places.Letter

    # Printers come and go without a word: they are looked for with each round.
    listens = frozenset({Kind.OWN_CASE, Kind.PUBLISHED, Kind.DAY, Kind.SYNC})
    rail = "queue"
    side_width = 380
    begins_flush = True

    def __init__(self, shell: Shell, place: places.Letter) -> None:
        super().__init__(shell, place)
        self.now: LetterNow | None = None
        self.drawn = ""
        self._narrow = False
        self._print_wanted = self._seeks = False
        # The letter to be stamped next, once this one was stamped here.
        self._following: Chosen | None = None
        self._hides_again = False
        self.facts = FactsStrip()
        self.facts.hide()
        self.frame = PdfFrame(shell.work, for_reading=True)
        self.panel = LetterSide()
        column = Column(self.facts, gap=0)
        column.addWidget(self.frame, 1)
        self.setLayout(column)
        self.side = self.panel
        self.panel.finished.connect(self._to_main)
        self.panel.voiding.connect(self._arrange)
        self.panel.print_card.answered.connect(lambda said: self.act(self._settle_sheet(said)))
        self.panel.print_card.question.turned.connect(self._arrange)
        self.panel.print_card.sheets.connect(lambda: shell.go(places.StampedSheets()))
        self.drafts = ActDrafts(self, place.case_id)
        self.panel.voiding.connect(self._keep_typed)

    def enter(self) -> None:
        """Load, and put the focus where work begins."""
        self.setFocus()
        self.drafts.load()
        self._look_for_printers()
        self.reload()

    def leave(self) -> None:
        """What is typed is kept, but no password."""
        self.drafts.leave()
        panel = self.panel
        for card in (panel.release, panel.print_card, panel.hand, panel.void_card):
            card.password.set_value("")
        self.panel.void_card.witness_password.set_value("")

    def _keep_typed(self) -> None:
        """What is typed into the cards that are open is kept, of this letter."""
        now = self.now
        if now is None:
            return
        name = to_persian_digits(now.case.request.party.name)
        self.drafts.of = f"{now.standing.service.title if now.standing.service else ''}، {name}"
        self.drafts.rev = now.case.rev
        self.drafts.settle({fact.cause for fact in now.standing.view.confirmed}, now.refused)
        panel = self.panel
        again = panel.print_card
        number = isolate(to_persian_digits(now.held.letter.number))
        for form, act_, opened in (
            (panel.hand.form, "تحویل", now.phase == "hand"),
            (panel.void_card.form, "ابطال", panel.voids),
            (again.form, "نسخهٔ دیگر", again.asked_again()),
        ):
            form.subject = now.held.letter.letter_id
            form.heading = f"{act_} نامهٔ {number}"
            if opened:
                self.drafts.follow(form)
            else:
                self.drafts.close(form)

    def refresh(self, changed: Changed) -> None:
        """Facts may have come; what is typed stays."""
        self._look_for_printers()
        self.reload()

    def set_narrow(self, narrow: bool) -> None:
        """Narrow: the steps stand behind «گام‌ها», the password over the letter it is for."""
        self._narrow = narrow
        self.facts.set_narrow(narrow)
        if narrow:
            self.facts.put_beside(self.panel.release.field)
        else:
            self.panel.release.put(self.panel.release.field)
        self._arrange()

    def press(self, key: str) -> bool:
        """Esc first gives up what is open in place; F8 also where its button has no room."""
        if key == "F8" and self._hides_again:
            self.print_again()
            return True
        question = self.panel.print_card.question
        if key == "Esc" and question.asks_why:
            question.show_why(asked=False)
            return True
        if key != "Esc" or not (self.panel.close_void() or self.panel.print_card.close_again()):
            return False
        self._keep_typed()
        self._arrange()
        return True

    # Loading and showing.

    def reload(self) -> None:
        """Look at the letter again."""
        self.shell.work.run(self, self._looking(), self._show, self._failed)

    def _looking(self) -> Callable[[], LetterNow]:
        seat, case_id, drawn = self.shell.seat, self.place.case_id, self.drawn
        # The letter that was opened stays, also when another takes its place in the case.
        letter_id = self.now.held.letter.letter_id if self.now else self.place.letter_id
        return partial(load, seat, case_id, letter_id, drawn)

    def _look_for_printers(self) -> None:
        """Apart from the letter: a spooler that hangs must not hold up what is read."""
        if not self._seeks:
            self.flow(self._seek())

    async def _seek(self) -> None:
        card, demo = self.panel.print_card, self.shell.seat.desk.demo
        self._seeks = True
        try:
            card.set_printers(await Job(partial(printing.printers, demo=demo), papers=True))
        finally:
            self._seeks = False
        if self.now is not None:
            card.show_letter(self.now)

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
        self.facts.show_letter(now.case, now.held, now.registered_by, now.standing.today)
        self.facts.show()
        self.frame.set_mark("ابطال شد" if now.held.voided else "")
        self.panel.show_letter(now, self.shell.seat.staff.name)
        self._keep_typed()
        self._arrange()
        if now.case.doubts and first and not now.standing.items:
            words = f"پرداختی که مبنای این نامه است تأیید نشد: {now.case.doubts[-1]}"
            self.shell.tell(to_persian_digits(words), "refuse")
        if now.standing.items and first:
            self.shell.tell(item_alone(now.standing.items[-1]), "refuse")
        if before != _step(now):
            if first and self._narrow and now.phase == "hand" and self._following is None:
                # Whoever comes to hand it over meets what is asked, behind which the letter waits.
                self._bring(self.panel.hand)
            self._focus()
        if QApplication.focusWidget() is None:
            # What had the focus is no longer asked.
            self.setFocus()
        self._go_on(now)

    def _focus(self) -> None:
        """Where the next step begins."""
        if self.now is None:
            return
        if self.now.phase == "release" and self.panel.release.password.isVisible():
            self.panel.release.password.setFocus()
        elif not self.panel.isVisible() or self.now.phase != "hand" or self._following:
            # Never left to chance: the next button in the panel would be the one that voids. Where
            # the panel hid the letter it comes into sight again: what is hidden has no keys.
            self.shell.show_summary(shown=False)
            self.setFocus()
        else:
            hand = self.panel.hand
            (hand.person_id if hand.receiver.value() else hand.receiver).setFocus()
            bring_into_sight(self.panel.hand)

    def _to_main(self) -> None:
        if self.bar is not None and self.bar.main is not None:
            self.bar.main.setFocus()

    # The action bar.

    def _open_void(self) -> None:
        if not self.panel.isVisible():
            self.shell.show_summary()
        self.panel.open_void()

    def _arrange_asked(self, words: str, icon: str, also: str, act: Callable[[], None]) -> None:
        """While something is asked in place nothing else is one key away."""
        if self.bar is None:
            return
        main = Button(words, "main", icon=icon, keys=_MAIN, also=also)
        main.clicked.connect(act)
        leave = Button("انصراف", "quiet", keys="Esc", tall=True)
        leave.clicked.connect(lambda: self.press("Esc"))
        self.bar.arrange(main=main, quiets=[leave])

    def _arrange(self) -> None:
        now = self.now
        if self.bar is None or now is None:
            return
        self._hides_again = False
        if self.panel.voids:
            self._arrange_asked("ابطال نامه", "file-off", "", self.void)
            return
        question = self.panel.print_card.question
        if question.asks_why:
            self._arrange_asked(question.lose.text(), "file-off", "", question.lose.click)
            return
        if self.panel.print_card.asked_again():
            if now.beyond:
                self._arrange_asked("درخواست از ناظر", "send", "", self.ask_copy)
            else:
                self._arrange_asked("چاپ نسخهٔ دیگر", "printer", "F8", self.print_copy)
            return
        seconds = []
        match now.phase:
            case "release":
                words = "تأیید، مهر و چاپ"
                main = Button(words, "main", icon="printer", keys=_MAIN, also="F8")
                main.clicked.connect(lambda: self.release(print_too=True))
                stamp = Button("فقط مهر", icon="rubber-stamp", tall=True)
                stamp.clicked.connect(lambda: self.release(print_too=False))
                seconds.append(stamp)
            case "print":
                main = Button("چاپ نامه", "main", icon="printer", keys=_MAIN, also="F8")
                main.clicked.connect(self.print_copy)
            case "hand" | "waiting" if self._following is not None:
                main = Button("نامهٔ بعدی برای مهر", "main", icon="arrow-left", keys=_MAIN)
                following = places.Letter(self._following.case_id, self._following.letter_id)
                main.clicked.connect(lambda: self.shell.instead(following))
                if now.phase == "hand":
                    hand = Button("تحویل نامه", icon="user-check", tall=True)
                    hand.clicked.connect(self._open_hand)
                    seconds.append(hand)
            case "hand":
                main = Button("تحویل نامه", "main", icon="user-check", keys=_MAIN)
                main.clicked.connect(self.hand_over)
            case "recalled" if now.voidable:
                main = Button("ابطال نامه…", "main", icon="file-off", keys=_MAIN)
                main.clicked.connect(self._open_void)
            case _:
                main = Button(NEXT_CASE, "main", icon="arrow-left", keys=_MAIN)
                main.clicked.connect(lambda: self.flow(go_on(self, self.place.case_id)))
        if now.phase == "theirs" and now.against:
            seconds.append(self._not_now(now.against))
        offers_next = now.phase == "hand" and self._following is not None
        # Narrow, the next letter and this one's handing over leave its button no room, only F8.
        self._hides_again = self._narrow and offers_next
        if now.phase in ("hand", "done") and not self._hides_again:
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

    def _not_now(self, why: str) -> Button:
        """The stamp's key, grey: nobody is asked for a password that would lead nowhere."""
        stamp = Button("تأیید و مهر", icon="rubber-stamp", tall=True)
        stamp.setEnabled(False)
        stamp.setToolTip(why)
        return stamp

    def _open_hand(self) -> None:
        """This letter is handed over now, before another is stamped."""
        self._following = None
        self._arrange()
        self._bring(self.panel.hand)
        self._focus()

    # What is done with it.

    def release(self, *, print_too: bool) -> None:
        """Stamp it; printed only when the centre has said that it is released."""
        self.act(self._release(print_too=print_too))

    async def _release(self, *, print_too: bool) -> None:
        card, now = self.panel.release, self.now
        if now is None:
            return
        password = card.password.value()
        if not password:
            self._say([card.field], [("password", NO_PASSWORD)], card)
            return
        seat, case_id, letter = self.shell.seat, self.place.case_id, now.held.letter
        self._print_wanted = print_too
        try:
            await self.acting_on(partial(letters.release, seat, case_id, letter, password))
        except Refusal as no:
            self._print_wanted = False
            self._beside([card.field], card, no)
            return
        following = partial(stamping.next_to_stamp, seat, case_id)
        self._following = await self.acting_on(following)
        await self.look_again(self._looking(), self._show, self._failed)

    def _go_on(self, now: LetterNow) -> None:
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
        """A further copy: its reason is asked for, then the main button prints it.

        Who may not sign it is asked for nothing.
        """
        card, now = self.panel.print_card, self.now
        if now is None:
            return
        if not (now.copies or now.beyond):
            self._bar_says(f"نسخهٔ دیگر را {now.managers or Role.MANAGER.word} چاپ می‌کند")
            return
        card.ask_again()
        self.reload()
        self._bring(card)
        card.reason.setFocus()

    @act
    async def print_copy(self) -> None:
        """The next copy: the ledger first, then the spooler, then what came of it."""
        card = self.panel.print_card
        if not card.printer.value():
            # They are still looked for: this is answered after them.
            await self.acting_on(lambda: None, papers=True)
        now = self.now
        if now is None or now.settled is None:
            return
        if now.doubts:
            self._bring(card)
            card.came.setFocus()
            self._bar_says("نخست بگویید که کاغذ پیشین بیرون آمد یا نه")
            return
        printer, reason, fields = card.printer.value(), card.reason.value(), card.fields()
        if not printer:
            self._tell_no_printer()
            return
        faults = card.faults(now) if now.held.next_copy > 1 else []
        if faults:
            self._say(fields, faults, card)
            return
        # As the centre confirmed it, but counting the copies that are still on their way there.
        held = now.settled if now.settled.next_copy == now.held.next_copy else now.held
        seat, case_id = self.shell.seat, self.place.case_id
        send = partial(send_copy, seat, case_id, held, printer, reason, card.password.value())
        try:
            sending = self.drafts.ending(card.form, send) if reason else send
            await self.acting_on(sending, papers=True)
        except Refusal as no:
            self._beside(fields, card, no)
            return
        if reason:
            self.drafts.done(card.form)
        card.close_again()
        card.form.typed.restart()
        self.shell.tell(printing.gone("نامه", printer))
        await self.look_again(self._looking(), self._show, self._failed)

    async def _settle_sheet(self, said: str) -> None:
        """What became of the sheet that is asked of: in doubt after a crash, or just come out."""
        sheet = self.now.asked_of if self.now is not None else None
        if self.now is None or sheet is None:
            return
        try:
            await self.acting_on(partial(settle_sheet, self.shell.seat, sheet, said))
        except Refusal as no:
            self._failed(no)
        self.reload()

    @act
    async def ask_copy(self) -> None:
        """More copies than the office prints by itself: the supervisor is asked."""
        now, card = self.now, self.panel.print_card
        if now is None:
            return
        faults = card.faults(now)
        if faults:
            self._say(card.fields(), faults, card)
            return
        seat, letter_id = self.shell.seat, now.held.letter.letter_id
        asking = partial(letters.ask_copy, seat, self.place.case_id, letter_id, card.reason.value())
        try:
            await self.acting_on(self.drafts.ending(card.form, asking))
        except Refusal as no:
            self._beside(card.fields(), card, no)
            return
        self.drafts.done(card.form)
        card.close_again()
        card.form.typed.restart()
        self.shell.tell("نسخهٔ دیگر از ناظر خواسته شد؛ پاسخ او به همین دفتر می‌رسد.")
        await self.look_again(self._looking(), self._show, self._failed)

    @act
    async def hand_over(self) -> None:
        """Give the printed letter to a person."""
        now, card = self.now, self.panel.hand
        faults = card.faults()
        if now is None or faults:
            self._say(card.fields, faults, card)
            return
        seat, case_id, letter_id = self.shell.seat, self.place.case_id, now.held.letter.letter_id
        who, person_id = card.receiver.value(), card.person_id.value()
        seen, password = card.seen.value(), card.password.value()
        handing = partial(
            letters.hand_over, seat, case_id, letter_id, who, person_id, seen, password
        )
        try:
            commands = await self.acting_on(self.drafts.sending(card.form, handing))
        except Refusal as no:
            self._beside(card.fields, card, no)
            return
        self.drafts.sent(card.form, commands)
        # The letter itself comes into sight again, where its panel hid it.
        self.shell.show_summary(shown=False)
        self.shell.tell(f"نامه به {to_persian_digits(who)} تحویل شد.")
        await self.look_again(self._looking(), self._show, self._failed)

    @act
    async def void(self) -> None:
        """End it, with the reason."""
        now, card = self.now, self.panel.void_card
        faults = card.faults()
        if now is None or faults:
            self._say(card.fields, faults, card)
            return
        seat, case_id, letter_id = self.shell.seat, self.place.case_id, now.held.letter.letter_id
        reason, password = card.reason.value(), card.password.value()
        second = card.confirming()
        voiding = partial(letters.void, seat, case_id, letter_id, reason, password, second)
        try:
            commands = await self.acting_on(self.drafts.sending(card.form, voiding))
        except Refusal as no:
            self._beside(card.fields, card, no)
            return
        self.drafts.sent(card.form, commands)
        # What was said of the letter before is over: the page begins anew.
        self.shell.instead(places.Letter(case_id, letter_id))
        self.shell.tell("نامه ابطال شد؛ شمارهٔ آن دیگر به کار نمی‌رود.")

    # Telling.

    def _failed(self, no: Refusal) -> None:
        """A refusal that stands beside no field."""
        self.shell.tell(no.words, "refuse")

    def _say(
        self, fields: Sequence[FormField], faults: Sequence[tuple[str, str]], card: QWidget
    ) -> None:
        self._bring(card)
        tell(fields, faults)
        if faults:
            self._bar_says(faults[0][1])

    def _beside(self, fields: Sequence[FormField], card: QWidget, no: Refusal) -> None:
        if no.field in {field.key for field in fields}:
            self._say(fields, [(no.field or "", no.words)], card)
        else:
            self.shell.tell(no.words, "refuse")
        self.reload()

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


def _step(now: LetterNow) -> tuple[str, int]:
    """Where the letter stands: after a further copy too the next step begins anew."""
    return now.phase, now.held.next_copy

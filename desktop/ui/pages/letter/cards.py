"""The steps of a letter as cards that hold what they need: stamp, print, hand over, void."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from desktop.actions.letters import Witness
from desktop.domain import facts as f
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import LONGEST_ID, foreigner_id, natural_id
from desktop.domain.people import Applicant, Party
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.acts.card_form import CardForm
from desktop.ui.pages.acts.signed_form import NO_PASSWORD, OWN_PASSWORD
from desktop.ui.pages.letter.now import LetterNow
from desktop.ui.pages.letter.sheet_question import SheetQuestion
from desktop.ui.printing import LOOKING, Printer, is_file
from desktop.ui.standing.happenings import moment_words
from desktop.ui.standing.outcome import NOT_HANDED_OVER, shown_at_hand_over, who_takes
from desktop.ui.widgets.button import Button, Link
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.tick_grid import TickGrid
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.lists.steps import Step, StepCard

_NO_SHEET = "شمارهٔ برگ داخل چاپگر را بگویید…"
_ALONE = "امروز جز شما کسی در دفتر نیست؛ ابطال با نام شما ثبت و در شهرداری دیده می‌شود."
CARD, PROXY, INTRODUCTION = "کارت ملی", "وکالت‌نامه", "معرفی‌نامه"
_PAPERS = tuple(dict.fromkeys(f"اصل {kind.paper}" for kind in Applicant))


def tell(fields: Sequence[FormField], faults: Sequence[tuple[str, str]]) -> None:
    """What is wrong beside its fields; the first gets the focus."""
    told = dict(faults)
    for field in fields:
        field.set_error(told.get(field.key))
    for field in fields:
        if field.key in told:
            field.control.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _forgetting(field: FormField) -> FormField:
    def forget() -> None:
        if field.error():
            field.set_error(None)

    field.edited.connect(forget)
    return field


class ReleaseCard(StepCard):
    """«تأیید و مهر» with the password of who stamps."""

    def __init__(self) -> None:
        super().__init__(2, Step("تأیید و مهر", ""))
        self.password = PasswordLine()
        self.field = _forgetting(FormField(OWN_PASSWORD, self.password, key="password"))
        self.put(self.field)

    def show_letter(self, now: LetterNow, name: str) -> None:
        """Whose turn, or who did it and when."""
        asked = now.phase == "release"
        self.field.setVisible(asked)
        released = now.held.release
        self.setVisible(released is not None or now.phase != "ended")
        if released is not None:
            fact = now.fact(f.LetterReleased)
            when = moment_words(fact.at if fact else None, now.standing.today)
            waiting = "، در صف ارسال" if now.phase == "waiting" else ""
            self.set_detail(f"{released.by}، {when}{waiting}")
            self.set_state("current" if waiting else "done")
            self.password.set_value("")
            return
        self.set_state("current" if now.held.live else "later")
        who = f"ثبت‌کننده: {now.registered_by}. " if now.registered_by else ""
        if asked:
            self.set_detail(f"با نام شما، {name}. {who}متن نامه دیگر تغییر نمی‌کند.")
        else:
            self.set_detail(now.against or now.barrier)


class PrintCard(StepCard):
    """«چاپ»: the printer, reason and password for a further copy, and what became of a sheet.

    `answered` is that of the sheet's question. `sheets` comes when another sheet is in the printer
    than the card says.
    """

    answered = Signal(str)
    sheets = Signal()

    def __init__(self) -> None:
        super().__init__(3, Step("چاپ", ""))
        self.printer = ListChoice([])
        self._printer = FormField("چاپگر", self.printer, key="printer")
        self.reason = TextLine(max_length=200)
        self.reason_field = _forgetting(FormField("دلیل نسخهٔ دیگر", self.reason, key="reason"))
        self.password = PasswordLine()
        self._password = _forgetting(FormField(OWN_PASSWORD, self.password, key="password"))
        self.form = CardForm(self, "print-again", "نسخهٔ دیگر نامه", [self.reason_field])
        self.sheet = Link("")
        self.sheet.clicked.connect(self.sheets)
        self.question = SheetQuestion()
        self.question.answered.connect(self.answered)
        self.came, self.bad, self.lost = (
            self.question.came,
            self.question.bad,
            self.question.lost,
        )
        self.why, self.lose = self.question.why, self.question.lose
        self.unreadable = Button("برگ خوانا نیست…", "quiet", icon="file-off")
        self.unreadable.clicked.connect(lambda: self._show_sheet(asked=True))
        self._asked_of = 0
        self._in_doubt = self._opened = False
        for each in (
            self._printer,
            self.sheet,
            self.reason_field,
            self._password,
            self.form.earlier,
            self.unreadable,
            self.question,
        ):
            self.put(each)
            each.hide()
        self._asked_again = False

    def fields(self) -> list[FormField]:
        """What may be at fault."""
        return [self._printer, self.reason_field, self._password]

    def show_letter(self, now: LetterNow) -> None:
        """The copies there are, and what the next one needs."""
        copies, phase = now.held.copies, now.phase
        self.setVisible(bool(copies) or phase != "ended")
        doubt = now.asked_of
        if doubt is None or doubt.print_id != self._asked_of:
            self._asked_of = doubt.print_id if doubt is not None else 0
            self._opened = False
        # Of a sheet that came out nobody need say that it can be read: who hands it over says so.
        self._in_doubt = bool(now.doubts)
        self._show_sheet(asked=self._opened)
        if doubt is not None:
            self.question.ask(doubt, doubted=bool(now.doubts))
        prints = phase in ("release", "waiting", "print") or self._asked_again
        self._printer.setVisible(prints and len(self.printer.options()) > 1)
        self.sheet.setText(f"برگ {now.sheet} در چاپگر است" if now.sheet else _NO_SHEET)
        self.sheet.setVisible(prints and now.sheet is not None)
        self.reason_field.setVisible(self._asked_again and not now.held.spoiled)
        # Who asks the supervisor signs no copy yet; a spoiled copy of the first needs nobody.
        signs = self._asked_again or (now.held.spoiled and now.held.next_copy > 1)
        self._password.setVisible(signs and not now.beyond)
        if copies:
            self.set_state("current" if now.doubts or now.held.spoiled else "done")
            printed = to_persian_digits(f"{now.held.on_paper} نسخه چاپ شد")
            if now.held.spoiled:
                printed = to_persian_digits(f"نسخهٔ {copies} خراب شد؛ همان نسخه دوباره چاپ می‌شود")
            elif now.held.asked:
                printed += "؛ نسخهٔ دیگر از ناظر خواسته شده است"
            self.set_detail(f"{printed}؛ {now.on_paper}." if now.on_paper else printed)
            return
        self.set_state("current" if phase == "print" else "later")
        printer = self.printer.value()
        where = "بی‌چاپگر، در پوشهٔ اسناد" if is_file(printer) else f"چاپگر {isolate(printer)}"
        if not printer:
            where = LOOKING
        self.set_detail(f"{where}، نسخهٔ ۱، کاغذ آ۴")

    def set_printers(self, found: Sequence[Printer]) -> None:
        """Those there are; the one chosen before stays where it is still there."""
        chosen = self.printer.value()
        keys = [each.name for each in found]
        self.printer.set_options([(key, key) for key in keys])
        self.printer.set_value(chosen if chosen in keys else keys[0])

    def ask_again(self) -> None:
        """Ask for the reason of a further copy, and for who makes it."""
        self._asked_again = True
        self.reason_field.show()
        self._password.show()
        self._printer.setVisible(len(self.printer.options()) > 1)

    def _show_sheet(self, *, asked: bool) -> None:
        """What became of the sheet: asked in doubt, else once somebody says that it is no good."""
        stands = bool(self._asked_of)
        self._opened = asked
        self.question.setVisible(stands and (asked or self._in_doubt))
        self.unreadable.setVisible(stands and not asked and not self._in_doubt)
        self.came.setVisible(self._in_doubt)
        if not (asked or self._in_doubt):
            self.question.show_why(asked=False)

    def faults(self, now: LetterNow) -> list[tuple[str, str]]:
        """What the next copy wants that is not there, by field."""
        faults = []
        if not now.held.spoiled and not self.reason.value():
            faults.append(("reason", "دلیل چاپ نسخهٔ دیگر را بنویسید."))
        if not now.beyond and not self.password.value():
            faults.append(("password", NO_PASSWORD))
        return faults

    def asked_again(self) -> bool:
        """Whether a further copy is wanted."""
        return self._asked_again

    def close_again(self) -> bool:
        """No further copy is wanted now, its reason stays; whether one was."""
        asked, self._asked_again = self._asked_again, False
        for each in (self.reason_field, self._password):
            each.set_error(None)
            each.hide()
        self.password.set_value("")
        self.form.earlier.hide()
        return asked


class HandCard(StepCard):
    """«تحویل»: who takes it, the id on the card shown, what was seen, the password."""

    def __init__(self) -> None:
        super().__init__(4, Step("تحویل", ""))
        self._party: Party | None = None
        self.receiver = TextLine(max_length=80)
        self.person_id = DigitsLine(LONGEST_ID)
        code = FormField("کد ملی، از روی کارت", self.person_id, key="receiver_id")
        self._code = _forgetting(code)
        self.seen = TickGrid([(word, word) for word in (CARD, *_PAPERS, PROXY, INTRODUCTION)])
        self.password = PasswordLine()
        self.fields = [
            _forgetting(FormField("تحویل‌گیرنده", self.receiver, key="receiver")),
            self._code,
            _forgetting(FormField("دیده شد", self.seen, key="seen")),
            _forgetting(FormField(OWN_PASSWORD, self.password, key="password")),
        ]
        self.form = CardForm(self, "hand-over", "تحویل نامه", self.fields)
        self.put(self.form.earlier)
        for field in self.fields:
            self.put(field)
            field.hide()

    def show_letter(self, now: LetterNow) -> None:
        """Asked once the letter is printed."""
        asked = now.phase == "hand"
        for field in self.fields:
            field.setVisible(asked)
        self.setVisible(bool(now.held.handed_to) or now.phase != "ended")
        if self._party is None:
            self._party = now.case.request.party
            kind = self._party.kind
            if self._party.foreign:
                self._code.rename("کد فراگیر یا کد ملی، از روی کارت")
            self.receiver.set_value("" if kind.is_body else self._party.name)
            paper = f"اصل {kind.paper}"
            self.seen.offer((CARD, INTRODUCTION) if kind.is_body else (CARD, paper, PROXY))
        handed = now.fact(f.HandedOver)
        if handed is not None and isinstance(handed.payload, f.HandedOver):
            seen = "، ".join(handed.payload.seen)
            when = moment_words(handed.at, now.standing.today)
            self.set_detail(
                to_persian_digits(f"{handed.payload.receiver}، {when}")
                + (f"؛ {seen}" if seen else "")
            )
            self.set_state("done")
            self.password.set_value("")
            return
        self.set_state("current" if asked else "later")
        if now.phase == "recalled":
            self.set_detail(NOT_HANDED_OVER)
        else:
            self.set_detail(f"{who_takes(self._party.kind)}، {shown_at_hand_over(now.case)}")

    def faults(self) -> list[tuple[str, str]]:
        """What is missing, by field."""
        found = []
        typed, party = self.person_id.value(), self._party
        if not self.receiver.value():
            found.append(("receiver", "نام گیرنده را وارد کنید."))
        try:
            (foreigner_id if party is not None and party.foreign else natural_id)(typed)
        except Refusal as no:
            found.append(("receiver_id", no.words))
        else:
            same = party is not None and self.receiver.value() == party.name
            if same and party is not None and party.person_id and typed != party.person_id:
                called = "کد فراگیر" if party.foreign else "کد ملی"
                words = f"این {called} از متقاضی نیست؛ نام گیرنده را هم ببینید."
                found.append(("receiver_id", words))
        body = party is not None and party.kind.is_body
        if CARD not in self.seen.value():
            found.append(("seen", "دیدن کارت ملی گیرنده را علامت بزنید."))
        elif body and INTRODUCTION not in self.seen.value():
            found.append(("seen", "معرفی‌نامهٔ مرجع را ببینید و علامت بزنید."))
        if not self.password.value():
            found.append(("password", NO_PASSWORD))
        return found


class VoidCard(Card):
    """«ابطال نامه» in place: the reason, the manager's password and a colleague's."""

    def __init__(self) -> None:
        super().__init__("ابطال نامه", tone="refuse")
        self.reason = Prose(lines=2, max_length=400)
        self.password = PasswordLine()
        self.fields = [
            _forgetting(FormField("دلیل ابطال", self.reason, key="reason")),
            _forgetting(FormField(OWN_PASSWORD, self.password, key="password")),
        ]
        self.add(
            Label("پس از ابطال، نامه دیگر اعتبار ندارد و شمارهٔ آن دوباره به کار نمی‌رود.", wrap=True)
        )
        self.form = CardForm(self, "void", "ابطال نامه", self.fields)
        self.add(self.form.earlier)
        self.witness = ListChoice([])
        self.witness_password = PasswordLine()
        self.second = [
            _forgetting(FormField("همکاری که تأیید می‌کند", self.witness, key="witness")),
            _forgetting(FormField("گذرواژهٔ همکار", self.witness_password, key="witness_password")),
        ]
        self._alone = Label(_ALONE, "small", "text2", wrap=True)
        self.fields += self.second
        for each in (*self.fields, self._alone):
            self.add(each)

    def show_letter(self, now: LetterNow) -> None:
        """Who of the colleagues may confirm it; nobody is asked for where nobody else is there."""
        options = [(each.staff_id, each.name) for each in now.seconds]
        if list(self.witness.options()) != options:
            chosen = self.witness.value()
            self.witness.set_options(options)
            if options:
                ids = [key for key, _ in options]
                self.witness.set_value(chosen if chosen in ids else ids[0])
        for field in self.second:
            field.setVisible(bool(options))
        self._alone.setVisible(not options)

    def confirming(self) -> Witness | None:
        """The colleague who confirms; None where nobody else is at work."""
        named = str(self.witness.value() or "")
        return Witness(named, self.witness_password.value()) if named else None

    def faults(self) -> list[tuple[str, str]]:
        """What is missing, by field."""
        found = []
        if not self.reason.value():
            found.append(("reason", "دلیل ابطال را بنویسید."))
        if not self.password.value():
            found.append(("password", NO_PASSWORD))
        if self.witness.value() and not self.witness_password.value():
            found.append(("witness_password", "همکارتان گذرواژهٔ خود را بنویسد."))
        return found

    def forget(self) -> None:
        """Without the passwords; the reason stays, should it be opened again."""
        self.password.set_value("")
        self.witness_password.set_value("")
        for field in self.fields:
            field.set_error(None)

"""What is typed on the path of a conversion: a step's paper, the day and the signatures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from desktop.actions import access, act_scans, conversions, publishing, registry
from desktop.actions.conversions import ConversionLook
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_day_month, format_jalali
from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.office import OfficeCard, OfficeKind, is_office_code
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.stream import Topic
from desktop.ui.page import Shell
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.scan_line import ScanLine
from desktop.ui.pages.acts.signed_form import ReasonForm, SignedForm
from desktop.ui.standing.conversion import day_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.holders.card import Card
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.number import DigitsLine
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Grid, Row
from desktop.wire.publishing import PublicationBody

_NO_DAY = "روز را بنویسید."


class StepForm(SignedForm):
    """A paper of the path: number, day, who signed it, its scan; of a licence also its end.

    What is `kept` of the step stands over it; `seen` asks for its scan.
    """

    name = "conversion-step"

    seen = Signal(str)

    def __init__(
        self,
        shell: Shell,
        office: str,
        step: ConversionStep,
        today: date,
        kept: StepDone | None = None,
    ) -> None:
        super().__init__(step.word, "سند این گام", "ثبت سند", "paperclip")
        if kept is not None:
            self._tell_kept(kept)
        self.subject = step.value
        self._office, self.step, self._today = office, step, today
        self.number = FormField("شمارهٔ سند", TextLine(max_length=60), key="number")
        self._dated, self._until = DateLine(today, "past"), DateLine(today, "future")
        self.dated = FormField("تاریخ سند", self._dated, key="dated")
        self.signed_by = FormField("امضاکننده", TextLine(max_length=120), key="signed_by")
        self.until = FormField("پایان پروانه", self._until, key="until")
        self._scan = ScanLine(shell)
        self.scan = FormField("تصویر سند", self._scan, key="scan")
        fields = [(self.number, 1), (self.dated, 1), (self.signed_by, 1), (self.scan, 1)]
        if step is ConversionStep.LICENCE:
            fields.insert(2, (self.until, 1))
            words = "پروانه را کارگروه استانی می‌دهد؛ باید در روز تبدیل اعتبار داشته باشد."
            self.card.add(Label(words, "small", "text2", wrap=True))
        self.put(3, *fields)
        self.put_password()

    def faults(self) -> Faults:
        """What lacks of the paper, beside its field."""
        found: Faults = []
        title = self.step.word
        if not str(self.number.value()).strip():
            found.append(("number", f"شمارهٔ «{title}» را بنویسید."))
        if self._dated.value() is None:
            found.append(("dated", self._dated.fault() or f"تاریخ «{title}» را بنویسید."))
        if self.step is ConversionStep.LICENCE and self._until.value() is None:
            found.append(("until", self._until.fault() or "پایان پروانه را بنویسید."))
        if not str(self.signed_by.value()).strip():
            found.append(("signed_by", "بنویسید چه کسی آن را امضا کرده است."))
        if self._scan.busy or not self._scan.value():
            words = self._scan.fault() or f"تصویر «{title}» پیوست نشده است."
            found.append(("scan", words))
        if not found:
            found += [("dated", words) for words in self.done_now().faults(self._today)]
        return found + self.password_fault()

    def _tell_kept(self, kept: StepDone) -> None:
        """What a new paper would stand in the place of."""
        number, signed = to_persian_digits(kept.number), to_persian_digits(kept.signed_by)
        day = isolate(format_jalali(kept.dated)) if kept.dated else ""
        words = f"اکنون شمارهٔ {isolate(number)} مورخ {day}، {signed}؛ سند تازه جای آن را می‌گیرد."
        row = Row(gap=10)
        row.addWidget(Label(words, wrap=True, middle=True), 1)
        see = Button("دیدن تصویر", icon="eye")
        see.clicked.connect(lambda: self.seen.emit(kept.scan))
        row.addWidget(see)
        self.card.body.addLayout(row)

    def done_now(self) -> StepDone:
        """The step as it is written."""
        return StepDone(
            step=self.step,
            number=str(self.number.value()),
            dated=self._dated.value(),
            signed_by=str(self.signed_by.value()),
            scan=self._scan.value(),
            until=self._until.value() if self.step is ConversionStep.LICENCE else None,
        )

    def job(self, seat: Seat) -> Callable[[], None]:
        """Send the scan, then the step that names it."""
        done, office, password = self.done_now(), self._office, str(self.password.value())
        self.done = f"گام «{self.step.word}» ثبت شد."

        def do() -> None:
            access.confirm(seat, password)
            act_scans.send(seat, done.scan)
            registry.record_step(seat, office, done)

        return do


class MinutesForm(SignedForm):
    """Steps ۷ and ۸: the day with its code, name and act, and the first of two signatures."""

    name = "conversion-minutes"

    def __init__(self, look: ConversionLook, today: date) -> None:
        super().__init__(
            "روز تبدیل",
            "از ساعت ۰۰:۰۰ این روز، نوع و کد دفتر تغییر می‌کند",
            "امضای صورت‌جلسه",
            "clipboard-check",
        )
        self.look, self._today = look, today
        card = look.office.card
        self._day = DateLine(today, "future")
        self._day.offer(11)
        self.day = FormField("روز تبدیل", self._day, key="day")
        self.code = FormField("کد تازه", DigitsLine(20), key="code")
        self._offered = _new_name(card, card.code)
        named = TextLine(max_length=120)
        named.set_value(self._offered)
        self.named = FormField("نام تازه", named, key="name")
        self.authority = FormField("مصوبهٔ تبدیل", TextLine(max_length=300), key="authority")
        self.put(3, (self.day, 1), (self.code, 1), (self.named, 1), (self.authority, 3))
        self.signing = Card("امضای صورت‌جلسه", "پس از دو امضا مهر می‌شود و دیگر تغییر نمی‌کند", gap=8)
        self.know(self.password)
        grid = Grid(3, minimum=120)
        grid.put([(self.password, 1)])
        self.signing.body.addLayout(grid)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.signing)
        self.day.edited.connect(self._tell)
        self.code.edited.connect(self._offer_name)
        self.code.edited.connect(self._tell)
        self._tell()

    def _offer_name(self) -> None:
        """A name that nobody has typed goes with the code."""
        code, shown = str(self.code.value()), to_persian_digits(str(self.named.value()))
        if shown == self._offered and is_office_code(code):
            self._offered = _new_name(self.look.office.card, code)
            self.named.set_value(self._offered)

    def show_look(self, look: ConversionLook) -> None:
        """What the centre tells now."""
        self.look = look
        self._tell()

    def arrange_typed(self) -> None:
        """The hints of what was typed."""
        self._tell()

    def _tell(self) -> None:
        """«شنبه، ۱۱ روز دیگر», «کد ۵۲ آزاد است»."""
        day, code = self._day.value(), str(self.code.value())
        self.day.set_hint(day_words(day, self._today) if day is not None else "")
        free = bool(code) and not self._code_fault()
        self.code.set_hint(to_persian_digits(f"کد {code} آزاد است.") if free else "")

    def _code_fault(self) -> str:
        code = str(self.code.value())
        if not code:
            return "کد تازهٔ دفتر را بنویسید."
        if not is_office_code(code):
            return "کد دفتر را با ۲ تا ۲۰ رقم بنویسید."
        if code == self.look.office.card.code:
            return "این کد کنونی همین دفتر است؛ کد تازه را بنویسید."
        owner = self.look.taken.get(code, "")
        told = to_persian_digits(code)
        taken = f"کد {told} پیش‌تر به {owner} داده شده است؛ کد دیگری بنویسید."
        return taken if owner else ""

    def value(self) -> tuple[OfficeCard, date]:
        """The card and its day; only after `check`."""
        day = self._day.value()
        assert day is not None
        return self.shown(), day

    def chosen_day(self) -> date | None:
        """The day in the line."""
        return self._day.value()

    def shown(self) -> OfficeCard:
        """The card as it is written."""
        return conversions.converted(
            self.look,
            str(self.code.value()),
            to_persian_digits(str(self.named.value())),
            to_persian_digits(str(self.authority.value())),
        )

    def faults(self) -> Faults:
        """What the path lacks, then the day, the code, the act, the password."""
        found: Faults = [(step.value, words) for step, words in self.look.lacking]
        day = self._day.value()
        if day is None:
            found.append(("day", self._day.fault() or _NO_DAY))
        elif day <= self._today:
            found.append(("day", "روز تبدیل باید پس از امروز باشد."))
        if fault := self._code_fault():
            found.append(("code", fault))
        if not str(self.named.value()).strip():
            found.append(("name", "نام تازهٔ دفتر را بنویسید."))
        if not str(self.authority.value()).strip():
            found.append(("authority", "مصوبهٔ تبدیل را بنویسید."))
        return found + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign first."""
        card, day = self.value()
        draft, password = conversions.conversion_draft(card, day), str(self.password.value())
        self.done = "امضای نخست زده شد؛ نفر دیگری همین‌جا امضا می‌کند."

        def do() -> None:
            access.confirm(seat, password)
            publishing.put_forward(seat, draft)

        return do


def _new_name(card: OfficeCard, code: str) -> str:
    """«پیشخوان ۵۲» of a «کارگزاری ۱۷»: the same name with the kind and the number of the day."""
    old, new = to_persian_digits(card.code), to_persian_digits(code)
    words = to_persian_digits(card.name).replace(OfficeKind.AGENCY.word, OfficeKind.COUNTER.word)
    return " ".join(new if word == old else word for word in words.split(" "))


class SecondForm(SignedForm):
    """What waits: read whole, and signed by another person; `asks` where it may be here."""

    name = "conversion-second"

    def __init__(self, waits: PublicationBody, *, own: bool) -> None:
        _, day = conversions.waiting_card(waits)
        super().__init__(
            "صورت‌جلسه‌ای که منتظر امضای دوم است", "", "امضای دوم و مهر صورت‌جلسه", "clipboard-check"
        )
        self.waits, self._day, self.asks = waits, day, not own
        words = [f"روز تبدیل: {isolate(format_jalali(day))}"]
        words += [line for change in waits.told.changes for line in change.lines]
        for line in words:
            self.card.add(Label(line, wrap=True))
        if own:
            mine = "امضای نخست از شماست؛ امضای دوم را نفر دیگری می‌زند."
            self.card.add(Label(mine, "small", "text2", wrap=True))
        elif waits.stale:
            self.card.add(Label(waits.stale, "small", "refuse", wrap=True))
        if not own:
            self.put_password()

    def faults(self) -> Faults:
        """Why it can't be signed any more, or the password."""
        stale: Faults = [("", self.waits.stale)] if self.waits.stale else []
        return stale + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Sign second: the card is published, and the minutes with it."""
        waits, password = self.waits, str(self.password.value())
        self.done = f"صورت‌جلسه مهر شد؛ تبدیل از {format_day_month(self._day)}."

        def do() -> None:
            access.confirm(seat, password)
            publishing.sign(seat, waits)

        return do


class DeclineForm(ReasonForm):
    """What waits for its second signature is put aside: the path stays as it is."""

    name = "conversion-decline"

    def __init__(self, waits: PublicationBody) -> None:
        super().__init__(
            "کنار گذاشتن صورت‌جلسه",
            "",
            "کنار گذاشتن صورت‌جلسه",
            "file-off",
            "صورت‌جلسه امضا نمی‌شود و گام‌ها می‌ماند؛ پس از اصلاح، دوباره آماده کنید.",
        )
        self._waits = waits

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put it aside."""
        waits, reason = self._waits, self.reason_text()
        password = str(self.password.value())
        self.done = "صورت‌جلسه کنار گذاشته شد؛ گام‌ها مانده است."

        def do() -> None:
            access.confirm(seat, password)
            publishing.decline(seat, waits, reason)

        return do


class BackForm(ReasonForm):
    """A signed conversion is taken back before its day."""

    name = "conversion-back"

    def __init__(self, office: str, day: date) -> None:
        super().__init__(
            "برگرداندن امضا",
            "",
            "برگرداندن امضا",
            "arrow-back-up",
            f"تبدیل {format_day_month(day)} انجام نمی‌شود و دفتر کارگزاری می‌ماند؛ گام‌ها می‌ماند و"
            " شمارهٔ صورت‌جلسه به کار نمی‌رود.",
        )
        self._office, self._day = office, day

    def job(self, seat: Seat) -> Callable[[], None]:
        """Take it back."""
        office, day, reason = self._office, self._day, self.reason_text()
        password = str(self.password.value())
        self.done = "امضا برگردانده شد؛ دفتر کارگزاری می‌ماند."

        def do() -> None:
            access.confirm(seat, password)
            publishing.withdraw(seat, Topic.OFFICE, office, day, reason)

        return do

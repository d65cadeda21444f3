"""Acts on imports of records, each with its words and passwords in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.actions import records
from desktop.actions.desk import Seat
from desktop.actions.records import ForcedBody, ImportBody, KeptBody, Second
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.money import format_number
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.pages.acts.form import ActForm, Faults
from desktop.ui.pages.acts.signed_form import SHORT_REASON, SignedForm, is_short
from desktop.ui.pages.records import parts
from desktop.ui.times import time_of
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.password import PasswordLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.layouts import Row
from desktop.wire.assent import SHORTEST_REASON


class RecordsForm(SignedForm):
    """An act on records that its person signs, for some with a reason or a second person.

    `seconds` are the names that may be chosen. A form puts the fields where it wants them.
    """

    def __init__(
        self, heading: str, sentence: str, button: str, icon: str, seconds: Sequence[str] = ()
    ) -> None:
        super().__init__(heading, sentence, button, icon)
        self.reason = FormField("دلیل", Prose(lines=2, max_length=400), key="reason")
        self._seconds = tuple(seconds)
        choice = ListChoice([(name, name) for name in seconds])
        self.second = FormField("نفر دوم", choice, key="second")
        self.second_password = FormField("گذرواژهٔ نفر دوم", PasswordLine(), key="second_password")
        self.reason.edited.connect(self._count)
        self._count()

    def signed_by(self) -> Row:
        """The password, and beside it the second person's name and password."""
        fields = (self.password, self.second, self.second_password)
        self.know(*fields)
        self.ask_second(asked=False)
        row = Row(gap=14)
        for field in fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        return row

    def ask_second(self, *, asked: bool) -> None:
        """Whether a second person must sign."""
        self.second.setVisible(asked)
        self.second_password.setVisible(asked)

    def asks_second(self) -> bool:
        """Whether a second person must sign."""
        return not self.second.isHidden()

    def signature_faults(self) -> Faults:
        """What lacks of the passwords."""
        found = self.password_fault()
        if self.asks_second() and not self._seconds:
            found.append(("second", "در این میز کس دیگری نیست که بتواند امضا کند."))
        elif self.asks_second() and not self.second.value():
            found.append(("second", "نفر دوم را برگزینید؛ او باید همین‌جا گذرواژه‌اش را بزند."))
        elif self.asks_second() and not self.second_password.value():
            found.append(("second_password", "نفر دوم گذرواژهٔ خود را وارد کند."))
        return found

    def arrange_typed(self) -> None:
        """How much of the reason there is."""
        self._count()

    def reason_faults(self) -> Faults:
        """Whether the reason says something."""
        return [("reason", SHORT_REASON)] if is_short(self.reason.value()) else []

    def second_person(self) -> Second | None:
        """Who signs too, if somebody must."""
        if not self.asks_second():
            return None
        return Second(str(self.second.value()), str(self.second_password.value()))

    def refused(self, refusal: Refusal) -> None:
        """Why beside its cause; a wrong password is typed over by what is typed next."""
        field = refusal.field
        if field == "second" and self.second.value():
            field = "second_password"
        if field not in self.fields:
            field = None
        super().refused(Refusal(refusal.words, field=field))
        if field is not None:
            self.go_to(field)

    def _count(self) -> None:
        typed = len(self.reason.value())
        enough = "" if typed >= SHORTEST_REASON else f"؛ دست‌کم {format_number(SHORTEST_REASON)}"
        self.reason.set_hint(f"{format_number(typed)} نویسه{enough}")


class ChosenForm(ActForm):
    """An export that was chosen: of which day its records are, before it is sent."""

    name = "records-chosen"

    def __init__(self, source: Path, today: date, as_of: date, least: date | None) -> None:
        kind = "پوشه" if source.is_dir() else "فایل"
        size = ""
        if source.is_file():
            size = f"، {parts.megabytes(source.stat().st_size)} مگابایت"
        sentence = f"{kind} {parts.name_of(source)}{size}"
        super().__init__("خروجی برگزیده", sentence, "فرستادن و خواندن", "cloud-upload")
        self.source, self._today, self._least = source, today, least
        # The day is of this export: the next one of the same name has another.
        self.subject = f"{source}:{source.stat().st_mtime_ns if source.exists() else ''}"
        self._line = DateLine(today, "past")
        self._line.set_value(as_of)
        hint = "روزی که خروجی در سامانهٔ شهرداری گرفته شده است."
        self.day = FormField("این سوابق تا چه روزی است؟", self._line, key="as_of", hint=hint)
        self.know(self.day)
        row = Row(gap=14)
        row.addWidget(self.day, 1)
        row.addStretch(2)
        self.card.body.addLayout(row)

    def as_of(self) -> date:
        """The day in the line. Only after `check`."""
        day = self._line.value()
        assert day is not None
        return day

    def faults(self) -> Faults:
        """A day that is none, is to come, or is older than the records in force."""
        day, fault = self._line.value(), self._line.fault()
        if day is None:
            return [("as_of", fault or "روز سوابق را وارد کنید.")]
        if day > self._today:
            return [("as_of", "روز سوابق نمی‌تواند پس از امروز باشد.")]
        if self._least is not None and day < self._least:
            since = isolate(format_jalali(self._least))
            words = f"سوابق جاری از {since} است؛ خروجی قدیمی‌تر جای آن را نمی‌گیرد."
            return [("as_of", words)]
        return []


class ReadyForm(RecordsForm):
    """Nothing holds the import back: the supervisor's password puts it into force."""

    name = "records-ready"

    def __init__(self, staged: ImportBody) -> None:
        self._staged = staged
        day = isolate(format_jalali(staged.as_of))
        super().__init__(
            "به کار گرفتن",
            f"از این پس سوابق {day} مبنای پاسخ است؛ تا پایان امروز می‌توان بازگشت.",
            "به کار گرفتن",
            "circle-check",
        )
        row = self.signed_by()
        row.addStretch(2)
        self.card.body.addLayout(row)

    def faults(self) -> Faults:
        """The password."""
        return self.signature_faults()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put it into force."""
        staged, password = self._staged, str(self.password.value())
        return lambda: records.put_in_force(seat, staged, password)


class BackForm(RecordsForm):
    """The records in force are taken back: the former ones answer again."""

    name = "records-back"

    def __init__(self, export_id: int, forced: ForcedBody) -> None:
        self._export_id = export_id
        self.subject = str(export_id)
        super().__init__("بازگشت به سوابق پیشین", "", "بازگشت به سوابق پیشین", "arrow-back-up")
        self.card.add(Label(back_words(forced), wrap=True))
        self.add(self.reason)
        row = self.signed_by()
        row.addStretch(2)
        self.card.body.addLayout(row)

    def faults(self) -> Faults:
        """Reason and password."""
        return self.reason_faults() + self.signature_faults()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Take it back."""
        export_id, reason = self._export_id, str(self.reason.value())
        password = str(self.password.value())
        return lambda: records.take_back(seat, export_id, password, reason)


def back_words(forced: ForcedBody) -> str:
    """What follows when the records in force are taken back."""
    former = forced.former_as_of
    day = f" {isolate(format_jalali(former))}" if former is not None else ""
    words = f"سوابق{day} دوباره پاسخ خواهد داد."
    if not forced.letters:
        return f"{words} از {time_of(forced.at)} تاکنون نامه‌ای صادر نشده است."
    count = format_number(forced.letters)
    return (
        f"{words} {count} نامه که از {time_of(forced.at)} صادر شده است فراخوانده می‌شود: مهرنشده‌ها"
        " باطل و از نو تصمیم‌گیری می‌شود، مهرشده‌ها را مسئول دفتر و تحویل‌شده‌ها را نفر دوم شهرداری"
        " ابطال می‌کند."
    )


class LiftForm(RecordsForm):
    """A hold or file that stayed active is ended, by its letter or by a second person."""

    name = "records-lift"

    def __init__(self, kept: KeptBody, seconds: Sequence[str]) -> None:
        self._id = kept.overlay_id
        self.subject = str(kept.overlay_id)
        code = isolate(to_persian_digits(kept.code))
        super().__init__("رفع ردیف باقی‌مانده", "", "رفع", "lock-open", seconds)
        about = to_persian_digits(kept.about)
        words = f"{kept.sheet}: {about}، کد نوسازی {code}"
        self.done = f"«{about}» در {kept.sheet}، کد نوسازی {code}، پایان یافت."
        self.card.add(Label(words, wrap=True))
        self.number = FormField("شمارهٔ نامهٔ رفع", TextLine(max_length=60), key="number")
        self.without = Tick("نامه‌ای نیست؛ نفر دوم امضا می‌کند")
        self.without.edited.connect(self._turn)
        self.know(self.number)
        self.typed.know("without", self.without)
        row = self.signed_by()
        row.insertWidget(0, self.number, 1, Qt.AlignmentFlag.AlignTop)
        self.card.body.addLayout(row)
        self.card.add(self.without)
        self.without.setVisible(bool(seconds))

    def arrange_typed(self) -> None:
        """The number's line or the second person's."""
        self._turn()

    def _turn(self) -> None:
        alone = not self.without.value()
        self.number.setVisible(alone)
        self.ask_second(asked=not alone)

    def faults(self) -> Faults:
        """The number or the second person, and the password."""
        found: Faults = []
        if not self.without.value() and not self.number.value():
            found.append(("number", "شمارهٔ نامهٔ رفع را وارد کنید."))
        return found + self.signature_faults()

    def job(self, seat: Seat) -> Callable[[], None]:
        """End it."""
        overlay_id, password = self._id, str(self.password.value())
        second = self.second_person()
        number = "" if second is not None else str(self.number.value())
        return lambda: records.lift(seat, overlay_id, password, number=number, second=second)

"""What the unit does to an office: its card changed, its services stopped, and going on again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from desktop.actions import access, act_scans, offices, publishing, staffing
from desktop.actions.desk import Seat
from desktop.actions.heirs import OpenCases
from desktop.actions.office_card import OfficeLook
from desktop.domain.calendar import TEHRAN, WEEKDAYS, format_day_month
from desktop.domain.errors import Refusal
from desktop.domain.hours import Hours, read_spans
from desktop.domain.identifiers import postal_code
from desktop.domain.office import FAR_DAY, OfficeCard, StepFree, is_far
from desktop.domain.office_words import hours_words
from desktop.domain.persian import to_persian_digits
from desktop.domain.place import Bounds, faulty_half, place_fault
from desktop.domain.stop import Stop, Stopped
from desktop.domain.stream import Topic
from desktop.ui.page import Shell
from desktop.ui.pages.acts.act_part import ActPart
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import FOR_SECOND, ReasonForm, SignedForm
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.number import DigitsLine, NumberLine, PhoneLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.tick import Tick
from desktop.ui.widgets.label import Label

_NO_DAY = "روز را بنویسید."
_PHONE = re.compile(r"[0-9]{8,15}")
_OPTIONAL = ("holder", "licence", "neighbourhood")
_NO_HEIR = "-"
_SAME = "چیزی عوض نشده است."
_RESTS_ON = (
    "سندی که این تغییر بر آن مبتنی است، مانند پروانهٔ تازهٔ کارگروه؛ اگر سندی ندارد خالی می‌ماند."
)


class OfficeCardForm(SignedForm):
    """A card as it is to be from a day on, begun with one; two people sign it."""

    def __init__(
        self,
        heading: str,
        card: OfficeCard,
        districts: Sequence[int],
        bounds: Bounds | None,
        today: date,
        act: ActPart | None = None,
    ) -> None:
        """`act` asks for what the change rests on, where something may be named."""
        super().__init__(
            heading,
            "از روزی که می‌نویسید، با امضای نفر دوم",
            FOR_SECOND,
            "send",
        )
        self._card, self._bounds, self._today, self.act = card, bounds, today, act
        line = _line
        self.named = line("نام دفتر", "name", card.name)
        self.holder = line("دارندهٔ پروانه", "holder", card.holder)
        self.licence = line("شمارهٔ پروانه", "licence", card.licence)
        self._until = DateLine(today, "future")
        self._until.set_value(card.licence_until)
        self.until = FormField("پایان پروانه", self._until, key="licence_until", optional=True)
        self.address = line("نشانی", "address", card.address, 200)
        self.neighbourhood = line("محله", "neighbourhood", card.neighbourhood)
        options = [(str(each), to_persian_digits(each)) for each in districts]
        district = Segments(options)
        district.set_value(str(card.district))
        self.district = FormField("منطقه", district, key="district")
        postal = DigitsLine(10)
        postal.set_value(card.postal_code)
        self.postal = FormField("کد پستی", postal, key="postal_code", optional=True)
        phone = PhoneLine((4, 3, 4))
        phone.set_value(card.phone)
        self.phone = FormField("تلفن", phone, key="phone", optional=True)
        self.latitude = _degrees("عرض جغرافیایی", "latitude", card.latitude)
        self.longitude = _degrees("طول جغرافیایی", "longitude", card.longitude)
        counters = DigitsLine(2)
        counters.set_value(str(card.counters or ""))
        self.counters = FormField("شمار باجه‌ها", counters, key="counters", optional=True)
        step_free = Segments([(each.value, each.word) for each in StepFree if each.value])
        step_free.set_value(card.step_free.value)
        self.step_free = FormField(
            "مناسب افراد دارای معلولیت", step_free, key="step_free", optional=True
        )
        authority = Prose(lines=2, max_length=300)
        authority.set_value(card.authority)
        self.authority = FormField("مستند پاسخ‌گویی", authority, key="authority")
        self.put(
            3,
            *self.leading(),
            (self.named, 1), (self.holder, 1), (self.phone, 1),
            (self.licence, 1), (self.until, 1), (self.counters, 1),
            (self.address, 2), (self.postal, 1),
            (self.neighbourhood, 1), (self.district, 1), (self.step_free, 1),
            (self.latitude, 1), (self.longitude, 1), (self.authority, 3),
        )  # fmt: skip
        self.hours = _hours_fields(card)
        words = "ساعت کار هر روز، مانند ۷:۳۰ تا ۱۴ و ۱۶ تا ۲۰؛ روز تعطیل خالی می‌ماند."
        self.card.add(Label(words, "small", "text2", wrap=True))
        self.put(3, *((field, 1) for field in self.hours))
        if act is not None:
            self.card.add(Label(_RESTS_ON, "small", "text2", wrap=True))
            self.put(3, (act.number, 1), (act.dated, 1), (act.body, 1), (act.scan_field, 3))
        self._since = DateLine(today, "future")
        self._since.offer(1)
        self.since = FormField("از روز", self._since, key="since")
        self.reason = FormField("دلیل", Prose(lines=1, max_length=400), key="reason", optional=True)
        self.put(3, (self.since, 1), (self.reason, 2))
        self.put_password()

    def what(self) -> str:
        """What waits for the second signature, in words."""
        return "مشخصات تازه"

    def leading(self) -> list[tuple[FormField, int]]:
        """Fields before the others, each over so many of three columns."""
        return []

    def faults(self) -> Faults:
        """What every office has, and what can't be read; the rest is the centre's to tell."""
        found: Faults = []
        if not str(self.named.value()).strip():
            found.append(("name", "نام دفتر را بنویسید."))
        if (phone := str(self.phone.value())) and not _PHONE.fullmatch(phone):
            found.append(("phone", "تلفن را با پیش‌شمارهٔ شهر بنویسید؛ ۸ تا ۱۵ رقم است."))
        if self._until.raw() and self._until.value() is None:
            found.append(("licence_until", self._until.fault() or _NO_DAY))
        elif (until := self._until.value()) is not None and is_far(until, self._today):
            found.append(("licence_until", FAR_DAY))
        if not str(self.address.value()).strip():
            found.append(("address", "نشانی دفتر را بنویسید."))
        if not self.district.value():
            found.append(("district", "منطقهٔ دفتر را برگزینید."))
        if postal := str(self.postal.value()):
            try:
                postal_code(postal)
            except Refusal as no:
                found.append(("postal_code", no.words))
        place = str(self.latitude.value()), str(self.longitude.value())
        if fault := place_fault(*place, self._bounds):
            found.append((faulty_half(*place), fault))
        if not str(self.authority.value()).strip():
            found.append(("authority", "سندی را بنویسید که دفتر به استناد آن پاسخ می‌دهد."))
        for at, field in enumerate(self.hours):
            try:
                read_spans(str(field.value()))
            except Refusal as no:
                found.append((f"hours{at}", no.words))
        if self.act is not None:
            found += self.act.faults()
        since = self._since.value()
        if since is None:
            found.append(("since", self._since.fault() or _NO_DAY))
        elif is_far(since, self._today):
            found.append(("since", FAR_DAY))
        elif since <= self._today:
            found.append(("since", "مشخصات تازه زودتر از فردا برقرار نمی‌شود."))
        # In the order of the form, the password last.
        order = {key: at for at, key in enumerate(self.fields)}
        return sorted(found, key=lambda fault: order[fault[0]]) + self.password_fault()

    def changed(self) -> OfficeCard:
        """The card as it stands in the form."""
        return replace(
            self._card,
            name=to_persian_digits(str(self.named.value())),
            holder=str(self.holder.value()),
            licence=to_persian_digits(str(self.licence.value())),
            licence_until=self._until.value(),
            address=to_persian_digits(str(self.address.value())),
            neighbourhood=str(self.neighbourhood.value()),
            district=int(self.district.value() or self._card.district),
            postal_code=str(self.postal.value()),
            phone=str(self.phone.value()),
            latitude=str(self.latitude.value()),
            longitude=str(self.longitude.value()),
            counters=int(self.counters.value() or 0),
            step_free=StepFree(str(self.step_free.value())),
            authority=to_persian_digits(str(self.authority.value())),
            hours=self._hours(),
        )

    def _hours(self) -> Hours | None:
        """None while no day says anything, of an office of which nobody ever told."""
        told = [str(field.value()) for field in self.hours]
        before = self._card.hours
        if before is None and not any(text.strip() for text in told):
            return None
        week = tuple(read_spans(text) for text in told)
        return Hours(week, before.special if before else ())

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put it forward; it waits for the second signature."""
        since = self._since.value()
        assert since is not None
        act = self.act.named() if self.act is not None else None
        draft = offices.office_draft([(self.changed(), since)], act)
        self.publication = draft.publication
        self.done = f"{self.what()}، از {format_day_month(since)}، منتظر امضای دوم است."
        reason, password = str(self.reason.value()), str(self.password.value())

        def do() -> None:
            access.confirm(seat, password)
            act_scans.send(seat, *offices.scans_of(draft))
            publishing.put_forward(seat, draft, reason)

        return do


class EditForm(OfficeCardForm):
    """The card of an office as it is to be; what nobody touches stays.

    Where another is to come it is begun with that one: nothing that two signed is undone.
    """

    name = "office-edit"

    def __init__(self, shell: Shell, look: OfficeLook, today: date) -> None:
        act = ActPart(shell, today, scanned=False, optional=True)
        super().__init__("ویرایش مشخصات", look.newest, look.districts, look.bounds, today, act)
        self._look = look
        self._since.set_value(look.since)
        if look.coming is not None:
            self.card.beside.setText(coming_words(look))

    def faults(self) -> Faults:
        """Something is to change."""
        found = super().faults()
        since = self._since.value()
        if since is not None and self._today < since < self._look.since:
            found.insert(0, ("since", too_early(self._look)))
        unread = [each for each in found if each[0] != "password"]
        same = not unread and self.changed() == self._card
        return [("name", _SAME), *found] if same else found


def coming_words(look: OfficeLook) -> str:
    """What a form is begun with, where a card is still to come."""
    return f"بر پایهٔ مشخصاتی که از {_last_said(look)} برقرار می‌شود، و پس از آن"


def too_early(look: OfficeLook) -> str:
    """Why a day before the last card that is still to come is none for another."""
    return f"از {_last_said(look)} مشخصات تازه‌ای برقرار می‌شود؛ روزی پس از آن بنویسید."


def _last_said(look: OfficeLook) -> str:
    return format_day_month(look.since - timedelta(days=1))


def _line(label: str, key: str, text: str, most: int = 120) -> FormField:
    control = TextLine(max_length=most)
    control.set_value(text)
    return FormField(label, control, key=key, optional=key in _OPTIONAL)


def _degrees(label: str, key: str, text: str) -> FormField:
    control = NumberLine(places=6, whole=3)
    control.set_value(text)
    return FormField(label, control, key=key, optional=True)


def _hours_fields(card: OfficeCard) -> list[FormField]:
    fields = []
    for at, day in enumerate(WEEKDAYS):
        control = TextLine(max_length=60)
        spans = card.hours.week[at] if card.hours else ()
        control.set_value(hours_words(spans) if spans else "")
        fields.append(FormField(day, control, key=f"hours{at}", topic="hours"))
    return fields


NOW, LATER = "now", "later"


class _Moment:
    """From now, or from the beginning of a day to come."""

    def __init__(self, today: date, label: str) -> None:
        self._when = Segments([(NOW, "از همین لحظه"), (LATER, "از روزی دیگر")])
        self._when.set_value(NOW)
        self.when = FormField(label, self._when, key="when")
        self._line = DateLine(today, "future")
        self.day = FormField("از آغاز روز", self._line, key="day")
        self.edited = self._when.edited
        self.edited.connect(self.arrange)
        self.arrange()

    def arrange(self) -> None:
        """The day shows where it is asked."""
        self.day.setVisible(self._when.value() == LATER)

    def is_now(self) -> bool:
        """Whether it is at once."""
        return bool(self._when.value() != LATER)

    def faults(self) -> Faults:
        """A day that is none, or not to come."""
        if self._when.value() != LATER:
            return []
        day = self._line.value()
        if day is None:
            return [("day", self._line.fault() or _NO_DAY)]
        return [("day", "روز باید پس از امروز باشد.")] if day <= self._line.today else []

    def value(self) -> datetime | None:
        """The moment, UTC; None for now."""
        day = self._line.value()
        if self._when.value() != LATER or day is None:
            return None
        return datetime.combine(day, time(), TEHRAN).astimezone(UTC)


class StopForm(SignedForm):
    """توقف خدمات شهرداری: no request is taken any more, at once, by one signed decision.

    A whole one keeps the office's letters too, and says who finishes what is open; `offer` gives
    the offices that can.
    """

    name = "office-stop"

    def __init__(
        self, shell: Shell, look: OfficeLook, undelivered: int | None, today: date
    ) -> None:
        super().__init__("توقف خدمات شهرداری", "", "توقف خدمات", "ban")
        self._office, self._undelivered = look.card.own_id, undelivered or 0
        self._words = Label("", wrap=True)
        self.card.add(self._words)
        self.whole = Tick("پس از تخلف: نامه‌ها هم در دفتر می‌ماند و دفتر دیگری آن‌ها را تحویل می‌دهد")
        self.whole.edited.connect(self.arrange_typed)
        self.typed.know("whole", self.whole)
        self.card.add(self.whole)
        self._heirs = ListChoice([])
        self.heir = FormField("دفتری که پرونده‌های باز را به پایان می‌رساند", self._heirs, key="heir")
        self.cause = FormField("علت توقف", Prose(lines=2, max_length=300), key="cause")
        self.act = ActPart(shell, today, scanned=False)
        self.moment = _Moment(today, "از کی؟")
        self.moment.edited.connect(self.arrange_typed)
        self.put(3, (self.heir, 2))
        # Offered by what is open now.
        self.typed.let_pass("heir")
        self.put(3, (self.cause, 3))
        self.put(
            3, (self.act.number, 1), (self.act.dated, 1), (self.act.body, 1),
            (self.act.scan_field, 1), (self.moment.when, 1), (self.moment.day, 1),
        )  # fmt: skip
        self.put_password()
        self.arrange_typed()

    def offer(self, cases: OpenCases) -> None:
        """Offer the offices that can take over what is open."""
        self._heirs.set_options([*cases.offices.items(), (_NO_HEIR, "بعداً از همین کارت")])

    def arrange_typed(self) -> None:
        """The day shows where it was asked; who finishes what is open where letters are kept."""
        self.moment.arrange()
        self.heir.setVisible(self._names_heir())
        self._words.setText(self._said())

    def _names_heir(self) -> bool:
        return bool(self.whole.value()) and self.moment.is_now()

    def _said(self) -> str:
        count, letters = self._undelivered, ""
        if self.whole.value():
            letters = "؛ نامه‌ای هم مهر، چاپ، ابطال یا تحویل نمی‌شود"
        elif count:
            letters = to_persian_digits(f"؛ {count} نامهٔ صادرشده تحویل می‌شود")
        return (
            f"از همین لحظه درخواست تازه پذیرفته نمی‌شود{letters}. پروندهٔ باز ادامه دارد. پروانهٔ"
            " دفتر را کارگروه استانی می‌دهد و می‌گیرد؛ این کار تنها خدمات شهرداری را متوقف می‌کند."
        )

    def faults(self) -> Faults:
        """Who finishes what is open, cause, act, moment, password."""
        found: Faults = []
        if self._names_heir() and not self.heir.value():
            found.append(("heir", "دفتری را برگزینید، یا «بعداً» را."))
        if not str(self.cause.value()).strip():
            found.append(("cause", "علت توقف را بنویسید."))
        return found + self.act.faults() + self.moment.faults() + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Stop it."""
        cause, act, since = str(self.cause.value()), self.act.act(), self.moment.value()
        office, password, whole = self._office, str(self.password.value()), self.whole.value()
        heir = str(self.heir.value()) if self._names_heir() else _NO_HEIR
        self.done = "خدمات شهرداری در این دفتر متوقف شد؛ همهٔ باجه‌ها آگاه می‌شوند."
        if since is not None:
            day = format_day_month(since.astimezone(TEHRAN).date())
            self.done = f"خدمات شهرداری در این دفتر از {day} متوقف می‌شود."

        def do() -> None:
            access.confirm(seat, password)
            act_scans.send(seat, act.scan)
            if whole:
                named = heir if heir != _NO_HEIR else ""
                staffing.stop_wholly(seat, office, named, cause, act, since)
            else:
                staffing.stop(seat, Stopped.OFFICE, office, cause, act, since)

        return do


class StopBackForm(ReasonForm):
    """A stop is taken back before it begins: nothing was stopped yet, so one signature does."""

    name = "office-stop-back"

    def __init__(self, stop: Stop) -> None:
        told = f"توقف {stop.words}. با این کار آغاز نمی‌شود و دفتر مانند همیشه درخواست می‌پذیرد."
        super().__init__("برگرداندن توقف", "", "برگرداندن توقف", "arrow-back-up", told)
        self._stop = stop

    def job(self, seat: Seat) -> Callable[[], None]:
        """Take it back."""
        who, day = self._stop.who, self._stop.since.astimezone(TEHRAN).date()
        reason, password = self.reason_text(), str(self.password.value())
        self.done = "توقف برگردانده شد؛ خدمات شهرداری در این دفتر ادامه دارد."

        def do() -> None:
            access.confirm(seat, password)
            publishing.withdraw(seat, Topic.STOP, who, day, reason)

        return do


class LiftForm(SignedForm):
    """The end of a stop: put forward by one, signed by another on the same day."""

    name = "office-lift"

    def __init__(self, shell: Shell, stop: Stop, today: date) -> None:
        sentence = "با امضای نفر دوم در همین روز، دفتر دوباره درخواست می‌پذیرد"
        super().__init__("پایان توقف خدمات", sentence, FOR_SECOND, "send")
        self._stop, self._now = stop, shell.now
        self.card.add(Label(f"متوقف {stop.words}", wrap=True))
        self.act = ActPart(shell, today, scanned=False)
        self.put(
            3,
            (self.act.number, 1),
            (self.act.dated, 1),
            (self.act.body, 1),
            (self.act.scan_field, 1),
        )
        self.put_password()

    def faults(self) -> Faults:
        """Act and password."""
        return self.act.faults() + self.password_fault()

    def job(self, seat: Seat) -> Callable[[], None]:
        """Put it forward."""
        act, password = self.act.act(), str(self.password.value())
        draft = staffing.lift_draft(self._stop, act, self._now())
        self.publication = draft.publication
        self.done = "پایان توقف منتظر امضای دوم است؛ تا پایان امروز باید امضا شود."

        def do() -> None:
            access.confirm(seat, password)
            act_scans.send(seat, act.scan)
            publishing.put_forward(seat, draft)

        return do

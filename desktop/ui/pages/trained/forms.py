"""What is put forward of training: paper records of several people at once, and extensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from desktop.actions import access, act_scans, publishing, readiness, staffing
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate
from desktop.domain.service import Service
from desktop.domain.training import Training
from desktop.ui.page import Shell
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.scan_line import ScanLine
from desktop.ui.pages.acts.signed_form import FOR_SECOND, SignedForm, is_short
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.tick_grid import TickGrid
from desktop.ui.widgets.layouts import Row
from desktop.wire.publishing import DraftBody

_NOBODY = "دست‌کم یک نفر را برگزینید."
_DOUBTED = "ناظر دیگر هم باید ببیند: {}. دلیل را بنویسید."
_SHORT = "دلیل را بنویسید؛ کسی که امضای دوم را می‌دهد آن را می‌خواند."


class TrainingForm(SignedForm):
    """What is put forward is signed by a second person; its doubts are overruled with a reason."""

    def __init__(self, heading: str, sentence: str, people: Mapping[str, str]) -> None:
        super().__init__(heading, sentence, FOR_SECOND, "send")
        grid = TickGrid(list(people.items()), columns=3)
        self.people = FormField("چه کسانی", grid, key="people")
        self.reason = FormField("دلیل", Prose(lines=2, max_length=400), key="reason")
        self.reason.hide()
        self._doubted = False

    def _chosen(self) -> tuple[str, ...]:
        return tuple(self.people.value())

    def faults(self) -> Faults:
        """Nobody chosen; a doubt overruled without a reason."""
        found: Faults = [] if self._chosen() else [("people", _NOBODY)]
        if self._doubted and is_short(str(self.reason.value())):
            found.append(("reason", _SHORT))
        return found + self.password_fault()

    def doubted(self, words: Sequence[str]) -> None:
        """Ask why it is to be so all the same."""
        self._doubted = True
        self.reason.show()
        self.show_faults([("reason", _DOUBTED.format(" ".join(words)))])
        self.go_to("reason")

    def preparing(self) -> Callable[[Seat], list[str]]:
        """What puts it forward; it gives doubts where nobody overruled them yet."""
        draft, reason = self.drafting(), str(self.reason.value()).strip()
        overrules, password = self._doubted, str(self.password.value())

        def prepare(seat: Seat) -> list[str]:
            access.confirm(seat, password)
            told = draft(seat)
            weighed = publishing.weigh(seat, told)
            if weighed.hindrances:
                raise Refusal(" ".join(dict.fromkeys(each.words for each in weighed.hindrances)))
            if weighed.warnings and not overrules:
                return [each.words for each in weighed.warnings]
            publishing.prepare(seat, told, weighed.warnings, reason if weighed.warnings else "")
            return []

        return prepare

    def drafting(self) -> Callable[[Seat], DraftBody]:
        """What makes the draft, with values taken now."""
        raise NotImplementedError


class PaperRecordForm(TrainingForm):
    """ثبت کارنامهٔ کاغذی: who passed which services, when, with whom, and its scan."""

    name = "training-paper"

    def __init__(
        self, shell: Shell, office: str, people: Mapping[str, str], services: Sequence[Service]
    ) -> None:
        super().__init__(
            "ثبت کارنامهٔ کاغذی",
            "برای هر نفر و هر خدمتی که کارنامهٔ تازه‌تری ندارد؛ پس از امضای دوم به حساب می‌آید.",
            people,
        )
        self.subject = office
        self._today, self._on = shell.today(), DateLine(shell.today(), "past")
        offered = [(each.code, each.short or each.title) for each in services]
        self.services = FormField("خدمت‌ها", TickGrid(offered, columns=4), key="services")
        self.on = FormField("روز آموزش", self._on, key="on")
        self.by = FormField("مدرس یا برگزارکننده", TextLine(max_length=120), key="by")
        self.score = FormField("نمره", TextLine(max_length=30), key="score", optional=True)
        self._scan = ScanLine(shell)
        self.scan = FormField("تصویر کارنامه", self._scan, key="scan")
        self.know(self.people, self.services, self.on, self.by, self.score, self.scan, self.reason)
        row = Row(gap=14)
        for field in (self.on, self.by, self.score):
            row.addWidget(field, 1)
        self.card.add(self.people)
        self.card.add(self.services)
        self.card.body.addLayout(row)
        self.card.add(self.scan)
        self.card.add(self.reason)
        self.put_password()

    def begin(self, service: str) -> None:
        """For the service that the page shows."""
        self.services.set_value([service] if service else [])

    def faults(self) -> Faults:
        """Everything that stands against it."""
        found = super().faults()
        on = self._on.value()
        if not self.services.value():
            found.append(("services", "دست‌کم یک خدمت را برگزینید."))
        if on is None:
            found.append(("on", self._on.fault() or "روز آموزش را بنویسید."))
        elif on > self._today:
            found.append(("on", "روز آموزش پس از امروز است."))
        if not str(self.by.value()).strip():
            found.append(("by", "نام مدرس را بنویسید."))
        if self._scan.busy or not self.scan.value():
            found.append(("scan", self._scan.fault() or "تصویر کارنامه پیوست نشده است."))
        order = list(self.fields)
        return sorted(found, key=lambda fault: order.index(fault[0]))

    def drafting(self) -> Callable[[Seat], DraftBody]:
        """A record for each person and service, in the version that was in force then."""
        people, services = self._chosen(), tuple(self.services.value())
        on, by = self.on.value(), str(self.by.value()).strip()
        score, scan = str(self.score.value()).strip(), str(self.scan.value())
        assert isinstance(on, date)

        def draft(seat: Seat) -> DraftBody:
            act_scans.send(seat, scan)
            records = readiness.paper_records(
                seat.desk, people, services, on=on, by=by, score=score, scan=scan
            )
            told_since = readiness.told_since(seat.desk, records)
            return staffing.trainings_draft(records, told_since=told_since)

        return draft


class ExtendForm(TrainingForm):
    """تمدید: records of a service count until a day, whatever version is in force."""

    name = "training-extend"

    def __init__(
        self,
        shell: Shell,
        office: str,
        people: Mapping[str, str],
        service: Service,
        records: Mapping[str, Training],
    ) -> None:
        super().__init__(
            f"تمدید آموزش «{service.short or service.title}»",
            "تا آن روز، هر نسخه‌ای از خدمت که در کار باشد؛ با امضای دوم به حساب می‌آید.",
            {staff: name for staff, name in people.items() if staff in records},
        )
        self.subject = f"{office}:{service.code}"
        self._records, self._today = records, shell.today()
        self._until = DateLine(self._today, "future")
        self.until = FormField("تا روز", self._until, key="until")
        self.know(self.people, self.until, self.reason)
        self.card.add(self.people)
        self.card.add(self.until)
        self.card.add(self.reason)
        self.put_password()

    def faults(self) -> Faults:
        """Everything that stands against it."""
        found = super().faults()
        until = self._until.value()
        if until is None:
            found.append(("until", self._until.fault() or "روز پایان تمدید را بنویسید."))
        elif until < self._today:
            day = isolate(format_jalali(self._today))
            found.append(("until", f"روز پایان تمدید پیش از امروز، {day}، است."))
        order = list(self.fields)
        return sorted(found, key=lambda fault: order.index(fault[0]))

    def drafting(self) -> Callable[[Seat], DraftBody]:
        """Their last records as they count until that day."""
        until, today = self.until.value(), self._today
        assert isinstance(until, date)
        told = [staffing.extended(self._records[staff], until) for staff in self._chosen()]
        return lambda _: staffing.trainings_draft(told, today)

"""اطلاعیهٔ تازه: what it is about, when, to which offices, in which words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.actions import access, announcements
from desktop.actions.desk import Seat
from desktop.domain.announcement import About, Announcement
from desktop.domain.calendar import TEHRAN
from desktop.domain.errors import Refusal
from desktop.domain.hours import moment_of, read_stretch
from desktop.domain.office import OfficeCard
from desktop.domain.persian import clean, to_latin_digits, to_persian_digits
from desktop.domain.service import Service
from desktop.ui.city_words import district_name
from desktop.ui.pages.acts.form import Faults
from desktop.ui.pages.acts.signed_form import SignedForm
from desktop.ui.widgets.inputs.date_line import DateLine
from desktop.ui.widgets.inputs.field import FormField
from desktop.ui.widgets.inputs.line import TextLine
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.inputs.prose import Prose
from desktop.ui.widgets.inputs.segments import Segments
from desktop.ui.widgets.inputs.tick_grid import TickGrid
from desktop.ui.widgets.layouts import Row

_ALL, _DISTRICT, _SOME = "all", "district", "some"
_TO = ((_ALL, "همهٔ دفترها"), (_DISTRICT, "دفترهای یک منطقه"), (_SOME, "دفترهای برگزیده"))
_BETWEEN = re.compile(r"[،,\s]+")
_PARTS = {"since": "hours", "until": "hours"}
# Thousands of codes, for a reminder to as many offices.
_CODES = 40_000
_NO_DISTRICT = "در این منطقه دفتری نیست؛ منطقهٔ دیگری برگزینید."
_ABOUT = tuple((about.value, about.word) for about in About)


class AnnouncementForm(SignedForm):
    """What is asked of each kind comes with it; what is typed into another kind stays. It is signed
    with the password."""

    name = "announcement"

    def __init__(
        self,
        services: Mapping[str, Service],
        offices: Mapping[str, OfficeCard],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(
            "اطلاعیهٔ تازه",
            "همین که فرستاده شود، هر دفتر هنگام وصل بودن خط آن را می‌بیند.",
            "فرستادن اطلاعیه",
            "send",
        )
        self._offices, self._now = offices, now
        self._announcement = announcements.new_announcement()
        self._replaces = ""
        today = now().astimezone(TEHRAN).date()
        districts = sorted({card.district for card in offices.values()})
        self.about = FormField("موضوع", Segments(_ABOUT), key="about")
        self.title = FormField("عنوان", TextLine(max_length=100), key="title")
        self._day = DateLine(today, "future")
        self.day = FormField("روز قطعی", self._day, key="day")
        shown = "مانند ۱۴ تا ۱۶؛ ۲۲ تا ۲، تا بامداد"
        self.hours = FormField("ساعت قطعی", TextLine(max_length=30), key="hours", hint=shown)
        self._due = DateLine(today, "future")
        self.due = FormField("پیش از روز", self._due, key="due")
        grid = TickGrid(
            [(code, each.short or each.title) for code, each in services.items()], columns=4
        )
        self.services = FormField("خدمت‌ها", grid, key="services")
        self.to = FormField("به", Segments(_TO), key="to")
        named = [(str(each), district_name(each)) for each in districts]
        self.district = FormField("منطقه", ListChoice(named), key="district")
        self.codes = FormField(
            "کد دفترها", TextLine(max_length=_CODES), key="offices", hint="کدها را با فاصله بنویسید"
        )
        self.counters = FormField(
            "باجه‌ها", TextLine(max_length=60), key="counters", hint="خالی: همهٔ باجه‌ها",
            optional=True,
        )  # fmt: skip
        self.words = FormField("متن", Prose(lines=5, max_length=2_000), key="words")
        every = (
            self.about, self.title, self.day, self.hours, self.due, self.services, self.to,
            self.district, self.codes, self.counters, self.words,
        )  # fmt: skip
        self.know(*every)
        self.card.add(self.about)
        self.card.add(self.title)
        self.card.body.addLayout(_beside(self.day, self.hours, self.due))
        self.card.add(self.services)
        self.card.add(self.to)
        self.card.body.addLayout(_beside(self.district, self.codes, self.counters))
        self.card.add(self.words)
        self.put_password()
        self.about.set_value(About.OUTAGE.value)
        self.to.set_value(_ALL)
        for choice in (self.about, self.to):
            choice.edited.connect(self.arrange_typed)
        self.arrange_typed()

    def begin(self, announcement: Announcement) -> None:
        """Fill it with what another page knows of it."""
        self.about.set_value(announcement.about.value)
        self.title.set_value(announcement.title)
        self.words.set_value(announcement.words)
        self.services.set_value(announcement.services)
        self.due.set_value(announcement.due)
        self._replaces = announcement.replaces
        due = announcement.due.isoformat() if announcement.due is not None else ""
        self.subject = announcement.replaces or due
        if announcement.since is not None and announcement.until is not None:
            self.day.set_value(announcement.since.astimezone(TEHRAN).date())
            self.hours.set_value(_hours(announcement.since, announcement.until))
        if announcement.offices:
            codes = (self._offices[of].code for of in announcement.offices if of in self._offices)
            self.to.set_value(_SOME)
            self.codes.set_value(" ".join(sorted(codes, key=lambda code: (len(code), code))))
        self.counters.set_value(" ".join(map(str, announcement.counters)))
        self.arrange_typed()

    def first(self) -> QWidget | None:
        """The first that is empty of title, text and password: who was handed both signs."""
        asked = (self.title, self.words)
        return next((field for field in asked if not field.value()), self.password)

    def arrange_typed(self) -> None:
        """Only what is asked of the kind, and of those it goes to."""
        about, to = str(self.about.value()), str(self.to.value())
        self.day.setVisible(about == About.OUTAGE)
        self.hours.setVisible(about == About.OUTAGE)
        self.due.setVisible(about == About.TRAINING)
        self.services.setVisible(about in (About.TRAINING, About.RULE))
        self.district.setVisible(to == _DISTRICT)
        self.codes.setVisible(to == _SOME)
        self.counters.setVisible(to == _SOME and about == About.OUTAGE)

    def faults(self) -> Faults:
        """Everything that stands against it, beside its cause."""
        found: Faults = []
        told = self._told(found)
        known = {key for key, _ in found}
        for part, words in told.faults(self._now()):
            key = _PARTS.get(part, part)
            if key not in known and not (key == "hours" and "day" in known):
                found.append((key, words))
        found += self.password_fault()
        order = list(self.fields)
        return sorted(found, key=lambda fault: order.index(fault[0]))

    def announcing(self) -> Callable[[Seat], datetime]:
        """What announces it as it stands now, by the password."""
        told, password = self._told([]), str(self.password.value())

        def announce(seat: Seat) -> datetime:
            return announcements.announce(access.confirm(seat, password).seat, told)

        return announce

    def _told(self, found: Faults) -> Announcement:
        about = About(str(self.about.value()))
        since, until = self._span(found) if about is About.OUTAGE else (None, None)
        asked = about in (About.TRAINING, About.RULE)
        if about is About.TRAINING and (fault := self._due.fault()):
            found.append(("due", fault))
        return Announcement(
            announcement=self._announcement,
            about=about,
            title=str(self.title.value()).strip(),
            words=str(self.words.value()).strip(),
            at=self._now(),
            by="",
            offices=self._addressed(found),
            services=tuple(self.services.value()) if asked else (),
            since=since,
            until=until,
            due=self._due.value() if about is About.TRAINING else None,
            replaces=self._replaces,
            counters=self._counters(found) if since is not None else (),
        )

    def _span(self, found: Faults) -> tuple[datetime | None, datetime | None]:
        day = self._day.value()
        if day is None:
            found.append(("day", self._day.fault() or "روز قطعی را بنویسید."))
            return None, None
        try:
            span = read_stretch(str(self.hours.value()))
        except Refusal:
            found.append(("hours", "آغاز و پایان قطعی را بنویسید، مانند ۱۴:۰۰ تا ۱۶:۰۰."))
            return None, None
        return moment_of(day, span.opens), moment_of(day, span.closes)

    def _counters(self, found: Faults) -> tuple[int, ...]:
        """The numbers of the counters that it is about; none are all."""
        if self.to.value() != _SOME:
            return ()
        typed = _BETWEEN.split(to_latin_digits(clean(str(self.counters.value()))))
        numbers = [each for each in typed if each]
        if not all(each.isdecimal() and len(each) <= 2 for each in numbers):
            found.append(("counters", "شمارهٔ باجه‌ها را با فاصله بنویسید، مانند ۱ ۳."))
            return ()
        return tuple(sorted({int(each) for each in numbers}))

    def _addressed(self, found: Faults) -> tuple[str, ...]:
        """The ids of the offices that it goes to; none are all."""
        to = self.to.value()
        if to == _DISTRICT:
            chosen = str(self.district.value())
            of = (key for key, card in self._offices.items() if str(card.district) == chosen)
            ids = tuple(sorted(of))
            if not ids:
                found.append(("district", _NO_DISTRICT if chosen else "منطقه را برگزینید."))
            return ids
        if to != _SOME:
            return ()
        by_code = {card.code: key for key, card in self._offices.items()}
        typed = [code for code in _BETWEEN.split(clean(str(self.codes.value()))) if code]
        strange = [code for code in typed if code not in by_code]
        if strange:
            told = "، ".join(f"«{code}»" for code in strange)
            found.append(("offices", to_persian_digits(f"دفتری با کد {told} نیست.")))
        elif not typed:
            found.append(("offices", "کد دفترها را بنویسید."))
        return tuple(sorted({by_code[code] for code in typed if code in by_code}))


def _hours(since: datetime, until: datetime) -> str:
    first, last = (moment.astimezone(TEHRAN) for moment in (since, until))
    return f"{first.hour}:{first.minute:02} تا {last.hour or 24}:{last.minute:02}"


def _beside(*fields: FormField) -> Row:
    row = Row(gap=14)
    for field in fields:
        row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return row

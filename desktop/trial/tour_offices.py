"""The tour of the city's offices: the unit's day, a manager's, a lesson, and the nearest office."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.actions import announcements, office_card, offices
from desktop.actions.desk import Desk
from desktop.centre import messaging
from desktop.chance import new_id
from desktop.demo.beginning import fill_queue, seat_crew
from desktop.demo.offices import made_up_offices, open_offices
from desktop.demo.people import PASSWORD
from desktop.domain.announcement import About, Announcement
from desktop.domain.calendar import WEEKDAYS
from desktop.domain.people import Role
from desktop.forms.office_sheet import COLUMNS, LATITUDE, LONGITUDE, cells_of
from desktop.premises.message_files import MessageFiles
from desktop.trial import (
    tour_board,
    tour_closing,
    tour_commissions,
    tour_consultations,
    tour_conversion,
    tour_delegation,
    tour_elsewhere,
    tour_expert,
    tour_inspection,
    tour_lessons,
    tour_looks,
    tour_objections,
    tour_readings,
    tour_signer,
    tour_visits,
)
from desktop.trial.stage import MORNING, PROPERTIES, Stage
from desktop.ui import places
from desktop.ui.pages.notices.announcing import AnnouncingPage
from desktop.ui.pages.office.days_form import DaysForm
from desktop.ui.pages.office.page import OfficePage
from desktop.ui.pages.offices.page import OfficesPage
from desktop.ui.places import Place

_TODAY = 14  # requests
_TO_EVENING = 600  # minutes
_FAILED = 3  # messages
_RULE = (
    "مدارک گواهی عدم خلاف",
    "از امروز کارت ملی هوشمند و رسید آن هر دو پذیرفته است؛ رونوشت لازم نیست.",
)
_MANAGED: tuple[tuple[str, Place], ...] = (
    ("people-own", places.People()),
    ("announcements", places.Announcements()),
)
# An office of each footing, contact and licence that the city has.
_CARDS = (
    ("open", "21"),
    ("agency", "13"),
    ("converting", "17"),
    ("stopped", "39"),
    ("silent", "30"),
    ("unlicensed", "33"),
    ("placeless", "44"),
)
_SOUGHT = (
    ("open", places.Nearest("clearance", typed="صفائیه")),
    ("unknown", places.Nearest("clearance", typed="نعیماد")),
    ("all", places.Nearest("land-use-change", typed="فهادان", only_open=False)),
)


class OfficesTour:
    """Plays at a house whose city has all its offices."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        crew = self._crew = seat_crew(stage.house)
        open_offices(stage.house, crew, made_up_offices(MORNING.date()))
        fill_queue(stage.house, crew, stage.clock, properties=PROPERTIES, today=_TODAY)
        told = Announcement(new_id(), About.RULE, *_RULE, stage.clock.moment, "")
        announcements.announce(crew.supervisor, told)
        stage.house.office.sync()
        self._cards = {
            card.code: office_id for office_id, card in offices.offices(self._desk).items()
        }

    @property
    def _desk(self) -> Desk:
        return self._stage.house.municipality.desk

    def unit(self) -> Iterator[str]:
        """Who looks after the offices."""
        stage = self._stage
        stage.sit(Role.SUPERVISOR)
        for name, place in (
            ("offices", places.Offices()),
            ("delegation", places.Delegation()),
            ("trained", places.Trained()),
            ("people", places.People()),
        ):
            stage.go(place)
            stage.shoot(name)
            yield name
        for name, code in _CARDS:
            stage.go(places.Office(self._cards[code]))
            stage.shoot(f"office-{name}")
            yield f"the card of office {code}"
        yield from self._own_days()
        yield from tour_conversion.convert(stage, self._cards["17"])
        yield from self._register()
        yield from self._remind()
        yield from self._announce()
        yield from self._messages()
        yield from tour_delegation.hand_over(stage)
        yield from tour_delegation.read_at_office(stage)
        yield from tour_delegation.take_back(stage)
        yield from self._data()
        stage.pass_time(_TO_EVENING)
        stage.go(places.Office(self._cards["21"]))
        stage.shoot("office-closed")
        yield "the card of an office that has closed"

    def _own_days(self) -> Iterator[str]:
        """A month has hours of its own."""
        stage, hands = self._stage, self._stage.hands
        stage.go(places.Office(self._cards["21"]))
        page = stage.page
        assert isinstance(page, OfficePage)
        page.begin(DaysForm.name)
        hands.press("Ctrl+Enter")
        stage.shoot("office-days-faults")
        form = page.form
        assert isinstance(form, DaysForm)
        for key, text in (("first", "1405/12/01"), ("last", "1405/12/29"), ("times", "۹ تا ۱۳")):
            form.fields[key].set_value(text)
        form.arrange_typed()
        form.show_faults([])
        stage.shoot("office-days")
        hands.press("Esc")
        yield "the days of their own of an office"

    def _messages(self) -> Iterator[str]:
        """Some messages to citizens did not arrive."""
        stage, centre = self._stage, self._stage.house.centre
        with TemporaryDirectory() as folder:
            gateway = MessageFiles(Path(folder))
            messaging.carry(centre, gateway)
            given = sorted(Path(folder).glob("messages-*.csv"))
            with given[0].open(encoding="utf-8-sig", newline="") as file:
                ids = [row["id"] for row in csv.DictReader(file)][:_FAILED]
            failed = Path(folder) / "failed-1.csv"
            with failed.open("w", encoding="utf-8-sig", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(("id", "cause"))
                rows.writerows((each, "شماره در شبکه نیست") for each in ids)
            messaging.carry(centre, gateway)
        stage.go(places.CitizenMessages())
        stage.shoot("citizen-messages")
        yield "messages that did not arrive"

    def _register(self) -> Iterator[str]:
        """The registry is narrowed and printed; an office, and a sheet of some, are put forward."""
        stage, hands = self._stage, self._stage.hands
        stage.go(places.Offices(("silent",)))
        stage.shoot("offices-silent")
        hands.press("F8")
        stage.shoot_paper("offices-printed")
        stage.go(places.Offices(typed="۶۹۹"))
        stage.shoot("offices-none")
        stage.go(places.Offices())
        hands.click_button("دفتر جدید")
        hands.press("Ctrl+Enter")
        stage.shoot("offices-new")
        stage.go(places.Offices())
        with TemporaryDirectory() as folder:
            page = stage.page
            assert isinstance(page, OfficesPage)
            page.pick_file = lambda _: self._sheet(Path(folder))
            hands.click_button("ورود از فایل…")
        stage.shoot("offices-sheet")
        hands.press("Esc")
        yield "the registry of offices"

    def _sheet(self, folder: Path) -> Path:
        """Three new offices, of which one lies elsewhere and one closes before it opens."""
        path, known = folder / "دفترهای تازه.csv", offices.offices(self._desk)
        card = replace(known[self._cards["21"]], office_id="")
        headings = [column.heading for column in COLUMNS]
        new = [replace(card, code=code, name=f"دفتر {code}") for code in ("61", "62", "63")]
        calendar = office_card.look(self._desk, self._cards["21"]).calendar
        rows_of = (cells_of(each, calendar) for each in new)
        right, far, night = (dict(zip(headings, cells, strict=True)) for cells in rows_of)
        far[LATITUDE], far[LONGITUDE] = "35.6892", "51.3890"
        night[WEEKDAYS[0]] = "۲۰–۲"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.DictWriter(file, headings)
            rows.writeheader()
            rows.writerows((right, far, night))
        return path

    def _remind(self) -> Iterator[str]:
        """Who lacks a trained clerk is printed, looked into and reminded."""
        stage, hands = self._stage, self._stage.hands
        stage.go(places.Trained())
        hands.press("F8")
        stage.shoot_paper("trained-printed")
        hands.press("Esc")
        hands.enter()
        stage.shoot("trained-office")
        hands.press("Ctrl+Enter")
        stage.shoot("trained-paper-record")
        yield "who is trained for what"
        stage.go(places.Trained())
        hands.press("Ctrl+Enter")
        stage.shoot("announcement-typed")
        page = stage.page
        assert isinstance(page, AnnouncingPage)
        assert page.form is not None
        hands.go_to(page.form.password.control)
        hands.type(PASSWORD)
        hands.press("Ctrl+Enter")
        stage.shoot("reminded")
        yield "offices are reminded"

    def _announce(self) -> Iterator[str]:
        """An outage is announced to all; the office reads it; the unit sees who has not."""
        stage = self._stage
        seat, at = stage.window.seat, stage.clock.now() + timedelta(days=3)
        told = Announcement(
            announcements.new_announcement(),
            About.OUTAGE,
            "قطعی سامانه",
            "سامانه برای جابه‌جایی کارساز در دسترس نیست؛ درخواست‌ها در صف ارسال می‌ماند.",
            at,
            "",
            since=at,
            until=at + timedelta(hours=2),
        )
        announcements.announce(seat, told)
        stage.house.office.sync()
        stage.sit(Role.CLERK)
        stage.shoot("announcement-told")
        stage.go(places.Announcements())
        stage.shoot("announcement-heard")
        stage.hands.press("Ctrl+Enter")
        stage.shoot("announcement-read")
        stage.house.office.sync()
        stage.sit(Role.SUPERVISOR)
        stage.go(places.Announcing())
        stage.shoot("announcement-readers")
        yield "an outage was announced and read"

    def _data(self) -> Iterator[str]:
        """The municipality's data are read, a tariff is changed, a holiday begun."""
        stage, hands = self._stage, self._stage.hands
        for kind in ("tariffs", "rates", "objections", "places", "blackouts", "calendar"):
            stage.go(places.MunicipalData(kind))
            stage.shoot(f"data-{kind}")
            hands.press("Ctrl+Enter")
            stage.shoot(f"data-{kind}-form")
            hands.press("Esc")
        yield "the municipality's data"

    def manager(self) -> Iterator[str]:
        """Who answers for an office."""
        stage = self._stage
        stage.sit(Role.MANAGER)
        for name, place in _MANAGED:
            stage.go(place)
            stage.shoot(name)
            yield name
        yield from tour_closing.play(stage)

    def training(self) -> Iterator[str]:
        """Who is being trained, at the office's own desk and in the one to practise in."""
        yield from tour_lessons.play(self._stage)
        yield from tour_lessons.practise(self._stage)

    def planner(self) -> Iterator[str]:
        """Who plans the visits."""
        yield from tour_visits.play(self._stage)

    def supervisor(self) -> Iterator[str]:
        """Who sees all offices."""
        # First: in the weeks that the board's month takes the records grow old.
        yield from tour_looks.play(self._stage, self._crew)
        yield from tour_board.play(self._stage)
        yield from tour_readings.play(self._stage)

    def bodies(self) -> Iterator[str]:
        """Other bodies are asked, and answer."""
        yield from tour_consultations.play(self._stage)

    def expert(self) -> Iterator[str]:
        """Who decides what the records can't answer."""
        yield from tour_expert.play(self._stage, self._crew)

    def objection(self) -> Iterator[str]:
        """Who contests a record, and who answers."""
        yield from tour_objections.play(self._stage)

    def commission(self) -> Iterator[str]:
        """Who writes down what a commission does."""
        yield from tour_commissions.play(self._stage)

    def signer(self) -> Iterator[str]:
        """Who signs beside the expert."""
        yield from tour_signer.play(self._stage)

    def inspector(self) -> Iterator[str]:
        """Who goes there."""
        yield from tour_inspection.play(self._stage)

    def finder(self) -> Iterator[str]:
        """A citizen is sent to the nearest office; another asks of a case of another office."""
        stage = self._stage
        other = next(each for each in made_up_offices(MORNING.date()) if each.card.code == "22")
        yield from tour_elsewhere.play(stage, self._crew, other)
        stage.sit(Role.CLERK)
        for name, place in _SOUGHT:
            stage.go(place)
            stage.shoot(f"nearest-{name}")
            yield f"nearest: {name}"
        for name, key in (("slip", "Ctrl+Enter"), ("wall", "F8")):
            stage.go(_SOUGHT[0][1])
            stage.hands.press(key)
            if stage.printed:
                stage.shoot(f"nearest-{name}-shown")
                stage.album.paper(stage.take_print(), f"nearest-{name}", stage.about(""))
            else:
                stage.shoot_paper(f"nearest-{name}-shown")
            yield f"the paper: {name}"


DESKS: Mapping[str, Callable[[OfficesTour], Iterator[str]]] = {
    "unit": OfficesTour.unit,
    "manager": OfficesTour.manager,
    "training": OfficesTour.training,
    "finder": OfficesTour.finder,
    "planner": OfficesTour.planner,
    "supervisor": OfficesTour.supervisor,
    "bodies": OfficesTour.bodies,
    "expert": OfficesTour.expert,
    "objection": OfficesTour.objection,
    "commission": OfficesTour.commission,
    "signer": OfficesTour.signer,
    "inspector": OfficesTour.inspector,
}
"""Whose day is played, by the name that a command gives it."""

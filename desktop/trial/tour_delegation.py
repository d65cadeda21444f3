"""The tour of services handed over: chosen, signed by two, read at an office, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from desktop.actions.documents import PaperSource
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import iso_jalali
from desktop.domain.people import Role
from desktop.trial.stage import MORNING, Stage
from desktop.ui import places
from desktop.ui.pages.delegation.page import DelegationPage
from desktop.ui.pages.delegation.planning import PlanBody
from desktop.ui.pages.delegation.withdrawal import WithdrawalPage
from desktop.ui.pages.office_letters.page import OfficeLettersPage

_SERVICES = ("تفکیک", "تغییر کاربری")
_AHEAD, _LONG = timedelta(days=11), timedelta(days=375)


def hand_over(stage: Stage) -> Iterator[str]:
    """Two services to all پیشخوان offices: too early, then whole, then with two signatures."""
    hands = stage.hands
    page = stage.go(places.Delegation())
    assert isinstance(page, DelegationPage)
    hands.press("Ctrl+Enter")
    stage.shoot("delegation-faults")
    for title in _SERVICES:
        hands.go_to(page.body.services.search)
        hands.press("Ctrl+A")
        hands.type(title)
        hands.go_to(page.body.services.picks.table)
        hands.space()
    hands.go_to(page.body.offices.way)
    hands.space()
    today = MORNING.date()
    _write_act(stage, page.body, today + _AHEAD, "312")
    hands.go_to(page.body.until_field.control)
    hands.press("Ctrl+A")
    hands.type(iso_jalali(today + _LONG))
    stage.shoot("delegation-chosen")
    hands.press("F9")
    stage.shoot_paper("delegation-letter")
    hands.press("Esc")
    yield "services are chosen for offices"
    hands.press("Ctrl+Enter")
    stage.shoot("delegation-asked")
    hands.go_to(page.body.without)
    hands.space()
    hands.settle()
    hands.go_to(page.body.instead)
    hands.space()
    hands.go_to(page.body.reason.control)
    hands.type("پروانه در دست تمدید است؛ نامهٔ استانداری رسیده است.")
    hands.settle()
    hands.press("Ctrl+Enter")
    hands.type(PASSWORD)
    hands.press("Ctrl+Enter")
    stage.shoot("delegation-signed-first")
    _sign_second(stage, "واگذاری", "delegation-second")
    stage.shoot("delegation-letters")
    yield "another signs, the letters are numbered"


def _write_act(stage: Stage, body: PlanBody, since: date, number: str) -> None:
    """From which day, and by which act, its scan with it."""
    hands, act = stage.hands, body.act
    for field, words in (
        (body.since_field, iso_jalali(since)),
        (act.number, number),
        (act.dated, iso_jalali(MORNING.date() - timedelta(days=6))),
        (act.body, "شورای اسلامی شهر یزد"),
    ):
        hands.go_to(field.control)
        hands.press("Ctrl+A")
        hands.type(words)
    content = sample_paper()[1]
    act.files.add(act.scan, [PaperSource("مصوبه.pdf", lambda: content)])


def _sign_second(stage: Stage, words: str, shown: str = "") -> None:
    """An expert signs what waits, which is called so."""
    hands = stage.hands
    stage.sit(Role.EXPERT)
    stage.go(places.ServiceFiles())
    hands.choose(words)
    if shown:
        stage.shoot(shown)
    hands.press("Ctrl+Enter")
    hands.type(PASSWORD)
    hands.press("Ctrl+Enter")
    stage.house.municipality.sync()


def read_at_office(stage: Stage) -> Iterator[str]:
    """The manager is told of the letter and reads it."""
    stage.house.office.sync()
    stage.sit(Role.MANAGER)
    page = stage.go(places.OfficeLetters())
    assert isinstance(page, OfficeLettersPage)
    stage.shoot("office-letters")
    stage.hands.press("Enter")
    stage.shoot_paper("office-letter")
    stage.hands.press("Esc")
    yield "an office reads its letter"


def take_back(stage: Stage) -> Iterator[str]:
    """The unit sees who has read, and ends a service of one office."""
    stage.house.office.sync()
    stage.sit(Role.SUPERVISOR)
    stage.go(places.OfficeLetters())
    stage.shoot("delegation-letters-read")
    page = stage.go(places.Withdrawal("21"))
    assert isinstance(page, WithdrawalPage)
    hands = stage.hands
    hands.press("Ctrl+Enter")
    stage.shoot("withdrawal-faults")
    hands.go_to(page.body.services.table)
    hands.space()
    hands.press("Down")
    hands.space()
    _write_act(stage, page.body, MORNING.date() + _AHEAD, "318")
    hands.go_to(page.body.cases.stays)
    hands.space()
    hands.settle()
    stage.shoot("withdrawal-chosen")
    hands.press("Ctrl+Enter")
    hands.type(PASSWORD)
    hands.press("Ctrl+Enter")
    _sign_second(stage, "پس‌گرفتن")
    yield "a service is taken back by two"
    stage.house.office.sync()
    stage.sit(Role.MANAGER)
    stage.go(places.OfficeLetters())
    hands.press("Enter")
    stage.shoot_paper("withdrawal-letter")
    hands.press("Esc")
    stage.sit(Role.SUPERVISOR)
    yield "the office reads the letter of it"

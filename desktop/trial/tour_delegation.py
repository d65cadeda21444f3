"""The tour of services handed over: chosen, signed by two, read at an office, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from desktop.actions.documents import PaperSource
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import iso_jalali
from desktop.domain.people import Role
from desktop.trial.stage import MORNING, Stage
from desktop.ui import places
from desktop.ui.pages.delegation.page import DelegationPage
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
    for field, words in (
        (page.body.since_field, iso_jalali(today + _AHEAD)),
        (page.body.until_field, iso_jalali(today + _LONG)),
        (page.body.act.number, "312"),
        (page.body.act.dated, iso_jalali(today - timedelta(days=6))),
        (page.body.act.body, "شورای اسلامی شهر یزد"),
    ):
        hands.go_to(field.control)
        hands.press("Ctrl+A")
        hands.type(words)
    content = sample_paper()[1]
    page.body.act.files.add(page.body.act.scan, [PaperSource("مصوبه.pdf", lambda: content)])
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
    stage.sit(Role.EXPERT)
    stage.go(places.ServiceFiles())
    hands.choose("واگذاری")
    stage.shoot("delegation-second")
    hands.press("Ctrl+Enter")
    hands.type(PASSWORD)
    hands.press("Ctrl+Enter")
    stage.house.municipality.sync()
    stage.shoot("delegation-letters")
    yield "another signs, the letters are numbered"


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
    stage.hands.press("Ctrl+Enter")
    stage.shoot("withdrawal-faults")
    yield "a service is taken back"

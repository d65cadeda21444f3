"""Every state of the line that needs a person: over every page, in the status bar, its way out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions.waiting import Hindrance
from desktop.demo.people import MUNICIPAL
from desktop.domain.line import Why
from desktop.domain.people import Role
from desktop.premises.open import OwnCentre
from desktop.store import meta
from desktop.sync import round as round_
from desktop.sync.apply import Disbelieved
from desktop.trial.centre_faults import always
from desktop.ui import places
from desktop.ui.look import Look
from desktop.ui.pages.outbox.page import WaitingPage
from desktop.ui.palette import Theme
from desktop.ui.places import Place
from desktop.ui.standing.line import LINES, loud_words
from desktop.ui.widgets.told.banner import Banner
from desktop.wire.link import BUSY, CLOCK, FORK, REVOKED, TOO_OLD, UNSIGNED
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

_STATUSES = {
    UNSIGNED: Why.UNSIGNED,
    REVOKED: Why.REVOKED,
    FORK: Why.FORK,
    TOO_OLD: Why.TOO_OLD,
    CLOCK: Why.CLOCK,
    BUSY: Why.BUSY,
}
_ALARMS = ("signature", "epoch", "chain", "position", "stream", "envelope")


def answering(office: Office, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    """The centre answers every call so."""
    answer = always(office.house.centre, status)
    monkeypatch.setattr(OwnCentre, "call", lambda link, request: answer(request))


def shown(office: Office) -> list[str]:
    """The banners in sight, on a page other than the outbox's too."""
    banners = office.window.findChildren(Banner)
    return [banner.accessibleName() for banner in banners if banner.isVisible()]


@pytest.mark.parametrize("status", _STATUSES)
@pytest.mark.long
def test_each_answer_of_the_centre_has_its_own_words(
    office: Office, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    look = LINES[_STATUSES[status]]
    office.sit(Role.CLERK)
    wake(office)
    answering(office, monkeypatch, status)
    office.house.office.sync()
    office.window.tick()
    QApplication.processEvents()
    assert office.window.status.sync.text() == look.status
    begins = look.sentence.partition("{")[0]
    assert any(words.startswith(begins) for words in shown(office)) is look.loud
    page = office.go(places.Outbox())
    QApplication.processEvents()
    assert isinstance(page, WaitingPage)
    assert len([words for words in shown(office) if words.startswith(begins)]) == 1, "not twice"
    # Beside an empty list a panel stands where it has something to say.
    assert page.side_stands is not look.loud
    assert page.panel.tells is page.side_stands


@pytest.mark.slow
@pytest.mark.parametrize("alarm", _ALARMS)
def test_an_answer_that_is_not_believed_says_what_was_wrong_with_it(
    office: Office, alarm: str
) -> None:
    office.sit(Role.MANAGER)
    with office.house.office.desk.store.writing() as session:
        meta.change(session, alarm=alarm)
    office.window.tick()
    QApplication.processEvents()
    assert shown(office) == [loud_words(Hindrance(alarm, None, None, MUNICIPAL.phone), waits=False)]
    assert office.window.status.sync.text() == LINES[alarm].status


@pytest.mark.slow
def test_who_is_to_be_called_is_called_at_a_number_and_nothing_looks_well(office: Office) -> None:
    office.sit(Role.CLERK)
    with office.house.office.desk.store.writing() as session:
        meta.change(session, stopped="revoked")
    office.window.tick()
    QApplication.processEvents()
    (told,) = shown(office)
    assert "تماس بگیرید (تلفن شهرداری: \u2066۰۳۵\u00a0۳۶۲۶\u00a0۰۰۰۰\u2069)." in told
    page = office.go(places.Outbox())
    QApplication.processEvents()
    assert isinstance(page, WaitingPage)
    assert shown(office) == [told]
    assert page.empty.words.text() == "کاری در صف نیست"
    assert "مانده است" not in told, "nothing waits"
    # To try again would mend nothing: the main key is what does, step by step.
    press(office.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    entry = office.window.helping.panel.entry
    assert entry is not None
    assert entry.title == "رایانه از فهرست دفتر حذف شده است"
    (banner,) = [each for each in page.findChildren(Banner) if each.isVisible()]
    assert not banner.link.isVisible(), "the main key is that already"


@pytest.mark.slow
def test_the_way_out_is_read_in_the_help(office: Office) -> None:
    office.sit(Role.CLERK)
    with office.house.office.desk.store.writing() as session:
        meta.change(session, stopped="fork")
    office.window.tick()
    QApplication.processEvents()
    frame = office.window.frame
    assert frame is not None
    frame.stopped.link.click()
    QApplication.processEvents()
    entry = office.window.helping.panel.entry
    assert entry is not None
    assert entry.title == "رونوشت یا بازگردانی داده‌ها"
    # A folder put back from a backup is no copy of another computer: it is told as either.
    assert any("بازگردانده شده است" in words for words in shown(office))
    assert office.window.helping.is_open


@pytest.mark.slow
def test_it_goes_when_it_is_over(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def forged(*_: object) -> None:
        raise Disbelieved("signature", "another key's")

    office.sit(Role.CLERK)
    with monkeypatch.context() as patched:
        patched.setattr(round_, "pull", forged)
        press(office.window, Qt.Key.Key_F5)
        QApplication.processEvents()
        office.window.tick()
    assert office.window.frame is not None
    assert office.window.frame.stopped.isVisible()
    press(office.window, Qt.Key.Key_F5)
    QApplication.processEvents()
    office.window.tick()
    assert not office.window.frame.stopped.isVisible()
    assert office.window.status.sync.text() == "متصل"


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.CLERK, places.Queue()),
        (Role.MANAGER, places.Till()),
        (Role.SUPERVISOR, places.CityDay()),
        (Role.SUPERVISOR, places.Watch()),
        (Role.SUPERVISOR, places.ServiceFiles()),
    ],
    ids=["queue", "till", "city", "watch", "services"],
)
@pytest.mark.long
def test_f5_tries_the_line_again_where_the_page_has_a_refresh_of_its_own(
    office: Office, monkeypatch: pytest.MonkeyPatch, role: Role, place: Place
) -> None:
    office.sit(role)
    wake(office)
    office.go(place)
    running = office.house.municipality if role.is_municipal else office.house.office
    with monkeypatch.context() as wrong:
        answering(office, wrong, CLOCK)
        running.sync()
    office.window.tick()
    assert office.window.frame is not None
    assert office.window.frame.stopped.isVisible()
    press(office.page, Qt.Key.Key_F5)
    QApplication.processEvents()
    office.window.tick()
    assert not office.window.frame.stopped.isVisible()


@pytest.mark.long
@pytest.mark.parametrize("stopped", ["fork", "too-old"])
def test_the_longest_words_are_whole_in_every_look(office: Office, stopped: str) -> None:
    office.sit(Role.CLERK)
    with office.house.office.desk.store.writing() as session:
        meta.change(session, stopped=stopped)
    office.window.tick()
    office.go(places.Home())
    assert faults(office) == []
    office.go(places.Outbox())
    assert faults(office) == []
    for zoom in (100, 150, 160):
        office.window.set_look(Look(Theme.LIGHT, zoom, motion=False))
        QApplication.processEvents()
        assert office.window.minimumSizeHint().width() <= 1366

"""What the page of what waits tells at a real desk alone: its backups, its centre's certificate."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.domain.backup import BackupFault
from desktop.domain.errors import Refusal
from desktop.domain.line import Trouble, Why
from desktop.domain.people import Role
from desktop.help.reading import shipped_help
from desktop.store import meta
from desktop.trial.played_joining import WORDS
from desktop.ui import choosing, places
from desktop.ui.pages.outbox.page import WaitingPage
from desktop.ui.standing.backup import FAULTS, HELP
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.told.banner import Banner
from desktop.ui.work import Changed
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake

_ANYTHING = Changed(sync=True)


def opened(office: Office, role: Role = Role.CLERK) -> WaitingPage:
    office.sit(role)
    wake(office)
    page = office.go(places.Outbox())
    assert isinstance(page, WaitingPage)
    return page


def words_of(page: WaitingPage) -> list[str]:
    """The banners of the page."""
    return [banner.accessibleName() for banner in page.findChildren(Banner) if banner.isVisible()]


DISK = Path("/دیسک دوم/پشتیبان")


class Backups:
    """What makes a real desk's backups, as the page is handed it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def choose(self, folder: Path) -> None:
        """As `DailyBackup.choose`, of a disk that has one folder."""
        if folder != DISK:
            raise Refusal("پوشه نیست")
        self.folder = folder

    def soon(self) -> None:
        """Nothing is due."""


def with_backups(office: Office, folder: Path) -> Backups:
    """The office's desk as a real one, that has backups."""
    made = Backups(folder)
    running = office.house.office
    running.desk = replace(running.desk, backup=made)
    return made


def told_under(page: WaitingPage) -> list[str]:
    labels = (label.text() for label in page.findChildren(QLabel) if label.isVisible())
    return [words for words in labels if "پشتیبان" in words]


def backed_up(office: Office, fault: str = "") -> None:
    store = office.house.office.desk.store
    at = office.house.clock.now() - timedelta(hours=1)
    store.write(lambda session: meta.change(session, backup_at=at, backup_fault=fault))


@pytest.mark.slow
def test_a_real_desk_says_where_its_backups_lie(office: Office) -> None:
    with_backups(office, DISK)
    backed_up(office)
    page = opened(office)
    (words,) = told_under(page)
    assert str(DISK) in words
    assert "آخرین پشتیبان این رایانه" in words
    assert "پشتیبان" not in office.window.status.sync.text()
    assert faults(office) == []


@pytest.mark.long
def test_a_backup_that_fails_is_told_and_the_manager_chooses_another_folder(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = with_backups(office, Path("/دیسک"))
    backed_up(office, "gone")
    page = opened(office)
    office.window.tick()
    QApplication.processEvents()
    assert office.window.status.sync.text() == "پشتیبان گرفته نشد"
    (words,) = words_of(page)
    assert "پوشهٔ آن در دسترس نیست" in words
    # A clerk reads what to do; whose word it is chooses.
    assert "پوشهٔ پشتیبان" not in [button.text() for button in page.findChildren(Button)]
    page = opened(office, Role.MANAGER)
    (banner,) = [each for each in page.findChildren(Banner) if each.isVisible()]
    monkeypatch.setattr(choosing, "open_folder", lambda *_: Path("/دیسک سوم"))
    banner.followed.emit()
    QApplication.processEvents()
    assert made.folder == Path("/دیسک")
    assert office.window.status.sync.text() == "پشتیبان گرفته نشد"
    monkeypatch.setattr(choosing, "open_folder", lambda *_: DISK)
    banner.followed.emit()
    QApplication.processEvents()
    assert made.folder == DISK
    assert faults(office) == []


def test_every_reason_why_there_is_no_backup_has_its_words() -> None:
    assert set(FAULTS) == set(BackupFault)
    assert HELP in {entry.key for entry in shipped_help().fields}


class NewCertificate:
    """What a real desk is handed where its centre is known by one certificate."""

    def __init__(self) -> None:
        self.accepted = False

    def words(self) -> tuple[str, ...]:
        """Six words."""
        return WORDS

    def accept(self) -> None:
        """A person has compared them."""
        self.accepted = True


def line_is(office: Office, page: WaitingPage, trouble: Trouble) -> None:
    """The last round met that."""
    office.house.office.trouble = trouble
    page.refresh(_ANYTHING)
    QApplication.processEvents()


@pytest.mark.long
def test_a_certificate_that_changed_is_compared_and_accepted_by_the_manager(
    office: Office,
) -> None:
    certificate, running = NewCertificate(), office.house.office
    running.desk = replace(running.desk, certificate=certificate)
    page = opened(office)
    line_is(office, page, Trouble(Why.CERTIFICATE, office.house.clock.now(), None))
    (banner,) = [each for each in page.findChildren(Banner) if each.isVisible()]
    assert not banner.link.isVisible()
    assert page.bar is not None
    assert page.bar.main is not None
    assert page.bar.main.text() == "چه باید کرد؟"
    page = opened(office, Role.MANAGER)
    line_is(office, page, Trouble(Why.CERTIFICATE, office.house.clock.now(), None))
    for link in ("سنجیدن شش واژه", "همه یکی است؛ بپذیر"):
        (banner,) = [each for each in page.findChildren(Banner) if each.isVisible()]
        assert banner.link.text() == link
        assert not certificate.accepted
        assert faults(office) == []
        if link != "سنجیدن شش واژه":
            assert all(word in banner.accessibleName() for word in WORDS)
        banner.followed.emit()
        QApplication.processEvents()
    assert certificate.accepted
    # The round that was rung for has found the centre again.
    page.refresh(_ANYTHING)
    assert words_of(page) == []

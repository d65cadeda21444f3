"""A real desk's start over a real line: the wizard first, then a passphrase, then sign-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from desktop import app
from desktop.actions.desk import Desk
from desktop.centre import enrolling, people
from desktop.centre.context import Centre
from desktop.centre.serve import serve
from desktop.centre.shipping import begin_with, published_card, shipped
from desktop.centre.signing import CentreKeys
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.people import Role, Staff
from desktop.premises.clocks import SystemClock
from desktop.premises.embedded import open_centre
from desktop.premises.enrolment import Enrolment
from desktop.sync.address import read_address
from desktop.trial.relay import Mischief, between
from desktop.ui.pages.door.sign_in import SignIn
from desktop.ui.window import Window
from desktop.ui.work import Work
from tests.houses import REZA, SARA
from tests.lines import make_certificate, tls_server
from tests.test_keys import Ring, no_ring

PASSWORD = "گذرواژهٔ بلند من"
FROM = date(2026, 1, 10)
PHRASE = "عبارت رمز دفتر"
OFFICE = OfficeCard("21", "پیشخوان آزمایش", "یزد", "0353", "8917700000", 3, "قرارداد ۱", True)
CITY = OfficeCard(MUNICIPALITY, "شهرداری یزد", "", "", "", 0, "", True)


@dataclass
class Served:
    """A centre at work behind TLS, and the data folder of a machine."""

    centre: Centre
    address: str
    home: Path

    def code(self) -> str:
        """A fresh code of the office."""
        with self.centre.writing() as session:
            return enrolling.new_code(
                session, "21", self.centre.clock(), "حسن یزدی", namesake=SARA
            ).text

    def join(self, passphrase: str = "") -> None:
        """What the wizard does."""
        joining = Enrolment(self.home, SystemClock())
        reached = joining.reach(self.address)
        assert not reached.trusted
        joining.join(self.code())
        assert joining.passphrase_needed() == bool(passphrase)
        joining.take_password(PASSWORD, passphrase)
        joining.begin()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A centre that has what ships, and one office."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("PISHKHAN_HOME", str(home))
    monkeypatch.setenv("no_proxy", "*")
    centre = open_centre(tmp_path / "centre.db", CentreKeys.new(demo=True), SystemClock())
    with centre.writing() as session:
        people.open_office(session, OFFICE)
        people.open_office(session, CITY)
        begin_with(session, [*shipped(FROM), published_card(OFFICE, FROM)], centre.clock())
    with tls_server(partial(serve, centre), make_certificate(tmp_path)) as server:
        yield Served(centre, str(server.address), home)
    centre.close()


@pytest.fixture
def begin(qtbot: QtBot, served: Served) -> Iterator[Callable[[], tuple[Window, app.DeskStart]]]:
    """Starts the program's window there, and ends it in order."""
    made: list[tuple[Window, Work, app.DeskStart]] = []

    def make() -> tuple[Window, app.DeskStart]:
        work = Work()
        window = Window(work)
        qtbot.addWidget(window)
        start = app.DeskStart(window, work, served.home)
        made.append((window, work, start))
        window.show()
        start.begin()
        return window, start

    yield make
    for window, work, start in made:
        # The program's loop ends with its window: nothing is asked any more of a desk that is gone.
        window.close()
        work.changed.disconnect()
        start.close()


def sign_in(qtbot: QtBot, window: Window) -> None:
    """As the manager does, once the desk is open."""
    qtbot.waitUntil(lambda: window.is_open, timeout=30_000)
    window.sign_in.name.set_value("حسن یزدی")
    window.sign_in.password.set_value(PASSWORD)
    window.sign_in.go()
    qtbot.waitUntil(lambda: window.page is not None, timeout=30_000)


@pytest.mark.slow
def test_the_wizard_stands_first_and_then_the_manager_signs_in(
    served: Served,
    begin: Callable[[], tuple[Window, app.DeskStart]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ring = Ring()
    monkeypatch.setattr("keyring.get_keyring", lambda: ring)
    (served.home / "office.toml").write_text('kind = "office"\n', encoding="utf-8")
    window, _ = begin()
    wizard = window.door_part
    assert wizard is not window.sign_in
    served.join()
    wizard.begun.emit()  # type: ignore[union-attr]
    sign_in(qtbot, window)
    qtbot.waitUntil(lambda: window.desk.sync_status().state == "connected", timeout=30_000)
    assert window.desk.identity().office == "21"
    assert window.status.office.text() == "پیشخوان آزمایش، باجهٔ ۱"
    assert not window.desk.demo


@pytest.mark.long
def test_without_a_keyring_the_passphrase_comes_first(
    served: Served,
    begin: Callable[[], tuple[Window, app.DeskStart]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("keyring.get_keyring", no_ring)
    served.join(PHRASE)
    window, _ = begin()
    door = window.sign_in
    qtbot.waitUntil(door.passphrase.isVisible, timeout=30_000)
    assert not door.name.isVisible()
    door.go()
    assert door.passphrase.error()
    door.passphrase.set_value("دیگری")
    door.go()
    qtbot.waitUntil(lambda: "درست نیست" in (door.passphrase.error() or ""), timeout=30_000)
    door.passphrase.set_value(PHRASE)
    door.go()
    sign_in(qtbot, window)
    assert not door.passphrase.value()


@pytest.mark.long
def test_what_hinders_a_desk_behind_a_passphrase_is_told_where_it_is_seen(
    served: Served,
    begin: Callable[[], tuple[Window, app.DeskStart]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("keyring.get_keyring", no_ring)
    served.join(PHRASE)
    away = served.home / "office.toml"
    there = away.read_text(encoding="utf-8")
    away.write_text(there.replace("https://127.0.0.1", "https://127.0.0.2"), encoding="utf-8")
    window, _ = begin()
    door = window.sign_in
    qtbot.waitUntil(door.passphrase.isVisible, timeout=30_000)
    door.passphrase.set_value(PHRASE)
    door.go()
    qtbot.waitUntil(lambda: "خط را ببینید" in (door.passphrase.error() or ""), timeout=30_000)
    assert door.passphrase.isVisible()
    assert not door.progress.isVisible()
    away.write_text(there, encoding="utf-8")
    door.go()
    sign_in(qtbot, window)


@pytest.mark.long
def test_a_second_enter_on_the_passphrase_opens_no_second_desk(
    served: Served,
    begin: Callable[[], tuple[Window, app.DeskStart]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("keyring.get_keyring", no_ring)
    served.join(PHRASE)
    window, _ = begin()
    door = window.sign_in
    qtbot.waitUntil(door.passphrase.isVisible, timeout=30_000)
    door.passphrase.set_value(PHRASE)
    door.go()
    door.go()
    qtbot.waitUntil(lambda: window.is_open, timeout=30_000)
    qtbot.waitUntil(lambda: window.is_idle, timeout=30_000)
    assert door.name.isVisible()
    assert not door.name.error()
    assert not door.passphrase.isVisible()
    sign_in(qtbot, window)


@pytest.mark.long
def test_a_clerk_with_a_code_gets_a_password_and_signs_in(
    served: Served,
    begin: Callable[[], tuple[Window, app.DeskStart]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ring = Ring()
    monkeypatch.setattr("keyring.get_keyring", lambda: ring)
    served.join()
    with served.centre.writing() as session:
        at = served.centre.clock()
        code = enrolling.new_person_code(session, "21", at, "مریم کریمی", Role.CLERK, REZA).text
    window, _ = begin()
    door = window.sign_in
    qtbot.waitUntil(lambda: window.is_open, timeout=30_000)
    door.comes.click()
    new = door.newcomer
    assert new is not None
    qtbot.waitUntil(new.isVisible)
    assert not door.name.isVisible()
    door.press("Esc")
    assert door.name.isVisible()
    door.comes.click()
    new.go()
    assert new.fields["code"].error()
    new.boxes.set_value("AAAAAAAA")
    new.password_line.set_value(PASSWORD)
    new.again_line.set_value("دیگری")
    new.go()
    assert "password_again" in {key for key, field in new.fields.items() if field.error()}
    new.again_line.set_value(PASSWORD)
    new.go()
    unknown = "کدی با این آغاز ندارد"
    qtbot.waitUntil(lambda: unknown in (new.fields["code"].error() or ""), timeout=30_000)
    new.boxes.set_value(code)
    new.go()
    qtbot.waitUntil(lambda: door.name.value() == "مریم کریمی", timeout=30_000)
    assert "ساخته شد" in door.notice.words.text()
    door.password.set_value(PASSWORD)
    door.go()
    qtbot.waitUntil(lambda: window.page is not None, timeout=30_000)
    assert window.seat.staff.role is Role.CLERK


@pytest.mark.long
def test_a_desk_whose_people_are_not_known_yet_waits_for_the_line(
    served: Served,
    begin: Callable[[], tuple[Window, app.DeskStart]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ring = Ring()
    monkeypatch.setattr("keyring.get_keyring", lambda: ring)
    served.join()
    away = served.home / "office.toml"
    there = away.read_text(encoding="utf-8")
    away.write_text(there.replace("https://127.0.0.1", "https://127.0.0.2"), encoding="utf-8")
    window, _ = begin()
    door = window.sign_in
    qtbot.waitUntil(lambda: "خط را ببینید" in (door.name.error() or ""), timeout=30_000)
    away.write_text(there, encoding="utf-8")
    door.go()
    sign_in(qtbot, window)


@pytest.mark.long
def test_from_the_wizard_the_sample_office_is_a_key_away(
    served: Served, begin: Callable[[], tuple[Window, app.DeskStart]], qtbot: QtBot
) -> None:
    (served.home / "office.toml").write_text('kind = "office"\n', encoding="utf-8")
    window, _ = begin()
    window.door_part.sampled.emit()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: window.is_open, timeout=110_000)
    assert window.desk.demo
    assert not (served.home / "desk").exists()


@pytest.mark.long
def test_a_window_that_is_closed_waits_for_no_line(
    served: Served,
    begin: Callable[[], tuple[Window, app.DeskStart]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ring = Ring()
    monkeypatch.setattr("keyring.get_keyring", lambda: ring)
    served.join()
    file = served.home / "office.toml"
    with between(read_address(served.address)) as relay:
        relay.mischief = Mischief.SWALLOW
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(served.address, str(relay.address)), encoding="utf-8")
        window, start = begin()
        # Its first round asks who its people are, and is answered by nobody.
        qtbot.waitUntil(lambda: relay.swallowed > 0, timeout=30_000)
        assert start._opened_desk is not None
        start._opened_desk.break_off()
        qtbot.waitUntil(
            lambda: "خط را ببینید" in (window.sign_in.name.error() or ""), timeout=20_000
        )


def test_a_window_that_is_closed_waits_for_no_word_of_a_newcomer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[bool] = []

    def nobody(_: object) -> list[Staff]:
        looks.append(work.closed)
        return []

    monkeypatch.setattr("desktop.actions.access.join", lambda *_: "مریم کریمی")
    monkeypatch.setattr("desktop.actions.access.staff", nobody)
    monkeypatch.setattr(app, "_TOLD_S", 5.0)
    work = Work()
    door = SignIn(work)
    qtbot.addWidget(door)
    join = partial(app._join, lambda: work.closed, cast(Desk, None))
    work.run(door, lambda: join("AAAAAAAA", PASSWORD), lambda _: None, lambda _: None, line=True)
    qtbot.waitUntil(lambda: bool(looks))
    work.close()
    assert sum(looks) <= 1

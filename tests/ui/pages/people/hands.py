"""Hands at the page of an office's people: opened, typed, signed, and what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.actions import people, people_changes, publishing
from desktop.actions import staffing as acts
from desktop.actions.desk import Seat
from desktop.actions.people import Person, Staffing
from desktop.actions.people_changes import Newcomer
from desktop.demo.people import PASSWORD
from desktop.domain.made_up import made_up_national_id
from desktop.domain.people import Role
from desktop.domain.persian import strip_isolates
from desktop.domain.staffing import StaffTerm
from desktop.ui import places
from desktop.ui.pages.people.page import PeoplePage
from desktop.ui.widgets.button import Button, Link
from desktop.wire.publishing import DraftBody, PublicationBody
from tests.delegated import TODAY
from tests.publish import WHY
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import wake

Key = Qt.Key
NARGES, NARGES_ID = "نرگس خبیری", made_up_national_id(4_021)
ZAHRA, ZARE = "زهرا فلاح", "محمد زارع"


def sync(office: Office) -> None:
    """Both desks hear what the centre told."""
    office.house.office.sync()
    office.house.municipality.sync()


def known(office: Office, seat: Seat | None = None) -> Staffing:
    """The staff as a desk knows them now."""
    sync(office)
    looking = seat or office.crew.manager
    return people.load(looking, people.ask(looking))


def of(office: Office, name: str) -> Person:
    """Somebody of the office, by name."""
    return next(each for each in known(office).people if each.name == name)


def sign(office: Office, waits: PublicationBody) -> None:
    """The second signature, by a supervisor who did not give the first."""
    crew = office.crew
    first = waits.prepared.actor == crew.supervisor.staff.staff_id
    publishing.sign(crew.second if first else crew.supervisor, waits)
    sync(office)


def in_force(office: Office, draft: DraftBody) -> None:
    """The draft, prepared by one supervisor with a reason and signed by the other."""
    sign(office, publishing.put_forward(office.crew.supervisor, draft, WHY))


def signed_in(office: Office, *names: str) -> None:
    """Colleagues whose role two have signed, without a password yet."""
    newcomers = [
        Newcomer(name, made_up_national_id(7_000 + number), Role.CLERK, "21", TODAY)
        for number, name in enumerate(names)
    ]
    sign(office, people_changes.put_forward(office.crew.manager, newcomers, TODAY))


def ended(office: Office, name: str) -> None:
    """Somebody whose last day was yesterday, told a month ago."""
    person = of(office, name)
    term = StaffTerm(person.staff, "21", person.role.value, TODAY - timedelta(days=99), TODAY)
    in_force(office, acts.terms_draft([term], TODAY))
    office.clock.moment += timedelta(days=1)
    sync(office)


def opened(office: Office, role: Role = Role.MANAGER) -> PeoplePage:
    """The page as a person of that role sees it."""
    office.sit(role)
    wake(office)
    page = office.go(places.People())
    assert isinstance(page, PeoplePage)
    return page


def names(page: PeoplePage) -> list[str]:
    """Who is listed, in the list's order."""
    index = page.rows.index
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(page.rows.data(index(n, 0), role)) for n in range(page.rows.rowCount())]


def state(page: PeoplePage, name: str) -> str:
    """What the list says of somebody's state."""
    row, column = names(page).index(name), page.rows.columnCount() - 1
    index = page.rows.index(row, column)
    return str(page.rows.data(index, Qt.ItemDataRole.AccessibleTextRole))


def choose(page: PeoplePage, name: str) -> None:
    """Choose somebody's row."""
    page.table.choose(names(page).index(name))
    QApplication.processEvents()


def button(page: PeoplePage, words: str) -> Button:
    """The key in sight that begins with these words."""
    QApplication.processEvents()
    found = page.window().findChildren(Button)
    return next(each for each in found if each.isVisible() and each.text().startswith(words))


def has_button(page: PeoplePage, words: str) -> bool:
    """Whether there is such a key."""
    QApplication.processEvents()
    found = page.window().findChildren(Button)
    return any(each.isVisible() and each.text().startswith(words) for each in found)


def follow(page: PeoplePage, words: str) -> None:
    """Press the link that begins with these words."""
    found = page.findChildren(Link)
    next(each for each in found if each.isVisible() and each.text().startswith(words)).click()
    QApplication.processEvents()


def follow_banner(page: PeoplePage, words: str) -> None:
    """Press the link of what the window says."""
    found = page.window().findChildren(Link)
    next(each for each in found if each.isVisible() and each.text() == words).click()
    QApplication.processEvents()


def fill(page: PeoplePage, **texts: str) -> None:
    """Type into the fields of the open form."""
    assert page.form is not None
    for key, text in texts.items():
        page.form.go_to(key)
        type_text(page, text)
        QApplication.processEvents()


def sign_form(page: PeoplePage) -> None:
    """The password, and the main key."""
    fill(page, password=PASSWORD)
    press_main(page)


def press_main(page: PeoplePage) -> None:
    """Ctrl+Enter."""
    press(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def words_of(widget: QWidget) -> str:
    """Everything that can be read there."""
    # What the clock brought in one turn is asked for then, and shows in the next.
    for _ in range(2):
        QApplication.processEvents()
    found: Sequence[QLabel] = widget.findChildren(QLabel)
    shown = (label.text() for label in found if label.isVisible())
    return strip_isolates("\n".join(shown))


def banners(page: PeoplePage) -> str:
    """What the window says of what was done."""
    return words_of(page.window())

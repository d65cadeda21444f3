"""F1 as a clerk uses it: beside the form, following the field, given back where one was."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import desktop.ui
from desktop.actions.cash import COUNTED
from desktop.domain.people import Role
from desktop.forms.aid import AID_LABELS
from desktop.forms.sheet_cells import SERVICE
from desktop.forms.sheets import SHEETS, SINCE, FiguresSheet
from desktop.help.entry import FieldEntry, PageEntry
from desktop.help.reading import shipped_help
from desktop.ui import places, theme
from desktop.ui.help.page_picture import NumberMark, PagePicture, pictured
from desktop.ui.help.panel import HelpPanel
from desktop.ui.help.pictures import _INPUTS, PictureOf, fault_of
from desktop.ui.look import Look
from desktop.ui.offered import page_acts
from desktop.ui.pages.inspection.asked import SIDES
from desktop.ui.palette import Theme
from desktop.ui.registry import _PAGES
from desktop.ui.roles import DUTIES
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.told.keycap import KeyCaps
from tests.ui.keyboard import Modifier, press, type_text
from tests.ui.layout_check import find_problems
from tests.ui.pages.cases import answered
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import Clerk

HELP = shipped_help()
UI = Path(desktop.ui.__file__).parent
# The places whose pages stand in a folder, for fields that stand in no page of their own.
_FOLDERS = {
    "acts": {"Office", "People"},
    "case": {"Case"},
    "checking": {"Check"},
    "commissions": {"Commissions", "MunicipalCase", "Case"},
    "consultations": {"Consultations", "Case", "MunicipalCase"},
    "conversion": {"Conversion", "CounterTest"},
    "delegation": {"Delegation", "Withdrawal"},
    "door": {"SignIn"},
    "elsewhere": {"Elsewhere"},
    "figures": {"MunicipalData"},
    "form": {"Form"},
    "letter": {"Letter"},
    "looks": {"SecondLook"},
    "inspection": {"MunicipalCase", "VisitDay"},
    "municipality": {"MunicipalCase", "VisitDay"},
    "nearest": {"Nearest"},
    "notices": {"Announcing", "Announcements", "CitizenMessages"},
    "office": {"Office"},
    "office_letters": {"OfficeLetters"},
    "objection": {"Objection"},
    "offices": {"Offices"},
    "recalls": {"MunicipalCase", "Case"},
    "registers": {"Registers"},
    "lessons": {"Lesson"},
    "closing": {"DayClose"},
    "outcome": {"Outcome"},
    "people": {"People"},
    "papers": {"Checklist", "Case"},
    "readings": {"ReadingLog"},
    "records": {"Records"},
    "review": {"ReviewFile"},
    "sheets": {"StampedSheets"},
    "stamping": {"StampBatch"},
    "signing": {"MunicipalCase", "SignBatch"},
    "services": {"ServiceFiles", "ServiceVersion", "ServiceDraft", "Publication"},
    "wizard": {"Wizard"},
    "trained": {"OfficeTraining"},
    "visits": {"VisitPlan"},
    "till": {"Till", "Basket", "Case", "MunicipalCase"},
}
_CONTROL = Modifier.ControlModifier


def _panel(office: Office) -> HelpPanel:
    office.window.helping.follow()
    # What is laid out anew asks again for what stands round it.
    for _ in range(4):
        QApplication.processEvents()
    return office.window.helping.panel


def _key(office: Office) -> str:
    entry = _panel(office).entry
    return entry.key if isinstance(entry, FieldEntry) else ""


def _shown(panel: HelpPanel) -> list[str]:
    return [label.words() for label in panel.findChildren(Label) if label.isVisible()]


@pytest.fixture
def clerk(kept_office: Office, qtbot: QtBot) -> Clerk:
    """The clerk at an empty form, the help closed."""
    clerk = Clerk(kept_office, qtbot)
    if kept_office.window.helping.is_open:
        kept_office.window.helping.turn()
    return clerk


@pytest.fixture
def fresh_clerk(office: Office, qtbot: QtBot) -> Clerk:
    """The same in an office of its own: how it looks is changed."""
    return Clerk(office, qtbot)


# Complete.


def test_every_page_has_its_entry_and_no_other_is_told() -> None:
    assert {place.__name__ for place in _PAGES} | {"SignIn", "Wizard"} == set(HELP.pages)


def _fields_made() -> Iterator[tuple[str, str, str]]:
    """Folder, key or topic, and place in the code, of every field that is made by name."""
    for path in sorted((UI / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            named = {each.arg: each.value for each in node.keywords}
            told: ast.expr | None = named.get("topic") or named.get("key")
            if node.func.id == "Asked":
                told = node.args[0]
            if node.func.id not in ("FormField", "Asked"):
                continue
            where = f"{path.relative_to(UI)}:{node.lineno}"
            yield path.relative_to(UI / "pages").parts[0], _said(path, told), where


def _said(path: Path, told: ast.expr | None) -> str:
    """The key that stands there or has a name in the file; empty of one that is put together."""
    if isinstance(told, ast.Constant):
        return str(told.value)
    if not isinstance(told, ast.Name):
        return ""
    module = ".".join(("desktop", "ui", *path.relative_to(UI).with_suffix("").parts))
    key = getattr(import_module(module), told.id, "")
    return key if isinstance(key, str) else ""


@pytest.mark.slow
def test_every_field_made_by_name_has_its_entry() -> None:
    made = [(folder, key, where) for folder, key, where in _fields_made() if key]
    assert len(made) > 60
    lacking = [
        where
        for folder, key, where in made
        if not any(HELP.field(page, key) for page in _FOLDERS[folder])
    ]
    assert lacking == []


def test_fields_whose_keys_are_put_together_have_their_entries() -> None:
    sides = [key for side, _ in SIDES for key in (f"bound.{side}", f"length.{side}")]
    assert [key for key in sides if HELP.field("MunicipalCase", key) is None] == []
    assert [key for key in AID_LABELS if HELP.field("Form", f"aid.{key}") is None] == []
    assert [tool for tool in COUNTED if HELP.field("Till", tool.value) is None] == []
    sheets = (each for each in SHEETS.values() if isinstance(each, FiguresSheet))
    columns = {column.heading for each in sheets for column in each.columns}
    # The day has a key of its own, and of a service its code is asked, not its name.
    asked = columns - {SINCE, SERVICE}
    assert sorted(each for each in asked if not HELP.field("MunicipalData", each)) == []


def test_every_picture_can_be_drawn_and_says_what_is_wrong() -> None:
    pictured = {entry.kind for entry in HELP.fields if entry.picture is not None}
    assert pictured == set(_INPUTS)
    wrong = {e.kind for e in HELP.fields if e.picture and fault_of(e.kind, e.picture.typed)}
    assert wrong == {"date", "national-id", "legal-id", "mobile", "postal-code"}


# At the form.


@pytest.mark.slow
def test_f1_tells_of_the_field_and_the_form_goes_on(clerk: Clerk) -> None:
    clerk.page.jump("party.first_name")
    press(clerk.page, Qt.Key.Key_F1)
    assert _key(clerk.office) == "party.first_name"
    assert clerk.at() == "party.first_name"
    clerk.type("مریم")
    assert clerk.body.party.texts()["first_name"] == "مریم"
    press(clerk.page, Qt.Key.Key_F1)
    assert not clerk.office.window.helping.is_open
    assert clerk.at() == "party.first_name"


@pytest.mark.slow
def test_it_follows_the_focus_but_not_what_is_typed(clerk: Clerk, qtbot: QtBot) -> None:
    clerk.page.jump("party.first_name")
    press(clerk.page, Qt.Key.Key_F1)
    panel = _panel(clerk.office)
    clerk.enter()
    entry = panel.entry
    assert isinstance(entry, FieldEntry)
    assert entry.key == "party.first_name", "not at once"
    qtbot.waitUntil(lambda: getattr(panel.entry, "key", "") == "party.last_name")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("document.deed", "سند مالکیت"),
        ("property.code", "کد نوسازی"),
        ("stage", "مرحلهٔ ساختمانی"),
        ("unchanged", "مالک اظهار می‌کند از آخرین بازدید تغییری در بنا داده نشده است"),
        ("fee", "شمارهٔ پیگیری کارت‌خوان"),
    ],
)
@pytest.mark.slow
def test_every_kind_of_field_is_known(clerk: Clerk, qtbot: QtBot, key: str, words: str) -> None:
    clerk.page.jump(key)
    press(clerk.page, Qt.Key.Key_F1)
    assert _key(clerk.office) == key
    panel = _panel(clerk.office)
    qtbot.waitUntil(lambda: words in _shown(panel))


@pytest.mark.long
def test_a_field_with_a_picture_shows_it_with_the_programs_own_words(
    clerk: Clerk, qtbot: QtBot
) -> None:
    clerk.page.jump("party.person_id")
    press(clerk.page, Qt.Key.Key_F1)
    panel = _panel(clerk.office)
    picture = panel.findChildren(PictureOf)[0]
    assert "رقم کنترل" in picture.accessibleName()
    assert picture.width() <= panel.width()
    assert "نمونهٔ نادرست" in _shown(panel)
    clerk.page.jump("property.code")
    qtbot.waitUntil(lambda: "نمونهٔ درست" in _shown(panel))
    assert "نمونهٔ نادرست" not in _shown(panel)


@pytest.mark.slow
def test_a_neighbour_is_read_and_alt_right_comes_back(clerk: Clerk) -> None:
    clerk.page.jump("party.first_name")
    press(clerk.page, Qt.Key.Key_F1)
    panel = _panel(clerk.office)
    neighbour = HELP.field("Form", "party.last_name")
    assert neighbour is not None
    panel.open_entry(neighbour)
    assert panel.entry is neighbour
    assert clerk.at() == "party.first_name"
    press(clerk.page, Qt.Key.Key_Right, Modifier.AltModifier)
    assert _key(clerk.office) == "party.first_name"


@pytest.mark.slow
def test_the_search_opens_a_hit_and_esc_goes_back_to_the_field(clerk: Clerk) -> None:
    clerk.page.jump("party.first_name")
    press(clerk.page, Qt.Key.Key_F1, _CONTROL)
    panel = clerk.office.window.helping.panel
    assert panel.box.hasFocus()
    type_text(panel, "پلاك ثبتي")
    press(panel, Qt.Key.Key_Return)
    entry = panel.entry
    assert isinstance(entry, FieldEntry)
    assert entry.key == "property.plate"
    press(panel, Qt.Key.Key_Escape)
    assert clerk.at() == "party.first_name"
    assert clerk.office.page is clerk.page, "Esc in the help leaves no form"


@pytest.mark.slow
def test_esc_empties_the_search_first(clerk: Clerk, qtbot: QtBot) -> None:
    clerk.page.jump("party.first_name")
    press(clerk.page, Qt.Key.Key_F1, _CONTROL)
    panel = clerk.office.window.helping.panel
    type_text(panel, "قفطذژ")
    QApplication.processEvents()
    qtbot.waitUntil(lambda: any("در راهنما نیست" in words for words in _shown(panel)))
    press(panel, Qt.Key.Key_Escape)
    assert panel.box.text() == ""
    assert panel.box.hasFocus()


@pytest.mark.slow
def test_ctrl_f6_goes_there_and_back(clerk: Clerk) -> None:
    clerk.page.jump("party.mobile")
    press(clerk.page, Qt.Key.Key_F1)
    press(clerk.page, Qt.Key.Key_F6)
    assert clerk.office.window.helping.panel.box.hasFocus()
    press(clerk.page, Qt.Key.Key_F6)
    assert clerk.at() == "party.mobile"


@pytest.mark.long
def test_at_150_it_stands_in_the_forms_place_and_f1_gives_the_field_back(
    fresh_clerk: Clerk, qapp: QApplication
) -> None:
    clerk = fresh_clerk
    theme.apply(qapp, Theme.LIGHT, 150, motion=False)
    QApplication.processEvents()
    clerk.page.jump("party.mobile")
    press(clerk.page, Qt.Key.Key_F1)
    QApplication.processEvents()
    assert not clerk.page.isVisible()
    assert _key(clerk.office) == "party.mobile"
    press(clerk.office.window, Qt.Key.Key_F1)
    QApplication.processEvents()
    assert clerk.page.isVisible()
    assert clerk.at() == "party.mobile"


# Pages, people.


@pytest.mark.long
def test_a_page_without_focus_tells_its_keys(office: Office, qtbot: QtBot) -> None:
    office.sit(Role.CLERK)
    office.go(places.Queue())
    press(office.window, Qt.Key.Key_F1)
    panel = _panel(office)
    assert panel.entry == HELP.pages["Queue"]
    named = {act.keys for act in page_acts(office.page) if act.keys}
    assert "Ctrl+Enter" in named

    def told() -> set[str]:
        return {caps.keys() for caps in panel.findChildren(KeyCaps) if caps.isVisible()}

    # The page arranges its acts anew for what room is left.
    qtbot.waitUntil(lambda: named <= told())


@pytest.mark.slow
def test_a_page_s_picture_numbers_its_keys_and_another_page_s_says_why_it_has_none(
    kept_office: Office, qtbot: QtBot
) -> None:
    office = kept_office
    # A case that is chosen has acts of its own.
    answered(office.crew)
    if not office.sits(Role.CLERK):
        office.sit(Role.CLERK)
    office.go(places.Queue())
    if not office.window.helping.is_open:
        press(office.window, Qt.Key.Key_F1)
    panel = _panel(office)
    # Where nobody opened the help before, the page arranges its acts anew for what room is left.
    qtbot.waitUntil(lambda: not office.window.helping._clock.isActive())
    panel.open_entry(HELP.pages["Queue"])
    for _ in range(4):
        QApplication.processEvents()
    (picture,) = panel.findChildren(PagePicture)
    numbers = {mark.number for mark in panel.findChildren(NumberMark)}
    assert len(numbers) > 1
    assert picture.marks.keys() == numbers
    # The main key is at the left of the bar, under the page.
    main = _number_of(panel, "Ctrl+Enter")
    whole = picture.sizeHint()
    assert picture.marks[main].x() < whole.width() / 2
    assert picture.marks[main].y() > whole.height() * 0.8
    assert picture.width() <= panel.width()
    panel.open_entry(HELP.pages["Till"])
    QApplication.processEvents()
    assert not [each for each in panel.findChildren(PagePicture) if each.isVisible()]
    assert "تصویر این صفحه هنگامی می‌آید که خود صفحه باز است." in _shown(panel)


@pytest.mark.slow
def test_who_comes_back_finds_the_page_pictured_as_it_stands(office: Office, qtbot: QtBot) -> None:
    office.sit(Role.CLERK)
    press(office.window, Qt.Key.Key_F1)
    office.sit(Role.MANAGER)
    office.sit(Role.CLERK)
    frame = office.window.frame
    assert frame is not None

    def as_it_stands() -> None:
        (picture,) = _panel(office).findChildren(PagePicture)
        now = PagePicture(pictured(frame.page_parts(), {}), {}, picture.sizeHint().width())
        assert picture._picture.toImage() == now._picture.toImage()

    qtbot.waitUntil(as_it_stands)


def _number_of(panel: HelpPanel, keys: str) -> int:
    """The number that stands in one line with these caps."""
    (caps,) = [each for each in panel.findChildren(KeyCaps) if each.keys() == keys]
    level = caps.geometry().center().y()
    marks = panel.findChildren(NumberMark)
    return min(marks, key=lambda mark: abs(mark.geometry().center().y() - level)).number


@pytest.mark.slow
def test_what_needs_the_panel_of_the_page_makes_the_help_give_way(
    office: Office, qtbot: QtBot
) -> None:
    office.sit(Role.CLERK)
    page = office.go(places.Home())
    assert page.side is not None
    press(office.window, Qt.Key.Key_F1)
    QApplication.processEvents()
    assert not page.side.isVisible()
    page.shell.show_summary()
    QApplication.processEvents()
    assert page.side.isVisible()
    assert not office.window.helping.is_open


@pytest.mark.slow
def test_a_field_without_an_entry_shows_the_pages_and_says_so(clerk: Clerk, qtbot: QtBot) -> None:
    clerk.page.jump("stage")
    clerk.body.details.fields.cells["stage"].topic = "of_a_service_of_their_own"
    press(clerk.page, Qt.Key.Key_F1)
    panel = _panel(clerk.office)
    assert isinstance(panel.entry, PageEntry)
    # What is told anew shows in the next turn.
    qtbot.waitUntil(lambda: any("راهنمای جدا نیست" in words for words in _shown(panel)))


@pytest.mark.long
def test_open_or_not_is_kept_for_each_person(office: Office) -> None:
    office.sit(Role.CLERK)
    press(office.window, Qt.Key.Key_F1)
    office.window.lock()
    office.sit(Role.MANAGER)
    assert not office.window.helping.is_open
    office.window.lock()
    office.sit(Role.CLERK)
    assert office.window.helping.is_open


@pytest.mark.parametrize("role", DUTIES)
@pytest.mark.long
def test_every_role_has_help_on_every_page_of_its_rail(
    office: Office, qtbot: QtBot, role: Role
) -> None:
    office.sit(role)
    press(office.window, Qt.Key.Key_F1)
    for page in DUTIES[role].pages:
        office.go(page.place)
        panel = _panel(office)
        assert panel.entry == HELP.pages[type(office.page.place).__name__]
        qtbot.waitUntil(lambda: find_problems(office.window) == [])


@pytest.mark.slow
def test_at_the_door_it_says_how_to_sign_in(office: Office, qtbot: QtBot) -> None:
    office.window.sign_in.password.control.setFocus()
    press(office.window, Qt.Key.Key_F1)
    panel = _panel(office)
    assert panel.isVisible()
    assert _key(office) == "password"
    qtbot.waitUntil(lambda: any("راهبر سامانه" in words for words in _shown(panel)))
    office.sit(Role.CLERK)
    assert not office.window.helping.is_open


@pytest.mark.parametrize(("look", "zoom"), [(Theme.LIGHT, 100), (Theme.DARK, 150)])
@pytest.mark.long
def test_nothing_is_cut_beside_the_form(
    fresh_clerk: Clerk, qtbot: QtBot, zoom: int, look: Theme
) -> None:
    clerk = fresh_clerk
    clerk.office.window.set_look(Look(look, zoom, motion=False))
    for key in ("party.person_id", "property.code", "property.plate", "report_date", "fee"):
        clerk.page.jump(key)
        press(clerk.page, Qt.Key.Key_F1)
        _panel(clerk.office)
        # Forty fields take their places in several turns.
        qtbot.waitUntil(lambda: find_problems(clerk.office.window) == [])
        press(clerk.office.window, Qt.Key.Key_F1)
    assert clerk.office.window.width() == 1366

"""The unit tells offices of an outage, sees who has not read it, and loses nothing typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import announcements, board, offices
from desktop.demo.people import PASSWORD
from desktop.domain.announcement import About, Announcement
from desktop.domain.errors import LineDown
from desktop.domain.people import Role
from desktop.ui import places
from desktop.ui.pages.notices.announcing import AnnouncingPage
from desktop.ui.pages.notices.form import AnnouncementForm
from desktop.ui.widgets.label import Label
from tests.houses import MORNING
from tests.ui.keyboard import press, type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.seeing import faults, wake
from tests.ui.pages.test_announcements import announced

Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
_WORDS = "سامانه برای جابه‌جایی کارساز در دسترس نیست."


def opened(office: Office) -> AnnouncingPage:
    office.sit(Role.SUPERVISOR)
    page = office.go(places.Announcing())
    assert isinstance(page, AnnouncingPage)
    wake(office)
    return page


def main(office: Office) -> None:
    press(office.window, Key.Key_Return, _CONTROL)
    QApplication.processEvents()


def typed(page: AnnouncingPage, key: str, text: str) -> None:
    assert page.form is not None
    control = page.form.fields[key].control
    control.setFocus()
    type_text(control, text)


def side(page: AnnouncingPage) -> list[str]:
    return [label.text() for label in page.panel.findChildren(Label)]


@pytest.mark.long
def test_an_outage_of_a_night_is_one(office: Office) -> None:
    page = opened(office)
    main(office)
    typed(page, "title", "قطعی سامانه")
    typed(page, "day", "1405/09/07")
    typed(page, "hours", "16-14")
    typed(page, "words", _WORDS)
    typed(page, "password", PASSWORD)
    main(office)
    assert page.form is not None
    assert "آغاز و پایان" in str(page.form.fields["hours"].error())
    # Also with the hint at the largest.
    page.form.hours.set_value("")
    assert faults(office) == []
    page.form.hours.set_value("۲۲ تا ۲")
    main(office)
    assert page.form is None
    (told,) = announcements.announced(office.crew.supervisor.desk)
    assert told.when() == "شنبه ۷ آذر، ۲۲:۰۰ تا یکشنبه ۸ آذر، ۰۲:۰۰"
    assert faults(office) == []


@pytest.mark.long
def test_an_outage_is_told_and_who_has_not_read_it_stands_beside(office: Office) -> None:
    page = opened(office)
    main(office)
    typed(page, "title", "قطعی سامانه")
    typed(page, "day", "1405/09/07")
    typed(page, "hours", "14-16")
    typed(page, "words", _WORDS)
    assert page.form is not None
    page.form.to.set_value("some")
    page.form.arrange_typed()
    typed(page, "offices", "21")
    typed(page, "counters", "۹")
    typed(page, "password", "نادرست")
    assert faults(office) == []
    main(office)
    assert "گذرواژه" in str(page.form.fields["password"].error())
    typed(page, "password", PASSWORD)
    main(office)
    # The office has three counters.
    assert str(page.form.fields["counters"].error()).endswith("باجهٔ ۹ ندارد.")
    page.form.counters.set_value("۱")
    main(office)
    assert page.form is None
    (told,) = announcements.announced(office.crew.supervisor.desk)
    assert told.when() == "شنبه ۷ آذر، ۱۴:۰۰ تا ۱۶:۰۰، باجهٔ ۱"
    assert any("دفتر نخوانده است" in words for words in side(page))
    assert faults(office) == []
    office.house.office.sync()
    announcements.note_read(office.crew.clerk, told.announcement)
    office.house.office.sync()
    press(office.window, Key.Key_F5)
    QApplication.processEvents()
    assert any(office.crew.clerk.staff.name in words for words in side(page))


@pytest.mark.slow
def test_what_is_missing_is_said_beside_it_and_what_is_typed_stays(office: Office) -> None:
    page = opened(office)
    main(office)
    typed(page, "title", "قطعی سامانه")
    main(office)
    form = page.form
    assert form is not None
    wrong = {key for key, field in form.fields.items() if field.error()}
    assert wrong == {"day", "words", "password"}
    form.to.set_value("some")
    form.arrange_typed()
    typed(page, "offices", "98 21")
    main(office)
    assert form.fields["offices"].error() == "دفتری با کد «۹۸» نیست."
    press(office.window, Key.Key_Escape)
    QApplication.processEvents()
    assert page.form is None
    main(office)
    assert page.form is not None
    assert page.form.title.value() == "قطعی سامانه"


@pytest.mark.slow
def test_a_reminder_to_thousands_of_offices_names_each_of_them(office: Office) -> None:
    desk = office.crew.supervisor.desk
    (card,) = offices.offices(desk).values()
    many = {
        f"o{at}": replace(card, code=str(1_000 + at), office_id=f"o{at}") for at in range(5_000)
    }
    form = AnnouncementForm(board.services_known(desk), many, lambda: MORNING)
    told = Announcement("1", About.NOTE, "اطلاع", _WORDS, MORNING, "", offices=tuple(many))
    form.begin(told)
    assert [key for key, _ in form.faults()] == ["password"]
    assert set(form._told([]).offices) == set(many)
    form.deleteLater()


@pytest.mark.long
def test_a_wrong_announcement_is_corrected_and_the_office_sees_the_right_one(
    office: Office,
) -> None:
    first = announced(office)
    page = opened(office)
    page.correct()
    form = page.form
    assert form is not None
    assert form.title.value() == first.title
    form.hours.set_value("8-9")
    typed(page, "password", PASSWORD)
    main(office)
    assert page.form is None
    office.house.office.sync()
    (heard,) = announcements.heard(office.crew.clerk)
    assert heard.announcement.replaces == first.announcement
    assert heard.announcement.when().endswith("۰۸:۰۰ تا ۰۹:۰۰")
    page.table.choose(1)
    assert any("جای این را گرفته" in words for words in side(page))
    assert faults(office) == []


@pytest.mark.slow
def test_without_a_line_nothing_is_sent_and_nothing_typed_is_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced(office, about=About.NOTE, since=None, until=None)
    page = opened(office)
    page.begin()
    form = page.form
    assert form is not None
    form.about.set_value(About.NOTE.value)
    form.arrange_typed()
    typed(page, "title", "ساعت کار واحد")
    typed(page, "words", _WORDS)
    typed(page, "password", PASSWORD)

    def down(*_: object) -> None:
        raise LineDown("no line")

    monkeypatch.setattr(announcements, "announce", down)
    main(office)
    assert page.form is form
    assert form.banner.accessibleName().startswith("فرستادن اطلاعیه به خط نیاز دارد")
    assert form.title.value() == "ساعت کار واحد"

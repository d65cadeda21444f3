"""A service's file signed by two, declined, doubted, in place of another title."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtGui import QTextCursor

from desktop.actions import drafts, intake, publishing
from desktop.demo.people import PASSWORD
from desktop.domain.persian import clean, to_persian_digits
from desktop.domain.stream import Topic
from desktop.domain.tariff import Purse
from desktop.ui import places
from desktop.ui.page import Page
from desktop.ui.pages.services.asking import DIFFERENCE
from desktop.ui.pages.services.page import ServiceFilesPage
from desktop.ui.pages.services.reader import PublicationPage
from desktop.ui.widgets.label import Label
from desktop.wire.services import VersionState
from tests.awning import FILE
from tests.publish import figures, in_force, tariff
from tests.ui.keyboard import type_text
from tests.ui.pages.conftest import Office
from tests.ui.pages.service_hands import (
    CHANGED,
    TODAY,
    WHY,
    file_of,
    labels,
    open_editor,
    replace,
    settle,
    sign_first,
    sit_as,
)


@pytest.mark.long
@pytest.mark.slow
def test_two_people_put_it_into_force_at_the_counter(office: Office) -> None:
    page = open_editor(office, file_of("walling", CHANGED))
    draft = page.place.draft_id
    assert page.bar is not None
    page.bar.press_main()
    assert page.card.password.error() == "گذرواژهٔ خود را وارد کنید."
    sign_first(page, "نادرست")
    assert page.card.password.error()
    assert publishing.waiting(office.crew.second) == []
    sign_first(page)
    assert isinstance(office.page, ServiceFilesPage)
    assert drafts.open_draft(office.window.seat.desk, draft) is None
    waits = publishing.waiting(office.crew.second)
    assert len(waits) == 1
    own = office.go(places.Publication(waits[0].draft.publication))
    assert isinstance(own, PublicationPage)
    assert "نه خود شما" in labels(own)
    assert own.bar is not None
    assert own.bar.main is not None
    assert "امضا" not in own.bar.main.text()
    sit_as(office, "مریم شایق")
    other = office.go(places.Publication(waits[0].draft.publication))
    assert isinstance(other, PublicationPage)
    assert other.tabs.current() == DIFFERENCE
    assert "بلندی" in labels(other)
    assert other.bar is not None
    assert other.bar.main is not None
    assert other.bar.main.text() == "امضا و انتشار از شنبه ۲۱ آذر"
    other.bar.press_main()
    assert other.card.password.error() == "گذرواژهٔ خود را وارد کنید."
    other.card.password.set_value("نادرست")
    other.bar.press_main()
    assert other.card.password.error()
    other.card.password.set_value(PASSWORD)
    other.bar.press_main()
    assert publishing.waiting(office.crew.second) == []
    office.house.office.sync()
    assert "ارتفاع" in walling_labels(office)
    office.clock.moment += timedelta(days=20)
    assert "بلندی" in walling_labels(office)


def walling_labels(office: Office) -> str:
    service = intake.services(office.crew.clerk.desk)["walling"]
    return " ".join(each.label for each in service.fields)


@pytest.mark.long
def test_both_signers_read_of_as_many_warnings_beside_the_text_as_at_its_step(
    office: Office,
) -> None:
    page = open_editor(office, file_of("walling", CHANGED, ("most = 6", "least = 1\nmost = 7")))
    settle(page)
    assert page.cautions
    words = f"{to_persian_digits(len(page.cautions))} هشدار"
    assert _told(page).count(words) == 2
    # Which they are is read before one signs, not only how many.
    assert page.cautions[0] in _told(page)
    sign_first(page)
    waits = publishing.waiting(office.crew.second)[0]
    sit_as(office, "سعید نوری")
    other = office.go(places.Publication(waits.draft.publication))
    assert isinstance(other, PublicationPage)
    settle(other)
    assert _told(other).count(words) == 2
    assert page.cautions[0] in _told(other)


@pytest.mark.long
def test_both_signers_read_of_as_many_lines_and_warnings_where_the_file_shares_blocks(
    office: Office,
) -> None:
    # The years of the tenancy are bounded by a block that every service has.
    text = FILE.read_text(encoding="utf-8").rstrip("\n")
    page = open_editor(office, text)
    settle(page)
    own, warned = text.count("\n") + 1, page.cautions
    assert warned
    assert page.head.count.words() == to_persian_digits(f"{own} سطر")
    sign_first(page)
    waits = publishing.waiting(office.crew.second)[0]
    sit_as(office, "سعید نوری")
    other = office.go(places.Publication(waits.draft.publication))
    assert isinstance(other, PublicationPage)
    settle(other)
    shared = other.text.text().rstrip("\n").count("\n") + 1 - own
    assert shared > 50
    assert other.head.count.words() == to_persian_digits(f"{own} سطر و {shared} مشترک")
    assert other.cautions == warned


def _told(page: Page) -> list[str]:
    return [label.words() for label in page.findChildren(Label) if label.isVisible()]


@pytest.mark.long
def test_the_second_person_may_decline_with_a_reason(office: Office) -> None:
    page = open_editor(office, file_of("walling", CHANGED))
    sign_first(page)
    waits = publishing.waiting(office.crew.second)[0]
    sit_as(office, "سعید نوری")
    other = office.go(places.Publication(waits.draft.publication))
    assert isinstance(other, PublicationPage)
    other._ask_reason(asked=True)
    assert other.bar is not None
    other.bar.press_main()
    assert "۲۰ نویسه" in (other.card.reason.error() or "")
    other.card.reason.set_value(WHY)
    other.card.password.set_value(PASSWORD)
    other.bar.press_main()
    ended = publishing.publication(office.crew.second, waits.draft.publication)
    assert ended.state is VersionState.WITHDRAWN
    assert ended.ended is not None
    assert ended.ended.reason == clean(WHY)


@pytest.mark.long
def test_another_title_is_put_in_place_only_when_asked(office: Office) -> None:
    text = file_of("walling", ('title = "مجوز دیوارکشی"', 'title = "مجوز نرده"'))
    page = open_editor(office, text)
    assert "این کد اکنون «مجوز دیوارکشی» است." in labels(page)
    sign_first(page)
    assert page.card.replaces.error()
    assert publishing.waiting(office.crew.second) == []
    page.card.replaces.set_value(True)
    replace(page, "[fees]", "[fees")
    replace(page, "[fees", "[fees]")
    assert not page.card.replaces.value()
    page.card.replaces.set_value(True)
    sign_first(page)
    waits = publishing.waiting(office.crew.second)
    assert [each.draft.replaces for each in waits] == ["مجوز دیوارکشی"]


@pytest.mark.long
def test_a_doubt_wants_a_reason_and_both_are_kept(office: Office) -> None:
    """The office's fee would be 55 times what it is."""
    crew = office.crew
    dear = tariff("visit", "25000000", TODAY + timedelta(days=1), Purse.MUNICIPALITY)
    in_force(crew, figures(crew, Topic.TARIFF, dear))
    page = open_editor(office, file_of("walling", ('office = "office"', 'office = "visit"')))
    assert "کارمزد دفتر از ۴۵۰٬۰۰۰ ریال به ۲۵٬۰۰۰٬۰۰۰ ریال" in labels(page)
    sign_first(page)
    assert "۲۰ نویسه" in (page.card.reason.error() or "")
    assert publishing.waiting(crew.second) == []
    page.card.reason.set_value(WHY)
    sign_first(page)
    (waits,) = publishing.waiting(crew.second)
    assert len(waits.draft.overruled) == 1
    assert waits.prepared.reason == clean(WHY)
    sit_as(office, "مریم شایق")
    other = office.go(places.Publication(waits.draft.publication))
    shown = labels(other)
    assert "نامهٔ ۱۲۳" in shown
    assert "۲۵٬۰۰۰٬۰۰۰ ریال" in shown


@pytest.mark.long
def test_figures_that_wait_are_read_and_signed_here_too(office: Office) -> None:
    crew = office.crew
    dear = tariff("visit", "3000000", TODAY + timedelta(days=2), Purse.MUNICIPALITY)
    waits = publishing.prepare(crew.supervisor, figures(crew, Topic.TARIFF, dear))
    sit_as(office, "مریم شایق")
    page = office.go(places.Publication(waits.draft.publication))
    assert isinstance(page, PublicationPage)
    assert "۳٬۰۰۰٬۰۰۰" in labels(page)
    page.card.password.set_value(PASSWORD)
    assert page.bar is not None
    page.bar.press_main()
    ended = publishing.publication(crew.second, waits.draft.publication)
    assert ended.state is VersionState.IN_FORCE


@pytest.mark.slow
def test_a_text_that_was_not_looked_at_yet_is_never_signed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check is slow or was stopped: what stands there now is another text."""
    page = open_editor(office, file_of("walling", CHANGED))
    page.card.password.set_value(PASSWORD)
    monkeypatch.setattr(page, "look", lambda: None)
    page.text.moveCursor(QTextCursor.MoveOperation.Start)
    type_text(page.text, "# ناگفته\n")
    assert page.bar is not None
    page.bar.press_main()
    assert publishing.waiting(office.crew.second) == []
    assert "بررسی هنوز تمام نشده است." in " ".join(
        each.words() for each in page.bar.findChildren(Label)
    )

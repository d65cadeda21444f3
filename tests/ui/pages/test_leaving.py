"""What is typed outlives its page: also on a full disk, and while it is being handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.actions import act_drafts, drafts
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.store.open import Store
from desktop.ui import places
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.pages.home.page import Home
from tests.ui.keyboard import press, type_text
from tests.ui.pages.act_hands import escape, lines, opened
from tests.ui.pages.case_hands import unpaid
from tests.ui.pages.conftest import Office, made
from tests.ui.pages.form_hands import CONTROL, Clerk, Key
from tests.ui.pages.paper_hands import banners

FULL = "روی دیسک جا نیست."
UNKEPT = f"{FULL} نوشتهٔ این صفحه هنوز نگه داشته نشده است؛ اگر باز هم آن را ترک کنید از دست می‌رود."


@contextmanager
def full_disk() -> Iterator[None]:
    """No store finds room for anything."""

    def write(store: Store, work: object) -> None:
        raise Refusal(FULL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "write", write)
        yield


def told(office: Office) -> list[str]:
    """What stands on top of the content, once it is laid out."""
    made()
    return banners(office)


def left_words(office: Office) -> str:
    """What the status bar says of something typed."""
    return office.window.status.draft.text()


@pytest.mark.slow
@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F2])
def test_a_form_that_cannot_be_kept_stays_until_it_is_left_again(
    office: Office, qtbot: QtBot, key: Key
) -> None:
    clerk = Clerk(office, qtbot)
    clerk.put("party.first_name", "علی")
    with full_disk():
        press(office.window, key)
        assert isinstance(office.page, CaseForm)
        assert told(office) == [UNKEPT]
        assert left_words(office) == ""
        # Somebody types on, and is told again.
        clerk.put("party.last_name", "رضایی")
        press(office.window, key)
        assert isinstance(office.page, CaseForm)
        press(office.window, key)
        assert isinstance(office.page, Home)
        assert left_words(office) == ""


@pytest.mark.slow
def test_with_room_again_a_form_that_stayed_is_kept(office: Office, qtbot: QtBot) -> None:
    clerk = Clerk(office, qtbot)
    clerk.put("party.first_name", "علی")
    with full_disk():
        press(office.window, Key.Key_Escape)
    press(office.window, Key.Key_Escape)
    assert isinstance(office.page, Home)
    assert left_words(office) == "نوشتهٔ شما نگه داشته شد"
    (draft,) = drafts.mine(office.window.seat)
    assert "علی" in draft.body


@pytest.mark.slow
def test_the_window_closes_at_the_second_time_only(office: Office, qtbot: QtBot) -> None:
    clerk = Clerk(office, qtbot)
    clerk.put("party.first_name", "علی")
    with full_disk():
        assert not office.window.close()
        assert told(office) == [UNKEPT]
        assert office.window.close()


@pytest.mark.slow
def test_locked_it_is_told_before_somebody_else_signs_in(office: Office, qtbot: QtBot) -> None:
    clerk = Clerk(office, qtbot)
    clerk.put("party.first_name", "علی")
    with full_disk():
        press(office.window, Key.Key_L, CONTROL)
        assert office.window.is_locked
        words = office.window.sign_in.name.error()
        assert words is not None
        assert "اگر کس دیگری وارد شود از دست می‌رود" in words
    office.sit(Role.CLERK)
    assert told(office) == [UNKEPT]
    assert clerk.body.party.texts()["first_name"] == "علی"


@pytest.mark.slow
def test_an_act_that_was_closed_and_not_kept_holds_its_page(office: Office) -> None:
    case = unpaid(office)
    page = opened(office, case, Role.CLERK)
    page.begin("withdraw")
    type_text(page, "منصرف شد")
    with full_disk():
        escape(page)
        assert lines(page) == ["نوشتهٔ ناتمام: انصراف متقاضی، ۱۰:۴۲"]
        assert told(office) == [FULL]
        office.window.back()
        assert office.page is page
    office.window.back()
    assert [each.act for each in act_drafts.mine(office.window.seat)] == ["withdraw"]

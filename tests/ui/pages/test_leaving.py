"""What is typed outlives its page: also on a full disk, and while it is being handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions import act_drafts, drafts, intake
from desktop.actions.desk import Seat
from desktop.demo.following import case_now
from desktop.domain.errors import Refusal
from desktop.domain.people import Role
from desktop.domain.state import State
from desktop.store.open import Store
from desktop.ui.pages.case.page import CasePage
from desktop.ui.pages.form.page import CaseForm
from desktop.ui.pages.home.page import Home
from tests.ui.keyboard import press, type_text
from tests.ui.pages.act_hands import escape, fill, lines, opened
from tests.ui.pages.case_hands import unpaid
from tests.ui.pages.conftest import Office, made
from tests.ui.pages.form_hands import CONTROL, Clerk, Key, a_form
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


# While it is done.


@contextmanager
def held_up(office: Office, module: object, name: str, refusal: str = "") -> Iterator[None]:
    """Ctrl+Enter; what it does is answered only after what is done within, or refused so."""
    going, begun = Event(), Event()
    real = getattr(module, name)

    def slowly(*given: object, **named: object) -> object:
        done = None if refusal else real(*given, **named)
        begun.set()
        going.wait(2)
        if refusal:
            raise Refusal(refusal)
        return done

    work = office.window.work
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, slowly)
        patch.setattr(work, "_serial", False)
        press(office.window, Key.Key_Return, CONTROL)
        while not begun.is_set():
            made()
        yield
        going.set()
        while not work.idle:
            made()
    made()


def withdrawing(office: Office) -> CasePage:
    """The applicant's withdrawal is typed, and not done yet."""
    page = opened(office, unpaid(office), Role.CLERK)
    assert isinstance(page, CasePage)
    page.begin("withdraw")
    form = page.form
    assert form is not None
    fill(form)
    return page


def unfinished(office: Office) -> list[str]:
    return [each.act for each in act_drafts.mine(office.window.seat)]


@pytest.mark.slow
@pytest.mark.parametrize("refusal", ["", FULL])
def test_esc_waits_for_the_act_that_is_under_way(office: Office, refusal: str) -> None:
    page = withdrawing(office)
    with held_up(office, Seat, "do_all", refusal):
        press(office.window, Key.Key_Escape)
        assert page.form is not None
        assert office.window.frame is not None
        assert "در حال انجام است" in office.window.frame.toast.words.text()
    assert (page.form is not None) == bool(refusal)
    assert (FULL in told(office)) == bool(refusal)


@pytest.mark.slow
def test_an_act_is_done_and_no_draft_though_its_page_was_left(office: Office) -> None:
    page = withdrawing(office)
    with held_up(office, Seat, "do_all"):
        press(office.window, Key.Key_F2)
        assert isinstance(office.page, Home)
        assert left_words(office) == ""
    assert case_now(office.crew.clerk, page.case_id).state is State.WITHDRAWN
    assert unfinished(office) == []


@pytest.mark.slow
def test_that_an_act_was_refused_is_told_where_the_person_is_by_then(office: Office) -> None:
    withdrawing(office)
    with held_up(office, Seat, "do_all", FULL):
        press(office.window, Key.Key_F2)
    assert isinstance(office.page, Home)
    assert told(office) == [FULL]
    assert unfinished(office) == ["withdraw"]


@pytest.fixture
def whole(office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """A form that can be registered, with something typed that is not kept yet."""
    clerk = Clerk(office, qtbot)
    filled = a_form(office)
    clerk.fill_party(filled)
    clerk.fill_code(filled)
    clerk.fill_rest(filled)
    clerk.page.jump("party.address")
    clerk.type("زنگ سوم")
    form = clerk.page.open
    assert form is not None
    # The fee comes later.
    monkeypatch.setattr(form, "_has_read_fee", lambda: True)
    return clerk


LEAVING: dict[str, Callable[[Office], object]] = {
    "esc": lambda office: press(office.window, Key.Key_Escape),
    "lock": lambda office: office.window.lock(),
    "close": lambda office: office.window.close(),
}
WAYS = ["esc", *(pytest.param(way, marks=pytest.mark.long) for way in ("lock", "close"))]


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_a_request_that_was_left_while_it_is_registered_is_no_draft(whole: Clerk, way: str) -> None:
    office = whole.office
    with held_up(office, intake, "register"):
        LEAVING[way](office)
        assert "نگه داشته شد" not in left_words(office)
    assert drafts.mine(office.window.seat) == []


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_one_that_is_refused_then_is_kept(whole: Clerk, way: str) -> None:
    office = whole.office
    with held_up(office, intake, "register", FULL):
        LEAVING[way](office)
    (draft,) = drafts.mine(office.window.seat)
    if way == "esc":
        assert told(office) == [FULL]
    assert "زنگ سوم" in draft.body

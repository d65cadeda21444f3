"""The page of the city's records before any import, with no line, and beside a bug."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.actions import records
from desktop.actions.records import StateAnswer
from desktop.domain.errors import LineDown
from desktop.ui import places
from desktop.ui.pages.records import parts
from desktop.ui.widgets.label import Label
from tests.ui.pages.conftest import Office
from tests.ui.pages.record_hands import REASON, Desk, Exports


@pytest.mark.slow
def test_before_any_import_the_page_says_what_happens(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = StateAnswer(
        in_force=None, forced=None, staged=None, kept=0, days_left=0, warned=True,
        sheets=desk.state().sheets,
    )  # fmt: skip
    monkeypatch.setattr(records, "look", lambda _: nothing)
    desk.key(Qt.Key.Key_F5)
    words = [label.words() for label in desk.page.findChildren(Label) if label.isVisible()]
    assert parts.NO_RECORDS in words
    assert "به بازدید" not in parts.NO_RECORDS
    assert desk.main_words() == "گزینش خروجی"
    assert desk.page.body.sums is None


@pytest.mark.long
def test_without_a_line_what_was_known_stays(
    desk: Desk, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.send(exports.dirty)

    def down(*_: object, **__: object) -> object:
        raise LineDown

    with monkeypatch.context() as cut:
        cut.setattr(records, "look", down)
        desk.key(Qt.Key.Key_F5)
        assert any("آنچه می‌بینید از ۱۰:۴۲ است" in words for words in desk.banners())
        # What waits is not sent by itself: no word of that here.
        assert not any("خودکار" in words for words in desk.banners())
        assert desk.held.rows
        desk.office.go(places.Watch())
        desk.office.go(places.Records())
        assert desk.held.rows, "the page opens with what it last knew"
    desk.page.body.fault.link.click()
    assert not desk.page.body.fault.isVisible()


@pytest.mark.slow
def test_a_first_look_without_a_line_offers_to_try_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> object:
        raise LineDown

    desk = Desk(office)
    with monkeypatch.context() as cut:
        cut.setattr(records, "look", down)
        desk.open()
        assert desk.main_words() == "تلاش دوباره"
        assert any("به خط نیاز دارد" in words for words in desk.banners())
    desk.main()
    assert desk.main_words() == "گزینش خروجی"


@pytest.mark.slow
def test_a_line_that_falls_while_sending_is_told(
    desk: Desk, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object, **__: object) -> int:
        raise LineDown

    monkeypatch.setattr(records, "send", down)
    desk.send(exports.newer)
    assert any("خط قطع شد" in words for words in desk.banners())
    assert not desk.page.carrier.sending
    assert desk.main_words() == "گزینش خروجی"


@pytest.mark.slow
def test_a_bug_while_sending_leaves_the_page_alive(
    desk: Desk, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(records, "send", broken)
    desk.send(exports.newer)
    assert any("کد گزارش" in words for words in desk.banners())
    assert desk.main_words() == "گزینش خروجی"


@pytest.mark.long
def test_what_is_typed_stays_while_rounds_of_sync_go_by(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    desk.page._open_reason()
    desk.held.reason.set_value(REASON)
    held = desk.held
    desk.key(Qt.Key.Key_F5)
    assert desk.page.body.held is held
    assert held.reason.value() == REASON


@pytest.mark.long
def test_who_may_sign_beside_oneself_is_never_another_persons_list(
    desk: Desk, exports: Exports
) -> None:
    """The page shows what was last known at once; somebody else may have sat here then."""
    desk.send(exports.dirty)
    known = desk.page.known
    assert known is not None
    desk.page._show(replace(known, seconds=("مریم شایق",)))
    names = [key for key, _ in desk.held.second.control.options()]  # type: ignore[attr-defined]
    assert names == ["مریم شایق"]

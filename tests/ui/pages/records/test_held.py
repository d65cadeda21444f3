"""A held import at the supervisor's desk: its causes and rows, put into force with a reason."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import records
from desktop.domain.import_causes import CauseKind
from desktop.ui.pages.records import parts
from desktop.ui.pages.records.parts import Phase
from desktop.ui.widgets.label import Label
from tests.ui.keyboard import press
from tests.ui.pages.conftest import Office
from tests.ui.pages.record_hands import REASON, SECOND, TODAY, YESTERDAY, Desk, Exports, shown_rows


@pytest.mark.long
def test_a_held_export_tells_why_beside_what_would_follow(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    page, state = desk.page, desk.state()
    assert state.staged is not None
    causes = state.staged.causes
    assert {CauseKind.DEBTS_END, CauseKind.HOLDS_END, CauseKind.ORPHANS} <= {
        CauseKind(cause.kind) for cause in causes
    }
    assert desk.main_words() == "دریافت فهرست ایرادها"
    assert desk.held.rows[0].link.hasFocus()
    said = [label.words() for label in desk.held.findChildren(Label)]
    for cause in causes:
        for words in (cause.cause, cause.limit, cause.consequence):
            assert words in said
    assert any("نگه داشته شد" in words and "سوابق" in words for words in desk.banners())
    frame = desk.office.window._frame
    assert frame is not None
    assert frame.rail.items["city-data"].accessibleName() == "داده‌های شهر ۱"
    # Until then the former import answers.
    assert state.in_force is not None
    assert state.in_force.as_of == YESTERDAY
    assert page.heading.chip is parts.CHIPS[Phase.HELD]


@pytest.mark.long
def test_number_keys_open_the_rows_of_their_cause(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    for place, row in enumerate(desk.held.rows):
        assert row.below.isHidden()
        desk.key(Qt.Key(Qt.Key.Key_1 + place))
        assert row.below.isVisible()
        shown = shown_rows(row.below)
        assert shown
        if row.cause.kind not in (CauseKind.DEBT_SUM_ENDS, CauseKind.CONTROL):
            assert len(shown) == row.cause.count
        desk.key(Qt.Key(Qt.Key.Key_1 + place))
        assert row.below.isHidden()


@pytest.mark.slow
def test_the_rows_behind_a_cause_are_its_own_and_all_of_them(
    office: Office, exports: Exports, tmp_path: Path
) -> None:
    """Two sheets with rows that belong to nobody, one with refused rows, one with a strange word:
    each cause opens its own rows, as many as it counts."""
    folder = tmp_path / "همه‌چیز"
    shutil.copytree(exports.newer, folder)
    for sheet, column, cells, text in (
        ("بدهی‌ها", 0, 6, ""),
        ("بدهی‌ها", 6, 8, "نزد شورای حل اختلاف"),
        ("بدهی‌ها", 3, 3, "نامعلوم"),
        ("توقیف‌ها", 0, 1, ""),
        ("گواهی‌ها", 3, 9, "1404/13/40"),
        ("گواهی‌ها", 0, 7, "نامعلوم"),
    ):
        spoil(folder / f"{sheet}.csv", column, cells, text)
    seat = office.crew.supervisor
    records.send(seat, folder, TODAY)
    staged = records.look(seat).staged
    assert staged is not None
    told = [cause for cause in staged.causes if not CauseKind(cause.kind).ends]
    kinds = [CauseKind(cause.kind) for cause in told]
    assert sorted(kinds) == sorted(
        [CauseKind.ORPHANS] * 2 + [CauseKind.REFUSED] * 2 + [CauseKind.UNKNOWN_WORDS]
    )
    for cause in told:
        answer = records.rows(seat, staged.export_id, cause=cause.key)
        assert (answer.total, len(answer.rows)) == (cause.count, cause.count), cause.key
        assert {row.sheet for row in answer.rows} == {cause.sheet}


def spoil(path: Path, column: int, cells: int, text: str) -> None:
    """Write the text into so many rows at the end of the file, one after the other's."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[-cells:] if column else rows[1 : 1 + cells]:
        row[column] = text
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.mark.slow
def test_a_debt_settled_by_a_word_is_listed_with_what_it_says_now(
    office: Office, exports: Exports, tmp_path: Path
) -> None:
    """What ends is counted gross: rows that a word settles are among those that are shown."""
    folder = tmp_path / "پرداخت‌شده"
    shutil.copytree(exports.newer, folder)
    path = folder / "بدهی‌ها.csv"
    path.write_text(path.read_text("utf-8-sig").replace("قطعی", "پرداخت شده"), "utf-8-sig")
    seat = office.crew.supervisor
    paid = "پرداخت‌شده"
    records.send(seat, folder, TODAY)
    staged = records.look(seat).staged
    assert staged is not None
    for kind in (CauseKind.DEBTS_END, CauseKind.DEBT_SUM_ENDS):
        cause = next(cause for cause in staged.causes if cause.kind == kind)
        answer = records.rows(seat, staged.export_id, cause=cause.key, limit=5)
        assert len(answer.rows) == 5
        assert answer.total == next(c.count for c in staged.causes if c.kind == "debts-end")
        assert all(paid in row.about.partition("؛ اکنون ")[2] for row in answer.rows)
        rest = records.rows(seat, staged.export_id, cause=cause.key, offset=5)
        assert len(rest.rows) == answer.total - 5


@pytest.mark.long
def test_more_than_two_hundred_rows_stand_in_the_list(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    answer = records.rows(desk.office.crew.supervisor, desk.state().staged.export_id, limit=1)  # type: ignore[union-attr]
    below = desk.held.rows[0].below
    below._add_rows(answer.model_copy(update={"total": 5000}))
    assert below.findChildren(Label)[-1].words() == "۴٬۹۹۹ سطر دیگر در فهرست"


@pytest.mark.long
def test_held_all_the_same_it_is_put_into_force_by_two_with_a_reason(
    desk: Desk, exports: Exports
) -> None:
    desk.send(exports.dirty)
    held = desk.held
    assert held.asks_second()
    desk.answer_for()
    state = desk.state()
    assert state.staged is None
    assert state.forced is not None
    assert (state.forced.second, state.forced.reason) == (SECOND, REASON)
    # A hold without a letter's number stays, though two have signed.
    assert state.kept == 2
    assert any("با دلیل شما" in words for words in desk.banners())
    assert f"دلیل: {REASON}" in [label.words() for label in desk.page.findChildren(Label)]


@pytest.mark.long
def test_a_letters_number_lifts_its_row_and_the_rest_stays(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    held = desk.held
    held.open_reason()
    lifts = next(row.lifts for row in held.rows if row.lifts is not None)
    QApplication.processEvents()
    assert len(lifts.lines) == 2
    next(iter(lifts.lines.values())).set_value("1405/812")
    held.close_reason()
    before = desk.state().in_force
    desk.answer_for()
    state = desk.state()
    assert state.kept == 1
    # The number of holds in force counts the one that stays, not what the export has alone.
    assert before is not None
    assert state.in_force is not None
    assert state.in_force.totals["hold"] == before.totals["hold"] - 1


@pytest.mark.long
def test_a_second_person_may_end_the_rows_without_a_letter(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    held = desk.held
    held.end_rest.set_value(True)
    desk.answer_for()
    assert desk.state().kept == 0


@pytest.mark.long
def test_each_lack_is_told_beside_its_cause(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    held = desk.held
    desk.page._open_reason()
    QApplication.processEvents()
    desk.main()
    wrong = {key for key, field in held.fields.items() if field.error()}
    ticks = {row.cause.key for row in held.rows}
    assert wrong == {*ticks, "reason", "password", "second"}
    assert held.errors.links[0].hasFocus()
    press(desk.page, Qt.Key.Key_Return)
    assert held.rows[0].tick.control.hasFocus()
    assert desk.state().staged is not None
    for row in held.rows:
        row.tick.set_value(True)
    held.reason.set_value("کوتاه است")
    desk.main()
    assert held.reason.error() == "دلیل را دست‌کم با ۲۰ نویسه بنویسید."


@pytest.mark.long
def test_the_reason_is_counted_while_it_is_typed(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    desk.page._open_reason()
    desk.held.reason.control.setFocus()
    desk.type("کوتاه")
    assert desk.held.reason.hint.words() == "۵ نویسه؛ دست‌کم ۲۰"
    desk.type(" ولی اکنون دیگر بس است")
    assert desk.held.reason.hint.words() == "۲۷ نویسه"


@pytest.mark.long
def test_a_wrong_second_password_stands_beside_it(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    desk.answer_for(password="نادرست")
    held = desk.held
    assert held.second_password.error()
    assert not held.second.error()
    assert held.second_password.control.hasFocus()
    assert desk.state().staged is not None
    # What was typed is there; only the password is typed anew.
    desk.sign()
    assert desk.state().staged is None


@pytest.mark.long
def test_oneself_is_never_the_second_person(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    choice = desk.held.second.control
    names = [key for key, _ in choice.options()]  # type: ignore[attr-defined]
    assert SECOND in names
    assert desk.office.crew.supervisor.staff.name not in names
    assert desk.office.crew.inspector.staff.name not in names


@pytest.mark.long
def test_what_the_centre_refuses_is_shown_where_its_cause_is(
    desk: Desk, exports: Exports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page lets it through, the centre does not: its words come with the field's name."""
    desk.send(exports.dirty)
    held = desk.held
    monkeypatch.setattr(held, "signature_faults", list)
    monkeypatch.setattr(held, "second_person", lambda: None)
    desk.answer_for(second=False)
    assert held.second.error()
    assert "نفر دوم" in (held.second.error() or "")


@pytest.mark.long
def test_esc_gives_up_the_reason_and_leads_back_to_the_causes(desk: Desk, exports: Exports) -> None:
    desk.send(exports.dirty)
    desk.page._open_reason()
    desk.held.password.set_value("نمونه")
    assert desk.main_words() == "اعمال با ذکر دلیل"
    desk.key(Qt.Key.Key_Escape)
    assert desk.main_words() == "دریافت فهرست ایرادها"
    assert not desk.held.password.value()
    assert desk.held.rows[0].link.hasFocus()

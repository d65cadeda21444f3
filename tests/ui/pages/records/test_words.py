"""Words of an export that no list knows: given their meaning on one page, signed by another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.actions import publishing, record_words, records
from desktop.demo.people import PASSWORD
from desktop.domain.errors import Refusal
from desktop.domain.record_words import Deed, WordColumn
from desktop.ui.pages.records.words import WordsCard, WordsForm
from desktop.ui.widgets.inputs.list_choice import ListChoice
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.lists.rows import ListRow
from tests.centre.records.writing import write_records
from tests.houses import properties_on
from tests.ui.pages.record_hands import TODAY, Desk

pytestmark = pytest.mark.slow
STRANGE, RARE = "بنچاق", "نخلستان"


def odd_export(folder: Path) -> Path:
    """This morning's city, four of its deeds and two of its uses in words that nobody listed."""
    found = [item.record for item in properties_on(TODAY)]
    for place in range(4):
        found[place] = replace(found[place], deed=STRANGE)
    for place in (10, 11):
        found[place] = replace(found[place], use=RARE)
    write_records(found, folder / "خروجی")
    return folder / "خروجی"


def card(desk: Desk) -> list[str]:
    """What the card of unknown words says, row by row."""
    return [row.accessibleName() for row in desk.page.findChildren(WordsCard)[0].rows]


def form(desk: Desk) -> WordsForm:
    """Opened from the card."""
    row = desk.page.findChildren(WordsCard)[0].rows[0]
    assert isinstance(row, ListRow)
    row.setFocus()
    desk.key(Qt.Key.Key_Space)
    opened = desk.page.body.form
    assert isinstance(opened, WordsForm)
    return opened


@pytest.mark.long
def test_what_words_mean_is_said_on_one_page_and_holds_when_another_signs(
    desk: Desk, tmp_path: Path
) -> None:
    desk.send(odd_export(tmp_path))
    assert card(desk) == ["«بنچاق» و «نخلستان»، در ۶ خانهٔ سوابق، تعیین معنا…"]
    opened = form(desk)
    assert [field.words() for field in list(opened.fields.values())[:2]] == [
        "«بنچاق»، نوع سند",
        "«نخلستان»، کاربری",
    ]
    # One is asked for, and any of them may stay open.
    assert [label.text() for label in opened.findChildren(Label)].count("اختیاری") == 2
    desk.main()
    first = next(iter(opened.fields.values()))
    assert first.error() == "دست‌کم یک واژه را معنا کنید."
    assert opened.password.error()
    first.setFocus()
    choice = first.control
    assert isinstance(choice, ListChoice)
    desk.type("قولنامه")
    desk.key(Qt.Key.Key_Return)
    assert choice.value() == Deed.PRIVATE
    desk.until(opened.password.control.hasFocus)
    desk.type("نه")
    desk.main()
    assert "گذرواژه" in (opened.password.error() or "")
    desk.sign()
    assert any("نفر دوم امروز آن را در «خدمت‌ها»" in words for words in desk.banners())
    # What was said is not asked again while it waits, nor once it is signed.
    assert card(desk) == [
        "«نخلستان»، در ۲ خانهٔ سوابق، تعیین معنا…",
        "«بنچاق»، در ۴ خانهٔ سوابق، در انتظار امضای دوم در «خدمت‌ها»",
    ]
    (waits,) = publishing.waiting(desk.office.crew.second)
    publishing.sign(desk.office.crew.second, waits)
    desk.look()
    assert card(desk) == ["«نخلستان»، در ۲ خانهٔ سوابق، تعیین معنا…"]
    with desk.office.house.centre.reading() as session:
        reference = desk.office.house.centre.reference
        days = (TODAY, TODAY + timedelta(days=1))
        meant = [reference.city(session, day).words.deed(STRANGE) for day in days]
    assert meant == [None, Deed.PRIVATE]


@pytest.mark.long
def test_the_words_of_records_in_force_are_asked_for_too(desk: Desk, tmp_path: Path) -> None:
    desk.send(odd_export(tmp_path))
    desk.page.body.setFocus()
    staged = desk.state().staged
    assert staged is not None
    assert staged.causes == []
    records.put_in_force(desk.office.crew.supervisor, staged, PASSWORD)
    desk.look()
    assert card(desk) == ["«بنچاق» و «نخلستان»، در ۶ خانهٔ سوابق، تعیین معنا…"]
    in_force = desk.state().in_force
    assert in_force is not None
    assert [(each.column, each.word, each.count) for each in in_force.unknown] == [
        (WordColumn.DEED, STRANGE, 4),
        (WordColumn.USE, RARE, 2),
    ]


def test_a_meaning_of_another_column_is_refused(desk: Desk) -> None:
    supervisor = desk.office.crew.supervisor
    with pytest.raises((Refusal, ValueError)):
        record_words.prepare(supervisor, {(WordColumn.DEED, STRANGE): "garden"}, PASSWORD)
    with pytest.raises(Refusal, match="گذرواژه"):
        record_words.prepare(supervisor, {(WordColumn.DEED, STRANGE): Deed.PRIVATE}, "نه")
    assert publishing.waiting(supervisor) == []

"""A sheet of a hundred offices: what is told of its rows, and what is put forward of it."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import access, office_import, offices, publishing
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.errors import LineDown, Refusal
from desktop.forms.office_sheet import COLUMNS
from tests.centre.test_offices_published import row, sheet_of
from tests.delegated import TODAY, TOMORROW, WHY
from tests.publish import hindered, in_force
from tests.town import Town
from tests.ui.pages import cases

pytestmark = pytest.mark.slow
NIGHT = "پایان کار پیش از آغاز آن است؛ ساعت پس از نیمه‌شب را در روز بعد بنویسید."
OUTSIDE = "مکان بیرون از محدودهٔ شهر است؛ عرض و طول جغرافیایی را اصلاح کنید."


def hundred(folder: Path, *, fight: bool = True, **changes: dict[str, str]) -> Path:
    """A hundred offices: 21 as it is, 98 new ones; one row beyond midnight, one outside the city;
    where two `fight`, rows 8 and 19 have one code."""
    rows = [row(code) for code in (OFFICE.code, *range(101, 199))]
    rows[43].update({"عرض جغرافیایی": "35.6892", "طول جغرافیایی": "51.3890"})
    rows[60].update({"شنبه": "۲۰:۰۰–۲:۰۰"})
    if fight:
        rows[17]["کد"] = rows[6]["کد"]
    for at, cells in changes.items():
        rows[int(at.removeprefix("row")) - 2].update(cells)
    return sheet_of(folder / "دفترها.xlsx", *rows)


def told(look: office_import.SheetLook) -> list[str]:
    """The faults as a person reads them."""
    return [no.words for no in look.faults]


def test_nothing_is_taken_while_two_rows_fight_for_one_code(
    small_town: Town, tmp_path: Path
) -> None:
    look = office_import.look(small_town.crew.supervisor, hundred(tmp_path))
    assert look.fight
    assert look.draft is None
    assert told(look) == [
        "ردیف ۱۹: کد ۱۰۶ دو بار آمده است (ردیف ۸)؛ یکی را اصلاح کنید.",
        f"ردیف ۴۵: {OUTSIDE}",
        f"ردیف ۶۲: {NIGHT}",
    ]


def test_one_office_in_two_rows_under_both_its_codes_is_told_by_row(
    small_town: Town, tmp_path: Path
) -> None:
    town, crew = small_town, small_town.crew
    opened = replace(OFFICE, code="44", name="دفتر پیشخوان ۴۴", office_id=offices.new_office_id())
    in_force(crew, offices.office_draft([(opened, TODAY)]))
    changed = replace(opened, code="45", name="دفتر پیشخوان ۴۵")
    in_force(crew, offices.office_draft([(changed, TOMORROW)]))
    town.clock.moment += timedelta(days=1)
    town.house.municipality.sync()
    look = office_import.look(
        crew.supervisor, sheet_of(tmp_path / "دفترها.xlsx", row(44), row(46), row(45))
    )
    assert (look.fight, look.draft) == (True, None)
    assert told(look) == ["ردیف ۴: کد ۴۵ و کد ۴۴ (ردیف ۲) از آنِ یک دفتر است؛ یکی را اصلاح کنید."]
    # Nor does the centre take it from whoever puts it forward all the same.
    later = TOMORROW + timedelta(days=3)
    both = [(replace(changed, code=code, phone="03537252121"), later) for code in ("44", "45")]
    words = hindered(crew, offices.office_draft(both))
    assert words == "«دفتر پیشخوان ۴۵» در این فهرست دو بار آمده است؛ یکی را اصلاح کنید."


def test_the_right_rows_are_put_forward_and_the_others_left_out(
    small_town: Town, tmp_path: Path
) -> None:
    town, supervisor = small_town, small_town.crew.supervisor
    look = office_import.look(supervisor, hundred(tmp_path, fight=False))
    assert (look.new, look.changed, look.same) == (96, 1, 0)
    assert told(look) == [f"ردیف ۴۵: {OUTSIDE}", f"ردیف ۶۲: {NIGHT}"]
    assert look.draft is not None
    access.confirm(supervisor, PASSWORD)
    waits = publishing.prepare(supervisor, look.draft, look.warnings, WHY)
    publishing.sign(town.crew.second, waits)
    town.house.municipality.sync()
    cards = offices.offices(supervisor.desk, TOMORROW)
    assert len(cards) == 97
    # In a city whose papers say «نمونه» no new office's papers leave it out.
    assert all(card.sample for card in cards.values())


def test_what_the_centre_says_of_a_row_leaves_that_row_out(
    small_town: Town, tmp_path: Path
) -> None:
    past = {"از روز": "1405/08/01"}
    path = hundred(tmp_path, fight=False, row10=past)
    look = office_import.look(small_town.crew.supervisor, path)
    assert look.new == 95
    assert look.draft is not None
    assert len(look.draft.items) == 96
    (third,) = told(look)[2:]
    assert third.startswith("ردیف ۱۰: ")


def test_a_sheet_as_it_was_written_has_nothing_to_sign(small_town: Town, tmp_path: Path) -> None:
    supervisor = small_town.crew.supervisor
    offices.write_offices(supervisor.desk, tmp_path / "same.xlsx")
    look = office_import.look(supervisor, tmp_path / "same.xlsx")
    assert look.draft is None
    assert (look.new, look.changed) == (0, 0)


def test_a_file_that_is_no_such_sheet_is_refused_and_without_a_line_nothing_is_lost(
    small_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    supervisor = small_town.crew.supervisor
    note = tmp_path / "note.csv"
    note.write_text("کد,نام\n21,دفتر\n", encoding="utf-8")
    with pytest.raises(Refusal, match="این ستون نیست"):
        office_import.look(supervisor, note)
    cases.Line(monkeypatch).cut = True
    with pytest.raises(LineDown):
        office_import.look(supervisor, hundred(tmp_path, fight=False))


@pytest.mark.long
def test_five_thousand_offices_are_put_forward_in_turn_and_one_more_is_too_many(
    small_town: Town, tmp_path: Path
) -> None:
    """As many as a city could ever have; a sheet that has more is told so, not cut."""
    supervisor = small_town.crew.supervisor
    desk = supervisor.desk
    headings, cells = [column.heading for column in COLUMNS], row(0)
    for count in (5_000, 5_001):
        path = tmp_path / f"{count}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow(headings)
            for code in range(10_000, 10_000 + count):
                named = {**cells, "کد": code}
                sheet.writerow([named.get(heading, "") for heading in headings])
        if count == 5_000:
            read = offices.read_office_sheet(desk, path)
            assert (len(read.new), read.faults) == (5_000, ())
            for same, later in ((0, 4_000), (1_000, 3_000)):
                look = office_import.look(supervisor, path)
                assert (look.new, look.same, look.later) == (1_000, same, later)
                assert look.draft is not None
                access.confirm(supervisor, PASSWORD)
                waits = publishing.prepare(supervisor, look.draft, look.warnings, WHY)
                publishing.sign(small_town.crew.second, waits)
                small_town.house.municipality.sync()
        else:
            with pytest.raises(Refusal, match="بیش از ۵۰۰۰ ردیف دارد"):
                offices.read_office_sheet(desk, path)

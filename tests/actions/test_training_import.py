"""Former training from one sheet over offices: faults by row, what is new, one paper for all."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import act_scans, delegations, publishing, training_import
from desktop.centre import people
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusals
from desktop.domain.made_up import made_up_national_id
from desktop.domain.people import Role, Staff
from desktop.domain.training import TrainingWay
from desktop.forms.sheet_files import read_sheet, write_sheet
from desktop.forms.training_sheet import COLUMNS, TITLE
from desktop.keys import new_key
from desktop.wire.link import public_hex
from tests.delegated import ACT, TODAY, announce
from tests.heirs import publish_office
from tests.publish import WHY
from tests.town import Town

pytestmark = pytest.mark.slow
ON = iso_jalali(TODAY - timedelta(days=30))
LATER = iso_jalali(TODAY + timedelta(days=1))
NARGES, FIRST, OTHER = "نرگس خبیری", made_up_national_id(4_021), made_up_national_id(904_022)


@pytest.fixture
def town(small_town: Town) -> Town:
    """Two of one name at another office, known by their ids."""
    announce(small_town)
    publish_office(small_town.house.centre, "41")
    with small_town.house.centre.writing() as session:
        for number, own in enumerate((FIRST, OTHER)):
            staff = Staff(f"narges-{number}", NARGES, Role.CLERK, "41", public_hex(new_key()))
            people.enrol_person(
                session, Staff(**{**vars(staff), "national_id": own}), small_town.clock.now()
            )
    small_town.house.municipality.sync()
    return small_town


def sheet(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / f"آموزش-{len(list(folder.iterdir()))}.xlsx"
    write_sheet(path, TITLE, COLUMNS, [(*row, "") for row in rows])
    return path


def test_whose_each_row_is_and_what_is_wrong_with_others(town: Town, tmp_path: Path) -> None:
    seat, zahra = town.crew.supervisor, town.crew.clerk.staff.name
    look = training_import.look(
        seat,
        sheet(
            tmp_path,
            ("21", zahra, "", "پایان کار", ON, "مریم شایق"),
            ("", NARGES, FIRST, "clearance", ON, "مریم شایق"),
            ("41", NARGES, OTHER, "clearance", ON, "مریم شایق"),
            ("41", NARGES, "", "clearance", ON, "مریم شایق"),
            ("", zahra, "", "clearance", ON, "مریم شایق"),
            ("77", zahra, "", "clearance", ON, "مریم شایق"),
            ("21", "کسی دیگر", "", "clearance", ON, "مریم شایق"),
            ("21", zahra, "", "شنا", ON, "مریم شایق"),
            ("21", zahra, "", "clearance", LATER, "مریم شایق"),
            ("21", zahra, "", "no-violation", ON, ""),
            ("", NARGES, FIRST, "clearance", ON, "مریم شایق"),
        ),
    )
    assert [(one.staff, one.service, one.way) for one in look.records] == [
        ("zahra-fallah", "completion", TrainingWay.PAPER),
        ("narges-0", "clearance", TrainingWay.PAPER),
        ("narges-1", "clearance", TrainingWay.PAPER),
    ]
    assert (look.people, look.offices, look.same, look.numbers) == (3, 2, 0, (2, 3, 4))
    by_row = {no.words.partition(":")[0]: no.words for no in look.faults}
    for row, words in (
        ("ردیف ۵", "بیش از یک نفر"),
        ("ردیف ۶", "نام تنها بس نیست"),
        ("ردیف ۷", "دفتری با کد ۷۷ نیست"),
        ("ردیف ۸", "کسی با این نام"),
        ("ردیف ۹", "خدمتی به نام «شنا» نیست"),
        ("ردیف ۱۰", "پس از امروز"),
        ("ردیف ۱۱", "مدرس"),
        ("ردیف ۱۲", "در ردیف ۳ هم آمده است"),
    ):
        assert words in by_row.pop(row)
    assert by_row == {}


def test_what_two_sign_counts_and_is_nothing_new_afterwards(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = town.crew.supervisor
    path = sheet(
        tmp_path,
        ("21", town.crew.clerk.staff.name, "", "clearance", ON, "مریم شایق"),
        ("", NARGES, FIRST, "clearance", ON, "مریم شایق"),
    )
    look = training_import.look(seat, path)
    # What the centre hinders stands by its row: nobody sent this paper.
    with monkeypatch.context() as unsent:
        unsent.setattr(act_scans, "send", lambda *_: None)
        with pytest.raises(Refusals) as told:
            training_import.put_forward(seat, look, "ab" * 32, "")
    assert [no.words.split(":")[0] for no in told.value.faults] == ["ردیف ۲", "ردیف ۳"]
    publication = training_import.put_forward(seat, look, ACT.scan, WHY)
    (waits,) = publishing.waiting(town.crew.second)
    assert waits.draft.publication == publication
    publishing.sign(town.crew.second, waits)
    town.house.municipality.sync()
    held = {(one.staff, one.service, one.scan) for one in delegations.trainings(seat.desk)}
    assert held >= {(staff, "clearance", ACT.scan) for staff in ("zahra-fallah", "narges-0")}
    again = training_import.look(seat, path)
    assert (again.records, again.same, again.faults) == ((), 2, ())


def test_the_pattern_is_a_sheet_whose_example_is_nobody(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "نمونه.xlsx"
    training_import.write_pattern(town.crew.supervisor, path)
    assert len(read_sheet(path, COLUMNS)) == 1
    look = training_import.look(town.crew.supervisor, path)
    assert (look.records, len(look.faults)) == ((), 1)

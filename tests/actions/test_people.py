"""An office's staff from a desk: put forward, changed, given slips, many from a sheet, exported."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from desktop.actions import access, delegations, people, people_changes, people_sheet, publishing
from desktop.actions import staffing as acts
from desktop.actions.desk import Seat
from desktop.actions.people import Person, Staffing
from desktop.actions.people_changes import Newcomer
from desktop.demo.people import PASSWORD
from desktop.domain.cover import without_stamp
from desktop.domain.errors import LineDown, Refusal, Refusals
from desktop.domain.made_up import made_up_national_id
from desktop.domain.people import Role
from desktop.domain.staff_state import StaffState
from desktop.domain.staffing import Leave
from desktop.forms.people_sheet import COLUMNS, TITLE
from desktop.forms.sheet_files import write_sheet
from desktop.wire.enrolling import read_code
from tests.delegated import TODAY, TOMORROW, put
from tests.houses import CHEAP
from tests.publish import WHY, refused_words
from tests.reports.reading import text_of
from tests.town import Town

pytestmark = pytest.mark.slow
NARGES, ID = "نرگس خبیری", made_up_national_id(4_021)


@pytest.fixture
def town(small_town: Town) -> Town:
    return small_town


def known(town: Town, seat: Seat | None = None) -> Staffing:
    looking = seat or town.crew.manager
    town.house.office.sync()
    town.house.municipality.sync()
    return people.load(looking, people.ask(looking))


def of(town: Town, name: str, seat: Seat | None = None) -> Person:
    return next(each for each in known(town, seat).people if each.name == name)


def narges(**changes: object) -> Newcomer:
    usual = Newcomer(NARGES, ID, Role.CLERK, "21", TODAY)
    return replace(usual, **changes)  # type: ignore[arg-type]


def on_paper(found: list[bytes]) -> people_changes.Print:
    return lambda pdf, _: found.append(pdf)


def test_a_colleague_is_put_forward_signed_given_a_slip_and_comes(town: Town) -> None:
    crew = town.crew
    newcomer = narges()
    waits = people_changes.put_forward(crew.manager, [newcomer], TODAY)
    assert of(town, NARGES).state(TODAY) is StaffState.WAITING
    # A second try after a lost answer is the same person.
    people_changes.put_forward(crew.manager, [newcomer], TODAY)
    assert [each.name for each in known(town).people].count(NARGES) == 1
    publishing.sign(crew.supervisor, waits)
    person = of(town, NARGES)
    assert person.state(TODAY) is StaffState.NO_PASSWORD
    paper: list[bytes] = []
    card = known(town).offices["21"]
    until = people_changes.print_slip(crew.manager, person, card, on_paper(paper))
    assert until == town.clock.now() + timedelta(hours=24)
    person = of(town, NARGES)
    assert person.state(TODAY) is StaffState.FRESH
    told = text_of(paper[0])
    assert set(NARGES.split()) <= set(told)
    (code,) = (each for each in told if read_code(each))
    access.join(town.house.office.desk, code, PASSWORD, CHEAP)
    person = of(town, NARGES)
    assert (person.state(TODAY), person.desks) == (StaffState.AT_WORK, (2,))
    # The unit sees the same person, and the journal's word is not on the desk's.
    assert of(town, NARGES, crew.supervisor).office == "21"


@pytest.mark.long
def test_a_slip_that_is_not_printed_was_never_made(town: Town) -> None:
    manager = town.crew.manager
    person, card = of(town, "زهرا فلاح"), known(town).offices["21"]

    def jammed(pdf: bytes, title: str) -> None:
        raise Refusal("کاغذ در چاپگر نیست.")

    printing = partial(people_changes.print_slip, manager, person, card, jammed)
    said = refused_words(printing)
    assert said == "برگه چاپ نشد؛ گذرواژه ساخته نشد. کاغذ در چاپگر نیست."
    assert of(town, "زهرا فلاح").code_until is None

    # The line goes down between the two: the code is on no paper, and dies by itself.
    answers = iter([True, False])
    ask = manager.desk.ask

    def once(call: Any, body: Any) -> Any:
        if not next(answers):
            raise LineDown
        return ask(call, body)

    cut = replace(manager, desk=replace(manager.desk, ask=once))
    said = refused_words(partial(people_changes.print_slip, cut, person, card, jammed))
    assert "کسی ندیده است" in said
    assert of(town, "زهرا فلاح").state(TODAY) is StaffState.FRESH


@pytest.mark.long
def test_a_leave_without_a_deputy_wants_a_reason_and_is_seen_ahead(town: Town) -> None:
    crew = town.crew
    boss = of(town, "محمد زارع", crew.supervisor)
    leave = Leave(TOMORROW, TOMORROW)
    draft = acts.terms_draft([people_changes.with_leave(boss, leave)], TOMORROW)
    said = refused_words(partial(publishing.put_forward, crew.supervisor, draft))
    assert "در ۴ آذر کسی مهر نمی‌کند" in said
    waits = publishing.put_forward(crew.supervisor, draft, WHY)
    publishing.sign(crew.second, waits)
    told = known(town)
    assert without_stamp(told.workers("21"), told.working_days) == [TOMORROW]
    # With a deputy nobody asks.
    deputised = replace(leave, deputy="zahra-fallah")
    again = people_changes.without_leave(of(town, "محمد زارع"), leave)
    draft = acts.terms_draft([replace(again, leaves=(deputised,))], TOMORROW)
    publishing.sign(crew.second, publishing.put_forward(crew.supervisor, draft))
    told = known(town)
    assert without_stamp(told.workers("21"), told.working_days) == []


def test_a_clerk_gets_an_authority_for_services_and_weekdays(town: Town) -> None:
    crew = town.crew
    zahra = of(town, "زهرا فلاح")
    given = people_changes.authorities(
        zahra, ["clearance", "no-violation"], TODAY + timedelta(days=90), (0, 1)
    )
    waits = publishing.put_forward(crew.manager, acts.authorities_draft(given, TOMORROW))
    assert [each.draft.publication for each in of(town, "زهرا فلاح").waiting] == [
        waits.draft.publication
    ]
    publishing.sign(crew.supervisor, waits)
    told = [one for _, one in of(town, "زهرا فلاح").authorities]
    assert sorted(told, key=lambda one: one.service) == sorted(given, key=lambda one: one.service)


def a_row(number: int, **changes: str) -> tuple[str, ...]:
    row = {
        "name": f"همکار {number}",
        "id": made_up_national_id(5_000 + number),
        "role": "متصدی",
        "office": "",
        "since": "1405/09/04",
        "until": "",
        **changes,
    }
    return tuple(row.values())


@pytest.mark.long
def test_two_hundred_from_a_sheet_with_faults_by_row(town: Town, tmp_path: Path) -> None:
    manager = town.crew.manager
    rows = [a_row(number) for number in range(200)]
    rows[4] = a_row(4, id="123456789")
    rows[9] = a_row(9, role="رئیس")
    rows[19] = a_row(19, office="22")
    rows[29] = a_row(29, until="1405/09/01")
    rows[39] = a_row(39, id=made_up_national_id(5_000))
    rows[49] = a_row(49, name="")
    rows[59] = a_row(59, role="ناظر شهرداری")
    rows[69] = a_row(69, office="999")
    sheet = tmp_path / "people.xlsx"
    write_sheet(sheet, TITLE, COLUMNS, rows)
    read = people_sheet.read_people_sheet(manager, sheet)
    assert len(read.newcomers) == 192
    said = [no.words for no in read.faults]
    assert said[0] == "ردیف ۶: کد ملی باید ۱۰ رقم باشد؛ اکنون ۹ رقم است."
    assert [each.split(":")[0] for each in said] == [
        f"ردیف {row}" for row in ("۶", "۱۱", "۲۱", "۳۱", "۴۱", "۵۱", "۶۱", "۷۱")
    ]
    assert "ردیف ۲" in said[4]
    assert "از آنِ دفتر شما نیست" in said[2] or "دفتری با کد" in said[2]
    people_changes.put_forward(manager, read.newcomers, TODAY)
    waiting = [each for each in known(town).people if each.name.startswith("همکار")]
    assert len(waiting) == 192
    assert {each.state(TODAY) for each in waiting} == {StaffState.WAITING}
    # Once more: each is told to be there, by its row.
    with pytest.raises(Refusals) as told:
        people_changes.put_forward(
            manager, people_sheet.read_people_sheet(manager, sheet).newcomers, TODAY
        )
    placed = read.placed(told.value.faults)
    assert placed.newcomers == ()
    assert placed.faults[8].words.startswith("ردیف ۲: این کد ملی از پیش")


def test_the_pattern_of_a_sheet_is_written_and_its_example_refused(
    town: Town, tmp_path: Path
) -> None:
    pattern = tmp_path / "pattern.xlsx"
    people_sheet.write_people(town.crew.manager, pattern)
    read = people_sheet.read_people_sheet(town.crew.manager, pattern)
    assert read.newcomers == ()
    assert "کد ملی را وارد کنید" in read.faults[0].words


def test_the_staff_for_the_auditor_opens_rightly(town: Town, tmp_path: Path) -> None:
    zahra = of(town, "زهرا فلاح")
    given = people_changes.authorities(zahra, ["clearance"], TODAY + timedelta(days=90), ())
    put(town, acts.authorities_draft(given, TOMORROW))
    told = known(town)
    book, text = tmp_path / "staff.xlsx", tmp_path / "staff.csv"
    for path in (book, text):
        people_sheet.write_staff(told, path)
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    with text.open(encoding="utf-8-sig", newline="") as file:
        assert [list(row) for row in csv.reader(file)] == rows
    assert text.read_bytes().startswith(b"\xef\xbb\xbf")
    by_name = {row[2]: row for row in rows}
    assert by_name["زهرا فلاح"][0] == "۲۱"
    assert "مهر «" in str(by_name["زهرا فلاح"][8])
    assert by_name["محمد زارع"][4] == "مسئول دفتر"
    assert set(by_name) == {"نام", *(each.name for each in told.people)}
    with pytest.raises(Refusal, match="نمی‌توان نوشت"):
        people_sheet.write_staff(told, tmp_path / "nowhere" / "staff.csv")


def test_without_a_line_the_desk_still_knows_its_own(town: Town) -> None:
    told = people.load(town.crew.manager, None)
    assert [each.name for each in told.people] == ["محمد زارع", "زهرا فلاح"]
    assert told.told_at is None
    assert {each.state(TODAY) for each in told.people} == {StaffState.AT_WORK}
    assert delegations.terms(town.house.office.desk) is not None

"""Who is trained for what: cells, what a day lacks, what must be passed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.demo.people import OFFICE
from desktop.domain.act import Act
from desktop.domain.delegation import Delegation
from desktop.domain.office import FIRST_DAY
from desktop.domain.readiness import (
    CellState,
    Known,
    Matrix,
    cell_words,
    lack_words,
    matrix,
    reminder_title,
)
from desktop.domain.service import Service
from desktop.domain.staffing import StaffTerm
from desktop.domain.training import Training, TrainingWay
from desktop.forms.catalogue import SERVICES, published_service, whole_text

TODAY = date(2026, 11, 24)
SOON = TODAY + timedelta(days=11)
DAYS = 30
ACT = Act("۱۲", TODAY, "شورای شهر")


def service(code: str, **changed: object) -> Service:
    made = published_service(whole_text(SERVICES / f"{code}.toml"), "v1")
    return replace(made, **changed)  # type: ignore[arg-type]


GAS, WALLING = service("gas"), service("walling")


def record(staff: str, code: str, version: str = "v1") -> Training:
    return Training(staff, code, version, TODAY, "سازمان", TrainingWay.PAPER)


def of(
    *records: Training,
    terms: tuple[StaffTerm, ...] = (),
    coming: tuple[Delegation, ...] = (),
    services: tuple[Service, ...] = (GAS, WALLING),
    held: tuple[str, ...] = ("gas",),
) -> Matrix:
    """Two offices, 3 and 19, that have `held`; in the first «z» works, in the second «r»."""
    cards = {code: replace(OFFICE, code=code, office_id=code) for code in ("19", "3")}
    every = terms or (
        StaffTerm("z", "3", "clerk", FIRST_DAY), StaffTerm("r", "19", "clerk", FIRST_DAY)
    )  # fmt: skip
    days = {TODAY, *(one.since for one in coming)}
    known = Known(
        cards=cards,
        terms=dict.fromkeys(days, every),
        delegated={(o, s): Delegation(o, s, FIRST_DAY, None, ACT) for o in cards for s in held},
        coming={(one.office, one.service): one for one in coming},
        records={(one.staff, one.service): one for one in records},
        services=dict.fromkeys(days, {one.code: one for one in services}),
        versions=lambda service: (service,),
        lesson_days=DAYS,
    )
    return matrix(known, TODAY)


def test_who_is_at_a_lesson_is_told_and_the_office_lacks_him_still() -> None:
    found = of(record("r", "gas")).with_learning(
        {("z", "gas"): 2, ("r", "gas"): 1, ("z", "walling"): 0}
    )
    lacking, ready = (row.cell("gas") for row in found.rows)
    assert (lacking.state, lacking.learning) == (CellState.LACKS, {"z": 2})
    assert cell_words("فهادان", "گاز", lacking) == "فهادان، گاز، در درس، هنوز متصدی ندارد"
    assert lack_words(lacking) == "در درس"
    # Who is trained already, and what is not handed over, changes nothing.
    assert ready.learning == {}
    assert found.rows[0].cell("walling").learning == {}
    assert [row.card.code for row in found.lacking] == ["3"]


def test_a_cell_counts_the_trained_and_says_where_nobody_is() -> None:
    found = of(record("r", "gas"))
    assert [row.card.code for row in found.rows] == ["3", "19"], "who lacks something first"
    lacking, ready = (row.cell("gas") for row in found.rows)
    assert lacking.state is CellState.LACKS
    assert (ready.state, ready.trained) == (CellState.READY, ("r",))
    assert found.rows[0].cell("walling").state is CellState.NONE
    assert found.people == 2
    assert len(found.lacking) == 1


def test_a_changed_service_asks_its_lesson_again_until_a_day() -> None:
    changed = replace(GAS, version="v2", effective=TODAY - timedelta(days=10))
    terms = tuple(StaffTerm(each, "3", "clerk", FIRST_DAY) for each in ("z", "y"))
    old = of(record("z", "gas"), record("y", "gas"), terms=terms, services=(changed,))
    cell = old.rows[1].cell("gas")
    assert (cell.state, cell.by) == (CellState.RENEW, TODAY + timedelta(days=20))
    (renewal,) = old.renewals
    assert (renewal.by, set(renewal.people)) == (TODAY + timedelta(days=20), {"z", "y"})
    # Who has passed the new one keeps the service open; the other is asked all the same.
    fresh = of(record("z", "gas", "v2"), record("y", "gas"), terms=terms, services=(changed,))
    assert fresh.rows[0].card.code == "19"
    assert fresh.rows[1].cell("gas").state is CellState.READY
    assert fresh.renewals[0].people == ("y",)


def test_what_begins_is_counted_for_its_day_with_who_works_then() -> None:
    coming = tuple(Delegation(office, "walling", SOON, None, ACT) for office in ("3", "19"))
    leaves = StaffTerm("z", "3", "clerk", FIRST_DAY, until=SOON - timedelta(days=1))
    stays = StaffTerm("r", "19", "clerk", FIRST_DAY)
    found = of(
        record("z", "walling"), record("r", "walling"), record("z", "gas"), record("r", "gas"),
        terms=(leaves, stays), coming=coming,
    )  # fmt: skip
    assert found.begins == {"walling": SOON}
    assert found.services[-1].code == "walling", "what is to begin stands last"
    (due,) = found.dues
    assert (due.day, due.offices, due.ready) == (SOON, 2, 1)
    assert [row.card.code for row in due.lacking] == ["3"], "who leaves before counts for nobody"


def test_nothing_missing_is_nothing_told() -> None:
    found = of(record("z", "gas"), record("r", "gas"))
    assert (found.lacking, found.renewing, found.dues, found.renewals) == ((), (), (), ())


@pytest.mark.parametrize(
    ("staff", "words"),
    [("r", "فهادان، گاز، متصدی ندارد"), ("z", "فهادان، گاز، ۱ متصدی آموزش‌دیده")],
)
def test_a_cell_is_said_in_words(staff: str, words: str) -> None:
    row = next(each for each in of(record(staff, "gas")).rows if each.card.code == "3")
    assert cell_words("فهادان", "گاز", row.cell("gas")) == words


def test_a_reminder_names_the_service_and_the_day() -> None:
    assert reminder_title(["تغییر کاربری"], SOON) == "آموزش «تغییر کاربری» پیش از ۱۴ آذر"

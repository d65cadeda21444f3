"""One debt of a property is paid once, though two offices take it at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import bills
from desktop.centre.records import overlay
from desktop.centre.tables import SettledPairRow
from desktop.domain.contest import Contested, Corrected, Correction
from desktop.domain.errors import Refusal
from desktop.domain.gates import Owed
from desktop.domain.identifiers import renewal_code
from desktop.forms.shipped import shipped_city
from desktop.sql.engine import Place, writer

CODE = "2-14-308-27-1-0-0"
DAY = date(2026, 11, 24)
_LONG_S = 10


def asking(case_id: str) -> Any:
    """As much of a case as paying looks at."""
    return SimpleNamespace(case_id=case_id, decision=SimpleNamespace(code=CODE))


def sum_of(amount: int) -> Owed:
    """The same debt, as it stands in another year: another payment id, the same bill."""
    owed = Owed("debt:renewal:1404", "نوسازی", 1404, amount, 0)
    (made,) = bills.with_ids((owed,), asking(""), shipped_city(), DAY, CODE)
    return made


@pytest.mark.slow
@pytest.mark.parametrize("any_url", ["postgresql"], indirect=True)
def test_two_offices_take_one_debt_and_one_is_told(centre_url: Place) -> None:
    first, second = sum_of(20_000_000), sum_of(21_000_000)
    assert first.bill_id == second.bill_id
    assert first.payment_id != second.payment_id
    engine = writer(centre_url)
    taken, told = Event(), Event()

    def one() -> None:
        with Session(engine) as session, session.begin():
            bills.settle_pair(session, asking("one"), first)
            taken.set()
            # The other one waits meanwhile, and has said nothing.
            assert not told.wait(0.3)

    def other() -> str:
        assert taken.wait(_LONG_S)
        try:
            with Session(engine) as session, session.begin():
                bills.settle_pair(session, asking("other"), second)
        except Refusal as no:
            return no.words
        finally:
            told.set()
        return ""

    with ThreadPoolExecutor(2) as both:
        begun, words = both.submit(one), both.submit(other)
        begun.result(_LONG_S)
        assert "در درخواست دیگری برای همین ملک" in words.result(_LONG_S)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(SettledPairRow)) == 1
    engine.dispose()


@pytest.mark.slow
@pytest.mark.parametrize("any_url", ["postgresql"], indirect=True)
def test_of_two_corrections_at_once_the_later_takes_the_place_of_the_other(
    centre_url: Place,
) -> None:
    engine, code = writer(centre_url), renewal_code(CODE)
    laid = Corrected(Correction(Contested.LAND, "210.00", "200.00"), DAY, "21-1")
    begun, told = Event(), Event()

    def one() -> None:
        with Session(engine) as session, session.begin():
            overlay.correct(session, code, laid)
            begun.set()
            assert not told.wait(0.3)

    def other() -> None:
        assert begun.wait(_LONG_S)
        later = replace(laid, correction=replace(laid.correction, value="215.00"))
        with Session(engine) as session, session.begin():
            overlay.correct(session, code, later)
        told.set()

    with ThreadPoolExecutor(2) as both:
        for each in (both.submit(one), both.submit(other)):
            each.result(_LONG_S)
    with Session(engine) as session:
        (row,) = session.execute(overlay._CORRECTIONS, {"code": CODE}).mappings().all()
    said = overlay._correction(row).correction
    # What the export says is what the first of them put right.
    assert (said.value, said.former) == ("215.00", "200.00")
    engine.dispose()

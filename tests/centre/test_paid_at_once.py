"""One debt of a property is paid once, one receipt is one person's, and what is laid on a record
lies there once, though two offices do it at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import FromClause, select
from sqlalchemy.orm import Session

from desktop.centre import bills
from desktop.centre.records import overlay
from desktop.centre.records.tables import OVERLAY
from desktop.centre.tables import ReferenceRow, SettledPairRow
from desktop.domain.contest import Contested, Corrected, Correction
from desktop.domain.errors import Refusal
from desktop.domain.facts import FineCleared
from desktop.domain.gates import Owed
from desktop.domain.identifiers import renewal_code
from desktop.forms.shipped import shipped_city
from desktop.sql.engine import Place, writer
from desktop.sql.metadata import table_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("any_url", ["postgresql"], indirect=True),
]

CODE, OTHER = "2-14-308-27-1-0-0", "2-14-309-27-1-0-0"
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


def in_turn(
    place: Place, first: Callable[[Session], object], second: Callable[[Session], object]
) -> str:
    """The second waits until what the first did is committed, though it begins before that; why it
    is refused then, if it is."""
    engine = writer(place)
    done, ended = Event(), Event()

    def one() -> None:
        with Session(engine) as session, session.begin():
            first(session)
            done.set()
            assert not ended.wait(0.3)

    def other() -> str:
        assert done.wait(_LONG_S)
        try:
            with Session(engine) as session, session.begin():
                second(session)
        except Refusal as no:
            return no.words
        finally:
            ended.set()
        return ""

    with ThreadPoolExecutor(2) as both:
        begun, words = both.submit(one), both.submit(other)
        begun.result(_LONG_S)
        told = words.result(_LONG_S)
    engine.dispose()
    return told


def rows(place: Place, table: FromClause) -> list[Any]:
    """What stands in the table."""
    engine = writer(place)
    with Session(engine) as session:
        found = list(session.execute(select(table)))
    engine.dispose()
    return found


def test_two_offices_take_one_debt_and_one_is_told(centre_url: Place) -> None:
    first, second = sum_of(20_000_000), sum_of(21_000_000)
    assert first.bill_id == second.bill_id
    assert first.payment_id != second.payment_id
    words = in_turn(
        centre_url,
        lambda session: bills.settle_pair(session, asking("one"), first),
        lambda session: bills.settle_pair(session, asking("other"), second),
    )
    assert "در درخواست دیگری برای همین ملک" in words
    assert len(rows(centre_url, table_of(SettledPairRow))) == 1


def paid(case_id: str, code: str) -> Any:
    """As much of a case as a fine that finance found paid looks at."""
    return SimpleNamespace(
        case_id=case_id, fine_open=9_000_000, decision=SimpleNamespace(code=code)
    )


@pytest.mark.parametrize(("code", "uses"), [(CODE, 2), (OTHER, 1)])
def test_one_reference_of_the_city_is_of_one_property(
    centre_url: Place, code: str, uses: int
) -> None:
    told = FineCleared(True, "", "778899", DAY, clears=True)
    words = in_turn(
        centre_url,
        lambda session: bills.spend_fine(session, paid("one", CODE), told),
        lambda session: bills.spend_fine(session, paid("other", code), told),
    )
    assert ("برای پرداخت کس دیگری" in words) is (code != CODE)
    (row,) = rows(centre_url, table_of(ReferenceRow))
    assert (row.case_id, row.uses) == ("one", uses)


def visited(session: Session) -> None:
    overlay.note_visit(session, renewal_code(CODE), DAY, Decimal(200), use="مسکونی")


def settled(session: Session) -> None:
    overlay.settle(session, renewal_code(CODE), "debt:renewal:1404", DAY, "case", 9_000_000)


@pytest.mark.parametrize("lay", [visited, settled])
def test_what_two_lay_on_a_record_at_once_lies_there_once(
    centre_url: Place, lay: Callable[[Session], None]
) -> None:
    assert in_turn(centre_url, lay, lay) == ""
    assert len(rows(centre_url, OVERLAY)) == 1


def test_of_two_corrections_at_once_the_later_takes_the_place_of_the_other(
    centre_url: Place,
) -> None:
    code = renewal_code(CODE)
    laid = Corrected(Correction(Contested.LAND, "210.00", "200.00"), DAY, "21-1")
    later = replace(laid, correction=replace(laid.correction, value="215.00"))
    words = in_turn(
        centre_url,
        lambda session: overlay.correct(session, code, laid),
        lambda session: overlay.correct(session, code, later),
    )
    assert words == ""
    (row,) = rows(centre_url, OVERLAY)
    said = overlay._correction(row._mapping).correction
    # What the export says is what the first of them put right.
    assert (said.value, said.former) == ("215.00", "200.00")

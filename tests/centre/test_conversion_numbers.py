"""A conversion between letters: one series without a gap, found under both codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.actions import board, minutes, registers
from desktop.centre.counting import counted
from desktop.centre.tables import LetterRow
from tests.agency import Agency, convert, go_path, opened_agency
from tests.sizes import size
from tests.town import Town


@pytest.fixture
def agency(quick_town: Town, tmp_path: Path) -> Iterator[Agency]:
    with opened_agency(quick_town, tmp_path) as opened:
        yield opened


def gone_through(agency: Agency, before: int, after: int) -> None:
    """So many letters as a کارگزاری, so many as a پیشخوان; then all that must hold of them."""
    town, desk, office = agency.town, agency.clerk.desk, agency.card.office_id
    go_path(agency)
    # Half of those before are issued while the card that converts it is signed already.
    numbers = agency.letters(before // 2)
    convert(agency)
    numbers += agency.letters(before - before // 2)
    town.clock.moment += timedelta(days=1)
    agency.running.sync()
    numbers += agency.letters(after)

    whole = before + after
    codes = ["31"] * before + ["7225"] * after
    assert numbers == [f"1405/{code}/{serial}" for serial, code in enumerate(codes, start=1)]
    with town.house.centre.reading() as session:
        series = select(LetterRow.office, LetterRow.serial).order_by(LetterRow.serial)
        rows = [tuple(row) for row in session.execute(series)]
    assert rows == [(office, serial + 1) for serial in range(whole)]
    assert counted(town.house.centre)["gaps"] == 0

    # The register of the days is that series too, whole and in its order.
    today = town.clock.moment.date()
    yesterday = today - timedelta(days=1)
    kept = registers.letters(desk, yesterday, today)
    assert [line.number for line in kept] == numbers
    days = [line.issued_on for line in kept]
    assert days == [yesterday] * before + [today] * after

    # Either code finds either letter, at the office's desk and at the municipality's.
    for serial in {1, before, before + 1, whole, *range(1, whole + 1, max(1, whole // 40))}:
        found = [board.find(desk, f"1405/{code}/{serial}").cases for code in ("31", "7225")]
        assert [len(cases) for cases in found] == [1, 1], serial
        assert found[0] == found[1]
    for serial in (1, before, before + 1, whole):
        asked = [f"1405/{code}/{serial}" for code in ("31", "7225")]
        told = [board.municipal_queue(town.crew.supervisor, text=each).rows for each in asked]
        assert [len(rows) for rows in told] == [1, 1], serial
        assert told[0] == told[1]
    signed = minutes.signed(desk, office)
    assert signed is not None
    last = f"۱۴۰۵/۳۱/{str(before // 2).translate(str.maketrans('0123456789', '۰۱۲۳۴۵۶۷۸۹'))}"
    assert any(last in words for words in signed.text.paragraphs)


@pytest.mark.slow
def test_letters_before_and_after_are_one_series_found_under_both_codes(agency: Agency) -> None:
    gone_through(agency, 6, 6)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("quick_town", ["postgresql"], indirect=True)
def test_hundreds_of_letters_before_a_conversion_and_after(agency: Agency) -> None:
    gone_through(agency, size(120, 500), size(120, 500))

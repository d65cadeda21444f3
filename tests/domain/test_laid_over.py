"""What the counter took for a fine is never asked again because its ruling has another number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.identifiers import RenewalCode
from desktop.domain.property import Article100File, LaidRuling, Overlay, PropertyRecord
from desktop.domain.record_words import FileStatus

DAY = date(2026, 11, 24)
BARE = PropertyRecord(RenewalCode(2, 14, 308, 7, 0, 0, 0))


def ruled(number: str, fine: int, file: str = "") -> LaidRuling:
    return LaidRuling(file, number, FileStatus.FINE_UNPAID, fine)


def fined(record: PropertyRecord, paid: dict[str, int], *rulings: LaidRuling) -> Article100File:
    """The last file of the record under the rulings, with what was paid."""
    return Overlay(settled=paid, rulings=rulings).over(record, DAY).files[-1]


def test_a_fine_of_a_file_that_the_records_lack_is_paid_by_its_ruling() -> None:
    first = fined(BARE, {}, ruled("100/1", 48_500_000))
    assert (first.settled, first.paid_otherwise) == (False, False)
    paid = fined(BARE, {first.key: 48_500_000}, ruled("100/1", 48_500_000))
    assert (paid.settled, paid.paid_otherwise) == (True, False)


@pytest.mark.parametrize("fine", [48_500_000, 30_000_000])
def test_after_an_appeal_what_was_paid_by_the_first_ruling_is_a_persons_to_judge(
    fine: int,
) -> None:
    first = fined(BARE, {}, ruled("100/1", 48_500_000))
    appealed = fined(BARE, {first.key: 48_500_000}, ruled("100/2", fine))
    assert (appealed.settled, appealed.paid_otherwise) == (False, True)


def test_two_rulings_that_both_stand_are_two_fines() -> None:
    first = fined(BARE, {}, ruled("100/1", 48_500_000))
    both = ruled("100/1", 48_500_000), ruled("100/7", 30_000_000)
    second = fined(BARE, {first.key: 48_500_000}, *both)
    assert (second.settled, second.paid_otherwise) == (False, False)


def test_a_recorded_file_keeps_its_own_name() -> None:
    file = Article100File("اضافه بنا", BARE.land, FileStatus.FINE_UNPAID, 48_500_000)
    record = replace(BARE, files=(file,))
    again = fined(record, {file.key: 48_500_000}, ruled("100/2", 48_500_000, file.key))
    assert (again.settled, again.paid_otherwise) == (True, False)
    other = fined(record, {file.key: 48_500_000}, ruled("100/2", 30_000_000, file.key))
    assert (other.settled, other.paid_otherwise) == (False, True)

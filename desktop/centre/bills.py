"""Ids for sums billed without a sound pair, and the rule that a pair settles once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from desktop.centre.tables import SettledPairRow
from desktop.domain.calendar import jalali
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.gates import Owed
from desktop.domain.identifiers import bill_id, billed_amount, make_bill, make_payment, payment_id

_THOUSAND = 1000


def with_ids(owed: tuple[Owed, ...], case: Case, city: City, day: date) -> tuple[Owed, ...]:
    """Each sum with a pair of ids that agree with each other and with the amount.

    The record's pair stands where it is sound; else a pair is made from the case and the sum's key.
    """
    return tuple(
        sum_ if _sound(sum_) else _made(sum_, case, city, day, period)
        for period, sum_ in enumerate(owed, start=1)
    )


def _sound(sum_: Owed) -> bool:
    try:
        bill = bill_id(sum_.bill_id)
        payment = payment_id(sum_.payment_id, bill)
    except Refusal:
        return False
    return billed_amount(payment) == sum_.amount // _THOUSAND * _THOUSAND


def _made(sum_: Owed, case: Case, city: City, day: date, period: int) -> Owed:
    digest = hashlib.sha256(f"{case.case_id}|{sum_.key}".encode()).hexdigest()
    bill = make_bill(int(digest, 16) % 10**8, city.bill_body)
    year = jalali(day)[0]
    payment = make_payment(sum_.amount, year, period % 100, bill)
    return replace(sum_, bill_id=bill, payment_id=payment)


def settle_pair(session: Session, case: Case, sum_: Owed) -> None:
    """Spend the pair. Raises Refusal when another case, or this one, has spent it."""
    if session.get(SettledPairRow, (sum_.bill_id, sum_.payment_id)) is not None:
        raise Refusal("این قبض پیش از این پرداخت و ثبت شده است.", field="reference")
    session.add(
        SettledPairRow(bill_id=sum_.bill_id, payment_id=sum_.payment_id, case_id=case.case_id)
    )
    session.flush()

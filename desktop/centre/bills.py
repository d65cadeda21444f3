"""Ids for sums billed without a sound pair; a pair settles once, a reference is one payer's."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from itertools import starmap

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from desktop.centre.letters import ForAPerson
from desktop.centre.tables import ReferenceRow, SettledPairRow
from desktop.domain.calendar import jalali
from desktop.domain.case import Case, what_of
from desktop.domain.city import City
from desktop.domain.errors import Refusal
from desktop.domain.facts import FeeDue, FineCleared
from desktop.domain.fees import fee
from desktop.domain.gates import Owed
from desktop.domain.identifiers import (
    MOST_BILLED,
    bill_id,
    billed_amount,
    body_of,
    make_bill,
    make_payment,
    payment_id,
)
from desktop.domain.office import MUNICIPALITY
from desktop.domain.persian import fold
from desktop.domain.request import Payment
from desktop.domain.service import Service
from desktop.domain.stream import office_stream
from desktop.domain.tariff import Purse
from desktop.sql.metadata import table_of
from desktop.sql.missing import make_missing, make_or_count
from desktop.sql.turns import take_turn

_THOUSAND = 1000
_PAID_ELSEWHERE = (
    "این قبض پیش از این پرداخت شده است، در درخواست دیگری برای همین ملک؛ با اصلاح درخواست پرونده "
    "دوباره بررسی می‌شود."
)
_UNBILLABLE = "مبلغ این پرونده در شناسهٔ پرداخت جا نمی‌شود؛ امور مالی شهرداری قبض جداگانه می‌دهد."
_FINE = "fine"
_OF_PROPERTY = ("debt:", "fine:")
_SPENT = table_of(ReferenceRow)


def with_ids(
    owed: tuple[Owed, ...], case: Case, city: City, day: date, code: str = ""
) -> tuple[Owed, ...]:
    """Each sum with a pair of ids that agree with each other and with the amount.

    The record's pair stands where it is sound; else a pair is made from the sum's key and whose it
    is: the property's of that code, which is paid once whoever asks, or the case's own.
    A payment's id counts in thousands of Rial (DOMAIN.md §2.8): that is asked, and no Rial more.
    """

    def paired(period: int, sum_: Owed) -> Owed:
        if _sound(sum_, city):
            return sum_
        if code and sum_.key.startswith(_OF_PROPERTY):
            return _made(sum_, code, city, day)
        return _made(sum_, case.case_id, city, day, period)

    return tuple(starmap(paired, enumerate(map(_billed, owed), start=1)))


def _billed(sum_: Owed) -> Owed:
    over = sum_.amount % _THOUSAND
    if over == sum_.amount:
        return sum_
    of_penalty = min(over, sum_.penalty)
    rest = over - of_penalty
    return replace(sum_, principal=sum_.principal - rest, penalty=sum_.penalty - of_penalty)


def _sound(sum_: Owed, city: City) -> bool:
    try:
        bill = bill_id(sum_.bill_id)
        payment = payment_id(sum_.payment_id, bill)
    except Refusal:
        return False
    if body_of(bill) not in city.bill_bodies:
        # Another city's: what is paid by it never reaches this one.
        return False
    return billed_amount(payment) == sum_.amount // _THOUSAND * _THOUSAND


def _made(sum_: Owed, whose: str, city: City, day: date, period: int = 0) -> Owed:
    """Without a period it is of what the sum is, so that another request has the same pair.

    Raises ForAPerson for a sum that no payment id holds: it has eight digits (DOMAIN.md §2.8).
    """
    if not _THOUSAND <= sum_.amount < MOST_BILLED:
        raise ForAPerson(_UNBILLABLE, f"{sum_.key}: no payment id holds {sum_.amount}")
    digest = _digest(whose, sum_.key)
    bill = make_bill(digest % 10**8, city.bill_body)
    year = jalali(day)[0]
    payment = make_payment(sum_.amount, year, (period or digest // 10**8 % 99 + 1) % 100, bill)
    return replace(sum_, bill_id=bill, payment_id=payment)


def _digest(whose: str, key: str) -> int:
    return int(hashlib.sha256(f"{whose}|{key}".encode()).hexdigest(), 16)


def fee_with_ids(due: FeeDue, case: Case, service: Service, city: City, day: date) -> FeeDue:
    """A fee of the municipality's with the pair of ids by which it is paid; another's as it is."""
    charge = fee(service, city, due.fee)
    if charge is None or charge.purse is not Purse.MUNICIPALITY:
        return due
    asked = sum(mark.startswith(f"{due.fee}/") for mark in case.takings)
    sum_ = Owed(f"{due.fee}:{asked}", "", 0, due.amount, 0)
    made = _made(sum_, case.case_id, city, day, asked + 1)
    return replace(due, bill_id=made.bill_id, payment_id=made.payment_id)


def spend_reference(session: Session, case: Case, payment: Payment) -> None:
    """Keep whose the payment's reference is.

    One payment may settle several sums of one payer. Raises Refusal when another has used it.
    """
    _spend(session, case, case.stream, payment, _payer(case))


def spend_fine(session: Session, case: Case, told: FineCleared) -> None:
    """Keep of which property the money is that finance found, paid to the municipality itself.

    Whichever of its owners asks, it is that property's fine. Raises Refusal when another one's was
    cleared by it.
    """
    if told.paid_on is not None:
        payment = Payment(case.fine_open, _FINE, told.reference, told.paid_on)
        found = case.decision.code if case.decision is not None else ""
        whose = found or _payer(case)
        _spend(session, case, office_stream(MUNICIPALITY), payment, whose)


def _spend(session: Session, case: Case, stream: str, payment: Payment, payer: str) -> None:
    spent = {
        **reference_of(stream, payment),
        "payer": payer,
        "case_id": case.case_id,
        "uses": 1,
    }
    if not make_or_count(session, ReferenceRow, spent, count="uses", same="payer"):
        words = (
            "این شمارهٔ پیگیری پیش از این برای پرداخت کس دیگری ثبت شده است؛ رسید را دوباره ببینید."
        )
        raise Refusal(words, field="reference")


def settle_pair(session: Session, case: Case, sum_: Owed) -> None:
    """Spend the pair. Raises Refusal when another case, or this one, has spent it."""
    row = {"bill_id": sum_.bill_id, "payment_id": sum_.payment_id, "case_id": case.case_id}
    code = case.decision.code if case.decision is not None else ""
    if code and _is_made(sum_, code):
        # In another year, or as another sum, it has another payment id, and is the same debt: no
        # key of a row would tell one of two offices at this moment that the other takes it.
        take_turn(session, f"bill:{sum_.bill_id}")
        if _is_paid_elsewhere(session, sum_, case):
            raise Refusal(_PAID_ELSEWHERE, field="reference")
    if make_missing(session, SettledPairRow, row):
        return
    spent = session.get(SettledPairRow, (sum_.bill_id, sum_.payment_id))
    if spent is not None and spent.case_id != case.case_id:
        raise Refusal(_PAID_ELSEWHERE, field="reference")
    raise Refusal("این قبض پیش از این پرداخت و ثبت شده است.", field="reference")


def _is_made(sum_: Owed, code: str) -> bool:
    """Whether the bill is one that was made of what the property owes."""
    if not sum_.key.startswith(_OF_PROPERTY):
        return False
    made = make_bill(_digest(code, sum_.key) % 10**8, body_of(sum_.bill_id))
    return made == sum_.bill_id


def _is_paid_elsewhere(session: Session, sum_: Owed, case: Case) -> bool:
    row = SettledPairRow
    others = select(row).where(row.bill_id == sum_.bill_id, row.case_id != case.case_id)
    return session.scalar(select(others.exists())) is True


def free(session: Session, case: Case, mark: str) -> None:
    """Let go of what a voided payment had spent: its reference, and the pair of its owed sum."""
    payment, what = case.takings[mark], what_of(case, mark)
    # Of the office that took it, which may not be the case's any more.
    spent = {**reference_of(case.tills[mark], payment), "payer": _payer(case)}
    own = [_SPENT.c[name] == value for name, value in spent.items()]
    session.execute(update(_SPENT).where(*own).values(uses=_SPENT.c.uses - 1))
    session.execute(delete(_SPENT).where(*own, _SPENT.c.uses < 1))
    owed = case.announced.get(what)
    pair = session.get(SettledPairRow, (owed.bill_id, owed.payment_id)) if owed else None
    if pair is not None:
        session.delete(pair)
    session.flush()


def _payer(case: Case) -> str:
    return fold(case.request.party.person_id or case.request.party.name)


def reference_of(stream: str, payment: Payment) -> dict[str, object]:
    """What names a payment's reference, of the office whose stream it is."""
    return {
        "stream": stream,
        "method": payment.method,
        "reference": fold(payment.reference),
        "paid_on": payment.paid_on,
    }

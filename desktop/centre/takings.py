"""A row for each sum that a till took or gave back: of these the city's money is added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from desktop.centre.context import day_of
from desktop.centre.sum_tables import TakingRow
from desktop.domain import facts as f
from desktop.domain.case import Case, what_of
from desktop.domain.cash import back_of, kind_of
from desktop.domain.request import Payment, mark_of
from desktop.domain.stream import Fact
from desktop.domain.tool import Tool
from desktop.sql.missing import put_rows

Rows: TypeAlias = dict[str, dict[str, object] | None]
"""Rows by the payment's mark; None where there is none any more."""
MOVED = frozenset({Tool.TERMINAL.value, Tool.BANK.value})
"""Ways of paying by which money moves: a deposit and a finance decision settle with a paper."""


def note(session: Session, case: Case, fact: Fact, clerk: str) -> None:
    """Write what the fact brings into a till or takes out of it; `clerk` registered the case."""
    rows: Rows = {}
    told(rows, case, fact, clerk)
    for mark, row in rows.items():
        if row is None:
            own = (TakingRow.case_id == case.case_id, TakingRow.mark == mark)
            session.execute(delete(TakingRow).where(*own))
        else:
            put_rows(session, TakingRow, row)


def told(rows: Rows, case: Case, fact: Fact, clerk: str) -> None:
    """Put into the rows what the fact brings into a till; of what it takes out again, None."""
    write = TAKINGS.get(type(fact.payload))
    if write is not None:
        write(_Till(rows, case, clerk), fact, fact.payload)


def place(session: Session, case: Case) -> None:
    """Count what the case has paid in the district in which its property was found since."""
    of_it = update(TakingRow).where(TakingRow.case_id == case.case_id)
    session.execute(of_it.values(district=case.district))


@dataclass(frozen=True)
class _Till:
    """A case's till, and the name of who registered the case."""

    rows: Rows
    case: Case
    clerk: str

    def put(self, mark: str, what: str, payment: Payment, stream: str = "") -> None:
        """A sum that came in or went out; of one that settles with a paper nothing."""
        if payment.method not in MOVED:
            return
        case = self.case
        self.rows[mark] = {
            "case_id": case.case_id,
            "mark": mark,
            "stream": stream or case.tills[mark],
            "paid_on": payment.paid_on,
            "what": kind_of(what).value,
            "amount": payment.amount,
            "clerk": self.clerk,
            "service": case.request.service,
            "district": case.district,
        }


def _fee(till: _Till, _: Fact, paid: f.FeePaid) -> None:
    till.put(mark_of(paid.fee, paid.payment), paid.fee, paid.payment)


def _sum(till: _Till, _: Fact, paid: f.AmountPaid) -> None:
    till.put(mark_of(paid.key, paid.payment), paid.key, paid.payment)


def _refund(till: _Till, fact: Fact, refunded: f.FeeRefunded) -> None:
    case, mark = till.case, refunded.mark
    paid = case.takings[mark]
    back = Payment(-paid.amount, paid.method, paid.reference, day_of(fact.at))
    till.put(back_of(mark), what_of(case, mark), back, case.tills[mark])


def _void(till: _Till, _: Fact, voided: f.PaymentVoided) -> None:
    till.rows[voided.mark] = None


TAKINGS: Mapping[type[object], Callable[[_Till, Fact, Any], None]] = {
    f.FeePaid: _fee,
    f.AmountPaid: _sum,
    f.FeeRefunded: _refund,
    f.PaymentVoided: _void,
}
"""Facts that bring money into a till, or take it out again."""

"""A row for each sum that a till took or gave back: of these the city's money is added up."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from desktop.centre.context import day_of
from desktop.centre.sum_tables import TakingRow
from desktop.domain import facts as f
from desktop.domain.case import Case, what_of
from desktop.domain.cash import back_of, kind_of
from desktop.domain.identifiers import renewal_code
from desktop.domain.request import Payment, mark_of
from desktop.domain.stream import Fact
from desktop.domain.tool import Tool
from desktop.sql.missing import put_rows

MOVED = frozenset({Tool.TERMINAL.value, Tool.BANK.value})
"""Ways of paying by which money moves: a deposit and a finance decision settle with a paper."""


def note(session: Session, case: Case, fact: Fact) -> None:
    """Write what the fact brings into a till or takes out of it."""
    match fact.payload:
        case f.FeePaid(fee=what, payment=payment) | f.AmountPaid(key=what, payment=payment):
            _put(session, case, mark_of(what, payment), what, payment)
        case f.FeeRefunded(mark=mark):
            paid, what = case.takings[mark], what_of(case, mark)
            back = Payment(-paid.amount, paid.method, paid.reference, day_of(fact.at))
            _put(session, case, back_of(mark), what, back, case.tills[mark])
        case f.PaymentVoided(mark=mark):
            own = (TakingRow.case_id == case.case_id, TakingRow.mark == mark)
            session.execute(delete(TakingRow).where(*own))


def _put(
    session: Session, case: Case, mark: str, what: str, payment: Payment, till: str = ""
) -> None:
    if payment.method not in MOVED:
        return
    code = case.request.code
    row = {
        "case_id": case.case_id,
        "mark": mark,
        "stream": till or case.tills[mark],
        "paid_on": payment.paid_on,
        "what": kind_of(what).value,
        "amount": payment.amount,
        "service": case.request.service,
        "district": renewal_code(code).district if code else 0,
    }
    put_rows(session, TakingRow, row)

"""What facts of money change in a case: fees and sums due, paid, claimed, matched, given back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop.domain import facts as f
from desktop.domain.letter import LetterKind
from desktop.domain.request import mark_of

if TYPE_CHECKING:
    from desktop.domain.case import Case


def of_money(case: Case, payload: f.CaseFact) -> dict[str, Any]:
    """The case's fields that a fact of money changes; none for any other fact."""
    match payload:
        case f.FeeDue(fee=fee, amount=amount):
            paid = {key: value for key, value in case.fees_paid.items() if key != fee}
            return {
                "fees_due": {**case.fees_due, fee: amount},
                "fees_paid": paid,
                "bills": {**case.bills, fee: payload},
            }
        case f.FeePaid(fee=fee, payment=payment):
            return {
                "fees_paid": {**case.fees_paid, fee: payment},
                "takings": {**case.takings, mark_of(fee, payment): payment},
            }
        case f.AmountsDue(owed=owed):
            announced = {**case.announced, **{o.key: o for o in owed}}
            return {"owed": owed, "announced": announced}
        case f.AmountPaid(key=key, payment=payment):
            return {
                "paid": {**case.paid, key: payment},
                "takings": {**case.takings, mark_of(key, payment): payment},
                "claims": _without(case, key),
            }
        case f.PaymentClaimed(key=key, payment=payment):
            return {"claims": {**case.claims, key: payment}}
        case f.ClaimAnswered(key=key):
            return {"claims": _without(case, key)}
        case f.AllSettled():
            letters = tuple(
                replace(held, settled=True) if held.letter.kind is LetterKind.DEBT else held
                for held in case.letters
            )
            return {"letters": letters}
        case f.PaymentMatched(mark=mark):
            return {"matched": {**case.matched, mark: payload}}
        case f.FeeRefunded(mark=mark):
            return {"refunded": {**case.refunded, mark: payload}}
    return {}


def _without(case: Case, key: str) -> dict[str, Any]:
    return {claimed: payment for claimed, payment in case.claims.items() if claimed != key}

"""What facts of money change in a case: fees and sums due, paid, claimed, matched, given back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.domain import facts as f
from desktop.domain.letter import LetterKind
from desktop.domain.request import Payment, mark_of

if TYPE_CHECKING:
    from desktop.domain.case import Case

_Held = TypeVar("_Held")


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
                **_taken(case, mark_of(fee, payment), payment),
            }
        case f.AmountsDue(owed=owed):
            announced = {**case.announced, **{o.key: o for o in owed}}
            return {"owed": owed, "announced": announced}
        case f.AmountPaid(key=key, payment=payment):
            return {
                "paid": {**case.paid, key: payment},
                "unfounded": _without(case.unfounded, key),
                "claims": _without(case.claims, key),
                **_taken(case, mark_of(key, payment), payment),
            }
        case f.PaymentVoided(mark=mark, reason=reason):
            what = what_of(case, mark)
            unfounded = {} if what in case.fees_due else {what: reason}
            return {
                "struck": {**case.struck, mark: payload},
                "fees_paid": _unless(case.fees_paid, mark),
                "paid": _unless(case.paid, mark),
                "unfounded": {**case.unfounded, **unfounded},
            }
        case f.PaymentClaimed(key=key, payment=payment):
            return {"claims": {**case.claims, key: payment}}
        case f.ClaimAnswered(key=key):
            return {"claims": _without(case.claims, key)}
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


def what_of(case: Case, mark: str) -> str:
    """The fee or owed sum that a payment of the case was for. KeyError when it has none such."""
    payment = case.takings[mark]
    return next(
        what for what in (*case.fees_due, *case.announced) if mark_of(what, payment) == mark
    )


def _taken(case: Case, mark: str, payment: Payment) -> dict[str, Any]:
    """A payment in the book; one that was struck before stands again, unmatched."""
    return {
        "takings": {**case.takings, mark: payment},
        "struck": _without(case.struck, mark),
        "matched": _without(case.matched, mark),
    }


def _without(held: Mapping[str, _Held], key: str) -> dict[str, _Held]:
    return {each: value for each, value in held.items() if each != key}


def _unless(paid: Mapping[str, Payment], mark: str) -> dict[str, Payment]:
    """What is paid, without what this payment paid."""
    return {what: payment for what, payment in paid.items() if mark_of(what, payment) != mark}

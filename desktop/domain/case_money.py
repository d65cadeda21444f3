"""What facts of money change in a case: fees and sums due, paid, claimed, matched, given back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from desktop.domain import facts as f
from desktop.domain.case import Case, what_of
from desktop.domain.fees import VISIT_FEE
from desktop.domain.letter import LetterKind
from desktop.domain.request import Payment, mark_of

_Held = TypeVar("_Held")


Change = Callable[[Case, Any], Mapping[str, Any]]
"""The fields of a case that a fact of its kind changes, beside state and revision."""


def _fee_due(case: Case, fact: f.FeeDue) -> Mapping[str, Any]:
    paid = {key: value for key, value in case.fees_paid.items() if key != fact.fee}
    return {
        "fees_due": {**case.fees_due, fact.fee: fact.amount},
        "fees_paid": paid,
        "bills": {**case.bills, fact.fee: fact},
        "door_unseen": case.door_unseen and fact.fee != VISIT_FEE,
    }


def _fee_paid(case: Case, fact: f.FeePaid) -> Mapping[str, Any]:
    return {
        "fees_paid": {**case.fees_paid, fact.fee: fact.payment},
        **_taken(case, mark_of(fact.fee, fact.payment), fact.payment),
    }


def _amounts_due(case: Case, fact: f.AmountsDue) -> Mapping[str, Any]:
    announced = {**case.announced, **{o.key: o for o in fact.owed}}
    return {"owed": fact.owed, "announced": announced}


def _amount_paid(case: Case, fact: f.AmountPaid) -> Mapping[str, Any]:
    return {
        "paid": {**case.paid, fact.key: fact.payment},
        "unfounded": _without(case.unfounded, fact.key),
        "claims": _without(case.claims, fact.key),
        **_taken(case, mark_of(fact.key, fact.payment), fact.payment),
    }


def _voided(case: Case, fact: f.PaymentVoided) -> Mapping[str, Any]:
    what = what_of(case, fact.mark)
    unfounded = {} if what in case.fees_due else {what: fact.reason}
    return {
        "struck": {**case.struck, fact.mark: fact},
        "fees_paid": _unless(case.fees_paid, fact.mark),
        "paid": _unless(case.paid, fact.mark),
        "unfounded": {**case.unfounded, **unfounded},
    }


def _claimed(case: Case, fact: f.PaymentClaimed) -> Mapping[str, Any]:
    return {"claims": {**case.claims, fact.key: fact.payment}}


def _claim_answered(case: Case, fact: f.ClaimAnswered) -> Mapping[str, Any]:
    return {"claims": _without(case.claims, fact.key)}


def _all_settled(case: Case, _: f.AllSettled) -> Mapping[str, Any]:
    letters = tuple(
        replace(held, settled=True) if held.letter.kind is LetterKind.DEBT else held
        for held in case.letters
    )
    return {"letters": letters}


def _matched(case: Case, fact: f.PaymentMatched) -> Mapping[str, Any]:
    return {"matched": {**case.matched, fact.mark: fact}}


def _refunded(case: Case, fact: f.FeeRefunded) -> Mapping[str, Any]:
    return {"refunded": {**case.refunded, fact.mark: fact}}


MONEY: Mapping[type[f.CaseFact], Change] = {
    f.FeeDue: _fee_due,
    f.FeePaid: _fee_paid,
    f.AmountsDue: _amounts_due,
    f.AmountPaid: _amount_paid,
    f.PaymentVoided: _voided,
    f.PaymentClaimed: _claimed,
    f.ClaimAnswered: _claim_answered,
    f.AllSettled: _all_settled,
    f.PaymentMatched: _matched,
    f.FeeRefunded: _refunded,
}
"""By kind of fact, the fields of a case that it changes."""


def _taken(case: Case, mark: str, payment: Payment) -> dict[str, Any]:
    """A payment in the book; one that was struck before stands again, unmatched."""
    return {
        "takings": {**case.takings, mark: payment},
        "struck": _without(case.struck, mark),
        "matched": _without(case.matched, mark),
        "tills": {**case.tills, mark: case.stream},
    }


def _without(held: Mapping[str, _Held], key: str) -> dict[str, _Held]:
    return {each: value for each, value in held.items() if each != key}


def _unless(paid: Mapping[str, Payment], mark: str) -> dict[str, Payment]:
    """What is paid, without what this payment paid."""
    return {what: payment for what, payment in paid.items() if mark_of(what, payment) != mark}

"""Acts that bring money to a till or take it out: what of the till each names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.domain.cash import back_of
from desktop.domain.commands import CasePayload, PayDue, PayFee, Payload, RefundFee, VoidPayment
from desktop.domain.request import mark_of
from desktop.domain.undone import Undoing


@dataclass(frozen=True)
class NamedMoney:
    """An entry of a till by its mark, and how it stands once the act that named it was refused.

    The amount is in rial; None where it is that of the payment that the act is about.
    """

    how: Undoing
    mark: str
    amount: int | None = None


_NAMED: Mapping[type[CasePayload], Callable[[Any], NamedMoney]] = {
    PayFee: lambda act: NamedMoney(
        Undoing.REFUSED, mark_of(act.fee, act.payment), act.payment.amount
    ),
    PayDue: lambda act: NamedMoney(
        Undoing.REFUSED, mark_of(act.key, act.payment), act.payment.amount
    ),
    RefundFee: lambda act: NamedMoney(Undoing.REFUSED, back_of(act.mark)),
    VoidPayment: lambda act: NamedMoney(Undoing.RESTORED, act.mark),
}
MONEY_ACTS: tuple[str, ...] = tuple(act.kind for act in _NAMED)
"""Their kinds."""


def named_money(act: Payload) -> NamedMoney | None:
    """What the act names; None for one that moves no money of a till."""
    name = next((name for kind, name in _NAMED.items() if isinstance(act, kind)), None)
    return name(act) if name is not None else None

"""Gates on money: the property's debts, what its ancestors owe or have open, and tariffs."""

from __future__ import annotations

from datetime import date

from desktop.domain.formula import NotKnown
from desktop.domain.gates.building import open_files
from desktop.domain.gates.question import Finding, Owed, Question, Value
from desktop.domain.persian import join_and
from desktop.domain.property import Debt, DebtStatus
from desktop.domain.service import Effect, GateUse


def is_due(debt: Debt, day: date) -> bool:
    """Due: not before the Article 77 commission, and its date has come (no date = due)."""
    return debt.status != DebtStatus.ARTICLE_77 and (debt.due is None or debt.due <= day)


def debt(q: Question, use: GateUse) -> Finding:
    """Fails when the property's own due debts (or all of them, for a clearance) are above zero."""
    counted = tuple(d for d in q.record.debts if use.all_debts or is_due(d, q.day))
    total = sum(d.total for d in counted)
    if total <= 0:
        return Finding("debt", "none", values={"disputed": len(q.record.debts) - len(counted)})
    effect = use.effect or Effect.PAY
    owed = tuple(_owed(d) for d in counted) if effect is Effect.PAY else ()
    years = sorted({d.year for d in counted})
    values: dict[str, Value] = {
        "total": total,
        "count": len(counted),
        "from": years[0],
        "to": years[-1],
    }
    return Finding("debt", "due", effect, values, owed)


def _owed(d: Debt) -> Owed:
    return Owed(d.key, d.kind, d.year, d.principal, d.penalty, d.bill_id, d.payment_id)


def parent(q: Question, use: GateUse) -> Finding | None:
    """Fails when the building or land above has an open file (review) or due debts (note)."""
    if not q.found.ancestors:
        return None
    files = sum(len(open_files(above.files)) for above in q.found.ancestors)
    debts = sum(d.total for above in q.found.ancestors for d in above.debts if is_due(d, q.day))
    values: dict[str, Value] = {"files": files, "debts": debts}
    if files:
        return Finding("parent", "files", use.effect or Effect.REVIEW, values)
    if debts > 0:
        return Finding("parent", "debts", Effect.NOTE, values)
    return Finding("parent", "clean")


def charge(q: Question, use: GateUse) -> Finding:
    """Fails while a sum that a tariff of the city asks is unpaid; Rial, with how it came about."""
    try:
        sums = [q.city.charge(key, q.known, q.labels) for key in use.tariffs]
    except NotKnown:
        # Without a figure nobody can be asked to pay: a person looks.
        return Finding(use.name, "unknown", Effect.REVIEW)
    asked = tuple(Owed(c.key, c.title, 0, c.amount, 0, how=c.how) for c in sums if c.amount)
    unpaid = tuple(owed for owed in asked if owed.key not in q.settled)
    values: dict[str, Value] = {
        "charges": join_and([owed.title for owed in unpaid or asked]),
        "sum": sum(owed.amount for owed in unpaid or asked),
    }
    if not unpaid:
        return Finding(use.name, "paid", values=values)
    if use.effect is Effect.NOTE:
        return Finding(use.name, "after", Effect.NOTE, values)
    return Finding(use.name, "unpaid", use.effect or Effect.PAY, values, unpaid)

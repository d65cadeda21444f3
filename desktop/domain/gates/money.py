"""Gates on money: the property's debts, what its ancestors owe or have open, and tariffs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.domain.calendar import iso_jalali
from desktop.domain.formula import NotKnown
from desktop.domain.gates.building import open_files
from desktop.domain.gates.question import Finding, Owed, Question, Value
from desktop.domain.persian import join_and
from desktop.domain.property import FILE_ROW, Debt
from desktop.domain.record_words import PAID_OTHERWISE, DebtStatus
from desktop.domain.service import Effect, GateUse

NO_DAY = "-"


def is_due(q: Question, debt: Debt) -> bool:
    """Due: to be paid, and its date has come (no date = due)."""
    final = q.words.debt(debt.status) is DebtStatus.FINAL and not debt.paid_otherwise
    return final and (debt.due is None or debt.due <= q.day)


def is_unclear(q: Question, debt: Debt) -> bool:
    """Of a debt by instalments, or in a word that nobody knows, nothing is asked or cleared.

    Nor of one that was paid at the counter and that the records ask in another sum since.
    """
    return debt.total > 0 and (_by_status(q, debt) or _otherwise(q, debt))


def _by_status(q: Question, debt: Debt) -> bool:
    return q.words.debt(debt.status) in (None, DebtStatus.INSTALMENTS)


def _otherwise(q: Question, debt: Debt) -> bool:
    return debt.paid_otherwise and q.words.debt(debt.status) is not DebtStatus.SETTLED


def _counts(q: Question, debt: Debt, *, all_debts: bool) -> bool:
    if not all_debts:
        return is_due(q, debt)
    asked = q.words.debt(debt.status) in (DebtStatus.FINAL, DebtStatus.DISPUTED)
    return asked and not debt.paid_otherwise


def debt(q: Question, use: GateUse) -> Finding:
    """Fails when the property's own due debts (or all of them, for a clearance) are above zero.

    An unclear debt is an expert's, whatever else is due.
    """
    counted = tuple(d for d in q.record.debts if _counts(q, d, all_debts=use.all_debts))
    unclear = tuple(d for d in q.record.debts if is_unclear(q, d))
    total = sum(d.total for d in counted)
    if total <= 0 and not unclear:
        left = (d for d in q.record.debts if d.total > 0)
        waiting = [d for d in left if q.words.debt(d.status) is not DebtStatus.SETTLED]
        told = {"waiting": "\n".join(_waits(q, d) for d in waiting)} if waiting else {}
        return Finding("debt", "none", values={"disputed": len(waiting), **told})
    values = _values(q, counted)
    if unclear:
        named = [d.status for d in unclear if _by_status(q, d)]
        values |= {"unclear": len(unclear)}
        if not named:
            return Finding("debt", "paid-otherwise", use.effect or Effect.REVIEW, values)
        values |= {"status": "، ".join(dict.fromkeys(named))}
        return Finding("debt", "unclear", use.effect or Effect.REVIEW, values)
    return _due(use, counted, values)


def _waits(q: Question, debt: Debt) -> str:
    """Year, sum, day on which it falls due (none of what a commission has) and kind of a debt."""
    final = q.words.debt(debt.status) is DebtStatus.FINAL
    due = iso_jalali(debt.due) if final and debt.due is not None else NO_DAY
    return f"{debt.year} {debt.total} {due} {debt.kind}"


def debt_beside(q: Question, use: GateUse) -> Finding | None:
    """What is to be paid beside unclear debts that a person has cleared: nobody clears that."""
    if use.effect not in (None, Effect.PAY):
        return None
    counted = tuple(d for d in q.record.debts if _counts(q, d, all_debts=use.all_debts))
    return _due(use, counted, _values(q, counted)) if sum(d.total for d in counted) > 0 else None


def _values(q: Question, debts: tuple[Debt, ...]) -> dict[str, Value]:
    values: dict[str, Value] = {"total": sum(d.total for d in debts), "count": len(debts)}
    if debts:
        # A cell of the year that says nothing was read as 0.
        years = sorted({d.year for d in debts if d.year}) or [0]
        values |= {"from": years[0], "to": years[-1], "ground": _grounds(q, debts)}
        if len(years) < years[-1] - years[0] + 1:
            values["years"] = " ".join(map(str, years))
    return values


def _due(use: GateUse, debts: tuple[Debt, ...], values: Mapping[str, Value]) -> Finding:
    effect = use.effect or Effect.PAY
    owed = tuple(_owed(debts)) if effect is Effect.PAY else ()
    return Finding("debt", "due", effect, values, owed)


def _grounds(q: Question, debts: tuple[Debt, ...]) -> str:
    """On which grounds these sums can be objected to, apart by spaces."""
    return " ".join(sorted({q.city.objections.of_debt(d.kind) for d in debts}))


def _owed(debts: tuple[Debt, ...]) -> Iterator[Owed]:
    """One sum for each that can be told apart: what has one key is paid at once."""
    for key in dict.fromkeys(d.key for d in debts):
        same = [d for d in debts if d.key == key]
        first = same[0]
        principal, penalty = sum(d.principal for d in same), sum(d.penalty for d in same)
        ids = (first.bill_id, first.payment_id)
        yield Owed(key, first.kind, first.year, principal, penalty, *ids)


def parent(q: Question, use: GateUse) -> Finding | None:
    """Fails when the building or land above has an open file (review) or due debts (note).

    What a file's row said that the import could not keep nobody knows: a person looks.
    """
    if not q.found.ancestors:
        return None
    above = q.found.ancestors
    files = sum(len(open_files(q, record.files)) for record in above)
    debts = sum(d.total for record in above for d in record.debts if is_due(q, d))
    unclear = [
        d.status if _by_status(q, d) else PAID_OTHERWISE
        for record in above
        for d in record.debts
        if is_unclear(q, d)
    ]
    values: dict[str, Value] = {"files": files, "debts": debts}
    if files:
        return Finding("parent", "files", use.effect or Effect.REVIEW, values)
    if any(FILE_ROW in record.refused for record in above):
        return Finding("parent", "doubted", use.effect or Effect.REVIEW, values)
    if unclear:
        values["status"] = "، ".join(dict.fromkeys(unclear))
        return Finding("parent", "unclear", Effect.NOTE, values)
    if debts > 0:
        return Finding("parent", "debts", Effect.NOTE, values)
    return Finding("parent", "clean")


def charge(q: Question, use: GateUse) -> Finding:
    """Fails while a sum that a tariff of the city asks is unpaid; Rial, with how it came about."""
    try:
        asked = _charged(q, use)
    except NotKnown:
        # Without a figure nobody can be asked to pay: a person looks.
        return Finding(use.name, "unknown", Effect.REVIEW)
    if any(q.settled.get(owed.key, owed.amount) != owed.amount for owed in asked):
        # Something else is asked for now than what was paid: who owes whom, a person says.
        return Finding(use.name, "changed", Effect.REVIEW)
    unpaid = tuple(owed for owed in asked if owed.key not in q.settled)
    values = _charges(unpaid or asked)
    if not unpaid:
        return Finding(use.name, "paid", values=values)
    if use.effect is Effect.NOTE:
        return Finding(use.name, "after", Effect.NOTE, values)
    return Finding(use.name, "unpaid", use.effect or Effect.PAY, values, unpaid)


def charge_beside(q: Question, use: GateUse) -> Finding | None:
    """What was never paid of it, once a person has let stand that something else was paid."""
    try:
        unpaid = tuple(owed for owed in _charged(q, use) if owed.key not in q.settled)
    except NotKnown:
        return None
    if not unpaid or use.effect not in (None, Effect.PAY):
        return None
    return Finding(use.name, "unpaid", Effect.PAY, _charges(unpaid), unpaid)


def _charged(q: Question, use: GateUse) -> tuple[Owed, ...]:
    # A file that names a tariff twice asks for it once all the same.
    sums = [q.city.charge(key, q.known, q.labels) for key in dict.fromkeys(use.tariffs)]
    return tuple(Owed(c.key, c.title, 0, c.amount, 0, how=c.how) for c in sums if c.amount)


def _charges(sums: tuple[Owed, ...]) -> dict[str, Value]:
    titles = join_and([owed.title for owed in sums])
    several: dict[str, Value] = {"several": len(sums)} if len(sums) > 1 else {}
    return {"charges": titles, "sum": sum(owed.amount for owed in sums), **several}

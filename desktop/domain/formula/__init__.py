"""Formulas that stand in data: sums of money, checks of a form, conditions of a gate."""

from desktop.domain.formula.evaluating import Divided, NotKnown, Value, Values, column, evaluate
from desktop.domain.formula.parsing import Formula, FormulaFault, PartKind
from desktop.domain.formula.telling import read_out

__all__ = [
    "Divided",
    "Formula",
    "FormulaFault",
    "PartKind",
    "NotKnown",
    "Value",
    "Values",
    "column",
    "evaluate",
    "read_out",
]

"""A formula with its values put in, as a clerk reads a sum to a citizen."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from desktop.domain.calendar import format_jalali
from desktop.domain.formula.evaluating import Value, Values, chosen, value_of
from desktop.domain.formula.parsing import Formula, dotted
from desktop.domain.money import format_number
from desktop.domain.persian import to_persian_digits

_SIGNS: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "−",
    ast.Mult: "×",
    ast.Div: "÷",
}
_LOOSE = (ast.Add, ast.Sub)


def read_out(formula: Formula, values: Values, labels: Mapping[str, str]) -> str:
    """«طول ۱۲ × عرض ۰٫۸۰ × ۶٬۸۰۰٬۰۰۰»; `labels` are the words of names, others go unnamed.

    Raises NotKnown where a value is missing.
    """
    return _read_out(formula.tree, values, labels)


def number(value: Decimal) -> str:
    """A number as read: grouped, places only where there are any."""
    whole, _, places = f"{value.normalize():f}".partition(".")
    sign = "−" if whole.startswith("-") else ""
    read = format_number(abs(int(whole)))
    return f"{sign}{read}٫{to_persian_digits(places)}" if places else f"{sign}{read}"


def _read_out(node: ast.expr, values: Values, labels: Mapping[str, str]) -> str:
    node = chosen(node, values)
    if isinstance(node, ast.BinOp):
        left = _side(node.left, _needs(node.op), values, labels)
        right = _side(node.right, _needs_after(node.op), values, labels)
        return f"{left} {_SIGNS[type(node.op)]} {right}"
    name = dotted(node)
    words = read(value_of(node, values))
    label = labels.get(name, "")
    return f"{label} {words}" if label else words


def _needs(sign: ast.operator) -> tuple[type[ast.operator], ...]:
    """The signs that stand in brackets before this one."""
    return () if isinstance(sign, _LOOSE) else _LOOSE


def _needs_after(sign: ast.operator) -> tuple[type[ast.operator], ...]:
    """The signs that stand in brackets behind this one."""
    if isinstance(sign, ast.Div):
        return tuple(_SIGNS)
    return _LOOSE if isinstance(sign, ast.Sub) else _needs(sign)


def _side(
    node: ast.expr,
    bracketed: tuple[type[ast.operator], ...],
    values: Values,
    labels: Mapping[str, str],
) -> str:
    inner = chosen(node, values)
    words = _read_out(inner, values, labels)
    within = isinstance(inner, ast.BinOp) and isinstance(inner.op, bracketed)
    return f"({words})" if within else words


def read(value: Value) -> str:
    """One value as read."""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, date):
        return format_jalali(value)
    return to_persian_digits(str(value))

"""What a formula gives for the values at hand, in exact decimals."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal, DivisionByZero, InvalidOperation

from desktop.domain.formula.parsing import FIRST, Formula, dotted
from desktop.domain.persian import clean

Row = Mapping[str, "Value"]
Value = Decimal | str | date | bool | Sequence[Row] | Sequence["Value"] | Mapping[str, Decimal]
Values = Mapping[str, Value]


class NotKnown(LookupError):
    """A formula needs a value that is not there; its name is the argument."""


class Divided(NotKnown):
    """A formula would divide by zero for these values."""


def evaluate(formula: Formula, values: Values) -> Value:
    """What the formula gives. Raises NotKnown for a missing value, Divided by zero.

    Only for a formula that `Formula.check` let through.
    """
    return value_of(formula.tree, values)


def value_of(node: ast.expr, values: Values) -> Value:
    """The value of one part of a formula."""
    name = dotted(node)
    if name:
        return _named(name, values)
    return _READERS[type(node)](node, values)


def column(rows: Sequence[Row], key: str) -> tuple[Value, ...]:
    """The values of one column, empty cells left out."""
    return tuple(row[key] for row in rows if row.get(key, "") != "")


def _named(name: str, values: Values) -> Value:
    if name in values:
        return values[name]
    table, _, key = name.rpartition(".")
    rows = values.get(table)
    if isinstance(rows, Sequence) and not isinstance(rows, str):
        return column(rows, key)  # type: ignore[arg-type]
    raise NotKnown(name)


def _constant(node: ast.Constant, _: Values) -> Value:
    # As answers are kept, whatever digits the file was written with.
    return clean(node.value) if isinstance(node.value, str) else Decimal(str(node.value))


def _sign(node: ast.BinOp, values: Values) -> Value:
    left, right = value_of(node.left, values), value_of(node.right, values)
    try:
        return _SIGNS[type(node.op)](left, right)
    except (DivisionByZero, InvalidOperation):
        raise Divided(ast.unparse(node)) from None


def _unary(node: ast.UnaryOp, values: Values) -> Value:
    sign: Callable[[Value], Value] = _UNARY[type(node.op)]
    return sign(value_of(node.operand, values))


def _both(node: ast.BoolOp, values: Values) -> Value:
    parts = (bool(value_of(part, values)) for part in node.values)
    return all(parts) if isinstance(node.op, ast.And) else any(parts)


def _compare(node: ast.Compare, values: Values) -> Value:
    left = node.left
    for sign, right in zip(node.ops, node.comparators, strict=True):
        if not _COMPARES[type(sign)](*_pair(left, right, values)):
            return False
        left = right
    return True


def _pair(left: ast.expr, right: ast.expr, values: Values) -> tuple[Value, Value]:
    """Both sides; beside an empty text an answer that is not there is empty too."""
    sides = []
    for own, other in ((left, right), (right, left)):
        try:
            sides.append(value_of(own, values))
        except NotKnown:
            if not (isinstance(other, ast.Constant) and other.value == ""):
                raise
            sides.append("")
    return sides[0], sides[1]


def _choose(node: ast.IfExp, values: Values) -> Value:
    return value_of(chosen(node, values), values)


def chosen(node: ast.expr, values: Values) -> ast.expr:
    """The part that counts: a side of an `if`, the first known of several, else the node itself."""
    if isinstance(node, ast.IfExp):
        return chosen(node.body if value_of(node.test, values) else node.orelse, values)
    if isinstance(node, ast.Call) and dotted(node.func) == FIRST:
        return chosen(_first_known(node, values), values)
    return node


def _first_known(node: ast.Call, values: Values) -> ast.expr:
    for part in node.args:
        try:
            if value_of(part, values) != "":
                return part
        except NotKnown:
            continue
    raise NotKnown(ast.unparse(node))


def _call(node: ast.Call, values: Values) -> Value:
    name = dotted(node.func)
    if name == FIRST:
        return value_of(_first_known(node, values), values)
    given = [value_of(argument, values) for argument in node.args]
    try:
        return _FUNCTIONS[name](*given)
    except ValueError:
        # The smallest of nothing.
        raise NotKnown(ast.unparse(node)) from None


def _look_up(node: ast.Subscript, values: Values) -> Value:
    rates, key = value_of(node.value, values), value_of(node.slice, values)
    if isinstance(rates, Mapping) and key in rates:
        return rates[str(key)]
    raise NotKnown(f"{ast.unparse(node.value)}[{key}]")


def _list(node: ast.List | ast.Tuple, values: Values) -> Value:
    return tuple(value_of(part, values) for part in node.elts)


_READERS: Mapping[type[ast.expr], Callable[..., Value]] = {
    ast.Constant: _constant,
    ast.BinOp: _sign,
    ast.UnaryOp: _unary,
    ast.BoolOp: _both,
    ast.Compare: _compare,
    ast.IfExp: _choose,
    ast.Call: _call,
    ast.Subscript: _look_up,
    ast.List: _list,
    ast.Tuple: _list,
}
_SIGNS: Mapping[type[ast.operator], Callable[..., Value]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_UNARY: Mapping[type[ast.unaryop], Callable[..., Value]] = {
    ast.Not: operator.not_,
    ast.USub: operator.neg,
}
_COMPARES: Mapping[type[ast.cmpop], Callable[..., bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda one, many: one in many,
    ast.NotIn: lambda one, many: one not in many,
}


def _round_up(number: Decimal) -> Decimal:
    return number.to_integral_value(rounding=ROUND_CEILING)


def _days(first: date, last: date) -> Decimal:
    """Days of the period, both ends in."""
    return Decimal((last - first).days + 1)


_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "sum": lambda numbers: sum(numbers, Decimal(0)),
    "smallest": min,
    "largest": max,
    "count": lambda rows: Decimal(len(rows)),
    "min": min,
    "max": max,
    "round_up": _round_up,
    "days": _days,
}

"""A formula's text made a tree that is understood whole: nothing else of Python is let in."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from desktop.domain.persian import to_persian_digits

_LONGEST = 200
# Beyond any sum of money or area, and what `1e400` would be.
_LARGEST = 10**15
# Takes values of any one kind, and gives the first that is known.
FIRST = "first"
_STRANGE = frozenset("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩×÷−٫٬،«»“”")


class PartKind(StrEnum):
    """What a name or a part of a formula is; `table` has columns, `rates` is looked up by a key."""

    NUMBER = "number"
    TEXT = "text"
    DAY = "day"
    TRUTH = "truth"
    NUMBERS = "numbers"
    TEXTS = "texts"
    TABLE = "table"
    RATES = "rates"


class FormulaFault(ValueError):
    """What is wrong with a formula, in a Persian sentence."""


@dataclass(frozen=True)
class Function:
    """A function: the kinds it takes (the last one again and again where `many`), what it gives."""

    takes: tuple[PartKind, ...]
    gives: PartKind
    many: bool = False


FUNCTIONS: Mapping[str, Function] = {
    "sum": Function((PartKind.NUMBERS,), PartKind.NUMBER),
    "smallest": Function((PartKind.NUMBERS,), PartKind.NUMBER),
    "largest": Function((PartKind.NUMBERS,), PartKind.NUMBER),
    "count": Function((PartKind.TABLE,), PartKind.NUMBER),
    "min": Function((PartKind.NUMBER, PartKind.NUMBER), PartKind.NUMBER, many=True),
    "max": Function((PartKind.NUMBER, PartKind.NUMBER), PartKind.NUMBER, many=True),
    "round_up": Function((PartKind.NUMBER,), PartKind.NUMBER),
    "days": Function((PartKind.DAY, PartKind.DAY), PartKind.NUMBER),
}
_ORDERED = (PartKind.NUMBER, PartKind.DAY)
# What Python reads with a warning, or will not read one day: «1or 2», a backslash.
_STRINGS = re.compile(r"'[^'\\]*'|\"[^\"\\]*\"")
_GLUED = re.compile(r"\\|(?<![\w.])\d[\d_.]*(?![eE][+-]?\d)[A-Za-z]")
_SIGNS = (ast.Add, ast.Sub, ast.Mult, ast.Div)
_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_EQUAL = (ast.Eq, ast.NotEq)


@dataclass(frozen=True)
class Formula:
    """A formula as written; `names` are what it rests on, a column as `table.column`."""

    text: str

    @cached_property
    def tree(self) -> ast.expr:
        """The tree. Raises FormulaFault when the text is no formula."""
        if len(self.text) > _LONGEST:
            raise FormulaFault("فرمول بیش از اندازه بلند است؛ آن را دو فرمول کنید.")
        if _GLUED.search(_STRINGS.sub("''", self.text)):
            raise FormulaFault(_unread(self.text))
        try:
            return ast.parse(self.text.strip(), mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            raise FormulaFault(_unread(self.text)) from None

    @property
    def readable(self) -> bool:
        """Whether the text is a formula at all."""
        try:
            return self.tree is not None
        except FormulaFault:
            return False

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name it rests on. Raises FormulaFault when the text is no formula."""
        return frozenset(_names(self.tree))

    @cached_property
    def roots(self) -> frozenset[str]:
        """The names it rests on, a column by the name of its table."""
        return frozenset(name.partition(".")[0] for name in self.names)

    @property
    def look_ups(self) -> frozenset[tuple[str, str]]:
        """Where it looks up what a name says: pairs of the table of rates and that name."""
        found = (
            (dotted(node.value), dotted(node.slice))
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Subscript)
        )
        return frozenset(pair for pair in found if all(pair))

    @property
    def compared(self) -> tuple[tuple[frozenset[str], str], ...]:
        """The texts that names are held against with `==`, `!=` and `in`, each with the names: any
        of them may give the other side (`first(a, b) == 'x'`)."""
        return tuple(_compared(self.tree))

    def check(self, kinds: Mapping[str, PartKind]) -> PartKind:
        """What it gives, where `kinds` tells what each name is.

        Raises FormulaFault for an unknown name, for anything that is no part of a formula, and
        where kinds don't fit (a day times a number).
        """
        return _Checker(kinds).of(self.tree)


def _unread(text: str) -> str:
    """Why a text is no formula, by what stands in it."""
    strange = next((c for c in text if c in _STRANGE), "")
    if strange:
        told = f"«{strange}» در فرمول نمی‌آید؛ رقم انگلیسی و نشانه‌های + - * / . بنویسید."
        return f"فرمول خوانده نمی‌شود: {told}"
    if "=" in text.replace("==", "").replace("!=", "").replace("<=", "").replace(">=", ""):
        return "فرمول خوانده نمی‌شود: برای سنجش «==» بنویسید، نه «=»."
    return "فرمول خوانده نمی‌شود؛ مانند length * width * rate بنویسید."


def dotted(node: ast.expr) -> str:
    """`record.land` of an attribute, `length` of a name; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        above = dotted(node.value)
        return f"{above}.{node.attr}" if above else ""
    return ""


def _names(node: ast.expr) -> Iterator[str]:
    name = dotted(node)
    if name:
        yield name
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.Call) and child is node.func:
            continue
        if isinstance(child, ast.expr):
            yield from _names(child)


def _compared(tree: ast.expr) -> Iterator[tuple[frozenset[str], str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        sides = [[*_given(side)] for side in (node.left, *node.comparators)]
        for sign, left, right in zip(node.ops, sides, sides[1:], strict=False):
            if isinstance(sign, _ORDER):
                continue
            for one, other in ((left, right), (right, left)):
                names = frozenset(filter(None, map(dotted, one)))
                texts = (part.value for part in other if isinstance(part, ast.Constant))
                yield from ((names, text) for text in texts if names and isinstance(text, str))


def _given(node: ast.expr) -> Iterator[ast.expr]:
    """The parts of which it gives one: both sides of an `if`, what stands in `first` or a list."""
    if isinstance(node, ast.IfExp):
        parts = [node.body, node.orelse]
    elif isinstance(node, (ast.List, ast.Tuple)):
        parts = node.elts
    elif isinstance(node, ast.Call) and dotted(node.func) == FIRST:
        parts = node.args
    else:
        yield node
        return
    for part in parts:
        yield from _given(part)


class _Checker:
    """Goes through a tree and says what each part gives."""

    def __init__(self, kinds: Mapping[str, PartKind]) -> None:
        self._kinds = kinds

    def of(self, node: ast.expr) -> PartKind:
        name = dotted(node)
        if name:
            return self._named(name)
        for kind, look in self._PARTS.items():
            if isinstance(node, kind):
                return look(self, node)
        raise FormulaFault("این بخش از فرمول پذیرفته نیست؛ تنها حساب، سنجش و تابع‌های شناخته.")

    def _named(self, name: str) -> PartKind:
        kind = self._kinds.get(name)
        if kind is None:
            raise FormulaFault(f"نام «{name}» در این فرمول شناخته نیست؛ نام فیلدی را بنویسید.")
        return kind

    def _constant(self, node: ast.Constant) -> PartKind:
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float, str)):
            raise FormulaFault("در فرمول تنها عدد و متن میان گیومه می‌آید.")
        if not isinstance(node.value, str) and not node.value < _LARGEST:
            raise FormulaFault("عددی به این بزرگی در فرمول پذیرفته نیست؛ کوچک‌تر بنویسید.")
        return PartKind.TEXT if isinstance(node.value, str) else PartKind.NUMBER

    def _sign(self, node: ast.BinOp) -> PartKind:
        if not isinstance(node.op, _SIGNS):
            raise FormulaFault("تنها + و - و * و / پذیرفته است؛ نشانهٔ دیگر را بردارید.")
        self._demand(node.left, PartKind.NUMBER)
        self._demand(node.right, PartKind.NUMBER)
        if isinstance(node.op, ast.Div) and _text(node.right) == 0:
            raise FormulaFault("تقسیم بر صفر نمی‌شود؛ مقسوم‌علیه دیگری بنویسید.")
        return PartKind.NUMBER

    def _unary(self, node: ast.UnaryOp) -> PartKind:
        if isinstance(node.op, ast.Not):
            self._demand(node.operand, PartKind.TRUTH)
            return PartKind.TRUTH
        if not isinstance(node.op, ast.USub):
            raise FormulaFault("تنها + و - و * و / پذیرفته است؛ نشانهٔ دیگر را بردارید.")
        self._demand(node.operand, PartKind.NUMBER)
        return PartKind.NUMBER

    def _both(self, node: ast.BoolOp) -> PartKind:
        for part in node.values:
            self._demand(part, PartKind.TRUTH)
        return PartKind.TRUTH

    def _compare(self, node: ast.Compare) -> PartKind:
        left = node.left
        for sign, right in zip(node.ops, node.comparators, strict=True):
            self._pair(left, sign, right)
            left = right
        return PartKind.TRUTH

    def _pair(self, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> None:
        if isinstance(sign, (ast.In, ast.NotIn)):
            self._demand(left, PartKind.TEXT)
            self._demand(right, PartKind.TEXTS)
            return
        if not isinstance(sign, (*_ORDER, *_EQUAL)):
            raise FormulaFault("این سنجش پذیرفته نیست؛ یکی از == != < <= > >= in بنویسید.")
        one, other = self.of(left), self.of(right)
        # Whether an answer is there at all is asked with == "".
        empty = isinstance(sign, _EQUAL) and "" in (_text(left), _text(right))
        if one is not other and not empty:
            words = f"{_WORDS[one]} با {_WORDS[other]} سنجیده نمی‌شود؛ دو سو را از یک گونه بنویسید."
            raise FormulaFault(words)
        if isinstance(sign, _ORDER) and one not in _ORDERED:
            raise FormulaFault("بزرگ‌تر و کوچک‌تر تنها میان عددها یا روزهاست.")

    def _choose(self, node: ast.IfExp) -> PartKind:
        self._demand(node.test, PartKind.TRUTH)
        one, other = self.of(node.body), self.of(node.orelse)
        if one is not other:
            raise FormulaFault(
                "دو سوی if و else از یک گونه نیستند؛ هر دو را عدد یا هر دو را متن بنویسید."
            )
        return one

    def _call(self, node: ast.Call) -> PartKind:
        name = dotted(node.func)
        if name == FIRST and not node.keywords:
            return self._first(node)
        function = FUNCTIONS.get(name)
        if function is None or node.keywords:
            known = "، ".join((*FUNCTIONS, FIRST))
            said = name or ast.unparse(node.func)
            raise FormulaFault(f"تابع «{said}» شناخته نیست؛ هست: {known}.")
        least = len(function.takes)
        if len(node.args) < least or (len(node.args) > least and not function.many):
            raise _count_fault(name, least, many=function.many)
        for number, given in enumerate(node.args):
            if function.takes[min(number, least - 1)] is PartKind.NUMBERS:
                _demand_column(name, given)
            self._demand(given, function.takes[min(number, least - 1)])
        return function.gives

    def _first(self, node: ast.Call) -> PartKind:
        if len(node.args) < 2:
            raise _count_fault(FIRST, 2, many=True)
        kinds = {self.of(given) for given in node.args}
        if len(kinds) > 1:
            raise FormulaFault(
                f"ورودی‌های تابع «{FIRST}» از یک گونه نیستند؛ همه را یک گونه بنویسید."
            )
        return kinds.pop()

    def _look_up(self, node: ast.Subscript) -> PartKind:
        self._demand(node.value, PartKind.RATES)
        self._demand(node.slice, PartKind.TEXT)
        return PartKind.NUMBER

    def _list(self, node: ast.List | ast.Tuple) -> PartKind:
        for part in node.elts:
            self._demand(part, PartKind.TEXT)
        return PartKind.TEXTS

    def _demand(self, node: ast.expr, wanted: PartKind) -> None:
        given = self.of(node)
        if given is PartKind.NUMBERS and wanted is PartKind.NUMBER:
            column = ast.unparse(node)
            raise FormulaFault(f"«{column}» یک ستون است؛ جمع آن را بنویسید: sum({column}).")
        if given is not wanted:
            raise FormulaFault(
                f"«{ast.unparse(node)}» باید {_WORDS[wanted]} باشد؛ نام دیگری بنویسید."
            )

    _PARTS: Mapping[type[ast.expr] | tuple[type[ast.expr], ...], Callable[..., PartKind]] = {
        ast.Constant: _constant,
        ast.BinOp: _sign,
        ast.UnaryOp: _unary,
        ast.BoolOp: _both,
        ast.Compare: _compare,
        ast.IfExp: _choose,
        ast.Call: _call,
        ast.Subscript: _look_up,
        (ast.List, ast.Tuple): _list,
    }


def _demand_column(function: str, node: ast.expr) -> None:
    """A column's name: what is worked out of columns is a column of its own."""
    if not isinstance(node, (ast.Name, ast.Attribute)):
        worked_out = ast.unparse(node)
        raise FormulaFault(
            f"«{function}» نام یک ستون می‌گیرد، نه «{worked_out}»؛ در جدول ستونی با فرمول "
            f"خودش بگذارید و همان را بنویسید: {function}(جدول.ستون)."
        )


def _text(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _count_fault(name: str, least: int, *, many: bool) -> FormulaFault:
    wanted = to_persian_digits(f"دست‌کم {least}" if many else least)
    return FormulaFault(f"شمار ورودی‌های تابع «{name}» درست نیست؛ {wanted} ورودی بنویسید.")


_WORDS = {
    PartKind.NUMBER: "عدد",
    PartKind.TEXT: "متن",
    PartKind.DAY: "روز",
    PartKind.TRUTH: "درست یا نادرست",
    PartKind.NUMBERS: "ستونی از عدد",
    PartKind.TEXTS: "فهرستی از متن",
    PartKind.TABLE: "جدول",
    PartKind.RATES: "جدول نرخ",
}

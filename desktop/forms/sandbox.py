"""Jinja2 for letters: it runs nothing, builds nothing large, and stops before a letter runs away.

What a template may say is held against a narrow grammar before it is published (`templates`). A
version that was published before that grammar still serves its open cases, so here a harmless sum
or loop is done, and whatever could grow or never end is stopped by counting, not by a clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, wraps
from typing import Any

import jinja2
from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

LONGEST_DRAWN = 20_000
"""Characters that one template may print; the longest that ships prints a tenth."""
_LONGEST_VALUE = 4_000
_LARGEST_NUMBER = 1_000
_MOST_STEPS = 2_000
FACT = "|"
"""What a line of a letter's body begins with that is a fact of its block: «| مالک: …»."""
# A line of tags alone leaves nothing; a tag behind words would take the line's end with it, and
# with that the end of the paragraph.
_TAG_BEHIND_WORDS = re.compile(
    r"^(?![ \t]*(?:\{%[^%\n]*%\}[ \t]*)+$)(.*[^-+\n])%\}[ \t]*$", re.MULTILINE
)
# No name of a template has a space in it.
_BUDGET = " budget"
# They take a width out of a text, where nobody can look before it is built.
_WITHOUT = ("format",)
_NUMBERS = (int, float)
_PRINTED = (str, int, float, bool, type(None), jinja2.Undefined)


class Unwritable(Exception):
    """A template that can't be filled: what stopped it, in English, for the log."""


class _Budget:
    """What one rendering has left: rounds of loops and calls, and characters printed anywhere."""

    def __init__(self) -> None:
        self._steps, self._characters = _MOST_STEPS, LONGEST_DRAWN

    def step(self) -> None:
        self._steps -= 1
        if self._steps < 0:
            raise SecurityError("too many rounds")

    def printed(self, count: int) -> None:
        self._characters -= count
        if self._characters < 0:
            raise SecurityError("too many characters")


def _budget(context: Context) -> _Budget:
    found: _Budget = context[_BUDGET]
    return found


def _size(value: object, most: int = _LONGEST_VALUE) -> int:
    """About how many characters a value is read as; counting stops past `most`."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        value = (part for pair in value.items() for part in pair)
    elif not isinstance(value, (list, tuple, set, frozenset)):
        # A number of so many bits has a third as many digits.
        return value.bit_length() // 3 if isinstance(value, int) else 1
    counted = 0
    for part in value:
        counted += 1 + _size(part, most - counted)
        if counted > most:
            break
    return counted


def _demand(size: int) -> None:
    if size > _LONGEST_VALUE:
        raise SecurityError(f"a value of {size} characters")


def _demand_inputs(values: Iterable[object]) -> None:
    """A function's inputs, small enough that what it makes of them is small too."""
    for value in values:
        _demand(_size(value))
        if isinstance(value, int) and abs(value) > _LARGEST_NUMBER:
            raise SecurityError(f"a width or count of {value}")


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def small(*given: Any, **named: Any) -> Any:
        _demand_inputs((*given, *named.values()))
        return function(*given, **named)

    return small


@jinja2.pass_context
def _counted(context: Context, items: Iterable[object]) -> Iterator[object]:
    """What a loop goes through, as far as there are rounds left."""
    budget = _budget(context)
    for item in items:
        budget.step()
        yield item


@jinja2.pass_context
def _joined(context: Context, parts: Sequence[object]) -> str:
    """What `~` joins."""
    _demand(_size(parts))
    return "".join(map(str, parts))


@jinja2.pass_context
def _small(context: Context, value: object) -> object:
    """A list as it stands in a template: of lists in lists soon nobody could say how much."""
    _demand(_size(value))
    return value


@jinja2.pass_context
def _printed(context: Context, value: object) -> object:
    """What is printed, into the letter or into a name, while there is room left."""
    if not isinstance(value, _PRINTED):
        raise SecurityError(f"a {type(value).__name__} is not printed")
    _budget(context).printed(_size(value))
    return value


def _filter(node: nodes.Node, name: str) -> nodes.Expr:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


class _Guards(NodeTransformer):
    """Puts the counting into a parsed template, where Jinja asks its sandbox nothing."""

    def visit_For(self, node: nodes.For) -> nodes.Node:
        self.generic_visit(node)
        node.iter = _filter(node.iter, "counted items")
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        return _filter(nodes.List(node.nodes, lineno=node.lineno), "joined parts")

    def visit_List(self, node: nodes.List) -> nodes.Node:
        self.generic_visit(node)
        return _filter(node, "small value")

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:
        self.generic_visit(node)
        return _filter(node, "small value")

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:
        self.generic_visit(node)
        return _filter(node, "small value") if node.ctx == "load" else node


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment in which letters are drawn."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            finalize=_printed,
        )
        self.filters = {k: _guarded(f) for k, f in self.filters.items() if k not in _WITHOUT}
        self.filters |= {
            "counted items": _counted,
            "joined parts": _joined,
            "small value": _small,
        }
        # It makes up words by the thousand.
        del self.globals["lipsum"]

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """The template as it is read: a line of words ends where it is written."""
        return _TAG_BEHIND_WORDS.sub(r"\1+%}", super().preprocess(source, name, filename))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """An operator on two values, unless what it gives would be large."""
        if operator == "%" and isinstance(left, str):
            raise SecurityError("a text with places to fill")
        times = 1
        if operator == "**" and isinstance(right, int):
            times = abs(right)
        elif operator == "*":
            # A text or list so many times; two numbers have the digits of both.
            times = next((abs(n) for n in (left, right) if isinstance(n, int)), 1)
            times = 1 if isinstance(left, _NUMBERS) and isinstance(right, _NUMBERS) else times
        _demand((_size(left) + _size(right)) * times)
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, obj: Any, /, *given: Any, **named: Any) -> Any:
        """A call: counted, of small inputs, with a small result."""
        _budget(context).step()
        _demand_inputs((getattr(obj, "__self__", None), *given, *named.values()))
        made = super().call(context, obj, *given, **named)
        _demand(_size(made))
        return made

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """`format` of a text is not there."""
        if super().wrap_str_format(value) is None:
            return None

        def refuse(*_: Any, **__: Any) -> str:
            raise SecurityError("a text with places to fill")

        return refuse

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        guarded: nodes.Template = _Guards().visit(source)
        return super()._generate(guarded, name, filename, defer_init)


@cache
def sandbox() -> Sandbox:
    """The one environment of letters."""
    return Sandbox()


@lru_cache(maxsize=500)
def _compiled(source: str) -> jinja2.Template:
    return sandbox().from_string(source)


def render(source: str, values: Mapping[str, object]) -> str:
    """The template's text with the values put in.

    Raises Unwritable for a template that can't be read or filled, and for one that would print
    more than `LONGEST_DRAWN` characters or go round more often than any letter does.
    """
    return drawn(lambda: _compiled(source), values)


def drawn(compiled: Callable[[], jinja2.Template], values: Mapping[str, object]) -> str:
    """What a compiled template prints, cut off where it grows. Raises Unwritable."""
    text: list[str] = []
    room = LONGEST_DRAWN
    try:
        for piece in compiled().generate({**values, _BUDGET: _Budget()}):
            room -= len(piece)
            if room < 0:
                raise SecurityError(f"more than {LONGEST_DRAWN} characters")
            text.append(piece)
    # A template is a program of somebody else's: it may fail in any way that Python can.
    except Exception as fault:
        raise Unwritable(f"{type(fault).__name__}: {fault}"[:300]) from fault
    return "".join(text)

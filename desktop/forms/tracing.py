"""A template filled on trial: each paragraph with its line, and what it printed nothing of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import jinja2
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from desktop.forms.sandbox import Sandbox, drawn

# Private characters that no font has stand in the text for its lines and for values left empty.
_LINE, _EMPTY = 0xF0000, 0x100000
_PIECES = re.compile(r"([\U000F0000-\U0010FFFF])|(\n|[^\n\U000F0000-\U0010FFFF]+)")


@dataclass(frozen=True)
class Traced:
    """A paragraph as printed, the template's line on which it begins (from 1), and the values in
    it that were empty, each with its line and its name as written.
    """

    line: int
    text: str
    empty: tuple[tuple[int, str], ...]


def trace(source: str, values: Mapping[str, object]) -> list[Traced]:
    """The paragraphs that the template prints, but for those that are empty altogether.

    Only for a template that `templates.Template` found no fault with. Raises Unwritable.
    """
    tracer = _tracer(source)
    reading = _Reading(tracer.printed)
    for mark, text in _PIECES.findall(drawn(lambda: tracer.compiled, values)):
        reading.read(mark, text)
    reading.end()
    return reading.found


class _Reading:
    """Reads a marked text, piece by piece."""

    def __init__(self, printed: list[tuple[int, str]]) -> None:
        self.found: list[Traced] = []
        self._printed, self._line = printed, 1
        self._begin()

    def _begin(self) -> None:
        self._kept: list[str] = []
        self._empty: list[tuple[int, str]] = []
        self._begins = 0

    def read(self, mark: str, text: str) -> None:
        """A mark, or text up to the next mark or the end of a line."""
        if mark and ord(mark) >= _EMPTY:
            self._empty.append(self._printed[ord(mark) - _EMPTY])
        elif mark:
            self._line = ord(mark) - _LINE
        elif text == "\n" and self._kept[-1:] == ["\n"]:
            self.end()
        else:
            if not self._begins and not text.isspace():
                self._begins = self._line
            self._kept.append(text)

    def end(self) -> None:
        """A blank line, or the end of the text: the paragraph is over."""
        if self._begins:
            text = " ".join("".join(self._kept).split())
            self.found.append(Traced(self._begins, text, tuple(self._empty)))
        self._begin()


class _Tracer(Sandbox):
    """The sandbox, putting its marks into one template."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.printed: list[tuple[int, str]] = []
        self.filters["watched value"] = lambda value, mark: value or chr(_EMPTY + mark)
        self.compiled: jinja2.Template = self.from_string(source)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        marked: nodes.Template = _Marks(self.printed).visit(source)
        return super()._generate(marked, name, filename, defer_init)


@lru_cache(maxsize=100)
def _tracer(source: str) -> _Tracer:
    return _Tracer(source)


class _Marks(NodeTransformer):
    def __init__(self, printed: list[tuple[int, str]]) -> None:
        self._printed = printed

    def visit_Output(self, node: nodes.Output) -> nodes.Node:
        marked: list[nodes.Expr] = []
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                marked.append(self._lined(part))
            else:
                line = nodes.TemplateData(chr(_LINE + part.lineno), lineno=part.lineno)
                marked += [line, self._watched(part)]
        node.nodes = marked
        return node

    def _lined(self, data: nodes.TemplateData) -> nodes.Expr:
        first, *others = data.data.split("\n")
        text = chr(_LINE + data.lineno) + first
        for line, words in enumerate(others, start=data.lineno + 1):
            text += "\n" + chr(_LINE + line) + words
        return nodes.TemplateData(text, lineno=data.lineno)

    def _watched(self, value: nodes.Expr) -> nodes.Expr:
        mark = nodes.Const(len(self._printed))
        self._printed.append((value.lineno, written(value)))
        return nodes.Filter(value, "watched value", [mark], [], None, None, lineno=value.lineno)


def written(value: nodes.Node) -> str:
    """A name, or names apart by `or`, as the template has it."""
    if isinstance(value, nodes.Or):
        return f"{written(value.left)} or {written(value.right)}"
    if isinstance(value, nodes.Getattr):
        return f"{written(value.node)}.{value.attr}"
    return value.name if isinstance(value, nodes.Name) else "…"

"""What a letter's template may say, held against a narrow grammar before it is published.

Text, a value by its name (`{{ property.sentence }}`, `{{ permit.number or fields.number }}`), a
plain `{% if %}`, and `{% for note in notes %}` over the lists of the vocabulary: nothing is worked
out in a letter. Each fault has its line in the template and says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from desktop.forms.faults import among, no_field
from desktop.forms.sandbox import FACT, sandbox
from desktop.forms.vocabulary import BY_FIELD, CODES, LISTS, PARTS, PLAIN, READ, SWITCHES

BODY = "body"
"""The one answer that a letter may name though no field asks it: who writes to the counter."""
_LOOP = ("index", "first", "last")
_EXAMPLE = "{% for note in notes %}{{ note }}{% endfor %}"
_TAGS: Mapping[type[nodes.Node], str] = {
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.Block: "block",
    nodes.Extends: "extends",
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from",
    nodes.With: "with",
}
# What may stand in no letter: what it is, and what to write.
_REFUSED: Mapping[type[nodes.Node], str] = {
    nodes.Not: "not تنها در {% if %} می‌آید.",
    nodes.And: "and تنها در {% if %} می‌آید.",
    nodes.BinExpr: "حساب در نامه نمی‌شود؛ فیلدی با formula بسازید و همان را بنویسید.",
    nodes.UnaryExpr: "حساب در نامه نمی‌شود؛ فیلدی با formula بسازید و همان را بنویسید.",
    nodes.Concat: "مقدارها با «~» به هم نمی‌چسبند؛ هر یک را در {{ }} خودش بنویسید.",
    nodes.Call: "تابع در نامه نیست؛ تنها نام یک مقدار را در {{ }} بنویسید.",
    nodes.Getitem: "کروشه در نامه نیست؛ چنین بنویسید: {{ نام.بخش }}.",
    nodes.CondExpr: "if درون {{ }} نمی‌آید؛ بنویسید {% if … %}…{% else %}…{% endif %}.",
    nodes.Test: "«is» در نامه نیست؛ برای بودن مقدار {% if نام.بخش %} بس است.",
    nodes.Const: "متن و عدد را بی‌آکولاد و در خود نامه بنویسید.",
    nodes.Compare: "در نامه تنها == و != می‌سنجند؛ شرط عددی را در دروازهٔ «rule» بنویسید.",
}
_OTHER = "این نوشته در نامه پذیرفته نیست؛ تنها نام یک مقدار را در {{ }} بنویسید."
_DEEP = "آکولادها، پرانتزها یا عددهای این الگو بیش از اندازه‌اند؛ ساده‌تر بنویسید."
_OPEN_BOLD = "«**» باز مانده است؛ هر بخش پررنگ را در همان بند با «**» ببندید."


class Template:
    """A parsed template: what is wrong with it, and what it prints.

    `fields` are the keys of the form's fields, `closed` the only values that some names have.
    """

    def __init__(
        self, source: str, fields: Iterable[str], closed: Mapping[str, Iterable[str]]
    ) -> None:
        self.faults: list[tuple[int, str]] = []
        self.printed: set[str] = set()
        self.readable = True
        self._fields, self._closed = frozenset(fields), closed
        self._inner, self._bold = "", frozenset((0,))
        try:
            tree = sandbox().parse(source)
            self._body(tree.body)
        except TemplateSyntaxError as error:
            self.readable = False
            self.faults = [_syntax_fault(source, error)]
        except (RecursionError, ValueError):
            self.readable = False
            self.faults = [(1, _DEEP)]
        if self.readable and self._bold != {0}:
            self._tell(len(source.rstrip().split("\n")), _OPEN_BOLD)

    def _tell(self, line: int, words: str) -> None:
        if (line, words) not in self.faults:
            self.faults.append((line, words))

    def _refuse(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Filter):
            words = f"«|{node.name}» در نامه نیست؛ بردارید. مقدار همان‌گونه که خوانده می‌شود می‌آید."
        else:
            known = (words for kind, words in _REFUSED.items() if isinstance(node, kind))
            words = next(known, _OTHER)
        self._tell(node.lineno, words)

    def _body(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for part in node.nodes:
                    self._print(part)
            elif isinstance(node, nodes.If):
                self._if(node)
            elif isinstance(node, nodes.For):
                self._loop(node)
            else:
                tag = _TAGS.get(type(node), "")
                self._tell(node.lineno, _no_tag(tag))

    def _print(self, part: nodes.Expr) -> None:
        if isinstance(part, nodes.TemplateData):
            self._text(part)
        elif isinstance(part, nodes.Or):
            for side in (part.left, part.right):
                if not (isinstance(side, nodes.Const) and isinstance(side.value, str)):
                    self._print(side)
        elif not self._value(part, printed=True):
            self._refuse(part)

    def _text(self, data: nodes.TemplateData) -> None:
        line = data.lineno
        for mark in re.findall(r"\n[ \t]*\n|\n|\*\*|[{}]", data.data):
            if mark == "**":
                self._bold = frozenset(1 - open_ for open_ in self._bold)
            elif mark in "{}":
                self._tell(
                    line, "آکولاد دوتادوتا و دور نام مقدار است؛ چنین بنویسید: {{ نام.بخش }}."
                )
            elif mark != "\n" and self._bold != {0}:
                self._tell(line, _OPEN_BOLD)
                self._bold = frozenset((0,))
            line += mark.count("\n")

    def _if(self, node: nodes.If) -> None:
        before, after = self._bold, frozenset[int]()
        for branch in (node, *node.elif_):
            self._test(branch.test)
            self._bold = before
            self._body(branch.body)
            after |= self._bold
        self._bold = before
        self._body(node.else_)
        self._bold |= after

    def _test(self, test: nodes.Node) -> None:
        if isinstance(test, nodes.Not):
            self._test(test.node)
        elif isinstance(test, (nodes.And, nodes.Or)):
            self._test(test.left)
            self._test(test.right)
        elif isinstance(test, nodes.Compare):
            self._compare(test)
        elif not self._value(test, printed=False):
            self._refuse(test)

    def _compare(self, test: nodes.Compare) -> None:
        (operand, *others), name = test.ops, _dotted(test.expr)
        word = operand.expr
        if others or operand.op not in ("eq", "ne"):
            self._refuse(test)
        elif not name or not isinstance(word, nodes.Const) or not isinstance(word.value, str):
            words = 'سنجش را چنین بنویسید: نام مقدار == "متن".'
            self._tell(test.lineno, words)
        else:
            self._value(test.expr, printed=False)
            if asked := READ.get(name):
                words = f"«{name}» برای خواندن است؛ در شرط «{asked}» را بسنجید."
                self._tell(test.lineno, words)
                return
            known = frozenset(self._closed.get(name, ()))
            if known and word.value not in known:
                words = f"«{name}» هیچ‌گاه «{word.value}» نیست{among(word.value, known)}."
                self._tell(test.lineno, words)

    def _loop(self, node: nodes.For) -> None:
        target, over = _dotted(node.target), _dotted(node.iter)
        before = self._bold
        if self._inner:
            self._tell(node.lineno, "حلقه در حلقه نمی‌آید؛ نخست {% endfor %} بنویسید.")
        elif over not in LISTS or node.test or node.else_ or node.recursive:
            lists = " یا ".join(LISTS)
            self._tell(node.lineno, f"حلقه تنها بر {lists} است؛ چنین بنویسید: {_EXAMPLE}.")
        elif not target or target in (*PLAIN, *PARTS, *BY_FIELD, "loop"):
            self._tell(node.lineno, f"سطر حلقه نام دیگری می‌خواهد؛ چنین بنویسید: {_EXAMPLE}.")
        else:
            self._inner = target
            self._body(node.body)
            self._inner = ""
            if target not in self.printed:
                words = f"حلقه {{{{ {target} }}}} را نمی‌نویسد؛ میان for و endfor بیاورید."
                self._tell(node.lineno, words)
            self.printed = self.printed - {target} | {over}
        if self._bold != before:
            self._tell(node.lineno, _OPEN_BOLD)
            self._bold = before

    def _value(self, node: nodes.Node, *, printed: bool) -> bool:
        """Whether the expression is a name; what is wrong with that name is told."""
        name = _dotted(node)
        if not name:
            return False
        first, *parts = name.split(".")
        words = ""
        if first == self._inner:
            words = f"«{first}» بخش ندارد؛ تنها {{{{ {first} }}}}." if parts else ""
        elif first == "loop":
            words = self._of_loop(parts)
        elif first in PLAIN:
            words = _of_plain(first, parts, printed=printed)
        elif first in (*PARTS, *BY_FIELD):
            words = self._of_parts(first, parts, printed=printed)
        else:
            known = (*PLAIN, *PARTS, *BY_FIELD)
            words = f"مقدار «{first}» برای نامه‌ها شناخته نیست{among(first, known)}."
        if words:
            self._tell(node.lineno, words)
        if printed:
            self.printed.add(name)
        return True

    def _of_loop(self, parts: list[str]) -> str:
        if self._inner and len(parts) == 1 and parts[0] in _LOOP:
            return ""
        return "«loop» شمارهٔ سطر است؛ آن را در حلقه و چنین بنویسید: {{ loop.index }}."

    def _of_parts(self, name: str, parts: list[str], *, printed: bool) -> str:
        known = self._fields | {BODY} if name in BY_FIELD else frozenset(PARTS[name])
        part = ".".join(parts)
        if not part:
            return f"«{name}» خود نوشته نمی‌شود؛ بخشی از آن را بنویسید: {'، '.join(sorted(known))}."
        if part not in known:
            if name in BY_FIELD:
                return no_field(part, known)
            return f"«{name}» چنین بخشی ندارد: «{part}»{among(part, known)}."
        if printed and f"{name}.{part}" in CODES:
            return f"«{name}.{part}» برای شرط است و خوانده نمی‌شود؛ آن را تنها در {{% if %}} بسنجید."
        if name == "answers" and printed:
            return f"answers برای شرط است؛ در متن {{{{ fields.{part} }}}} بنویسید."
        return ""


def _of_plain(name: str, parts: list[str], *, printed: bool) -> str:
    if parts:
        return f"«{name}» بخش ندارد؛ تنها {{{{ {name} }}}}."
    if printed and name in LISTS:
        return f"«{name}» فهرست است؛ چنین بنویسید: {_EXAMPLE}."
    if printed and name in SWITCHES:
        return f"«{name}» برای شرط است؛ بنویسید {{% if {name} %}}…{{% endif %}}."
    return ""


def _dotted(node: nodes.Node) -> str:
    """`property.sentence` as written; empty for anything but a name."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        above = _dotted(node.node)
        return f"{above}.{node.attr}" if above else ""
    return ""


def facts_in(block: str) -> list[tuple[str, str]]:
    """(label, value) of each line of a block of facts; none where the block is a paragraph."""
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    if not all(line.startswith(FACT) for line in lines):
        return []
    pairs = (line.removeprefix(FACT).partition(":") for line in lines)
    return [(" ".join(label.split()), " ".join(value.split())) for label, _, value in pairs]


@lru_cache(maxsize=500)
def names_in(source: str) -> frozenset[str]:
    """Every name that a template speaks of, with its part, whatever else stands in it."""
    try:
        tree = sandbox().parse(source)
        used = (*tree.find_all(nodes.Name), *tree.find_all(nodes.Getattr))
        return frozenset(name for node in used if (name := _dotted(node)))
    except (TemplateSyntaxError, RecursionError, ValueError):
        return frozenset()


def _no_tag(tag: str) -> str:
    told = f"دستور {{% {tag} %}}" if tag else "این دستور"
    return f"{told} در نامه نیست؛ بردارید. تنها {{% if %}} و {{% for %}} هست."


_ENDS = {"endif": "if", "endfor": "for"}
_TAG = re.compile(r"\{%[-+]?\s*(if|for|endif|endfor)\b")
_SYNTAX: tuple[tuple[str, str], ...] = (
    (r"Missing end of comment", "{# بسته نشده است؛ #} بیفزایید."),
    (r"Missing end of raw", "{% raw %} در نامه نیست؛ بردارید."),
    (r"Expected an expression, got 'end of print", "میان {{ و }} نام مقداری بنویسید."),
    (
        r"(Expected an expression|unexpected 'end of st)",
        "شرط ناتمام است؛ چنین بنویسید: {% if نام.بخش %}.",
    ),
    (r"expected token 'end of st.*got '='", "برای سنجش «==» بنویسید، نه «=»."),
    (r"expected token 'in'", f"حلقه را چنین بنویسید: {_EXAMPLE}."),
    (r"expected name or number", "پس از نقطه نام بخش را بنویسید: {{ نام.بخش }}."),
    (r"tag name expected", "پس از {% دستور if یا for بنویسید."),
    (r"unexpected char '\\u200c'", "نیم‌فاصله میان آکولادها آمده است؛ بردارید."),
    (r"""unexpected char ("'"|'"')""", "گیومهٔ پایان متن جا افتاده است؛ بیفزایید."),
    (r"unexpected char '(?P<mark>.)'", "نشانهٔ «{mark}» میان آکولادها پذیرفته نیست؛ بردارید."),
    (r"unexpected end of template|unexpected 'end of t", "}} یا %} پایان جا افتاده است؛ بیفزایید."),
    (r"unexpected '}'", "آکولاد پایان کامل نیست؛ }} یا %} بیاورید."),
    (r"expected token 'end of.*got '(?P<mark>.+)'", "میان آکولادها «{mark}» افزون است؛ بردارید."),
)
_UNREAD = "چنین بنویسید: {{ نام.بخش }} یا {% if نام.بخش %}…{% endif %}."


def _syntax_fault(source: str, error: TemplateSyntaxError) -> tuple[int, str]:
    """What Jinja said, with the line of what was left open where something was."""
    message, opened = error.message or "", _left_open(source)
    if message.startswith("Unexpected end of template") and opened:
        line, tag = opened
        words = f"{{% {tag} %}} بسته نشده است؛ {{% end{tag} %}} بیفزایید."
    else:
        line = error.lineno
        words = _cut_short(source, line) or _of_tag(message) or _of_syntax(message)
    return line, f"الگوی نامه خوانده نمی‌شود: {words}"


def _of_tag(message: str) -> str:
    """About a tag that stands where it can't, or that letters don't have."""
    unknown = re.match(r"Encountered unknown tag '(\w+)'", message)
    innermost = re.search(r"to be closed is '(\w+)'", message)
    if not unknown:
        return _no_tag(innermost[1]) if innermost else ""
    tag = unknown[1]
    if tag in _ENDS and innermost:
        return f"پیش از {{% {tag} %}} آنچه را باز است ببندید."
    if tag in _ENDS:
        return f"{{% {tag} %}} بی {{% {_ENDS[tag]} %}} آمده است؛ یکی را بردارید."
    if tag in ("else", "elif"):
        return f"{{% {tag} %}} را میان {{% if %}} و {{% endif %}} بیاورید."
    return _no_tag(tag)


def _of_syntax(message: str) -> str:
    for pattern, said in _SYNTAX:
        if found := re.search(pattern, message):
            return said.replace("{mark}", found.groupdict().get("mark") or "")
    return _UNREAD


def _cut_short(source: str, line: int) -> str:
    """A value or tag whose end is missing on its own line, whatever came of it afterwards."""
    row = source.split("\n")[line - 1]
    for opening, closing in (("{{", "}}"), ("{%", "%}")):
        if row.count(opening) > row.count(closing):
            return f"{opening} در این سطر بسته نشده است؛ {closing} بیفزایید."
    return ""


def _left_open(source: str) -> tuple[int, str] | None:
    """The line and name of the last tag that nothing closes."""
    opened: list[tuple[int, str]] = []
    for found in _TAG.finditer(source):
        if found[1] in _ENDS:
            opened[-1:] = []
        else:
            opened.append((source.count("\n", 0, found.start()) + 1, found[1]))
    return opened[-1] if opened else None

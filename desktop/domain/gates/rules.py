"""The gate that a service writes for itself: a formula that must not be true (RULES.md §3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.domain.formula import NotKnown, evaluate
from desktop.domain.formula.evaluating import column
from desktop.domain.formula.telling import read
from desktop.domain.gates.question import Finding, Question, Value
from desktop.domain.service import Effect, GateUse

WORDS = ("title", "seen", "letter", "article")
"""The wording of a rule's finding, carried by its values: no table of the program has it."""


_PLACE = re.compile(r"\{([^{}]*)\}")


def rule(q: Question, use: GateUse) -> Finding:
    """Fails when the rule's formula is true, or rests on what nobody said.

    Nobody is refused for what is not known: then a person looks.
    """
    own = use.rule
    if own is None:
        raise ValueError("the gate «rule» has no rule")
    effect = use.effect or Effect.REVIEW
    try:
        failed = bool(evaluate(own.fails, q.known))
    except NotKnown:
        failed = True
        effect = Effect.REVIEW if effect is Effect.REFUSE else effect
    said = {name: _said(q, name) or "نامعلوم" for name in own.fails.names}
    values: dict[str, Value] = {
        "title": own.title,
        "seen": _filled(own.seen if failed else own.passes, said),
        "letter": _filled(own.letter, said),
        "article": own.article,
    }
    if failed:
        return Finding(own.key, "fails", effect, values)
    return Finding(own.key, "holds", values=values)


def _said(q: Question, name: str) -> str:
    """A value as it is read, of a table's column all there are; empty for what is not known."""
    if name in q.known:
        return q.shown.get(name) or read(q.known[name])
    table, _, key = name.partition(".")
    rows = q.known.get(table)
    if not isinstance(rows, tuple):
        return ""
    return q.shown.get(name) or "، ".join(map(read, column(rows, key)))


def _filled(sentence: str, said: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: said[place[1]], sentence)

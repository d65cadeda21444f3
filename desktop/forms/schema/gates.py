"""`[[gate]]`: a gate of RULES.md §2 as the service uses it, or a rule of its own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from desktop.domain.formula import Formula
from desktop.domain.service import Effect, GateUse, Rule
from desktop.forms.schema.base import Code, FormulaText, Part, Read, When, condition

_RULE_KEYS = ("key", "fails", "title", "seen", "passes", "letter")


class GatePart(Part):
    """A gate by its name; one that is written as a bare name is `{ use = "name" }`.

    With `use = "rule"` the gate fails when `fails` is true; `title`, `seen`, `passes` and `letter`
    are its words, in which `{key}` stands for an answer.
    """

    use: str
    effect: Annotated[Effect | None, Field(strict=False)] = None
    when: When = {}
    months: Annotated[int, Field(ge=0, le=120)] = 0
    scopes: list[Literal["all", "transfer", "build", "any"]] = []
    kinds: list[Literal["completion", "no-violation"]] = []
    all_debts: bool = False
    charges: list[Code] = []
    after: str = ""
    unless: Literal["permit", ""] = ""
    key: Code | Literal[""] = ""
    fails: FormulaText = ""
    title: Read = ""
    seen: str = ""
    passes: str = ""
    letter: str = ""
    article: str = ""

    @property
    def missing(self) -> list[str]:
        """The keys that a rule wants and this one lacks."""
        return [key for key in _RULE_KEYS if not getattr(self, key)] if self.use == "rule" else []

    @property
    def needless(self) -> list[str]:
        """The keys of a rule that stand at another gate."""
        keys = (*_RULE_KEYS, "article")
        return [key for key in keys if getattr(self, key)] if self.use != "rule" else []

    def value(self) -> GateUse:
        """The use as the program knows it."""
        rule = None
        if self.use == "rule":
            rule = Rule(
                key=self.key,
                fails=Formula(self.fails),
                title=self.title,
                seen=self.seen,
                passes=self.passes,
                letter=self.letter,
                article=self.article,
            )
        return GateUse(
            gate=self.use,
            effect=self.effect,
            when=condition(self.when),
            months=self.months,
            scopes=tuple(self.scopes),
            kinds=tuple(self.kinds),
            all_debts=self.all_debts,
            charges=tuple(self.charges),
            rule=rule,
            after=self.after,
            unless=self.unless,
        )


def as_gate(value: object) -> object:
    """A bare name as the table that it stands for."""
    return {"use": value} if isinstance(value, str) else value

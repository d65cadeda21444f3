"""Faults planted into good service files, one at a time: what is changed, where it is told, how.

A person at the municipality makes each of them one day. `old` stands in the good file and `new`
in its place; the fault is told on the line where `at` first stands afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.forms.catalogue import SERVICES
from desktop.settings import resources


def _fresh() -> str:
    text = (resources() / "service" / "new.toml").read_text(encoding="utf-8")
    return text.replace('"CODE"', '"harim"').replace("EFFECTIVE", "2026-11-24")


BASES = {
    "harim": _fresh(),
    **{
        code: (SERVICES / f"{code}.toml").read_text(encoding="utf-8")
        for code in ("no-violation", "excavation", "subdivision", "transfer", "water")
    },
}
"""Good files: a fresh one as `./run service new` writes it, and some that ship."""


@dataclass(frozen=True)
class Planted:
    """One fault: the good file, the change, where it is told, and words of the telling."""

    old: str
    new: str
    at: str
    words: str
    base: str = "harim"

    @property
    def text(self) -> str:
        """The file with the fault."""
        good = BASES[self.base]
        assert self.old in good, self.old
        return good.replace(self.old, self.new, 1)

    @property
    def line(self) -> int:
        """The line, from 1, on which it is to be told."""
        assert self.at in self.text, self.at
        return self.text[: self.text.index(self.at)].count("\n") + 1

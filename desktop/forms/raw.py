"""A service file's tables as far as each can be read, for checks that look at several at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pydantic import ValidationError

from desktop.forms.lines import KeyPath
from desktop.forms.schema import (
    CheckPart,
    DocumentPart,
    ExamplePart,
    FieldPart,
    GatePart,
    LetterPart,
    LinkPart,
    Part,
    TariffPart,
    TermPart,
)
from desktop.forms.schema.gates import as_gate

Faults = Iterator[tuple[KeyPath, str]]
P = TypeVar("P", bound=Part)


class Raw:
    """A file's tables as far as each is well shaped by itself; faults of shape are told apart.

    Cross checks look at what can be read, so one misspelt key hides no other fault.
    """

    def __init__(self, data: dict[str, object]) -> None:
        self.data = data
        self.keys = [name_of(item, "key") for item in self.items("field")]
        self.fields = self._read("field", FieldPart)
        self.entered = {
            name_of(item, "key") for item in self.items("field") if name_of(item, "by") == "expert"
        }
        self.documents = self._read("document", DocumentPart)
        self.gates = [
            (i, gate)
            for i, item in enumerate(self.items("gate"))
            if (gate := _one(GatePart, as_gate(item))) is not None
        ]
        written = [as_gate(item) for item in self.items("gate")]
        self.uses = [name_of(item, "use") for item in written]
        self.gate_names = {name_of(item, "key") or name_of(item, "use") for item in written}
        self.checks = self._read("check", CheckPart)
        self.links = self._read("link", LinkPart)
        self.terms = self._terms()
        self.tariffs = self._read("tariff", TariffPart)
        rates = self._table("rates")
        self.rates = {name: t if isinstance(t, dict) else {} for name, t in rates.items()}
        self.fees = {key: str(value) for key, value in self._table("fees").items()}
        self.examples = self._read("example", ExamplePart)
        read = {kind: _one(LetterPart, table) for kind, table in self._table("letter").items()}
        self.letters = {kind: part for kind, part in read.items() if part is not None}
        named = data.get("applicants")
        self.applicants = {str(a) for a in named} if isinstance(named, list) else set[str]()

    def items(self, name: str) -> list[object]:
        """The tables of an array as written; none when it is no array."""
        items = self.data.get(name)
        return items if isinstance(items, list) else []

    def _table(self, name: str) -> dict[str, object]:
        """The table as written; empty when it is none."""
        table = self.data.get(name)
        return table if isinstance(table, dict) else {}

    def _terms(self) -> list[tuple[KeyPath, TermPart]]:
        """The terms as far as they can be read: one table, or several."""
        written_ = self.data.get("term")
        several = isinstance(written_, list)
        items = written_ if isinstance(written_, list) else [written_]
        read = ((i, _one(TermPart, item)) for i, item in enumerate(items))
        return [(("term", i) if several else ("term",), p) for i, p in read if p is not None]

    def _read(self, name: str, part: type[P]) -> list[tuple[int, P]]:
        read = ((i, _one(part, item)) for i, item in enumerate(self.items(name)))
        return [(i, p) for i, p in read if p is not None]


def name_of(item: object, key: str) -> str:
    return str(item.get(key, "")) if isinstance(item, dict) else ""


def _one(part: type[P], table: object) -> P | None:
    try:
        return part.model_validate(table)
    except ValidationError:
        return None

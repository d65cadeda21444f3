"""Every key that a service's file may have has its help, and the help is found at the cursor."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import BaseModel

from desktop.forms import schema
from desktop.forms.key_help import HELP, help_at
from desktop.forms.schema.form import ChoicePart
from desktop.settings import resources

PARTS: dict[str, type[BaseModel]] = {
    "": schema.ServiceFile,
    "fees": schema.FeesPart,
    "term": schema.TermPart,
    "field": schema.FieldPart,
    "field.choices": ChoicePart,
    "field.column": schema.ColumnPart,
    "check": schema.CheckPart,
    "document": schema.DocumentPart,
    "gate": schema.GatePart,
    "letter": schema.LettersPart,
    "letter.*": schema.LetterPart,
    "letter.*.span": schema.SpanPart,
    "tariff": schema.TariffPart,
    "link": schema.LinkPart,
    "example": schema.ExamplePart,
}


def _models(annotation: object) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for inner in get_args(annotation) for model in _models(inner)}


def test_every_table_of_the_schema_is_looked_at() -> None:
    known = set(PARTS.values())
    waiting: list[type[BaseModel]] = [schema.ServiceFile]
    while waiting:
        for each in waiting.pop().model_fields.values():
            found = _models(each.annotation)
            assert found <= known, f"no help for {found - known}"
            waiting += [model for model in found if model is not schema.ServiceFile]


@pytest.mark.parametrize("table", PARTS)
def test_every_key_has_its_help(table: str) -> None:
    assert not PARTS[table].model_fields.keys() - HELP[table].keys()
    assert all(words.endswith(".") for words in HELP[table].values()), "told to the end"


@pytest.mark.parametrize(
    ("line", "column", "table", "key"),
    [
        ('code = "CODE"', 0, "", "code"),
        ('{ use = "deed", effect = "note" },', 25, "gate", "effect"),
        ('office = "office"', 3, "fees", "office"),
        ("red_from = 8", 0, "term", "red_from"),
        ('key = "reason"', 0, "field", "key"),
        ("{{ basis }}", 0, "letter.answer", "body"),
        ("[[example]]", 0, "example", ""),
        ('record = "debt"', 0, "example", "record"),
    ],
)
def test_the_help_of_the_key_at_the_cursor(line: str, column: int, table: str, key: str) -> None:
    text = (resources() / "service" / "new.toml").read_text(encoding="utf-8")
    number = next(n for n, row in enumerate(text.split("\n"), 1) if row.strip().startswith(line))
    found = help_at(text, number, column)
    assert found is not None
    assert (found.table, found.key) == (table, key)
    assert found.words


def test_a_span_of_a_letter_has_its_help() -> None:
    found = help_at("[[letter.answer.span]]\nmonths = 36", 2)
    assert found is not None
    assert found.words.startswith("اعتبار نامه به ماه، با این پاسخ‌ها")


def test_an_empty_line_has_no_help() -> None:
    assert help_at('title = "الف"\n\ncode = "b"', 2) is None
    assert help_at("", 0) is None

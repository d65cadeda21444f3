"""The published schema of what a letter's PDF carries of itself is the program's own."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from desktop.reports.letter.attachment import Sealed, encode, read
from desktop.wire.codec import adapter
from tests.reports.paper_folder import pdf_of
from tests.reports.samples import debts, words

PUBLISHED = Path(__file__).parents[2] / "resources" / "letter" / "letter.schema.json"


def as_text() -> str:
    """The schema as it is handed out."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "letter.json, the file in a letter's PDF; see SPEC.md §4.",
        **adapter(Sealed).json_schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_what_is_published_is_what_the_program_reads() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == as_text()


@pytest.mark.slow
@pytest.mark.parametrize("text", [words(), words(table=debts(3)), words(sample=True)])
def test_a_letter_is_as_the_schema_says(text: object) -> None:
    value = json.loads(encode(read(pdf_of(text))))
    schema = jsonschema_rs.Draft202012Validator(json.loads(as_text()))
    schema.validate(value)
    without = {part: said for part, said in value["text"].items() if part != "subject"}
    assert not schema.is_valid({**value, "text": without})

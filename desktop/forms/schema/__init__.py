"""The shape of a service file, key by key; what a file may say and nothing else (DESIGN.md §5)."""

from desktop.forms.schema.base import Part, When, condition
from desktop.forms.schema.file import (
    ExamplePart,
    FeesPart,
    LinkPart,
    ServiceFile,
    TermPart,
)
from desktop.forms.schema.form import CheckPart, ColumnPart, DocumentPart, FieldPart
from desktop.forms.schema.gates import GatePart
from desktop.forms.schema.letters import LetterPart, LettersPart, SpanPart
from desktop.forms.schema.tables import TABLES
from desktop.forms.schema.tariffs import TariffPart

__all__ = [
    "TABLES",
    "CheckPart",
    "ColumnPart",
    "DocumentPart",
    "ExamplePart",
    "FeesPart",
    "FieldPart",
    "GatePart",
    "LetterPart",
    "LettersPart",
    "LinkPart",
    "Part",
    "ServiceFile",
    "SpanPart",
    "TariffPart",
    "TermPart",
    "When",
    "condition",
]

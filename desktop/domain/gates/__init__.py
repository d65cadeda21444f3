"""The gates of RULES.md §2: each looks at a request and its record, and passes or fails."""

from desktop.domain.gates.building import NO_PICTURES
from desktop.domain.gates.question import (
    AWAITED,
    UNASKED,
    Finding,
    Gate,
    Owed,
    Question,
    Value,
)
from desktop.domain.gates.registry import GATES, evaluate
from desktop.domain.gates.rules import WORDS as RULE_WORDS

__all__ = [
    "AWAITED",
    "GATES",
    "NO_PICTURES",
    "RULE_WORDS",
    "UNASKED",
    "Finding",
    "Gate",
    "Owed",
    "Question",
    "Value",
    "evaluate",
]

"""The gates of RULES.md §2: each looks at a request and its record, and passes or fails."""

from desktop.domain.gates.question import Finding, Gate, Owed, Question
from desktop.domain.gates.registry import GATES, evaluate

__all__ = ["GATES", "Finding", "Gate", "Owed", "Question", "evaluate"]

"""A demo's requests to try: who asks for what, so that it comes out as wanted."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.decision import Outcome
from desktop.forms.answers import Filled


@dataclass(frozen=True)
class Sample:
    """A form as a lawful owner would have it typed, and what its request leads to."""

    outcome: Outcome
    filled: Filled

"""Files that nobody but their owner may read."""

from __future__ import annotations

import os
from pathlib import Path

from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate


def demand_private(path: Path, words: str) -> None:
    """Raise Refusal, with its name in the words, where others than its owner may read the file."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise Refusal(words.format(isolate(str(path))))

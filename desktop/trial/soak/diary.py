"""What a desk's people were told, written beside its store: it outlives the desk, and its disk.

A line is one JSON object with its moment `t` (seconds of this machine) and one of these:
`did` [seq, chain] an act that was said to be done; `acked` seq the last one that the centre is said
to have; `read` [stream, pos, chain] how far a stream was read; `paper` [letter, number] a letter
that went to paper; `shown` [state, why, unsent] what the screen said of the line; `bug` words;
`began` the device's id; `ended` whether all was sent and read.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

FROZEN = ("fork", "revoked")
"""Why a desk's queue stands still for good."""


class Diary:
    """A diary that is written; what is written stands there whatever becomes of the process."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._one = Lock()

    def write(self, **said: Any) -> None:
        """A line; from any thread."""
        line = json.dumps({"t": round(time.time(), 3), **said}, ensure_ascii=False)
        # Closed it is the system's, which a killed process does not take along.
        with self._one, self._file.open("a", encoding="utf-8") as out:
            out.write(line + "\n")


@dataclass
class Told:
    """A diary as it was written: of one store, from its beginning or from its being copied.

    `shown` is what the screen said: when, the state, why, how many acts are unsent; `moved` are the
    moments in which the centre took some.
    """

    name: str
    device: str = ""
    did: dict[int, str] = field(default_factory=dict)
    acked: int = 0
    read: list[tuple[str, int, str]] = field(default_factory=list)
    papers: list[tuple[str, str]] = field(default_factory=list)
    shown: list[tuple[float, str, str, int]] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    bugs: list[str] = field(default_factory=list)
    ended: bool | None = None
    holds: Path | None = None

    @classmethod
    def of(cls, file: Path) -> Told:
        """As it stands in the file; the half of a line that a killed process left is none."""
        told = cls(file.stem)
        for line in file.read_text(encoding="utf-8").splitlines():
            try:
                said = json.loads(line)
            except ValueError:
                continue
            told.take(said)
        holds = file.with_suffix(".holds")
        told.holds = holds if holds.exists() else None
        return told

    def take(self, said: dict[str, Any]) -> None:
        """One line."""
        at = said["t"]
        if "began" in said:
            self.device = said["began"]
        elif "did" in said:
            seq, chain = said["did"]
            self.did[seq] = chain
        elif "acked" in said:
            self.acked = said["acked"]
            self.moved.append(at)
        elif "read" in said:
            self.read.append(tuple(said["read"]))
        elif "paper" in said:
            self.papers.append(tuple(said["paper"]))
        elif "shown" in said:
            self.shown.append((at, *said["shown"]))
        elif "bug" in said:
            self.bugs.append(said["bug"])
        elif "ended" in said:
            self.ended = said["ended"]

    @property
    def why(self) -> str:
        """Why nothing goes up, as the screen said last; empty where all is well."""
        return self.shown[-1][2] if self.shown else ""

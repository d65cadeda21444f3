"""What a desk's people were told, written beside its store: it outlives the desk, and its disk.

A line is one JSON object with its moment `t` (seconds of this machine) and one of these, of which
who does the faults writes the last three:
`did` [seq, chain] an act that was said to be done; `acked` seq the last one that the centre is said
to have; `read` [stream, pos, chain] how far a stream was read; `paper` [letter, number] a letter
that went to paper; `shown` [state, why, unsent] what the screen said of the line; `bug` words;
`began` the device's id; `ended` whether all was sent and read; `wrong` the faults that touch it
from now on; `doomed` why its queue is to stand still for good; `awaited` that it is to send and
read all in the end.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

FROZEN = ("fork", "revoked")
"""Why a desk's queue stands still for good."""
_REPORT = re.compile(r"a bug, report code ([0-9A-F]{4})")


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


def reported(log: Path) -> list[str]:
    """The bugs that were logged there, each once, by its code."""
    if not log.exists():
        return []
    text = log.read_text(encoding="utf-8", errors="replace")
    return [f"report {code} in {log.name}" for code in sorted(set(_REPORT.findall(text)))]


@dataclass
class Told:
    """A diary as it was written: of one store, from its beginning or from its being copied.

    `shown` is what the screen said: when, the state, why, how many acts are unsent; `moved` are the
    moments in which the centre took some; `wrongs` from when on something was wrong, or nothing.
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
    wrongs: list[tuple[float, bool]] = field(default_factory=list)
    doomed: str = ""
    awaited: bool = False
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
        holds, log = file.with_suffix(".holds"), file.with_suffix(".log")
        told.holds = holds if holds.exists() else None
        told.bugs += reported(log)
        return told

    def take(self, said: dict[str, Any]) -> None:
        """One line."""
        at = said["t"]
        if "began" in said:
            self.device = said["began"]
        elif "did" in said:
            seq, chain = said["did"]
            if self.did.setdefault(seq, chain) != chain or seq < max(self.did):
                self.bugs.append(f"act {seq} was done, and then another or fewer")
        elif "acked" in said:
            if said["acked"] > self.acked:
                self.moved.append(at)
            self.acked = max(self.acked, said["acked"])
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
        elif "wrong" in said:
            self.wrongs.append((at, bool(said["wrong"])))
        elif "doomed" in said:
            self.doomed = said["doomed"]
        elif "awaited" in said:
            self.awaited = True

    @property
    def why(self) -> str:
        """Why nothing goes up, as the screen said last; empty where all is well."""
        return self.shown[-1][2] if self.shown else ""

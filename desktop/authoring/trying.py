"""Trying a service file on past requests: what it would answer otherwise than the one in force."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.authoring.deciding import read_requests
from desktop.authoring.holding import Holding
from desktop.domain.errors import Refusal
from desktop.domain.persian import to_persian_digits
from desktop.forms.loader import load
from desktop.forms.reading import read_text
from desktop.forms.requests import Answered, answer
from desktop.premises.records import Progress, looked_up

COLUMNS = ("request_id", "before", "after", "gates_before", "gates_after", "reason")


@dataclass(frozen=True)
class Change:
    """A request that the file answers otherwise; `before` is None for a service that is new."""

    request_id: str
    before: Answered | None
    after: Answered


@dataclass(frozen=True)
class Tried:
    """How many requests are for this service, and those whose answer would change."""

    asked: int
    changes: tuple[Change, ...]

    def lines(self) -> list[str]:
        """What would change, the most frequent first."""
        same = self.asked - len(self.changes)
        kinds = Counter(
            (c.before.outcome if c.before else "–", c.after.outcome) for c in self.changes
        )
        lines = [to_persian_digits(f"{self.asked} درخواست، {same} بی‌تغییر")]
        for (before, after), count in kinds.most_common():
            words = f"{before} ← {after}" if before != after else f"{after}، با دلیل‌های دیگر"
            lines.append(f"{to_persian_digits(count)}: {words}")
        return lines


def try_file(
    path: Path,
    export: Path,
    requests: Path,
    day: date,
    out: Path | None,
    progress: Progress,
    *,
    against: Holding,
) -> Tried:
    """Put every request for the file's service to it and to the one in force.

    `against` is what holds on the day (`in_force`); `out` is a CSV file for the requests that
    change. Raises Refusal for records or requests that can't be read, FaultyFile for a file with
    faults.
    """
    new = load(read_text(path), path.name)
    old, city = against.services, against.city
    rows = [row for row in read_requests(requests) if row.get("service", "").strip() == new.code]
    changes = []
    with looked_up(export, day, progress, city.words) as look:
        for row in rows:
            before = answer(old, row, look, day, city) if new.code in old else None
            after = answer({new.code: new}, row, look, day, city)
            if before is None or (before.outcome, before.gates) != (after.outcome, after.gates):
                changes.append(Change(row.get("request_id", ""), before, after))
    tried = Tried(len(rows), tuple(changes))
    if out is not None:
        _write(out, tried)
    return tried


def _write(out: Path, tried: Tried) -> None:
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for change in tried.changes:
                before, after = change.before, change.after
                outcome, gates = (before.outcome, before.gates) if before else ("", "")
                writer.writerow(
                    (change.request_id, outcome, after.outcome, gates, after.gates, after.reason)
                )
    except OSError as fault:
        raise Refusal(f"{out.name}: در این پوشه نمی‌توان نوشت.") from fault

"""Trying the rules on a file of requests, with the code that the centre decides by."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop.domain.errors import Refusal
from desktop.forms.catalogue import SERVICES
from desktop.forms.loader import load_all
from desktop.forms.requests import answer
from desktop.forms.shipped import shipped_city
from desktop.premises.records import looked_up

COLUMNS = ("request_id", "outcome", "gates", "amount", "reason")
Progress = Callable[[int, int], None]


def try_rules(
    export: Path, requests: Path, day: date, out: Path, progress: Progress
) -> Counter[str]:
    """Import the export as of the day, answer every request, write the file; counts by outcome.

    Raises Refusal for an export or a file of requests that can't be read.
    """
    services, city = load_all(SERVICES), shipped_city()
    rows = read_requests(requests)
    outcomes: Counter[str] = Counter()
    with (
        looked_up(export, day, progress, city.words) as look,
        out.open("w", encoding="utf-8", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            answered = answer(services, row, look, day, city)
            outcomes[answered.outcome] += 1
            writer.writerow(
                (
                    row.get("request_id", ""),
                    answered.outcome,
                    answered.gates,
                    answered.amount,
                    answered.reason,
                )
            )
    return outcomes


def read_requests(requests: Path) -> list[dict[str, str]]:
    """The rows of a file of requests (RULES.md §5). Raises Refusal for one that can't be read."""
    try:
        with requests.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise Refusal(f"پروندهٔ درخواست‌ها خوانده نشد: {requests.name}") from fault
    if not rows or not {"request_id", "service"} <= rows[0].keys():
        raise Refusal(f"در «{requests.name}» ستون‌های request_id و service یا درخواستی نیست.")
    return rows

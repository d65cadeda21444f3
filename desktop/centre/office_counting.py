"""What the unit's pages tell of the offices, counted anew by SQL and out of the texts of facts.

Nothing of what the pages read goes into it: no view, no kept count, no reading of published values.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import text

from desktop.centre.context import Centre
from desktop.domain.enforcement import Bar
from desktop.domain.office import MUNICIPALITY

_CITY = "SELECT canon FROM fact WHERE stream = 'city' AND kind = 'published' ORDER BY pos"
_DESKS = (
    "SELECT office, count(*), max(heard_at), min(told_oldest), min(NULLIF(told_disk_mb, 0)),"
    " CASE WHEN count(told_backup) = count(*) THEN min(told_backup) END"
    " FROM device WHERE revoked_at IS NULL GROUP BY office"
)
_CONVERTING = "SELECT DISTINCT office_id FROM conversion_step"
_COUNTER = ("clerk", "manager")


@dataclass(frozen=True)
class Asked:
    """A request as it was put in: at which office, by whom, of which service."""

    office: str
    staff: str
    service: str


class CityFacts:
    """What the stream `city` says, and what the desks told, of a day."""

    def __init__(self, centre: Centre, today: date) -> None:
        self._today = today.isoformat()
        with centre.reader.connect() as connection:
            told = [json.loads(row)["payload"] for row in connection.scalars(text(_CITY))]
            self.desks = {row[0]: tuple(row[1:]) for row in connection.execute(text(_DESKS))}
            self._converting = set(connection.scalars(text(_CONVERTING)))
        self._said = _standing(told)

    def _of(self, topic: str) -> Iterator[tuple[str, Any]]:
        """By key what holds today of the topic."""
        for (of, key), days in self._said.items():
            begun = [day for day in days if day <= self._today]
            if of == topic and begun:
                yield key, json.loads(days[max(begun)])

    def _coming(self, topic: str) -> Iterator[tuple[str, Any]]:
        """By key what is said of the topic for days to come, the first day first."""
        for (of, key), days in self._said.items():
            if of == topic:
                yield from (
                    (key, json.loads(days[day])) for day in sorted(days) if day > self._today
                )

    def footings(self) -> Counter[str]:
        """How many offices are what: the chips over the list."""
        found: Counter[str] = Counter()
        stopped = self.stopped()
        becomes = {key for key, card in self._coming("office") if card.get("kind") == "counter"}
        for office, card in self._of("office"):
            if office == MUNICIPALITY:
                continue
            kind = card.get("kind") or "untold"
            if kind == "agency" and office in self._converting | becomes:
                kind = "converting"
            elif card.get("training"):
                kind = "training"
            found["stopped" if office in stopped else kind] += 1
        return found

    def stopped(self) -> frozenset[str]:
        """The offices and people of whom a stop holds."""
        return frozenset(key for key, stop in self._of("stop") if not stop["until"])

    def held(self) -> frozenset[tuple[str, str]]:
        """By office and service, what is handed over today."""
        return frozenset(
            (one["office"], one["service"])
            for _, one in self._of("delegation")
            if not one["withdrawn"] and (not one["until"] or one["until"] >= self._today)
        )

    def begins(self) -> dict[tuple[str, str], str]:
        """By office and service not held today, from which day on it will be."""
        held, found = self.held(), dict[tuple[str, str], str]()
        for _, one in self._coming("delegation"):
            of = one["office"], one["service"]
            if of not in held and not one["withdrawn"]:
                found.setdefault(of, one["since"])
        return found

    def trained(self) -> Mapping[str, Counter[str]]:
        """By office, how many of its people of today passed each service."""
        offices = {
            term["staff"]: term["office"]
            for _, term in self._of("staff")
            if term["role"] in _COUNTER
            and term["since"] <= self._today
            and (not term["until"] or term["until"] >= self._today)
        }
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for _, one in self._of("training"):
            if one["staff"] in offices:
                found[offices[one["staff"]]][one["service"]] += 1
        return found

    def barred(self, asked: Iterable[Asked]) -> Counter[str]:
        """How many of these requests are refused at the desk, by the first reason."""
        stopped, held = self.stopped(), self.held()
        passed = {(one["staff"], one["service"]) for _, one in self._of("training")}
        found: Counter[str] = Counter()
        for one in asked:
            if one.office in stopped:
                found[Bar.OFFICE_STOPPED.value] += 1
            elif (one.office, one.service) not in held:
                found[Bar.NOT_DELEGATED.value] += 1
            elif (one.staff, one.service) not in passed:
                found[Bar.NOT_TRAINED.value] += 1
        return found


def _standing(told: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, str]]:
    """By topic and key what was said for which day last, without what was taken back."""
    found: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    versions: dict[tuple[str, str, str], str] = {}
    for one in told:
        topic, key, day = one["topic"], one["key"], one["effective_from"]
        if topic != "withdrawn":
            found[topic, key][day] = one["text"]
            versions[topic, key, day] = one["version"]
            continue
        topic, _, key = key.partition(":")
        day = json.loads(one["text"])["day"]
        if versions.get((topic, key, day)) == one["version"]:
            found[topic, key].pop(day, None)
    return found


def moment_text(moment: datetime | None) -> str | None:
    """A moment as the centre's tables keep it."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

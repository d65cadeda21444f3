"""What the unit's pages tell of the offices, counted anew by SQL and out of the texts of facts.

Nothing of what the pages read goes into it: no view, no kept count, no reading of published values.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from desktop.centre.context import Centre
from desktop.domain.calendar import TEHRAN, parse_jalali
from desktop.domain.enforcement import Bar
from desktop.domain.office import MUNICIPALITY

_CITY = "SELECT canon FROM fact WHERE stream = 'city' AND kind = 'published' ORDER BY pos"
_DESKS = (
    "SELECT office, count(*), max(heard_at), min(told_oldest), min(NULLIF(told_disk_mb, 0)),"
    " CASE WHEN count(told_backup) = count(*) THEN min(told_backup) END"
    " FROM device WHERE revoked_at IS NULL GROUP BY office"
)
_NUMBERS = "SELECT office, desk FROM device WHERE revoked_at IS NULL ORDER BY office, desk"
_STEPS = "SELECT office_id, text FROM conversion_step ORDER BY office_id, number"
_PAPERS = ("application", "licence", "premises", "equipment")
_PATH = ("application", "licence", "premises", "staff", "equipment", "test")
_MINUTE, _SILENT = timedelta(minutes=1), timedelta(minutes=30)
_SOON, _NO_BACKUP, _LOW_DISK = timedelta(days=30), timedelta(days=7), 1_000
_COUNTER = ("clerk", "manager")


@dataclass(frozen=True)
class Asked:
    """A request as it was put in: at which office, by whom, of which service."""

    office: str
    staff: str
    service: str


class CityFacts:
    """What the stream `city` says, and what the desks told, of a day."""

    def __init__(self, centre: Centre, at: datetime) -> None:
        self._at = at.astimezone(TEHRAN)
        self._day = self._at.date()
        self._today = self._day.isoformat()
        with centre.reader.connect() as connection:
            told = [json.loads(row)["payload"] for row in connection.scalars(text(_CITY))]
            self.desks = {row[0]: tuple(row[1:]) for row in connection.execute(text(_DESKS))}
            self._steps: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
            for office, step in connection.execute(text(_STEPS)):
                self._steps[office].append(json.loads(step))
            self._numbers: defaultdict[str, set[int]] = defaultdict(set)
            for office, number in connection.execute(text(_NUMBERS)):
                self._numbers[office].add(number)
        self._said = _standing(told)
        self._off = set(self._holidays())
        self._cards = {key: card for key, card in self._of("office") if key != MUNICIPALITY}

    def _of(self, topic: str, day: str = "") -> Iterator[tuple[str, Any]]:
        """By key what holds of the topic today, or on that day."""
        for (of, key), text_of in self._texts(day):
            if of == topic:
                yield key, json.loads(text_of)

    def _texts(self, day: str = "") -> Iterator[tuple[tuple[str, str], str]]:
        """By topic and key what holds today, or on that day."""
        for named, days in self._said.items():
            begun = [each for each in days if each <= (day or self._today)]
            if begun:
                yield named, days[max(begun)]

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
        for office, card in self._cards.items():
            kind = card.get("kind") or "untold"
            if kind == "agency" and office in self._steps.keys() | becomes:
                kind = "converting"
            elif card.get("training"):
                kind = "training"
            found["stopped" if office in stopped else kind] += 1
        return found

    def silent(self) -> frozenset[str]:
        """The offices with a desk that did not call while they were open, minute by minute."""
        return frozenset(key for key in self._cards if self._is_silent(key))

    def _is_silent(self, office: str) -> bool:
        desks, week = self.desks.get(office), self._cards[office].get("hours")
        if not desks or week is None:
            return False
        heard = datetime.fromisoformat(desks[1]) if desks[1] else None
        if heard is not None and self._at - heard <= _SILENT:
            return False
        begun = self._at - _SILENT
        # A minute that only begins there is none in which it could have called.
        minute = (begun - timedelta(microseconds=1)).replace(second=0, microsecond=0)
        minutes = [minute + _MINUTE * number for number in range(_SILENT // _MINUTE + 2)]
        return all(self._is_open(week, each) for each in minutes if each <= self._at)

    def _is_open(self, hours: Mapping[str, Any], at: datetime) -> bool:
        own = {each["day"]: each["spans"] for each in hours["special"]}
        day, minute = at.date().isoformat(), at.hour * 60 + at.minute
        # Monday is Python's first day, Saturday the card's.
        spans = hours["week"][(at.weekday() + 2) % 7] if day not in self._off else []
        return any(opens <= minute < closes for opens, closes in own.get(day, spans))

    def _holidays(self) -> Iterator[str]:
        for (topic, _), text_of in self._texts():
            if topic == "holidays":
                for row in csv.DictReader(io.StringIO(text_of)):
                    yield parse_jalali(row["date"]).isoformat()

    def licence_ends(self) -> frozenset[str]:
        """The offices whose licence ended, or does within the month."""
        last = (self._day + _SOON).isoformat()
        return frozenset(
            key for key, card in self._cards.items() if (card.get("licence_until") or "z") <= last
        )

    def placeless(self) -> frozenset[str]:
        """The offices of which nobody told where they are."""
        return frozenset(key for key, card in self._cards.items() if not card.get("latitude"))

    def lacks(self) -> dict[str, tuple[str, ...]]:
        """By office on its way to a پیشخوان, the steps that it lacks to be
        one tomorrow."""
        found = {}
        for office, steps in self._steps.items():
            if self._cards.get(office, {}).get("kind") == "agency":
                lacking = set(self._lacking(office, steps))
                found[office] = tuple(step for step in _PATH if step in lacking)
        return found

    def _lacking(self, office: str, steps: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        tomorrow = (self._day + timedelta(days=1)).isoformat()
        last = {(step["step"], step["counter"]): step for step in steps}
        yield from (paper for paper in _PAPERS if (paper, 0) not in last)
        licence = last.get(("licence", 0))
        if licence is not None and (licence["until"] or "z") < tomorrow:
            yield "licence"
        held, trained = self.held(tomorrow), self.trained(tomorrow)[office]
        services = {service for of, service in held if of == office}
        if services - trained.keys() or not (services or trained):
            yield "staff"
        tests = [last.get(("test", number)) for number in self._numbers[office]]
        if not tests or any(test is None or test["fault"] for test in tests):
            yield "test"

    def cares(self) -> dict[str, str]:
        """By office, what is done next for it."""
        becomes = {key for key, card in self._coming("office") if card.get("kind") == "counter"}
        lacks, silent, ends = self.lacks(), self.silent(), self.licence_ends()
        placeless, stopped = self.placeless(), self.stopped()
        found = {}
        for office, card in self._cards.items():
            _, heard, _, disk, backup = self.desks.get(office, (0, None, None, 0, None))
            old = backup is None or _between(backup, heard) > _NO_BACKUP
            told = (
                ("CONVERSION_DAY", card.get("kind") == "agency" and office in becomes),
                ("CONVERSION", office in lacks),
                ("CONTACT", office in silent),
                ("DISK", 0 < (disk or 0) < _LOW_DISK),
                ("LICENCE_ENDED", (card.get("licence_until") or "z") < self._today),
                ("STOP", office in stopped),
                ("LICENCE_ENDING", office in ends),
                ("BACKUP", heard is not None and old),
                ("PLACE", office in placeless),
            )
            found[office] = next((care for care, is_so in told if is_so), "NOTHING")
        return found

    def stopped(self) -> frozenset[str]:
        """The offices and people of whom a stop holds."""
        return frozenset(key for key, stop in self._of("stop") if not stop["until"])

    def held(self, day: str = "") -> frozenset[tuple[str, str]]:
        """By office and service, what is handed over today, or on that day."""
        day = day or self._today
        return frozenset(
            (one["office"], one["service"])
            for _, one in self._of("delegation", day)
            if not one["withdrawn"] and (not one["until"] or one["until"] >= day)
        )

    def begins(self) -> dict[tuple[str, str], str]:
        """By office and service not held today, from which day on it will be."""
        held, found = self.held(), dict[tuple[str, str], str]()
        for _, one in self._coming("delegation"):
            of = one["office"], one["service"]
            if of not in held and not one["withdrawn"]:
                found.setdefault(of, one["since"])
        return found

    def trained(self, day: str = "") -> Mapping[str, Counter[str]]:
        """By office, how many of its people of today, or of that day, passed each service; who is
        stopped counts for none."""
        day = day or self._today
        stopped = {key for key, stop in self._of("stop", day) if not stop["until"]}
        offices = {
            term["staff"]: term["office"]
            for _, term in self._of("staff", day)
            if term["role"] in _COUNTER
            and term["staff"] not in stopped
            and term["since"] <= day
            and (not term["until"] or term["until"] >= day)
        }
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for _, one in self._of("training", day):
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


def _between(earlier: str, later: str | None) -> timedelta:
    """From one moment, as the tables keep it, to another."""
    ends = datetime.fromisoformat(later or earlier)
    return ends - datetime.fromisoformat(earlier)


def moment_text(moment: datetime | None) -> str | None:
    """A moment as the centre's tables keep it."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

"""What the records must answer to the five busiest services, judged by the page of rules alone.

A trial holds the program's first answers against it. It shares no gate and no composition with the
program, and reads the municipality's lists itself. It judges only a made-up city, whose words stand
in the lists as they are written, and requests that are well filled. Source: RULES.md §2 and §3.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import cache
from typing import Any

from desktop.domain.calendar import jalali
from desktop.domain.property import PropertyRecord
from desktop.domain.request import Request
from desktop.settings import resources


class Judged(IntEnum):
    """An outcome; of several that apply the highest holds. The names are those of `Outcome`."""

    ANSWER = 0
    PAY = 1
    REVIEW = 2
    VISIT = 3
    REFUSE = 4


@dataclass(frozen=True)
class Holding:
    """What the city has under the code that was asked for; of a flat or shop its building too."""

    record: PropertyRecord | None
    building: PropertyRecord | None = None


JUDGED = ("no-violation", "inquiry", "transfer", "clearance", "building-permit")
"""The services that are judged here."""
_BODIES = ("bank", "notary", "agency")
_REPRESENTED = ("attorney", "heir", "guardian")
_DANG = 6
_FILE = {
    "fine-unpaid": Judged.PAY,
    "reported": Judged.REVIEW,
    "first-ruling": Judged.REVIEW,
    "appeal": Judged.REVIEW,
    "demolition-due": Judged.REFUSE,
}
"""What an open file of Article 100 asks for by its status; the others are closed."""


def judged(request: Request, holding: Holding, day: date) -> Judged:
    """The first outcome of a request that is decided on the day. KeyError for another service."""
    if int(request.code.split("-")[0]) not in _figures()["districts"]:
        return Judged.REFUSE
    if holding.record is None:
        return Judged.VISIT
    asked = _Asked(request, holding.record, holding.building, day)
    return max((Judged.ANSWER, *_SERVICES[request.service](asked)))


@cache
def _figures() -> dict[str, Any]:
    return tomllib.loads((resources() / "city" / "figures.toml").read_text(encoding="utf-8"))


def _means(column: str, word: str) -> str:
    """What a word of the records means. LookupError for one that no list has."""
    for meaning, listed in _figures()["words"][column].items():
        if word in listed:
            return str(meaning)
    raise LookupError(f"{column}: {word}")


@dataclass(frozen=True)
class _Asked:
    """A request beside the record, asked one question of the rules at a time."""

    request: Request
    record: PropertyRecord
    building: PropertyRecord | None
    day: date

    def person(self) -> Iterator[Judged]:
        """Who asks is among the owners and lives; of an heir, whom he inherits from is dead."""
        kind = str(self.request.applicant)
        if kind in _BODIES:
            return
        own = [each for each in self.record.owners if each.person_id == self._person_id()]
        dead = any(each.dead for each in own)
        if not own or dead != (kind == "heir"):
            yield Judged.REVIEW

    def _person_id(self) -> str:
        party = self.request.party
        represented = str(self.request.applicant) in _REPRESENTED
        return party.represented_id if represented else party.person_id

    def all_owners(self) -> Iterator[Judged]:
        """Applicant and who consents hold six dang, and the recorded shares are six."""
        agreed = {self._person_id(), *(each.person_id for each in self.request.consents)}
        owners = self.record.owners
        held = sum((each.dang for each in owners if each.person_id in agreed), Decimal(0))
        if held < _DANG or sum((each.dang for each in owners), Decimal(0)) != _DANG:
            yield Judged.REVIEW

    def deed(self, waqf: bool) -> Iterator[Judged]:
        """No private contract, not without a deed; where asked, no waqf land."""
        meaning = _means("deed", self.record.deed)
        if meaning in ("private", "none") or (waqf and meaning == "waqf"):
            yield Judged.REVIEW

    def hold(self, *scopes: str) -> Iterator[Judged]:
        """No hold of these scopes is active."""
        for each in self.record.holds:
            ended = each.ends is not None and each.ends < self.day
            if ended or _means("scope", each.scope) not in scopes:
                continue
            known = each.authority and each.number and each.placed
            yield Judged.REFUSE if known else Judged.REVIEW

    def violation(self) -> Iterator[Judged]:
        """No open file of Article 100."""
        for each in self.record.files:
            effect = _FILE.get(_means("file", each.status))
            if effect is not None:
                yield effect

    def debt(self, *, every: bool = False) -> Iterator[Judged]:
        """Nothing is due; with `every`, nothing is owed at all."""
        for each in self.record.debts:
            meaning = _means("debt", each.status)
            due = meaning == "final" and (each.due is None or each.due <= self.day)
            if due or (every and meaning in ("final", "disputed")):
                yield Judged.PAY

    def parent(self) -> Iterator[Judged]:
        """The building of a flat or shop has no open file."""
        above = self.building
        if above is not None and any(_means("file", f.status) in _FILE for f in above.files):
            yield Judged.REVIEW

    def declared(self) -> Iterator[Judged]:
        """The owner declares that nothing was changed; who asks by letter declares nothing."""
        said = self.request.unchanged
        if said == "no" or (not said and str(self.request.applicant) not in _BODIES):
            yield Judged.VISIT

    def visited(self) -> Iterator[Judged]:
        """The last visit is no older than twelve months of the calendar of Iran."""
        last = self.record.last_visit
        if last is None:
            yield Judged.VISIT
            return
        year, month, day = jalali(last)
        if (year + 1, month, day) < jalali(self.day):
            yield Judged.VISIT

    def permit(self) -> Iterator[Judged]:
        """What stands has a permit that lasts, or was completed under it."""
        built = self.record.year_built
        if not self.record.built or (built is not None and built < _figures()["permit_year"]):
            return
        permits = self.record.permits or (self.building.permits if self.building else ())
        finished = [day for kind, day, _ in self._certificates() if kind == "completion"]
        if not permits:
            if not finished:
                yield Judged.VISIT
            return
        last = max(permits, key=lambda each: each.issued or date.min)
        lapsed = last.expires is not None and last.expires < self.day
        issued = last.issued or date.min
        if lapsed and not any(day is not None and day >= issued for day in finished):
            yield Judged.VISIT

    def certificate(self, *wanted: str) -> Iterator[Judged]:
        """One of the wanted certificates is there, and has not run out."""
        if not self.record.built:
            return
        for kind, _, until in self._certificates():
            if kind in wanted and (kind == "completion" or until is None or until >= self.day):
                return
        yield Judged.VISIT

    def _certificates(self) -> list[tuple[str, date | None, date | None]]:
        above = self.building.certificates if self.building else ()
        return [
            (_means("certificate", each.kind), each.issued, each.valid_until)
            for each in (*self.record.certificates, *above)
        ]

    def plan(self) -> Iterator[Judged]:
        """Nothing of it is to be taken for a street, and no public plan lies on it."""
        if self.record.widening > 0 or self.record.on_plan:
            yield Judged.REVIEW

    def place(self) -> Iterator[Judged]:
        """No garden, and not in the historic fabric."""
        if self.record.historic or _means("use", self.record.use) == "garden":
            yield Judged.REVIEW


def _no_violation(asked: _Asked) -> Iterator[Judged]:
    yield from asked.person()
    yield from asked.deed(waqf=False)
    yield from asked.hold("all")
    yield from asked.violation()
    yield from asked.debt()
    yield from asked.parent()
    yield from asked.permit()
    yield from asked.visited()
    yield from asked.declared()


def _inquiry(asked: _Asked) -> Iterator[Judged]:
    yield from asked.person()
    yield from asked.declared()
    if str(asked.request.applicant) != "agency":
        yield from asked.certificate("completion", "no-violation")


def _transfer(asked: _Asked) -> Iterator[Judged]:
    answers, kind = asked.request.answers, str(asked.request.applicant)
    yield from asked.person()
    yield from asked.deed(waqf=answers["deal"] in _CHANGING)
    yield from asked.hold("all", "transfer")
    yield from asked.declared()
    if kind == "guardian" and answers["deal"] != "rescission":
        yield Judged.REVIEW
    if answers["deal"] in _CHANGING:
        yield from asked.violation()
        yield from asked.debt()
        yield from asked.parent()
        wanted = {"finished": "completion", "unfinished": "no-violation"}.get(answers["building"])
        if wanted is not None:
            yield from asked.certificate(wanted)


_CHANGING = ("sale", "gift", "settlement")
"""Deals after which somebody else is the owner."""


def _clearance(asked: _Asked) -> Iterator[Judged]:
    yield from asked.person()
    yield from asked.debt(every=True)


def _building_permit(asked: _Asked) -> Iterator[Judged]:
    yield from asked.person()
    yield from asked.all_owners()
    yield from asked.deed(waqf=True)
    yield from asked.hold("all", "build")
    yield from asked.plan()
    yield from asked.violation()
    yield from asked.debt()
    yield from asked.parent()
    yield from asked.place()
    yield from asked.visited()


_SERVICES = dict(
    zip(JUDGED, (_no_violation, _inquiry, _transfer, _clearance, _building_permit), strict=True)
)

"""The municipality's figures that hold on a day: districts, tariffs, parcels, calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from desktop.domain.calendar import OfficeCalendar
from desktop.domain.city_places import CityPlace
from desktop.domain.consultation import Consultee
from desktop.domain.counter import DISTRICT_NAMES, Halves, district_name
from desktop.domain.enforcement import OfficeRule
from desktop.domain.formula import NotKnown, Values, evaluate, read_out
from desktop.domain.letter import LetterKind
from desktop.domain.lot import WEIGHTS, Risk
from desktop.domain.money import LARGEST_RIAL
from desktop.domain.objection import Objections
from desktop.domain.people import Applicant
from desktop.domain.place import Bounds
from desktop.domain.promise import Promise
from desktop.domain.recommendation import ReviewReason
from desktop.domain.record_words import RecordWords
from desktop.domain.service import Service
from desktop.domain.signer import Signed, Signer
from desktop.domain.tariff import Charge, Tariff

Rates = Mapping[str, Decimal]


@dataclass(frozen=True)
class ImportLimits:
    """When an import of records is not put into force by itself (data of the municipality).

    Of what is in force, so many percent may end; of a sheet's rows so many may be refused, of a
    column's words so many be unknown, below `least` never. So many days before the records are too
    old, the municipality is warned.
    """

    ended_percent: int = 2
    refused_percent: int = 1
    unknown_percent: int = 1
    least: int = 5
    warning_days: int = 10


@dataclass(frozen=True)
class City:
    """Municipal data as published (RULES.md §4); money in Rial, areas in whole m².

    `tariffs` are what is asked for, by key, `rates` the tables that their formulas look up; sums
    are rounded to `round_to` Rial, as bills carry no less. `parcels` is the least parcel by zone;
    `bodies` the directory of banks, agencies and notaries, `body_kinds` which of them is what, as
    far as that was said; `where` names where to go with a code
    outside the city; `bill_bodies` whose money is this municipality's, by three digits of a bill
    id; `prechecks_a_day` how many properties a desk may ask for; `validity` the months that a
    service's answer holds, by service, where they were set apart from its file. `words` are the
    lists of words of the records, `permit_year` the Jalali year before which what stands is asked
    for no permit, `ruling_days` the term to object to a first ruling of Article 100 and
    `court_months` that to the court, from being served; `objections` the ways to object, `imports`
    what holds an import back. `bounds` is
    where the city lies (None: nobody said); so many `lesson_days` after a service changed have its
    clerks passed its lesson again. `enforced` are the days from which rules of the offices hinder,
    `enforced_apart` those of a rule for one service, by its code (None: not yet for that one);
    `review_reasons` are what an expert may say of a condition, by code, in their order;
    `signers` sign papers to the offices, `places` are the neighbourhoods and streets from which
    citizens look for an office; `consultees` are the bodies that the municipality asks by letter,
    `promises` what is promised of the steps of a case.
    A plot may differ so many `area_percent` from its deed, a report be made so many `visit_metres`
    from the property's place, `named_place_metres` from the middle of the street or neighbourhood
    of its address where the records don't tell it, before somebody is asked. Of all instant
    answers the lot takes `second_look_percent` for a second look, of risky ones `look_weights` by
    risk; near a boundary is within `boundary_days`. Visits are in the `halves` of a day;
    `district_names` are those of districts that are called by more than their number.
    Within `objection_days` after it was served a refusal can be objected to. Of a letter an office
    prints `most_copies` by itself (0: nobody said how many). Whoever holds a letter
    checks it at `check_at`; empty where the municipality named no place.
    """

    districts: tuple[int, ...] = (1, 2, 3, 4, 5)
    record_age_days: int = 30
    tariffs: Mapping[str, Tariff] = field(default_factory=dict)
    rates: Mapping[str, Rates] = field(default_factory=dict)
    round_to: int = 1000
    parcels: Mapping[str, int] = field(default_factory=dict)
    bodies: tuple[str, ...] = ()
    body_kinds: Mapping[str, Applicant] = field(default_factory=dict)
    where: Mapping[int, str] = field(default_factory=dict)
    calendar: OfficeCalendar = field(default_factory=OfficeCalendar)
    visits_per_half_day: int = 6
    halves: Halves = Halves()
    district_names: Mapping[int, str] = field(default_factory=lambda: DISTRICT_NAMES)
    second_look_percent: int = 5
    look_weights: Mapping[Risk, int] = field(default_factory=lambda: WEIGHTS)
    boundary_days: int = 10
    deficiency_days: int = 10
    answer_days: int = 7
    area_percent: int = 3
    visit_metres: int = 1_000
    named_place_metres: int = 3_000
    ruling_days: int = 10
    court_months: int = 3
    objection_days: int = 20
    most_copies: int = 0
    prechecks_a_day: int = 200
    bill_bodies: tuple[int, ...] = (225,)
    validity: Mapping[str, int] = field(default_factory=dict)
    words: RecordWords = field(default_factory=RecordWords)
    permit_year: int = 1356
    objections: Objections = field(default_factory=Objections)
    imports: ImportLimits = field(default_factory=ImportLimits)
    bounds: Bounds | None = None
    lesson_days: int = 30
    check_at: str = ""
    enforced: Mapping[OfficeRule, date] = field(default_factory=dict)
    enforced_apart: Mapping[tuple[OfficeRule, str], date | None] = field(default_factory=dict)
    signers: Mapping[Signed, Signer] = field(default_factory=dict)
    places: tuple[CityPlace, ...] = ()
    review_reasons: Mapping[str, ReviewReason] = field(default_factory=dict)
    consultees: tuple[Consultee, ...] = ()
    promises: tuple[Promise, ...] = ()

    @property
    def bill_body(self) -> int:
        """The body that bills made here are paid to."""
        return self.bill_bodies[0]

    def district_name(self, district: int) -> str:
        """«منطقهٔ ۲», or the name that the district has."""
        return district_name(district, self.district_names)

    def bodies_of(self, kind: Applicant) -> tuple[str, ...]:
        """The bodies of the directory that are known to be of the kind."""
        return tuple(body for body in self.bodies if self.body_kinds.get(body) is kind)

    def reasons_for(self, gate: str) -> tuple[ReviewReason, ...]:
        """What may be said of that condition, in the order of the list."""
        return tuple(each for each in self.review_reasons.values() if gate in each.gates)

    def signer(self, paper: Signed) -> Signer:
        """Who signs that paper; by title alone where nobody was named."""
        return self.signers.get(paper, Signer(paper.post))

    def months(self, service: Service) -> int:
        """How many months the service's answer holds; 0 where it has no such end."""
        return self.validity.get(service.code, service.letters[LetterKind.ANSWER].months)

    def enforced_in(self, service: str) -> Mapping[OfficeRule, date]:
        """From which days rules hinder requests of the service: what is said of that one stands in
        the place of what is said of all."""
        days: dict[OfficeRule, date | None] = {**self.enforced}
        days |= {rule: day for (rule, of), day in self.enforced_apart.items() if of == service}
        return {rule: day for rule, day in days.items() if day is not None}

    def serving(self, service: Service) -> City:
        """The city as the service sees it: with what its file brings of tariffs and rates.

        What is published of the same name stands before it, so that a new year's price needs no
        new file.
        """
        if not service.tariffs and not service.rates:
            return self
        return replace(
            self,
            tariffs={**service.tariffs, **self.tariffs},
            rates={
                table: {**service.rates.get(table, {}), **self.rates.get(table, {})}
                for table in {**service.rates, **self.rates}
            },
        )

    def charge(self, key: str, values: Values, labels: Mapping[str, str] | None = None) -> Charge:
        """What the tariff asks for these answers; `labels` are the words of the form's fields.

        Raises NotKnown for a tariff that nobody has, where an answer is missing, and for a sum
        that no bill could carry.
        """
        tariff = self.tariffs.get(key)
        if tariff is None:
            raise NotKnown(key)
        known: Values = {**values, **self.rates}
        amount = evaluate(tariff.formula, known)
        if not isinstance(amount, Decimal):
            raise TypeError(f"tariff {key} gives no number")
        if amount > LARGEST_RIAL:
            raise NotKnown(key)
        plain = not tariff.formula.names
        return Charge(
            key=key,
            title=tariff.title,
            purse=tariff.purse,
            amount=self._rounded(amount),
            how="" if plain else read_out(tariff.formula, known, labels or {}),
        )

    def _rounded(self, amount: Decimal) -> int:
        steps = (max(amount, Decimal(0)) / self.round_to).to_integral_value(ROUND_HALF_UP)
        return int(steps) * self.round_to

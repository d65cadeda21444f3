"""The municipality's figures and the official holidays: two published texts made one city."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from desktop.domain.calendar import Blackout, OfficeCalendar, parse_jalali
from desktop.domain.city import City, ImportLimits
from desktop.domain.city_places import CityPlace, PlaceKind, place_key
from desktop.domain.consultation import Consultee
from desktop.domain.errors import Refusal
from desktop.domain.formula import Formula, FormulaFault
from desktop.domain.gates import GATES
from desktop.domain.lot import WEIGHTS, Risk
from desktop.domain.objection import Ground, Objections
from desktop.domain.people import Applicant
from desktop.domain.persian import clean, fold
from desktop.domain.place import Bounds
from desktop.domain.recommendation import OTHER, ReviewReason
from desktop.domain.record_words import RecordWords, WordColumn, word_key
from desktop.forms.faults import FaultyFile, FileFault, near, shape_faults, twice_faults
from desktop.forms.holidays import Holiday, read_holidays
from desktop.forms.lines import Lines
from desktop.forms.schema.base import Part, Text
from desktop.forms.schema.tariffs import RatesPart, TariffPart, rate_tables
from desktop.forms.syntax import syntax_fault

FIGURES = "figures.toml"


def _a_day(text: str) -> str:
    try:
        parse_jalali(text)
    except Refusal as refusal:
        raise ValueError(refusal.words) from None
    return text


Day = Annotated[str, AfterValidator(_a_day)]
Percent = Annotated[int, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=1)]
Degrees = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}\.[0-9]{2,7}$")]
District = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}$")]


class BlackoutPart(Part):
    """`[[blackout]]`: days, both ends in, on which no digging is allowed."""

    title: Text
    first: Day
    last: Day


class BodiesPart(Part):
    """`[bodies]`: who may ask by letter."""

    bank: list[str] = []
    notary: list[str] = []
    agency: list[str] = []

    def kinds(self) -> dict[str, Applicant]:
        """Each body with what it is, as answers are kept: so digits and letters compare."""
        listed = {
            Applicant.BANK: self.bank,
            Applicant.NOTARY: self.notary,
            Applicant.AGENCY: self.agency,
        }
        return {clean(body): kind for kind, bodies in listed.items() for body in bodies}


class ImportsPart(Part):
    """`[imports]`: what holds an import of records back."""

    ended_percent: Percent = 2
    refused_percent: Percent = 1
    unknown_percent: Percent = 1
    least: Count = 5
    warning_days: Count = 10

    def value(self) -> ImportLimits:
        """The limits as the program knows them."""
        return ImportLimits(**self.model_dump())


class BoundsPart(Part):
    """`[bounds]`: the rectangle in which the city's offices and properties lie, decimal degrees."""

    south: Degrees
    north: Degrees
    west: Degrees
    east: Degrees

    def value(self) -> Bounds:
        """The bounds as the program knows them."""
        return Bounds(*map(Decimal, (self.south, self.north, self.west, self.east)))


class PlacePart(Part):
    """`[[place]]`: a neighbourhood or a street, its middle, beginnings of the post codes there."""

    kind: Annotated[PlaceKind, Field(strict=False)]
    name: Text
    latitude: Degrees
    longitude: Degrees
    postal: list[Annotated[str, StringConstraints(pattern=r"^[0-9]{3,10}$")]] = []

    def value(self) -> CityPlace:
        """The place as the program knows it."""
        name = clean(self.name)
        return CityPlace(self.kind, name, self.latitude, self.longitude, tuple(self.postal))


class ReviewReasonPart(Part):
    """`[[review_reason]]`: what an expert may say of conditions that failed, resting on what."""

    key: Text
    words: Text
    gates: Annotated[list[Text], Field(min_length=1)]
    articles: list[Text] = []
    papers: list[Text] = []

    def value(self) -> ReviewReason:
        """The reason as the program knows it."""
        listed = (tuple(self.gates), tuple(self.articles), tuple(self.papers))
        return ReviewReason(self.key, clean(self.words), *listed)


class ConsulteePart(Part):
    """`[[consultee]]`: a body that is asked by letter, with its term in working days."""

    name: Text
    addressee: Text
    days: Count
    by_hand: bool = False
    gates: list[Text] = []
    services: list[Text] = []

    def value(self) -> Consultee:
        """The body as the program knows it."""
        return Consultee(
            clean(self.name),
            self.addressee,
            self.days,
            self.by_hand,
            tuple(self.gates),
            tuple(self.services),
        )


class ObjectionPart(Part):
    """`[objection]`: by ground the sentence of where and until when to object."""

    first_ruling: Annotated[Text | None, Field(alias="first-ruling")] = None
    final_ruling: Annotated[Text | None, Field(alias="final-ruling")] = None
    hold: Text | None = None
    dues: Text | None = None
    renewal_levy: Annotated[Text | None, Field(alias="renewal-levy")] = None
    other: Text | None = None
    renewal_kinds: list[Text] = []

    def value(self) -> Objections:
        """The ways as the program knows them."""
        told = {ground: getattr(self, ground.replace("-", "_")) for ground in Ground}
        return Objections(
            {ground: words for ground, words in told.items() if words}, tuple(self.renewal_kinds)
        )


class LookWeightsPart(Part):
    """`[look_weights]`: percent of the instant answers of a risk that are looked at again."""

    boundary: Percent = WEIGHTS[Risk.BOUNDARY]
    received: Percent = WEIGHTS[Risk.RECEIVED]
    declared: Percent = 0
    attorney: Percent = 0

    def value(self) -> dict[Risk, int]:
        """The weights as the program knows them."""
        return {risk: getattr(self, risk.value) for risk in Risk}


class FiguresFile(Part):
    """The whole file; money in Rial, areas in whole m²."""

    districts: Annotated[list[int], Field(min_length=1)]
    record_age_days: Count
    visits_per_half_day: Count
    second_look_percent: Percent
    look_weights: LookWeightsPart = LookWeightsPart()
    boundary_days: Annotated[int, Field(ge=0)]
    deficiency_days: Count
    answer_days: Count = 7
    area_percent: Percent = 3
    visit_metres: Count = 1_000
    named_place_metres: Count = 3_000
    ruling_days: Count = 10
    court_months: Count = 3
    objection_days: Count = 20
    most_copies: Count | None = None
    prechecks_a_day: Count = 200
    bill_bodies: Annotated[list[Annotated[int, Field(ge=0, le=999)]], Field(min_length=1)]
    round_to: Count
    tariff: Annotated[list[TariffPart], Field(min_length=1)]
    rates: RatesPart = {}
    parcels: dict[str, Count] = {}
    where: dict[District, str] = {}
    blackout: list[BlackoutPart] = []
    bodies: BodiesPart
    words: dict[str, dict[str, list[Text]]] = {}
    permit_year: Annotated[int, Field(ge=1300, le=1500)] = 1356
    objection: ObjectionPart = ObjectionPart()
    imports: ImportsPart = ImportsPart()
    bounds: BoundsPart | None = None
    lesson_days: Count = 30
    check_at: Text | Literal[""] = ""
    place: list[PlacePart] = []
    review_reason: list[ReviewReasonPart] = []
    consultee: list[ConsulteePart] = []


_TABLES: dict[str, type[Part]] = {
    "": FiguresFile,
    "blackout": BlackoutPart,
    "bodies": BodiesPart,
    "bounds": BoundsPart,
    "consultee": ConsulteePart,
    "imports": ImportsPart,
    "look_weights": LookWeightsPart,
    "objection": ObjectionPart,
    "place": PlacePart,
    "review_reason": ReviewReasonPart,
    "tariff": TariffPart,
}


def load_city(figures: str, holidays: str) -> City:
    """The city of a figures file (TOML) and a holidays file (CSV: date, title, kind).

    Raises FaultyFile with every fault of the two.
    """
    faults: list[FileFault] = []
    file: FiguresFile | None = None
    days: dict[date, Holiday] = {}
    try:
        file = _read_figures(figures)
    except FaultyFile as error:
        faults += error.file_faults
    try:
        days = read_holidays(holidays)
    except FaultyFile as error:
        faults += error.file_faults
    if file is None or faults:
        raise FaultyFile(faults)
    bodies = file.bodies.kinds()
    return City(
        districts=tuple(file.districts),
        record_age_days=file.record_age_days,
        tariffs={part.key: part.value() for part in file.tariff},
        rates=rate_tables(file.rates),
        round_to=file.round_to,
        parcels=file.parcels,
        bodies=tuple(bodies),
        body_kinds=bodies,
        where={int(district): words for district, words in file.where.items()},
        calendar=OfficeCalendar(
            {day: holiday.title for day, holiday in days.items()},
            tuple(_blackout(part) for part in file.blackout),
        ),
        visits_per_half_day=file.visits_per_half_day,
        second_look_percent=file.second_look_percent,
        look_weights=file.look_weights.value(),
        boundary_days=file.boundary_days,
        deficiency_days=file.deficiency_days,
        answer_days=file.answer_days,
        area_percent=file.area_percent,
        visit_metres=file.visit_metres,
        named_place_metres=file.named_place_metres,
        ruling_days=file.ruling_days,
        court_months=file.court_months,
        objection_days=file.objection_days,
        most_copies=file.most_copies or 0,
        prechecks_a_day=file.prechecks_a_day,
        bill_bodies=tuple(file.bill_bodies),
        words=_words(file.words),
        permit_year=file.permit_year,
        objections=file.objection.value(),
        imports=file.imports.value(),
        bounds=file.bounds.value() if file.bounds else None,
        lesson_days=file.lesson_days,
        check_at=file.check_at,
        places=tuple(part.value() for part in file.place),
        review_reasons={part.key: part.value() for part in file.review_reason},
        consultees=tuple(part.value() for part in file.consultee),
    )


def _words(lists: Mapping[str, Mapping[str, list[str]]]) -> RecordWords:
    return RecordWords(
        {
            WordColumn(column): {meaning: tuple(words) for meaning, words in meanings.items()}
            for column, meanings in lists.items()
        }
    )


def _blackout(part: BlackoutPart) -> Blackout:
    return Blackout(parse_jalali(part.first), parse_jalali(part.last), clean(part.title))


def _read_figures(text: str) -> FiguresFile:
    lines = Lines(text)
    faults = twice_faults(FIGURES, lines)
    try:
        data = tomllib.loads(lines.without(text) if faults else text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyFile([*faults, syntax_fault(FIGURES, text, str(error))]) from None
    file: FiguresFile | None = None
    try:
        file = FiguresFile.model_validate(data)
    except ValidationError as error:
        faults += shape_faults(FIGURES, lines, error.errors(), _TABLES)
    if file is not None:
        faults += _tariff_faults(file, lines)
        faults += _word_faults(file, lines)
        faults += _place_faults(file, lines)
        faults += _reason_faults(file, lines)
        faults += _blackout_faults(file, lines)
    if file is None or faults:
        raise FaultyFile(faults)
    return file


_ORDER = "پایان پیش از آغاز است."


def _blackout_faults(file: FiguresFile, lines: Lines) -> Iterator[FileFault]:
    """Blackouts that end before they begin, and two of one title in one year."""
    seen: set[tuple[str, int]] = set()
    for i, part in enumerate(file.blackout):
        at, key = ("blackout", i), f"blackout[{i + 1}]"
        one = _blackout(part)
        if one.last < one.first:
            yield FileFault(FIGURES, lines.of((*at, "last")), f"{key}.last", _ORDER)
        if (fold(one.title), one.year) in seen:
            words = f"«{one.title}» در آن سال دو بار آمده است؛ یکی را نام دیگری بدهید."
            yield FileFault(FIGURES, lines.of((*at, "title")), f"{key}.title", words)
        seen.add((fold(one.title), one.year))


def _tariff_faults(file: FiguresFile, lines: Lines) -> Iterator[FileFault]:
    """Tariffs told twice, and formulas that nobody can read; names are the services' to check."""
    seen: set[str] = set()
    for i, part in enumerate(file.tariff):
        if part.key in seen:
            words = f"تعرفهٔ «{part.key}» دو بار آمده است؛ یکی را بردارید."
            yield FileFault(FIGURES, lines.of(("tariff", i, "key")), f"tariff[{i + 1}].key", words)
        seen.add(part.key)
        try:
            Formula(part.amount).names  # noqa: B018
        except FormulaFault as fault:
            at = lines.of(("tariff", i, "amount"))
            yield FileFault(FIGURES, at, f"tariff[{i + 1}].amount", str(fault))


def _place_faults(file: FiguresFile, lines: Lines) -> Iterator[FileFault]:
    """Places told twice: of two with one name nobody could say which is meant."""
    seen: set[tuple[PlaceKind, str]] = set()
    for i, part in enumerate(file.place):
        key = (part.kind, place_key(part.kind, part.name))
        if key in seen:
            words = f"{part.kind.word} «{part.name}» دو بار آمده است؛ یکی را بردارید."
            yield FileFault(FIGURES, lines.of(("place", i, "name")), f"place[{i + 1}].name", words)
        seen.add(key)


def _reason_faults(file: FiguresFile, lines: Lines) -> Iterator[FileFault]:
    """Reasons told twice, or of conditions that are none."""
    seen: set[str] = {OTHER}
    for i, part in enumerate(file.review_reason):
        at, key = ("review_reason", i), f"review_reason[{i + 1}]"
        if part.key in seen:
            words = f"دلیل «{part.key}» دو بار آمده است؛ یکی را بردارید."
            yield FileFault(FIGURES, lines.of((*at, "key")), f"{key}.key", words)
        seen.add(part.key)
        for gate in part.gates:
            if gate not in GATES:
                words = f"شرط «{gate}» شناخته نیست{near(gate, GATES)}."
                yield FileFault(FIGURES, lines.of((*at, "gates")), f"{key}.gates", words)


def _word_faults(file: FiguresFile, lines: Lines) -> Iterator[FileFault]:
    """Columns and meanings that are none, and a word that would mean two things."""
    for column, meanings in file.words.items():
        if column not in {str(known) for known in WordColumn}:
            words = f"ستون «{column}» فهرست واژه ندارد{near(column, WordColumn)}."
            yield FileFault(FIGURES, lines.of(("words", column)), f"words.{column}", words)
            continue
        known = WordColumn(column).meanings
        seen: dict[str, str] = {}
        for meaning, listed in meanings.items():
            at, key = lines.of(("words", column, meaning)), f"words.{column}.{meaning}"
            if meaning not in {str(each) for each in known}:
                names = "، ".join(known)
                words = f"معنای «{meaning}» شناخته نیست{near(meaning, known)}. هست: {names}."
                yield FileFault(FIGURES, at, key, words)
            for word in listed:
                other = seen.setdefault(word_key(word), meaning)
                if other != meaning:
                    words = f"واژهٔ «{word}» زیر «{other}» هم آمده است؛ یکی را بردارید."
                    yield FileFault(FIGURES, at, key, words)

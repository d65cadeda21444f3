"""Fills a service's form as a clerk would, for a made-up person and property."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from desktop.domain.calendar import iso_jalali, parse_jalali
from desktop.domain.city import City
from desktop.domain.form import Document, FieldKind, ServiceField
from desktop.domain.identifiers import Plate
from desktop.domain.known import text_of_rows
from desktop.domain.made_up import made_up_legal_id, made_up_national_id
from desktop.domain.people import Applicant
from desktop.domain.property import Owner, PropertyRecord
from desktop.domain.request import Consent, DocumentFile, SeenDocument
from desktop.domain.service import Service
from desktop.forms.answers import RECORD_FOUND, RECORD_NONE, Filled, conditions
from desktop.forms.recorded import record_answers

_CONTACT = {"mobile": "09131234567", "postal_code": "8915818411"}
_PROXY = made_up_national_id(7)
# Who holds a property without owning it is somebody else than its owner.
_HOLDER = {"person_id": made_up_national_id(8), "first_name": "علی", "last_name": "برزگری"}
_HOLDERS = (Applicant.TENANT, Applicant.SHOPKEEPER)
_AREA = Decimal("240.50")
# Of what no record holds no more is asked than any visit sees there.
_UNSEEN = Decimal("120.00")
# How far a building has come: from nothing to all but done.
_PROGRESS = ("stage", "progress")
_COORDINATES = {"latitude": "31.8974", "longitude": "54.3569"}


# What is typed into texts that are no number of a paper.
_WORDS = {
    "address": "یزد، خیابان امام خمینی، کوچهٔ ۸، پلاک ۱۲",
    "agent_post": "مدیرعامل",
    "contractor": "گروه ساختمانی کویر",
    "description": "افزودن بالکن و جابه‌جایی پله",
    "executor": "گروه ساختمانی کویر",
    "foreman": "رضا خبیری",
    "materials": "ماسه و آجر",
    "reason": "نیاز خانواده و جای ملک در گذر اصلی",
    "share": "شش دانگ",
    "side": "شمالی، رو به کوچهٔ شهید زارع",
    "street": "کوچهٔ شهید زارع",
    "street_from": "پلاک ۲۵",
    "street_to": "پلاک ۲۹",
    "surveyor": "رضا خبیری",
}
_NUMBER = "1181"
# Who digs up a street, whatever else the directory has.
_DIGS = "شرکت آب و فاضلاب استان یزد"
_STREETS = ("street", "utility")
_BODIES = (Applicant.BANK, Applicant.NOTARY, Applicant.AGENCY)
_BODY_ID = "99990001016"
_COMPANY, _COMPANY_ID = "شرکت نمونهٔ کویر", made_up_legal_id(27)
_ADDRESS = "یزد، بلوار طالقانی، کوچهٔ شهید زارع، پلاک ۲۷"


@dataclass(frozen=True)
class Asker:
    """Who asks, for which property (None: one without a record), with which answers.

    `plate` stands in the place of the record's own.
    """

    applicant: Applicant
    owner: Owner
    record: PropertyRecord | None
    code: str
    answers: Mapping[str, str] = field(default_factory=dict)
    unchanged: str = "yes"
    body: str = ""
    letter_number: str = "1405/1"
    plate: Plate | None = None


# No field of an expert's rests on who asks for what.
_NOBODY = Asker(Applicant.OWNER, Owner("", "", "", Decimal(0)), None, "")


def body_for(service: Service, applicant: Applicant, city: City, place: int = 0) -> str:
    """Which body's letter is brought: one of the kind that asks, or for which the service is made.

    Of several the one at that place, counted round and round.
    """
    if service.family in _STREETS:
        return _DIGS
    kinds = (applicant,) if applicant.is_body else service.applicants
    kind = next((kind for kind in _BODIES if kind in kinds), Applicant.BANK)
    listed = city.bodies_of(kind) or city.bodies or (_DIGS,)
    return listed[place % len(listed)]


def plate_of(asker: Asker) -> Plate | None:
    """The plate as given, else the one on record."""
    return asker.plate or (asker.record.plate if asker.record is not None else None)


def fill(
    service: Service, asker: Asker, city: City, today: date, paper: DocumentFile | None
) -> Filled:
    """The form with every asked field and document filled, as typed.

    `paper` stands for the scan of each document that must have one.
    """
    record, plate = asker.record, plate_of(asker)
    known = record_answers(service, record) if record is not None else {}
    answers = dict(asker.answers)
    if answers.get("split") == "merge" and record is not None:
        # What merges is no smaller than the land that is asked for.
        answers["parts"] = text_of_rows([{"number": "1", "area": str(record.land)}])
    filled = Filled(
        applicant=asker.applicant,
        party=_party(asker),
        code=asker.code,
        plate_section=str(plate.section) if plate else "",
        plate_main=str(plate.main) if plate else "",
        plate_sub=str(plate.sub) if plate else "",
        unchanged=asker.unchanged if service.declared_by(asker.applicant) else "",
        answers=answers,
        consents=[
            Consent(o.person_id, o.name)
            for o in (record.owners if record else ())
            if o.person_id != asker.owner.person_id
        ],
        record=RECORD_FOUND if record is not None else RECORD_NONE,
    )
    for asked in service.form_fields:
        if asked.formula is not None:
            continue
        if asked.when.holds(conditions(filled)) and asked.key not in answers:
            value = known.get(asked.key) or _value(asked, asker, city, today)
            if value:
                answers[asked.key] = value
    documents = [
        SeenDocument(
            key=d.key,
            title=d.title,
            seen=True,
            number=answers.get(d.number_field) or _NUMBER if d.numbered else "",
            dated=_dated(d, answers, today) if d.dated else None,
            file=paper if d.scan else None,
        )
        for d in service.asked_documents(conditions(filled))
    ]
    return Filled(**{**vars(filled), "documents": documents})


def _dated(document: Document, answers: Mapping[str, str], today: date) -> date:
    """The day of a document: what the form says of the same paper, else a month ago."""
    said = answers.get(document.date_field, "")
    return parse_jalali(said) if said else today - timedelta(days=30)


def enter(service: Service, conditions: Mapping[str, str], today: date) -> dict[str, str]:
    """What the expert enters, as typed: as in the service's own example, where there is one.

    `conditions` are the case's (`Case.conditions`).
    """
    shown = next((each.entered for each in service.examples if each.entered), {})
    entered: dict[str, str] = {}
    for asked in service.fields:
        if not asked.by_expert or asked.formula is not None:
            continue
        if asked.when.holds({**conditions, **entered}):
            text = shown.get(asked.key) or _value(asked, _NOBODY, City(), today)
            entered |= {asked.key: text} if text else {}
    return entered


def _party(asker: Asker) -> dict[str, str]:
    owner, kind = asker.owner, asker.applicant
    if kind.is_body:
        return {"last_name": asker.body, "carrier_id": owner.person_id, **_CONTACT}
    if kind is Applicant.COMPANY:
        # Of a property that is a company's own it is that company which asks.
        owns = len(owner.person_id) == len(_COMPANY_ID)
        person_id, name = (owner.person_id, owner.name) if owns else (_COMPANY_ID, _COMPANY)
        speaks = _PROXY if owns else owner.person_id
        company = {"person_id": person_id, "last_name": name, "carrier_id": speaks}
        return {**company, "address": _ADDRESS, **_CONTACT}
    person = {
        "person_id": owner.person_id,
        "first_name": owner.first_name,
        "last_name": owner.last_name,
        "father": "محمدرضا",
        "birth": "1362/07/14",
        "address": _ADDRESS,
        **_CONTACT,
    }
    if kind in _HOLDERS:
        person |= _HOLDER
    if kind.represents:
        person |= {
            "person_id": _PROXY,
            "first_name": "رضا",
            "last_name": "خبیری",
            "represented_id": owner.person_id,
            "represented_name": owner.name,
        }
    return person


def _choice(asked: ServiceField, asker: Asker) -> str:
    """The first choice that is not what the property is already, by record or by the form.

    What stands is nearly done; where the records hold no building, nothing is begun.
    """
    if asked.key in _PROGRESS:
        bare = asker.record is not None and not asker.record.built
        return asked.choices[0 if bare else -1].value
    if asked.key == "body_kind" and asker.applicant.is_body:
        # A bank and a notary said so by asking.
        return next(each.value for each in asked.choices if each.value not in tuple(Applicant))
    now = asker.record.use if asker.record is not None else ""
    if asked.key == "asked_use" and not now:
        now = asked.choices[0].value
    return next(each.value for each in asked.choices if each.value != now)


def _area(asked: ServiceField, record: PropertyRecord | None) -> Decimal:
    """No more than the property has: of a flat or shop its own built area, not its house's land."""
    if record is None:
        return _UNSEEN
    built = asked.key == "demolished_area" or record.code.is_unit
    return min(_AREA, (record.built if built else record.land) or _AREA)


def _count(asked: ServiceField, record: PropertyRecord | None) -> int:
    """Two of anything; but a flat or shop is one, in a house of as many as its number at least."""
    unit = record.code.unit if record is not None else 0
    if asked.key == "units_built":
        return max(2, unit)
    return 1 if unit and asked.key == "unit_count" else 2


def _day(asked: ServiceField, today: date) -> date:
    """Some days ago, or ahead where the form looks ahead; what ends later, later.

    What is over has been so for weeks: a visit since then may have seen it.
    """
    if asked.not_before_today:
        return today + timedelta(days=7)
    if asked.not_after_today and not asked.not_before:
        return today - timedelta(days=60)
    return today + timedelta(days=9 if asked.not_before else -5)


def _row(asked: ServiceField, number: int, today: date, *, unseen: bool) -> dict[str, str]:
    """One row of a table: small enough for any property; what is worked out is left to the form.

    Of land that no record holds two rows are no more than a visit sees.
    """
    typed = [inner for inner in asked.columns if inner.formula is None]
    cells = {inner.key: _cell(inner, number, today) for inner in typed}
    if unseen:
        parts = (inner.key for inner in typed if inner.kind is FieldKind.AREA)
        cells |= dict.fromkeys(parts, str(_UNSEEN - number))
    return {key: text for key, text in cells.items() if text}


def _cell(inner: ServiceField, number: int, today: date) -> str:
    if inner.choices:
        return inner.choices[0].value if inner.required else ""
    match inner.kind:
        case FieldKind.AREA | FieldKind.METRES:
            return f"{10 + number}.50"
        case FieldKind.MONEY:
            return f"{number}000000"
        case FieldKind.DATE:
            return iso_jalali(today - timedelta(days=number))
        case FieldKind.TEXT | FieldKind.LONG | FieldKind.WHOLE:
            return str(number)
    return _value(inner, _NOBODY, City(), today)


def _value(asked: ServiceField, asker: Asker, city: City, today: date) -> str:
    """What a clerk would type there; empty for what may stay empty."""
    if asked.key == "body":
        return asker.body or next(iter(city.bodies), _DIGS)
    if asked.kind is FieldKind.TEXT and asked.key.endswith("name"):
        return "رضا خبیری"
    if asked.key == "letter_number":
        return asker.letter_number
    if asked.key in _COORDINATES:
        return _COORDINATES[asked.key]
    if not asked.required and asked.key != "address":
        return ""
    if asked.key in _WORDS:
        return _WORDS[asked.key]
    match asked.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return _choice(asked, asker)
        case FieldKind.DATE:
            return iso_jalali(_day(asked, today))
        case FieldKind.TIME:
            return "14:00" if asked.key.startswith("end") else "8:30"
        case FieldKind.METRES:
            return "0.80"
        case FieldKind.TABLE:
            unseen = asker.record is None
            return text_of_rows(_row(asked, number, today, unseen=unseen) for number in (1, 2))
        case FieldKind.TICK:
            return "yes"
        case FieldKind.WHOLE:
            return str(max(asked.least or 0, _count(asked, asker.record)))
        case FieldKind.AREA:
            return str(_area(asked, asker.record))
        case FieldKind.MONEY:
            return "1000000"
        case FieldKind.NATIONAL_ID:
            return _PROXY
        case FieldKind.MOBILE:
            return _CONTACT["mobile"]
        case FieldKind.POSTAL_CODE:
            return _CONTACT["postal_code"]
        case FieldKind.LEGAL_ID:
            return _BODY_ID
        case FieldKind.TEXT | FieldKind.LONG:
            return _NUMBER

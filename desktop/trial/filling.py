"""Fills a service's form as a clerk would, for a made-up person and property."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop.domain.calendar import iso_jalali
from desktop.domain.city import City
from desktop.domain.form import FieldKind, ServiceField
from desktop.domain.people import Applicant
from desktop.domain.property import Owner, PropertyRecord
from desktop.domain.request import Consent, SeenDocument
from desktop.domain.service import Service
from desktop.forms.answers import RECORD_FOUND, RECORD_NONE, Filled, conditions, record_answers
from desktop.trial.residents import made_up_national_id

_CONTACT = {"mobile": "09131234567", "postal_code": "8915818411"}
_PROXY = made_up_national_id(7)
_COORDINATES = {"latitude": "31.8974", "longitude": "54.3569"}


@dataclass(frozen=True)
class Asker:
    """Who asks, for which property (None: one without a record), with which answers."""

    applicant: Applicant
    owner: Owner
    record: PropertyRecord | None
    code: str
    answers: Mapping[str, str] = field(default_factory=dict)
    unchanged: str = "yes"
    body: str = ""
    letter_number: str = "1405/1"


def fill(service: Service, asker: Asker, city: City, today: date) -> Filled:
    """The form with every asked field and document filled, as typed."""
    record = asker.record
    known = record_answers(service, record) if record is not None else {}
    answers = dict(asker.answers)
    filled = Filled(
        applicant=asker.applicant,
        party=_party(asker),
        code=asker.code,
        plate_section=str(record.plate.section) if record and record.plate else "",
        plate_main=str(record.plate.main) if record and record.plate else "",
        plate_sub=str(record.plate.sub) if record and record.plate else "",
        unchanged=asker.unchanged if service.declares else "",
        answers=answers,
        consents=[
            Consent(o.person_id, o.name)
            for o in (record.owners if record else ())
            if o.person_id != asker.owner.person_id
        ],
        record=RECORD_FOUND if record is not None else RECORD_NONE,
    )
    for asked in service.fields:
        if asked.when.holds(conditions(filled)) and asked.key not in answers:
            value = known.get(asked.key) or _value(asked, asker, city, today)
            if value:
                answers[asked.key] = value
    documents = [
        SeenDocument(
            key=d.key,
            title=d.title,
            seen=True,
            number="1181" if d.numbered else "",
            dated=today - timedelta(days=30) if d.dated else None,
        )
        for d in service.asked_documents(conditions(filled))
    ]
    return Filled(**{**vars(filled), "documents": documents})


def _party(asker: Asker) -> dict[str, str]:
    owner, kind = asker.owner, asker.applicant
    if kind.is_body:
        return {"last_name": asker.body, "carrier_id": owner.person_id, **_CONTACT}
    person = {
        "person_id": owner.person_id,
        "first_name": owner.first_name,
        "last_name": owner.last_name,
        "father": "محمدرضا",
        "birth": "1362/07/14",
        "address": "یزد، بلوار طالقانی، کوچهٔ شهید زارع، پلاک ۲۷",
        **_CONTACT,
    }
    if kind.represents:
        person |= {
            "person_id": _PROXY,
            "first_name": "رضا",
            "last_name": "خبیری",
            "represented_id": owner.person_id,
            "represented_name": owner.name,
        }
    return person


def _value(asked: ServiceField, asker: Asker, city: City, today: date) -> str:
    """What a clerk would type there; empty for what may stay empty."""
    if asked.key == "body":
        return asker.body or (city.bodies[0] if city.bodies else "دفتر اسناد رسمی شمارهٔ ۲۷ یزد")
    if asked.key == "address":
        return "یزد، بلوار طالقانی، کوچهٔ ۸، پلاک ۱۲"
    if asked.kind is FieldKind.TEXT and asked.key.endswith("name"):
        return "رضا خبیری"
    if asked.key == "letter_number":
        return asker.letter_number
    if asked.key in _COORDINATES:
        return _COORDINATES[asked.key]
    if not asked.required:
        return ""
    match asked.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return asked.choices[0].value
        case FieldKind.DATE:
            return iso_jalali(today - timedelta(days=5))
        case FieldKind.TICK:
            return "yes"
        case FieldKind.WHOLE:
            return str(max(asked.least or 0, 2))
        case FieldKind.AREA:
            return "240.50"
        case FieldKind.MONEY:
            return "1000000"
        case FieldKind.NATIONAL_ID:
            return _PROXY
        case FieldKind.MOBILE:
            return _CONTACT["mobile"]
        case FieldKind.POSTAL_CODE:
            return _CONTACT["postal_code"]
    return "یزد، بلوار طالقانی، کوچهٔ ۸" if asked.kind is FieldKind.LONG else "۱۱۸۱/ن"

"""The property in a letter: its values, and the same as a paragraph and as key facts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop.centre.letter_case import LetterCase
from desktop.domain.identifiers import Plate, renewal_code
from desktop.domain.letter import ADDRESS, CODE, PLATE, asked_otherwise
from desktop.domain.money import format_area
from desktop.domain.persian import NBSP, join_and
from desktop.domain.property import PropertyRecord
from desktop.domain.request import Request
from desktop.domain.words import CLEARED


def owners_of(case: LetterCase) -> str:
    """Recorded owners, but never to one who is not among them, whoever cleared that."""
    if case.record is None or _is_stranger(case, case.record):
        return ""
    return join_and([owner.name for owner in case.record.owners if owner.name])


def _is_stranger(case: LetterCase, record: PropertyRecord) -> bool:
    standing = next((x for x in case.decision.findings if x.gate == "standing"), None)
    if standing is not None:
        return standing.code in ("not-owner", "no-owner", CLEARED)
    # Where a service does not ask who owns, the answer tells nobody either.
    party = case.request.party
    return not party.kind.is_body and party.owner_id not in {o.person_id for o in record.owners}


def property_of(case: LetterCase) -> dict[str, str]:
    """The property's values of the vocabulary."""
    record, request = case.record, case.request
    code = str(record.code) if record else request.code
    plate = record.plate if record and record.plate else request.plate
    address = (record.address if record else "") or request.answers.get("address", "")
    land, built = _areas(case)
    kind = _kind(case, built)
    values = {
        "kind": kind,
        "code": code,
        "plate": _plate(plate),
        "address": address,
        "use": record.use if record else "",
        "land": format_area(land) if land else "",
        "built": format_area(built) if built else "",
    }
    return {**values, "sentence": _sentence(values, case), "stands": _stands(case)}


def _stands(case: LetterCase) -> str:
    """What the records hold where no stage of building can be: there is nothing, or it is done.

    Not of a property that they don't hold, nor where a visit saw that somebody builds.
    """
    underway = case.report is not None and case.report.condition == "underway"
    if underway or "record" in case.decision.cleared:
        return ""
    permit = next((x for x in case.decision.findings if x.gate == "permit"), None)
    if permit is not None and permit.code == "completed":
        number, kind = permit.values.get("number", ""), permit.values["kind"]
        return f"ساختمان دارای {kind}" + (f" شمارهٔ {number}" if number else "")
    record = case.record
    if record is None or record.built or record.permits or "built" in record.unread:
        return ""
    return "" if record.code.building or record.code.is_unit else "زمین بدون بنا"


def facts_of(case: LetterCase) -> list[tuple[str, str]]:
    """(label, value) of what is known of the property; none where the request is about none."""
    values = property_of(case)
    if not values["sentence"]:
        return []
    record, request = case.record, case.request
    named, _, other = _asked_otherwise(record, request).partition(": ")
    unit = record is not None and record.code.is_unit
    rows = [
        ("نوع ملک", _SHORT.get(values["kind"], "")),
        ("مالک", owners_of(case)),
        (CODE, values["code"]),
        (PLATE, _short(values["plate"])),
        ("مساحت عرصه", f"{values['land']} مترمربع" if values["land"] and not unit else ""),
        ("مساحت اعیان", f"{values['built']} مترمربع" if values["built"] else ""),
        (ADDRESS, values["address"]),
        (named, _short(other)),
    ]
    return [(label, value) for label, value in rows if value]


def _short(plate: str) -> str:
    """A plate as it stands alone, behind its label."""
    return plate.replace(" واقع در", "،")


def _sentence(values: Mapping[str, str], case: LetterCase) -> str:
    paragraph = _paragraph(values, owners_of(case))
    asked = _asked_otherwise(case.record, case.request)
    return f"{paragraph} ({asked})" if paragraph and asked else paragraph


_RECORDS_COUNT = "ملاک این پاسخ سوابق شهرداری است"


def _asked_otherwise(record: PropertyRecord | None, request: Request) -> str:
    """What the request wrote of the property where the records hold another; both are in papers."""
    if record is None:
        return ""
    if request.plate and record.plate and request.plate != record.plate:
        return f"{asked_otherwise(PLATE)}: {_plate(request.plate)}؛ {_RECORDS_COUNT}"
    if request.code and renewal_code(request.code) != record.code:
        return f"{asked_otherwise(CODE)}: {renewal_code(request.code)}؛ {_RECORDS_COUNT}"
    return ""


def _areas(case: LetterCase) -> tuple[Decimal, Decimal]:
    """Land and built area, m²: the record's, else what the visit measured."""
    if case.record is not None:
        return case.record.land, case.record.built
    if case.report is not None:
        return Decimal(case.report.land or 0), Decimal(case.report.built or 0)
    return Decimal(0), Decimal(0)


_PROPERTY, _LAND, _BUILDING = "ملک", "یک قطعه زمین", "یک باب ساختمان"
_FLAT, _SHOP = "یک واحد آپارتمان", "یک باب واحد صنفی"
_SHORT = {_LAND: "زمین", _BUILDING: "ساختمان", _FLAT: "واحد آپارتمان", _SHOP: "واحد صنفی"}


def _kind(case: LetterCase, built: Decimal) -> str:
    record = case.record
    if record is None:
        return _PROPERTY
    if record.code.shop:
        return _SHOP
    if record.code.flat:
        return _FLAT
    if built or record.code.building:
        return _BUILDING
    # A work on what stands, where the records hold no building: «land» would deny the work.
    doubted = (x for x in case.decision.findings if x.gate == "building-on-land")
    return _PROPERTY if any(x.code == CLEARED or not x.passed for x in doubted) else _LAND


def _plate(plate: Plate | None) -> str:
    if plate is None:
        return ""
    sub = f"{plate.sub} فرعی از " if plate.sub else ""
    return f"{sub}{plate.main} اصلی واقع در بخش{NBSP}{plate.section} یزد"


def _paragraph(values: Mapping[str, str], owners: str) -> str:
    """The property paragraph of every letter (DOMAIN.md §3.2), without what is not known.

    Empty where the request is about no property.
    """
    if not any(values[key] for key in ("code", "plate", "address", "land", "built")):
        return ""
    land, built = values["land"], values["built"]
    unit = values["kind"] in (_FLAT, _SHOP)
    areas = []
    if land and not unit:
        areas.append(f"عرصهٔ {land} مترمربع")
    if built:
        areas.append(f"اعیان {built} مترمربع")
    parts = [values["kind"] + (f" به مساحت {' و '.join(areas)}" if areas else "")]
    if values["plate"]:
        parts.append(f"دارای پلاک ثبتی {values['plate']}")
    places = []
    if values["code"]:
        places.append(f"کد نوسازی {values['code']}")
    if values["address"]:
        places.append(f"نشانی {values['address']}")
    if places and not areas and not values["plate"]:
        parts = [f"{values['kind']} به {' و '.join(places)}"]
    elif places:
        parts.append(f"به {' و '.join(places)}")
    if owners:
        parts.append(f"متعلق به {owners}")
    return "، ".join(parts)

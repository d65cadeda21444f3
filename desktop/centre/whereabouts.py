"""Where a visit goes: the property's address on record, else the one that the form gives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.centre.records import in_force
from desktop.centre.records.codec import address_in, from_json
from desktop.centre.records.lookup import texts
from desktop.centre.streams import load_cases
from desktop.centre.visit_tables import BookedVisitRow
from desktop.domain.case import Case
from desktop.domain.city import City
from desktop.domain.city_places import PlaceKind, in_address
from desktop.domain.request import VisitReport
from desktop.domain.state import State
from desktop.domain.visit_place import PropertyPlace, property_place
from desktop.sql.metadata import named, table_of
from desktop.sql.missing import put_rows

_ANSWER = "address"
_VISITS = table_of(BookedVisitRow)
_KEPT = select(_VISITS).where(_VISITS.c.case_id.in_(named("cases")))


class Visit(NamedTuple):
    """Where it goes (empty where neither records nor form say), whom to call, who will be there."""

    address: str
    phone: str
    attending: str


def keep(session: Session, case: Case) -> None:
    """Write down where the case's visit goes; nothing is kept of one that is not booked."""
    if case.state is State.BOOKED:
        put_rows(session, BookedVisitRow, told(case))
    else:
        gone = delete(BookedVisitRow).where(BookedVisitRow.case_id == case.case_id)
        session.execute(gone, execution_options={"synchronize_session": False})


def booked_visits(session: Session, case_ids: Collection[str]) -> dict[str, Visit]:
    """The booked visits among these cases, by case id."""
    kept = session.execute(_KEPT, {"cases": list(case_ids)}).mappings()
    rows: dict[str, Mapping[str, str]] = {row["case_id"]: dict(row) for row in kept}
    if unkept := [case_id for case_id in case_ids if case_id not in rows]:
        # Booked under an earlier program.
        known = load_cases(session, unkept)
        rows |= {case_id: told(case) for case_id, case in known.items()}
    found = _on_record(session, {row["code"] for row in rows.values()})
    return {
        case_id: Visit(found.get(row["code"], "") or row["address"], row["phone"], row["attending"])
        for case_id, row in rows.items()
    }


def address(session: Session, case: Case) -> str:
    """Where the case's property is; empty where neither records nor form say it."""
    given = told(case)["address"]
    if case.decision is None:
        # Until it is decided nothing is asked of the records.
        return given
    return _on_record(session, [case.code]).get(case.code, "") or given


def far_words(session: Session, case: Case, report: VisitReport, city: City) -> str:
    """Why nobody can tell that the report is of the property: so far from its place it was made, or
    it says none itself.

    Empty where it is near, where the property's place is unknown, and where the report says why.
    """
    if report.place_reason.strip():
        return ""
    place = place_of(session, case, city)
    return place.why_not((report.latitude, report.longitude)) if place is not None else ""


def place_of(session: Session, case: Case, city: City) -> PropertyPlace | None:
    """Where the case's property lies; None where neither records nor its address say it."""
    text, given = _texts(session, [case.code]).get(case.code), told(case)["address"]
    if text is None:
        return property_place(("", ""), given, "", city)
    record = from_json(text)
    recorded = record.latitude, record.longitude
    return property_place(recorded, record.address or given, record.neighbourhood, city)


def neighbourhoods(session: Session, codes: Mapping[str, str], city: City) -> dict[str, str]:
    """By case, of these with the codes of their properties: the neighbourhood that the records
    tell, else the one that the address names; empty where neither does."""
    known = {code: from_json(text) for code, text in _texts(session, codes.values()).items()}
    where, found = booked_visits(session, codes.keys()), {}
    for case_id, code in codes.items():
        named = in_address(city.places, where[case_id].address)
        by_address = (each.name for each in named if each.kind is PlaceKind.NEIGHBOURHOOD)
        recorded = known[code].neighbourhood if code in known else ""
        found[case_id] = recorded or next(by_address, "")
    return found


def told(case: Case) -> dict[str, str]:
    """The row of the case's visit: which property, where by the form, whom to call, who comes."""
    return {
        "case_id": case.case_id,
        "code": case.code,
        "address": case.request.answers.get(_ANSWER, ""),
        "phone": case.visit_phone,
        "attending": case.attending,
    }


def _on_record(session: Session, codes: Iterable[str]) -> Mapping[str, str]:
    """By the code of each property that has one, the address that the records give."""
    return {code: address_in(text) for code, text in _texts(session, codes).items()}


def _texts(session: Session, codes: Iterable[str]) -> Mapping[str, str]:
    """What the records in force say, by the code of each property that they have."""
    present, wanted = in_force.number(session), set(filter(None, codes))
    return texts(session, wanted, present) if present is not None and wanted else {}

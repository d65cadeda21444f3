"""Trying the rules on a file: a row of requests.csv as a question, and its answer (RULES.md §5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.city import City
from desktop.domain.decision import decide
from desktop.domain.errors import Refusal
from desktop.domain.form import FieldKind
from desktop.domain.gates import Question
from desktop.domain.identifiers import (
    Plate,
    RenewalCode,
    legal_id,
    natural_id,
    pad_national_id,
    plate,
    renewal_code,
)
from desktop.domain.people import Applicant
from desktop.domain.persian import clean
from desktop.domain.property import Found
from desktop.domain.service import Service
from desktop.domain.words import tell
from desktop.forms.answers import kept_answers
from desktop.forms.values import stored

COLUMNS = (
    "request_id",
    "service",
    "applicant",
    "applicant_id",
    "represented_id",
    "renewal_code",
    "plate_section",
    "plate_main",
    "plate_sub",
    "unchanged",
    "building",
    "deal",
)
INVALID = "invalid"
# Known values of the columns that every file may have; empty is always known.
_UNCHANGED = {"yes": True, "no": False, "": None}
_BUILDINGS = ("land", "finished", "unfinished", "")
_DEALS = ("sale", "gift", "settlement", "mortgage", "rescission", "")
# A letter's number and body are not in such a file.
_NOT_ASKED = frozenset({"inquiry-letter"})

Find = Callable[[RenewalCode | None, Plate | None], Found]


@dataclass(frozen=True)
class Asked:
    """A readable row: who asks for what, about which property."""

    service: Service
    applicant: Applicant
    owner_id: str
    code: RenewalCode | None
    plate: Plate | None
    unchanged: bool | None
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Answered:
    """A row's answer: `gates` are `gate:effect`, sorted, apart by spaces; the amount is Rial."""

    outcome: str
    gates: str
    amount: int
    reason: str


def read(services: Mapping[str, Service], row: Mapping[str, str]) -> Asked:
    """The row as asked. Raises Refusal with the reason when it is invalid."""
    cells = {key: clean(value or "") for key, value in row.items() if key}
    service = services.get(cells.get("service", ""))
    if service is None:
        raise Refusal(f"خدمت «{cells.get('service', '')}» شناخته نیست.")
    if cells.get("applicant") not in {str(kind) for kind in Applicant}:
        raise Refusal(f"متقاضی «{cells.get('applicant', '')}» شناخته نیست.")
    for column, known in (
        ("unchanged", tuple(_UNCHANGED)),
        ("building", _BUILDINGS),
        ("deal", _DEALS),
    ):
        if cells.get(column, "") not in known:
            raise Refusal(f"مقدار «{cells[column]}» در ستون {column} شناخته نیست.")
    applicant = Applicant(cells["applicant"])
    if applicant.holds and applicant not in service.applicants:
        raise Refusal(f"متقاضی «{applicant}» این خدمت را درخواست نمی‌کند.")
    given = {key: value for key, value in cells.items() if value and key not in COLUMNS[:10]}
    fields = {field.key: field for field in service.fields}
    answers = {k: stored(fields[k], v) if k in fields else v for k, v in given.items()}
    _demand_choices(service, answers)
    own, represented = _ids(applicant, cells)
    code, found_plate = _place(cells)
    return Asked(
        service=service,
        applicant=applicant,
        owner_id=represented if applicant.represents else own,
        code=code,
        plate=found_plate,
        unchanged=_UNCHANGED[cells.get("unchanged", "")],
        answers=answers,
    )


def answer(
    services: Mapping[str, Service], row: Mapping[str, str], find: Find, day: date, city: City
) -> Answered:
    """Put the row to the records and the service's gates on the day."""
    try:
        asked = read(services, row)
    except Refusal as refusal:
        return Answered(INVALID, "", 0, refusal.words)
    found = find(asked.code, asked.plate)
    # What the records hold stands before a column of the file.
    given = asked.answers
    known = kept_answers(asked.service, asked.applicant, given, day, found, entered=given)
    question = Question(
        applicant=asked.applicant,
        owner_id=asked.owner_id,
        found=found,
        day=day,
        city=city,
        code=asked.code,
        plate=asked.plate,
        unchanged=asked.unchanged,
        answers={**given, **known},
    )
    gates = tuple(use for use in asked.service.gates if use.gate not in _NOT_ASKED)
    decision = decide(replace(asked.service, gates=gates), question)
    failing = sorted(f"{finding.gate}:{finding.effect}" for finding in decision.failing)
    reasons = [tell(finding, found.as_of).condition for finding in decision.failing]
    return Answered(
        outcome=str(decision.outcome),
        gates=" ".join(failing),
        amount=decision.amount,
        reason="؛ ".join(reasons),
    )


def _demand_choices(service: Service, answers: Mapping[str, str]) -> None:
    """Each choice that a gate's condition rests on must be made, and be one of the form's."""
    asked = {key for use in service.gates for key in use.when.values}
    for field in service.fields:
        if field.key not in asked or field.kind is not FieldKind.CHOICE or not field.required:
            continue
        value = answers.get(field.key, "")
        if value not in {choice.value for choice in field.choices}:
            raise Refusal(f"«{field.label}» ({field.key}) خالی است یا از گزینه‌ها نیست.")


def _ids(applicant: Applicant, cells: Mapping[str, str]) -> tuple[str, str]:
    """The applicant's and the represented person's ids, padded and checked."""
    own, represented = cells.get("applicant_id", ""), cells.get("represented_id", "")
    if applicant is Applicant.COMPANY:
        return legal_id(own), ""
    if applicant.is_body:
        return own, ""
    own = natural_id(pad_national_id(own) if own else "")
    if applicant.represents:
        return own, natural_id(pad_national_id(represented) if represented else "")
    return own, ""


def _place(cells: Mapping[str, str]) -> tuple[RenewalCode | None, Plate | None]:
    """Code and plate, each as far as it can be read; one of them must be there."""
    parts = (cells.get(f"plate_{part}", "") for part in ("section", "main", "sub"))
    try:
        found = plate(*parts)
    except Refusal:
        found = None
    try:
        return renewal_code(cells.get("renewal_code", "")), found
    except Refusal as refusal:
        if found is None:
            raise Refusal(f"نه کد نوسازی خواناست و نه پلاک کامل: {refusal.words}") from None
        return None, found

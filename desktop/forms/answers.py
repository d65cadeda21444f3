"""A filled form against its service: what is kept, and every fault beside its own field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from types import MappingProxyType

from desktop.domain.applying import amended_request
from desktop.domain.errors import Refusal
from desktop.domain.facts import Amended
from desktop.domain.form import Check, FieldKind, ServiceField
from desktop.domain.formula import NotKnown, evaluate
from desktop.domain.identifiers import (
    Plate,
    anyones_id,
    bare_digits,
    plate,
    renewal_code,
)
from desktop.domain.known import values_of
from desktop.domain.people import Applicant, Party
from desktop.domain.persian import clean
from desktop.domain.property import Found
from desktop.domain.request import Aid, Consent, Request, SeenDocument
from desktop.domain.service import Service
from desktop.forms.aid import aid_texts, read_aid
from desktop.forms.documents import contradictions, document_faults
from desktop.forms.party import read_party, typed
from desktop.forms.recorded import record_answers
from desktop.forms.values import fault_of_value, stored, worked_out

RECORD_UNKNOWN, RECORD_FOUND, RECORD_NONE = "unknown", "found", "none"
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NOT_ASKED = "در این درخواست چنین چیزی پرسیده نشده است."
# Whom the request is of does not turn into another kind of applicant.
_FIXED = frozenset({"kind", "foreign", "birth"})
OTHERWISE = "این مقدار در فرم خوانده نمی‌شود؛ دوباره بنویسید."
_AMENDED = {"unchanged", *(f"party.{each.name}" for each in fields(Party))} - {
    f"party.{name}" for name in _FIXED
}


@dataclass(frozen=True)
class Filled:
    """A form as it stands, every value as typed.

    `party` goes by `Party`'s names (`foreign` is `yes` or empty); `record` is what the pre-check
    said: found, none, or unknown when there was no line; `aid` goes by `AID_LABELS`, and is empty
    for who can see, hear and read.
    """

    applicant: Applicant
    party: Mapping[str, str]
    code: str = ""
    plate_section: str = ""
    plate_main: str = ""
    plate_sub: str = ""
    unchanged: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    documents: Sequence[SeenDocument] = ()
    consents: Sequence[Consent] = ()
    record: str = RECORD_UNKNOWN
    aid: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """What is kept of a form, and its faults in the form's order.

    A fault's field is a field's key, `applicant`, `party.<key>`, `property.code`,
    `property.plate`, `unchanged`, `document.<key>`, `consent.<n>` (from 1) or `aid.<key>`.
    """

    party: Party
    code: str
    plate: Plate | None
    unchanged: str
    answers: Mapping[str, str]
    faults: tuple[Refusal, ...]
    aid: Aid | None = None


def conditions(filled: Filled) -> dict[str, str]:
    """What the service's conditions look at."""
    return {**filled.answers, "applicant": str(filled.applicant), "record": filled.record}


def check(service: Service, filled: Filled, today: date) -> Checked:
    """The whole form, all faults at once. Answers that are not asked are dropped."""
    faults: list[Refusal] = []
    if filled.applicant not in service.applicants:
        words = f"«{filled.applicant.word}» این خدمت را درخواست نمی‌کند."
        faults.append(Refusal(words, field="applicant"))
    party, party_faults = read_party(filled.applicant, filled.party, today)
    code, found_plate, property_faults = _property(service, filled)
    answers, answer_faults = read_answers(service, filled, today)
    if filled.applicant.is_body:
        # The gate and the letter name the asking body by this answer.
        answers["body"] = party.name
    faults += party_faults + property_faults + answer_faults
    if filled.unchanged not in ("yes", "no", ""):
        faults.append(Refusal("خوداظهاری: بله یا خیر.", field="unchanged"))
    aid, aid_faults = read_aid(filled.aid, party)
    faults += aid_faults
    faults += _consents(filled, party)
    asked = service.asked_documents({**conditions(filled), **answers})
    recorded = filled.record == RECORD_FOUND
    differing = contradictions(service, asked, filled.documents, answers, recorded=recorded)
    told = {fault.field for fault in differing}
    faults += differing
    standing = document_faults(asked, filled.documents, today)
    faults += [fault for fault in standing if fault.field not in told]
    return Checked(party, code, found_plate, filled.unchanged, answers, tuple(faults), aid)


def check_request(service: Service, request: Request, today: date) -> tuple[Refusal, ...]:
    """The faults of a request as it travels: the centre trusts no form but its own check."""
    plate_ = request.plate
    filled = Filled(
        applicant=request.party.kind,
        party=typed(request.party),
        code=request.code,
        plate_section=str(plate_.section) if plate_ else "",
        plate_main=str(plate_.main) if plate_ else "",
        plate_sub=str(plate_.sub) if plate_ else "",
        unchanged=request.unchanged,
        answers=request.answers,
        documents=request.documents,
        consents=request.consents,
        aid=aid_texts(request.aid),
        # What the desk saw is not known here: only what is asked in any case is demanded.
        record=RECORD_FOUND,
    )
    strange = sorted(request.answers.keys() - _asked(service, request.applicant))
    if strange:
        return tuple(Refusal(_NOT_ASKED, field=key) for key in strange)
    checked = check(service, filled, today)
    return checked.faults or tuple(_otherwise(checked, request))


def _asked(service: Service, applicant: Applicant) -> set[str]:
    """What an answer may be called: a field of the form, or the asking body by its name."""
    return {field.key for field in service.fields} | ({"body"} if applicant.is_body else set())


def _otherwise(checked: Checked, request: Request) -> Iterator[Refusal]:
    """Where a request says otherwise than as a form keeps it: an id in other digits is nobody's to
    whoever compares, and a sign that turns the writing round is read as other words."""
    for each in fields(Party):
        if getattr(checked.party, each.name) != getattr(request.party, each.name):
            yield Refusal(OTHERWISE, field=f"party.{each.name}")
    if checked.code != request.code:
        yield Refusal(OTHERWISE, field="property.code")
    if checked.plate != request.plate:
        yield Refusal(OTHERWISE, field="property.plate")
    for key, text in request.answers.items():
        if key in checked.answers and clean(text) != text:
            yield Refusal(OTHERWISE, field=key)


def check_amendment(
    service: Service, request: Request, amendment: Amended, today: date
) -> tuple[Refusal, ...]:
    """What stands against an amendment: that it names what nobody asks, else the form's own faults
    of the fields that it changes. Of what it leaves as it is nothing is said.
    """
    asked = {*_AMENDED, *(field.key for field in service.fields)}
    strange = sorted(amendment.changes.keys() - asked)
    if strange:
        return tuple(Refusal(_NOT_ASKED, field=key) for key in strange)
    faults = check_request(service, amended_request(request, amendment), today)
    return tuple(fault for fault in faults if fault.field in amendment.changes)


def kept_answers(
    service: Service,
    applicant: Applicant,
    answers: Mapping[str, str],
    today: date,
    found: Found | None = None,
    entered: Mapping[str, str] = _NOTHING,
) -> dict[str, str]:
    """Answers as they are kept, whatever else the form would say of them.

    What can't be read is left out, and what is not asked of these answers. Where the look-up is at
    hand, a field of the record is what the record says; what it lacks is as it was declared. What
    is the expert's to say is only what he `entered`.
    """
    record = found.record if found is not None else None
    said = record_answers(service, record, found.building) if found and record else {}
    seen = {"applicant": str(applicant), "record": RECORD_FOUND}
    if found is not None and record is None:
        seen["record"] = RECORD_NONE
    kept: dict[str, str] = {}
    for asked in service.fields:
        if not asked.when.holds({**seen, **kept}):
            continue
        for given in (entered,) if asked.by_expert else (said, answers):
            try:
                value = _value(service, asked, given, kept, today, str(applicant))
            except Refusal:
                continue
            if value:
                kept[asked.key] = value
                break
    return kept | ({"body": answers["body"]} if answers.get("body") else {})


def decided_upon(
    service: Service, request: Request, found: Found, entered: Mapping[str, str] = _NOTHING
) -> dict[str, str]:
    """A request's answers as a decision and its letter rest on them, by what the records hold now.

    What came from the record comes from it anew, what is worked out is worked out anew (no desk is
    believed), what is the expert's to say is what he `entered`; else the request's own, as far as
    they can be read.
    """
    fields = {field.key: field for field in service.fields}
    own = {
        key: text
        for key, text in request.answers.items()
        if (field := fields.get(key)) is None
        or (field.formula is None and not field.by_expert and not fault_of_value(field, text))
    }
    applicant, today = request.applicant, request.received_on
    return {**own, **kept_answers(service, applicant, request.answers, today, found, entered)}


def read_answers(
    service: Service, filled: Filled, today: date
) -> tuple[dict[str, str], list[Refusal]]:
    """The answers as kept, by field key, and their faults. Empty ones are left out."""
    kept: dict[str, str] = {}
    seen = {"applicant": str(filled.applicant), "record": filled.record}
    faults = _read(service, service.form_fields, filled.answers, seen, kept, today)
    faults += check_faults(service, service.checks, seen, kept, today)
    return kept, faults


def read_entered(
    service: Service, conditions: Mapping[str, str], entered: Mapping[str, str], today: date
) -> tuple[dict[str, str], list[Refusal]]:
    """What the expert enters, as kept, and its faults; what he sees worked out is there too.

    `conditions` are the case's (`Case.conditions`).
    """
    own = [field for field in service.fields if field.by_expert]
    keys = {field.key for field in own}
    said = {field.key: conditions.get(field.key, "") for field in service.form_fields}
    kept = {field.key: said[field.key] for field in service.form_fields if _is_read(field, said)}
    faults = _read(service, own, entered, conditions, kept, today)
    checks = [check for check in service.checks if check.holds.roots & keys]
    faults += check_faults(service, checks, conditions, kept, today)
    return {key: kept[key] for key in kept if key in keys}, faults


def _is_read(field: ServiceField, said: Mapping[str, str]) -> bool:
    return bool(said[field.key]) and not fault_of_value(field, said[field.key])


def _read(
    service: Service,
    fields: Iterable[ServiceField],
    typed: Mapping[str, str],
    seen: Mapping[str, str],
    kept: dict[str, str],
    today: date,
) -> list[Refusal]:
    """Read each field that is asked, after those before it, into `kept`; the faults."""
    faults = []
    for asked in fields:
        # A field's condition looks at earlier answers as they are kept, not as they were typed.
        if not asked.when.holds({**seen, **kept}):
            continue
        try:
            value = _value(service, asked, typed, kept, today, seen["applicant"])
            _demand(asked, value)
            _order(service, asked, value, kept, today)
        except Refusal as refusal:
            faults.append(Refusal(refusal.words, field=asked.key))
            continue
        if value:
            kept[asked.key] = value
    return faults


def _value(
    service: Service,
    asked: ServiceField,
    answers: Mapping[str, str],
    kept: Mapping[str, str],
    today: date,
    applicant: str,
) -> str:
    """What is kept of a field: as typed, or as other answers give it; empty for nothing yet."""
    if asked.formula is None:
        return stored(asked, answers.get(asked.key, ""))
    try:
        values = values_of(service.fields, kept, today, applicant)
        return worked_out(asked, asked.formula, values)
    except NotKnown:
        return ""


def check_faults(
    service: Service,
    checks: Iterable[Check],
    seen: Mapping[str, str],
    kept: Mapping[str, str],
    today: date,
) -> list[Refusal]:
    """What must hold between the answers and does not; what rests on a missing answer waits.

    `seen` is what conditions look at, `kept` the answers as kept.
    """
    values = values_of(service.fields, kept, today, seen["applicant"])
    faults = []
    for check_ in checks:
        if not check_.when.holds({**seen, **kept}):
            continue
        try:
            holds = bool(evaluate(check_.holds, values))
        except NotKnown:
            continue
        if not holds:
            faults.append(Refusal(check_.words, field=check_.field))
    return faults


def _demand(asked: ServiceField, value: str) -> None:
    if not asked.required:
        return
    if asked.kind is FieldKind.TICK and value != "yes":
        raise Refusal(f"«{asked.label}» باید پذیرفته شود.")
    if not value:
        verb = "برگزینید" if asked.choices else "وارد کنید"
        raise Refusal(f"{asked.label} را {verb}.")


def _order(
    service: Service, asked: ServiceField, value: str, kept: Mapping[str, str], today: date
) -> None:
    if asked.kind is not FieldKind.DATE or not value:
        return
    day = date.fromisoformat(value)
    if asked.not_after_today and day > today:
        raise Refusal(f"{asked.label} باید امروز یا پیش از آن باشد.")
    if asked.not_before_today and day < today:
        raise Refusal(f"{asked.label} باید امروز یا پس از آن باشد.")
    earlier = kept.get(asked.not_before, "")
    if earlier and day < date.fromisoformat(earlier):
        other = service.field(asked.not_before).label
        raise Refusal(f"{asked.label} باید همان روز {other} یا پس از آن باشد.")


def _property(service: Service, filled: Filled) -> tuple[str, Plate | None, list[Refusal]]:
    faults: list[Refusal] = []
    code, found = "", None
    parts = (filled.plate_section, filled.plate_main, filled.plate_sub)
    if filled.code.strip():
        try:
            code = str(renewal_code(filled.code[:200]))
        except Refusal as refusal:
            faults.append(Refusal(refusal.words, field="property.code"))
    try:
        found = plate(*(part[:50] for part in parts))
        # Sub-plate and section alone say nothing; a form's section list may stand chosen by itself.
        if found is None and (bare_digits(parts[1]) or bare_digits(parts[2])):
            raise Refusal("فرعی، اصلی و بخش پلاک ثبتی را کامل کنید؛ بی‌فرعی صفر است.")
    except Refusal as refusal:
        faults.append(Refusal(refusal.words, field="property.plate"))
    if service.needs_property and not faults and not code and found is None:
        faults.append(Refusal("کد نوسازی یا پلاک ثبتی را وارد کنید.", field="property.code"))
    return code, found, faults


def _consents(filled: Filled, party: Party) -> list[Refusal]:
    faults: list[Refusal] = []
    before = {party.owner_id} - {""}
    for number, consent in enumerate(filled.consents, start=1):
        try:
            person = anyones_id(consent.person_id)
            if person in before:
                raise Refusal("این مالک یک بار آمده است.")
            before.add(person)
        except Refusal as refusal:
            faults.append(Refusal(refusal.words, field=f"consent.{number}"))
    return faults

"""What a letter's QR says of it: the same facts as its paper, so that a changed one shows."""

from __future__ import annotations

from decimal import Decimal

from desktop.centre.letter_case import LetterCase
from desktop.centre.letter_property import owners_of
from desktop.domain.calendar import compact
from desktop.domain.letter import Essence, LetterKind, LetterText
from desktop.domain.property import FULL_DANG
from desktop.domain.service import Service
from desktop.forms.values import shown
from desktop.wire.essence import fitted
from desktop.wire.letter_code import room

_PURPOSE, _OTHER = "purpose", "سایر"


def essence_of(
    service: Service,
    kind: LetterKind,
    case: LetterCase,
    text: LetterText,
    *,
    number: str,
    office: str,
) -> Essence:
    """The essence of a letter of a case, no longer than a QR can carry."""
    record, request = case.record, case.request
    plate = record.plate if record and record.plate else request.plate
    essence = Essence(
        key_id="",
        number=number,
        issued=compact(case.day),
        office=office,
        service=service.code,
        outcome=kind.value,
        renewal_code=str(record.code) if record else request.code,
        valid_until=compact(case.valid_until) if case.valid_until else "",
        owner_tail=request.party.owner_id[-4:],
        digest=text.digest(),
        plate=plate,
        area=record.land if record and record.land and not record.code.is_unit else None,
        owner=owners_of(case),
        share=_share(case),
        amount=case.decision.amount if kind is LetterKind.DEBT else None,
        purpose=_purpose(service, kind, case),
        made=text.made,
    )
    return fitted(essence, room(essence.issued))


def _share(case: LetterCase) -> Decimal | None:
    """How many dang of six the asking owner has, where it is not the whole."""
    owners = case.record.owners if case.record is not None and owners_of(case) else ()
    own = [each.dang for each in owners if each.person_id == case.request.party.owner_id]
    return own[0] if len(own) == 1 and own[0] != FULL_DANG else None


def _purpose(service: Service, kind: LetterKind, case: LetterCase) -> str:
    """What the paper says that it is for."""
    if kind is not LetterKind.ANSWER:
        return ""
    field = next((each for each in service.fields if each.key == _PURPOSE), None)
    chosen = case.request.answers.get(_PURPOSE, "")
    return shown(field, chosen) if field is not None and chosen and chosen != _OTHER else ""

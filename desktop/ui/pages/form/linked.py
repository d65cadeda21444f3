"""A form opened from a case of another service, with what is known carried over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from desktop.actions import board, documents, drafts, intake
from desktop.actions.desk import Seat
from desktop.domain.calendar import iso_jalali
from desktop.domain.case import Case
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.form import ALWAYS
from desktop.domain.request import DocumentFile, Request
from desktop.domain.service import LinkedService, Service
from desktop.forms.party import typed
from desktop.ui import places
from desktop.ui.pages.form.inputs import as_typed
from desktop.ui.pages.form.kept import untyped
from desktop.ui.places import Place


def open_linked(seat: Seat, case: Case, link: LinkedService, *, linked: bool = True) -> Place:
    """A draft of the linked service, filled from the case, and the place of its form.

    Not `linked`: the new case will stand for itself. Raises Refusal when the counter does not
    offer that service today.
    """
    service = intake.services(seat.desk).get(link.service)
    if service is None:
        raise Refusal(f"«{link.title}» امروز در پیشخوان ارائه نمی‌شود.")
    kept = _kept(case, link, service) | {"documents": _documents(seat, case, service)}
    kept["linked_to"] = case.case_id if linked else ""
    body = json.dumps(kept, ensure_ascii=False)
    draft_id = drafts.save(seat, "", service.code, case.request.party.name, body)
    return places.Form(service.code, draft_id)


def open_again(seat: Seat, case_id: str, code: str) -> Place:
    """A draft of another service for the applicant and property of a case, and its form's place.

    Raises Refusal when the counter does not offer that service today, or the case is not here.
    """
    case = board.look(seat.desk, case_id).case
    if case is None:
        raise Refusal("چنین پرونده‌ای نیست.")
    return open_linked(seat, case, LinkedService(code, code, ALWAYS, {}, {}), linked=False)


def _kept(case: Case, link: LinkedService, service: Service) -> dict[str, Any]:
    """The form as it would have been typed (`FormBody.kept`)."""
    request = case.request
    plate = request.plate
    return untyped(
        _party(request, service),
        request.consents,
        request.code,
        f"{plate.sub}-{plate.main}-{plate.section}" if plate else "",
        _answers(request, link, service),
    )


def _party(request: Request, service: Service) -> dict[str, str]:
    party = request.party
    texts = {f"party.{key}": text for key, text in typed(party).items() if text}
    if party.birth is not None:
        texts["party.birth"] = iso_jalali(party.birth)
    if party.kind in service.applicants:
        texts["applicant"] = party.kind.value
    return texts


def _answers(request: Request, link: LinkedService, service: Service) -> dict[str, str]:
    """Fields of one key, fields that the link names, and what it gives; never the records' own."""
    kinds = {field.key: field.kind for field in service.form_fields if not field.record}
    found = {key: value for key, value in request.answers.items() if key in kinds}
    found |= {theirs: request.answers.get(ours, "") for theirs, ours in link.carry.items()}
    found |= link.give
    return {key: as_typed(kinds.get(key), value) for key, value in found.items() if value}


def _documents(seat: Seat, case: Case, service: Service) -> Mapping[str, Mapping[str, str]]:
    keys = {document.key for document in service.documents}
    held_by = case.case_id
    return {
        held.key: {
            "seen": "yes" if held.seen else "",
            "number": held.number,
            "date": iso_jalali(held.dated) if held.dated else "",
            "papers": _papers(seat, held_by, held.file),
        }
        for held in case.request.documents
        if held.key in keys
    }


def _papers(seat: Seat, case_id: str, file: DocumentFile | None) -> str:
    """The pages as a draft keeps them; nothing where they are not within reach now."""
    if file is None:
        return ""
    try:
        return documents.to_text(documents.papers_of(seat, case_id, file))
    except (Refusal, LineDown):
        return ""

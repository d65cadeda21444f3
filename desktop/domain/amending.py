"""A request as an amendment leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop.domain import facts as f
from desktop.domain.request import Request, SeenDocument


def amended(request: Request, amendment: f.Amended) -> Request:
    """The request with changed answers, party fields (`party.…`) and documents."""
    party_changes: dict[str, Any] = {
        key.removeprefix("party."): value
        for key, value in amendment.changes.items()
        if key.startswith("party.")
    }
    answers = {k: v for k, v in amendment.changes.items() if not k.startswith("party.")}
    unchanged = answers.pop("unchanged", request.unchanged)
    documents = {document.key: document for document in request.documents}
    documents |= {document.key: document for document in amendment.documents}
    return replace(
        request,
        party=replace(request.party, **party_changes),
        answers={**request.answers, **answers},
        unchanged=unchanged,
        documents=_in_order(documents),
    )


def _in_order(documents: Mapping[str, SeenDocument]) -> tuple[SeenDocument, ...]:
    return tuple(documents.values())

"""A form as its draft keeps it, made without anybody having typed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desktop.domain.request import Consent
from desktop.forms.answers import RECORD_UNKNOWN
from desktop.ui.pages.form.property import CODE, PLATE


def untyped(
    party: Mapping[str, str],
    consents: Iterable[Consent],
    code: str,
    plate: str,
    details: Mapping[str, str],
    *,
    focus: str = "",
) -> dict[str, Any]:
    """Person, property and answers as `FormBody.kept` gives them; nothing else is known yet."""
    return {
        "party": dict(party),
        "consents": [[each.person_id, each.name] for each in consents],
        "property": {CODE: code, PLATE: plate},
        "details": dict(details),
        "fee": {},
        "reason": "",
        "record": RECORD_UNKNOWN,
        "folded": [],
        "focus": focus,
        "visited": [],
    }

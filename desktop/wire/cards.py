"""An office's card as text: what is published of it, and what is kept of each of its terms."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace

from desktop.domain.office import OfficeCard
from desktop.wire.canon import canon
from desktop.wire.codec import adapter, plain


def card_text(card: OfficeCard) -> str:
    """The card without its id, which is its key; what nobody told of it is left out, so that the
    text of a card of before is what it was."""
    told = plain(card)
    del told["office_id"]
    unsaid = plain(OfficeCard("", "", "", "", "", 0, "", sample=False))
    for field in fields(OfficeCard):
        untold = field.default is not MISSING and told.get(field.name) == unsaid[field.name]
        if field.name in told and untold:
            del told[field.name]
    return canon(told)


def read_card(text: str, office_id: str) -> OfficeCard:
    """The card of the office. Raises ValueError for a text that is none."""
    card: OfficeCard = adapter(OfficeCard).validate_json(text)
    return replace(card, office_id=office_id)

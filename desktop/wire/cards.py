"""An office's card as text: what is published of it, and what is kept of each of its terms."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, replace

from desktop.domain.act import Act
from desktop.domain.office import OfficeCard
from desktop.wire.canon import canon
from desktop.wire.codec import adapter, plain


@dataclass(frozen=True)
class _Change:
    """What a published text tells beside the card."""

    act: Act | None = None


def card_text(card: OfficeCard, act: Act | None = None) -> str:
    """The card without its id, which is its key; what nobody told of it is left out, so that the
    text of a card of before is what it was.

    Beside it stands the act that it rests on, where one is named: it is of this change alone, not
    of the office as it is, so that no later card goes on with it.
    """
    told = plain(card)
    del told["office_id"]
    unsaid = plain(OfficeCard("", "", "", "", "", 0, "", sample=False))
    for field in fields(OfficeCard):
        untold = field.default is not MISSING and told.get(field.name) == unsaid[field.name]
        if field.name in told and untold:
            del told[field.name]
    if act is not None:
        told["act"] = plain(act)
    return canon(told)


def read_card(text: str, office_id: str) -> OfficeCard:
    """The card of the office. Raises ValueError for a text that is none."""
    card: OfficeCard = adapter(OfficeCard).validate_json(text)
    return replace(card, office_id=office_id)


def read_act(text: str) -> Act | None:
    """The act that the card of that text rests on; None where it names none. Raises ValueError for
    one that can't be read."""
    change: _Change = adapter(_Change).validate_json(text)
    return change.act

"""What was done with a letter of this office, for who checks its paper here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.actions import standing as standings
from desktop.actions.checking import FoundLetter
from desktop.actions.desk import Desk
from desktop.domain import facts as f
from desktop.domain.errors import Refusal
from desktop.ui.standing.happenings import log_of
from desktop.ui.widgets.lists.timeline import Happening

_OF_LETTER = f.LetterReleased | f.LetterPrinted | f.HandedOver | f.LetterVoided
# Who received it, and why it was voided; of the others all is said on the letter.
_TOLD = f.HandedOver | f.LetterVoided


def done_with(desk: Desk, found: FoundLetter) -> Sequence[Happening]:
    """From its issue to its hand-over, the newest first; nothing of a letter of another office."""
    essence = found.checked.judged.essence
    if not found.case_id or essence is None:
        return ()
    try:
        standing = standings.of_case(desk, found.case_id)
    except Refusal:
        # Its service has not come here yet: the way to the case is there all the same.
        return ()
    case = standing.view.case
    if case is None:
        return ()
    ids = {held.letter.letter_id for held in case.letters if held.letter.number == essence.number}
    log = log_of(
        standing.view.confirmed, standing.view.provisional, standing.service, standing.today
    )
    return [
        replace(
            happening,
            links=(),
            detail=happening.detail if isinstance(fact.payload, _TOLD) else "",
        )
        for fact, happening in log
        if _letter_of(fact.payload) in ids
    ]


def _letter_of(payload: object) -> str:
    if isinstance(payload, f.LetterIssued):
        return payload.letter.letter_id
    return payload.letter_id if isinstance(payload, _OF_LETTER) else ""

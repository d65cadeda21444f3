"""Whether a letter is released by the person who says so: by their own key, over the drawn copy."""

from __future__ import annotations

from desktop.domain.case import Case
from desktop.domain.commands import ReleaseLetter
from desktop.domain.errors import Refusal
from desktop.domain.people import Staff
from desktop.wire.letters import released
from desktop.wire.link import verifies

NOT_SIGNED = "امضای شخصی این کار درست نیست؛ دوباره با گذرواژه انجام دهید."
_FIRST = 1


def demand_own_release(centre: str, case: Case, payload: ReleaseLetter, actor: Staff) -> None:
    """Raise Refusal unless the release is signed over the letter's number and the copy's sha256.

    Who was enrolled by an earlier program has no key for it, and signs nothing.
    """
    if not actor.release_key and not payload.signature:
        return
    letters = (held.letter for held in case.letters)
    number = next((each.number for each in letters if each.letter_id == payload.letter_id), "")
    said = released(centre, number, payload.layout, _FIRST, payload.sha256)
    if not verifies(actor.release_key, payload.signature, said):
        raise Refusal(NOT_SIGNED)

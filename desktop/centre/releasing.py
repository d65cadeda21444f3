"""Whether a letter is released, or ended, by the persons who are said to: by their own keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from desktop.centre.people import signer_at
from desktop.centre.tables import DeviceRow, PersonRow
from desktop.domain.case import Case
from desktop.domain.commands import ReleaseLetter, VoidLetter
from desktop.domain.errors import Refusal
from desktop.domain.letter import Letter
from desktop.domain.people import Staff
from desktop.wire.assent import witnessed
from desktop.wire.essence import is_line
from desktop.wire.letters import is_proven, released
from desktop.wire.link import verifies

NOT_WITNESSED = "تأیید همکار زیر ابطال نامه درست نیست؛ دوباره با گذرواژهٔ او انجام دهید."
NOT_SIGNED = "امضای شخصی این کار درست نیست؛ دوباره با گذرواژه انجام دهید."
_FIRST = 1


def demand_own_release(centre: str, case: Case, payload: ReleaseLetter, actor: Staff) -> None:
    """Raise Refusal unless the person signed the letter's number with the copy's sha256, and the
    copy itself carries the person's signature.

    Of a letter that an earlier program issued who was enrolled by one, and has no key for it, signs
    nothing.
    """
    letters = (held.letter for held in case.letters)
    letter = next((each for each in letters if each.letter_id == payload.letter_id), None)
    before = letter is not None and is_line(bytes.fromhex(letter.essence))
    if before and not actor.release_key and not payload.signature:
        return
    if letter is None or not _is_signed(centre, letter, payload, actor.release_key):
        raise Refusal(NOT_SIGNED)
    # What an earlier program issued has no place for it.
    proven = payload.proof is None if before else _is_own(letter, payload, actor)
    if not proven:
        raise Refusal(NOT_SIGNED)


def demand_own_witness(
    session: Session, centre: str, device: DeviceRow, payload: VoidLetter, made_at: datetime
) -> None:
    """Raise Refusal unless the second person, where one is named, signed the letter's end at the
    desk from which it came; `made_at` is when."""
    if not payload.witness:
        return
    row = session.get(PersonRow, payload.witness)
    said = witnessed(centre, payload.letter_id, payload.reason, payload.witness)
    given = payload.witness_signature
    if row is None or signer_at(session, row, device, given, said, made_at=made_at) is None:
        raise Refusal(NOT_WITNESSED, field="witness")


def _is_signed(centre: str, letter: Letter, payload: ReleaseLetter, public: str) -> bool:
    said = released(centre, letter.number, payload.layout, _FIRST, payload.sha256)
    return verifies(public, payload.signature, said)


def _is_own(letter: Letter, payload: ReleaseLetter, actor: Staff) -> bool:
    """Whether the copy carries the person's own word, of the day that stands on it."""
    proof = payload.proof
    return (
        proof is not None
        and proof.on == payload.on
        and is_proven(actor.release_key, letter, proof, _FIRST)
    )

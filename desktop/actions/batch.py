"""A batch of letters under one password: each stamped by its own act, then printed in turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.actions import access, letters, stamping
from desktop.actions.access import Confirmed
from desktop.actions.desk import Seat
from desktop.actions.stamping import Chosen, released_at_centre, stamped_here
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.commands import ReleaseLetter
from desktop.domain.errors import Refusal
from desktop.store import ledger, outbox, view, work_items
from desktop.store.ledger import Printing, PrintState
from desktop.store.open import Session

__all__ = ["Confirmed", "Printing"]


class LetterFate(StrEnum):
    """Where a letter of a batch stands.

    To be stamped; not stamped after all, or not to be printed any more; its stamp is on its way to
    the centre; stamped at another desk; to be printed; on its way to the printer; nobody knows
    whether paper came out; the printer did not take it; on paper.
    """

    TO_STAMP = "to-stamp"
    REFUSED = "refused"
    SENDING = "sending"
    ELSEWHERE = "elsewhere"
    READY = "ready"
    SPOOLING = "spooling"
    DOUBTED = "doubted"
    FAILED = "failed"
    PRINTED = "printed"


STAMPED = frozenset(LetterFate) - {LetterFate.TO_STAMP, LetterFate.REFUSED, LetterFate.ELSEWHERE}
"""The batch's own stamp stands on these, at the centre or on its way there."""


@dataclass(frozen=True)
class BatchLetter:
    """A letter of a batch as it stands now.

    `words` say why it was refused, `at` (UTC) when it came on paper; `doubt` is the copy of
    which nobody has said whether it came out; `held` is as the centre confirmed it once that is
    stamped, counting the copies that are still on their way there.
    """

    chosen: Chosen
    case: Case
    held: CaseLetter
    fate: LetterFate
    words: str = ""
    at: datetime | None = None
    doubt: Printing | None = None

    @property
    def withheld(self) -> bool:
        """Refused with its stamp on it: what it does not get any more is paper."""
        return self.fate is LetterFate.REFUSED and self.held.release is not None


def open_batch(seat: Seat, password: str) -> Confirmed:
    """The person's key for this batch alone; slow on purpose. Raises Refusal: wrong password."""
    seat.desk.demand_stamp()
    return access.confirm(seat, password)


def stamp_one(confirmed: Confirmed, chosen: Chosen) -> None:
    """Stamp a letter of the batch. Raises Refusal: why it can't be stamped any more."""
    with confirmed.seat.desk.store.reading() as session:
        held = stamping.demand_free(session, confirmed.seat, chosen)
    letters.stamp(confirmed, chosen.case_id, held.letter, unseen=chosen.unseen)


def look(seat: Seat, batch: Sequence[Chosen]) -> list[BatchLetter]:
    """These letters as they stand, all of one moment. Raises Refusal for one that is not here."""
    with seat.desk.store.reading() as session:
        return [_look(session, seat, chosen) for chosen in batch]


def _look(session: Session, seat: Seat, chosen: Chosen) -> BatchLetter:
    stands = view.of_case(session, chosen.case_id, seat.desk.reference.setting_for)
    case = stands.case
    if case is None:
        raise Refusal("چنین پرونده‌ای نیست.")
    held = case.letter(chosen.letter_id)
    if not held.live:
        words = "نامه ابطال شد" if held.voided else "بدهی تسویه شد"
        return BatchLetter(chosen, case, held, LetterFate.REFUSED, words)
    if held.release is None:
        words = _refusal(session, chosen)
        return BatchLetter(
            chosen, case, held, LetterFate.REFUSED if words else LetterFate.TO_STAMP, words
        )
    sent = ledger.of_letter(session, chosen.letter_id)
    # A sheet that may be out, or is, stays what it is: the office has it, or must say so.
    on_paper = bool(held.copies or (sent and sent[-1].state is not PrintState.FAILED))
    if case.recalls(held) and not on_paper:
        return BatchLetter(chosen, case, held, LetterFate.REFUSED, stamping.RECALLED)
    known = released_at_centre(stands, chosen.letter_id)
    if known is None:
        return BatchLetter(chosen, case, held, LetterFate.SENDING)
    paper = known if known.copies == held.copies else held
    if held.copies:
        ended = sent[-1].ended_at if sent else None
        return BatchLetter(chosen, case, paper, LetterFate.PRINTED, at=ended)
    if not sent:
        ours = chosen.to_print or stamped_here(session, stands, chosen.letter_id)
        return BatchLetter(chosen, case, paper, LetterFate.READY if ours else LetterFate.ELSEWHERE)
    last = sent[-1]
    fate = {
        PrintState.SPOOLING: LetterFate.SPOOLING,
        PrintState.UNKNOWN: LetterFate.DOUBTED,
        PrintState.FAILED: LetterFate.FAILED,
        PrintState.PRINTED: LetterFate.PRINTED,
    }[last.state]
    return BatchLetter(
        chosen, case, paper, fate, doubt=last if fate is LetterFate.DOUBTED else None
    )


def _refusal(session: Session, chosen: Chosen) -> str:
    """Why the centre did not take this letter's stamp; empty where it said nothing of it."""
    for item in work_items.waiting(session, chosen.case_id):
        if item.command_kind != ReleaseLetter.kind:
            continue
        command = outbox.find(session, item.command_id)
        stamp = command.payload if command is not None else None
        if isinstance(stamp, ReleaseLetter) and stamp.letter_id == chosen.letter_id:
            return item.centre_words or "نزد مرکز متوقف است"
    return ""

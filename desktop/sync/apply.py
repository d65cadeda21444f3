"""The one path by which facts come in: position, chain and the centre's signature, all verified."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from desktop.domain.day_register import DayClosed
from desktop.domain.elsewhere import CopyPrinted
from desktop.domain.facts import TakenOver
from desktop.domain.stamped_sheets import SheetsDropped, SheetsTaken
from desktop.domain.stream import (
    CommandHeld,
    CommandRefused,
    DeviceTold,
    Fact,
    HomeFact,
    LettersEnded,
    PersonEnrolled,
    Published,
)
from desktop.domain.told_paper import PaperTold
from desktop.store import facts, heads, meta, people, published, stamped_sheets, view, work_items
from desktop.store.facts import ArrivedFact, Cursor
from desktop.store.open import Session
from desktop.store.steps import Step, go_on
from desktop.store.view import SettingFor
from desktop.wire.canon import link_hash
from desktop.wire.codec import Unreadable, decode_fact
from desktop.wire.heads import SignedHead
from desktop.wire.payloads import Slice


class Disbelieved(Exception):
    """The centre's answer can't be true: nothing of it is applied and an alarm is raised.

    `code` is `epoch`, `signature`, `stream`, `position`, `chain` or `envelope`.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


class Applied:
    """What a transaction brought: cases to show anew, reference data `told` by its place, that
    letters have `ended`, `more` to pull; of what was pushed how many commands were `taken`, that
    it was `cut` where the centre took only the first, and whether by then more `waited`."""

    def __init__(self) -> None:
        self.ended = False
        self.cases: set[str] = set()
        self.facts = 0
        self.told: dict[int, Published] = {}
        self.more = False
        self.taken = 0
        self.cut = False
        self.waited = False


def apply_slices(
    session: Session,
    slices: Sequence[Slice],
    streams: Sequence[str],
    setting_for: SettingFor,
    step: Step = go_on,
) -> Applied:
    """Facts, cursors and view of these slices, in the caller's one transaction.

    A slice that does not begin at the cursor is left for the next pull. Raises Disbelieved.
    """
    applied = Applied()
    cursors = facts.cursors(session, streams)
    for piece in slices:
        if piece.stream not in streams:
            raise Disbelieved("stream", f"{piece.stream} was not asked for")
        _apply(session, piece, cursors[piece.stream], applied, step)
    published.keep(session, applied.told)
    view.refresh(session, sorted(applied.cases), setting_for)
    step("apply:view")
    return applied


def _apply(session: Session, piece: Slice, at: Cursor, applied: Applied, step: Step) -> None:
    arrived = _verified(session, piece, at)
    if piece.after != at.pos:
        applied.more = True
        return
    if not arrived:
        if piece.more:
            raise Disbelieved("position", f"{piece.stream} has more than {piece.pos}, gives none")
        if piece.pos and (at.signed is None or at.signed.epoch != piece.epoch):
            # The same place, signed in another life of the centre: that life has it too.
            facts.move_cursor(session, head_of(piece))
            heads.keep(session, head_of(piece), at)
        return
    facts.append(session, arrived)
    step("apply:facts")
    head = head_of(piece)
    facts.move_cursor(session, head)
    step("apply:cursor")
    heads.keep(session, head, at)
    for line in arrived:
        _project(session, line, applied)
    applied.facts += len(arrived)
    applied.more |= piece.more


def head_of(piece: Slice) -> SignedHead:
    """The head to which the slice leads, as the centre signed it."""
    return SignedHead(piece.stream, piece.pos, piece.hash, piece.epoch, piece.time, piece.signature)


def _verified(session: Session, piece: Slice, at: Cursor) -> list[ArrivedFact]:
    identity = meta.get(session).identity
    if piece.epoch != identity.epoch:
        raise Disbelieved("epoch", f"{piece.epoch} is not {identity.epoch}")
    if not head_of(piece).is_signed(identity.heads_key, identity.centre):
        raise Disbelieved("signature", f"{piece.stream} to {piece.pos}")
    if piece.pos != piece.after + len(piece.facts):
        raise Disbelieved("position", f"{piece.stream} ends at {piece.pos}")
    if piece.after != at.pos:
        return []
    chain, found = at.hash, []
    for offset, canon in enumerate(piece.facts, start=1):
        chain = link_hash(chain, canon)
        try:
            line = facts.arrived(canon, chain)
        except Unreadable as fault:
            raise Disbelieved("envelope", str(fault)) from fault
        if (line.stream, line.pos) != (piece.stream, at.pos + offset):
            raise Disbelieved("position", f"{line.stream} {line.pos} after {at.pos + offset - 1}")
        found.append(line)
    if chain != piece.hash:
        raise Disbelieved("chain", f"{piece.stream} to {piece.pos}")
    return found


def _project(session: Session, line: ArrivedFact, applied: Applied) -> None:
    if line.rev:
        applied.cases.add(line.case_id)
    try:
        fact = decode_fact(line.canon)
    except Unreadable:
        # A newer program's: kept, and its case is shown as "needs update".
        return
    if isinstance(fact.payload, TakenOver):
        # Before anything asks whether its letters were released by who is said to have.
        people.keep_release_keys(session, fact.payload.keys)
    work_items.keep(session, fact)
    stamped_sheets.keep(session, fact)
    _bring_about(session, fact, applied)


def _bring_about(session: Session, fact: Fact, applied: Applied) -> None:
    if isinstance(fact.payload, HomeFact):
        APPLIED[type(fact.payload)](session, fact, applied)


def _answered(_: Session, fact: Fact, applied: Applied) -> None:
    payload = fact.payload
    if isinstance(payload, CommandRefused | CommandHeld):
        applied.cases.add(payload.case_id)


def _enrolled(session: Session, fact: Fact, applied: Applied) -> None:
    if isinstance(fact.payload, PersonEnrolled):
        people.keep(session, fact, fact.payload)
        applied.cases |= {*work_items.proven_after_all(session)}


def _published(_: Session, fact: Fact, applied: Applied) -> None:
    if isinstance(fact.payload, Published):
        applied.told[fact.pos] = fact.payload


def _ended(_: Session, __: Fact, applied: Applied) -> None:
    applied.ended = True


def _kept(_: Session, __: Fact, ___: Applied) -> None:
    """Days are read among the facts themselves (`store.closings`); sheets, and papers that somebody
    doubts, are kept with facts of cases; devices are the centre's business."""


APPLIED: Mapping[type[HomeFact], Callable[[Session, Fact, Applied], None]] = {
    CommandRefused: _answered,
    CommandHeld: _answered,
    PersonEnrolled: _enrolled,
    DeviceTold: _kept,
    Published: _published,
    LettersEnded: _ended,
    DayClosed: _kept,
    SheetsTaken: _kept,
    SheetsDropped: _kept,
    PaperTold: _kept,
    CopyPrinted: _kept,
}
"""What a fact that is no case's brings about here."""

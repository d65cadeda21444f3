"""Letters that wait for the stamp: the piles they lie in, what was seen, who may stamp which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop.actions import arrived
from desktop.actions.board import Listing
from desktop.actions.desk import OLD_PROGRAM, UNPROVEN, Seat
from desktop.actions.letter_checks import barrier_now
from desktop.domain import facts as f
from desktop.domain import lawful_letters
from desktop.domain.case import Case
from desktop.domain.case_letters import CaseLetter
from desktop.domain.decision import Outcome
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.store import ledger, meta, outbox, queue, seen, view
from desktop.store.ledger import Printing
from desktop.store.open import Session
from desktop.store.queue import Order, QueueFilter
from desktop.store.row import QueueCase, shown_letter
from desktop.store.view import View

MOST = 60
"""So many letters at the most under one password."""

CHANGED = "پرونده تغییر کرده است؛ آن را باز کنید و ببینید."
RECALLED = "ابطال آن خواسته شده است"
_DOUBTED = "پرداختی که مبنای این نامه است تأیید نشد؛ پرونده را باز کنید و ببینید."
_PAGE = 64
_ANSWERS = (Outcome.ANSWER, Outcome.REFUSE)


class Pile(StrEnum):
    """Which letters are listed: all to be stamped, one kind of them, those whose answer came when
    the line came back, or stamped and not printed."""

    ALL = "all"
    ANSWERS = "answers"
    DEBTS = "debts"
    REFUSALS = "refusals"
    ARRIVED = "arrived"
    UNPRINTED = "unprinted"


_TO_STAMP = QueueFilter(to_release=True)
_FILTERS: Mapping[Pile, QueueFilter] = {
    Pile.ALL: _TO_STAMP,
    Pile.ANSWERS: replace(_TO_STAMP, outcomes=frozenset({Outcome.ANSWER})),
    # Any other outcome's letter tells what is owed, also beside a visit or a review.
    Pile.DEBTS: replace(_TO_STAMP, outcomes=frozenset(Outcome) - frozenset(_ANSWERS)),
    Pile.REFUSALS: replace(_TO_STAMP, outcomes=frozenset({Outcome.REFUSE})),
    # Which these are is asked of the store: `_wanted`.
    Pile.ARRIVED: _TO_STAMP,
    Pile.UNPRINTED: QueueFilter(unprinted=True),
}


def _wanted(session: Session, seat: Seat, pile: Pile) -> QueueFilter:
    if pile is not Pile.ARRIVED:
        return _FILTERS[pile]
    came = arrived.answers_in(session, seat.desk.moment(session))
    return replace(_TO_STAMP, among=frozenset(each.case.row_id for each in came))


class Lock(StrEnum):
    """Why a letter can't be chosen: registered by oneself, something else stands against it, its
    stamp is still on its way to the centre, it is stamped and to be voided, the centre takes no
    stamp of a program as old as this one, or it came as stamped and nobody's key signed that."""

    NONE = ""
    OWN = "own"
    AGAINST = "against"
    SENDING = "sending"
    RECALLED = "recalled"
    OLD_PROGRAM = "old-program"
    UNPROVEN = "unproven"


@dataclass(frozen=True)
class Chosen:
    """A letter chosen for a batch; `unseen`: not seen to its end by who chose it.

    `to_print`: somebody chose it among the unprinted ones, whichever desk stamped it.
    """

    case_id: str
    letter_id: str
    unseen: bool = False
    to_print: bool = False


@dataclass(frozen=True)
class ListedLetter:
    """A row of a pile; `why` is what stands against choosing it, in words, `unrecorded` as of the
    case."""

    row: QueueCase
    letter_id: str
    kind: LetterKind
    lock: Lock
    why: str
    seen: bool
    unrecorded: bool

    @property
    def chosen(self) -> Chosen:
        """It as a letter of a batch."""
        return Chosen(self.row.case_id, self.letter_id, unseen=not self.seen)


@dataclass(frozen=True)
class Piled:
    """A pile as it lies now.

    `counts` are all piles', `place` is where the row that was chosen before stands (−1: gone),
    `doubts` copies of which nobody has said whether paper came out, `against` why nothing of it may
    be stamped at this desk.
    """

    listing: Listing
    counts: Mapping[Pile, int]
    place: int
    doubts: tuple[Printing, ...]
    against: str = ""


def piled(seat: Seat, pile: Pile, row_id: int) -> Piled:
    """The pile, the most pressing letter first, all of one moment; its rows are read by page."""
    with seat.desk.store.reading() as session:
        outcomes = queue.outcomes(session, _TO_STAMP)
        unprinted = _count(session, _FILTERS[Pile.UNPRINTED])
        counts = {
            Pile.ALL: sum(outcomes.values()),
            Pile.ANSWERS: outcomes.get(Outcome.ANSWER, 0),
            Pile.DEBTS: sum(n for outcome, n in outcomes.items() if outcome not in _ANSWERS),
            Pile.REFUSALS: outcomes.get(Outcome.REFUSE, 0),
            Pile.ARRIVED: _count(session, _wanted(session, seat, Pile.ARRIVED)),
            Pile.UNPRINTED: unprinted,
        }
        wanted = _wanted(session, seat, pile)
        place = -1
        if row_id:
            place = queue.place(session, wanted, Order.DUE, row_id, descending=False)
        listing = Listing(wanted, Order.DUE, descending=False, count=counts[pile], cut=False)
        doubts = tuple(ledger.doubted(session))
        return Piled(listing, counts, place, doubts, _against(session, pile))


def against(seat: Seat, pile: Pile) -> str:
    """Why nothing of the pile may be stamped at this desk; empty where it may."""
    with seat.desk.store.reading() as session:
        return _against(session, pile)


def _against(session: Session, pile: Pile) -> str:
    free = pile is Pile.UNPRINTED or meta.get(session).releases
    return "" if free else OLD_PROGRAM


def _count(session: Session, wanted: QueueFilter) -> int:
    return sum(queue.counts(session, wanted).values())


def rows(seat: Seat, of: Listing, first: int, count: int) -> list[ListedLetter]:
    """So many letters of the pile from `first` on, as they stand now."""
    with seat.desk.store.reading() as session:
        return _rows(session, seat, of, first, count)


def _rows(session: Session, seat: Seat, of: Listing, first: int, count: int) -> list[ListedLetter]:
    found = queue.page(
        session, of.wanted, of.order, descending=False, first=first, count=count, of=of.count
    )
    noted = _seen_today(session, seat)
    listed = (_listed(session, seat, row, noted) for row in found)
    return [each for each in listed if each is not None]


def _listed(
    session: Session, seat: Seat, row: QueueCase, noted: Mapping[str, str]
) -> ListedLetter | None:
    stands = view.of_case(session, row.case_id, seat.desk.reference.setting_for)
    held = shown_letter(stands.case) if stands.case is not None else None
    if stands.case is None or held is None:
        return None
    lock, why = _lock(session, seat, stands, stands.case, held, looked_at=not row.refused)
    letter = held.letter
    return ListedLetter(
        row,
        letter.letter_id,
        letter.kind,
        lock,
        why,
        seen=letter.letter_id in noted,
        unrecorded=stands.case.unrecorded,
    )


def _lock(
    session: Session,
    seat: Seat,
    stands: View,
    case: Case,
    held: CaseLetter,
    *,
    looked_at: bool,
) -> tuple[Lock, str]:
    letter_id = held.letter.letter_id
    if letter_id in stands.unproven:
        return Lock.UNPROVEN, UNPROVEN
    if case.recalls(held):
        return Lock.RECALLED, RECALLED
    if held.release is not None:
        known = released_at_centre(stands, letter_id)
        return (Lock.NONE, "") if known is not None else (Lock.SENDING, "")
    if stands.needs_update or not looked_at:
        return Lock.AGAINST, CHANGED
    if case.doubts:
        # Told on the letter's own page before it is stamped there.
        return Lock.AGAINST, _DOUBTED
    if not meta.get(session).releases:
        return Lock.OLD_PROGRAM, OLD_PROGRAM
    why = barrier_now(session, seat, case, letter_id)
    if not why:
        return Lock.NONE, ""
    own = case.registered_by == seat.staff.staff_id and not case.fee_before_stamping
    return (Lock.OWN if own else Lock.AGAINST), why


def released_at_centre(stands: View, letter_id: str) -> CaseLetter | None:
    """The letter as the centre confirmed it, once that is stamped: paper rests on it alone."""
    settled = stands.settled.letters if stands.settled is not None else ()
    known = next((each for each in settled if each.letter.letter_id == letter_id), None)
    return known if known is not None and known.release is not None else None


def demand_free(session: Session, seat: Seat, chosen: Chosen) -> CaseLetter:
    """The letter, where nothing stands against stamping it in a batch. Raises Refusal: why."""
    stands = view.of_case(session, chosen.case_id, seat.desk.reference.setting_for)
    row = queue.one(session, chosen.case_id)
    if stands.case is None or row is None:
        raise Refusal("چنین پرونده‌ای نیست.")
    held = lawful_letters.live_letter(stands.case, chosen.letter_id)
    lock, why = _lock(session, seat, stands, stands.case, held, looked_at=not row.refused)
    if lock is not Lock.NONE:
        raise Refusal(why)
    return held


def choosable(seat: Seat, pile: Pile) -> list[Chosen]:
    """What may be chosen in one go, the most pressing first: letters to be stamped only as far as
    they were seen to their end today, stamped ones that wait for paper all."""
    with seat.desk.store.reading() as session:
        wanted = _wanted(session, seat, pile)
        noted = _seen_today(session, seat)
        if pile is Pile.UNPRINTED:
            ids = queue.ids(session, wanted, Order.DUE)
        else:
            cases = (queue.one(session, case_id) for case_id in set(noted.values()))
            known = frozenset(case.row_id for case in cases if case is not None)
            if wanted.among is not None:
                known &= wanted.among
            ids = queue.ids(session, replace(wanted, among=known), Order.DUE)
        by_id = queue.rows(session, ids)
        listed = (_listed(session, seat, by_id[row_id], noted) for row_id in ids)
        return [
            each.chosen
            for each in listed
            if each is not None and each.lock is Lock.NONE and (each.seen or pile is Pile.UNPRINTED)
        ]


def again(seat: Seat, chosen: Iterable[Chosen], *, stamped: bool) -> list[Chosen]:
    """Those that may still be chosen, with whether they were seen by now, the most pressing first.

    `stamped` ones wait for paper, the others for their stamp.
    """
    wanted = _FILTERS[Pile.UNPRINTED if stamped else Pile.ALL]
    with seat.desk.store.reading() as session:
        noted = _seen_today(session, seat)
        asked = {each.letter_id: each.case_id for each in chosen}
        cases = (queue.one(session, case_id) for case_id in set(asked.values()))
        known = frozenset(case.row_id for case in cases if case is not None)
        ids = queue.ids(session, replace(wanted, among=known), Order.DUE)
        by_id = queue.rows(session, ids)
        listed = (_listed(session, seat, by_id[row_id], noted) for row_id in ids)
        return [
            replace(each.chosen, to_print=stamped)
            for each in listed
            if each is not None and each.lock is Lock.NONE and each.letter_id in asked
        ]


def broken_off(seat: Seat) -> list[Chosen]:
    """Letters whose printing was broken off at this desk.

    Those of which nobody has said whether paper came out, then what this desk stamped and has not
    printed. A copy in doubt of a letter that was printed before is not among them.
    """
    with seat.desk.store.reading() as session:
        doubted = {each.letter_id for each in ledger.doubted(session)}
        noted = _seen_today(session, seat)
        ids = queue.ids(session, _FILTERS[Pile.UNPRINTED], Order.DUE)
        by_id = queue.rows(session, ids)
        listed = (_listed(session, seat, by_id[row_id], noted) for row_id in ids)
        found = [
            each.chosen
            for each in listed
            if each is not None
            and (
                each.letter_id in doubted
                or (each.lock is Lock.NONE and _of_this_desk(session, seat, each))
            )
        ]
        return sorted(found, key=lambda chosen: chosen.letter_id not in doubted)


def _of_this_desk(session: Session, seat: Seat, letter: ListedLetter) -> bool:
    stands = view.of_case(session, letter.row.case_id, seat.desk.reference.setting_for)
    return stamped_here(session, stands, letter.letter_id)


def stamped_here(session: Session, stands: View, letter_id: str) -> bool:
    """Whether the stamp at the centre is an act of this desk."""
    return any(
        outbox.find(session, fact.cause) is not None
        for fact in stands.confirmed
        if isinstance(fact.payload, f.LetterReleased) and fact.payload.letter_id == letter_id
    )


def next_unseen(seat: Seat, of: Listing, after: int) -> int:
    """The place of the next letter behind `after` that may be stamped and was not seen, round to
    the first; −1 when there is none."""
    with seat.desk.store.reading() as session:
        for first, last in ((after + 1, of.count), (0, after + 1)):
            for place, each in _walk(session, seat, of, first, last):
                if not each.seen and each.lock is Lock.NONE:
                    return place
    return -1


def _walk(
    session: Session, seat: Seat, of: Listing, first: int, last: int
) -> Iterator[tuple[int, ListedLetter]]:
    for begin in range(first, last, _PAGE):
        yield from enumerate(_rows(session, seat, of, begin, min(_PAGE, last - begin)), begin)


def next_to_stamp(seat: Seat, case_id: str) -> Chosen | None:
    """The most pressing letter of another case that this person may stamp; None when none waits."""
    with seat.desk.store.reading() as session:
        noted = _seen_today(session, seat)
        ids = queue.ids(session, _TO_STAMP, Order.DUE, limit=MOST)
        by_id = queue.rows(session, ids)
        for row_id in ids:
            row = by_id[row_id]
            listed = _listed(session, seat, row, noted) if row.case_id != case_id else None
            if listed is not None and listed.lock is Lock.NONE:
                return listed.chosen
    return None


def waiting(seat: Seat) -> int:
    """How many letters wait for a stamp."""
    with seat.desk.store.reading() as session:
        return sum(queue.counts(session, _TO_STAMP).values())


def note_seen(seat: Seat, case_id: str, letter_id: str) -> None:
    """This person has had the letter on screen to its end."""
    desk = seat.desk

    def work(session: Session) -> None:
        seen.note(session, case_id, letter_id, seat.staff.staff_id, desk.today(session))

    desk.store.write(work)


def _seen_today(session: Session, seat: Seat) -> Mapping[str, str]:
    day: date = seat.desk.today(session)
    return seen.of(session, seat.staff.staff_id, day)

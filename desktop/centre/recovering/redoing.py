"""What the facts that were given back change beside their streams, done as it was done once.

A projection follows from facts alone. What an act took or spent with its fact (a number, a place of
an inspector, a bill's pair, a reference, an office's code, a stamped sheet) is taken here again, by
the fact that tells of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from desktop import journal
from desktop.centre import (
    bills,
    closing,
    issuing,
    moved_visits,
    numbers,
    office_acts,
    offices,
    passing,
    people,
    promises,
    stamped_sheets,
    visits,
)
from desktop.centre.context import Centre, day_of
from desktop.centre.projecting import project, read_rows_ahead
from desktop.centre.recovering import standing, turns
from desktop.centre.recovering.turns import Box
from desktop.centre.recovery_tables import DONE, FAILED, AdoptedFactRow
from desktop.centre.streams import know_case, load_case, load_facts, lock_streams
from desktop.centre.tables import PersonRow
from desktop.centre.transacting import is_nobodys_bug, transact
from desktop.domain import facts as f
from desktop.domain.applying import apply, case_of
from desktop.domain.case import Case
from desktop.domain.day_register import DayClosed
from desktop.domain.elsewhere import CopyPrinted
from desktop.domain.people import Role, Staff
from desktop.domain.stamped_sheets import SheetsDropped, SheetsTaken
from desktop.domain.state import State
from desktop.domain.stream import (
    CommandHeld,
    CommandRefused,
    DeviceTold,
    Fact,
    HomeFact,
    LettersEnded,
    PersonEnrolled,
    Published,
    Topic,
    office_of,
)
from desktop.domain.told_paper import PaperTold
from desktop.sql import memo
from desktop.sql.engine import Limits
from desktop.sql.metadata import table_of
from desktop.wire.cards import read_card
from desktop.wire.codec import decode_fact

_log = logging.getLogger(__name__)
OPENING = Limits(lock=0, statement=0, silence=600, whole=0)
"""For what opens a restored centre: who opens it by hand meanwhile waits for each box."""
TOGETHER = 25
"""What so many acts changed is written at once, while nothing of it fails."""
_ADOPTED = table_of(AdoptedFactRow)
_ENDED = (
    update(_ADOPTED)
    .where(_ADOPTED.c.stream == bindparam("own_stream"), _ADOPTED.c.pos == bindparam("own_pos"))
    .values(state=bindparam("ended"))
)


def redo_all(centre: Centre) -> None:
    """Do all that waits, in the order in which it happened, a box at a time: in one transaction a
    sum is the slower to change the more often it was changed before.

    Nothing is given back any more. What can't be done is logged under a code and kept as failed:
    the facts are there, and an audit tells what beside them is not. Who does the same at this
    moment goes on behind what was done here.
    """
    with centre.reading() as session:
        boxes = turns.boxes(session)
    known: Mapping[str, _Done] = {}
    for box in boxes:
        known = transact(centre, centre.writer, partial(_redone, centre, box, known), OPENING)


def _redone(
    centre: Centre, box: Box, known: Mapping[str, _Done], session: Session
) -> Mapping[str, _Done]:
    """Do what of the box waits still; the cases as far as they have been done by then, of which
    some were `known`."""
    standing.restored(session, alone=True)
    waiting = turns.waiting(session, box)
    # Where somebody else is at it too, what was known here is not the last of it.
    redoing = _Redoing(session, centre, dict(known) if len(waiting) == len(box) else {})
    ended = [
        {"own_stream": fact.stream, "own_pos": fact.pos, "ended": state}
        for facts, state in redoing.do(waiting)
        for fact in facts
    ]
    if ended:
        session.connection().execute(_ENDED, ended)
    return redoing.done


@dataclass(frozen=True)
class _Done:
    """A case as far as it has been done, None before it is begun, with its facts until there."""

    case: Case | None
    facts: tuple[Fact, ...]


@dataclass
class _Redoing:
    """Facts being done again, with the cases as far as they have been."""

    session: Session
    centre: Centre
    done: dict[str, _Done]

    def do(self, all_: Iterable[list[Fact]]) -> Iterator[tuple[list[Fact], str]]:
        """Do each, as many together as can be; what it is to be kept as."""
        for of_cases, run in groupby(all_, key=lambda facts: bool(facts[0].case_id)):
            rest = list(run)
            while rest:
                some = rest[: TOGETHER if of_cases else 1]
                del rest[: len(some)]
                if len(some) > 1 and self._together(some):
                    yield from ((facts, DONE) for facts in some)
                else:
                    yield from ((facts, self._alone(facts)) for facts in some)

    def _together(self, some: Sequence[list[Fact]]) -> bool:
        """Do all, written together, or none; whether it was done."""
        before = {facts[0].case_id: self.done.get(facts[0].case_id) for facts in some}
        unwritten = set[str]()
        try:
            with self.session.begin_nested(), self.session.no_autoflush:
                for facts in some:
                    case_id = facts[0].case_id
                    if case_id in unwritten:
                        self.session.flush()
                        unwritten.clear()
                    unwritten.add(case_id)
                    self._redo(facts)
        # It is found out again, and told, when each is done alone.
        except Exception as bug:
            if is_nobodys_bug(self.session, bug):
                raise
            for case_id, known in before.items():
                self.done.pop(case_id, None)
                if known is not None:
                    self.done[case_id] = known
            return False
        return True

    def _alone(self, facts: list[Fact]) -> str:
        first = facts[0]
        try:
            with self.session.begin_nested():
                self._redo(facts)
                self.session.flush()
        # One bad fact must not keep a city's offices waiting.
        except Exception as bug:
            if is_nobodys_bug(self.session, bug):
                raise
            # What was done of the case's last fact never was.
            self.done.pop(first.case_id, None)
            report = journal.report(bug)
            _log.error("%s %s can't be done again, report %s", first.stream, first.pos, report)
            return FAILED
        return DONE

    def _redo(self, facts: list[Fact]) -> None:
        """Do what the facts, of one case and stream or one of no case, change beside it."""
        first = facts[0]
        if isinstance(first.payload, HomeFact):
            HOME[type(first.payload)](self, first, first.payload)
            return
        known = self._before(first)
        case, lacking = known.case, _carried(first, known)
        if case is not None and not lacking and first.stream != case.stream:
            if first.rev <= case.rev or first.stream in case.former:
                # Told to the till of an office that the case had left: it is done where that is.
                return
            raise LookupError(f"{first.kind} in a stream where the case is not")
        facts = [*lacking, *facts]
        for fact in facts:
            assert not isinstance(fact.payload, HomeFact)
            before, case = case, apply(case, fact)
            take = TAKEN.get(type(fact.payload))
            if before is not None and take is not None:
                take(self, _At(before, case, fact), fact.payload)
        assert case is not None
        self.done[case.case_id] = now = _Done(case, (*known.facts, *facts))
        know_case(self.session, case, now.facts)
        project(self.session, case, facts)
        if case.state is not State.PASSED_ON:
            promises.keep(self.session, self.centre, case, day_of(first.at))

    def _before(self, fact: Fact) -> _Done:
        """The case before the fact."""
        known = self.done.get(fact.case_id)
        if known is not None:
            return known
        if fact.rev == 1:
            return _Done(None, ())
        # By its id: between two offices its row is in the stream of neither.
        read_rows_ahead(self.session, [fact.case_id])
        facts = load_facts(self.session, fact.case_id)
        before = tuple(each for each in facts if each.rev < fact.rev)
        return _Done(case_of(before), before)


def hand_on(session: Session, centre: Centre) -> None:
    """A case whose passing came back, and not its taking over, is taken over now: the desk that was
    told of that did not come."""
    passed = select(AdoptedFactRow.case_id).where(AdoptedFactRow.kind == f.PassedOn.kind)
    for case_id in session.scalars(passed.distinct().order_by(AdoptedFactRow.case_id)).all():
        try:
            with session.begin_nested():
                _hand_on(session, centre, case_id)
        # The case stays where it is, and an audit tells of it.
        except Exception as bug:
            if is_nobodys_bug(session, bug):
                raise
            _log.error("case %s is nowhere, report %s", case_id, journal.report(bug))


def _hand_on(session: Session, centre: Centre, case_id: str) -> None:
    case = load_case(session, case_id)
    if case is None or case.state is not State.PASSED_ON:
        return
    facts = load_facts(session, case_id)
    streams = lock_streams(session, {case.stream, *case.former})
    read_rows_ahead(session, [case_id])
    know_case(session, case, facts)
    at, cause = centre.clock(), facts[-1].cause
    case = passing.take_over(session, centre, streams, case, cause, at)
    promises.keep(session, centre, case, day_of(at))


def _carried(fact: Fact, known: _Done) -> list[Fact]:
    """What a taking over carries that nobody gave back where it was told."""
    if not isinstance(fact.payload, f.TakenOver):
        return []
    last = known.case.rev if known.case is not None else 0
    return [each for each in map(decode_fact, fact.payload.facts) if each.rev > last]


@dataclass(frozen=True)
class _At:
    """A case's fact with the case as it stood before and after it."""

    before: Case
    after: Case
    fact: Fact


def _issued(redo: _Redoing, at: _At, told: f.LetterIssued) -> None:
    letter, office = told.letter, office_of(at.fact.stream)
    number = numbers.parted(letter.number)
    calendar = redo.centre.reference.city(redo.session, letter.issued_on).calendar
    issuing.keep(redo.session, at.before, letter, office, number, calendar, at.fact.at)
    redo.session.flush()


def _booked(redo: _Redoing, at: _At, told: f.SlotBooked) -> None:
    _place(redo, at, told)
    moved_visits.placed(redo.session, at.before.case_id)


def _moved(redo: _Redoing, at: _At, told: f.SlotMoved) -> None:
    if at.before.slot is not None:
        _place(redo, at, told)


def _place(redo: _Redoing, at: _At, told: f.SlotBooked | f.SlotMoved) -> None:
    rota = redo.centre.reference.rota(redo.session, day_of(at.fact.at))
    moved = at.after.moved_by_city
    visits.put_back(redo.session, at.before.case_id, told.slot, told.inspector, rota, moved)


def _slot_free(redo: _Redoing, at: _At, _: f.CaseFact) -> None:
    slot = at.before.slot
    if slot is not None and slot.day > day_of(at.fact.at):
        visits.give_back(redo.session, at.before.case_id)


def _slot_left(redo: _Redoing, at: _At, told: f.InReview) -> None:
    if at.before.state is State.BOOKED:
        _slot_free(redo, at, told)


def _paid(redo: _Redoing, at: _At, told: f.AmountPaid) -> None:
    sum_ = next(owed for owed in at.before.owed if owed.key == told.key)
    bills.settle_pair(redo.session, at.before, sum_)
    bills.spend_reference(redo.session, at.before, told.payment)


def _fee_paid(redo: _Redoing, at: _At, told: f.FeePaid) -> None:
    bills.spend_reference(redo.session, at.before, told.payment)


def _payment_voided(redo: _Redoing, at: _At, told: f.PaymentVoided) -> None:
    bills.free(redo.session, at.before, told.mark)


def _fine_cleared(redo: _Redoing, at: _At, told: f.FineCleared) -> None:
    if told.right:
        bills.spend_fine(redo.session, at.before, told)


def _taken_over(redo: _Redoing, at: _At, _: f.TakenOver) -> None:
    passing.keep(redo.session, at.before, at.fact.at)


_Taken = Callable[[_Redoing, _At, Any], None]
TAKEN: Mapping[type[f.CaseFact], _Taken] = {
    f.LetterIssued: _issued,
    f.SlotBooked: _booked,
    f.SlotMoved: _moved,
    f.AmountPaid: _paid,
    f.FeePaid: _fee_paid,
    f.PaymentVoided: _payment_voided,
    f.FineCleared: _fine_cleared,
    f.VisitMissed: _slot_free,
    f.Withdrawn: _slot_free,
    f.InReview: _slot_left,
    f.TakenOver: _taken_over,
}
"""What is taken or spent with a case's fact (`doing.COMPLETED`, `issuing.issue`)."""


def _published(redo: _Redoing, fact: Fact, told: Published) -> None:
    if told.topic == Topic.OFFICE:
        _office(redo.session, told)
    people.keep_said(redo.session, {fact.pos: told})


def _office(session: Session, told: Published) -> None:
    card, known = read_card(told.text, told.key), offices.all_offices(session)
    if told.key not in known:
        people.open_office(session, card, told.effective_from)
    elif told.effective_from > known[told.key].cards[-1][0]:
        offices.add_term(session, card, told.effective_from)


def _enrolled(redo: _Redoing, fact: Fact, told: PersonEnrolled) -> None:
    """Known again as somebody of the office, with the keys; at which desk they were made no fact of
    an earlier program tells."""
    row = redo.session.get(PersonRow, told.staff_id)
    if row is None:
        staff = Staff(
            told.staff_id,
            told.name,
            Role(told.role),
            office_of(fact.stream),
            key=told.key,
            title=told.title,
            release_key=told.release_key,
            national_id=told.national_id,
        )
        people.put_forward(redo.session, staff)
        row = redo.session.get_one(PersonRow, told.staff_id)
    if not row.key:
        row.key, row.release_key = told.key, told.release_key
        memo.forget(redo.session, ("staff", row.office))
    # Told with new keys, where nobody had said it before.
    row.national_id = told.national_id or row.national_id
    if told.device_id:
        people.know_keys(redo.session, told, fact.at)


def _day_closed(redo: _Redoing, fact: Fact, told: DayClosed) -> None:
    closing.keep(redo.session, office_of(fact.stream), told.register, fact.actor_name)


def _sheets_taken(redo: _Redoing, fact: Fact, told: SheetsTaken) -> None:
    stamped_sheets.take(redo.session, office_of(fact.stream), told, fact.at)


def _sheets_dropped(redo: _Redoing, fact: Fact, told: SheetsDropped) -> None:
    stamped_sheets.drop(redo.session, office_of(fact.stream), told)


def _paper_told(redo: _Redoing, fact: Fact, told: PaperTold) -> None:
    office = office_of(fact.stream)
    office_acts.keep_paper(redo.session, office, told, fact.actor_name, fact.at)


def _copy_printed(redo: _Redoing, fact: Fact, told: CopyPrinted) -> None:
    case_id = stamped_sheets.case_of_letter(redo.session, told.letter_id)
    office_acts.keep_copy(redo.session, office_of(fact.stream), case_id, told, fact.at)


def _refused(redo: _Redoing, fact: Fact, told: CommandRefused) -> None:
    if told.sheets is not None:
        stamped_sheets.use(redo.session, office_of(fact.stream), told.sheets)


def _nothing(_: _Redoing, __: Fact, ___: object) -> None:
    """It changes nothing at the centre."""


HOME: Mapping[type[HomeFact], Callable[[_Redoing, Fact, Any], None]] = {
    Published: _published,
    PersonEnrolled: _enrolled,
    # Known since it came back (`adopted.adopt`).
    DeviceTold: _nothing,
    DayClosed: _day_closed,
    SheetsTaken: _sheets_taken,
    SheetsDropped: _sheets_dropped,
    PaperTold: _paper_told,
    CopyPrinted: _copy_printed,
    LettersEnded: _nothing,
    CommandRefused: _refused,
    CommandHeld: _nothing,
}
"""What a fact that is no case's changes beside its stream."""


def failed(session: Session) -> Sequence[AdoptedFactRow]:
    """The facts that could not be done again, by stream and place."""
    rows = select(AdoptedFactRow).where(AdoptedFactRow.state == FAILED)
    return session.scalars(rows.order_by(AdoptedFactRow.stream, AdoptedFactRow.pos)).all()

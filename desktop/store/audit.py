"""Whether all that a desk keeps is as it came or as it was made, and its lists what that says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.day_register import DayClosed, DayRegister
from desktop.domain.discrepancy import Discrepancy, Wrong, differing
from desktop.domain.facts import LetterIssued, TakenOver
from desktop.domain.stream import CITY, Fact, PersonEnrolled, Published, office_of, withdrawn_day
from desktop.sql.metadata import table_of
from desktop.store import closings, facts, heads, letter_audit, meta, sheet_audit, view
from desktop.store.case_counts import COUNTING
from desktop.store.tables import (
    CursorRow,
    FactRow,
    OutboxRow,
    PersonRow,
    PublishedRow,
    ReleaseKeyRow,
)
from desktop.store.view import SettingFor
from desktop.wire.chain_check import ChainCheck, beside
from desktop.wire.codec import Unreadable, decode_fact

_AT_ONCE = 1_000
_OF_FACT = ("stream", "pos", "case_id", "rev", "cause", "kind")
_OF_ACT = ("device_seq", "command_id", "case_id", "kind", "actor")


def audit(session: Session, setting_for: SettingFor) -> Iterator[Discrepancy]:
    """All of it, of one moment of the store."""
    yield from _streams(session)
    yield from _outbox(session)
    yield from _heads(session)
    yield from letter_audit.letters(session)
    yield from _registers(session)
    yield from _numbers(session)
    yield from _published(session)
    yield from _people(session)
    yield from _release_keys(session)
    yield from _closings(session)
    yield from sheet_audit.sheets(session)
    for case_id in view.differing(session, setting_for):
        yield Discrepancy(Wrong.CASE, case_id, "its row is not what facts and acts make of it")
    for counted in COUNTING.differing(session.connection()):
        where = " ".join(map(str, counted))
        yield Discrepancy(Wrong.SUM, where, "there are not so many cases as are counted")


def _streams(session: Session) -> Iterator[Discrepancy]:
    cursors = {row.stream: row for row in session.scalars(select(CursorRow))}
    for name in sorted({*cursors, *facts.streams_held(session)}):
        check = ChainCheck(name)
        asked = select(table_of(FactRow)).where(FactRow.stream == name).order_by(FactRow.pos)
        for row in session.execute(asked.execution_options(yield_per=_AT_ONCE)):
            yield from check.take(row.pos, row.canon, row.hash)
            yield from beside(f"{name} {row.pos}", row, _OF_FACT, "at")
        cursor = cursors.get(name)
        yield from check.end(cursor.pos, cursor.hash) if cursor else check.end(0, "")


def _outbox(session: Session) -> Iterator[Discrepancy]:
    check = ChainCheck("outbox")
    asked = select(table_of(OutboxRow)).order_by(OutboxRow.device_seq)
    for row in session.execute(asked.execution_options(yield_per=_AT_ONCE)):
        yield from check.take(row.device_seq, row.canon, row.hash)
        yield from beside(f"outbox {row.device_seq}", row, _OF_ACT, "made_at")
    if (acked := meta.get(session).acked_to) > check.pos:
        yield Discrepancy(Wrong.HEAD, "outbox", f"ends at {check.pos}, the centre has {acked}")


def _heads(session: Session) -> Iterator[Discrepancy]:
    own = meta.get(session).identity
    last = facts.cursors(session, facts.streams_held(session)).values()
    for head in (*heads.kept(session), *(each.signed for each in last if each.signed)):
        where = f"{head.stream} {head.pos} of {head.at:%Y-%m-%d}"
        if not head.is_signed(own.heads_key, own.centre):
            yield Discrepancy(Wrong.SIGNED_HEAD, where, "the centre's key did not sign it")
            continue
        at = (FactRow.stream == head.stream, FactRow.pos == head.pos)
        if session.scalar(select(FactRow.hash).where(*at)) != head.hash:
            yield Discrepancy(Wrong.SIGNED_HEAD, where, "the stream was another when it was signed")


def _registers(session: Session) -> Iterator[Discrepancy]:
    for sha256 in closings.damaged(session):
        yield Discrepancy(Wrong.CLOSED, sha256, "its file is not what its name says")


def _told(session: Session, kind: str, stream: str = "") -> Iterator[Fact]:
    """Every fact of the kind, of each stream in its order; what can't be read is a newer program's,
    or its chain names it."""
    asked = select(FactRow.canon).where(FactRow.kind == kind)
    if stream:
        asked = asked.where(FactRow.stream == stream)
    in_order = asked.order_by(FactRow.stream, FactRow.pos)
    for canon in session.scalars(in_order.execution_options(yield_per=_AT_ONCE)):
        try:
            yield decode_fact(canon)
        except Unreadable:
            continue


def _numbers(session: Session) -> Iterator[Discrepancy]:
    """Letters of the office: each year's from 1 on, each once."""
    taken: dict[str, list[tuple[int, int, str]]] = {}
    for fact in _told(session, LetterIssued.kind, meta.get(session).identity.home):
        if isinstance(fact.payload, LetterIssued):
            number = fact.payload.letter.number
            year, _, serial = number.split("/")
            taken.setdefault(year, []).append((int(serial), fact.pos, number))
    lives = list(_lives(session))
    for _, own in sorted(taken.items()):
        for (before, came, _), (after, pos, number) in pairwise([(0, 0, ""), *sorted(own)]):
            # What a restored centre skipped lies between its lives.
            skipped = any(came <= begun and pos > ended for ended, begun in lives)
            if after == before:
                yield Discrepancy(Wrong.NUMBER, number, "it comes twice")
            elif after > before + 1 and not skipped:
                yield Discrepancy(Wrong.NUMBER, number, f"it comes after {before}")


def _lives(session: Session) -> Iterator[tuple[int, int]]:
    """How far the home stream had come where one life of the centre ended, and where another one
    is known to go on."""
    home = meta.get(session).identity.home
    own = [head for head in heads.kept(session) if head.stream == home]
    # Of a life that began today the day's first head may be of the one before.
    if (last := facts.cursors(session, [home])[home].signed) is not None:
        own.append(last)
    for before, head in pairwise(own):
        if before.epoch != head.epoch:
            yield before.pos, head.pos


def _published(session: Session) -> Iterator[Discrepancy]:
    kept = {row.pos: row for row in session.scalars(select(PublishedRow))}
    for fact in _told(session, Published.kind, CITY):
        told, row = fact.payload, kept.pop(fact.pos, None)
        if not isinstance(told, Published):
            continue
        again = {**vars(told), "withdraws": withdrawn_day(told.topic, told.text)}
        if row is None or any(getattr(row, name) != value for name, value in again.items()):
            where = f"{CITY} {fact.pos}"
            yield Discrepancy(Wrong.PUBLISHED, where, f"{told.topic} {told.key} is kept otherwise")
    for pos, row in kept.items():
        yield Discrepancy(Wrong.PUBLISHED, f"{CITY} {pos}", f"no fact says {row.topic} {row.key}")


def _people(session: Session) -> Iterator[Discrepancy]:
    """Everybody as told last."""
    last = {
        told.staff_id: {**vars(told), "office": office_of(fact.stream)}
        for fact in _told(session, PersonEnrolled.kind)
        if isinstance(told := fact.payload, PersonEnrolled)
    }
    names = [column.name for column in PersonRow.__table__.columns]
    for row in session.scalars(select(PersonRow)):
        again = last.pop(row.staff_id, {})
        for name in names:
            if (one := getattr(row, name)) != (other := again.get(name)):
                yield Discrepancy(Wrong.PERSON, row.staff_id, f"{name}: {differing(one, other)}")
    for staff_id in last:
        yield Discrepancy(Wrong.PERSON, staff_id, "a fact tells of it and no row has it")


def _release_keys(session: Session) -> Iterator[Discrepancy]:
    """All keys by which letters are released, of this office's people and of offices before it."""
    told = {
        (enrolled.staff_id, enrolled.release_key)
        for fact in _told(session, PersonEnrolled.kind)
        if isinstance(enrolled := fact.payload, PersonEnrolled)
    }
    for fact in _told(session, TakenOver.kind):
        if isinstance(fact.payload, TakenOver):
            told |= {(staff, key) for staff, own in fact.payload.keys.items() for key in own}
    kept = {(row.staff_id, row.key) for row in session.scalars(select(ReleaseKeyRow))}
    for staff_id, key in sorted(told ^ kept):
        words = "no fact tells of" if (staff_id, key) in kept else "nobody keeps"
        yield Discrepancy(Wrong.PERSON, staff_id, f"{words} the key {key}")


def _closings(session: Session) -> Iterator[Discrepancy]:
    """Each day's register, beside the stream that it covers and the register before it."""
    home = meta.get(session).identity.home
    last: DayRegister | None = None
    for fact in _told(session, DayClosed.kind, home):
        if not isinstance(fact.payload, DayClosed):
            continue
        register = fact.payload.register
        where = f"{home} {register.day}"
        # Where the first one begins is its own word.
        goes_on = (last.digest, last.pos) if last is not None else ("", register.after)
        if (register.before, register.after) != goes_on:
            yield Discrepancy(Wrong.CLOSED, where, "it does not go on from the one before")
        at = (FactRow.stream == home, FactRow.pos == register.pos)
        if register.pos and session.scalar(select(FactRow.hash).where(*at)) != register.chain:
            yield Discrepancy(Wrong.CLOSED, where, "the stream was another when it was closed")
        last = register

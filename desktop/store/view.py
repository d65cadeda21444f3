"""The view: each case by its confirmed facts and the provisional effect of unsettled commands."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from desktop.domain.applying import UnlawfulFact, apply
from desktop.domain.case import Case
from desktop.domain.commands import Command, Register
from desktop.domain.errors import Refusal
from desktop.domain.facts import HandedOver, LetterPrinted, LetterReleased, LetterVoided
from desktop.domain.lawful import handle
from desktop.domain.people import Staff
from desktop.domain.request import Request
from desktop.domain.setting import Facts, Setting
from desktop.domain.stream import Fact
from desktop.sql.metadata import table_of
from desktop.store import facts, meta, outbox, people, releases, search_table, work_items
from desktop.store.row import Rank, columns
from desktop.store.tables import CaseRow

_log = logging.getLogger(__name__)

_ROWS = table_of(CaseRow)
_KEPT = select(_ROWS.c.id, _ROWS.c.words).where(_ROWS.c.case_id == bindparam("case"))
_NEW = insert(_ROWS).returning(_ROWS.c.id)
_ANEW = update(_ROWS).where(_ROWS.c.id == bindparam("row"))
_STAMPED = LetterReleased | LetterPrinted | HandedOver
SettingFor = Callable[[Session, Request, Staff, datetime], Setting]
"""What lawfulness rests on: for a request (its service and version), an actor and a moment (UTC).

It reads published data through the session it is handed, and raises Refusal when the service is
not known here.
"""


@dataclass(frozen=True)
class View:
    """A case as this desk sees it now; None where nothing of it is computable here.

    `case` is what the screen shows, `settled` what the centre confirmed: paper rests on it alone.
    `confirmed` and `provisional` are the facts it rests on; provisional ones are no facts yet and
    never go on a letter. `waiting` are this desk's commands not settled at the centre. `unproven`
    are letters whose release nobody's kept key signed: it and what rests on it are not among the
    facts.
    """

    case_id: str
    case: Case | None
    settled: Case | None
    confirmed: tuple[Fact, ...]
    provisional: tuple[Fact, ...]
    waiting: tuple[Command, ...]
    rev: int
    needs_update: bool
    unproven: frozenset[str] = frozenset()


def of_case(session: Session, case_id: str, setting_for: SettingFor) -> View:
    """The case as the kept facts and the outbox tell it."""
    known = facts.of_case(session, case_id)
    case: Case | None = None
    needs_update = known.needs_update
    proven, unproven = _proven(session, known.facts)
    for position, fact in enumerate(proven):
        try:
            case = apply(case, fact)
        # A newer centre may allow what this program's table does not, and tell what it has no place
        # for: kept, not computed, and the rest of the office goes on.
        except Exception as fault:  # noqa: BLE001
            if not isinstance(fault, UnlawfulFact):
                _report_once(fact.fact_id, type(fault).__name__)
            needs_update = True
            proven = proven[:position]
            break
    settled = case
    waiting = tuple(outbox.unsettled(session, case_id))
    provisional: list[Fact] = []
    if not needs_update:
        for command in waiting:
            case, made = _provisionally(session, case, command, setting_for)
            provisional += made
    return View(
        case_id=case_id,
        case=case,
        settled=settled,
        confirmed=proven,
        provisional=tuple(provisional),
        waiting=waiting,
        rev=known.rev,
        needs_update=needs_update,
        unproven=unproven,
    )


@lru_cache(maxsize=1_000)
def _report_once(fact_id: str, kind: str) -> None:
    _log.error("a fact that this program can't fold: %s: %s", fact_id, kind)


def _proven(session: Session, known: tuple[Fact, ...]) -> tuple[tuple[Fact, ...], frozenset[str]]:
    """The facts without releases that nobody signed and what was done on their strength; and whose
    letters these are."""
    wrong = {fact.fact_id for fact in releases.unproven(session, known)}
    if not wrong:
        return known, frozenset()
    proven, letters = list[Fact](), set[str]()
    for fact in known:
        told = fact.payload
        if isinstance(told, LetterReleased) and fact.fact_id in wrong:
            letters.add(told.letter_id)
        elif isinstance(told, LetterVoided):
            letters.discard(told.letter_id)
        if not (isinstance(told, _STAMPED) and told.letter_id in letters):
            proven.append(fact)
    return tuple(proven), frozenset(letters)


def and_then(
    session: Session,
    seen: View,
    command: Command,
    by: Staff,
    caused: Facts,
    setting_for: SettingFor,
) -> View:
    """The view after one more command of this desk, which is kept in the outbox: lawful as the
    case was seen, for that person, and `caused` is what it brings about."""
    case, made = seen.case, list[Fact]()
    if not seen.needs_update:
        if people.find(session, command.actor) == by:
            case, made = _after(session, case, command, by, caused)
        else:
            # Told otherwise of here since they signed in: as whoever computes it anew sees it.
            case, made = _provisionally(session, case, command, setting_for)
    return replace(
        seen,
        case=case,
        provisional=(*seen.provisional, *made),
        waiting=(*seen.waiting, command),
    )


def _provisionally(
    session: Session, case: Case | None, command: Command, setting_for: SettingFor
) -> tuple[Case | None, list[Fact]]:
    payload = command.payload
    if isinstance(payload, Register):
        request = payload.request
    elif case is not None:
        request = case.request
    else:
        return case, []
    actor = people.find(session, command.actor)
    if actor is None:
        return case, []
    try:
        setting = setting_for(session, request, actor, command.made_at)
        caused = handle(case, command, actor, setting)
    except Refusal:
        # Unlawful by what has come since: the centre refuses it in words, here it does nothing.
        return case, []
    return _after(session, case, command, actor, caused)


def _after(
    session: Session, case: Case | None, command: Command, actor: Staff, caused: Facts
) -> tuple[Case | None, list[Fact]]:
    """The case after what a command brings about, and that as facts that nobody has confirmed."""
    home = meta.get(session).identity.home
    after, lines = case, list[Fact]()
    try:
        for payload in caused:
            line = Fact(
                fact_id="",
                stream=case.stream if case else home,
                pos=0,
                case_id=command.case_id,
                # Only confirmed facts count revisions.
                rev=case.rev if case else 0,
                cause=command.command_id,
                actor=actor.staff_id,
                actor_name=actor.signed,
                at=command.made_at,
                payload=payload,
            )
            after = apply(after, line)
            lines.append(line)
    except UnlawfulFact:
        # As what is refused.
        return case, []
    return after, lines


def refresh(session: Session, case_ids: Iterable[str], setting_for: SettingFor) -> None:
    """Compute these cases anew and keep their rows and search words, in this transaction."""
    for case_id in dict.fromkeys(case_ids):
        show(session, of_case(session, case_id, setting_for))


def show(session: Session, seen: View) -> None:
    """Keep the case's row and search words as it is seen, in this transaction."""
    kept = session.execute(_KEPT, {"case": seen.case_id}).first()
    values = _values(session, seen)
    if values is None:
        if kept is not None:
            _take_out(session, kept.id, kept.words)
    elif kept is None:
        row_id: int | None = session.scalar(_NEW, values)
        assert row_id is not None
        search_table.put(session, row_id, values["words"], None)
    else:
        session.execute(_ANEW, {**values, "row": kept.id})
        search_table.put(session, kept.id, values["words"], kept.words)


def _take_out(session: Session, row_id: int, held: str) -> None:
    # A registration that turned out unlawful leaves no case behind: its work item tells of it.
    session.execute(delete(CaseRow).where(CaseRow.id == row_id))
    search_table.remove(session, row_id, held)


def _values(session: Session, view: View) -> dict[str, Any] | None:
    if view.case is None:
        return None
    lines = (*view.confirmed, *view.provisional)
    values: dict[str, Any] = columns(view.case, lines[-1].at)
    trouble = work_items.open_of(session, view.case_id, view.confirmed)
    values |= {
        "rev": view.rev,
        "provisional": bool(view.waiting),
        "refused": trouble,
        "needs_update": view.needs_update,
    }
    if trouble:
        values["rank"] = int(Rank.OURS)
    return values


def rebuild_all(session: Session, setting_for: SettingFor) -> int:
    """Compute every case anew from facts and outbox; the number of cases in the view after it."""
    wanted = set(facts.case_ids(session)) | set(outbox.case_ids(session))
    stale = set(session.scalars(select(CaseRow.case_id))) - wanted
    refresh(session, sorted(wanted | stale), setting_for)
    return len(list(session.scalars(select(CaseRow.id))))


def rebuild_search(session: Session) -> None:
    """Fill the search table anew from the rows."""
    search_table.clear(session)
    rows = session.execute(select(CaseRow.id, CaseRow.words))
    search_table.put_many(session, [(row.id, row.words) for row in rows])


def differing(session: Session, setting_for: SettingFor) -> list[str]:
    """Ids of cases whose kept row is not what facts and outbox give; empty when all are right."""
    names = [column.key for column in CaseRow.__table__.columns if column.key != "id"]
    kept = {
        row.case_id: {name: getattr(row, name) for name in names}
        for row in session.scalars(select(CaseRow))
    }
    wanted = set(facts.case_ids(session)) | set(outbox.case_ids(session)) | set(kept)
    return sorted(
        case_id
        for case_id in wanted
        if kept.get(case_id) != _values(session, of_case(session, case_id, setting_for))
    )

"""What registers of days before counted and stands otherwise since, as this desk knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from desktop.domain.case import Case
from desktop.domain.cash import (
    Entry,
    Match,
    back_title,
    entries_of,
    kind_of,
    title_of,
)
from desktop.domain.commands import Command, PayDue, PayFee, RefundFee
from desktop.domain.day_counting import RegisterSpan, Telling, told_on, undone_of, voided_since
from desktop.domain.day_register import DayRegister
from desktop.domain.money_acts import MONEY_ACTS, named_money
from desktop.domain.request import Request
from desktop.domain.stream import CommandRefused
from desktop.domain.undone import Undoing, Undone
from desktop.store import closings, outbox
from desktop.store.open import Session
from desktop.store.view import SettingFor, of_case


def undone_since(
    session: Session,
    setting_for: SettingFor,
    registers: Sequence[DayRegister],
    span: RegisterSpan,
    entries: Iterable[Entry],
) -> tuple[Undone, ...]:
    """What the span undoes of the `registers` before it (newest first), in the order of moments.

    `entries` are those of all cases that the span touches. An act that a register counted before
    the centre refused it is told by the first register of the desk that made it.
    """
    if not registers:
        return ()
    told = _telling(session, registers)
    voided = voided_since(entries, span, told)
    refused = _refused(session, setting_for, registers, span, told)
    return tuple(sorted((*voided, *refused), key=lambda each: (each.undone_at, each.cause)))


def _telling(session: Session, registers: Sequence[DayRegister]) -> Telling:
    def told(cause: str, pos: int) -> date | None:
        day = told_on(registers, cause, pos)
        if day is None and 0 < pos <= registers[-1].after:
            # Of a register that is older than those which are read each time.
            every = (each.register for each in closings.closings(session, None))
            day = told_on(every, cause, pos)
        return day

    return told


def _refused(
    session: Session,
    setting_for: SettingFor,
    registers: Sequence[DayRegister],
    span: RegisterSpan,
    told: Telling,
) -> Iterator[Undone]:
    """Acts with money that a register counted ahead and the centre refused, told by none since."""
    undone = (each for register in registers for each in register.undone)
    # A void that was refused may have been told before as one.
    named = {each.cause for each in undone if each.how is not Undoing.VOIDED}
    acts = [
        (command, fact)
        for command, fact in outbox.refused(session, MONEY_ACTS, registers[-1].after)
        if command.command_id in span.spent - named
    ]
    acts.sort(key=lambda act: act[0].case_id)
    for case_id, of_one in groupby(acts, lambda act: act[0].case_id):
        seen = of_case(session, case_id, setting_for)
        begun = seen.case.request if seen.case is not None else outbox.request_of(session, case_id)
        entries = entries_of((*seen.confirmed, *seen.provisional), span.stream)
        known = {entry.mark: entry for entry in entries}
        for command, fact in of_one:
            money = named_money(command.payload)
            if money is None or not isinstance(fact.payload, CommandRefused):
                continue
            entry = _entry(command, money.mark, seen.case, begun, known)
            day = told(entry.cause, entry.pos) if entry is not None else None
            if entry is None or day is None:
                continue
            if money.how is Undoing.REFUSED:
                known[entry.mark] = entry
            words, cause = fact.payload.words, command.command_id
            yield undone_of(entry, day, money.how, fact.at, "", words, cause)


def _entry(
    command: Command,
    mark: str,
    case: Case | None,
    begun: Request | None,
    known: Mapping[str, Entry],
) -> Entry | None:
    """The entry that the act brought, or that it voided; None for one that is not known here."""
    match command.payload:
        case PayFee(fee=what, payment=paid) | PayDue(key=what, payment=paid):
            return Entry(
                case_id=command.case_id,
                mark=mark,
                at=command.made_at,
                clerk=command.actor,
                clerk_name="",
                tracking=begun.tracking if begun is not None else "",
                applicant=begun.party.name if begun is not None else "",
                service=begun.service if begun is not None else "",
                title=title_of(what, case),
                kind=kind_of(what),
                amount=paid.amount,
                method=paid.method,
                reference=paid.reference,
                match=Match.OPEN,
                note="",
                letters=(),
                waiting=True,
                cause=command.command_id,
            )
        case RefundFee(mark=paid_by) if paid_by in known:
            taken = known[paid_by]
            return replace(
                taken,
                mark=mark,
                at=command.made_at,
                title=back_title(taken.title),
                amount=-taken.amount,
                pos=0,
                cause=command.command_id,
            )
        case _:
            return known.get(mark)

"""Push: commands of one device become facts, in one transaction (SYNC.md "Push")."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from desktop import journal
from desktop.centre import arriving, consulting, passing, visits
from desktop.centre.arriving import ArrivedCommand
from desktop.centre.clients import TooOld, is_too_old
from desktop.centre.context import Centre, day_of
from desktop.centre.doing import HELD, Behind, demand_none_held, do, read_held_ahead, tell
from desktop.centre.people import demand_admitted, of_office, signer_at, staff_at
from desktop.centre.plausible import Came, demand_seen, read_codes_ahead
from desktop.centre.projecting import read_rows_ahead
from desktop.centre.recovering import adopted
from desktop.centre.releasing import NOT_SIGNED, demand_own_witness
from desktop.centre.shares import Busy
from desktop.centre.streams import (
    gathering,
    hold_city,
    homes,
    is_read,
    load_case,
    lock_streams,
    read_ahead,
)
from desktop.centre.tables import CentreRow, CommandRow, DeviceRow, StreamRow
from desktop.centre.transacting import is_nobodys_bug
from desktop.domain import commands as c
from desktop.domain.errors import Refusal
from desktop.domain.people import Staff
from desktop.domain.signed_acts import SIGNED_BY_PERSON, SIGNED_LATER
from desktop.domain.stream import CITY, office_stream
from desktop.sql.metadata import table_of
from desktop.wire.box import boxed
from desktop.wire.codec import acted, unsigned


class Revoked(Exception):
    """The device was revoked since its call was let in."""


WORK_S = 1.0
"""So long a push may work: others wait for the streams that it holds."""
TOGETHER = 25
"""So many commands are written at once, while none of them is refused."""
# PostgreSQL keeps the names of 64 savepoints of a transaction at hand; with more, everybody's
# look-ups go to a cache of pages (its manual, "Subtransactions").
SAVEPOINTS = 60
_LOCKED = (
    select(DeviceRow)
    .where(DeviceRow.device_id == bindparam("device"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
# As long as a desk may be without a line and go on.
_ON_ITS_WAY = timedelta(days=30)
_KEEP = insert(table_of(CommandRow))
_BY_CITY = (*visits.SELLING, *consulting.NUMBERING)


def push(session: Session, centre: Centre, device_id: str, texts: list[str], at: datetime) -> int:
    """Accept the first of the commands, as many as go into one transaction; the rest comes again.

    Returns the device's head afterwards. Raises Fork, Broken or Revoked, whole, and NoFigures:
    by a clock that is before the city's first figures nothing is refused, and nothing held.
    """
    device = session.scalars(_LOCKED, {"device": device_id}).one()
    if device.revoked_at is not None:
        # Seen by the door a moment ago as one that was not.
        raise Revoked
    arrived = _with_city(session, centre, arriving.new(session, device, boxed(texts)))
    if arrived:
        centre.reference.demand_figures(session, day_of(at))
    home = office_stream(device.office)
    cases = homes(session, {item.command.case_id for item in arrived if item.command})
    streams = lock_streams(session, {home, *(name for each in cases.values() for name in each)})
    _lock_visits(session, centre, arrived, at)
    known = {case_id: own[0] for case_id, own in cases.items()}
    given = adopted.outcomes(session, centre, [item.ident for item in arrived])
    box = _Box(session, centre, device, streams, known, at, given)
    done = box.settle(arrived)
    if done:
        device.head_seq, device.head_hash = arrived[done - 1].seq, arrived[done - 1].hash
    session.flush()
    return device.head_seq


def _with_city(
    session: Session, centre: Centre, arrived: list[ArrivedCommand]
) -> list[ArrivedCommand]:
    """Those that may be done now: up to the first that asks for a city that somebody holds.

    Only one that stands before all others waits for it, and few of all do at once: whoever has the
    city for long holds up no act that needs none, and takes no connection from other offices.
    """
    asks = (number for number, item in enumerate(arrived) if _asks_for_city(item))
    first = next(asks, None)
    if first == 0:
        with centre.office_shares.of(CITY):
            hold_city(session)
    elif first is not None and not hold_city(session, waiting=False):
        return arrived[:first]
    return arrived


def _asks_for_city(item: ArrivedCommand) -> bool:
    return item.command is not None and isinstance(item.command.payload, _BY_CITY)


def _lock_visits(
    session: Session, centre: Centre, arrived: list[ArrivedCommand], at: datetime
) -> None:
    commands = [item.command for item in arrived if item.command is not None]
    if any(isinstance(command.payload, visits.TOUCHING) for command in commands):
        # Without a rota nothing is booked: each is told so when its turn comes.
        with suppress(Refusal):
            visits.lock_ahead(session, centre.reference.rota(session, day_of(at)), commands)


@dataclass
class _Box:
    """Commands of one push at work, in streams that are locked.

    `known` are the cases that may be there already, by their streams; `at` is the centre's moment;
    `given` tells of what was done before a restore, and whose facts came back, how it ended.
    """

    session: Session
    centre: Centre
    device: DeviceRow
    streams: dict[str, StreamRow]
    known: dict[str, str]
    at: datetime
    given: Mapping[str, str]
    begun: float = field(default_factory=time.monotonic)
    savepoints: int = 0

    def settle(self, arrived: list[ArrivedCommand]) -> int:
        """Do, refuse or hold the first of them, at least one; how many."""
        done = 0
        while done < len(arrived) and self._goes_on():
            if (state := self.given.get(arrived[done].ident)) is not None:
                self._keep([(arrived[done], state)])
                done += 1
                continue
            some = list(takewhile(self._is_new, arrived[done : done + TOGETHER]))
            well = self._together(some)
            done += well
            if well < len(some) and (not done or self._goes_on()):
                self._alone(arrived[done])
                done += 1
        return done

    def _is_new(self, item: ArrivedCommand) -> bool:
        return item.ident not in self.given

    def _goes_on(self) -> bool:
        worked = time.monotonic() - self.begun
        return not self.savepoints or (worked < WORK_S and self.savepoints < SAVEPOINTS)

    def _together(self, items: list[ArrivedCommand]) -> int:
        """Do the first of them in one savepoint, up to one that is not simply done; how many."""
        while items:
            failed = self._try(items)
            if failed is None:
                self._keep((item, "done") for item in items)
                return len(items)
            items = items[:failed]
        return 0

    def _try(self, items: list[ArrivedCommand]) -> int | None:
        """Do all, or none: then which of them is the first that is not simply done."""
        heads = self._heads()
        done = 0
        try:
            with self._savepoint(), self.session.no_autoflush, gathering(self.session):
                self._read_ahead(items)
                for item in items:
                    self._do(item)
                    done += 1
                # Should the writing fail, nobody knows for whose sake: the first goes alone.
                done = 0
        # Refused, held or a bug: it is found out again, and told, when it is done alone.
        except Exception as fault:
            if is_nobodys_bug(self.session, fault):
                raise
            self._put_back(heads)
            return done
        return None

    def _read_ahead(self, items: list[ArrivedCommand]) -> None:
        """What each would ask for, asked at once."""
        ids = {item.command.case_id for item in items if item.command is not None}
        read_held_ahead(self.session, sorted(ids))
        fresh = {case_id for case_id in ids if not is_read(self.session, case_id)}
        known = {case_id: self.known[case_id] for case_id in sorted(fresh & self.known.keys())}
        read_ahead(self.session, known, fresh - known.keys())
        read_rows_ahead(self.session, list(known))
        commands = (item.command for item in items if item.command is not None)
        read_codes_ahead(self.session, commands)

    def _alone(self, item: ArrivedCommand) -> None:
        """One command: done, refused or held; never an obstacle to the next."""
        session, home = self.session, self.streams[office_stream(self.device.office)]
        heads = self._heads()
        state, refusal, report = "done", None, ""
        try:
            with self._savepoint():
                self._do(item)
        except Refusal as no:
            state, refusal = "refused", no
        except Behind:
            state = HELD
        # What it needs is not here now, as the key that signs letters: it is done once that is.
        except Busy as fault:
            state = HELD
            logging.getLogger(__name__).info("command %s waits: %s", item.seq, fault)
        # A bug in one command must not stop a whole office: it is parked, told and logged once.
        except Exception as bug:
            if is_nobodys_bug(session, bug):
                raise
            state, report = HELD, journal.report(bug)
            logging.getLogger(__name__).error("command %s held, report %s", item.seq, report)
        if state != "done":
            self._put_back(heads)
            tell(session, home, item.command, item.ident, refusal, report, self.at)
        if isinstance(refusal, passing.Gone) and item.command is not None:
            passing.tell_elsewhere(session, self.streams, item.command, refusal.told, self.at)
        self._keep([(item, state)])

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        self.savepoints += 1
        with self.session.begin_nested():
            yield

    def _heads(self) -> dict[str, tuple[int, str]]:
        return {name: (row.pos, row.hash) for name, row in self.streams.items()}

    def _put_back(self, heads: dict[str, tuple[int, str]]) -> None:
        for name, (pos, chain) in heads.items():
            self.streams[name].pos, self.streams[name].hash = pos, chain

    def _keep(self, settled: Iterable[tuple[ArrivedCommand, str]]) -> None:
        """The commands as they came, for ever."""
        rows: list[dict[str, Any]] = [
            {
                "device_id": self.device.device_id,
                "device_seq": item.seq,
                "command_id": item.ident,
                "case_id": item.command.case_id if item.command else "",
                "kind": item.command.kind if item.command else "",
                "state": state,
                "received_at": self.at,
                "canon": item.text,
                "hash": item.hash,
            }
            for item, state in settled
        ]
        self.session.execute(_KEEP, rows)
        home = office_stream(self.device.office)
        for row in rows:
            self.known.setdefault(row["case_id"], home)

    def _do(self, item: ArrivedCommand) -> None:
        session, command = self.session, item.command
        if command is None:
            raise Refusal(item.refused)
        # Before it could be held: what waits is done later, when nobody knows who sent it, and a
        # case behind it waits too.
        demand_new_enough(self.device, command)
        case = load_case(session, command.case_id)
        if case is not None:
            demand_seen(case, self.device.office)
        demand_none_held(session, command.case_id)
        actor = actor_of(session, self.centre, self.device, command, item.text, self.at)
        home = self.streams[office_stream(self.device.office)]
        came = Came(self.at, self.device.emptied_at)
        do(session, self.centre, command, actor, home, self.streams, self.at, came)


def demand_new_enough(device: DeviceRow, command: c.Command) -> None:
    """Raise TooOld for the release of a letter by a program that the centre does not go on with."""
    if isinstance(command.payload, c.ReleaseLetter) and is_too_old(device.told_version):
        raise TooOld


def actor_of(
    session: Session,
    centre: Centre,
    device: DeviceRow,
    command: c.Command,
    text: str,
    came_at: datetime,
) -> Staff:
    """Who acts, of the device's own office, with the personal signature where it is asked for.

    `text` is the command as it came, at `came_at`: an earlier program signed what it knew of, no
    more.
    """
    row = demand_admitted(session, of_office(session, device.office).get(command.actor))
    if command.kind not in SIGNED_BY_PERSON:
        return staff_at(session, row, device)
    if not command.person_signature and _may_be_unsigned(session, command, came_at):
        return staff_at(session, row, device)
    said = acted(centre.identity.centre, unsigned(text))
    made_at = command.made_at
    staff = signer_at(session, row, device, command.person_signature, said, made_at=made_at)
    if staff is None:
        raise Refusal(NOT_SIGNED)
    if isinstance(command.payload, c.VoidLetter):
        demand_own_witness(session, centre.identity.centre, device, command.payload, made_at)
    return staff


def _may_be_unsigned(session: Session, command: c.Command, came_at: datetime) -> bool:
    """Whether it is of an earlier program's, that did not sign it: done in its time, and here soon
    after. When it was done is the desk's own word."""
    if command.kind not in SIGNED_LATER:
        return False
    until = session.scalars(select(CentreRow.unsigned_until)).one()
    return until is not None and command.made_at < until and came_at < until + _ON_ITS_WAY

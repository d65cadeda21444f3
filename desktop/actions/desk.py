"""The desk that the window is handed: its store, its reference data, its line to the centre."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.actions.clock import Timekeeping
from desktop.chance import new_id
from desktop.domain.backup import BackupFault
from desktop.domain.calendar import TEHRAN
from desktop.domain.case import Case
from desktop.domain.commands import Command, OfficePayload, Payload
from desktop.domain.errors import Refusal
from desktop.domain.line import Trouble
from desktop.domain.people import Staff
from desktop.domain.terms import put_off
from desktop.store import meta, outbox, view
from desktop.store.acts import act
from desktop.store.meta import Identity
from desktop.store.open import Session, Store
from desktop.store.outbox import Signer
from desktop.store.view import View
from desktop.wire.assent import Assent, Purpose, assent
from desktop.wire.letters import Releaser, released

if TYPE_CHECKING:
    from desktop.actions.reference import DeskReference
    from desktop.wire.calls import Answered, Asked, Call

OLD_PROGRAM = "برنامه قدیمی است؛ برای مهر آن را به‌روز کنید."
"""Why nobody stamps at a desk whose program the centre calls too old."""

UNPROVEN = "امضای مهر این نامه تأیید نشد؛ چاپ و تحویل نمی‌شود."
"""Why a letter whose release nobody's kept key signed is neither printed nor stamped again."""


class Clock(Protocol):
    """This machine's clock."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...


class Ask(Protocol):
    """One signed question to the centre. Raises LineDown; Refusal in the centre's words."""

    def __call__(self, call: Call[Asked, Answered], body: Asked, /) -> Answered:
        """The centre's answer."""
        ...


class SyncStatus(Protocol):
    """What the status bar says of sync; `state` is connected, waiting, down or held."""

    @property
    def state(self) -> str: ...
    @property
    def waiting(self) -> int: ...
    @property
    def oldest(self) -> timedelta | None: ...
    @property
    def late(self) -> bool: ...
    @property
    def work_items(self) -> int: ...
    @property
    def records_as_of(self) -> date | None: ...
    @property
    def last_heard(self) -> datetime | None: ...
    @property
    def trouble(self) -> Trouble | None: ...
    @property
    def backup_at(self) -> datetime | None: ...
    @property
    def backup_fault(self) -> BackupFault | None: ...

    @property
    def is_connected(self) -> bool:
        """Whether the last round reached the centre, and nothing hinders."""


class Backup(Protocol):
    """The daily backup of the desk's store, in `folder`."""

    @property
    def folder(self) -> Path: ...

    def choose(self, folder: Path) -> None:
        """Have it lie there from now on. Raises Refusal."""
        ...

    def soon(self) -> None:
        """Try at once what is due."""
        ...


class CentreCertificate(Protocol):
    """The certificate by which the desk knows its centre, after it was changed there on purpose."""

    def words(self) -> tuple[str, ...]:
        """The six words of the one that is shown now. Asks the centre; raises LineDown, Refusal."""
        ...

    def accept(self) -> None:
        """Know the centre by it from now on: somebody has compared the words. Raises Refusal."""
        ...


class HandedFile(Protocol):
    """A file for the courier: its bytes, how many acts are in it, when the first was made (UTC);
    how many acts are left for the next one, how many papers wait for a line."""

    @property
    def file(self) -> bytes: ...
    @property
    def ask(self) -> str: ...
    @property
    def acts(self) -> int: ...
    @property
    def left(self) -> int: ...
    @property
    def papers(self) -> int: ...
    @property
    def oldest(self) -> datetime | None: ...
    @property
    def made_at(self) -> datetime: ...


class TakenFile(Protocol):
    """What the centre's file brought: how many facts, how many acts it tells of as taken, and
    whether the centre has `more`; with a `gap` another answer is to be read before."""

    @property
    def facts(self) -> int: ...
    @property
    def acts(self) -> int: ...
    @property
    def more(self) -> bool: ...
    @property
    def gap(self) -> bool: ...


class Courier(Protocol):
    """The desk's end of a courier's way, where there is no line."""

    def hand_over(
        self, place: str, *, also_revoked: bool = False, anew: bool = False
    ) -> HandedFile:
        """All that the centre does not have, `anew` also what it had before it was restored;
        `place` says whose it is. Raises Refusal, also of a device that was taken back unless it is
        asked for all the same."""
        ...

    def take_back(self, file: bytes) -> TakenFile:
        """Apply the centre's answer. Raises Refusal."""
        ...


@dataclass(frozen=True)
class Desk:
    """One desk of an office, or the municipality's own. `nudge` asks for a round of sync soon.

    At a `training` desk nothing is in earnest. `backup` and `certificate` are None at a demo's
    desks, which have none; `courier` where nobody would read what is handed over.
    """

    store: Store
    clock: Clock
    ask: Ask
    nudge: Callable[[], None]
    sync_status: Callable[[], SyncStatus]
    demo: bool
    training: bool = False
    backup: Backup | None = None
    certificate: CentreCertificate | None = None
    courier: Courier | None = None

    @cached_property
    def reference(self) -> DeskReference:
        """Services and figures as the stream `city` brought them here."""
        # Nobody needs them to sign in: what reads them is loaded while the password is checked.
        from desktop.actions.reference import DeskReference

        return DeskReference()

    @cached_property
    def timekeeping(self) -> Timekeeping:
        """What looks whether the desk's moment can be right."""
        return Timekeeping()

    def clock_trouble(self) -> str:
        """Why the desk's moment can't be right, for a person; empty where it can."""
        with self.store.reading() as session:
            return self.timekeeping.trouble(session, self.moment(session))

    def demand_clock(self) -> None:
        """Raise Refusal where no paper may bear the desk's day."""
        if words := self.clock_trouble():
            raise Refusal(words)

    def demand_stamp(self) -> None:
        """Raise Refusal where nobody may stamp at this desk, before anybody types a password.

        Its clock is wrong, or the centre takes no stamp of a program as old as this one.
        """
        self.demand_clock()
        with self.store.reading() as session:
            if not meta.get(session).releases:
                raise Refusal(OLD_PROGRAM)

    def moment(self, session: Session) -> datetime:
        """The desk's corrected moment, UTC."""
        return meta.get(session).corrected(self.clock.now())

    def today(self, session: Session) -> date:
        """The day in Yazd."""
        return self.moment(session).astimezone(TEHRAN).date()

    def put_off(self, session: Session, case: Case) -> Case:
        """The case with its terms by the holidays that are known here today.

        Raises Refusal before the first sync.
        """
        return put_off(case, self.reference.city(session, self.today(session)).calendar)

    def look(self, session: Session, case_id: str) -> View:
        """A case of this office as the desk sees it now, its terms as in `put_off`."""
        seen = view.of_case(session, case_id, self.reference.setting_for)
        case, settled = (
            self.put_off(session, one) if one is not None else None
            for one in (seen.case, seen.settled)
        )
        return replace(seen, case=case, settled=settled)

    def note_records(self, as_of: date | None) -> None:
        """The centre's answer tells of which day its records are; kept where that is new.

        The greeting tells it too, minutes later: till then the status bar would contradict a form.
        """
        with self.store.reading() as session:
            known = meta.get(session).records_as_of
        if known != as_of:
            self.store.write(lambda session: meta.change(session, records_as_of=as_of))

    def identity(self) -> Identity:
        """Whose desk it is."""
        with self.store.reading() as session:
            return meta.get(session).identity


@dataclass(frozen=True)
class Seat:
    """A person signed in at a desk, with the personal keys unwrapped by the password.

    `releaser` signs the release of letters; None for who was enrolled by an earlier program.
    """

    desk: Desk
    staff: Staff
    signer: Signer
    releaser: Releaser | None = None

    def resuming(self, before: Seat | None) -> Seat:
        """The seat as whose deputy the person sat here before, if as anybody's."""
        if before is None or before.staff.staff_id != self.staff.staff_id:
            return self
        return replace(self, staff=before.staff) if before.staff.stands_in_for else self

    def do(
        self, session: Session, case_id: str, payload: Payload, shown: Case | None = None
    ) -> Command:
        """One act of this person in the caller's writing transaction. Raises Refusal."""
        return self.do_all(session, case_id, [payload], shown)[0]

    def do_all(
        self,
        session: Session,
        case_id: str,
        payloads: Sequence[Payload],
        shown: Case | None = None,
    ) -> list[Command]:
        """Acts of this person, one after the other, as `do`."""
        return act(
            session,
            payloads,
            case_id=case_id,
            actor=self.staff,
            at=self.desk.moment(session),
            setting_for=self.desk.reference.setting_for,
            signer=self.signer,
            shown=shown,
        )

    def do_one(self, case_id: str, payload: Payload, shown: Case | None = None) -> Command:
        """One act in a transaction of its own; the centre is told soon. Raises Refusal."""
        command = self.desk.store.write(lambda s: self.do(s, case_id, payload, shown))
        self.desk.nudge()
        return command

    def do_of_office(
        self, session: Session, payload: OfficePayload, at: datetime | None = None
    ) -> Command:
        """One act of this person for the office, of no case, in the caller's writing transaction.

        Whether it is lawful the caller has looked. `at` is when it was done, UTC; the desk's moment
        where nothing is said. Raises Refusal for one that the centre would not take.
        """
        return outbox.put(
            session,
            payload,
            # Each has an id of its own, under which no case ever stands.
            case_id=new_id(),
            actor=self.staff.staff_id,
            at=at or self.desk.moment(session),
            signer=self.signer,
            base_rev=0,
        )

    def released(self, session: Session, number: str, layout: int, sha256: str) -> str:
        """This person's signature under copy 1 of a letter; empty from who has no key for it."""
        if self.releaser is None:
            return ""
        centre = meta.get(session).identity.centre
        return self.releaser.sign(released(centre, number, layout, 1, sha256))

    def assent(self, purpose: Purpose, subject: str, reason: str = "") -> Assent:
        """This person's signed word to a call of the centre, at the desk's moment."""
        with self.desk.store.reading() as session:
            at, centre = self.desk.moment(session), meta.get(session).identity.centre
        actor = self.staff.staff_id
        return assent(self.signer, centre, purpose, subject, actor=actor, reason=reason, at=at)

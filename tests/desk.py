"""One desk of an office under test: its store, key and rounds, and what its people do."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from desktop.chance import new_id
from desktop.domain.commands import Command, Payload, Register
from desktop.domain.people import Staff
from desktop.store import meta, view
from desktop.store.acts import act
from desktop.store.open import Store
from desktop.store.steps import Step, go_on
from desktop.store.tables import CaseCountRow, CaseRow
from desktop.sync.round import Round, RoundReport
from desktop.wire.link import Link
from tests.fakes import SetClock
from tests.office import CLERK, request, setting_for


@dataclass
class Desk:
    """One desk: its store, key and rounds."""

    store: Store
    key: Ed25519PrivateKey
    link: Link
    clock: SetClock
    setting_for: view.SettingFor = setting_for
    staff: Staff = CLERK

    def __post_init__(self) -> None:
        """Make the rounds over the store."""
        self.reopen_rounds()

    def reopen_rounds(self) -> None:
        """Rounds that have greeted nobody yet, over the link as it is now."""
        self.round = Round(self.store, self.link, self.key, self.clock, self.setting_for)

    def reopen(self) -> None:
        """Open the closed store again, as the next start does."""
        self.store = Store(self.store.place, reserve=4096)
        self.reopen_rounds()

    def act(
        self, case_id: str, payload: Payload, actor: Staff | None = None, step: Step = go_on
    ) -> Command:
        """What an action does: check, outbox and view in one transaction."""
        with self.store.writing() as session:
            (command,) = act(
                session,
                [payload],
                case_id=case_id,
                actor=actor or self.staff,
                at=meta.get(session).corrected(self.clock.now()),
                setting_for=self.setting_for,
                signer=lambda said: self.key.sign(said).hex(),
                step=step,
            )
            return command

    def register(self, serial: int = 1) -> str:
        """A new request; its case's id."""
        case_id = new_id()
        self.act(case_id, Register(request(serial)))
        return case_id

    def sync(self) -> RoundReport:
        """One round."""
        return self.round.run()

    def see(self, case_id: str) -> view.View:
        """The case as this desk sees it."""
        with self.store.reading() as session:
            return view.of_case(session, case_id, self.setting_for)

    def meta(self) -> meta.Meta:
        """The store's state."""
        with self.store.reading() as session:
            return meta.get(session)

    def check(self) -> None:
        """The kept view is the rebuilt one, and the kept counts are those of its rows."""
        by = (CaseRow.service, CaseRow.state, CaseRow.rank)
        kept = select(CaseCountRow).where(CaseCountRow.cases > 0)
        with self.store.reading() as session:
            assert view.differing(session, self.setting_for) == []
            counted = session.execute(select(*by, func.count()).group_by(*by))
            assert {tuple(row) for row in counted} == {
                (row.service, row.state, row.rank, row.cases) for row in session.scalars(kept)
            }

"""A centre restored from an older copy has back what desks have: numbers equal, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import board, cash, documents, payments
from desktop.centre import blobs, devices, doing, messaging
from desktop.centre.audit.whole import audit
from desktop.centre.completing import COMPLETED
from desktop.centre.metadata import METADATA
from desktop.centre.recovering import redoing, standing, turns
from desktop.centre.recovering.account import account
from desktop.centre.recovering.opening import confirm, open_up
from desktop.centre.recovering.standing import Phase
from desktop.centre.streams import load_case
from desktop.centre.tables import DeviceRow
from desktop.centre.tick import tick
from desktop.centre.transacting import transact
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain import facts as f
from desktop.domain.consultation import Consulted, ConsulteeReminded
from desktop.domain.elsewhere import CopyGiven
from desktop.domain.request import DocumentFile
from desktop.domain.state import State
from desktop.domain.stream import HomeFact, office_stream
from desktop.keys import DeviceKeys
from desktop.premises.desks import open_desk
from desktop.premises.message_files import MessageFiles
from desktop.store import meta
from desktop.store.work_items import ItemKind
from tests.delegated import announce
from tests.heirs import HEIR, LAST, at, ends, finish, in_fee_due, open_heir
from tests.houses import CHEAP
from tests.restored import Copy, Lost, is_as, lost, rows_of, sync
from tests.town import Town

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("requests", [4, pytest.param(40, marks=pytest.mark.long)])
def test_what_the_copy_lacks_comes_back_from_the_desks(
    make_town: Callable[..., Town], requests: int
) -> None:
    comes_back(lost(make_town, requests), requests)


@pytest.mark.long
def test_it_does_on_postgresql_too(make_town: Callable[..., Town], postgres_place: str) -> None:
    loss = lost(make_town, 8, postgres_place)
    with closing(loss):
        comes_back(loss, 8)


def comes_back(loss: Lost, requests: int) -> None:
    """What the copy lacks, from the desks."""
    town = loss.restored()
    centre = town.house.centre
    sync(town)
    with centre.reading() as session:
        told = account(session)
    assert told is not None
    assert (told.phase, told.came, told.absent, told.failed) == (Phase.UNCONFIRMED, 2, (), ())
    assert told.adopted > requests
    is_as(centre, loss.before)
    assert list(audit(centre, (), lambda _: None)) == []
    confirm(centre, "مدیر سامانه")
    # It goes on behind what was: no number is taken again.
    numbers = {row[2] for row in loss.before["letter"]}
    case_id = town.register(town.record(Scenario.CLEAN, 5))
    town.house.office.sync()
    issued = case_now(town.crew.clerk, case_id).letters[0].letter.number
    assert int(issued.split("/")[-1]) == max(numbers) + 1


@pytest.mark.parametrize("heir_comes", [True, pytest.param(False, marks=pytest.mark.long)])
def test_a_case_that_went_to_another_office_in_the_lost_hour_is_there(
    small_town: Town, tmp_path: Path, heir_comes: bool
) -> None:
    town = announce(small_town)
    town.clock.moment = town.clock.moment.replace(microsecond=64_000)
    folder = tmp_path / "heir"
    heir = open_heir(town, folder, HEIR)
    ends(town)
    case_id = in_fee_due(town)
    heir.hear()
    copy = Copy.of(town, tmp_path / "copy.db")
    at(town, LAST + timedelta(days=1))
    heir.hear()
    before = rows_of(town.house.centre)
    device = heir.running.desk.identity().device_id
    town = copy.restore(town)
    if heir_comes:
        come_again(town, folder, device)
    sync(town)
    if heir_comes:
        is_as(town.house.centre, before)
    else:
        assert open_up(town.house.centre, "مدیر سامانه")
    with town.house.centre.reading() as session:
        case = load_case(session, case_id)
        told = account(session)
    assert case is not None
    assert told is not None
    assert (case.state, case.stream) == (State.FEE_DUE, office_stream(HEIR))
    assert told.failed == ()
    assert list(audit(town.house.centre, (), lambda _: None)) == []


def test_a_paper_of_the_lost_hour_is_sent_again(small_town: Town, tmp_path: Path) -> None:
    town = small_town
    copy = Copy.of(town, tmp_path / "copy.db")
    content = b"what the citizen brought" * 20_000
    name = documents.keep(town.crew.clerk, content)
    town.register(town.record(Scenario.CLEAN), file=DocumentFile(name, len(content), 1))
    assert paper_at(town, name) == content
    town = copy.restore(town)
    sync(town)
    # The office had been told that the centre has it.
    assert paper_at(town, name) == content
    assert list(audit(town.house.centre, (), lambda _: None)) == []


def paper_at(town: Town, name: str) -> bytes:
    """What the centre has of the paper once the office has sent what it has to."""
    while town.house.office.sync().more:
        pass
    with town.house.centre.reading() as session:
        return blobs.whole(session, name)


def test_what_only_a_taking_over_tells_is_done_with_it(small_town: Town, tmp_path: Path) -> None:
    """The office that had the case never comes; the one that finished it does."""
    town = announce(small_town)
    folder = tmp_path / "heir"
    heir = open_heir(town, folder, HEIR)
    ends(town)
    case_id = in_fee_due(town)
    heir.hear()
    copy = Copy.of(town, tmp_path / "copy.db")
    payments.pay_fee(
        town.crew.clerk, case_now(town.crew.clerk, case_id), "office", "terminal", "771"
    )
    at(town, LAST + timedelta(days=1))
    heir.hear()
    finished = finish(heir, case_id)
    device = heir.running.desk.identity().device_id
    town = copy.restore(town)
    town.house.municipality.sync()
    come_again(town, folder, device)
    assert open_up(town.house.centre, "مدیر سامانه")
    with town.house.centre.reading() as session:
        case, told = load_case(session, case_id), account(session)
    assert case is not None
    assert told is not None
    assert (case.state, case.rev) == (finished.state, finished.rev)
    assert told.failed == ()
    rows = rows_of(town.house.centre)
    numbers = {held.letter.number.split("/")[-1] for held in finished.letters}
    assert {str(row[2]) for row in rows["letter"]} >= numbers
    # Of the office that did not come what no letter bears is skipped, behind what one does.
    skipped = [first for office, _, first, _, _ in told.skipped if office == "21"]
    assert skipped == [int(max(numbers)) + 1]
    assert rows["taking"]


def come_again(town: Town, folder: Path, device: str) -> None:
    """The heir's desk is opened anew, and calls."""
    key = DeviceKeys(folder / "keys", cost=CHEAP).find(device)
    assert key is not None
    running = open_desk(folder / f"{HEIR}.db", town.line, key, town.clock, demo=True)
    town.beside.append(running)
    running.sync()


@pytest.mark.long
def test_money_that_was_given_back_on_one_case_and_taken_on_another_stands(
    small_loss: Lost,
) -> None:
    """All of a push has one moment; what counts is in which order it stands in its stream."""
    town = small_loss.town
    crew = town.crew
    first = town.register(town.record(Scenario.CLEAN, 7), pay=False)
    second = town.register(town.record(Scenario.CLEAN, 8), pay=False)
    sync(town)
    small_loss.copy = Copy.of(town, small_loss.copy.file.with_name("later.db"))
    bell = town.house.office.bell
    ring, bell.ring = bell.ring, lambda: None
    payments.pay_fee(crew.clerk, case_now(crew.clerk, first), "office", "terminal", "771")
    mark = next(iter(case_now(crew.clerk, first).takings))
    cash.void_payment(crew.manager, first, mark, "به پروندهٔ دیگری بود")
    payments.pay_fee(crew.clerk, case_now(crew.clerk, second), "office", "terminal", "771")
    bell.ring = ring
    sync(town)
    small_loss.before = rows_of(town.house.centre)
    town = small_loss.restored()
    sync(town)
    is_as(town.house.centre, small_loss.before)


@pytest.mark.long
def test_a_second_restore_from_the_same_copy_is_no_other_centre(
    small_loss: Lost, tmp_path: Path
) -> None:
    town = small_loss.restored()
    sync(town)
    with town.house.centre.reading() as session:
        row = standing.current(session)
        assert row is not None
        lives = [*row.lives.split(), row.epoch]

    def again(session: Session, at: Any) -> None:
        standing.begin(session, at, lives)

    town = small_loss.copy.restore(town, again)
    sync(town)
    with town.house.centre.reading() as session:
        told = account(session)
    assert told is not None
    assert told.failed == ()
    is_as(town.house.centre, small_loss.before)
    with town.house.centre.reading() as session:
        assert centre_phase(town, session) is Phase.UNCONFIRMED


def centre_phase(town: Town, session: Session) -> Phase:
    """How the town's centre stands."""
    return town.house.centre.recovery.phase(session)


@pytest.mark.long
def test_a_centre_whose_last_missing_desk_was_revoked_opens_by_itself(small_loss: Lost) -> None:
    town = small_loss.restored()
    town.house.municipality.sync()
    with town.house.centre.writing() as session:
        known = devices.told_of(session.get_one(DeviceRow, meta_device(town)))
        # As the file beside the keys tells, found after the restore.
        assert devices.take(session, replace(known, revoked_at=town.clock.now()))
    assert tick(town.house.centre) == 1
    with town.house.centre.reading() as session:
        assert centre_phase(town, session) is Phase.UNCONFIRMED


def test_what_was_held_in_the_copy_and_done_since_is_not_done_again(
    small_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = small_town

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(doing, "handle", broken)
        case_id = town.register(town.record(Scenario.CLEAN, 5))
        sync(town)
    copy = Copy.of(town, tmp_path / "copy.db")
    tick(town.house.centre)
    sync(town)
    before = case_now(town.crew.clerk, case_id)
    assert before.letters
    town = copy.restore(town)
    sync(town)
    tick(town.house.centre)
    sync(town)
    assert case_now(town.crew.clerk, case_id) == before
    assert not any(item.kind is ItemKind.REFUSED for item in board.items(town.house.office.desk))


@pytest.mark.long
def test_one_fact_that_can_not_be_done_again_keeps_no_office_waiting(
    small_loss: Lost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise LookupError("nobody of that name")

    taken = {**redoing.TAKEN, f.LetterReleased: broken}
    monkeypatch.setattr(redoing, "TAKEN", taken)
    town = small_loss.restored()
    sync(town)
    with town.house.centre.reading() as session:
        told = account(session)
    assert told is not None
    assert told.phase is Phase.UNCONFIRMED
    assert {kind for _, _, kind in told.failed} >= {f.LetterReleased.kind}
    assert any("not done again" in line for line in told.lines())
    # The facts are there, and the audit says what beside them is not.
    assert list(audit(town.house.centre, (), lambda _: None))


class _Killed(BaseException):
    """The process that opens the centre is gone."""


@dataclass
class BoxByBox:
    """How a centre does again what came back, a few facts at a time; behind so many boxes something
    happens."""

    behind: int
    happens: Callable[[], object]
    done: int = 0

    def __call__(self, *arguments: Any) -> Any:
        made = transact(*arguments)
        self.done += 1
        if self.done == self.behind:
            self.happens()
        return made


def _killed() -> None:
    raise _Killed


def test_an_opening_that_broke_off_goes_on_where_it_was(
    small_loss: Lost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "BOX", 10)
    town = small_loss.restored()
    with monkeypatch.context() as broken:
        broken.setattr(redoing, "transact", BoxByBox(3, _killed))
        with pytest.raises(_Killed):
            sync(town)
    with town.house.centre.reading() as session:
        told = account(session)
    assert told is not None
    assert told.phase is Phase.CLOSED
    assert told.waiting is not None
    assert 0 < told.waiting < told.adopted
    assert any(f"{told.waiting} of them are still to be done" in line for line in told.lines())
    assert tick(town.house.centre) == 1
    sync(town)
    is_as(town.house.centre, small_loss.before)
    assert list(audit(town.house.centre, (), lambda _: None)) == []


@pytest.mark.long
@pytest.mark.parametrize("boxes", [1, 1_000])
def test_two_that_open_at_once_do_nothing_twice(
    small_loss: Lost, monkeypatch: pytest.MonkeyPatch, boxes: int
) -> None:
    monkeypatch.setattr(turns, "BOX", 2)
    town = small_loss.restored()
    centre = town.house.centre

    def another_does_some() -> None:
        found = turns.boxes
        with monkeypatch.context() as other:
            other.setattr(turns, "boxes", lambda session: found(session)[:boxes])
            redoing.redo_all(centre)

    at_work = BoxByBox(6, another_does_some)
    monkeypatch.setattr(redoing, "transact", at_work)
    sync(town)
    assert at_work.done > 4
    with centre.reading() as session:
        told = account(session)
    assert told is not None
    assert told.failed == ()
    is_as(centre, small_loss.before)
    assert list(audit(centre, (), lambda _: None)) == []


@pytest.mark.long
def test_once_it_opens_nothing_is_given_back(
    small_loss: Lost, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = small_loss.restored()
    town.house.municipality.sync()
    monkeypatch.setattr(redoing, "transact", BoxByBox(1, _killed))
    with pytest.raises(_Killed):
        open_up(town.house.centre, "مدیر سامانه")
    assert town.house.office.sync().alarm == "epoch"
    monkeypatch.undo()
    assert tick(town.house.centre) == 1
    with town.house.centre.reading() as session:
        row = standing.current(session)
        assert row is not None
        assert row.opened_by == "مدیر سامانه"


@pytest.mark.long
def test_one_that_the_program_before_opened_is_open(small_loss: Lost) -> None:
    town = small_loss.restored()
    town.house.municipality.sync()
    assert open_up(town.house.centre, "مدیر سامانه")
    with town.house.centre.writing() as session:
        row = standing.restored(session)
        before, row.opening_at = row.opened_by, None
    assert town.house.office.sync().alarm == "epoch"
    assert not open_up(town.house.centre, "دیگری")
    with town.house.centre.reading() as session:
        assert standing.restored(session).opened_by == before


@pytest.mark.long
def test_no_gateway_gets_a_number_of_a_batch_twice(small_loss: Lost, tmp_path: Path) -> None:
    town = small_loss.restored()
    sync(town)
    confirm(town.house.centre, "مدیر سامانه")
    gateway = MessageFiles(tmp_path)
    messaging.carry(town.house.centre, gateway)
    (first,) = tmp_path.glob("messages-*.csv")
    assert int(first.stem.partition("-")[2]) > 1_000_000
    case_id = town.register(town.record(Scenario.CLEAN, 9))
    sync(town)
    assert case_id
    messaging.carry(town.house.centre, gateway)
    assert len(list(tmp_path.glob("messages-*.csv"))) == 2


def test_what_an_act_takes_is_taken_again_by_its_fact() -> None:
    nothing_taken = {
        f.FeeRefunded,
        f.FeeDue,
        f.CommissionDecided,
        f.RulingFinal,
        f.VisitReported,
        f.ObjectionAnswered,
        f.PassedOn,
        f.Assigned,
        f.Recommended,
        CopyGiven,
        # Their letters' numbers are spent before all else.
        Consulted,
        ConsulteeReminded,
    }
    assert set(COMPLETED) - set(redoing.TAKEN) == nothing_taken
    assert set(redoing.HOME) == set(get_args(HomeFact))


def test_looks_and_papers_are_offered_once_more(small_loss: Lost) -> None:
    town = small_loss.restored()
    with town.house.office.desk.store.reading() as session:
        told = meta.get(session).readings_told
    sync(town, 3)
    with town.house.office.desk.store.reading() as session:
        assert meta.get(session).readings_told == told
    with town.house.centre.reading() as session:
        device = meta_device(town)
        lines = METADATA.tables["reading_line"]
        chained = select(lines.c.seq).where(lines.c.chain == device)
        assert len(session.execute(chained).all()) == told


def meta_device(town: Town) -> str:
    """The office desk's device."""
    with town.house.office.desk.store.reading() as session:
        return meta.get(session).identity.device_id

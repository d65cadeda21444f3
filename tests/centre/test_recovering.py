"""A centre restored from an older copy has back what desks have: numbers equal, nothing twice."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import board, cash, letters, office_day, payments, stamped_sheets
from desktop.actions.day_close import CloseCount, close_day
from desktop.centre import doing, enrolling
from desktop.centre.audit.whole import audit
from desktop.centre.context import Centre
from desktop.centre.doing import COMPLETED
from desktop.centre.metadata import METADATA
from desktop.centre.recovering import redoing, standing
from desktop.centre.recovering.account import account
from desktop.centre.recovering.opening import confirm, open_up
from desktop.centre.recovering.standing import Phase
from desktop.centre.streams import load_case
from desktop.centre.tick import DEVICE, tick
from desktop.chance import new_id
from desktop.demo import following
from desktop.demo.beginning import fill_queue, ring_at_once, seat_crew
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.demo.house import open_house
from desktop.demo.people import PASSWORD
from desktop.domain import facts as f
from desktop.domain.consultation import Consulted, ConsulteeReminded
from desktop.domain.day_register import COUNTED
from desktop.domain.line import Why
from desktop.domain.stamped_sheets import SheetRun
from desktop.domain.state import State
from desktop.domain.stream import CITY, HomeFact, office_stream
from desktop.keys import DeviceKeys
from desktop.premises.desks import open_desk
from desktop.sql.engine import writer
from desktop.store import facts as store_facts
from desktop.store import meta
from desktop.store.work_items import ItemKind
from desktop.sync import recovering
from desktop.wire import calls, link
from desktop.wire.heads import SignedHead
from desktop.wire.link import Reply, SignedRequest
from desktop.wire.recovery import GiveBackAnswer, GiveBackAsk, HeadBody
from tests.actions.printing_child import PRINTER
from tests.centre.calling import Caller, code_of
from tests.delegated import announce
from tests.heirs import HEIR, LAST, at, ends, finish, in_fee_due, open_heir
from tests.houses import CHEAP
from tests.town import PROPERTIES, Town

HOME = "office:21"
Rows = Mapping[str, frozenset[tuple[Any, ...]]]


@dataclass
class Copy:
    """A copy of a town's centre, made while it is at work."""

    file: Path

    @classmethod
    def of(cls, town: Town, file: Path) -> Copy:
        """As `centre backup` makes one."""
        with closing(sqlite3.connect(_place(town))) as source, closing(sqlite3.connect(file)) as to:
            source.backup(to)
        return cls(file)

    def restore(self, town: Town, begin: Callable[..., object] = standing.begin) -> Town:
        """The town with the copy as its centre; its desks as they are."""
        place = _place(town)
        town.close()
        for beside in place.parent.glob(f"{place.name}-*"):
            beside.unlink()
        shutil.copy(self.file, place)
        # Before anything opens it: what is due would be done once more.
        engine = writer(place)
        with Session(engine) as session, session.begin():
            begin(session, town.clock.now())
        engine.dispose()
        house = open_house(place.parent, town.house.opening, properties=PROPERTIES)
        ring_at_once(house)
        return Town(house, town.clock, seat_crew(house), town.properties)


def _place(town: Town) -> Path:
    place = town.house.centre.writer.url.database
    assert place is not None
    return Path(place)


def sync(town: Town, rounds: int = 2) -> None:
    """So many rounds of both desks."""
    for _ in range(rounds):
        town.house.office.sync()
        town.house.municipality.sync()


# What a restored centre can't know, or does not need to: of its restores and its own life; when an
# act came; what desks told of themselves; whom it told what itself; what it weighs anew.
_OWN = {
    "adopted_fact", "given_fact", "gave_back", "recovery", "centre", "reading_line", "daily_head",
}  # fmt: skip
_LEFT_OUT = {
    "command": {"received_at"},
    "device": {"heard_at", "told_disk_mb", "emptied_at"},
    "standing_letter": {"due"},
    "reading_head": {"seq", "hash"},
    "citizen_message": {"message_id"},
}
_COUNTS = {"case_count", "clerk_state_sum", "state_sum"}


def rows_of(centre: Centre) -> Rows:
    """All that the centre keeps for good, by table; a count of nothing is none."""
    found: dict[str, frozenset[tuple[Any, ...]]] = {}
    with centre.reading() as session:
        for table in METADATA.sorted_tables:
            if table.name in _OWN:
                continue
            left = _LEFT_OUT.get(table.name, set())
            columns = [each for each in table.c if each.name not in left]
            asked = select(*columns)
            if "device_id" in table.c:
                # What the centre did by itself no desk gives back: its facts they do.
                asked = asked.where(table.c.device_id != DEVICE)
            rows = [tuple(row) for row in session.execute(asked)]
            if table.name in _COUNTS:
                rows = [row for row in rows if row[-1]]
            found[table.name] = frozenset(rows)
    return found


def is_as(centre: Centre, before: Rows) -> None:
    """The centre keeps what was kept before, table by table."""
    after = rows_of(centre)
    for name, rows in before.items():
        assert after[name] == rows, name


def busy_hour(town: Town) -> None:
    """Letters stamped, printed on numbered sheets, handed over, voided; the day closed."""
    crew, office = town.crew, town.house.office
    stamped_sheets.take(crew.manager, PASSWORD, SheetRun("الف", 101, 200), "۱۴۰۵/۷۷")
    for number in range(2):
        case_id = town.register(town.record(Scenario.CLEAN, number))
        release(crew, case_now(crew.clerk, case_id))
        office.sync()
        held = case_now(crew.clerk, case_id).letters[0]
        begun = letters.begin_print(crew.clerk, case_id, held, PRINTER, "")
        letter_id = held.letter.letter_id
        letters.end_print(crew.clerk, case_id, letter_id, begun, PRINTER, "", out=True)
        if number:
            following.void(crew.manager, case_id, letter_id, "نشانی اشتباه است")
        else:
            receiver = ("مالک", "4420123456", ("کارت ملی",), PASSWORD)
            letters.hand_over(crew.clerk, case_id, letter_id, *receiver)
        office.sync()
    day = office_day.look(crew.manager)
    counted = {tool: day.book.total(tool) for tool in COUNTED}
    close_day(crew.manager, PASSWORD, day.day, CloseCount(counted, 100, 0, 0, 98, note="شمرده شد"))


@dataclass
class Lost:
    """A town, the copy of its centre, and what the centre kept when it was lost an hour later."""

    town: Town
    copy: Copy
    before: Rows

    def restored(self) -> Town:
        """The town with the copy as its centre."""
        self.town = self.copy.restore(self.town)
        return self.town


def lost(town: Town, tmp_path: Path, requests: int) -> Lost:
    """A busy hour after the copy was made, with so many requests each half on its way."""
    # A real clock is more exact than the texts of facts; what is given back is these.
    town.clock.moment = town.clock.moment.replace(microsecond=64_000)
    fill_queue(town.house, town.crew, town.clock, properties=PROPERTIES, today=requests)
    sync(town)
    copy = Copy.of(town, tmp_path / "copy.db")
    fill_queue(town.house, town.crew, town.clock, properties=PROPERTIES, today=requests)
    town.clock.moment += timedelta(hours=1)
    busy_hour(town)
    sync(town)
    return Lost(town, copy, rows_of(town.house.centre))


@pytest.fixture
def small_loss(small_town: Town, tmp_path: Path) -> Lost:
    """A town whose centre is lost after a short hour."""
    return lost(small_town, tmp_path, 4)


@pytest.mark.parametrize("requests", [8, pytest.param(40, marks=pytest.mark.long)])
def test_what_the_copy_lacks_comes_back_from_the_desks(
    small_town: Town, tmp_path: Path, requests: int
) -> None:
    loss = lost(small_town, tmp_path, requests)
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


def test_nothing_but_giving_back_is_done_before_all_desks_came(small_loss: Lost) -> None:
    town = small_loss.restored()
    assert town.house.office.sync().why is Why.RECOVERING
    assert code_of(Caller(town).call(calls.SLOTS.path, b"{}")) == "recovering"
    # At the counter work goes on; it goes up when the centre is open.
    case_id = town.register(town.record(Scenario.CLEAN, 6))
    assert not town.house.office.sync().well
    assert tick(town.house.centre) == 0
    town.house.municipality.sync()
    assert town.house.office.sync().well
    assert case_now(town.crew.clerk, case_id).rev > 0


def test_nothing_is_answered_at_once_before_a_person_confirmed(small_loss: Lost) -> None:
    town = small_loss.restored()
    sync(town)
    case_id = town.register(town.record(Scenario.CLEAN, 6))
    sync(town)
    assert case_now(town.crew.clerk, case_id).state is State.DECIDING
    tick(town.house.centre)
    assert confirm(town.house.centre, "مدیر سامانه")
    assert not confirm(town.house.centre, "دیگری")
    tick(town.house.centre)
    sync(town)
    assert case_now(town.crew.clerk, case_id).letters


def test_a_desk_that_comes_too_late_is_told_loudly_and_keeps_what_it_has(small_loss: Lost) -> None:
    town = small_loss.restored()
    with town.house.office.desk.store.reading() as session:
        held = store_facts.cursors(session, [HOME, CITY])
    town.house.municipality.sync()
    assert open_up(town.house.centre, "مدیر سامانه")
    assert town.house.office.sync().alarm == "epoch"
    with town.house.office.desk.store.reading() as session:
        assert store_facts.cursors(session, [HOME, CITY]) == held
    with town.house.centre.reading() as session:
        told = account(session)
    assert told is not None
    assert [(office, desk) for office, desk, _ in told.absent] == [("21", 2)]


def test_a_centre_that_never_was_the_desks_own_is_not_given_anything(small_loss: Lost) -> None:
    def begin(session: Any, at: Any) -> None:
        standing.begin(session, at).lives = new_id()

    town = small_loss.copy.restore(small_loss.town, begin)
    assert town.house.office.sync().alarm == "epoch"
    with town.house.centre.reading() as session:
        told = account(session)
    assert told is not None
    assert (told.came, told.adopted) == (0, 0)


def test_a_cut_line_is_gone_on_with_where_it_was(
    small_loss: Lost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovering, "MOST_BYTES", 4_000)
    town = small_loss.restored()
    given: list[int] = []
    own = town.house.own_centre.call

    def cut(request: SignedRequest) -> Reply:
        if request.path == calls.GIVE_BACK.path:
            given.append(GiveBackAsk.model_validate_json(request.body).after)
            if len(given) % 4 == 3:
                # Here and away again: the answer is lost.
                own(request)
                return Reply(link.BROKEN, b"", "", "")
        return own(request)

    monkeypatch.setattr(town.house.own_centre, "call", cut)
    for _ in range(40):
        sync(town, 1)
    assert given == sorted(given)
    assert len(given) > 10
    is_as(town.house.centre, small_loss.before)


def _ask(town: Town, **changes: Any) -> GiveBackAsk:
    """All that the office's desk has behind the copy, as it would give it back."""
    with town.house.centre.reading() as session:
        at = dict(session.execute(select(_STREAM.c.name, _STREAM.c.pos)).all())[HOME]
    with town.house.office.desk.store.reading() as session:
        cursor = store_facts.cursors(session, [HOME])[HOME]
        texts = store_facts.texts_between(session, HOME, at, cursor.pos, 500)
    assert cursor.signed is not None
    ask = GiveBackAsk(stream=HOME, after=at, facts=texts, head=_body(cursor.signed))
    return ask.model_copy(update=changes)


_STREAM = METADATA.tables["stream"]


def _body(head: SignedHead) -> HeadBody:
    return HeadBody(
        pos=head.pos, hash=head.hash, epoch=head.epoch, at=head.at, signature=head.signature
    )


def _forged(town: Town) -> dict[str, GiveBackAsk]:
    good = _ask(town)
    first, *others = good.facts
    head = good.head
    return {
        "a word changed": good.model_copy(
            update={"facts": [first.replace('"actor_name":"', '"actor_name":"x'), *others]}
        ),
        "one left out": good.model_copy(update={"facts": [first, *others[1:]]}),
        "two changed about": good.model_copy(update={"facts": [others[0], first, *others[1:]]}),
        "another head": good.model_copy(
            update={"head": head.model_copy(update={"hash": "0" * 64})}
        ),
        "a head of an epoch that never was": good.model_copy(
            update={"head": head.model_copy(update={"epoch": new_id()})}
        ),
        "more than the head": good.model_copy(
            update={"head": head.model_copy(update={"pos": head.pos - 1})}
        ),
        "another office's": good.model_copy(update={"stream": "office:33"}),
        "no fact": good.model_copy(update={"facts": ["{}", *others]}),
    }


def test_what_the_centre_never_signed_is_not_taken(small_loss: Lost) -> None:
    town = small_loss.restored()
    with town.house.centre.reading() as session:
        own = standing.current(session)
        assert own is not None
        epoch = own.epoch
    desk = Caller(town)
    desk.own = replace(desk.own, epoch=epoch)
    for name, ask in _forged(town).items():
        reply = desk.call(calls.GIVE_BACK.path, ask.encode())
        assert reply.status == link.UNREADABLE, name
        with town.house.centre.reading() as session:
            told = account(session)
        assert told is not None
        assert told.adopted == 0, name
    good = _ask(town)
    reply = desk.call(calls.GIVE_BACK.path, good.encode())
    assert GiveBackAnswer.model_validate_json(reply.body).pos == good.head.pos
    # The same once more changes nothing.
    again = desk.call(calls.GIVE_BACK.path, good.encode())
    assert again.body == reply.body


def test_a_centre_that_was_never_restored_takes_nothing_back(small_town: Town) -> None:
    town = small_town
    town.register(town.record(Scenario.CLEAN))
    sync(town)
    ask = _ask(town)
    ask = ask.model_copy(update={"after": ask.after - 1})
    assert code_of(Caller(town).call(calls.GIVE_BACK.path, ask.encode())) == "refused"


@pytest.mark.parametrize("heir_comes", [True, False])
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
    assert {(row[0], str(row[2])) for row in rows["number"]} >= {("21", max(numbers))}
    assert rows["taking"]


def come_again(town: Town, folder: Path, device: str) -> None:
    """The heir's desk is opened anew, and calls."""
    key = DeviceKeys(folder / "keys", cost=CHEAP).find(device)
    assert key is not None
    running = open_desk(folder / f"{HEIR}.db", town.line, key, town.clock, demo=True)
    town.beside.append(running)
    running.sync()


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


def test_a_centre_whose_last_missing_desk_was_revoked_opens_by_itself(small_loss: Lost) -> None:
    town = small_loss.restored()
    town.house.municipality.sync()
    with town.house.centre.writing() as session:
        enrolling.revoke(session, meta_device(town), town.clock.now())
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

"""Homes that earlier programs made, one of each time, stay readable: `tests/keep` tells whence."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.actions.reference import DeskReference
from desktop.centre import tables as centre_tables
from desktop.centre.schema import schema_of, serves, upgrade_centre
from desktop.demo.house import open_house
from desktop.domain.facts import LetterIssued
from desktop.domain.letter import Essence
from desktop.premises.clocks import SteppingClock
from desktop.premises.founding import is_founded, set_aside_if_before
from desktop.premises.open import Opening
from desktop.premises.verifying import known_keys
from desktop.reports.verify import verify_pdf
from desktop.sql.engine import writer
from desktop.store import letters, outbox, queue, view
from desktop.store.open import Store
from desktop.store.tables import CaseRow, FactRow, LetterFileRow, OutboxRow
from desktop.wire import arrival
from desktop.wire.canon import GENESIS, content_hash, link_hash
from desktop.wire.codec import decode_fact
from desktop.wire.letters import is_issued
from tests.houses import CHEAP, MORNING
from tests.keep import PROPERTIES

KEPT = Path(__file__).parents[1] / "data" / "homes"
BEFORE = ("4316626", "d870db7", "343f61b", "3b1a6f4", "22c1832")
"""Commits whose centre had one key for everything."""
SINCE = ("8c67491",)
UNSENT = 3
LARGEST = 400_000
"""Bytes of a packed home."""
FROZEN = (1,)
"""Layouts of which a letter is drawn as it was; others may still change (decision 029)."""


def unpacked(commit: str, folder: Path) -> Path:
    """A copy of the home as that commit's program left it."""
    with tarfile.open(KEPT / f"{commit}.tar.xz") as packed:
        packed.extractall(folder / "demo", filter="data")
    return folder / "demo"


@pytest.fixture(params=BEFORE + SINCE)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return unpacked(request.param, tmp_path)


@pytest.fixture
def office(home: Path) -> Iterator[Store]:
    store = Store(home / "office.db", reserve=0)
    yield store
    store.close()


def all_of(session: Session, *columns: InstrumentedAttribute[Any]) -> Sequence[Row[Any]]:
    """The columns of every row, in the order of the first two."""
    return session.execute(select(*columns).order_by(*columns[:2])).all()


def demand_chained(rows: list[tuple[str, str, str]]) -> None:
    """Every text (of a chain, in its order) is the next link of its chain."""
    ends: dict[str, str] = {}
    for chain, text, linked in rows:
        ends[chain] = link_hash(ends.get(chain, GENESIS), text)
        assert linked == ends[chain]


def test_each_commit_that_is_named_has_its_home() -> None:
    kept = {file.name.removesuffix(".tar.xz") for file in KEPT.iterdir()}
    assert kept == {*BEFORE, *SINCE}
    assert all(file.stat().st_size < LARGEST for file in KEPT.iterdir())


def test_every_fact_and_act_of_a_desk_is_read(office: Store) -> None:
    with office.reading() as session:
        came = all_of(
            session, FactRow.stream, FactRow.pos, FactRow.kind, FactRow.canon, FactRow.hash
        )
        made = all_of(
            session, OutboxRow.device_seq, OutboxRow.kind, OutboxRow.canon, OutboxRow.hash
        )
        assert outbox.waiting(session).count == UNSENT
    demand_chained([(row.stream, row.canon, row.hash) for row in came])
    demand_chained([("", row.canon, row.hash) for row in made])
    for row in came:
        fact = decode_fact(row.canon)
        assert (fact.stream, fact.pos, fact.kind) == (row.stream, row.pos, row.kind)
    for act in made:
        placed = arrival.place(act.canon)
        assert placed is not None
        # The centre still takes it as it stands.
        command = arrival.read(placed, act.canon)
        assert (command.device_seq, command.payload.kind) == (act.device_seq, act.kind)
    assert {"registered", "decided", "letter-issued", "handed-over"} <= {row.kind for row in came}


def test_the_view_of_a_desk_is_what_its_facts_and_acts_give(office: Store) -> None:
    setting_for = DeskReference().setting_for
    with office.reading() as session:
        kept = rows_of(session)
        # When a term ends is told by the centre; until then it is this program's own guess.
        guessed = {case_id for case_id, row in kept.items() if row["provisional"]}
        assert set(view.differing(session, setting_for)) <= guessed
        assert [queue.one(session, each) is not None for each in kept] == [True] * len(kept)
    with office.writing() as session:
        assert view.rebuild_all(session, setting_for) == len(kept)
    with office.reading() as session:
        again = rows_of(session)
        assert view.differing(session, setting_for) == []
        assert [told(row) for row in again.values()] == [told(row) for row in kept.values()]
        assert all(not row["needs_update"] for row in kept.values())


def told(row: dict[str, object]) -> dict[str, object]:
    """What of a row is no guess."""
    return {**row, "due_on": None} if row["provisional"] else row


def rows_of(session: Session) -> dict[str, dict[str, object]]:
    """Every case's row, by its id."""
    names = [column.key for column in CaseRow.__table__.columns]
    return {
        row.case_id: {name: getattr(row, name) for name in names}
        for row in session.scalars(select(CaseRow))
    }


def test_the_letters_of_a_desk_are_true(home: Path, office: Store) -> None:
    keys = known_keys(home.parent, [])
    with office.reading() as session:
        texts = session.scalars(select(FactRow.canon).where(FactRow.kind == LetterIssued.kind))
        issued = [decode_fact(text).payload for text in texts]
        names = session.scalars(select(LetterFileRow.sha256))
        files = [letters.find(session, name) for name in names]
    assert len(issued) >= len(files) > 0
    for each in issued:
        assert isinstance(each, LetterIssued)
        letter, key = each.letter, keys[each.letter.key_id]
        essence = bytes.fromhex(letter.essence)
        assert is_issued(key.public.hex(), key.centre, letter.signature, essence)
        assert Essence.decode(essence).digest == letter.text.digest()
    for file in files:
        assert file is not None
        assert content_hash(file.pdf) == file.sha256
        if file.layout in FROZEN:
            assert verify_pdf(file.pdf, keys).sha256 == file.sha256


def test_every_fact_and_act_at_the_centre_is_read(home: Path) -> None:
    engine = writer(home / "centre.db")
    try:
        upgrade_centre(engine)
        assert serves(schema_of(engine))
        fact, command = centre_tables.FactRow, centre_tables.CommandRow
        with Session(engine) as session:
            came = all_of(session, fact.stream, fact.pos, fact.fact_id, fact.canon, fact.hash)
            made = all_of(
                session,
                command.device_id,
                command.device_seq,
                command.command_id,
                command.canon,
                command.hash,
            )
    finally:
        engine.dispose()
    demand_chained([(row.stream, row.canon, row.hash) for row in came])
    demand_chained([(row.device_id, row.canon, row.hash) for row in made])
    for row in came:
        assert decode_fact(row.canon).fact_id == row.fact_id
    for act in made:
        placed = arrival.place(act.canon)
        assert placed is not None
        assert arrival.read(placed, act.canon).command_id == act.command_id
    assert len(made) > UNSENT


@pytest.mark.parametrize("commit", BEFORE)
def test_a_home_signed_as_before_is_moved_whole(tmp_path: Path, commit: str) -> None:
    folder = unpacked(commit, tmp_path)
    held = contents(folder)
    assert set_aside_if_before(folder) == tmp_path / "demo.before"
    assert not folder.exists()
    # Only the marks of who has it open may have come.
    assert contents(tmp_path / "demo.before").items() >= held.items()


def contents(folder: Path) -> dict[str, str]:
    """The sha256 of each file by its name."""
    return {
        str(path.relative_to(folder)): content_hash(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def _opening() -> Opening:
    clock = SteppingClock(MORNING.astimezone(UTC) + timedelta(hours=1))
    return Opening(clock, cost=CHEAP)


def test_the_first_start_over_a_home_signed_as_before_says_so(tmp_path: Path) -> None:
    folder = unpacked(BEFORE[0], tmp_path)
    house = open_house(folder, _opening(), properties=PROPERTIES)
    try:
        assert "demo.before" in house.told
        assert house.office.sync().well
        with house.office.desk.store.reading() as session:
            assert list(queue.ids(session)) == []
    finally:
        house.close()
    assert is_founded(tmp_path / "demo.before")


@pytest.mark.parametrize("commit", SINCE)
def test_a_home_since_goes_on_where_it_stood(tmp_path: Path, commit: str) -> None:
    folder = unpacked(commit, tmp_path)
    house = open_house(folder, _opening(), properties=PROPERTIES)
    try:
        assert house.told == ""
        store, setting_for = house.office.desk.store, house.office.desk.reference.setting_for
        with store.reading() as session:
            before = set(queue.ids(session))
        assert house.office.sync().well
        with store.reading() as session:
            assert outbox.waiting(session).count == 0
            assert set(queue.ids(session)) == before
            assert view.differing(session, setting_for) == []
    finally:
        house.close()
    assert not (tmp_path / "demo.before").exists()

"""Homes that earlier programs made, one of each time, stay readable: `tests/keep` tells whence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.actions.reference import DeskReference
from desktop.demo.house import open_house
from desktop.domain.facts import LetterIssued
from desktop.premises.founding import is_founded, set_aside_if_before
from desktop.premises.verifying import trust_in
from desktop.reports.letter.attachment import Sealed, read
from desktop.reports.letter.v1.qr import to_code
from desktop.reports.verify import FileState, verify_pdf, verify_qr
from desktop.store import letters, meta, outbox, people, queue, view
from desktop.store.letters import LetterFile
from desktop.store.open import Store
from desktop.store.tables import CaseRow, FactRow, LetterFileRow, OutboxRow
from desktop.wire import link
from desktop.wire.canon import content_hash
from desktop.wire.codec import acted, decode_fact, encode_fact, unsigned
from desktop.wire.verdicts import Verdict
from tests.keep import PROPERTIES
from tests.kept import (
    BEFORE,
    DRAWN_AGAIN,
    HOMES,
    KEPT,
    SIGNED_TWICE,
    SINCE,
    THERE,
    UNSENT,
    but_for_the_ends_long,
    demand_chained,
    demand_goes_on,
    opening,
    taken,
    unpacked,
)
from tests.record import demand_same

LARGEST = 400_000
"""Bytes of a packed home."""


@pytest.fixture(params=HOMES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return unpacked(request.param, tmp_path)


@pytest.fixture
def office(home: Path) -> Iterator[Store]:
    with opened(home / "office.db") as store:
        yield store


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """A desk's store, brought to this program's version."""
    store = Store(path, reserve=0)
    try:
        yield store
    finally:
        store.close()


def all_of(session: Session, *columns: InstrumentedAttribute[Any]) -> Sequence[Row[Any]]:
    """The columns of every row, in the order of the first two."""
    return session.execute(select(*columns).order_by(*columns[:2])).all()


def test_each_commit_that_is_named_has_its_home() -> None:
    kept = {file.name.removesuffix(".tar.xz") for file in KEPT.iterdir()}
    assert kept == {*HOMES}
    assert all(file.stat().st_size < LARGEST for file in KEPT.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize(("desk", "unsent"), [("office", UNSENT), ("municipality", 0)])
def test_every_fact_and_act_of_a_desk_is_read(home: Path, desk: str, unsent: int) -> None:
    with opened(home / f"{desk}.db") as store, store.reading() as session:
        came = all_of(
            session, FactRow.stream, FactRow.pos, FactRow.kind, FactRow.canon, FactRow.hash
        )
        made = all_of(
            session, OutboxRow.device_seq, OutboxRow.kind, OutboxRow.canon, OutboxRow.hash
        )
        assert outbox.waiting(session).count == unsent
    demand_chained([(row.stream, row.canon, row.hash) for row in came])
    demand_chained([("", row.canon, row.hash) for row in made])
    for row in came:
        fact = decode_fact(row.canon)
        assert (fact.stream, fact.pos, fact.payload.kind) == (row.stream, row.pos, row.kind)
        demand_same(row.canon, encode_fact(fact))
    for act in made:
        command = taken(act.canon)
        assert (command.device_seq, command.payload.kind) == (act.device_seq, act.kind)
    if desk == "office":
        kinds = {row.kind for row in came}
        assert kinds >= {"registered", "decided", "letter-issued", "handed-over"}
        assert len(made) > unsent


@pytest.mark.slow
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
        assert told(again) == told(kept)
        assert all(not row["needs_update"] for row in kept.values())


def told(rows: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    """What of the rows is no guess."""
    return {
        case_id: {**row, "due_on": None} if row["provisional"] else row
        for case_id, row in rows.items()
    }


def rows_of(session: Session) -> dict[str, dict[str, object]]:
    """Every case's row, by its id."""
    names = [column.key for column in CaseRow.__table__.columns]
    return {
        row.case_id: {name: getattr(row, name) for name in names}
        for row in session.scalars(select(CaseRow))
    }


@pytest.mark.parametrize(
    "home", [kept for kept in HOMES if kept not in SIGNED_TWICE], indirect=True
)
def test_the_letters_of_a_desk_were_issued_by_its_centre(home: Path, office: Store) -> None:
    trust = trust_in(home.parent, [])
    with office.reading() as session:
        texts = session.scalars(select(FactRow.canon).where(FactRow.kind == LetterIssued.kind))
        issued = [decode_fact(text).payload for text in texts]
    assert issued
    for each in issued:
        assert isinstance(each, LetterIssued)
        letter = each.letter
        code = to_code(bytes.fromhex(letter.essence) + bytes.fromhex(letter.signature))
        judged = verify_qr(code, trust, "14050903")
        assert judged.verdict is Verdict.SAMPLE
        assert judged.essence is not None
        assert (judged.essence.number, judged.essence.digest) == (
            letter.number,
            letter.text.digest(),
        )


def drawn(store: Store) -> list[LetterFile]:
    """The kept files of the desk's letters."""
    with store.reading() as session:
        names = session.scalars(select(LetterFileRow.sha256))
        return [file for name in names if (file := letters.find(session, name)) is not None]


@pytest.mark.parametrize("home", SIGNED_TWICE, indirect=True)
def test_the_papers_of_a_desk_are_signed_by_its_centre_and_its_people(
    home: Path, office: Store
) -> None:
    trust = trust_in(home.parent, [])
    files = drawn(office)
    assert files
    for file in files:
        paper = read(file.pdf)
        assert isinstance(paper, Sealed)
        assert verify_qr(paper.code, trust, "14050903").verdict is Verdict.SAMPLE


def test_the_files_of_letters_are_whole(office: Store) -> None:
    files = drawn(office)
    assert files
    assert [content_hash(file.pdf) for file in files] == [file.sha256 for file in files]


@pytest.mark.slow
@pytest.mark.parametrize("commit", DRAWN_AGAIN)
def test_a_letter_is_drawn_again_as_it_was(tmp_path: Path, commit: str) -> None:
    folder = unpacked(commit, tmp_path)
    trust = trust_in(tmp_path, [])
    with opened(folder / "office.db") as store:
        files = drawn(store)
    assert files
    for file in files:
        checked = verify_pdf(file.pdf, trust, "14050903")
        assert (checked.sha256, checked.state) == (file.sha256, FileState.WHOLE)


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


@pytest.mark.slow
def test_the_first_start_over_a_home_signed_as_before_says_so(tmp_path: Path) -> None:
    folder = unpacked(BEFORE[0], tmp_path)
    house = open_house(folder, opening(), properties=PROPERTIES)
    try:
        assert "demo.before" in house.told
        assert house.office.sync().well
        with house.office.desk.store.reading() as session:
            assert list(queue.ids(session)) == []
    finally:
        house.close()
    assert is_founded(tmp_path / "demo.before")


@pytest.mark.slow
@pytest.mark.parametrize("commit", but_for_the_ends_long(SINCE))
def test_a_home_since_goes_on_where_it_stood(tmp_path: Path, commit: str) -> None:
    demand_goes_on(unpacked(commit, tmp_path))
    assert not (tmp_path / "demo.before").exists()


@pytest.mark.parametrize("commit", SINCE + THERE)
def test_what_a_person_signed_since_is_still_that_persons(tmp_path: Path, commit: str) -> None:
    with opened(unpacked(commit, tmp_path) / "office.db") as store, store.reading() as session:
        centre = meta.get(session).identity.centre
        texts = list(session.scalars(select(OutboxRow.canon)))
        signed = [(act, text) for text in texts if (act := taken(text)).person_signature]
        assert {act.payload.kind for act, _ in signed} >= {"release-letter"}
        for act, text in signed:
            person = people.find(session, act.actor)
            assert person is not None
            # The very text: a later program would say more.
            said = acted(centre, unsigned(text))
            assert link.verifies(person.key, act.person_signature, said)

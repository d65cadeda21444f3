"""Citizens' papers on their way to the centre: after their act, in chunks, for who may see them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.actions import counter_acts, documents, drafts
from desktop.actions.desk import Seat
from desktop.centre.tables import BlobChunkRow, BlobRow, BlobUseRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain import commands as c
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.request import DocumentFile
from desktop.store import blobs
from desktop.store.tables import BlobRow as HeldRow
from desktop.trial.counters import Act, new_counter
from desktop.wire import blobs as wire
from desktop.wire import calls
from desktop.wire.link import Link, Reply, SignedRequest
from tests.papers import attached, file_of
from tests.town import Town, every_link


class Narrow:
    """A line that lets only so many chunks through before it breaks."""

    def __init__(self, link: Link, chunks: int) -> None:
        self._link, self.left = link, chunks

    def call(self, request: SignedRequest) -> Reply:
        """The centre's reply, while the line holds."""
        if request.path == calls.BLOB_PUT.path:
            if not self.left:
                raise LineDown
            self.left -= 1
        return self._link.call(request)


def settle(town: Town) -> None:
    """Rounds until every paper is at the centre."""
    while (report := town.house.office.sync()).more:
        assert report.well
    assert report.well


def states(seat: Seat) -> dict[str, str]:
    """How each kept paper stands with the centre."""
    with seat.desk.store.reading() as session:
        return {row.sha256: row.state for row in session.scalars(select(HeldRow))}


def chunks(town: Town) -> int:
    with Session(town.house.centre.reader) as session:
        return session.scalar(select(func.count()).select_from(BlobChunkRow)) or 0


@pytest.mark.slow
@every_link
def test_a_paper_follows_its_act_and_is_read_at_the_other_end(town: Town) -> None:
    seat = town.crew.clerk
    file = file_of(attached(seat, 1, 2, 3))
    assert file.pages == 3
    assert file.size > 2 * wire.CHUNK
    record = town.record(Scenario.CLEAN)
    case_id = town.register(record, file=file)
    settle(town)
    assert states(seat)[file.sha256] == blobs.STORED
    here = documents.content(seat, case_id, file)
    there = documents.content(town.crew.supervisor, case_id, file)
    assert here == there
    assert here.startswith(b"%PDF")
    with Session(town.house.centre.reader) as session:
        use = session.scalars(select(BlobUseRow)).one()
        assert (use.case_id, use.size) == (case_id, file.size)


@pytest.mark.long
def test_the_same_paper_for_two_cases_is_kept_and_sent_once(town: Town) -> None:
    seat = town.crew.clerk
    file = file_of(attached(seat, 1))
    assert file_of(attached(seat, 1)) == file
    cases = [
        town.register(town.record(Scenario.CLEAN, number), file=file, pay=number == 0)
        for number in (0, 1)
    ]
    settle(town)
    assert chunks(town) == wire.chunks(file.size)
    for case_id in cases:
        assert documents.content(town.crew.supervisor, case_id, file)


@pytest.mark.slow
@every_link
def test_a_paper_goes_on_where_the_line_broke(town: Town) -> None:
    seat = town.crew.clerk
    file = file_of(attached(seat, 1, 2, 3, 4))
    narrow = Narrow(town.house.own_centre, 1)
    caller = town.house.office.round._caller
    caller._link = narrow
    town.register(town.record(Scenario.CLEAN), file=file)
    assert not town.house.office.sync().well
    assert states(seat)[file.sha256] == blobs.NAMED
    assert chunks(town) == 1
    narrow.left = 2
    assert not town.house.office.sync().well
    assert chunks(town) == 3
    narrow.left = 99
    settle(town)
    assert chunks(town) == wire.chunks(file.size)
    assert narrow.left == 99 - (wire.chunks(file.size) - 3)
    assert states(seat)[file.sha256] == blobs.STORED


@pytest.mark.long
def test_while_it_is_on_its_way_the_reader_is_told(town: Town) -> None:
    file = file_of(attached(town.crew.clerk, 1, 2))
    caller = town.house.office.round._caller
    caller._link = Narrow(town.house.own_centre, 1)
    case_id = town.register(town.record(Scenario.CLEAN), file=file)
    with pytest.raises(Refusal, match="هنوز از دفتر به مرکز نرسیده"):
        documents.content(town.crew.supervisor, case_id, file)


@pytest.mark.slow
def test_nobody_reads_a_paper_of_another_case(town: Town) -> None:
    seat = town.crew.clerk
    file = file_of(attached(seat, 1))
    town.register(town.record(Scenario.CLEAN), file=file)
    other = town.register(town.record(Scenario.CLEAN, 1))
    settle(town)
    supervisor = town.crew.supervisor
    ask = wire.PaperAsk(
        actor=supervisor.staff.staff_id, case_id=other, sha256=file.sha256, number=0
    )
    with pytest.raises(Refusal, match="از آنِ این پرونده نیست"):
        supervisor.desk.ask(calls.BLOB_READ, ask)


@pytest.mark.slow
@every_link
def test_the_centre_takes_only_what_a_case_names(town: Town) -> None:
    seat = town.crew.clerk
    name = wire.name_of(b"stray")
    asked = seat.desk.ask(calls.BLOB_STATE, wire.BlobAsk(sha256=name))
    assert not asked.asked
    stray = wire.ChunkAsk(sha256=name, number=0, content=wire.chunk_of(b"stray", 0))
    with pytest.raises(Refusal):
        seat.desk.ask(calls.BLOB_PUT, stray)
    # What a form only held, or no fact names, stays here and is offered again at the next start.
    attached(seat, 5)
    seat.desk.store.write(lambda session: blobs.name(session, states(seat)))
    settle(town)
    assert set(states(seat).values()) == {blobs.UNASKED}
    seat.desk.store.write(blobs.ask_again)
    assert set(states(seat).values()) == {blobs.NAMED}


@pytest.mark.slow
def test_what_is_not_what_its_name_says_never_counts_as_stored(town: Town) -> None:
    seat = town.crew.clerk
    file = file_of(attached(seat, 1))
    caller = town.house.office.round._caller
    caller._link = Narrow(town.house.own_centre, 0)
    town.register(town.record(Scenario.CLEAN), file=file)
    wrong = wire.ChunkAsk(sha256=file.sha256, number=0, content=wire.chunk_of(bytes(file.size), 0))
    answer = seat.desk.ask(calls.BLOB_PUT, wrong)
    assert (answer.stored, answer.next) == (False, 0)
    assert chunks(town) == 0
    for content in (wire.chunk_of(b"short", 0), "not base 64!"):
        with pytest.raises(Refusal):
            seat.desk.ask(
                calls.BLOB_PUT,
                wire.ChunkAsk(sha256=file.sha256, number=0, content=content),
            )
    caller._link = town.house.own_centre
    settle(town)
    with Session(town.house.centre.reader) as session:
        stored = session.get(BlobRow, file.sha256)
        assert stored is not None
        assert stored.stored_at is not None


@pytest.mark.slow
def test_a_paper_that_went_bad_here_is_not_sent(town: Town) -> None:
    seat = town.crew.clerk
    papers = attached(seat, 1)
    file = file_of(papers)
    caller = town.house.office.round._caller
    caller._link = Narrow(town.house.own_centre, 0)
    town.register(town.record(Scenario.CLEAN), file=file)
    with closing(sqlite3.connect(seat.desk.store.path)) as raw:
        raw.execute("UPDATE blob SET content = x'00' WHERE sha256 = ?", (file.sha256,))
        raw.commit()
    caller._link = town.house.own_centre
    settle(town)
    assert states(seat)[file.sha256] == blobs.BROKEN
    assert file_of(documents.join(seat, papers.pages)) == file
    settle(town)
    assert states(seat)[file.sha256] == blobs.STORED


@pytest.mark.long
def test_what_only_a_lost_form_knew_is_swept_after_a_month(small_town: Town) -> None:
    seat = small_town.crew.clerk
    kept = file_of(attached(seat, 1))
    small_town.register(small_town.record(Scenario.CLEAN), file=kept)
    drafted = attached(seat, 2)
    attached(seat, 3)
    store = seat.desk.store
    drafts.save(seat, "", "clearance", "نمونه", documents.to_text(drafted))
    month = small_town.clock.moment + timedelta(days=31)
    before = states(seat)
    assert store.write(lambda s: blobs.sweep(s, small_town.clock.moment)) == 0
    gone = store.write(lambda s: blobs.sweep(s, month))
    left = states(seat)
    assert gone == len(before) - len(left)
    assert kept.sha256 in left
    assert {page.sha256 for page in drafted.pages} <= set(left)


@pytest.mark.long
def test_a_file_without_end_is_refused_at_the_centre(town: Town) -> None:
    seat = town.crew.clerk
    case_id = town.register(town.record(Scenario.CLEAN), pay=False)
    held = case_now(seat, case_id).request.documents[0]
    for size, key in ((2_000_000_000, held.key), (2_000_000_000, "never-asked")):
        file = DocumentFile("a" * 64, size, 1)
        counter_acts.amend(seat, case_id, {}, (replace(held, key=key, file=file),))
        assert case_now(seat, case_id).request.documents[0] == held
        with Session(town.house.centre.reader) as session:
            assert session.scalars(select(BlobUseRow)).all() == []


@pytest.mark.long
def test_a_wrong_size_at_one_office_does_not_hold_up_another(town: Town) -> None:
    seat = town.crew.clerk
    file = file_of(attached(seat, 1, 2))
    caller = town.house.office.round._caller
    caller._link = Narrow(town.house.own_centre, 0)
    town.register(town.record(Scenario.CLEAN), file=file)
    count = wire.chunks(file.size)
    with town.house.centre.writing() as session:
        # As a program of before kept what had come.
        session.add(BlobRow(sha256=file.sha256, size=9_000_000, stored_at=None))
        for number in range(count + 1):
            session.add(BlobChunkRow(sha256=file.sha256, number=number, content=b"stray"))
    caller._link = town.house.own_centre
    settle(town)
    assert states(seat)[file.sha256] == blobs.STORED
    assert chunks(town) == count


def naming(file: DocumentFile, registers: Act, *rest: Act) -> tuple[Act, ...]:
    """The same acts; the first paper of the request is that file."""
    assert isinstance(registers.payload, c.Register)
    request = registers.payload.request
    first, *others = request.documents
    documents = (replace(first, file=file), *others)
    payload = c.Register(replace(request, documents=documents))
    return (registers._replace(payload=payload), *rest)


@pytest.mark.slow
@pytest.mark.parametrize("size", [1, None])
def test_what_another_office_sends_of_it_neither_ends_nor_spoils_it(
    town: Town, size: int | None
) -> None:
    """Whoever knows its name says that it has it too, of another size, or sends something else."""
    seat, other = town.crew.clerk, new_counter(town.house.centre, "31")
    file = file_of(attached(seat, 1, 2))
    caller = town.house.office.round._caller
    caller._link = Narrow(town.house.own_centre, 1)
    town.register(town.record(Scenario.CLEAN), file=file)
    named = replace(file, size=size or file.size)
    other.push(*naming(named, *other.register(town.record(Scenario.CLEAN, 1))))
    for number in range(wire.chunks(named.size)):
        wanted = min(wire.CHUNK, named.size - number * wire.CHUNK)
        content = wire.chunk_of(bytes(wanted), 0)
        ask = wire.ChunkAsk(sha256=file.sha256, number=number, content=content)
        assert other.call(calls.BLOB_PUT.path, ask).status == 200
    told = seat.desk.ask(calls.BLOB_STATE, wire.BlobAsk(sha256=file.sha256))
    assert (told.stored, told.next) == (False, 1)
    caller._link = line = Narrow(town.house.own_centre, wire.chunks(file.size) - 1)
    settle(town)
    assert states(seat)[file.sha256] == blobs.STORED
    assert line.left == 0


@pytest.mark.slow
def test_a_paper_of_an_act_that_is_made_again_is_sent(small_town: Town) -> None:
    seat = small_town.crew.clerk
    file = file_of(attached(seat, 1))
    seat.desk.store.write(lambda session: blobs.mark(session, file.sha256, blobs.UNASKED))
    small_town.register(small_town.record(Scenario.CLEAN), file=file)
    settle(small_town)
    assert states(seat)[file.sha256] == blobs.STORED

"""Who reads what: by an office's own people, kept for ever; and a paper's name is not the paper."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from desktop.actions import board, counter_acts, documents
from desktop.actions.desk import Seat
from desktop.centre.reading_tables import ReadingLineRow
from desktop.centre.tables import BlobHolderRow, BlobUseRow, FactRow, ReadingRow
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain import commands as c
from desktop.domain.errors import Refusal
from desktop.domain.request import Payment, Slot
from desktop.trial.counters import Act, new_counter
from desktop.wire import blobs as wire
from desktop.wire import calls, link
from desktop.wire.payloads import CaseAsk
from tests.centre.calling import Caller, code_of
from tests.houses import MORNING
from tests.papers import attached, file_of
from tests.town import Town, every_link

CLERK, EXPERT = "zahra-fallah", "saeed-nouri"


def ask(caller: Caller, path: str, **body: Any) -> link.Reply:
    """A question with that body."""
    return caller.call(path, json.dumps(body).encode())


def settle(town: Town) -> None:
    """Rounds until every paper is at the centre."""
    while (report := town.house.office.sync()).more:
        assert report.well
    assert report.well


def read(town: Town) -> list[tuple[str, str, str, str]]:
    """What the centre keeps of what it told: device, who, what or by which call, about what."""
    with town.house.centre.reading() as session:
        rows = session.scalars(select(ReadingRow).order_by(ReadingRow.read_at))
        called = [(row.device_id, row.actor, row.call, row.about) for row in rows]
        line = ReadingLineRow
        seen = session.scalars(select(line).order_by(line.chain, line.seq))
        return called + [
            (row.chain.removeprefix("centre:"), row.actor, row.what, row.case_id) for row in seen
        ]


@pytest.mark.slow
def test_only_a_devices_own_people_read_at_it(town: Town) -> None:
    case_id = town.register(town.record(Scenario.DEED), "no-violation")
    office, city = Caller(town), Caller(town, town.house.municipality)
    day = town.clock.now().date().isoformat()
    queue = {"text": "", "state": "", "service": "", "offset": 0, "limit": 10}
    board_ = {"day": day, "days": 1, "service": "", "district": 0}
    asked: dict[str, dict[str, Any]] = {
        "/v1/case": {"case_id": case_id},
        "/v1/blob/read": {"case_id": case_id, "sha256": "0" * 64, "number": 0},
        "/v1/queue": queue,
        "/v1/board": board_,
        "/v1/watch": {},
        "/v1/services": {},
        "/v1/records/state": {},
        "/v1/records/kept": {},
        "/v1/publications": {},
    }
    for path, body in asked.items():
        for caller, strangers in ((office, ("", EXPERT, "nobody")), (city, ("", CLERK))):
            for actor in strangers:
                reply = ask(caller, path, actor=actor, **body)
                assert code_of(reply) == "refused", (path, actor)
    # Nobody was told anything, and nothing is kept as read.
    assert read(town) == []
    assert ask(office, "/v1/case", actor=CLERK, case_id=case_id).status == link.OK
    assert ask(city, "/v1/case", actor=EXPERT, case_id=case_id).status == link.OK
    assert ask(city, "/v1/queue", actor=EXPERT, **{**queue, "text": "دهقان"}).status == link.OK
    assert ask(city, "/v1/services", actor=EXPERT).status == link.OK
    assert sorted(read(town)) == sorted(
        [
            (office.device_id, CLERK, "case", case_id),
            (city.device_id, EXPERT, "case", case_id),
            (city.device_id, EXPERT, "search", ""),
            (city.device_id, EXPERT, "/v1/services", ""),
        ]
    )


@pytest.mark.slow
def test_what_was_read_is_kept_for_good(town: Town) -> None:
    board.municipal_look(town.crew.supervisor, town.register(town.record(Scenario.CLEAN)))
    board.city_day(town.crew.supervisor, MORNING.date(), days=1)
    assert {line[2] for line in read(town)} == {"case", "/v1/board"}
    tables = ("reading", "reading_line")
    for change in (
        *(f"UPDATE {table} SET actor = 'x'" for table in tables),
        *(f"DELETE FROM {table}" for table in tables),
    ):
        with (
            pytest.raises(DBAPIError, match="append-only"),
            town.house.centre.writing() as session,
        ):
            session.execute(text(change))


@every_link
def test_a_valid_device_asks_for_another_offices_cases_in_vain(town: Town) -> None:
    """A case that is not there and one of another office are told alike."""
    office = Caller(town)
    other = ask(office, "/v1/case", actor=CLERK, case_id=new_id())
    assert code_of(other) == "refused"
    for cursors in ({"office:22": 0}, {"office:municipality": 0}, {"city": 0, "office:22": 0}):
        assert code_of(ask(office, "/v1/pull", cursors=cursors)) == "refused"
        assert code_of(ask(office, "/v1/push", commands=[], cursors=cursors)) == "refused"


def named(town: Town, seat: Seat) -> tuple[str, str, bytes]:
    """A case that names a paper which the centre has, the paper's name, its bytes."""
    file = file_of(attached(seat, 1, 2))
    case_id = town.register(town.record(Scenario.CLEAN), file=file)
    settle(town)
    return case_id, file.sha256, documents.content(seat, case_id, file)


def as_if_elsewhere(town: Town, case_id: str, sha256: str) -> None:
    """The same paper named in a case of another office, which never had it."""
    with town.house.centre.writing() as session:
        use = session.get_one(BlobUseRow, (sha256, case_id))
        session.add(BlobUseRow(sha256=sha256, case_id=new_id(), stream=use.stream, size=use.size))
        session.delete(use)
        session.flush()
        row = BlobUseRow(
            sha256=sha256, case_id=case_id, stream="office:municipality", size=use.size
        )
        session.add(row)


@pytest.mark.slow
def test_to_name_a_paper_gives_nobody_its_bytes(town: Town) -> None:
    """Only a desk that has it can say so: over the whole content and the centre's word."""
    case_id, sha256, content = named(town, town.crew.clerk)
    as_if_elsewhere(town, case_id, sha256)
    city = Caller(town, town.house.municipality)
    actor = town.crew.supervisor.staff.staff_id
    paper = {"actor": actor, "case_id": case_id, "sha256": sha256, "number": 0}

    def state() -> wire.BlobAnswer:
        reply = ask(city, calls.BLOB_STATE.path, sha256=sha256)
        return wire.BlobAnswer.model_validate_json(reply.body)

    def readable() -> bool:
        reply = ask(city, calls.BLOB_READ.path, **paper)
        return wire.ReadAnswer.model_validate_json(reply.body).stored

    assert not readable()
    told = state()
    assert told.asked
    assert not told.stored
    assert told.word
    # Sending a chunk proves nothing; neither does a proof of something else.
    chunk = ask(
        city, calls.BLOB_PUT.path, sha256=sha256, number=0, content=wire.chunk_of(content, 0)
    )
    assert wire.BlobAnswer.model_validate_json(chunk.body) == told
    own = city.own
    for proof in (
        "0" * 64,
        sha256,
        wire.proof_of(own.centre, own.home, told.word, content[:-1]),
        wire.proof_of(own.centre, own.home, "", content),
        wire.proof_of(own.centre, "office:21", told.word, content),
        wire.proof_of(new_id(), own.home, told.word, content),
    ):
        reply = ask(city, calls.BLOB_PROVE.path, sha256=sha256, proof=proof)
        assert code_of(reply) == "refused"
    assert not readable()
    right = wire.proof_of(own.centre, own.home, told.word, content)
    for _ in range(2):
        reply = ask(city, calls.BLOB_PROVE.path, sha256=sha256, proof=right)
        assert wire.BlobAnswer.model_validate_json(reply.body).stored
    assert readable()
    assert state().stored


@pytest.mark.long
def test_an_office_that_has_the_paper_too_proves_it_by_itself(town: Town) -> None:
    """What a desk does when another office was first: nothing is sent twice."""
    case_id, sha256, _ = named(town, town.crew.clerk)
    with town.house.centre.writing() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER blob_holder_no_delete"))
        else:
            session.execute(text("ALTER TABLE blob_holder DISABLE TRIGGER USER"))
        session.execute(text("DELETE FROM blob_holder"))
    again = file_of(attached(town.crew.clerk, 1, 2))
    assert again.sha256 == sha256
    with pytest.raises(Refusal):
        documents.content(town.crew.supervisor, case_id, again)
    sent: list[str] = []
    caller = town.house.office.round._caller
    line = caller._link

    class Seen:
        def call(self, request: link.SignedRequest) -> link.Reply:
            sent.append(request.path)
            return line.call(request)

    caller._link = Seen()
    with town.house.office.desk.store.writing() as session:
        session.execute(text("UPDATE blob SET state = 'named'"))
    settle(town)
    assert calls.BLOB_PROVE.path in sent
    assert calls.BLOB_PUT.path not in sent
    assert documents.content(town.crew.supervisor, case_id, again)
    with town.house.centre.reading() as session:
        assert session.scalars(select(BlobHolderRow.stream)).all() == ["office:21"]


@every_link
@pytest.mark.slow
def test_another_offices_desk_neither_sees_nor_moves_a_case(town: Town) -> None:
    """With a key of its own, its own people, and all ids of the case."""
    case_id, sha256, _ = named(town, town.crew.clerk)
    centre = town.house.centre
    other = new_counter(centre, "31")
    mine = case_now(town.crew.clerk, case_id)
    assert mine.answer is not None
    letter_id, day = mine.answer.letter.letter_id, mine.request.received_on
    for actor in (other.clerk, CLERK):
        for path, body in (
            ("/v1/case", CaseAsk(actor=actor, case_id=case_id)),
            ("/v1/blob/read", wire.PaperAsk(actor=actor, case_id=case_id, sha256=sha256, number=0)),
        ):
            assert code_of(other.call(path, body)) == "refused"
    state = other.call(calls.BLOB_STATE.path, wire.BlobAsk(sha256=sha256))
    told = wire.BlobAnswer.model_validate_json(state.body)
    assert (told.asked, told.stored, told.word) == (False, False, "")
    own, *_ = other.register(town.record(Scenario.CLEAN, 1))
    assert isinstance(own.payload, c.Register)
    stolen = replace(own.payload.request, tracking=mine.request.tracking)
    # A change that another one overtakes would be told with both values.
    amended = town.register(town.record(Scenario.DEED), "no-violation")
    counter_acts.amend(town.crew.clerk, amended, {"party.mobile": "09131112233"})
    before = facts_of(town, "office:21")
    other.push(
        Act(case_id, c.PayFee("office", Payment(1, "terminal", "1", day))),
        Act(case_id, c.Amend({"party.mobile": "09130000001"})),
        Act(case_id, c.Withdraw("خواست متقاضی")),
        Act(case_id, c.BookVisit(Slot(day + timedelta(2), 1, 2), "مالک", "09130000001")),
        Act(case_id, c.PrintLetter(letter_id, 1, "ab" * 32, "چاپگر")),
        Act(case_id, c.HandOver(letter_id, "کسی", "", ())),
        Act(case_id, own.payload),
        Act(new_id(), c.Register(stolen)),
    )
    other.push(Act(amended, c.Amend({"party.mobile": "09130000002"})))
    assert facts_of(town, "office:21") == before
    refused = [json.loads(text) for text in facts_of(town, "office:31")]
    assert [fact["kind"] for fact in refused][-9:] == ["command-refused"] * 9
    words = [fact["payload"]["words"] for fact in refused[-9:]]
    assert words[:7] == [words[8]] * 7 == ["چنین پرونده‌ای نیست."] * 7
    # What it is told of the case is no more than that there is none.
    told_words = json.dumps([fact["payload"] for fact in refused[-9:]], ensure_ascii=False)
    for secret in (
        "09131112233",
        mine.request.party.last_name,
        mine.request.party.person_id,
        mine.stream,
    ):
        assert secret not in told_words


def facts_of(town: Town, stream: str) -> list[str]:
    """What the stream holds."""
    with town.house.centre.reading() as session:
        query = select(FactRow.canon).where(FactRow.stream == stream).order_by(FactRow.pos)
        return list(session.scalars(query))

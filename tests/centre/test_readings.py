"""Who looked is a chain: written where it is seen, told to the centre, guarded, read by whom."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from desktop.actions import board, looking, readers, readings
from desktop.actions.readings import Wanted
from desktop.actions.spreadsheet import Export
from desktop.centre import reading_chains
from desktop.centre.reading_tables import ReadingLineRow
from desktop.centre.readings import COUNTED, UNCOUNTED
from desktop.chance import new_id
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.people import Applicant
from desktop.domain.reading import RUN, Mark, Reading, Way, What
from desktop.store import meta
from desktop.store import readings as kept
from desktop.wire import calls
from desktop.wire.blobs import PaperAsk
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.payloads import PrecheckAsk
from desktop.wire.readings import TellReadingsAsk, line_text, read_line
from tests.centre.calling import Caller, code_of
from tests.houses import MORNING
from tests.papers import attached, file_of
from tests.town import Town

TODAY = MORNING.date()
DAY = Wanted(TODAY, TODAY)


def lines(town: Town, device: str = "") -> list[ReadingLineRow]:
    """What the centre holds, in the order of the chains."""
    row = ReadingLineRow
    query = select(row).order_by(row.chain, row.seq)
    with town.house.centre.reading() as session:
        found = list(session.scalars(query))
        session.expunge_all()
    return [line for line in found if not device or line.chain == device]


def device_of(town: Town) -> str:
    return town.house.office.desk.identity().device_id


def precheck(town: Town, code: str) -> None:
    ask = PrecheckAsk(
        service="no-violation",
        actor=town.crew.clerk.staff.staff_id,
        applicant=Applicant.OWNER,
        person_id="",
        represented_id="",
        code=code,
        plate=None,
        unchanged="",
        answers={},
    )
    town.crew.clerk.desk.ask(calls.PRECHECK, ask)


def test_every_call_by_which_a_person_reads_says_whether_it_counts() -> None:
    by_persons = {
        call.path for call in calls.ALL if "actor" in call.ask.model_fields and not call.writes
    }
    assert COUNTED.keys() & UNCOUNTED.keys() == set()
    assert by_persons <= COUNTED.keys() | UNCOUNTED.keys()
    assert UNCOUNTED.keys() <= by_persons
    assert all(reason.strip() for reason in UNCOUNTED.values())


@given(
    seconds=st.integers(0, 2_000_000_000),
    what=st.sampled_from(What),
    way=st.sampled_from(Way),
    about=st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60),
)
def test_a_line_is_read_as_it_was_written(seconds: int, what: What, way: Way, about: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    look = Reading(at, "who", what, way, about=about)
    written = line_text("a-desk", 7, look)
    chain, seq, read = read_line(written)
    assert (chain, seq) == ("a-desk", 7)
    assert line_text(chain, seq, read) == written
    for spoilt in (written[:-1], written.replace('"seq":7', '"seq":7.0'), written + " ", "[]"):
        with pytest.raises(ValueError, match="line|Expecting|Extra"):
            read_line(spoilt)


def test_a_look_at_the_desk_is_told_to_the_centre_once(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN))
    town.house.office.sync()
    looking.note(town.crew.clerk, What.CASE, cases=(case_id,))
    looking.note(town.crew.manager, What.LETTER, Way.PRINT, cases=(case_id,), about="1405/21/1")
    for _ in range(2):
        assert town.house.office.sync().well
    own = lines(town, device_of(town))
    assert [(line.seq, line.actor, line.what, line.way) for line in own] == [
        (1, town.crew.clerk.staff.staff_id, "case", "page"),
        (2, town.crew.manager.staff.staff_id, "letter", "print"),
    ]
    record = town.record(Scenario.CLEAN)
    assert {line.code for line in own} == {str(record.code)}
    assert all(line.tracking.startswith("21-") for line in own)
    with town.house.centre.reading() as session:
        assert list(reading_chains.wrong_lines(session)) == []


def test_looks_without_a_line_are_told_when_it_is_back(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN))
    town.house.office.sync()
    town.house.cut_line(True)
    looking.note(town.crew.clerk, What.CASE, cases=(case_id,))
    assert not town.house.office.sync().connected
    with pytest.raises(LineDown):
        readings.log(town.crew.clerk, DAY, 0, 10)
    here = readings.of_desk(town.crew.clerk, DAY)
    assert [(row.what, row.case_id, row.right) for row in here.rows] == [("case", case_id, True)]
    assert lines(town, device_of(town)) == []
    town.house.cut_line(False)
    assert town.house.office.sync().well
    (line,) = lines(town, device_of(town))
    assert line.case_id == case_id


def test_what_comes_by_a_call_is_written_by_the_centre(town: Town) -> None:
    record = town.record(Scenario.CLEAN)
    case_id = town.register(record)
    town.house.office.sync()
    board.municipal_look(town.crew.supervisor, case_id)
    precheck(town, str(record.code))
    found = [
        (line.what, line.actor, line.code) for line in lines(town) if line.chain[:6] == "centre"
    ]
    assert ("case", town.crew.supervisor.staff.staff_id, str(record.code)) in found
    assert ("found", town.crew.clerk.staff.staff_id, str(record.code)) in found


def test_no_look_is_asked_for_from_the_second_piece_on(town: Town) -> None:
    """A paper comes in pieces and what a search found in pages: whichever is asked for first."""
    file = file_of(attached(town.crew.clerk, 1, 2))
    case_id = town.register(town.record(Scenario.CLEAN), file=file)
    while town.house.office.sync().more:
        pass
    supervisor = town.crew.supervisor
    actor, desk = supervisor.staff.staff_id, supervisor.desk

    def looked() -> list[str]:
        kinds = {What.PAPER.value, What.SEARCH.value}
        return [line.what for line in lines(town) if line.what in kinds]

    for number, times in ((1, 1), (1, 1), (0, 2), (1, 2)):
        asked = PaperAsk(actor=actor, case_id=case_id, sha256=file.sha256, number=number)
        assert desk.ask(calls.BLOB_READ, asked).stored
        assert looked() == [What.PAPER.value] * times
    name = case_now(town.crew.clerk, case_id).request.party.last_name
    for offset in (1, 1):
        board.municipal_queue(supervisor, text=name, offset=offset)
        assert looked()[2:] == [What.SEARCH.value]


@pytest.mark.parametrize("left", [1, 0])
def test_lines_that_are_gone_from_a_chains_end_are_missed(small_town: Town, left: int) -> None:
    looking.note(small_town.crew.clerk, What.LIST)
    looking.note(small_town.crew.clerk, What.SEARCH, Way.SEARCH, about="12")
    small_town.house.office.sync()
    own, centre = device_of(small_town), small_town.house.centre
    with centre.reading() as session:
        assert list(reading_chains.wrong_lines(session)) == []
    with centre.writing() as session:
        # Whoever has the database may take away what keeps the lines, too.
        guards = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'reading_line'"
        )
        for name in session.scalars(text(guards)).all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(
            text("DELETE FROM reading_line WHERE chain = :own AND seq > :left"),
            {"own": own, "left": left},
        )
    with centre.reading() as session:
        assert list(reading_chains.wrong_lines(session)) == [(own, left + 1)]


def test_nobody_changes_a_line(town: Town) -> None:
    looking.note(town.crew.clerk, What.LIST)
    town.house.office.sync()
    for change in ("UPDATE reading_line SET actor = 'x'", "DELETE FROM reading_line"):
        with (
            pytest.raises(DBAPIError, match="append-only"),
            town.house.centre.writing() as session,
        ):
            session.execute(text(change))
    store = town.house.office.desk.store
    for change in ("UPDATE reading SET canon = 'x'", "DELETE FROM reading"):
        with pytest.raises(DBAPIError, match="append-only"), store.writing() as session:
            session.execute(text(change))


def test_a_desk_that_forges_its_chain_is_told_of(town: Town) -> None:
    """Somebody opened the desk's file and made another's look of his own."""
    looking.note(town.crew.clerk, What.LIST)
    looking.note(town.crew.clerk, What.SEARCH, Way.SEARCH, about="12")
    store, other = town.house.office.desk.store, town.crew.manager.staff.staff_id
    with store.writing() as session:
        session.execute(text("DROP TRIGGER reading_no_update"))
        forged = "UPDATE reading SET canon = replace(canon, 'zahra-fallah', :other) WHERE seq = 1"
        session.execute(text(forged), {"other": other})
    assert town.house.office.sync().well
    told = readings.log(town.crew.supervisor, DAY, 0, 10)
    assert [(each.office, each.seq) for each in told.breaks] == [("21", 2)]
    # What came is kept all the same, and the place is marked.
    assert {line.actor for line in lines(town, device_of(town))} == {other, "zahra-fallah"}
    assert [row.right for row in told.rows if row.chain == device_of(town)] == [False, True]
    with town.house.centre.reading() as session:
        assert list(reading_chains.wrong_lines(session)) == [(device_of(town), 2)]
    # The desk goes on from there.
    looking.note(town.crew.clerk, What.LIST)
    assert town.house.office.sync().well
    assert len(readings.log(town.crew.supervisor, DAY, 0, 10).breaks) == 1


def test_the_same_lines_again_and_lines_after_a_gap_change_nothing(town: Town) -> None:
    looking.note(town.crew.clerk, What.LIST)
    looking.note(town.crew.clerk, What.LIST)
    store = town.house.office.desk.store
    with store.reading() as session:
        untold = kept.untold(session, 10)
    assert untold is not None
    own = Caller(town)
    whole = TellReadingsAsk(after=0, before=GENESIS, lines=list(untold.lines), hash=untold.hash)
    for _ in range(2):
        assert own.call(calls.READINGS.path, whole.encode()).status == 200
    later = TellReadingsAsk(after=9, before=GENESIS, lines=list(untold.lines), hash=untold.hash)
    assert own.call(calls.READINGS.path, later.encode()).status == 200
    assert len(lines(town, own.device_id)) == 2
    assert readings.log(town.crew.supervisor, DAY, 0, 10).breaks == []


def test_what_can_not_be_read_is_kept_and_told(town: Town) -> None:
    own = Caller(town)
    strange = ["{}", line_text(new_id(), 2, Reading(MORNING, "x", What.CASE))]
    ask = TellReadingsAsk(after=0, before=GENESIS, lines=strange, hash="0" * 64)
    assert own.call(calls.READINGS.path, ask.encode()).status == 200
    told = readings.log(town.crew.supervisor, DAY, 0, 10)
    assert {each.seq for each in told.breaks} == {1, 2}
    assert [line.canon for line in lines(town, own.device_id)] == strange


def test_nobody_else_is_said_to_have_looked(town: Town) -> None:
    """A desk that writes a look in the name of the municipality's supervisor."""
    own = Caller(town)
    stranger = town.crew.supervisor.staff.staff_id
    canon = line_text(own.device_id, 1, Reading(MORNING, stranger, What.LIST))
    ask = TellReadingsAsk(after=0, before=GENESIS, lines=[canon], hash=link_hash(GENESIS, canon))
    assert own.call(calls.READINGS.path, ask.encode()).status == 200
    (line,) = lines(town, own.device_id)
    assert (line.actor, line.canon) == ("", canon)
    assert [each.seq for each in readings.log(town.crew.supervisor, DAY, 0, 10).breaks] == [1]


def test_a_line_that_no_database_holds_is_told_so(town: Town) -> None:
    own = Caller(town)
    ask = {"after": 0, "before": GENESIS, "lines": ["a\0b"], "hash": GENESIS}
    assert own.call(calls.READINGS.path, json.dumps(ask).encode()).status == 400


def test_another_offices_case_is_not_told_by_naming_it(town: Town) -> None:
    """A desk that makes up a look at a case that is none of its own learns nothing of it."""
    case_id = town.register(town.record(Scenario.CLEAN))
    town.house.office.sync()
    city = Caller(town, town.house.municipality)
    assert city.own.office != "21"
    with town.house.centre.writing() as session:
        session.execute(
            text("UPDATE device SET office = '22' WHERE device_id = :d"), {"d": city.device_id}
        )
    look = Reading(MORNING, "x", What.CASE, case_id=case_id)
    canon = line_text(city.device_id, 1, look)
    ask = TellReadingsAsk(after=0, before=GENESIS, lines=[canon], hash="0" * 64)
    assert city.call(calls.READINGS.path, ask.encode()).status == 200
    (line,) = lines(town, city.device_id)
    assert (line.case_id, line.tracking, line.code) == ("", "", "")


def test_each_sees_what_is_his_to_see(town: Town) -> None:
    looking.note(town.crew.clerk, What.LIST)
    looking.note(town.crew.manager, What.LIST)
    town.house.office.sync()
    crew = town.crew

    def actors(seat: object) -> set[str]:
        return {row.actor for row in readings.log(seat, DAY, 0, 100).rows}  # type: ignore[arg-type]

    clerk, manager = crew.clerk.staff.staff_id, crew.manager.staff.staff_id
    assert actors(crew.clerk) == {clerk}
    assert actors(crew.manager) == {clerk, manager}
    assert {clerk, manager} <= actors(crew.supervisor)
    assert actors(crew.expert) <= {crew.expert.staff.staff_id}
    # Every one of these looks is a line by now.
    assert crew.manager.staff.staff_id in {
        row.actor for row in readings.log(crew.supervisor, DAY, 0, 100).rows if row.what == "log"
    }


def test_a_run_of_looks_is_one_line(town: Town) -> None:
    case_id = town.register(town.record(Scenario.CLEAN))
    town.house.office.sync()
    for minutes in (0, 4, 4):
        town.clock.moment += timedelta(minutes=minutes)
        looking.note(town.crew.clerk, What.CASE, cases=(case_id,))
    town.house.office.sync()
    town.clock.moment += RUN
    looking.note(town.crew.clerk, What.CASE, cases=(case_id,))
    town.house.office.sync()
    rows = [row for row in readings.log(town.crew.manager, DAY, 0, 10).rows if row.what == "case"]
    assert [row.times for row in rows] == [1, 3]
    assert rows[1].until - rows[1].at == timedelta(minutes=8)


def test_a_property_is_found_by_code_case_and_letter(town: Town) -> None:
    record = town.record(Scenario.CLEAN)
    case_id = town.register(record)
    town.register(town.record(Scenario.CLEAN, 1))
    town.house.office.sync()
    looking.note(town.crew.clerk, What.CASE, cases=(case_id,))
    town.house.office.sync()
    (line,) = lines(town, device_of(town))
    for about in (str(record.code), line.tracking, line.tracking.replace("-", "")):
        told = readings.log(town.crew.supervisor, Wanted(TODAY, TODAY, about), 0, 10)
        assert [row.case_id for row in told.rows if row.what == "case"] == [case_id], about
    assert not readings.log(town.crew.supervisor, Wanted(TODAY, TODAY, "آن خانه"), 0, 9).understood


def test_a_look_at_a_record_by_no_case_stands_out_after_a_day(town: Town) -> None:
    loose, taken = town.record(Scenario.CLEAN, 2), town.record(Scenario.CLEAN, 3)
    precheck(town, str(loose.code))
    precheck(town, str(taken.code))
    town.register(taken)
    town.house.office.sync()
    ask = Wanted(TODAY, TODAY, mark=Mark.NO_CASE)
    assert readings.log(town.crew.supervisor, ask, 0, 10).total == 0
    town.clock.moment += timedelta(days=1, hours=1)
    told = readings.log(town.crew.supervisor, ask, 0, 10)
    assert [row.code for row in told.rows] == [str(loose.code)]
    assert told.counts[Mark.NO_CASE.value] == 1
    month = readers.reader(town.crew.supervisor, town.crew.clerk.staff.staff_id)
    assert (month.no_case, month.middle) == (1, 1)


def test_a_look_out_of_hours_is_marked(town: Town) -> None:
    looking.note(town.crew.clerk, What.LIST)
    town.clock.moment += timedelta(hours=13)
    looking.note(town.crew.clerk, What.LIST)
    town.house.office.sync()
    told = readings.log(town.crew.supervisor, Wanted(TODAY, TODAY, mark=Mark.OFF_HOURS), 0, 10)
    assert [row.what for row in told.rows] == ["list"]


def test_a_question_and_its_answer_stay_with_the_line(town: Town) -> None:
    looking.note(town.crew.clerk, What.LIST)
    town.house.office.sync()
    (row,) = [r for r in readings.log(town.crew.manager, DAY, 0, 10).rows if r.what == "list"]
    with pytest.raises(Refusal, match="مسئول دفتر"):
        readers.ask_reader(town.crew.clerk, row, "چرا؟")
    with pytest.raises(Refusal, match="پرسش را بنویسید"):
        readers.ask_reader(town.crew.manager, row, "  ")
    with pytest.raises(Refusal, match="از شما نیست"):
        readers.reply(town.crew.clerk, row, "هنوز کسی نپرسیده است")
    readers.ask_reader(town.crew.manager, row, "برای چه کاری؟")
    readers.ask_reader(town.crew.manager, row, "برای چه کاری؟")
    clerk = town.crew.clerk
    assert readers.reader(clerk, clerk.staff.staff_id).asked == 1
    with pytest.raises(Refusal, match="پیش‌تر پرسیده"):
        readers.ask_reader(town.crew.supervisor, row, "چیز دیگر")
    with pytest.raises(Refusal, match="از شما نیست"):
        readers.reply(town.crew.manager, row, "من نبودم")
    readers.reply(town.crew.clerk, row, "گزارش ماه")
    assert readers.reader(clerk, clerk.staff.staff_id).asked == 0
    with pytest.raises(Refusal, match="پیش‌تر پاسخ"):
        readers.reply(town.crew.clerk, row, "چیز دیگر")
    (again,) = [r for r in readings.log(town.crew.supervisor, DAY, 0, 10).rows if r.what == "list"]
    assert (again.question, again.reply) == ("برای چه کاری؟", "گزارش ماه")
    assert again.asked_by == town.crew.manager.staff.name


@pytest.mark.slow
def test_nobody_asks_himself_and_no_manager_another_office(town: Town) -> None:
    looking.note(town.crew.manager, What.LIST)
    town.house.office.sync()
    (row,) = [r for r in readings.log(town.crew.manager, DAY, 0, 10).rows if r.what == "list"]
    with pytest.raises(Refusal, match="از خود شماست"):
        readers.ask_reader(town.crew.manager, row, "چرا؟")
    board.municipal_look(town.crew.supervisor, town.register(town.record(Scenario.CLEAN)))
    rows = readings.log(town.crew.supervisor, DAY, 0, 50).rows
    (city,) = [r for r in rows if r.what == "case" and r.actor == "hamid-mirjalili"]
    with pytest.raises(Refusal, match="دفتر شما نیست"):
        readers.ask_reader(town.crew.manager, city, "چرا؟")


def test_a_paper_for_a_court_names_its_order(town: Town) -> None:
    looking.note(town.crew.clerk, What.LIST)
    town.house.office.sync()
    with pytest.raises(Refusal, match="دستور دادگاه"):
        readings.for_paper(town.crew.supervisor, DAY, "")
    rows = readings.for_paper(town.crew.supervisor, DAY, "1405/331")
    assert readings.paper(town.crew.supervisor, rows, "امروز", "1405/331").startswith(b"%PDF")
    (own,) = [r for r in readings.log(town.crew.supervisor, DAY, 0, 50).rows if r.way == "print"]
    assert (own.what, own.about) == ("log", "1405/331")


@pytest.mark.long
def test_a_file_has_every_line_once_and_a_paper_too_long_for_one_is_none(
    quick_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = quick_town
    monkeypatch.setattr(readings, "MOST_LINES", 3)
    monkeypatch.setattr(readings, "MOST", 6)
    case_id = town.register(town.record(Scenario.CLEAN))
    for _ in range(3):
        looking.note(town.crew.clerk, What.CASE, cases=[new_id() for _ in range(5)])
        town.clock.moment += timedelta(days=1)
    town.house.office.sync()
    supervisor, wanted = town.crew.supervisor, Wanted(TODAY, TODAY + timedelta(days=3))
    before = {(line.chain, line.seq) for line in lines(town, device_of(town))}
    assert len(before) == 15
    told: list[tuple[str, int]] = []
    for page in readings.every(supervisor, wanted, Way.FILE):
        if not told:
            # Meanwhile somebody looks: the log grows at its newer end.
            board.municipal_look(supervisor, case_id)
        told += [(row.chain, row.seq) for row in page]
    assert before <= {*told}
    assert len(told) == len({*told})
    with pytest.raises(Refusal, match="بیش از ۶ سطر روی کاغذ نمی‌آید"):
        readings.for_paper(supervisor, wanted, "1405/331")
    assert "print" not in {row.way for row in readings.log(supervisor, wanted, 0, 50).rows}
    export, path = Export(), tmp_path / "looks.csv"
    readings.write(supervisor, path, wanted, export)
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) - 1 == export.done > 15
    export.stop()
    with pytest.raises(Refusal, match="متوقف شد"):
        readings.write(supervisor, tmp_path / "none.csv", wanted, export)
    assert [each.name for each in tmp_path.glob("*.csv")] == ["looks.csv"]


def test_a_hostile_question_of_the_log_is_refused(town: Town) -> None:
    city = Caller(town, town.house.municipality)
    whole = {
        "actor": "hamid-mirjalili", "first": TODAY.isoformat(), "last": TODAY.isoformat(),
        "limit": 10,
    }  # fmt: skip
    for change in (
        {"way": "fax"},
        {"mark": "x"},
        {"what": "x"},
        {"first": "2027-01-01"},
        {"first": "2001-01-01"},
    ):
        reply = city.call(calls.READING_LOG.path, json.dumps({**whole, **change}).encode())
        assert code_of(reply) == "refused", change


def test_a_restored_centre_is_told_anew(town: Town) -> None:
    looking.note(town.crew.clerk, What.LIST)
    with town.house.office.desk.store.writing() as session:
        # As if a centre had had it before it was put back.
        meta.change(session, readings_told=1)
    looking.note(town.crew.clerk, What.LIST)
    assert town.house.office.sync().well
    assert [line.seq for line in lines(town, device_of(town))] == [1, 2]

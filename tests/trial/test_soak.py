"""A soak's check finds each wrong that it looks for, and a short soak is sound."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from desktop.actions import board, consultations
from desktop.demo.beginning import fill_queue
from desktop.demo.city import Scenario
from desktop.sql.engine import Place
from desktop.store import facts, meta, outbox
from desktop.sync.hello import streams
from desktop.trial.soak.diary import Diary
from desktop.trial.soak.history import check, heads_now, history
from desktop.trial.soak.running import run_host_lost, run_soak
from tests.town import PROPERTIES, Town


@pytest.fixture
def town(make_town: Callable[[Place | None], Town], postgres_place: Place) -> Town:
    """A town on PostgreSQL after some requests, all of them sent and heard of."""
    town = make_town(postgres_place)
    fill_queue(town.house, town.crew, town.clock, properties=PROPERTIES, today=6)
    for number in range(2):
        asked(town, town.register(town.record(Scenario.DEED, number), "no-violation"))
    for _ in range(3):
        town.house.office.sync()
        town.house.municipality.sync()
    return town


def asked(town: Town, case_id: str) -> None:
    """The expert asks another body of the case, by a letter of the municipality's own series."""
    town.house.municipality.sync()
    case = board.municipal_case(town.crew.expert, case_id)[0]
    body = consultations.consultees(town.crew.expert.desk, case)[0]
    consultations.consult(town.crew.expert, case, body.name, "آیا مانعی هست؟")


def address(town: Town) -> str:
    place = town.house.centre.writer.url.render_as_string(hide_password=False)
    return make_url(place).set(drivername="postgresql").render_as_string(hide_password=False)


def told(town: Town, folder: Path) -> Path:
    """What an honest desk would have told by now, and what its store holds."""
    file = folder / "office.diary"
    diary = Diary(file)
    with town.house.office.desk.store.reading() as session:
        held = meta.get(session)
        seq, chain = outbox.head(session)
        diary.write(began=held.identity.device_id)
        diary.write(did=[seq, chain])
        diary.write(acked=held.acked_to)
        cursors = facts.cursors(session, streams(held.identity))
        with file.with_suffix(".holds").open("w", encoding="utf-8") as out:
            for name, at in cursors.items():
                diary.write(read=[name, at.pos, at.hash])
                texts = facts.texts_between(session, name, 0, at.pos, at.pos)
                out.writelines(f"{name}\t{pos}\t{text}\n" for pos, text in enumerate(texts, 1))
    diary.write(shown=["connected", "", 0])
    diary.write(awaited=True)
    diary.write(ended=True)
    return file


# By what is done to the centre's tables: the sentence by which it is told.
AT_THE_CENTRE = {
    "DELETE FROM fact WHERE pos = 3": "after 2 comes 4",
    "UPDATE fact SET canon = canon || ' ' WHERE pos = 4": "chain breaks at 4",
    "UPDATE stream SET pos = pos + 1": "its head is said to be",
    "DELETE FROM command WHERE device_seq = 2": "after act 1 comes 3",
    "UPDATE command SET canon = canon || ' ' WHERE device_seq = 3": "its acts breaks at 3",
    "UPDATE fact SET cause = 'x' WHERE cause IN (SELECT command_id FROM command)": "no outcome",
    "UPDATE fact SET stream = 'city' || pos WHERE kind = 'fee-paid'": "stands in",
    "UPDATE letter SET serial = serial + 1000": "counted",
    "DELETE FROM letter WHERE serial = 1": "None counted",
    'UPDATE fact SET canon = replace(canon, \'"number":"1405/2"\', \'"number":"1405/1"\')'
    " WHERE kind = 'consulted'": "number 1405/1: 2 letters of the municipality",
    "UPDATE number SET last = 1 WHERE office = 'municipality'": "1405/2 of the municipality was",
    "UPDATE letter SET letter_id = 'x' WHERE serial = 1": "None told",
    "UPDATE command SET state = 'held' WHERE device_seq = 3": "nothing settles them",
    "UPDATE fact SET cause = 'x' WHERE kind = 'fee-paid'": "no act as its cause",
    "UPDATE fact SET kind = 'command-refused' WHERE kind = 'fee-paid'": "was refused",
    "UPDATE device SET office = '99'": "it was taken at 99",
}
# By what a desk would have told otherwise: what it is, and the sentence.
AT_A_DESK: dict[str, tuple[Callable[[Path], object], str]] = {
    "acknowledged and lost": (lambda file: _more(file, acked=10_000), "the centre has"),
    "done and nowhere": (lambda file: _more(file, did=[9_999, "ab" * 32]), "never said why"),
    "another": (lambda file: _more(file, read=["city", 2, "ab" * 32]), "something else in city"),
    "read too far": (lambda file: _more(file, read=["city", 99_999, "ab" * 32]), "which ends at"),
    "read another's": (lambda file: _more(file, read=["office:99", 1, "ab" * 32]), "it read off"),
    "a paper of no letter": (lambda file: _more(file, paper=["x", "1405/21/9"]), "no such letter"),
    "a bug": (lambda file: _more(file, bug="ValueError"), "a bug"),
    "a stall that nobody saw": (lambda file: _stall(file), "said that all was well"),
    "a fact that is another": (lambda file: _smear(file), "it holds another fact"),
    "a fact that lacks": (lambda file: _cut(file), "which had"),
    "a stream that was never read": (lambda file: _without(file, "city"), "holds 0 facts of city"),
    "another's facts": (lambda file: _beside(file), "it holds office:99"),
    "two acts of one number": (lambda file: _more(file, did=[1, "ab" * 32]), "then another"),
    "frozen for nothing": (lambda file: _more(file, shown=["held", "fork", 3]), "was no cause"),
    "doomed and silent": (lambda file: _more(file, doomed="revoked"), "never said that it was"),
    "not all sent": (lambda file: _more(file, ended=False), "did not send all"),
    "a line that is whole, and idle": (lambda file: _idle(file), "nothing was wrong"),
    "a bug in its log": (lambda file: _log(file), "report 12AB"),
}


def _more(file: Path, **said: Any) -> None:
    Diary(file).write(**said)


def _stall(file: Path) -> None:
    _shown(file, 90, "waiting", "")


def _idle(file: Path, *, wrong: bool = False) -> None:
    if wrong:
        _append(file, [{"t": 60.0, "wrong": ["line"]}, {"t": 70.0, "wrong": []}])
    _shown(file, 150, "down", "cut")


def _shown(file: Path, seconds: int, state: str, why: str) -> None:
    _append(file, [{"t": float(at), "shown": [state, why, 3]} for at in range(0, seconds, 5)])


def _append(file: Path, lines: list[dict[str, Any]]) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(line) + "\n" for line in lines)


def _log(file: Path) -> None:
    words = '{"words": "a bug, report code 12AB", "trace": "…"}'
    file.with_suffix(".log").write_text(words, encoding="utf-8")


def _without(file: Path, stream: str) -> None:
    holds = file.with_suffix(".holds")
    kept = [line for line in holds.read_text("utf-8").splitlines(True) if stream not in line[:5]]
    holds.write_text("".join(kept), encoding="utf-8")


def _beside(file: Path) -> None:
    with file.with_suffix(".holds").open("a", encoding="utf-8") as out:
        out.write("office:99\t1\t{}\n")


def _smear(file: Path) -> None:
    holds = file.with_suffix(".holds")
    holds.write_text(holds.read_text("utf-8").replace("1405", "1406"), encoding="utf-8")


def _cut(file: Path) -> None:
    holds = file.with_suffix(".holds")
    lines = holds.read_text("utf-8").splitlines(keepends=True)
    holds.write_text("".join(lines[:-1]), encoding="utf-8")


@pytest.mark.long
def test_each_wrong_is_named_and_an_honest_history_is_sound(town: Town, tmp_path: Path) -> None:
    honest = told(town, tmp_path)
    heads = heads_now(address(town))
    found = check(address(town), [honest], heads)
    assert found.faults == []
    assert min(found.acts, found.facts, found.letters, found.readings) > 0
    unnamed = {}
    with psycopg.connect(address(town)) as connection:
        for change, words in AT_THE_CENTRE.items():
            connection.execute("SET session_replication_role = replica")
            connection.execute(change.encode())
            unnamed[change] = (words, history(connection, [honest], heads).faults)
            connection.rollback()
        for wrong, (plant, words) in AT_A_DESK.items():
            folder = tmp_path / wrong
            folder.mkdir()
            file = Path(shutil.copy(honest, folder))
            shutil.copy(honest.with_suffix(".holds"), folder)
            plant(file)
            unnamed[wrong] = (words, history(connection, [file], heads).faults)
        # A line that was bad within that time is no stall; and of a desk that was copied, and said
        # so, the centre rightly has not all.
        _idle(honest, wrong=True)
        assert history(connection, [honest], heads).faults == []
        _more(honest, did=[9_999, "ab" * 32])
        _more(honest, doomed="fork")
        _more(honest, shown=["held", "fork", 3])
        assert history(connection, [honest], heads).faults == []
    assert {
        what: faults
        for what, (words, faults) in unnamed.items()
        if not any(words in each for each in faults)
    } == {}


# Its clock jumps among the faults of the ten minutes too.
@pytest.mark.long
@pytest.mark.full
@pytest.mark.timeout(900)
def test_a_centre_whose_clock_was_wrong_for_a_while_ends_sound() -> None:
    said: list[str] = []
    found = run_soak(1, 7, said.append, only="the centre's clock jumps")
    assert found.is_sound, "\n".join(said)
    assert any("all that is kept is as it was written" in words for words in said)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_ten_minutes_of_faults_end_sound() -> None:
    said: list[str] = []
    # In a folder of its own: Debian's user of PostgreSQL gets into none of pytest's.
    found = run_soak(10, None, said.append)
    assert found.is_sound, "\n".join(said)
    assert found.acts > 1_000


@pytest.mark.long
@pytest.mark.full
@pytest.mark.timeout(1800)
def test_a_host_that_is_lost_under_twenty_desks_loses_nothing() -> None:
    said: list[str] = []
    found = run_host_lost(1, 20, None, said.append)
    assert found.is_sound, "\n".join(said)
    assert found.acts > 500
    (seconds,) = re.findall(r"instantly again (\d+) s", "\n".join(said))
    assert int(seconds) < 300

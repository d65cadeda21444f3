"""Behind PgBouncer: readers read one moment and nothing else, limits hold, pushes go as ever."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from desktop.centre import transacting
from desktop.centre.api import Limits
from desktop.centre.context import Centre
from desktop.centre.counting import counted
from desktop.centre.streams import heads_of
from desktop.demo.city import Scenario
from desktop.domain.state import State
from desktop.sql.engine import reader, writer
from desktop.sync.address import read_address
from desktop.sync.http import HttpsLink
from desktop.trial.counters import new_counter
from desktop.wire import link
from desktop.wire.payloads import WaitAnswer, WaitAsk
from tests.at_once import at_once
from tests.served import listening
from tests.servers import address, name_in
from tests.town import Town


@pytest.fixture
def centre(
    bouncer: str, postgres_place: str, postgres_town: Town, disposed: Callable[[Engine], Engine]
) -> Centre:
    """The town's centre, as a process sees it that reaches the database through PgBouncer."""
    place = address(bouncer, name_in(postgres_place))
    own = postgres_town.house.centre
    return Centre(disposed(writer(place)), disposed(reader(place)), own.keys, own.clock)


@pytest.mark.slow
def test_a_reader_can_write_nothing_and_sees_one_moment(centre: Centre) -> None:
    count = text("SELECT count(*) FROM device")
    for _ in range(8):
        with centre.reading() as session:
            before = session.scalar(count)
            with centre.writing() as other:
                other.execute(text("UPDATE device SET heard_at = NULL"))
            assert session.scalar(count) == before
            with pytest.raises(DBAPIError, match="read-only"):
                session.execute(text("UPDATE device SET heard_at = NULL"))
        # The next one on the same connection of PgBouncer's may write again.
        with centre.writing() as session:
            session.execute(text("UPDATE device SET heard_at = NULL"))


@pytest.mark.slow
def test_limits_are_a_transactions_own(centre: Centre) -> None:
    asked = text("SELECT current_setting('lock_timeout')")
    for _ in range(8):
        short = transacting.transact(centre, centre.writer, lambda session: session.scalar(asked))
        assert short == "2s"
        with centre.writing() as session:
            assert session.scalar(asked) == "1min"


@pytest.mark.slow
def test_offices_push_at_once_through_it(centre: Centre, postgres_town: Town) -> None:
    counters = [new_counter(centre, office) for office in ("31", "32", "33")]
    acts = [
        [counter.register(postgres_town.record(Scenario.CLEAN, n)) for n in range(4)]
        for counter in counters
    ]
    at_once(
        *(
            partial(counter.push, *(act for both in own for act in both))
            for counter, own in zip(counters, acts, strict=True)
        )
    )
    figures = counted(centre)
    assert (figures["cases"], figures["letters"], figures["gaps"]) == (12, 12, 0)
    assert (figures["held"], figures["refused"]) == (0, 0)
    for counter, own in zip(counters, acts, strict=True):
        assert {counter.case(both[0].case_id).state for both in own} == {State.ISSUED}


@pytest.mark.long
def test_a_desk_that_waits_is_told_through_it(
    centre: Centre, postgres_town: Town, tmp_path: Path
) -> None:
    """By reading how far its streams have come: a pooler passes no notice on."""
    with ExitStack() as ends:
        where, *_ = ends.enter_context(listening(centre, tmp_path, Limits(wait_s=20.0)))
        far = HttpsLink(read_address(where), stranger=True, proxies=dict)
        ends.callback(far.close)
        aside = ends.enter_context(ThreadPoolExecutor())
        desk, colleague = (new_counter(centre, "31", number, far) for number in (1, 2))
        with centre.reading() as session:
            ask = WaitAsk(cursors=heads_of(session, ("city", "office:31")))
        waiting = aside.submit(desk.call, "/v1/wait", ask)
        with pytest.raises(TimeoutError):
            waiting.result(0.5)
        colleague.push(*colleague.register(postgres_town.record(Scenario.CLEAN)))
        reply = waiting.result(5)
        assert reply.status == link.OK
        assert WaitAnswer.model_validate_json(reply.body).grown

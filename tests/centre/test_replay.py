"""The same signed bytes again, as whoever heard a line sends them: done once, answered twice."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from desktop.centre.context import Centre
from desktop.centre.replays import AnsweredRow, forget_answered
from desktop.centre.schema import declared_tables
from desktop.centre.tables import EnrolCodeRow
from desktop.trial.counters import new_counter
from desktop.wire import calls, link
from desktop.wire.link import SignedRequest
from desktop.wire.registry import CodeAnswer
from tests.centre.calling import code_of
from tests.centre.hostile import Known, known_to
from tests.town import Town

# Of those that are kept: so many are done, not refused, in the town of `known_to`.
_DONE = 20


def rows(centre: Centre) -> dict[str, list[str]]:
    """All that the centre keeps, by table."""
    with centre.reading() as session:
        return {
            name: sorted(map(repr, session.execute(text(f'SELECT * FROM "{name}"'))))
            for name in declared_tables()
        }


def asked(known: Known, call: calls.Call[Any, Any], **changes: object) -> SignedRequest:
    """That call as its desk signs it now."""
    body = known.signed(call.path, known.bodies[call.path] | changes)
    return known.request(call.path, json.dumps(body).encode())


@pytest.mark.slow
def test_no_writing_call_is_done_twice(town: Town, tmp_path: Path) -> None:
    known = known_to(town, tmp_path)
    centre, done = town.house.centre, 0
    for call in calls.ALL:
        if not call.writes:
            continue
        request = asked(known, call)
        first = town.line.call(request)
        kept = rows(centre)
        second = town.line.call(request)
        assert (call.path, second.status, second.body) == (call.path, first.status, first.body)
        changed = [name for name, own in rows(centre).items() if own != kept[name]]
        assert (call.path, changed) == (call.path, [])
        done += first.status == link.OK and not call.repeatable
    assert done >= _DONE


@pytest.mark.slow
def test_two_that_come_at_once_are_one(postgres_town: Town, tmp_path: Path) -> None:
    known = known_to(postgres_town, tmp_path)
    request = asked(known, calls.ENROL_CODE)
    line, at_once = postgres_town.line, 2
    with ThreadPoolExecutor(at_once) as pool:
        replies = list(pool.map(lambda _: line.call(request), range(at_once)))
    assert {reply.status for reply in replies} == {link.OK}
    assert len({reply.body for reply in replies}) == 1


@pytest.mark.slow
def test_a_call_that_was_refused_stays_refused(small_town: Town, tmp_path: Path) -> None:
    known = known_to(small_town, tmp_path)
    request = asked(known, calls.HEIR)
    first = small_town.line.call(request)
    assert code_of(first) == "refused"
    new_counter(small_town.house.centre, known.bodies[calls.HEIR.path]["office"])
    assert small_town.line.call(request).body == first.body
    small_town.clock.moment += timedelta(seconds=1)
    anew = small_town.line.call(asked(known, calls.HEIR))
    assert anew.body != first.body


@pytest.mark.slow
def test_a_wrong_code_that_comes_again_takes_no_second_try(
    small_town: Town, tmp_path: Path
) -> None:
    known = known_to(small_town, tmp_path)
    code = known.bodies[calls.ENROL_PERSON.path]["code"]
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    request = asked(known, calls.ENROL_PERSON, code=wrong)
    replies = [small_town.line.call(request) for _ in range(3)]
    assert {code_of(reply) for reply in replies} == {"refused"}
    with small_town.house.centre.reading() as session:
        assert session.scalar(select(func.sum(EnrolCodeRow.tries))) == 1


@pytest.mark.slow
def test_what_was_answered_is_kept_for_who_has_the_request_and_not_for_long(
    small_town: Town, tmp_path: Path
) -> None:
    known, centre = known_to(small_town, tmp_path), small_town.house.centre
    request = asked(known, calls.ENROL_CODE)
    told = CodeAnswer.model_validate_json(small_town.line.call(request).body)
    assert told.code
    assert not any(told.code in row for own in rows(centre).values() for row in own)

    def left() -> int:
        with centre.reading() as session:
            return session.scalar(select(func.count()).select_from(AnsweredRow)) or 0

    forget_answered(centre)
    assert left()
    small_town.clock.moment += timedelta(minutes=16)
    assert code_of(small_town.line.call(request)) == "clock"
    forget_answered(centre)
    assert not left()

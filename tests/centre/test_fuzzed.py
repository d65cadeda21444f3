"""Whatever fits the published protocol, or nearly does, signed by a desk: answered in words."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from desktop.centre.api import Limits
from desktop.centre.context import day_of
from desktop.centre.shipping import begin_with, shipped
from desktop.centre.signing import CentreKeys
from desktop.chance import new_id
from desktop.premises.clocks import SystemClock
from desktop.premises.embedded import open_centre
from desktop.wire import calls, link
from desktop.wire.openapi import document
from desktop.wire.payloads import Fault
from tests.served import Caller, served

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

PROTOCOL = schemathesis.openapi.from_dict(document("0"))
EXAMPLES = 25
# Who asks was not believed: nothing of what was asked was looked at.
OUTSIDE = {link.UNSIGNED, link.REVOKED, link.ELSEWHERE, link.CLOCK}


@pytest.fixture(scope="module")
def desk(postgres_server: str) -> Iterator[Caller]:
    """A desk at a centre on PostgreSQL, for all of these."""
    name = f"fuzzed_{new_id()}"
    with (
        psycopg.connect(postgres_server, autocommit=True) as connection,
        tempfile.TemporaryDirectory() as folder,
    ):
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        address = postgres_server.replace("postgresql://", "postgresql+psycopg://", 1)
        place = address.replace("/postgres?", f"/{name}?", 1)
        centre = open_centre(place, CentreKeys.new(demo=False), SystemClock())
        at = centre.clock()
        with centre.writing() as session:
            begin_with(session, shipped(day_of(at)), at)
        with served(centre, Path(folder), Limits(wait_s=0.05)) as caller:
            yield caller
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture(scope="module")
def statuses(request: pytest.FixtureRequest) -> Iterator[Counter[int]]:
    """How everything was answered; most of it must have come past the door."""
    seen: Counter[int] = Counter()
    yield seen
    if seen:
        shares = [f"{status}: {count / seen.total():.0%}" for status, count in sorted(seen.items())]
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            sys.stdout.write(f"\nanswers by status: {', '.join(shares)}\n")
        inside = sum(count for status, count in seen.items() if status not in OUTSIDE)
        assert inside >= 0.8 * seen.total(), seen


@pytest.mark.parametrize("call", calls.ALL, ids=lambda call: call.path)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_no_body_meets_a_bug(
    call: calls.Call[Any, Any], mode: GenerationMode, desk: Caller, statuses: Counter[int]
) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(PROTOCOL[call.path]["POST"].as_strategy(generation_mode=mode))
    def put(case: schemathesis.Case[Any]) -> None:
        body = case.body if isinstance(case.body, bytes) else json.dumps(case.body).encode()
        told = desk.send(call.path, body)
        statuses[told.status_code] += 1
        assert told.status_code < link.BROKEN, body
        if told.status_code != link.OK:
            fault = Fault.model_validate_json(told.content)
            assert fault.words, body
            assert fault.report == "", body

    put()

"""Whatever fits the published protocol, or nearly does, signed by a desk: answered in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from desktop.demo.city import Scenario
from desktop.domain.property import PropertyRecord
from desktop.wire import calls, link
from desktop.wire.openapi import document
from tests.bouncer import WAYS, reached
from tests.centre.hostile import STRANGE, Known, demand_told, known_to, spoilt
from tests.figures import ANSWERS
from tests.town import served_town

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

PROTOCOL = schemathesis.openapi.from_dict(document("0"))
# Of each call; behind PgBouncer as many as find out what it does not pass on.
EXAMPLES = {"straight": 15, "bouncer": 4}
# Who asks was not believed: nothing of what was asked was looked at.
OUTSIDE = {link.UNSIGNED, link.REVOKED, link.ELSEWHERE, link.CLOCK}


@pytest.fixture(scope="module", params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """How the centre reaches its database."""
    return str(request.param)


@pytest.fixture(scope="module")
def known(
    way: str,
    postgres_server: str,
    tmp_path_factory: pytest.TempPathFactory,
    properties: dict[Scenario, list[PropertyRecord]],
) -> Iterator[Known]:
    """A town on PostgreSQL whose desks ask over HTTPS, for all of these."""
    folder = tmp_path_factory.mktemp("fuzzed")
    with (
        reached(way, postgres_server) as door,
        served_town(postgres_server, folder, properties, door) as town,
    ):
        yield known_to(town, folder)


def whole_of(case: schemathesis.Case[Any]) -> Any:
    """The body that was made up, as it would be read; None for what is no JSON."""
    if isinstance(case.body, bytes):
        try:
            return json.loads(case.body)
        except ValueError:
            return None
    return case.body


def put_in(data: st.DataObject, real: dict[str, Any], made_up: Any) -> Any:
    """The real body with one thing in it as it was made up, or spoilt, or the made-up one whole."""
    kind = data.draw(st.integers(0, 6), label="kind")
    if kind < 4:
        return spoilt(data, real, well=kind < 3)
    if kind < 6 and isinstance(made_up, dict) and made_up:
        key = data.draw(st.sampled_from(sorted(made_up)), label="key")
        return {**real, key: made_up[key]}
    return made_up


@pytest.mark.parametrize("call", calls.ALL, ids=lambda call: call.path)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_no_body_meets_a_bug(
    call: calls.Call[Any, Any],
    mode: GenerationMode,
    way: str,
    known: Known,
    record_property: Callable[[str, object], None],
) -> None:
    known.told.clear()
    outside = 0

    @settings(
        max_examples=EXAMPLES[way],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(PROTOCOL[call.path]["POST"].as_strategy(generation_mode=mode), st.data())
    def put(case: schemathesis.Case[Any], data: st.DataObject) -> None:
        body = put_in(data, known.bodies[call.path], whole_of(case))
        text = json.dumps(known.signed(call.path, body)).encode()
        # A larger one is not read to its end: the line is closed behind the answer.
        assume(len(text) <= call.most)
        reply = known.ask(call.path, text)
        demand_told(call.path, reply)
        nonlocal outside
        outside += reply.status in OUTSIDE

    put()
    record_property(ANSWERS, dict(known.told))
    # A machine that is no desk yet signs with the key that its body brings.
    assert call.path in STRANGE or outside <= 0.2 * known.told.total(), known.told

"""Each call is written down once, and the centre has somebody for each."""

from __future__ import annotations

from desktop.centre import serve
from desktop.wire import calls
from desktop.wire.calls import Call


def test_the_centre_answers_every_call_and_no_other() -> None:
    written = {call.path for call in vars(calls).values() if isinstance(call, Call)}
    assert written
    assert set(serve.ROUTES) == written


def test_no_two_calls_share_a_path() -> None:
    paths = [call.path for call in vars(calls).values() if isinstance(call, Call)]
    assert len(paths) == len(set(paths))

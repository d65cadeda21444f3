"""Reads what another program says (`tests.record.sampled`, on standard input) as this one would.

Calls, acts and facts that it does not know are passed over. Of what it can't read it prints, by
name, why: one JSON object.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from desktop.domain import commands, stream
from desktop.wire import arrival, calls, link, payloads
from desktop.wire.codec import decode_fact
from desktop.wire.payloads import Fault

_CALLS = {call.path: call for call in calls.ALL}
_answer: Any = getattr(payloads, "answer_in", lambda body, kind: kind.model_validate_json(body))
"""The way of desks since the version that has it; those before knew every key, or read nothing."""


def _reads(said: dict[str, dict[str, Any]]) -> Iterator[tuple[str, Callable[[], object]]]:
    for name, told in said["calls"].items():
        call, answer = _CALLS.get(told["path"]), told["answer"]
        if call is not None:
            ask, kind = call.ask, call.answer if answer["status"] == link.OK else Fault
            body = told["request"]["body"]
            yield f"{name}, asked", partial(ask.model_validate_json, body, strict=True)
            yield f"{name}, answered", partial(_answer, answer["body"], kind)
    for name, text in said["commands"].items():
        if name.split()[0] in commands.PAYLOADS:
            yield name, partial(_taken, text)
    for name, text in said["facts"].items():
        if name.split()[0] in stream.PAYLOADS:
            yield name, partial(decode_fact, text)


def _taken(text: str) -> None:
    placed = arrival.place(text)
    if placed is None:
        raise ValueError("no place")
    arrival.read(placed, text)


def main() -> None:
    """As this file says."""
    wrong: dict[str, str] = {}
    for name, read in _reads(json.load(sys.stdin)):
        try:
            read()
        # pydantic's is one, and so is `Unreadable`.
        except ValueError as fault:
            wrong[name] = str(fault)
    sys.stdout.write(json.dumps(wrong))


if __name__ == "__main__":
    main()

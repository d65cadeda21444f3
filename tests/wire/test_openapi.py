"""The published protocol tells of every answer that a call can get."""

from __future__ import annotations

from desktop.centre import api
from desktop.wire import link
from desktop.wire.openapi import document

# What is said of a path or its method, before any call is looked for.
_BY_THE_SERVER = {404, 405}


def test_every_status_of_an_answer_is_published() -> None:
    statuses = {
        value
        for name, value in vars(link).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, int)
    }
    assert {link.OK, link.ELSEWHERE, link.BUSY} < statuses
    wanted = statuses | _BY_THE_SERVER | {api._TOO_SLOW, api._TOO_LARGE}
    for path, ways in document("0")["paths"].items():
        assert set(map(int, ways["post"]["responses"])) == wanted, path

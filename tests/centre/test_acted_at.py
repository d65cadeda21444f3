"""The moment of an act is the desk's word as far as it can be so: a stop is asked for by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop.centre.plausible import Came, acted_at
from desktop.domain.commands import Command, Withdraw

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("made", "emptied", "acted"),
    [
        # Without a line since then: it may have been done before a stop that nobody heard of.
        (NOW - HOUR, NOW - 2 * HOUR, NOW - HOUR),
        (NOW - HOUR, None, NOW - HOUR),
        # The desk had nothing unsent after that moment: it was done now, whatever it says.
        (NOW - 2 * HOUR, NOW - HOUR, NOW),
        # Its clock goes ahead.
        (NOW + HOUR, NOW - HOUR, NOW),
    ],
)
def test_when_an_act_was_done(made: datetime, emptied: datetime | None, acted: datetime) -> None:
    command = Command("c", "case", "d", 1, "zahra", 0, made, Withdraw("چون"))
    assert acted_at(command, Came(NOW, emptied)) == acted

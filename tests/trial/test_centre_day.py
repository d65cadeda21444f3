"""The day over a line, whole: what `./run centre-demo` shows."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url

from desktop.trial.centre_day import run_centre_day


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_day_with_cut_line_revoked_device_and_killed_centre_ends_equal(postgres_url: str) -> None:
    address = make_url(postgres_url).set(drivername="postgresql")
    said: list[str] = []
    assert run_centre_day(said.append, address.render_as_string(hide_password=False))
    told = "\n".join(said)
    assert "3 requests taken without it, 6 acts wait" in told
    assert "its queue is stopped: revoked, 2 acts stay there" in told
    assert "centre: begun again; 0 acts wait" in told
    assert told.endswith("all sides agree")

"""A day of many offices: what `./run day --offices` tells, and how it tells a difference."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from sqlalchemy import make_url

from desktop.trial import offices_day
from desktop.trial.offices_day import run_offices_day


def _address(postgres_url: str) -> str:
    address = make_url(postgres_url).set(drivername="postgresql")
    return address.render_as_string(hide_password=False)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_every_figure_of_the_unit_is_that_of_the_facts(postgres_url: str) -> None:
    told = run_offices_day(9, 6, lambda done, whole: None, _address(postgres_url))
    assert told["offices"] == 9
    assert told["differences"] == []
    assert sum(told["refused_at_desks"].values()) > 0
    assert sum(told["refused_at_centre"].values()) > 0
    assert told["unit"]["received_today"] == told["registered"] == told["cases"]
    assert told["gaps"] == told["held"] == 0


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_figure_that_is_not_the_facts_is_told(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offices_day, "by_office", lambda *_: defaultdict(Counter))
    told = run_offices_day(2, 1, lambda done, whole: None, _address(postgres_url))
    assert [each for each in told["differences"] if "received_today 1, by facts 0" in each]

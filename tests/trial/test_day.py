"""A day for every service: each outcome that a service can have occurs, and every case ends."""

from __future__ import annotations

import pytest

from desktop.demo.requests import chosen
from desktop.demo.wanted_cases import outcomes_of
from desktop.domain.errors import Refusal
from desktop.trial.day import run_day
from tests.shipped import SHIPPED

_OUTCOMES = sum(len(outcomes_of(service)) for service in SHIPPED.values())


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_day_has_every_outcome_of_every_service_and_leaves_no_case_behind() -> None:
    count = _OUTCOMES + 20
    told = run_day(2_000, count, lambda done, whole: None, only=())
    for code, service in SHIPPED.items():
        wanted = {outcome.value for outcome in outcomes_of(service)}
        assert wanted <= told["services"][code].keys(), code
    assert told["states"] == {"handed-over": count}
    assert told["papers"] > 0
    assert (told["papers_on_their_way"], told["gaps"]) == (0, 0)
    assert told["cash"]["difference"] == 0


def test_a_service_that_there_is_not_is_told_with_those_that_there_are() -> None:
    with pytest.raises(Refusal, match="exkavation.*excavation"):
        chosen(SHIPPED, ["exkavation"])
    assert list(chosen(SHIPPED, ["excavation"])) == ["excavation"]
    assert chosen(SHIPPED, []) == SHIPPED

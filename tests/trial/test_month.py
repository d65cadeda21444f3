"""A month of a city: what `./run day --offices --days` tells, and how it tells a difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import make_url

from desktop.demo.city import make_city
from desktop.demo.filling import fill
from desktop.demo.requests import requests
from desktop.domain.decision import decide
from desktop.domain.gates.question import Question
from desktop.domain.identifiers import renewal_code
from desktop.domain.property import Found, LookUp
from desktop.domain.request import Request
from desktop.domain.service import Service
from desktop.forms.answers import check, decided_upon
from desktop.forms.shipped import shipped_city
from desktop.trial.month.offices import CityRecords
from desktop.trial.month.running import Plan, correctness, run_month
from desktop.trial.oracle import JUDGED, judged
from tests.shipped import SHIPPED

DAY = date(2026, 11, 28)


def unlike(services: Mapping[str, Service], count: int) -> list[str]:
    """The services whose first outcome, of so many requests, is another than the oracle's."""
    city, figures = make_city(2_000, 7, DAY), shipped_city()
    records = CityRecords({str(each.record.code): each.record for each in city})
    asked, found = requests(city, services, figures, 3, only=JUDGED), []
    for _ in range(count):
        service, asker = next(asked)
        filled = fill(service, asker, figures, DAY)
        checked = check(service, filled, DAY)
        request = Request(
            service=service.code,
            version=service.version,
            tracking="",
            received_on=DAY,
            party=checked.party,
            code=checked.code,
            plate=checked.plate,
            unchanged=checked.unchanged,
            answers=checked.answers,
            documents=(),
        )
        holding = records.holding(request.code)
        match = LookUp.FOUND if holding.record else LookUp.NONE
        looked_up = Found(DAY, match, holding.record, holding.building)
        answers = decided_upon(service, request, looked_up, {})
        question = Question(
            applicant=request.party.kind,
            owner_id=request.party.owner_id,
            found=looked_up,
            day=DAY,
            city=figures,
            code=renewal_code(request.code),
            plate=request.plate,
            unchanged={"yes": True, "no": False}.get(request.unchanged),
            answers={**answers, "body": request.body},
            consenting=tuple(each.person_id for each in request.consents),
        )
        outcome = decide(service, question).outcome.value
        if outcome != judged(request, holding, DAY).name.lower():
            found.append(service.code)
    return found


@pytest.mark.slow
def test_the_oracle_judges_as_the_records_answer() -> None:
    assert unlike(SHIPPED, 400) == []


@pytest.mark.parametrize("gate", ["debt", "standing", "recent-visit", "deed", "violation"])
@pytest.mark.long
def test_a_rule_that_is_left_out_is_seen(gate: str) -> None:
    whole = SHIPPED["no-violation"]
    kept = tuple(each for each in whole.gates if each.name != gate)
    assert len(kept) < len(whole.gates)
    services = {**SHIPPED, "no-violation": replace(whole, gates=kept)}
    assert set(unlike(services, 400)) == {"no-violation"}


def test_another_outcome_is_told_unless_the_building_was_ruled_on_since() -> None:
    first, said = {"a": "answer", "b": "answer"}, {"a": "review", "b": "answer"}
    assert correctness(first, said, {})["unlike_the_oracle"] == ["a: answer, by the rules review"]
    ruled = correctness(first, said, {"a": "answer"})
    assert (ruled["unlike_the_oracle"], ruled["instant_right"]) == ([], 2)
    assert correctness(first, said, {"a": "visit"})["instant_right"] == 1


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_month_comes_out_as_the_facts_and_the_oracle_say(postgres_url: str) -> None:
    address = make_url(postgres_url).set(drivername="postgresql")
    plan = Plan(offices=10, days=5, requests=20, first=DAY)
    told = run_month(plan, lambda done, whole: None, address.render_as_string(hide_password=False))
    assert told["differences"] == []
    # On the fifth day a holiday; objections are requests too.
    assert told["open_days"] == 4
    assert told["registered"] - told["objections"] == 4 * 200
    assert told["instant_share"] > 0.5
    # Whatever was answered at once of what the oracle judges, it answers too.
    assert told["instant_right"] == told["instant_judged"] > 300
    assert told["instant_judged"] < told["judged"] < told["decided"]
    assert told["services_asked"] == len(SHIPPED)
    for done in (
        "visits_done", "visits_missed", "visits_moved_by_the_city", "letters_handed_over",
        "bodies_asked", "replies", "rulings", "objections_answered",
    ):  # fmt: skip
        assert told[done], done
    assert 0 < told["second_looks_wrong"] < told["second_looks"]
    # Four offices had no line for a day, and for one the centre did not run: what each delayed the
    # page tells as the acts do.
    assert told["outages"]["line"]["delayed"] == 4 * 40
    assert told["outages"]["centre"] == {"times": 1, "delayed": 10 * 40}
    assert 0 < told["fullest_half_day"] <= 6
    # Of the supervisor's page every figure, by the facts too: of all, of a day, of one service and
    # of one district, those of ten offices and more.
    assert told["figures_of_the_page"] > 1_000
    assert told["figures_unlike_the_facts"] == 0

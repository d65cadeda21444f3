"""What a desk says that its program never would: of others' cases, in answers nobody asked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from desktop.actions import payments
from desktop.centre.tables import CommandRow, FactRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain import commands as c
from desktop.trial.counters import Act, Counter, new_counter
from desktop.wire.canon import canon
from tests.town import Town

pytestmark = pytest.mark.slow


def last_word(counter: Counter) -> tuple[str, str]:
    """What became of the counter's last command, and the words that it was told."""
    with counter.centre.reading() as session:
        row = session.get_one(CommandRow, (counter.device_id, counter.told))
        texts = session.scalars(select(FactRow.canon).where(FactRow.cause == row.command_id))
        told = [json.loads(text)["payload"] for text in texts]
        return row.state, next((each["words"] for each in told if "words" in each), "")


def say(counter: Counter, act: Act, **otherwise: Any) -> tuple[str, str]:
    """Push the act with that in its envelope; what became of it."""
    (text,) = counter.texts(act)
    counter.unsent.append(canon(json.loads(text) | otherwise))
    counter.push()
    return last_word(counter)


@pytest.mark.parametrize("made_at", ["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.000Z"])
def test_no_moment_parks_the_case_of_another_office(small_town: Town, made_at: str) -> None:
    town = small_town
    case_id = town.register(town.record(Scenario.CLEAN), pay=False)
    other = new_counter(town.house.centre, "41")
    state, _ = say(
        other, Act(case_id, c.VoidPayment("office/1", "x")), made_at=made_at,
        person_signature="00" * 64,
    )  # fmt: skip
    assert state == "refused"
    clerk = town.crew.clerk
    payments.pay_fee(clerk, case_now(clerk, case_id), "office", "terminal", "777001")
    town.house.office.sync()
    with town.house.centre.reading() as session:
        told = session.scalars(select(CommandRow.state).where(CommandRow.kind == "pay-fee"))
        assert list(told) == ["done"]


def test_whatever_is_said_of_anothers_case_is_refused_and_never_held(small_town: Town) -> None:
    town = small_town
    case_id = town.register(town.record(Scenario.CLEAN), pay=False)
    other = new_counter(town.house.centre, "41")
    for payload in (c.VoidPayment("office/1", "x"), c.Withdraw("x")):
        state, words = say(other, Act(case_id, payload), person_signature="00" * 64)
        assert (state, words) == ("refused", "چنین پرونده‌ای نیست.")


@pytest.mark.parametrize(
    "answers", [{"": "2099-06-01"}, {"": "x"}, {"record": "none"}, {"zzz": "x"}, {"body": "بانک"}]
)
def test_an_answer_that_nobody_asks_is_not_taken(small_town: Town, answers: dict[str, str]) -> None:
    other = new_counter(small_town.house.centre, "41")
    registered, _ = other.register(small_town.record(Scenario.CLEAN), "walling")
    assert isinstance(registered.payload, c.Register)
    request = registered.payload.request
    asked = replace(request, answers={**request.answers, **answers})
    other.push(registered._replace(payload=c.Register(asked)))
    state, words = last_word(other)
    assert (state, "پرسیده نشده" in words) == ("refused", True)

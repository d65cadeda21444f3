"""Whom a ruling is against is somebody on whom it can be served."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.domain import lawful_rulings
from desktop.domain.case import Case
from desktop.domain.commands import EnterCommissionResult
from desktop.domain.errors import Refusal
from desktop.domain.facts import CommissionDecided, OnAgenda
from desktop.domain.made_up import made_up_national_id
from desktop.domain.people import Applicant
from desktop.domain.ruling import FIRST, Ruled, RulingKind
from desktop.domain.state import State
from tests.domain.walked import EXPERT, SETTING, TODAY
from tests.office import request

DEAD, HEIR = Ruled("جواد حاتمی", made_up_national_id(7)), made_up_national_id(8)


def at_session(kind: Applicant) -> Case:
    """A case in today's session of Article 100: somebody asks for or after another."""
    asked = request()
    party = replace(
        asked.party,
        kind=kind,
        person_id=HEIR,
        represented_name=DEAD.name,
        represented_id=DEAD.person_id,
    )
    moment = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    asked = replace(asked, party=party)
    case = Case("case-1", "office:21", State.COMMISSION, 3, asked, TODAY, "clerk", moment)
    return replace(case, commission="100", agenda=OnAgenda("31", TODAY))


def ruled(case: Case, *against: Ruled) -> CommissionDecided:
    payload = EnterCommissionResult("", "100/7", TODAY, FIRST, RulingKind.FINE, 5_000, against)
    (told,) = lawful_rulings.rule(case, payload, EXPERT, SETTING)
    assert isinstance(told, CommissionDecided)
    return told


@pytest.mark.parametrize("dead", [DEAD, Ruled(DEAD.name)])
def test_one_whose_heir_asks_is_dead_and_no_ruling_is_against_him(dead: Ruled) -> None:
    case = at_session(Applicant.HEIR)
    heir = Ruled(case.request.party.name, HEIR)
    with pytest.raises(Refusal, match="جواد حاتمی درگذشته است؛ وارثان او را بنویسید") as no:
        ruled(case, heir, dead)
    assert no.value.field == "against"
    # A son may have his father's name.
    namesake = Ruled(DEAD.name, made_up_national_id(9))
    assert ruled(case, heir, namesake).against == (heir, namesake)


def test_one_who_has_an_attorney_is_named_himself() -> None:
    assert ruled(at_session(Applicant.ATTORNEY), DEAD).against == (DEAD,)

"""A foreigner is named, asked and served like anybody, by the code that he has."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.domain import identifiers as ids
from desktop.domain import lawful_rulings
from desktop.domain.case import Case
from desktop.domain.commands import EnterCommissionResult, ServeRuling
from desktop.domain.errors import Refusal
from desktop.domain.facts import CommissionDecided, OnAgenda, RulingServed
from desktop.domain.made_up import made_up_foreigner_id, made_up_legal_id, made_up_national_id
from desktop.domain.ruling import FIRST, Ruled, RulingKind, Serving
from desktop.domain.state import State
from tests.domain.walked import EXPERT, SETTING, TODAY
from tests.office import CLERK, request

FOREIGN, SHORT = made_up_foreigner_id(7), "12345678"


def at_session(applicant: str) -> Case:
    """A case in today's session of Article 100; a foreigner asked, by that code."""
    asked = request()
    asked = replace(asked, party=replace(asked.party, person_id=applicant, foreign=True))
    moment = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    case = Case("case-1", "office:21", State.COMMISSION, 3, asked, TODAY, "clerk", moment)
    return replace(case, commission="100", agenda=OnAgenda("31", TODAY))


def ruled(case: Case, *codes: str) -> CommissionDecided:
    against = tuple(Ruled(f"شخص {number}", code) for number, code in enumerate(codes))
    payload = EnterCommissionResult("", "100/7", TODAY, FIRST, RulingKind.FINE, 5_000, against)
    (told,) = lawful_rulings.rule(case, payload, EXPERT, SETTING)
    assert isinstance(told, CommissionDecided)
    return told


def served(case: Case, told: CommissionDecided, way: Serving, code: str) -> RulingServed:
    paper = ("رضا امیری", "۱۲", TODAY) if way is Serving.ATTORNEY else ("", "", None)
    payload = ServeRuling(told.number, 0, way, TODAY, paper[0], code, paper[1], paper[2])
    case = replace(case, commission_result=told)
    (done,) = lawful_rulings.serve(case, payload, CLERK, SETTING)
    assert isinstance(done, RulingServed)
    return done


@pytest.mark.parametrize("code", [FOREIGN, SHORT])
def test_a_ruling_names_and_reaches_whom_the_form_knows_as_a_foreigner(code: str) -> None:
    case = at_session(code)
    told = ruled(case, code)
    assert served(case, told, Serving.PERSON, code).receiver_id == code
    assert served(case, told, Serving.ATTORNEY, made_up_foreigner_id(8)).until is not None
    with pytest.raises(Refusal, match="از آنِ"):
        served(case, told, Serving.PERSON, made_up_foreigner_id(8))


def test_another_foreigner_is_told_from_a_slip_by_the_length_of_his_code() -> None:
    case = at_session(FOREIGN)
    told = ruled(case, made_up_foreigner_id(9), made_up_national_id(5), made_up_legal_id(50))
    assert [len(each.person_id) for each in told.against] == [12, 10, 11]
    for slip in (SHORT, made_up_national_id(5)[:-1], "4420123457", "10380284792", "1" * 17):
        with pytest.raises(Refusal):
            ruled(case, slip)
    with pytest.raises(Refusal):
        ids.natural_id(made_up_legal_id(50))

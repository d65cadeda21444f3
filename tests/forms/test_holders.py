"""Tenants and holders of a سرقفلی: asked as anybody is, and only where a service lists them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.decision import decide
from desktop.domain.people import Applicant
from desktop.forms.answers import Filled, check
from desktop.forms.example_records import OTHER_ID, OWNER_ID
from desktop.forms.examples import failing
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load
from desktop.forms.party import optional_keys
from desktop.forms.requests import answer
from tests.forms.test_answers import PERSON
from tests.plain_service import NAME, plain_text
from tests.shipped import CITY, RECORDS, question

DAY = date(2026, 11, 24)
HOLDERS = (Applicant.TENANT, Applicant.SHOPKEEPER)
LEASE = """
[[document]]
key = "lease"
title = "اجاره‌نامه با کد رهگیری"
numbered = true
when = { applicant = "tenant" }
why = "متقاضی مستأجر است"
remedy = "اجاره‌نامه را بیاورید."
"""
TEXT = plain_text(
    LEASE,
    applicants='["owner", "tenant", "shopkeeper"]',
    gates='"standing", "deceased", "self-declaration", "deed"',
).replace('include = ["refusal"', 'include = ["applicants", "refusal"')
# Who asks declares whether anything was changed.
TEXT = TEXT.replace("declares = false", "declares = true")
SERVICE = load(TEXT, NAME)


@pytest.mark.parametrize("kind", HOLDERS)
def test_who_does_not_own_is_an_experts_question_and_must_declare(kind: Applicant) -> None:
    asked = replace(question(SERVICE, SERVICE.examples[0], DAY), applicant=kind, owner_id=OTHER_ID)
    assert failing(decide(SERVICE, asked)) == ("standing:review",)
    silent = failing(decide(SERVICE, replace(asked, unchanged=None)))
    assert silent == ("self-declaration:visit", "standing:review")
    # A service may leave standing out for them.
    gate = '{ use = "standing", when = { applicant = "owner" } }, "deceased"'
    open_to = load(TEXT.replace('"standing", "deceased"', gate), NAME)
    assert failing(decide(open_to, asked)) == ()
    assert failing(decide(open_to, replace(asked, applicant=Applicant.OWNER))) == (
        "standing:review",
    )


@pytest.mark.parametrize("kind", HOLDERS)
def test_the_form_asks_who_they_are_and_the_files_own_document(kind: Applicant) -> None:
    filled = Filled(kind, {}, code="2-14-308-27-1")
    told = {fault.field for fault in check(SERVICE, filled, DAY).faults}
    lease = {"document.lease"} if kind is Applicant.TENANT else set()
    person = set(PERSON) - optional_keys(kind)
    assert told == {f"party.{key}" for key in person} | {"document.national_card"} | lease


def test_a_condition_names_them_only_where_the_service_lists_them() -> None:
    with pytest.raises(FaultyFile, match="هیچ‌گاه «tenant» نیست"):
        load(TEXT.replace(', "tenant", "shopkeeper"', ""), NAME)


@pytest.mark.parametrize("kind", HOLDERS)
def test_a_file_of_requests_may_name_them_for_such_a_service(kind: Applicant) -> None:
    row = {
        "service": "plain", "applicant": str(kind), "applicant_id": OWNER_ID,
        "renewal_code": "2-14-308-27-1", "unchanged": "yes",
    }  # fmt: skip
    found = RECORDS["clean"](DAY).found
    answered = answer({"plain": SERVICE}, row, lambda *_: found, DAY, CITY)
    assert answered.outcome == "answer"
    other = load(plain_text(), NAME)
    refused = answer({"plain": other}, row, lambda *_: found, DAY, CITY)
    assert (refused.outcome, "درخواست نمی‌کند" in refused.reason) == ("invalid", True)

"""Nobody handles the request of a colleague, however it came to be his."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest

from desktop.domain import commands as c
from desktop.domain.applying import apply
from desktop.domain.errors import Refusal
from desktop.domain.lawful import handle
from desktop.domain.people import Applicant
from desktop.domain.stream import Fact
from tests.domain.walked import NOW, SETTING
from tests.office import CLERK, request

COLLEAGUE = "1234567891"


@pytest.mark.parametrize("name", ["person_id", "represented_id", "carrier_id"])
def test_no_amendment_makes_it_a_colleagues(name: str) -> None:
    asked = request()
    asked = replace(asked, party=replace(asked.party, kind=Applicant.COMPANY))
    registered, *_ = handle(None, command(c.Register(asked)), CLERK, SETTING)
    fact = Fact("f", "office:21", 1, "case-1", 1, "c", CLERK.staff_id, "", NOW, registered)
    case = apply(None, fact)
    setting = replace(SETTING, colleagues=frozenset({COLLEAGUE}))
    for id_, barred in ((COLLEAGUE, True), ("1234567892", False)):
        amend = command(c.Amend({f"party.{name}": id_}))
        with pytest.raises(Refusal, match="همکار همین دفتر") if barred else nullcontext():
            handle(case, amend, CLERK, setting)


def command(payload: c.CasePayload) -> c.Command:
    """As the clerk makes it."""
    return c.Command("c", "case-1", "d", 1, CLERK.staff_id, 0, NOW, payload)

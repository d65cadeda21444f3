"""People put forward to an office before two sign their role, and a one-time code taken back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from desktop.domain.people import Role
from desktop.wire.assent import Assent
from desktop.wire.bounds import Count, Line, Name
from desktop.wire.canon import canon
from desktop.wire.payloads import Body
from desktop.wire.publishing import HindranceBody

MOST_NEWCOMERS = 500
"""So many are put forward by one call."""


class NewcomerBody(Body):
    """Somebody who is to work at an office (by its id); `staff_id` is made by who puts forward."""

    staff_id: Name
    office: Name
    name: Line
    role: Role
    national_id: Name


class NewcomersAsk(Body):
    """`/v1/newcomers`: these people are known from now on, and may do nothing until they have a
    term that two signed (`Purpose.NEWCOMERS`)."""

    people: Annotated[list[NewcomerBody], Field(min_length=1, max_length=MOST_NEWCOMERS)]
    assent: Assent

    @property
    def signed(self) -> str:
        """What is signed."""
        return newcomers_subject(self.people)


def newcomers_subject(people: list[NewcomerBody]) -> str:
    """What is signed to put people forward."""
    return canon([person.model_dump(mode="json") for person in people])


class NewcomersAnswer(Body):
    """How many are known now; with faults (`item` counts the people from 0) nobody is."""

    known: Count
    faults: list[HindranceBody]


class CodeBackAsk(Body):
    """`/v1/code-back`: the codes that wait for this person are good for nothing any more.

    Signed with `Purpose.CODE_BACK`.
    """

    staff_id: Name
    assent: Assent


class CodeBackAnswer(Body):
    """How many there were."""

    taken: Count

"""What the lawfulness of a command rests on beside the case itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain import facts as f
from desktop.domain.calendar import TEHRAN
from desktop.domain.city import City
from desktop.domain.enforcement import Entitlement
from desktop.domain.people import Staff
from desktop.domain.promise import Deadline
from desktop.domain.second_look import Looker
from desktop.domain.service import Service
from desktop.domain.ties import Tie

Facts = tuple[f.CaseFact, ...]


@dataclass(frozen=True)
class Setting:
    """The service, the city's figures, the moment, and the office's people.

    Places and days go by `now`; what somebody saw or was told goes by when it was done: `acted_at`,
    where it comes only now.

    `releasers` counts the office's people (not accounts) at work on the day who may release,
    `seconds` are the ids of their accounts: who may be a second person;
    `authorised` tells whether the actor, a clerk, holds a standing authorisation for the service on
    the day; `permit` what holds of office and actor on the day of the request; `colleagues` are the
    national ids of the office's other people; `tie` is what an actor of the municipality has to do
    with the case, as far as is known here; `known_as` are the ids of all accounts of the actor, as
    far as is known here; `one_hand` those of people with whom the actor makes no two (none at a
    desk, which does not know who gave codes); `closes` whether the actor stands in for a manager
    who is away; `stands_in_for` are colleagues whose cases are the actor's today. For a
    second look, `looker` is the actor by all that is known of the person (None at a desk), `owners`
    the ids of who owns the property by the records. `clock` is that of the step in which the case
    waits, where something is promised of it; only the centre looks at it.
    """

    service: Service
    city: City
    now: datetime
    releasers: int
    seconds: frozenset[str] = frozenset()
    authorised: bool = False
    permit: Entitlement = Entitlement()
    colleagues: frozenset[str] = frozenset()
    tie: Tie | None = None
    known_as: frozenset[str] = frozenset()
    one_hand: frozenset[str] = frozenset()
    closes: bool = False
    stands_in_for: frozenset[str] = frozenset()
    looker: Looker | None = None
    owners: frozenset[str] = frozenset()
    clock: Deadline | None = None
    acted_at: datetime | None = None

    @property
    def today(self) -> date:
        """The day in Yazd."""
        return self.now.astimezone(TEHRAN).date()

    @property
    def done_at(self) -> datetime:
        """When the act was done, by its desk's own clock."""
        return self.acted_at or self.now

    def is_same(self, actor: Staff, staff_id: str) -> bool:
        """Whether the account is the actor's own, or another one of the same person."""
        return staff_id == actor.staff_id or staff_id in self.known_as

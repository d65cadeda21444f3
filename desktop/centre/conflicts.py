"""What others did to a case since the actor last saw it (SYNC.md "Conflicts")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.stream import Fact

_OVERTAKEN = "پس از آنچه دیده‌اید، درخواست اصلاح شده است؛ پرونده را دوباره ببینید."
_DECIDES = (c.ClearGates, c.RefuseCase, c.SendToCommission, c.ReleaseLetter)


@dataclass
class Overtaken(Refusal):
    """Two people changed the same field; both values are told, side by side."""

    key: str
    mine: str
    theirs: str

    def __post_init__(self) -> None:
        super().__init__(
            "همکار شما این مورد را پیش از شما دگرگون کرده است؛ مقدار او مانده است.", field=self.key
        )


def demand_fresh(command: c.Command, case: Case, facts: Sequence[Fact]) -> None:
    """Raise Refusal when the command rests on a revision that an amendment has overtaken.

    Amendments of different fields both stand; of the same field the first at the centre stands.
    """
    later = [
        fact.payload
        for fact in facts
        if fact.rev > command.base_rev and isinstance(fact.payload, f.Amended)
    ]
    if not later:
        return
    if isinstance(command.payload, _DECIDES):
        raise Refusal(_OVERTAKEN)
    if isinstance(command.payload, c.Amend):
        for key, mine in command.payload.changes.items():
            theirs = next((a.changes[key] for a in reversed(later) if key in a.changes), mine)
            if theirs != mine:
                raise Overtaken(key, mine, theirs)

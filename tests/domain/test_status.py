"""Where a case stands is told finer than its state where people tell more apart."""

from __future__ import annotations

from desktop.domain.state import State
from desktop.domain.status import Status, of_state


def test_every_state_has_a_status_and_every_status_is_used() -> None:
    plain = {of_state(state) for state in State}
    finer = {Status.CLAIMED, Status.MISSED, Status.DOCUMENTS, Status.REFUSED, Status.RECALLED}
    finer |= {Status.REPLY_LATE, Status.PLAIN}
    assert plain | finer == set(Status)
    assert not plain & finer

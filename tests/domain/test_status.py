"""Where a case stands is told finer than its state where people tell more apart."""

from __future__ import annotations

from desktop.domain.state import State
from desktop.domain.status import Status, of_state, read_status


def test_every_state_has_a_status_and_every_status_is_used() -> None:
    plain = {of_state(state) for state in State}
    finer = {Status.CLAIMED, Status.MISSED, Status.DOCUMENTS, Status.REFUSED, Status.RECALLED}
    finer |= {Status.REPLY_LATE, Status.PLAIN, Status.LAST_WORD}
    assert plain | finer == set(Status)
    assert not plain & finer


def test_what_a_newer_centre_tells_finer_is_told_by_its_state() -> None:
    assert read_status("last-word", "recommended") is Status.LAST_WORD
    assert read_status("half-signed", "recommended") is Status.RECOMMENDED

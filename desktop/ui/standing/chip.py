"""The chip of a case as the office sees it: its state, or that the centre has not settled it."""

from __future__ import annotations

from desktop.actions.board import QueueCase
from desktop.domain.decision import Outcome
from desktop.domain.transitions import State
from desktop.ui.widgets.told.chip import CASE_STATES, ChipLook

_WAITS_FOR_CENTRE = frozenset({State.REGISTERED, State.DECIDING})


def chip_of(case: QueueCase) -> ChipLook:
    """A state as word, icon and tone; a negative answer is told as such until it is handed over."""
    if case.provisional:
        return CASE_STATES["unsettled"]
    if case.recall:
        return CASE_STATES["recalled"]
    if case.state is State.PAY_DUE and not case.next_step:
        return CASE_STATES["claimed"]
    return chip_by_state(case.state.value, case.outcome)


def chip_by_state(state: str, outcome: str) -> ChipLook:
    """The chip of a settled state, both by the names that travel."""
    if State(state) in _WAITS_FOR_CENTRE:
        return CASE_STATES["registered"]
    negative = outcome == Outcome.REFUSE.value
    if negative and State(state) in (State.ISSUED, State.RELEASED):
        return CASE_STATES["refused"]
    return CASE_STATES[state.replace("-", "_")]

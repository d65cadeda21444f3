"""What a person's lists remember, over a restart too."""

from __future__ import annotations

from desktop.ui import places
from desktop.ui.remembered import Remembered


def test_a_filter_that_somebody_chose_holds_at_his_next_start() -> None:
    before = Remembered("clerk-1")
    assert before.filter_of(places.Queue) == ""
    before.choose_filter(places.Queue, "payment")
    before.choose_filter(places.ManagerHome, "debts")
    before.hold_filter(places.Queue, "overdue")
    assert before.filter_of(places.Queue) == "overdue"
    # Another page asked for the late ones: at the next start it is the one that was chosen.
    after = Remembered("clerk-1")
    assert after.filter_of(places.Queue) == "payment"
    assert after.filter_of(places.ManagerHome) == "debts"
    assert after.filter_of(places.Offices) == ""


def test_a_colleague_at_the_same_desk_finds_his_own() -> None:
    Remembered("clerk-1").choose_filter(places.Queue, "payment")
    assert Remembered("clerk-2").filter_of(places.Queue) == ""

"""What is told of a tour's key presses: each service by what took the most."""

from __future__ import annotations

from desktop.trial.album import AlbumLine
from desktop.trial.presses import Presses, presses_of, presses_told


def _paper(name: str, service: str, outcome: str, presses: int) -> AlbumLine:
    return AlbumLine(
        "", "paper", name, service, outcome, "", 100, "light", "", presses=presses, typed=99
    )


KEPT = (
    _paper("receipt", "transfer", "answer", 12),
    _paper("answer-copy-1", "transfer", "answer", 4),
    # Another time, and the letter that came after a visit: not at once.
    _paper("answer-copy-2", "transfer", "answer", 0),
    _paper("receipt", "transfer", "visit", 14),
    _paper("answer-copy-1", "transfer", "visit", 5),
    _paper("receipt", "excavation", "review", 30),
    # Registered without its fee: nothing was counted.
    _paper("receipt", "gas", "", 0),
    _paper("receipt", "gas", "refuse", 9),
    _paper("refuse-copy-1", "gas", "refuse", 4),
    # Each sum counts on from home: the last one tells how many it took until nothing was owed.
    _paper("payment-taken", "transfer", "pay", 4),
    _paper("payment-taken", "transfer", "pay", 6),
    _paper("slip", "transfer", "visit", 5),
    _paper("letter-handed-over", "gas", "refuse", 8),
)


def test_of_a_service_the_most_is_told_and_each_act_apart() -> None:
    told = presses_of(KEPT)
    assert told == {
        "transfer": Presses(14, 13, 4, paid=6, slip=5),
        "excavation": Presses(30, 30),
        "gas": Presses(9, 9, 4, handed=8),
    }


def test_the_tour_says_the_middle_the_worst_and_each_act() -> None:
    words = "keys from home to the printed paper, but for data: median 13 (14 of each one's "
    words += "longest), most 30 (excavation)"
    acts = "the stamp and its letter 4; a debt paid 6; a visit booked 5; a letter handed over 8"
    assert presses_told(presses_of(KEPT)) == f"{words}; {acts}"
    assert presses_told(presses_of(KEPT[5:6])).endswith("most 30 (excavation)")

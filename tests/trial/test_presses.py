"""What is told of a tour's key presses: each service by its request that took the most."""

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
    _paper("receipt", "gas", "refuse", 9),
    _paper("refuse-copy-1", "gas", "refuse", 4),
)


def test_of_a_service_the_request_that_took_the_most_is_told() -> None:
    told = presses_of(KEPT)
    assert told == {
        "transfer": Presses(12, 4),
        "excavation": Presses(30),
        "gas": Presses(9, 4),
    }
    assert [each.whole for each in told.values()] == [16, 30, 13]


def test_the_tour_says_the_middle_the_stamp_and_the_worst() -> None:
    words = "keys from home to the printed paper, but for data: median 16, of them the stamp 4"
    assert presses_told(presses_of(KEPT)) == f"{words}, most 30 (excavation)"

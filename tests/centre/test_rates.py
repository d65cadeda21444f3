"""How often one address may knock at the centre's door."""

from __future__ import annotations

from desktop.centre.rates import Rates


def test_a_rush_is_let_in_and_then_only_so_many_a_second() -> None:
    now = [100.0]
    rates = Rates(2, 5, lambda: now[0])
    assert [rates.take("office") for _ in range(7)] == [True] * 5 + [False] * 2
    assert rates.take("another")
    now[0] += 1
    assert [rates.take("office") for _ in range(3)] == [True, True, False]
    now[0] += 3_600
    assert [rates.take("office") for _ in range(6)] == [True] * 5 + [False]


def test_ever_new_addresses_take_no_more_room_and_the_known_ones_stay() -> None:
    now = [0.0]
    rates = Rates(0.001, 1, lambda: now[0])
    for number in range(30_000):
        rates.take(f"{number}")
        rates.take("office")
    assert not rates.take("office")
    assert len(rates) <= 10_000

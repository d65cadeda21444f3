"""F7 goes round what is left, passes nothing over and comes round again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.widgets.lists.turn import Turn


def test_what_is_mended_moves_nothing_out_of_its_turn() -> None:
    turn = Turn()
    assert turn.next() == ""
    turn.set_keys(["a", "b", "c"])
    turn.go("a")
    turn.set_keys(["b", "c"])
    assert turn.next() == "b"
    turn.go("b")
    turn.set_keys(["b", "x", "c"])
    assert turn.next() == "x"
    turn.go("c")
    assert turn.next() == "b"
    # A line that still shows may be of something that was mended.
    turn.go("a")
    assert turn.next() == "b"


@given(keys=st.lists(st.text(min_size=1), unique=True, min_size=1), data=st.data())
def test_all_that_stays_is_gone_to_before_any_comes_again(
    keys: list[str], data: st.DataObject
) -> None:
    turn, seen, left = Turn(), list[str](), keys
    for _ in keys:
        turn.set_keys(left)
        key = turn.next()
        if not key:
            break
        assert key not in seen
        seen.append(key)
        turn.go(key)
        if data.draw(st.booleans()):
            left = [each for each in left if each != key]
    assert set(seen) == set(keys)

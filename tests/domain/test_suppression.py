"""What is hidden of a published table can't be reckoned from what is shown of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.suppression import Cell, hidden, with_sums

LEAST = 5


@st.composite
def tables(draw: st.DrawFn, most: int = 12, rows: int = 5, columns: int = 4) -> list[list[int]]:
    wide = draw(st.integers(1, columns))
    row = st.lists(st.integers(0, most), min_size=wide, max_size=wide)
    return draw(st.lists(row, min_size=1, max_size=rows))


def others(counts: list[list[int]], unknown: frozenset[Cell]) -> dict[Cell, set[int]]:
    """By hidden cell, every value that it has in some table with the same shown cells: counted
    out, without the rule that chose them."""
    whole, wide = with_sums(counts), len(counts[0])
    found: dict[Cell, set[int]] = {cell: set() for cell in unknown}
    # The sums of the columns are always shown: what is hidden of one adds up to what is left.
    ways = [
        list(
            _spread(
                whole[-1][c],
                [None if (r, c) in unknown else row[c] for r, row in enumerate(counts)],
            )
        )
        for c in range(wide)
    ]
    for columns in product(*ways):
        other = with_sums([list(row) for row in zip(*columns, strict=True)])
        shown = [(r, wide) for r in range(len(counts)) if (r, wide) not in unknown]
        if all(other[r][c] == whole[r][c] for r, c in shown):
            for r, c in unknown:
                found[r, c].add(other[r][c])
    return found


def _spread(total: int, cells: list[int | None]) -> Iterator[list[int]]:
    """Every column with that sum and those shown cells."""
    if not cells:
        if not total:
            yield []
        return
    first, *rest = cells
    # What counts nothing is shown: of what is hidden everybody knows that it counts.
    for value in range(1, total + 1) if first is None else (first,):
        if value <= total:
            for others_ in _spread(total - value, rest):
                yield [value, *others_]


@given(tables())
def test_no_small_cell_is_shown(counts: list[list[int]]) -> None:
    chosen, whole = hidden(counts, LEAST), with_sums(counts)
    if chosen is None:
        return
    for r, row in enumerate(whole):
        for c, count in enumerate(row):
            assert (r, c) in chosen or not 0 < count < LEAST
            assert (r, c) not in chosen or count
    # The sums of all stand.
    assert all(r < len(counts) for r, _ in chosen)


@given(tables(most=5, rows=3, columns=2))
def test_every_hidden_cell_could_be_another(counts: list[list[int]]) -> None:
    chosen = hidden(counts, 3)
    if chosen:
        assert all(len(values) > 1 for values in others(counts, chosen).values())


@given(tables(most=40, rows=8, columns=6))
def test_larger_tables_have_a_round_way_through_each(counts: list[list[int]]) -> None:
    """Each hidden cell is one of a ring in which one more and one less keep all sums."""
    chosen = hidden(counts, LEAST)
    for cell in chosen or ():
        rest = set(chosen or ()) - {cell}
        rows, seen = {cell[0]}, set()
        for _ in range(len(rest) + 1):
            seen |= {c for r, c in rest if r in rows}
            rows |= {r for r, c in rest if c in seen}
        assert cell[1] in seen, (counts, cell)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Nothing small.
        ([[10, 20], [30, 40]], set()),
        # One small cell: its row's other cell or sum, and the same of the cheapest other row.
        ([[3, 20], [30, 40]], {(0, 0), (0, 1), (1, 0), (1, 1)}),
        # Two in one column keep each other company; their rows need a second column.
        ([[3, 20], [4, 40], [50, 60]], {(0, 0), (0, 1), (1, 0), (1, 1)}),
        # Two that are known to count, and two between them: each is one, unless a third is hidden.
        ([[1, 20], [1, 40], [50, 60]], {(r, c) for r in range(3) for c in range(2)}),
    ],
)
def test_known_tables(counts: list[list[int]], expected: set[Cell]) -> None:
    assert set(hidden(counts, LEAST) or ()) == expected


@pytest.mark.parametrize("counts", [[[3, 0]], [[2]], [[3, 40]], [[0, 3], [50, 0]]])
def test_where_nothing_can_hide_it_no_table_is_given(counts: list[list[int]]) -> None:
    assert hidden(counts, LEAST) is None

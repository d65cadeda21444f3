"""Which cells of a published table of counts are hidden: the small ones, and as many more as it
takes that none of the hidden can be reckoned from the sums that are shown.

A hidden cell is reckoned by taking what is shown of its row or column from that line's sum, line
after line. As long as the hidden cells of a table, seen as roads between its rows and its columns,
each lie on a round way, one more here and one less there gives another table with the same sums
(Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17, 1988).
Where all of them count at least one, that other table is one of counts too.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence

Cell = tuple[int, int]
Counts = Sequence[Sequence[int]]


def with_sums(counts: Counts) -> list[list[int]]:
    """The table with each row's sum after it, and the sums of its columns under it."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def hidden(counts: Counts, least: int) -> frozenset[Cell] | None:
    """The cells (row, column) that are hidden of the table with its sums, as `with_sums` gives it.

    Everybody may know the lowest line, the sums of all: it stands in other tables too. None where
    that can't be: where one of those sums is small itself, or where hiding would take them.
    """
    whole = with_sums(counts)
    last = len(whole) - 1
    small = {
        (at, column)
        for at, row in enumerate(whole)
        for column, count in enumerate(row)
        if 0 < count < least
    }
    if any(at == last for at, _ in small):
        return None
    # What may be hidden: an empty cell hides nothing, and the lowest line stays.
    roads = {
        (at, column): count
        for at, row in enumerate(whole[:last])
        for column, count in enumerate(row)
        if count
    }
    chosen = set(small)
    while (bare := _bare(chosen)) is not None:
        way = _round(bare, roads, chosen)
        if way is None:
            return None
        chosen.update(way)
    return frozenset(chosen)


def _bare(chosen: set[Cell]) -> Cell | None:
    """The first of the chosen that lies on no round way of them; None where all do."""
    for cell in sorted(chosen):
        if not _joined(cell, chosen - {cell}):
            return cell
    return None


def _joined(cell: Cell, others: set[Cell]) -> bool:
    """Whether the others lead from the cell's row to its column."""
    rows: set[int] = {cell[0]}
    columns: set[int] = set()
    grown = True
    while grown:
        reached = {column for row, column in others if row in rows} - columns
        columns |= reached
        further = {row for row, column in others if column in columns} - rows
        rows |= further
        grown = bool(reached or further)
    return cell[1] in columns


def _round(cell: Cell, roads: Mapping[Cell, int], chosen: set[Cell]) -> list[Cell] | None:
    """The cells that lead from the cell's row to its column and hide the least; None for no way.

    What is hidden already costs nothing.
    """
    # Rows are nodes (0, n), columns (1, n).
    begin, end = (0, cell[0]), (1, cell[1])
    from_here: defaultdict[tuple[int, int], list[Cell]] = defaultdict(list)
    for road in roads:
        from_here[0, road[0]].append(road)
        from_here[1, road[1]].append(road)
    best: dict[tuple[int, int], int] = {begin: 0}
    came: dict[tuple[int, int], Cell] = {}
    heap = [(0, begin)]
    while heap:
        cost, node = heapq.heappop(heap)
        if cost > best[node]:
            continue
        if node == end:
            break
        across = 1 - node[0]
        for road in from_here[node]:
            if road == cell:
                continue
            there = (across, road[across])
            # Of two ways as large the one of fewer cells.
            further = cost + (0 if road in chosen else roads[road] + 1)
            if further < best.get(there, further + 1):
                best[there], came[there] = further, road
                heapq.heappush(heap, (further, there))
    if end not in came:
        return None
    way, node = [], end
    while node != begin:
        road = came[node]
        way.append(road)
        node = (1 - node[0], road[1 - node[0]])
    return way

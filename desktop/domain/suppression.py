"""Which cells of a published table of counts are hidden: the small ones, and as many more as it
takes that none of the hidden can be reckoned from the sums that are shown.

A hidden cell is reckoned by taking what is shown of its row or column from that line's sum, line
after line. As long as the hidden cells of a table, seen as roads between its rows and its columns,
each lie on a round way, one more here and one less there gives another table with the same sums
(Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17, 1988).
An empty cell is shown, so that whoever reads knows of each hidden one that it counts at least one:
a round way takes one away only where two are, or that other table would be none.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

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
    open_to = _Roads(roads, sums=len(whole[0]) - 1)
    chosen = set(small)
    while (bare := open_to.bare(chosen)) is not None:
        way = open_to.round(bare, chosen)
        if way is None:
            return None
        chosen.update(way)
    return frozenset(chosen)


# A row (0, n) or a column (1, n).
_Node = tuple[int, int]


@dataclass(frozen=True)
class _Roads:
    """The cells that may be hidden, with their counts, as one-way roads between rows and columns.

    From a row to a column its cell counts one more, back one less; in the column of the `sums` of
    rows it is the other way, as a row's sum grows with its cells.
    """

    counts: Mapping[Cell, int]
    sums: int

    def bare(self, chosen: set[Cell]) -> Cell | None:
        """The first of the chosen that lies on no round way of them; None where all do."""
        for cell in sorted(chosen):
            if self._way(cell, chosen, dict.fromkeys(chosen, 0)) is None:
                return cell
        return None

    def round(self, cell: Cell, chosen: set[Cell]) -> list[Cell] | None:
        """The cells of the round way through the cell that hides the least; None for no way.

        What is hidden already costs nothing; of two ways as large the one of fewer cells.
        """
        costs = {road: 0 if road in chosen else count + 1 for road, count in self.counts.items()}
        return self._way(cell, self.counts, costs)

    def _way(
        self, cell: Cell, roads: Collection[Cell], costs: Mapping[Cell, int]
    ) -> list[Cell] | None:
        """The cheapest of both ways round through the cell."""
        row, column = (0, cell[0]), (1, cell[1])
        rest = [road for road in roads if road != cell]
        found = []
        if self._leads(cell, row):
            found.append(self._cheapest(column, row, rest, costs))
        if self._leads(cell, column):
            found.append(self._cheapest(row, column, rest, costs))
        ways = [each for each in found if each is not None]
        return min(ways, key=lambda each: each[0])[1] if ways else None

    def _leads(self, cell: Cell, begin: _Node) -> bool:
        """Whether its road may be gone from that end: one less must be left to count one."""
        takes_away = (begin[0] == 1) != (cell[1] == self.sums)
        return self.counts[cell] > 1 or not takes_away

    def _cheapest(
        self, begin: _Node, end: _Node, roads: Sequence[Cell], costs: Mapping[Cell, int]
    ) -> tuple[int, list[Cell]] | None:
        from_here: defaultdict[_Node, list[Cell]] = defaultdict(list)
        for road in roads:
            for node in ((0, road[0]), (1, road[1])):
                if self._leads(road, node):
                    from_here[node].append(road)
        best: dict[_Node, int] = {begin: 0}
        came: dict[_Node, Cell] = {}
        heap = [(0, begin)]
        while heap:
            cost, node = heapq.heappop(heap)
            if cost > best[node]:
                continue
            if node == end:
                return cost, _back(came, begin, end)
            across = 1 - node[0]
            for road in from_here[node]:
                there = (across, road[across])
                further = cost + costs[road]
                if further < best.get(there, further + 1):
                    best[there], came[there] = further, road
                    heapq.heappush(heap, (further, there))
        return None


def _back(came: Mapping[_Node, Cell], begin: _Node, end: _Node) -> list[Cell]:
    way, node = [], end
    while node != begin:
        road = came[node]
        way.append(road)
        node = (1 - node[0], road[1 - node[0]])
    return way

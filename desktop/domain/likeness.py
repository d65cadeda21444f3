"""How like a written name is to a known one: by the slips of a hand that lie between them.

The citizens' page counts by the same rule (`resources/offices-page/page.js`, `decisions/059`).
"""

from __future__ import annotations

from collections.abc import Iterable

_LETTERS_A_SLIP = 3
"""Of so many letters one may be wrong."""


def slips(typed: str, known: str) -> int:
    """How many letters are wrong, missing or too many, or stand in their neighbour's place.

    No letter is counted in two slips (optimal string alignment).
    """
    earlier: list[int] = []
    before = list(range(len(known) + 1))
    for i, letter in enumerate(typed):
        here = [i + 1]
        for j, other in enumerate(known):
            least = min(before[j + 1] + 1, here[j] + 1, before[j] + (letter != other))
            if i and j and letter == known[j - 1] and typed[i - 1] == other:
                least = min(least, earlier[j - 1] + 1)
            here.append(least)
        earlier, before = before, here
    return before[len(known)]


def most_like(pairs: Iterable[tuple[str, str]]) -> int | None:
    """Of pairs (typed, known) the place of the one with the fewest slips, the first of several.

    None where none is near: one letter in three may be wrong, so a name of two must be right.
    """
    found, fewest = None, 0
    for at, (typed, known) in enumerate(pairs):
        most = len(typed) // _LETTERS_A_SLIP
        # So many letters are missing at the least.
        if abs(len(typed) - len(known)) > most:
            continue
        count = slips(typed, known)
        if count <= most and (found is None or count < fewest):
            found, fewest = at, count
    return found

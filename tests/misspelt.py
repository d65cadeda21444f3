"""Names of places as hurried hands write them, by a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from desktop.domain.city_places import CityPlace
from desktop.domain.persian import ZWNJ

_LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_OTHERWISE = {
    "ی": "ي",
    "ک": "ك",
    "آ": "ا",
    "ئ": "ی",
    "ا": "أ",
    ZWNJ: " ",
    " ": ZWNJ,
    "ه": "ة",
    "و": "ؤ",
    "ش": "\ufeb7",
    "ن": "ن\u064e",
    "م": "م\u0640",
}
"""Letters that look alike, or are written so on another keyboard."""


def misspelt(places: Sequence[CityPlace], random: Random, count: int) -> Iterator[str]:
    """So many names, each with up to four slips of the hand or another way of writing it."""
    for _ in range(count):
        place = random.choice(places)
        name = place.name
        for _ in range(random.choice((0, 1, 1, 1, 2, 2, 3, 4))):
            name = _slip(name, random)
        if random.random() < 0.4:
            name = "".join(_OTHERWISE.get(letter, letter) for letter in name)
        before = random.choice(("", "", "", "محله ", "محلهٔ ", "خیابان ", "  ", "\u200f"))
        yield before + name


def _slip(name: str, random: Random) -> str:
    at = random.randrange(len(name))
    before, letter, after = name[:at], name[at], name[at + 1 :]
    match random.randrange(5):
        case 0 if len(name) > 1:
            return before + after
        case 1:
            return before + random.choice(_LETTERS) + after
        case 2:
            return before + letter + letter + after
        case 3 if after:
            return before + after[0] + letter + after[1:]
        case _:
            return before + letter + random.choice((" ", random.choice(_LETTERS))) + after

"""Which characters a letter's paper can show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from desktop.domain.persian import strip_isolates

# What the fonts of paper have of the Arabic block, then what is written beside it. A test holds
# every character of it against the fonts.
_DRAWABLE = (
    "\u060c-\u060d\u0610-\u0612\u0615\u061b\u061f\u0621-\u063a\u063d\u0641-\u0658\u065a-\u065b"
    "\u0660-\u0671\u0674\u0679\u067c\u067e\u0681\u0685-\u0686\u0688-\u0689\u0691\u0693"
    "\u0695-\u0696\u0698\u069a\u06a0-\u06a1\u06a4\u06a9-\u06ad\u06af\u06b5\u06ba\u06bc-\u06be"
    "\u06c0-\u06c3\u06c6-\u06d0\u06d2-\u06d5\u06dc-\u06de\u06e9\u06f0-\u06f9"
    "\u200c -~«»‹›–—…×÷°²³√’‘“”•·−≤≥½¼¾\n"
)
_UNDRAWABLE = re.compile(f"[^{_DRAWABLE}]")


def undrawable(text: str) -> str:
    """The first character that no paper shows, named for a person; empty when all can be drawn."""
    found = _UNDRAWABLE.search(text)
    if found is None:
        return ""
    # By its number: the window shows it as little as paper does.
    return f"شکلک یا حرفی ناآشنا (U+{ord(found[0]):04X})"


def undrawable_in(value: object, named: str = "") -> tuple[str, str]:
    """The same of every text in a value (dataclass, mapping, sequence): the name of the field or
    key that holds it, and the character. Marks of direction and white space are no characters.
    """
    for name, text in _texts(value, named):
        if character := undrawable(" ".join(strip_isolates(text).split())):
            return name, character
    return "", ""


def _texts(value: object, named: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield named, value
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name), part.name)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _texts(part, str(key))
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for part in value:
            yield from _texts(part, named)

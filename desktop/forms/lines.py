"""Where in a TOML text each key stands, so that a fault can name its line."""

from __future__ import annotations

import re
import tomllib

from desktop.domain.persian import INVISIBLE

KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(#.*)?")
_NAME = r"(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')"
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=(.*)")
_INLINE = re.compile(r"[{,]\s*([A-Za-z0-9_-]+)\s*=")
_HIDDEN = re.compile(f"[{INVISIBLE}\\x00-\\x1f]")
_QUOTES = re.compile(r'"""|\'\'\'')


class Lines:
    """Line numbers of tables and keys (from 1), and the keys that were written twice."""

    def __init__(self, text: str) -> None:
        self._at: dict[KeyPath, int] = {(): 1}
        self.twice: list[tuple[KeyPath, int]] = []
        self._second: set[int] = set()
        table: KeyPath = ()
        counts: dict[KeyPath, int] = {}
        inside = again = False
        items: KeyPath | None = None
        for number, line in enumerate(text.split("\n"), start=1):
            was_inside = inside
            if again:
                # What stands in a table's second writing is no key of the table before it.
                self._second.add(number)
            noted = not inside and line.lstrip().startswith("#")
            if not noted and len(_QUOTES.findall(line)) % 2:
                inside = not inside
            if was_inside or noted:
                continue
            if items is not None:
                items = self._item(items, line, number)
                continue
            if header := _HEADER.fullmatch(line):
                table = _placed(header[2].split("."), counts, several=header[1] == "[[")
                again = not self._note(table, number)
                if not again:
                    self._second.discard(number)
            elif not again and (key := _KEY.match(line)):
                path: KeyPath = (*table, *map(_bare, re.findall(_NAME, key[1])))
                self._note(path, number)
                items = (*path, -1) if key[2].strip() == "[" else None

    def _item(self, items: KeyPath, line: str, number: int) -> KeyPath | None:
        """A line of an array that is written over several: its own item, or the array's end."""
        written_ = line.strip()
        if written_.startswith("]"):
            return None
        if not written_ or written_.startswith("#"):
            return items
        last = items[-1]
        items = (*items[:-1], int(last) + 1)
        self._at[items] = number
        for key in _INLINE.findall(written_):
            self._at.setdefault((*items, key), number)
        return items

    def _note(self, path: KeyPath, number: int) -> bool:
        """Keep where the path stands; whether it is written for the first time."""
        first = path not in self._at
        if first:
            self._at[path] = number
        else:
            self.twice.append((path, number))
            self._second.add(number)
        return first

    def of(self, path: KeyPath) -> int:
        """The line of the key, or of what is written of it, or of the nearest table above it."""
        while path not in self._at:
            below = [line for known, line in self._at.items() if known[: len(path)] == path]
            if path and below:
                return min(below)
            path = path[:-1]
        return self._at[path]

    def without(self, text: str) -> str:
        """The text with the second writings of keys blanked, so that the rest can be read."""
        kept = [
            "" if number in self._second else line
            for number, line in enumerate(text.split("\n"), start=1)
        ]
        return "\n".join(kept)


def _bare(name: str) -> str:
    """The key's name as it is read: without its quotes, with what it spells by its number."""
    if name[0] not in "\"'":
        return name
    try:
        (read,) = tomllib.loads(f"{name} = 0")
    except tomllib.TOMLDecodeError:
        return name
    return read


def _placed(names: list[str], counts: dict[KeyPath, int], *, several: bool) -> KeyPath:
    """`[field.when]` and `[[field.column]]` belong to the last `[[field]]` above them."""
    table: KeyPath = ()
    for name in names[:-1]:
        table = (*table, name)
        table = (*table, counts[table]) if table in counts else table
    table = (*table, names[-1])
    if not several:
        return table
    counts[table] = counts.get(table, -1) + 1
    return (*table, counts[table])


def written(path: KeyPath) -> str:
    """The path as a person would write it: `field[3].kind`, the first item being 1.

    What nobody sees in a key stands there by its number.
    """
    words = ""
    for part in path:
        if isinstance(part, str):
            part = _HIDDEN.sub(lambda mark: f"(U+{ord(mark[0]):04X})", part)
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
    return words

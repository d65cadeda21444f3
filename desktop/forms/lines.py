"""Where in a TOML text each key stands, so that a fault can name its line."""

from __future__ import annotations

import re

KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=(.*)")
_INLINE = re.compile(r"[{,]\s*([A-Za-z0-9_-]+)\s*=")
_QUOTES = re.compile(r'"""|\'\'\'')


class Lines:
    """Line numbers of tables and keys (from 1), and the keys that were written twice."""

    def __init__(self, text: str) -> None:
        self._at: dict[KeyPath, int] = {(): 1}
        self.twice: list[tuple[KeyPath, int]] = []
        table: KeyPath = ()
        counts: dict[KeyPath, int] = {}
        inside = False
        items: KeyPath | None = None
        for number, line in enumerate(text.splitlines(), start=1):
            was_inside = inside
            if len(_QUOTES.findall(line)) % 2:
                inside = not inside
            if was_inside:
                continue
            if items is not None:
                items = self._item(items, line, number)
                continue
            if header := _HEADER.fullmatch(line):
                table = _placed(tuple(header[2].split(".")), counts)
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                self._note(table, number)
            elif key := _KEY.match(line):
                path: KeyPath = (*table, *re.split(r"\s*\.\s*", key[1]))
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

    def _note(self, path: KeyPath, number: int) -> None:
        if path in self._at:
            self.twice.append((path, number))
        else:
            self._at[path] = number

    def of(self, path: KeyPath) -> int:
        """The line of the key, or of the nearest table or key above it that is written."""
        while path not in self._at:
            path = path[:-1]
        return self._at[path]

    def without(self, text: str) -> str:
        """The text with the second writings of keys blanked, so that the rest can be read."""
        second = {number for _, number in self.twice}
        kept = [
            "" if number in second else line
            for number, line in enumerate(text.splitlines(), start=1)
        ]
        return "\n".join(kept) + "\n"


def _placed(names: KeyPath, counts: dict[KeyPath, int]) -> KeyPath:
    """`[field.when]` and `[[field.column]]` belong to the last `[[field]]` above them."""
    above = names[:1]
    return (*above, counts[above], *names[1:]) if above in counts and len(names) > 1 else names


def written(path: KeyPath) -> str:
    """The path as a person would write it: `field[3].kind`, the first item being 1."""
    words = ""
    for part in path:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
    return words

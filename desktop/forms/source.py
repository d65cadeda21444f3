"""A service file's text with its blocks, and where in it a fault is told."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.forms.blocks import expand
from desktop.forms.faults import FileFault
from desktop.forms.lines import KeyPath, Lines, written


class Source:
    """The file `name` as it is written, and as it is read: with the blocks that it includes."""

    def __init__(self, text: str, name: str) -> None:
        self._whole, self.name = expand(text, name), name
        self.text = self._whole.text
        self.lines = Lines(self.text)
        self.block_faults = self._whole.faults

    def fault(self, path: KeyPath, words: str) -> FileFault:
        """A fault of a key; in a letter the path may end with a line (from 1) of its text."""
        inner = path[-1] if path[:1] == ("letter",) and isinstance(path[-1], int) else 0
        path = path[:-1] if inner else path
        line = self.lines.of(path)
        if inner:
            opening = self.text.split("\n")[line - 1].rstrip()
            line += inner if opening.endswith(('"""', "'''")) else inner - 1
        return FileFault(self.name, line, written(path), words)

    def placed(self, faults: Iterable[FileFault]) -> list[FileFault]:
        """The faults by line, each once; those of a block where the file names it."""
        own = {}
        for fault in faults:
            block = self._whole.block_of(fault.line)
            line = self._whole.include if block else fault.line
            words = f"قطعهٔ آمادهٔ «{block}»: {fault.advice}" if block else fault.advice
            own[line, fault.key, words] = FileFault(fault.file, line, fault.key, words)
        return list(own.values())

"""The colours of a service file's text: tables, keys, texts, numbers, notes."""

from __future__ import annotations

import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from desktop.ui import theme

_QUOTES = '"""'
_HEADER = re.compile(r"\s*\[\[?[^\]#]*\]\]?\s*(?=#|$)")
_PARTS = re.compile(
    r'(?P<note>#.*)|(?P<text>"(?:[^"\\]|\\.)*"?|\'[^\']*\'?)'
    r"|(?P<number>(?<![\w.])\d[\d_.:-]*(?![\w]))|(?P<word>\b(?:true|false)\b)"
)
_PLAIN, _INSIDE = -1, 1
_COLOURS = {"note": "hint", "text": "ok", "number": "visit", "word": "visit", "table": "review"}


class TomlColours(QSyntaxHighlighter):
    """Colours one line at a time; a text over several lines is known by the line before."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        theme.follow(self)
        self._take_colours()

    def restyle(self) -> None:
        """The colours of the theme in force."""
        self._take_colours()
        self.rehighlight()

    def _take_colours(self) -> None:
        for name, token in _COLOURS.items():
            made = QTextCharFormat()
            made.setForeground(theme.colour(token))
            if name == "table":
                made.setFontWeight(theme.font("body", 500).weight())
            self._formats[name] = made

    def highlightBlock(self, text: str) -> None:
        """Colour a line."""
        at = 0
        self.setCurrentBlockState(_PLAIN)
        if self.previousBlockState() == _INSIDE:
            at = self._to_the_end(text, 0)
            if at < 0:
                return
        elif header := _HEADER.match(text):
            self.setFormat(0, header.end(), self._formats["table"])
            at = header.end()
        while (found := _PARTS.search(text, at)) is not None:
            start = found.start()
            if text.startswith(_QUOTES, start):
                at = self._to_the_end(text, start, len(_QUOTES))
                if at < 0:
                    return
                continue
            self.setFormat(start, found.end() - start, self._formats[str(found.lastgroup)])
            at = max(found.end(), start + 1)

    def _to_the_end(self, text: str, start: int, opening: int = 0) -> int:
        """Colour a long text as far as it goes in this line; where it ends, or -1."""
        end = text.find(_QUOTES, start + opening)
        stop = len(text) if end < 0 else end + len(_QUOTES)
        self.setFormat(start, stop - start, self._formats["text"])
        if end < 0:
            self.setCurrentBlockState(_INSIDE)
            return -1
        return stop

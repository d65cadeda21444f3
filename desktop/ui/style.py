"""Style sheets of what Qt draws by itself: templates for the look's colours and lengths."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, get_args

from desktop.ui.palette import TONES, Tokens

# `$name` is a colour token, `#n#` is n pixels at 100 %. Everything here is physical, left is left:
# the program is always right to left, and borders and padding of style sheets do not mirror.
_BAR = """
QScrollBar:vertical { background: transparent; width: #12#px; margin: 0; }
QScrollBar::handle:vertical {
    background: $edge; border-radius: #4#px; margin: #2#px; min-height: #40#px;
}
QScrollBar:horizontal { background: transparent; height: #12#px; margin: 0; }
QScrollBar::handle:horizontal {
    background: $edge; border-radius: #4#px; margin: #2#px; min-width: #40#px;
}
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
_PROSE = """
QPlainTextEdit {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: #6#px;
    padding: #4#px #6#px; selection-background-color: $sel; selection-color: $text;
    placeholder-text-color: $hint;
}
QPlainTextEdit:hover { border-color: $text2; }
QPlainTextEdit:focus { border: 2px solid $focus; padding: #4-1#px #6-1#px; }
QPlainTextEdit[state="readonly"] { background: $sunk; border: 1px solid $line; }
QPlainTextEdit[state="records"] { background: $tint; border: 1px solid $line; }
QPlainTextEdit[state="readonly"], QPlainTextEdit[state="records"] { padding: #4#px #6#px; }
QPlainTextEdit[state="error"] { border: 2px solid $refuse; padding: #4-1#px #6-1#px; }
"""
_CODE = """
QPlainTextEdit {
    background: $surface; color: $text; border: 2px solid $surface; border-radius: 0; padding: 0;
    selection-background-color: $sel; selection-color: $text;
}
QPlainTextEdit:focus { border-color: $focus; }
"""
_POPUP = """
QListView {
    background: $surface; color: $text; border: 1px solid $edge; outline: 0; padding: 0;
    selection-background-color: $sel; selection-color: $text;
}
QListView::item { min-height: #30#px; padding: 0 #6#px; border-radius: #4#px; }
QListView::item:hover { background: $sunk; }
QListView::item:selected { background: $sel; color: $text; }
"""
_TABLE = """
QTableView {
    background: transparent; color: $text; border: 0; outline: 0; gridline-color: $line;
    selection-background-color: $sel; selection-color: $text;
}
QTableView[typedIn="true"]::item, QTableView[typedIn="true"] QHeaderView::section {
    padding: 0 #8#px;
}
QTableView QTableCornerButton::section { background: $sunk; border: 0; }
QHeaderView { background: transparent; color: $text; border: 0; }
QHeaderView::section { background: transparent; border: 0; }
"""
_MENU = """
QMenu { background: $surface; color: $text; border: 1px solid $edge; padding: #4#px; }
QMenu::item { padding: #6#px #14#px; border-radius: #4#px; }
QMenu::item:selected { background: $sel; color: $text; }
QMenu::item:disabled { color: $disabled; }
"""
# Its box is drawn as that of any line; what stands for a letter Qt asks of a style alone.
_PASSWORD = """
QLineEdit {
    background: transparent; color: $text; border: 0; padding: 0; lineedit-password-character: 8226;
    selection-background-color: $sel; selection-color: $text; placeholder-text-color: $hint;
}
QLineEdit:disabled { color: $disabled; }
"""
_DIALOG = """
QWidget { color: $text; }
QDialog { background: $bg; }
QLineEdit {
    background: $surface; border: 1px solid $edge; border-radius: #6#px; padding: 0 #8-1#px;
    selection-background-color: $sel; selection-color: $text;
}
QLineEdit:focus { border: 2px solid $focus; padding: 0 #8-2#px; }
"""
Part = Literal["bar", "prose", "code", "popup", "table", "menu", "password", "dialog"]

_SHEETS: dict[Part, str] = {
    "bar": _BAR,
    "prose": _PROSE + _BAR + _MENU,
    "code": _CODE + _BAR + _MENU,
    "popup": _POPUP + _BAR,
    "table": _TABLE + _BAR,
    "menu": _MENU,
    "password": _PASSWORD,
    "dialog": _DIALOG + _TABLE + _MENU + _BAR,
}

_LENGTH = re.compile(r"#(\d+)(?:-(\d+))?#")
_TOKEN = re.compile(r"\$([a-z_0-9]+)")


PARTS: tuple[Part, ...] = get_args(Part)


def style_sheet(part: Part, tokens: Tokens, px: Callable[[float], int]) -> str:
    """The sheet of one part in one theme; `px` turns a length at 100 % into pixels.

    `#10-2#` is 10 pixels at the zoom less 2 real ones: borders do not grow with the zoom, so the
    padding that makes room for them must not either.
    """

    def colour(match: re.Match[str]) -> str:
        name = match.group(1)
        for each in TONES:
            if each == name:
                return tokens.tones[each].text
        return str(getattr(tokens, name))

    def length(match: re.Match[str]) -> str:
        return str(max(0, px(int(match.group(1))) - int(match.group(2) or 0)))

    return _LENGTH.sub(length, _TOKEN.sub(colour, _SHEETS[part]))

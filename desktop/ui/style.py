"""The one style sheet: a template with the theme's colours and the zoom's pixels put in."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop.ui.palette import TONES, Tokens

# `$name` is a colour token, `#n#` is n pixels at 100 %. Everything here is physical, left is left:
# the program is always right to left, and borders and padding of style sheets do not mirror.
_TEMPLATE = """
QWidget { color: $text; }
QMainWindow, QDialog, QWidget[ground="bg"] { background: $bg; }
QWidget[ground="surface"] { background: $surface; }
QWidget[ground="sunk"] { background: $sunk; }
QWidget[ground="rail"] { background: $rail; }
QWidget[ground="line"] { background: $line; }
QToolTip { background: $text; color: $surface; border: 1px solid $edge; padding: #4#px; }

QLabel { background: transparent; }
QLabel[role="text2"] { color: $text2; }
QLabel[role="hint"] { color: $hint; }
QLabel[role="link"] { color: $link; }
QLabel[role="on-text"] { color: $surface; }
QLabel[role="disabled"] { color: $disabled; }
@tones@

QLineEdit, QPlainTextEdit {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: #6#px;
    padding: 0 #8-1#px; selection-background-color: $sel; selection-color: $text;
    placeholder-text-color: $hint;
}
QPlainTextEdit { padding: #4#px #6#px; }
QLineEdit { lineedit-password-character: 8226; }
QLineEdit:hover, QPlainTextEdit:hover { border-color: $text2; }
QLineEdit:focus, QLineEdit[open="true"] { border: 2px solid $focus; padding: 0 #8-2#px; }
QPlainTextEdit:focus { border: 2px solid $focus; padding: #4-1#px #6-1#px; }
QLineEdit[state="readonly"], QPlainTextEdit[state="readonly"] {
    background: $sunk; border: 1px solid $line; padding: 0 #8-1#px;
}
QLineEdit[state="records"], QPlainTextEdit[state="records"] {
    background: $tint; border: 1px solid $line; padding: 0 #8-1#px;
}
QPlainTextEdit[state="readonly"], QPlainTextEdit[state="records"] { padding: #4#px #6#px; }
QLineEdit[state="readonly"]:focus, QLineEdit[state="records"]:focus {
    border: 2px solid $focus; padding: 0 #8-2#px;
}
QLineEdit[state="error"], QLineEdit[state="error"]:focus {
    border: 2px solid $refuse; padding: 0 #8-2#px;
}
QPlainTextEdit[code="true"] { border: 2px solid $surface; border-radius: 0; padding: 0; }
QPlainTextEdit[code="true"]:focus { border-color: $focus; padding: 0; }
QPlainTextEdit[state="error"] { border: 2px solid $refuse; padding: #4-1#px #6-1#px; }
QLineEdit:disabled { background: $bg; border: 1px solid $line; color: $disabled; }
QLineEdit[box="true"] { padding: 0 #2#px; }
QLineEdit[box="true"]:focus, QLineEdit[box="true"][state="error"] { padding: 0 #2-1#px; }

QListView[popup="true"] {
    background: $surface; border: 1px solid $edge; outline: 0; padding: 0;
    selection-background-color: $sel; selection-color: $text;
}
QListView[popup="true"]::item { min-height: #30#px; padding: 0 #6#px; border-radius: #4#px; }
QListView[popup="true"]::item:hover { background: $sunk; }
QListView[popup="true"]::item:selected { background: $sel; color: $text; }

QMenu { background: $surface; border: 1px solid $edge; padding: #4#px; }
QMenu::item { padding: #6#px #14#px; border-radius: #4#px; }
QMenu::item:selected { background: $sel; color: $text; }

QTableView {
    background: transparent; border: 0; outline: 0; gridline-color: $line;
    selection-background-color: $sel; selection-color: $text;
}
QTableView[typedIn="true"]::item, QTableView[typedIn="true"] QHeaderView::section {
    padding: 0 #8#px;
}
QTableView QTableCornerButton::section { background: $sunk; border: 0; }
QHeaderView { background: transparent; border: 0; }
QHeaderView::section { background: transparent; border: 0; }

QScrollArea { background: transparent; border: 0; }
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

_LENGTH = re.compile(r"#(\d+)(?:-(\d+))?#")
_TOKEN = re.compile(r"\$([a-z_0-9]+)")


def style_sheet(tokens: Tokens, px: Callable[[float], int]) -> str:
    """The style sheet of one theme; `px` turns a length at 100 % into pixels.

    `#10-2#` is 10 pixels at the zoom less 2 real ones: borders do not grow with the zoom, so the
    padding that makes room for them must not either.
    """
    tones = "\n".join(
        f'QLabel[role="{name}"] {{ color: {tokens.tones[name].text}; }}' for name in TONES
    )

    def colour(match: re.Match[str]) -> str:
        name = match.group(1)
        for each in TONES:
            if each == name:
                return tokens.tones[each].text
        return str(getattr(tokens, name))

    def length(match: re.Match[str]) -> str:
        return str(max(0, px(int(match.group(1))) - int(match.group(2) or 0)))

    filled = _TEMPLATE.replace("@tones@", tones)
    return _LENGTH.sub(length, _TOKEN.sub(colour, filled))

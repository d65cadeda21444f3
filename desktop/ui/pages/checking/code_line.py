"""The line into which a scanner types: its letters are read by their keys, whatever the layout."""

from __future__ import annotations

from desktop.ui.widgets.inputs.line import TextLine

_LONGEST = 900
# What the keys give on the standard keyboard (ISIRI 9147), alone and with Shift; a code has large
# letters only, so that both mean the same.
_ROWS = (
    ("QWERTYUIOP", "ضصثقفغعهخح"),
    ("ASDFGHJKL", "شسیبلاتنم"),
    ("ZXCVBNM", "ظطزرذدپ"),
    ("QWERTYUIOP", "\u0652\u064c\u064d\u064b\u064f\u0650\u064e\u0651]["),
    ("ASDFGHJKL", "\u0624\u0626\u064a\u0625\u0623\u0622\u0629»«"),
    ("ZXCVBNM", "\u0643\u0653ژ\u0670\u200c\u0654\u0621"),
    ("$%*+:", "﷼٪*+:"),
    ("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
)
_LATIN = str.maketrans({theirs: ours for row in _ROWS for ours, theirs in zip(*row, strict=True)})


def by_keys(typed: str) -> str:
    """What a scanner read, from what its keys gave; a space is one of a code's letters."""
    return typed.translate(_LATIN).upper()


class CodeLine(TextLine):
    """A code that a scanner typed, that was pasted, or the ten digits of a short one."""

    def __init__(self) -> None:
        super().__init__(
            max_length=_LONGEST, placeholder="رمزینه را با رمزینه‌خوان بخوانید، یا ۱۰ رقم کد کوتاه"
        )

    def value(self) -> str:
        """As it was typed, by its keys."""
        return by_keys(self.text())

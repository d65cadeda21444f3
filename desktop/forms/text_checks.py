"""Texts of a service file that people read: Persian letters, no hidden marks, nothing left over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.drawable import named, undrawable
from desktop.domain.persian import (
    ARABIC_DIGITS,
    ARABIC_LETTERS,
    INVISIBLE,
    ZWNJ,
    is_blank,
    to_persian_digits,
)
from desktop.forms.lines import KeyPath
from desktop.forms.raw import Faults

# Texts in which braces stand for values.
_TEMPLATES = ("subject", "addressee", "body", "closing")
_SENTENCES = ("seen", "passes", "letter")
_LONG = ("body", "closing")
_TYPED = (["example", "answers"], ["example", "expert"])
# A line of a page, a button, the heading of a paper.
_LONGEST = {
    "title": 60,
    "short": 40,
    "label": 80,
    "act": 80,
    "why": 80,
    "article": 80,
    "basis": 120,
    "hint": 200,
    "seen": 200,
    "passes": 200,
    "letter": 400,
}
# A head of a table, in the two lines that it has.
_HEAD = 40
# A line breaks between words; a longer one pushes the form beyond the window.
_LONGEST_WORD = 40
_ARABIC = {chr(code): persian for code, persian in ARABIC_LETTERS.items()}
_ASCII = re.compile(r"[\x21-\x7e]+")
_DIGITS = re.compile(f"[{ARABIC_DIGITS}]")
# What the letters' font has a glyph for, and is written in Persian.
PRINTABLE = (
    "\t\n -~\u00a0«»\u060c\u061b\u061f\u0621-\u063a\u0641-\u0655\u0660-\u066d\u0670"
    "\u067e\u0686\u0698\u06a9\u06af\u06c0\u06cc\u06f0-\u06f9\u200c–—…‹›×÷°²³√"
)
_UNPRINTABLE = re.compile(f"[^{PRINTABLE}]")
_PLACE = re.compile(r"\{[^{}]*\}")


def text_faults(data: dict[str, object]) -> Faults:
    """What is wrong with the file's texts, each with its path; in a letter with its line too."""
    for path, text in _texts((), data):
        names = [part for part in path if isinstance(part, str)]
        # A code, a key or a formula is checked where its names are; an answer is what people type.
        if not text or _ASCII.fullmatch(text) or names[:2] in _TYPED:
            continue
        for position, words in _faults(names, text):
            line = text.count("\n", 0, position) + 1
            yield (*path, line) if names[0] == "letter" else path, words


def _texts(path: KeyPath, value: object) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts((*path, key), inner)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _texts((*path, i), inner)


def _faults(names: list[str], text: str) -> Iterator[tuple[int, str]]:
    letter = names[0] == "letter" and names[-1] in _TEMPLATES
    # A choice that is written as a word alone is its own label.
    names = [*names[:-1], "label"] if names[-1] == "choices" else names
    if is_blank(text):
        yield 0, "این متن تنها فاصله است؛ متن آن را بنویسید."
        return
    for arabic, persian in _ARABIC.items():
        if arabic in text:
            yield text.index(arabic), f"حرف «{arabic}» عربی است؛ «{persian}» فارسی بنویسید."
    longest = _HEAD if names[-2:] == ["column", "label"] else _LONGEST.get(names[-1], len(text))
    if not letter and len(text) > (limit := longest):
        yield 0, to_persian_digits(f"این متن در {limit} نویسه جا می‌شود؛ کوتاه کنید.")
    if not letter and names[-1] in _LONGEST and max(map(len, text.split())) > _LONGEST_WORD:
        words = f"یک واژهٔ این متن از {_LONGEST_WORD} نویسه بلندتر است؛ فاصله بگذارید."
        yield 0, to_persian_digits(words)
    if found := _DIGITS.search(text):
        yield found.start(), f"رقم «{found[0]}» عربی است؛ رقم فارسی بنویسید."
    if found := next((m for m in _UNPRINTABLE.finditer(text) if m[0] not in _ARABIC), None):
        yield found.start(), f"در این متن {_named(found[0])} هست که چاپ نمی‌شود؛ آن را پاک کنید."
    if not (letter and names[-1] in _LONG) and (found := re.search(r"[\t\n]", text)):
        yield found.start(), "این متن یک سطر است؛ Tab و سطر تازه را بردارید."
    if found := re.search(f" {ZWNJ}|{ZWNJ} |{ZWNJ}{ZWNJ}", text):
        yield found.start(), "نیم‌فاصله کنار فاصله آمده است؛ یکی را بردارید."
    if not letter and (found := re.search(r"\S  +\S", text)):
        yield found.start(), "دو فاصلهٔ پیاپی آمده است؛ یکی را بردارید."
    if not letter:
        bare = _PLACE.sub("", text) if names[0] == "gate" and names[-1] in _SENTENCES else text
        if "{" in bare or "}" in bare:
            yield 0, "آکولاد در این متن جای مقداری نیست؛ بردارید."


def _named(character: str) -> str:
    if character == "\u0640":
        return "کشیده (U+0640)"
    # What paper could show but no service file says is shown; all else goes by its name.
    shown = not undrawable(character) and character not in INVISIBLE
    return f"«{character}» (U+{ord(character):04X})" if shown else named(character)

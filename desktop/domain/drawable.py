"""Which characters paper can show, joined as they are written, and what the others are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from desktop.domain.persian import strip_isolates, to_persian_digits

# What the fonts of paper have of the Arabic block and join, then what is written beside it. A test
# holds every character of it against the fonts.
_DRAWABLE = (
    "\u060c-\u060d\u0610-\u0612\u0615\u061b\u061f\u0621-\u063a\u063d\u0641-\u0658\u065a-\u065b"
    "\u0660-\u0671\u0674\u0679\u067c\u067e\u0681\u0685-\u0686\u0688-\u0689\u0691\u0693"
    "\u0695-\u0696\u0698\u069a\u06a0-\u06a1\u06a4\u06a9-\u06ad\u06af\u06b5\u06ba\u06bc-\u06be"
    "\u06c0-\u06c3\u06c6-\u06d0\u06d2-\u06d5\u06dc-\u06de\u06e9\u06f0-\u06f9"
    "\u200c -~«»‹›–—…×÷°²³√’‘“”•·−≤≥½¼¾\n"
)
_UNDRAWABLE = re.compile(f"[^{_DRAWABLE}]")
# Combining marks and fillers that nobody sees, by their numbers.
_UNSEEN = (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x3164, 0xFFA0)
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_PICTURES = (range(0x2600, 0x27C0), range(0x2B00, 0x2C00), range(0x1F000, 0x1FB00))
# A letter by the word that Unicode calls it: the one that it looks like.
_LIKE = {
    "AIN": "ع", "ALEF": "ا", "BEH": "ب", "BEEH": "ب", "BEHEH": "ب", "DAD": "ض", "DAHAL": "د",
    "DAL": "د", "DDAHAL": "د", "DDAL": "د", "DUL": "د", "DYEH": "ج", "FEH": "ف", "GAF": "گ",
    "GHAIN": "غ", "GUEH": "گ", "HAH": "ح", "HEH": "ه", "JEEM": "ج", "KAF": "ک", "KEHEH": "ک",
    "KHAH": "خ", "LAM": "ل", "MEEM": "م", "NG": "ک", "NGOEH": "گ", "NOON": "ن", "NYEH": "ج",
    "OE": "و", "PEH": "پ", "PEHEH": "ف", "QAF": "ق", "REH": "ر", "RNOON": "ن", "RREH": "ر",
    "SAD": "ص", "SEEN": "س", "SHEEN": "ش", "TAH": "ط", "TCHEH": "چ", "TCHEHEH": "چ", "TEH": "ت",
    "THAL": "ذ", "THEH": "ث", "TTEH": "ت", "TTEHEH": "ت", "U": "و", "VE": "و", "VEH": "ف",
    "WAW": "و", "YEH": "ی", "YU": "و", "ZAH": "ظ", "ZAIN": "ز", "HAMZA": "ء", "E": "ی", "AE": "ه",
}  # fmt: skip
_SCRIPTS = {
    "ARMENIAN": "ارمنی", "CJK": "چینی", "CYRILLIC": "روسی", "DEVANAGARI": "هندی",
    "GEORGIAN": "گرجی", "GREEK": "یونانی", "HANGUL": "کره‌ای", "HEBREW": "عبری", "HIRAGANA": "ژاپنی",
    "KATAKANA": "ژاپنی", "SYRIAC": "سریانی", "THAI": "تایلندی",
}  # fmt: skip


def undrawable(text: str) -> str:
    """The first character that no paper shows, named for a person; empty when all can be drawn."""
    found = _UNDRAWABLE.search(text)
    return named(found[0]) if found else ""


def named(character: str) -> str:
    """What a person calls a character that cannot be shown, with the number that finds it.

    Never the character itself: the window shows it as little as paper does.
    """
    return f"{_kind(character)} (U+{ord(character):04X})"


def _kind(character: str) -> str:
    category, code = unicodedata.category(character), ord(character)
    unseen = code in _UNSEEN or any(code in each for each in _SELECTORS)
    if unseen or category in ("Cc", "Cf", "Zl", "Zp"):
        return "نشانه‌ای نادیدنی"
    if category in ("Cn", "Co", "Cs"):
        return "نویسه‌ای ناشناخته"
    if any(code in each for each in _PICTURES) and category != "No":
        return "شکلک"
    if category in ("No", "Nd", "Nl"):
        return _number(character)
    if category.startswith("M"):
        return "اعراب یا نشانه‌ای ناآشنا روی حرف"
    return _letter(character) if category.startswith("L") else "نشانه‌ای ناآشنا"


def _number(character: str) -> str:
    value = float(unicodedata.numeric(character, -1.0))
    if value < 0 or not value.is_integer():
        return "عددی با نگارش ویژه"
    drawn = unicodedata.decomposition(character).partition(" ")[0]
    where = {"<circle>": " در دایره", "<super>": " بالانویس", "<sub>": " زیرنویس"}
    return to_persian_digits(f"عدد {int(value)}{where.get(drawn, ' با نگارش ویژه')}")


def _letter(character: str) -> str:
    words = unicodedata.name(character, "").replace("-", " ").split()
    if words[:1] == ["ARABIC"]:
        like = next((_LIKE[word] for word in words[1:] if word in _LIKE), "")
        return f"حرفی مانند «{like}» که فارسی نیست" if like else "حرفی عربی که فارسی نیست"
    if words[:1] == ["LATIN"]:
        # «é» is the e that it is made of.
        base = unicodedata.normalize("NFD", character)[0]
        plain = base.isascii() and base != character
        return f"حرف لاتین «{base}» با نشانه" if plain else "حرف لاتین ویژه"
    script = _SCRIPTS.get(words[0], "") if words else ""
    return f"حرف {script}" if script else "حرفی ناآشنا"


def unprintable_words(character: str) -> str:
    """What is said of a text with that character, as `undrawable` names it."""
    return f"{character} چاپ نمی‌شود. آن را بردارید."


def undrawable_in(value: object, called: str = "") -> tuple[str, str]:
    """The same of every text in a value (dataclass, mapping, sequence): the name of the field or
    key that holds it, and the character. Marks of direction and white space are no characters.
    """
    for name, text in _texts(value, called):
        if _UNDRAWABLE.search(text) is None:
            # As nearly always: nothing in it could be a mark of direction either.
            continue
        if character := undrawable(" ".join(strip_isolates(text).split())):
            return name, character
    return "", ""


def _texts(value: object, called: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield called, value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _texts(part, called)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), field.name)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _texts(part, str(key))
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for part in value:
            yield from _texts(part, called)

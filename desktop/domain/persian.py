"""Persian text: one stored form, one search key, one order, digits, isolates."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

ZWNJ = "\u200c"
ZWSP = "\u200b"
NBSP = "\u00a0"
LRI, PDI = "\u2066", "\u2069"
RLM = "\u200f"
PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"

# Marks of direction and joining that pasted text carries and nobody sees; tatweel only stretches.
INVISIBLE = (
    "\u00ad\u061c\u0640\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_TO_LATIN = {ord(c): str(i) for i, c in enumerate(PERSIAN_DIGITS)} | {
    ord(c): str(i) for i, c in enumerate(ARABIC_DIGITS)
}
_TO_PERSIAN = {ord(str(i)): c for i, c in enumerate(PERSIAN_DIGITS)} | {
    ord(c): PERSIAN_DIGITS[i] for i, c in enumerate(ARABIC_DIGITS)
}
ARABIC_LETTERS = {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک"}
_CONTROLS = {c: " " for c in (*range(0x20), 0x7F, *range(0x80, 0xA0), 0xA0, 0x2028, 0x2029)}
_DROPPED = {ord(c): None for c in INVISIBLE}
_CLEANING = ARABIC_LETTERS | _TO_LATIN | _CONTROLS | _DROPPED
_MARKS = re.compile(f"[{INVISIBLE}]")
# Between digits tatweel is a stroke that people see and mean, as «۴ـ۵».
_STROKE = re.compile(
    rf"(?<=[0-9{PERSIAN_DIGITS}{ARABIC_DIGITS}])[{INVISIBLE}]*\u0640[{INVISIBLE}]*"
    rf"(?=[0-9{PERSIAN_DIGITS}{ARABIC_DIGITS}])"
)
# Thousands: a mark stands between groups of three, and there alone.
_GROUPED = re.compile(r"[0-9]{1,3}([,٬،])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
# The words that a number follows, but not where they end another one (افلاک, نیم‌پلاک).
_NUMBERED = (
    rf"(?<![\w{ZWNJ}])(پلاک(?: ثبتی)?|کوچهٔ?|خیابان|بلوار|بن‌بست|طبقهٔ?|واحد|بخش|منطقهٔ?|ناحیهٔ?|"
    "بلوک|قطعهٔ?|مادهٔ?|تبصرهٔ?|بند|شمارهٔ?|صفحهٔ|نسخهٔ|سطر|ردیف|ساعت|باجهٔ|دفتر|پیشخوان) "
    rf"(?=[{LRI}(]*[0-9{PERSIAN_DIGITS}])"
)
_DIGIT = f"[0-9{PERSIAN_DIGITS}]"
_BOUND = re.compile(
    rf"{_NUMBERED}|(?<={_DIGIT})() (?=(?:فرعی|اصلی|ریال)\b)"
    rf"|(?<=بازدید:) (?={_DIGIT})"
)
_CODE = re.compile(rf"(?<![{LRI}/\-0-9{PERSIAN_DIGITS}]){_DIGIT}+(?:-{_DIGIT}+){{2,}}")
# More letters in a row than a word has, and how many of them stay together.
ENDLESS = re.compile(r"[^\d\s]{17,}")
_TOGETHER = 8
_SPACES = re.compile(r"\s+")
_HALF_SPACES = re.compile(f" ?{ZWNJ}[ {ZWNJ}]*")
_FOLDING = {
    ord("آ"): "ا",
    ord("أ"): "ا",
    ord("إ"): "ا",
    ord("ٱ"): "ا",
    ord("ة"): "ه",
    ord("ۀ"): "ه",
    ord("ە"): "ه",
    ord("ؤ"): "و",
    ord("ئ"): "ی",
    ord("ء"): None,
    ord(ZWNJ): None,
    ord(" "): None,
    ord("-"): None,
    ord("_"): None,
}
_ORDER = {c: chr(0x100 + i) for i, c in enumerate("ءآأإاؤئبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")}
_ORDERING = {ord(c): key for c, key in _ORDER.items()}


def to_latin_digits(text: str) -> str:
    """The text with Persian and Arabic digits as 0–9, the form in which digits are stored."""
    return text.translate(_TO_LATIN)


def to_persian_digits(text: str | int) -> str:
    """The text with Latin and Arabic digits as ۰–۹, the form in which people read digits."""
    return str(text).translate(_TO_PERSIAN)


def clean(text: str) -> str:
    """The one form in which text is stored: ی and ک, Latin digits, single spaces, half-spaces kept.

    Presentation forms become letters, marks of direction and controls go; what a person sees stays
    what it was (findings/libraries.md §2.6). Idempotent.
    """
    if text.isascii() and text.isalnum():
        return text
    if "\u0640" in text:
        text = _STROKE.sub("-", text)
    text = unicodedata.normalize("NFC", text.translate(_CLEANING))
    if _PRESENTATION.search(text):
        text = _PRESENTATION.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)
        text = unicodedata.normalize("NFC", text.translate(_CLEANING))
    text = _SPACES.sub(" ", text)
    if ZWNJ in text:
        # A half-space beside a space or another half-space joins nothing.
        text = _HALF_SPACES.sub(lambda m: " " if " " in m[0] else ZWNJ, text)
    return text.strip(f" {ZWNJ}")


def ungrouped(text: str) -> str:
    """Clean text without the thousands marks of the number at its beginning; one that has marks
    elsewhere, as «12,13», stays as it is: it may be two."""
    found = _GROUPED.match(text)
    return re.sub(r"[^0-9]", "", found[0]) + text[found.end() :] if found else text


def is_blank(text: str) -> bool:
    """Whether it says nothing: no letter, digit or mark that anybody would see."""
    return not clean(text)


def fold(text: str) -> str:
    """The search key: `clean` without spaces, hyphens, marks and kinds of alef or hamza."""
    decomposed = clean(text).casefold().translate(_FOLDING)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn").translate(_FOLDING)


def folded_words(typed: str) -> list[str]:
    """The words typed, each as it is searched."""
    return [folded for word in clean(typed).split() if (folded := fold(word))]


def sort_key(text: str) -> str:
    """A key whose code-point order is the Persian alphabet's (پ after ب, گ after ک)."""
    return clean(text).replace(ZWNJ, "").translate(_ORDERING)


def isolate(code: str) -> str:
    """A code, plate, date or phone as an island that reads left to right inside a Persian line."""
    return f"{LRI}{code}{PDI}"


def in_order(text: str) -> str:
    """The text with each code of three parts and more as an island: «کد ۲-۱۴-۳۰۸».

    For what people wrote: after Persian letters the parts would stand from right to left. Two parts
    are a span («۸-۱۲»), which reads so.
    """
    return _CODE.sub(lambda code: isolate(code[0]), text)


def bind(text: str) -> str:
    """The text with each number on the line of the word that says what it is: «پلاک ۱۵۰».

    For what is broken into lines; a lone number at the beginning of one is read as another's.
    """
    return _BOUND.sub(rf"\1{NBSP}", text)


def pair(text: str) -> str:
    """The text with its last two words on one line, where it has more: no «شد» stands alone.

    But for two numbers: bound together they are read as one, from left to right.
    """
    before, space, last = text.rpartition(" ")
    numbers = before[-1:].isdigit() and last[:1].isdigit()
    return f"{before}{NBSP}{last}" if space and " " in before and not numbers else text


def loosen(text: str) -> str:
    """The text with places at which a word that no line has room for may be broken.

    For what is broken into lines: a name that was typed without a space.
    """
    return ENDLESS.sub(_loosened, text)


def _loosened(endless: re.Match[str]) -> str:
    word = endless[0]
    rest = pairwise(word[_TOGETHER - 1 :])
    # Of «لا» two letters are one glyph.
    parted = (f"{ZWSP}{c}" if c.isalpha() and before != "ل" else c for before, c in rest)
    return word[:_TOGETHER] + "".join(parted)


def strip_isolates(text: str) -> str:
    """The text without marks of direction, as it goes to the clipboard."""
    # Most texts have none, and a table asks for every letter.
    return text.translate(_DROPPED) if _MARKS.search(text) else text


def join_and(parts: list[str]) -> str:
    """«الف، ب و پ»."""
    if len(parts) < 2:
        return "".join(parts)
    return "، ".join(parts[:-1]) + " و " + parts[-1]


def join_some(parts: list[str], most: int, other: str) -> str:
    """The same of so many at most, and how many more: «الف، ب و ۷ دفتر دیگر» by the word «دفتر»."""
    more = len(parts) - most
    if more <= 0:
        return join_and(parts)
    return to_persian_digits(f"{'، '.join(parts[:most])} و {more} {other} دیگر")

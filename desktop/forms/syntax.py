"""What the TOML reader could not read, told as a person would who looks at the line."""

from __future__ import annotations

import re

from desktop.forms.faults import FileFault

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_KEY = re.compile(r"\s*[A-Za-z0-9_-]+\s*=")
_HEADER = re.compile(r"\s*\[\[?[A-Za-z0-9_. -]+\]\]?\s*(#.*)?")
_LIST = re.compile(r"\s*[A-Za-z0-9_-]+\s*=\s*\[")
_QUOTES = re.compile(r'"""|\'\'\'')
_LONG_TEXT = re.compile(r"\s*[A-Za-z0-9_-]+\s*=\s*(\"\"\"|''')")
# By what the faulty line looks like, whatever the TOML reader stumbled over in it.
_SEEN = (
    ("\ufeff", "نشانه‌ای نادیدنی (BOM) در این سطر است؛ سطر را پاک کنید و دوباره بنویسید."),
    (r"^\s*(//|;|--|/\*)", "توضیح را با «#» آغاز کنید."),
    (r"^\s*\[+[^\]]*(#|$)", "نام جدول را میان کروشه‌ها بنویسید: [[field]]."),
    (r"^\s*\[\[[^\]]*\]\s*(#|$)", "نام جدول را میان کروشه‌ها بنویسید: [[field]]."),
    (r"^\s*\[?[A-Za-z0-9_. -]+\]", "نام جدول را میان کروشه‌ها بنویسید: [[field]]."),
    (r"^\s*[A-Za-z0-9_-]+\s*:", "پس از نام کلید «=» بیاورید، نه «:»."),
    (r"^\s*[A-Za-z0-9_-]+\s*==", "پس از نام کلید یک «=» بیاورید."),
    (r"^\s*[\u0600-\u06ff\u200c ]+=", "نام کلید انگلیسی است؛ نام‌ها در پروندهٔ تازه هست."),
    (r"^\s*effective\s*=", "روز را چنین بنویسید، میلادی و با رقم انگلیسی: 2026-01-10."),
    (r"=\s*(«|“|”|„|‘|’|`)", 'مقدار را میان دو گیومهٔ انگلیسی بنویسید: "…".'),
    (r"=\s*\[?\s*[۰-۹٠-٩]", "این‌جا رقم‌ها را انگلیسی بنویسید: 0 تا 9."),
    (r"=\s*(True|False|TRUE|FALSE|yes|no|بله|خیر)\s*(#|$)", "true یا false بنویسید."),
    (r"=\s*(#|$)", "پس از «=» مقدار را بنویسید؛ متن را میان دو گیومهٔ انگلیسی."),
    (r"=\s*[A-Za-z\u0600-\u06ff]", "متن را میان دو گیومهٔ انگلیسی بنویسید."),
)
_SAID = (
    ("Unterminated string", "گیومهٔ پایان متن جا افتاده است؛ بیفزایید."),
    (r"Illegal character '\n'", "متن یک‌سطری در همان سطر باید بسته شود."),
    ("Illegal character", "در این متن نشانه‌ای نادیدنی است؛ آن را پاک کنید و دوباره بنویسید."),
    ("Unclosed array", "کروشهٔ پایان فهرست، یا ویرگول میان دو مورد آن، جا افتاده است؛ بیفزایید."),
    ("Unclosed inline table", "آکولاد پایان، یا ویرگول میان دو کلید، جا افتاده است؛ بیفزایید."),
    ("Duplicate inline", "یک کلید میان این آکولادها دو بار آمده است؛ یکی را بردارید."),
    ("Cannot overwrite", "این کلید پیش‌تر نوشته شده است؛ یکی را بردارید."),
    ("Cannot declare", "این جدول پیش‌تر آمده است؛ یکی را بردارید."),
    ("Cannot", "این نام پیش‌تر جدول دیگری بود؛ [[…]] و […] را یک گونه بنویسید."),
    ("Unescaped", "«\\» در متن نمی‌آید؛ بردارید."),
    ("Invalid hex", "«\\» در متن نمی‌آید؛ خود حرف را بنویسید."),
    ("Escaped", "«\\» در متن نمی‌آید؛ خود حرف را بنویسید."),
    ("Invalid date", "چنین روزی نیست؛ روز را مانند 2026-01-10 بنویسید."),
    ("Expected newline", "در هر سطر یک کلید با یک مقدار بنویسید."),
    ("Expected '='", "پس از نام کلید «=» بیاورید."),
    ("Found invalid", "متن یک‌سطری در همان سطر باید بسته شود."),
    ("Expected", "گیومه یا کروشهٔ پایان جا افتاده است؛ بیفزایید."),
    ("Invalid value", "مقدار خوانده نمی‌شود؛ متن را میان دو گیومهٔ انگلیسی بنویسید."),
)
_OPEN_TEXT = 'متنی که در این سطر آغاز می‌شود بسته نشده است؛ """ بیفزایید.'
_OPEN_LIST = "فهرستی که در این سطر آغاز می‌شود بسته نشده است؛ «]» بیفزایید."
_UNREAD = "این سطر نه کلید است، نه جدول و نه توضیح؛ چنین بنویسید: کلید = مقدار."


def syntax_fault(name: str, text: str, message: str) -> FileFault:
    """The fault in what the TOML reader said, where it begins rather than where it was noticed."""
    rows = text.split("\n")
    last = len(rows) if rows[-1] or len(rows) == 1 else len(rows) - 1
    place = _PLACE.search(message)
    line = min(int(place[1]), len(rows)) if place and place[1] else last
    row = rows[line - 1]
    if opened := _open_text(rows):
        return FileFault(name, opened, "", _OPEN_TEXT)
    missed = message.startswith(("Unclosed array", "Invalid value"))
    begun = message.startswith("U") and _KEY.match(row) and not _LIST.match(row)
    if missed and (begun or _HEADER.fullmatch(row)):
        above = (n for n in range(line, 0, -1) if _LIST.match(rows[n - 1]))
        if opened := next(above, 0):
            return FileFault(name, opened, "", _OPEN_LIST)
    for pattern, words in _SEEN:
        if re.search(pattern, row):
            return FileFault(name, line, "", words)
    known = (words for start, words in _SAID if message.startswith(start))
    return FileFault(name, line, "", next(known, _UNREAD))


def _open_text(rows: list[str]) -> int:
    """The line of a long text that runs into the next one's beginning, or to the file's end."""
    opened = 0
    for line, row in enumerate(rows, start=1):
        if opened and _LONG_TEXT.match(row):
            return opened
        if (opened or not row.lstrip().startswith("#")) and len(_QUOTES.findall(row)) % 2:
            opened = 0 if opened else line
    return opened

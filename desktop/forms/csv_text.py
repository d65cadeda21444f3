"""Text for a CSV file that no program takes for a formula."""

from __future__ import annotations

import unicodedata

from desktop.domain.persian import strip_isolates

# A cell that begins so, also after spaces or in wide signs, is a formula to programs that read CSV,
# whoever's name it is.
_FORMULA = ("=", "+", "-", "@")


def csv_text(text: str) -> str:
    """The text without marks of direction; behind «'» where it would be worked out."""
    bare = strip_isolates(text)
    if bare[:1].isalnum():
        return bare
    begins = unicodedata.normalize("NFKC", bare.lstrip()[:1])
    return f"'{bare}" if begins.startswith(_FORMULA) else bare

"""What came of a letter in doubt, as a log tells it; `number` names the letter."""

from __future__ import annotations

from desktop.domain.facts import LetterVoided
from desktop.domain.persian import to_persian_digits
from desktop.domain.recall import LetterRecalled, LetterUpheld, Telling, VoidTold
from desktop.ui.palette import Tone
from desktop.ui.widgets.lists.timeline import Happening

LETTER = "letter"
"""The part of a case in which its letters are."""
SEE_LETTER = (LETTER, "دیدن نامه")
_ALONE = "جز مسئول دفتر کسی در دفتر نبود"


def voided(fact: LetterVoided, number: str) -> Happening:
    """It ended, and whether somebody else of the office knew."""
    words = [number, fact.reason.rstrip(" ."), *([_ALONE] if fact.alone else [])]
    return _told("نامه ابطال شد", ". ".join(words), "file-off", "refuse")


def recalled(fact: LetterRecalled, number: str) -> Happening:
    """It holds no more until a second person decides."""
    return _told("شهرداری نامه را فراخواند", f"{number}. {fact.reason}", "arrow-back-up", "refuse")


def upheld(fact: LetterUpheld, number: str) -> Happening:
    """It stands."""
    return _told("نامه برجا ماند", f"{number}. {fact.reason}", "circle-check", "ok")


def void_told(fact: VoidTold, number: str) -> Happening:
    """Somebody heard that it is void."""
    how = Telling(fact.how).word if fact.how in list(Telling) else fact.how
    return _told("ابطال نامه اعلام شد", f"{number}، {fact.to}، {how}", "send", "neutral")


def _told(words: str, detail: str, icon: str, tone: Tone) -> Happening:
    return Happening("", words, "", to_persian_digits(detail), icon, tone, (SEE_LETTER,))

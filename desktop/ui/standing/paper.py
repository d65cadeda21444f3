"""What became of a letter's paper, as a log tells it; `number` names the letter."""

from __future__ import annotations

from desktop.domain.elsewhere import CopyGiven
from desktop.domain.facts import HandedOver, LetterPrinted
from desktop.domain.identifiers import mask_id
from desktop.domain.paper import CopyAnswered, CopyAsked, SheetSpoiled
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.ui.palette import Tone
from desktop.ui.widgets.lists.timeline import Happening


def printed(fact: LetterPrinted, number: str) -> Happening:
    """A copy came out."""
    words = to_persian_digits(f"{number}، نسخهٔ {fact.copy}")
    if fact.sheets is not None:
        words = f"{words}، برگ {fact.sheets.words}"
    return _told("نامه چاپ شد", f"{words}، {fact.reason}" if fact.reason else words, "printer")


def spoiled(fact: SheetSpoiled, number: str) -> Happening:
    """A copy that nobody can use, or that never came out."""
    words = to_persian_digits(f"{number}، نسخهٔ {fact.copy}، {fact.reason}")
    head = "برگ چاپ‌شده خراب بود" if fact.pages else "کاغذ بیرون نیامد"
    return _told(head, words, "file-off", "pay")


def copy_asked(fact: CopyAsked, number: str) -> Happening:
    """More copies than the office prints by itself."""
    return _told("نسخهٔ دیگر از ناظر خواسته شد", f"{number}. {fact.reason}", "copy", "review")


def copy_answered(fact: CopyAnswered, number: str) -> Happening:
    """What the supervisor said to that."""
    if fact.allowed:
        words = ". ".join(filter(None, (number, fact.comment)))
        return _told("ناظر یک نسخهٔ دیگر را اجازه داد", words, "circle-check", "ok")
    return _told("ناظر نسخهٔ دیگر را نپذیرفت", f"{number}. {fact.comment}", "ban", "refuse")


def copy_given(fact: CopyGiven, number: str) -> Happening:
    """Another office gave a copy of it."""
    words = to_persian_digits(f"{fact.place}، {number}، نسخهٔ {fact.copy}. {fact.reason}")
    return _told("نسخهٔ نامه در دفتر دیگری داده شد", words, "copy")


def handed_over(fact: HandedOver) -> Happening:
    """Who took the letter, by which proof."""
    parts = [fact.receiver, isolate(mask_id(fact.receiver_id)), join_and(list(fact.seen))]
    words = "، ".join(part for part in parts if part)
    if fact.void:
        return _told("تحویل شد، پس از آنکه ابطال شده بود", words, "alert-triangle", "refuse")
    return _told("تحویل شد", words, "circle-check", "ok")


def _told(words: str, detail: str, icon: str, tone: Tone = "neutral") -> Happening:
    return Happening("", words, "", detail, icon, tone, ())

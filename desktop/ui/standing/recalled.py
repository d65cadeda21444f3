"""Why a stamped letter is to end, in the same words wherever it is told."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.case import Case
from desktop.domain.contest import Contested, upheld_words
from desktop.domain.recall import RecallCause, recall_cause, why_recalled
from desktop.domain.ruling import REOPENED

RECALLED: Mapping[RecallCause, str] = {
    RecallCause.MUNICIPALITY: "شهرداری این نامه را فراخوانده است",
    RecallCause.UNPAID: "پرداختی که مبنای این نامه است ابطال شد",
    RecallCause.CONTESTED: "سابقه‌ای که مبنای این نامه است اصلاح شد",
    RecallCause.REOPENED: "رأیی که مبنای این نامه است دیگر قطعی نیست",
    RecallCause.RECORDS: "سوابقی که مبنای این نامه است پس گرفته شد",
    RecallCause.SECOND_LOOK: "ناظر ابطال این نامه را خواسته است",
}
"""By cause, what happened to the letter."""
IN_SHORT: Mapping[RecallCause, str] = {
    RecallCause.MUNICIPALITY: "شهرداری فراخوانده است",
    RecallCause.UNPAID: "پرداخت پایهٔ نامه ابطال شد",
    RecallCause.CONTESTED: "سابقهٔ پایهٔ نامه اصلاح شد",
    RecallCause.REOPENED: "رأی پایهٔ نامه دیگر قطعی نیست",
    RecallCause.RECORDS: "سوابق پایهٔ نامه پس گرفته شد",
    RecallCause.SECOND_LOOK: "ناظر خواسته است",
}
"""The same in a column of a list that says what it is about."""
# Who asked for the end has said it himself; of these nobody has.
_TO_VOID = frozenset({RecallCause.UNPAID, RecallCause.CONTESTED, RecallCause.REOPENED})


def recalled_words(case: Case) -> tuple[str, str] | None:
    """Headline and sentence of a stamped letter that is to be voided, if one is."""
    cause = recall_cause(case)
    if cause is None:
        return None
    why = why_recalled(case)
    if cause in _TO_VOID:
        why = f"{why.rstrip(' .')}؛ نامه را باید ابطال کرد."
    return RECALLED[cause], why


def told_cause(detail: Mapping[str, str]) -> RecallCause:
    """Why, by what an office keeps of it among the things to see to; of what earlier programs kept
    too."""
    if "recalled" in detail:
        return RecallCause.MUNICIPALITY
    if "contested" in detail or "objection" in detail:
        return RecallCause.CONTESTED
    if "reopened" in detail or detail.get("reason") == REOPENED:
        return RecallCause.REOPENED
    return RecallCause.RECORDS if "reason" in detail else RecallCause.SECOND_LOOK


def told_recall(detail: Mapping[str, str]) -> str:
    """The sentence of such a thing: what was said of the letter, and what follows."""
    match told_cause(detail):
        case RecallCause.MUNICIPALITY:
            why = detail["recalled"].rstrip(" .")
            return f"«{why}». تا تصمیم نفر دوم نسخه‌ای از این نامه چاپ و تحویل نمی‌شود."
        case RecallCause.CONTESTED:
            # An earlier program kept the sentence itself.
            upheld = detail.get("objection") or upheld_words(
                Contested(detail["contested"]), detail["tracking"]
            )
            return f"{upheld}؛ این نامه باید ابطال شود تا پاسخ از نو داده شود."
        case RecallCause.REOPENED:
            return f"{REOPENED}؛ این نامه باید ابطال شود."
        case RecallCause.RECORDS:
            return f"علت: «{detail['reason']}»"
        case _:
            return f"در بازبینی: «{detail['comment']}»"

"""What the expert proposes of a case, condition by condition, and why another person disagrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

OTHER = "other"
"""The reason that is on no list: it is told in words."""
ALWAYS = "expert"
"""The condition that every case of some services fails, since a person always looks."""


class Verdict(StrEnum):
    """What the expert says of a condition that failed."""

    CLEARED = "cleared"
    STANDS = "stands"
    LACKS = "lacks"

    @property
    def word(self) -> str:
        """What it is called."""
        return _VERDICTS[self]

    @property
    def short(self) -> str:
        """The same where there is little room."""
        return _SHORT[self]


_SHORT = {
    Verdict.CLEARED: "برطرف است",
    Verdict.STANDS: "باقی است",
    Verdict.LACKS: "مدرک لازم",
}
_VERDICTS = {
    Verdict.CLEARED: "مانع برطرف است",
    Verdict.STANDS: "باقی است",
    Verdict.LACKS: "مدرک لازم است",
}


# Where nothing hinders but that an expert is to say so, no hindrance is gone.
_ASKED = "expert"
_OPINIONS = {Verdict.CLEARED: "بی‌مانع است", Verdict.STANDS: "مانع دارد"}


def verdict_words(gate: str, verdict: Verdict, *, short: bool = False) -> str:
    """What a verdict on that condition is called, shorter where there is little room."""
    own = _OPINIONS.get(verdict, "") if gate == _ASKED else ""
    return own or (verdict.short if short else verdict.word)


class Proposal(StrEnum):
    """What is to come of the case: a positive letter, as far as the records have it, or a negative.

    To send it back or to a commission decides nothing: nobody signs that beside the expert.
    """

    LETTER = "letter"
    REFUSAL = "refusal"

    @property
    def word(self) -> str:
        """What it is called."""
        return _PROPOSALS[self]


_PROPOSALS = {Proposal.LETTER: "پاسخ مثبت", Proposal.REFUSAL: "پاسخ منفی"}


@dataclass(frozen=True)
class ReviewReason:
    """A reason of the municipality's list, for conditions (`gates`) that it may be given of.

    `articles` are what it can rest on, `papers` the keys of documents of which one must have been
    looked at by who gives it; none where it rests on no paper.
    """

    code: str
    words: str
    gates: tuple[str, ...]
    articles: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opinion:
    """What the expert says of one condition.

    `reason` is a code of the published list or `OTHER`; `said` are its words as they stood then,
    `article` what it rests on, `words` what the expert wrote besides.
    """

    gate: str
    verdict: Verdict
    reason: str = ""
    said: str = ""
    article: str = ""
    words: str = ""

    @property
    def why(self) -> str:
        """«فیش پرداخت دیده شد، تبصرهٔ ۲ مادهٔ ۱۰۰: با دفتر درآمد تطبیق شد»."""
        listed = "، ".join(part for part in (self.said, self.article) if part)
        return ": ".join(part for part in (listed, self.words) if part)


@dataclass(frozen=True)
class Recommendation:
    """The expert's proposal: what is said of each condition, and what the letter is to be.

    `reasons` are those of a refusal's letter, `entered` the values that the service asks of its
    expert, by field key; `seen` the keys of the papers that were opened.
    """

    proposal: Proposal
    opinions: tuple[Opinion, ...] = ()
    reasons: tuple[str, ...] = ()
    note: str = ""
    entered: Mapping[str, str] = field(default_factory=dict)
    seen: tuple[str, ...] = ()

    @property
    def cleared(self) -> dict[str, str]:
        """Gate → why, of what no longer stands in the way."""
        return {each.gate: each.why for each in self.opinions if each.verdict is Verdict.CLEARED}

    @property
    def plain(self) -> bool:
        """Whether the program saw nothing else than the expert: nothing was cleared or entered but
        what a person must look at in every case of the service."""
        changed = any(each.gate != ALWAYS for each in self.opinions)
        return self.proposal is Proposal.LETTER and not changed and not self.entered


class ChallengeReason(StrEnum):
    """Why the second person does not sign."""

    NOT_ITS_PAPER = "not-its-paper"
    PAPER_UNCLEAR = "paper-unclear"
    WRONG_ARTICLE = "wrong-article"
    WRONG_VALUE = "wrong-value"
    OVERLOOKED = "overlooked"
    OTHER = OTHER

    @property
    def word(self) -> str:
        """What it is called."""
        return _CHALLENGES[self]


_CHALLENGES = {
    ChallengeReason.NOT_ITS_PAPER: "مدرک به این پرونده مربوط نیست",
    ChallengeReason.PAPER_UNCLEAR: "مدرک خوانا یا کامل نیست",
    ChallengeReason.WRONG_ARTICLE: "مستند قانونی درست نیست",
    ChallengeReason.WRONG_VALUE: "مقدار با مدرک مطابقت ندارد",
    ChallengeReason.OVERLOOKED: "موردی دیده نشده است",
    ChallengeReason.OTHER: "دلیل دیگر",
}


class AskedInstead(StrEnum):
    """What the second person asks for instead."""

    LOOK_AGAIN = "look-again"
    DOCUMENT = "document"
    COMMISSION = "commission"
    REFUSAL = "refusal"

    @property
    def word(self) -> str:
        """What it is called."""
        return _WANTED[self]


_WANTED = {
    AskedInstead.LOOK_AGAIN: "کارشناس دوباره ببیند",
    AskedInstead.DOCUMENT: "مدرک خواسته شود",
    AskedInstead.COMMISSION: "به کمیسیون برود",
    AskedInstead.REFUSAL: "پاسخ منفی داده شود",
}

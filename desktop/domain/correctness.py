"""How often instant answers are right: what the looked-at ones tell of all, with an exact bound."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, lgamma, log, log1p

from desktop.domain.persian import to_persian_digits

CONFIDENCE = 0.95
LEAST = 20
"""Below so many looked at, no share is told of all."""
_HALVINGS = 80


@dataclass(frozen=True)
class Correctness:
    """Of the instant answers of some days: `drawn` by lot, `looked` of those looked at, `wrong` of
    those found wrong; and apart, as they say nothing of all, those taken for their risk.

    `mixed` says that the lot took more of all on some of the days than on others: what it found
    holds of the days in that measure.
    """

    drawn: int = 0
    looked: int = 0
    wrong: int = 0
    weighed: int = 0
    weighed_looked: int = 0
    weighed_wrong: int = 0
    mixed: bool = False

    @property
    def enough(self) -> bool:
        """Whether something can be said of all answers."""
        return self.looked >= LEAST

    @property
    def bound(self) -> float:
        """With a certainty of 95 %, no greater share of all answers is wrong."""
        return upper_bound(self.wrong, self.looked)

    @property
    def words(self) -> str:
        """«۰ نادرست از ۴۸ بازبینی‌شده؛ حداکثر ۶٫۱٪»; of too few only how many they are."""
        if not self.enough:
            return to_persian_digits(f"{self.looked} بازبینی؛ برای آمار کم است")
        told = f"{self.wrong} نادرست از {self.looked} بازبینی‌شده؛ {self.most_words}"
        return to_persian_digits(told)

    @property
    def most_words(self) -> str:
        """«حداکثر ۶٫۱٪», and where the lot did not take as many each day, that."""
        return self.most + ("؛ سهم قرعه در این بازه تغییر کرده است" * self.mixed)

    @property
    def most(self) -> str:
        """«حداکثر ۶٫۱٪», rounded up."""
        return to_persian_digits(f"حداکثر {_percent(self.bound)}")

    @property
    def weighed_words(self) -> str:
        """«پرخطر: ۲ نادرست از ۱۲ بازبینی‌شده», never a share of all; empty where none was taken."""
        if not self.weighed:
            return ""
        told = f"پرخطر: {self.weighed_wrong} نادرست از {self.weighed_looked} بازبینی‌شده"
        return to_persian_digits(told)


def upper_bound(wrong: int, looked: int) -> float:
    """The one-sided upper bound of Clopper and Pearson (1934) for a share, certain to 95 %.

    It is the share at which so few wrong ones (`wrong`, of `looked`) are found in one of twenty
    draws: the 0.95 quantile of Beta(wrong + 1, looked - wrong). Raises ValueError for counts that
    are none.
    """
    if not 0 <= wrong <= looked:
        raise ValueError(f"{wrong} wrong of {looked}")
    if wrong == looked:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if at_most(wrong, looked, middle) > 1 - CONFIDENCE:
            low = middle
        else:
            high = middle
    return high


def at_most(found: int, drawn: int, share: float) -> float:
    """The probability of at most so many `found` among `drawn`, where that `share` of all is."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return float(found >= drawn)
    of_one, of_other = log(share), log1p(-share)
    whole = lgamma(drawn + 1)
    terms = (
        exp(
            whole
            - lgamma(each + 1)
            - lgamma(drawn - each + 1)
            + each * of_one
            + (drawn - each) * of_other
        )
        for each in range(found + 1)
    )
    return min(1.0, sum(terms))


def _percent(share: float) -> str:
    """In tenths of a percent, never less than it is."""
    # The quantile is found from above, to far less than a tenth.
    tenths = ceil(round(share * 1000, 9))
    whole, rest = divmod(tenths, 10)
    return f"{whole}٫{rest}٪" if rest else f"{whole}٪"

"""A reason that an expert may give of a condition, on the municipality's list from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator

from desktop.domain.city import City
from desktop.domain.persian import clean, fold, to_persian_digits
from desktop.domain.recommendation import ReviewReason
from desktop.domain.wordings import TITLES
from desktop.forms.dated.base import LONGEST, SOUND, TOO_LONG, Dated, Faulty, Services, digest

_Clean = Annotated[str, AfterValidator(clean)]


class DatedReason(Dated):
    """A reason by its sentence, as of `ReviewReason`; `listed` is no for one that is given no more.

    On which papers it rests is the figures file's to say; one that is new there rests on none.

    Another sentence is another reason: what experts have said stands in their own words of then.
    """

    sentence: _Clean
    gates: tuple[str, ...]
    articles: tuple[_Clean, ...] = ()
    listed: bool = True

    @property
    def faulty(self) -> Faulty:
        """It says something, of conditions that there are."""
        if not self.sentence:
            return "sentence", "دلیل را بنویسید."
        if not self.gates:
            return "gates", "بنویسید این دلیل دربارهٔ کدام شرط گفته می‌شود."
        if strange := [gate for gate in self.gates if gate not in TITLES]:
            return "gates", f"شرطی به نام «{strange[0]}» نداریم."
        parts = {"sentence": self.sentence, "articles": "؛ ".join(self.articles)}
        long = (part for part, text in parts.items() if len(text) > LONGEST)
        return next(((part, TOO_LONG) for part in long), SOUND)

    @property
    def about(self) -> str:
        """16 hex digits of the folded sentence's sha256: another spelling is the same reason."""
        return digest(fold(self.sentence))

    @property
    def words(self) -> str:
        """«برای سند رسمی؛ مستند: مادهٔ ۲۲ قانون ثبت», or that it is given no more."""
        if not self.listed:
            return "دیگر در فهرست نیست"
        parts = [f"برای {'، '.join(TITLES.get(gate, gate) for gate in self.gates)}"]
        if self.articles:
            parts.append(f"مستند: {' یا '.join(self.articles)}")
        return to_persian_digits("؛ ".join(parts))

    def named(self, services: Services) -> str:
        """The sentence."""
        return to_persian_digits(self.sentence)

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The whole list, in its order."""
        for reason in city.review_reasons.values():
            yield cls(
                sentence=reason.words,
                gates=reason.gates,
                articles=reason.articles,
                since=since,
            )

    def before(self, city: City, services: Services) -> Self:
        """The reason as the list has it; what is on no list is off it."""
        known = super().before(city, services)
        return known or self.model_copy(update={"listed": False})

    def put(self, city: City) -> City:
        """The city with this reason where it stood on the list, or without it."""
        listed, key = dict(city.review_reasons), fold(self.sentence)
        known = next((each for each in listed.values() if fold(each.words) == key), None)
        code, papers = (known.code, known.papers) if known is not None else (self.about, ())
        if self.listed:
            listed[code] = ReviewReason(code, self.sentence, self.gates, self.articles, papers)
        else:
            listed.pop(code, None)
        return replace(city, review_reasons=listed)

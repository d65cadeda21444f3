"""Words of the records and ways to object, each from its day on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from desktop.domain.city import City
from desktop.domain.objection import Ground
from desktop.domain.persian import clean, to_persian_digits
from desktop.domain.record_words import MEANING_WORDS, RecordWords, WordColumn, word_key
from desktop.forms.dated.base import SOUND, Dated, Faulty, Services, digest
from desktop.forms.schema.base import Text

_PLACES = re.compile(r"{[^}]*}?|}")
_UNLISTED = "بی‌معنا، نزد کارشناس"


class DatedWord(Dated):
    """A word of the records and what it means in its column; with no meaning it is on no list."""

    column: Annotated[WordColumn, Field(strict=False)]
    word: Annotated[Text, AfterValidator(clean)]
    meaning: str

    @field_validator("meaning")
    @classmethod
    def _known(cls, meaning: str, info: ValidationInfo) -> str:
        column = info.data.get("column")
        if meaning and column is not None and meaning not in set(column.meanings):
            raise ValueError(f"معنای «{meaning}» در ستون «{column.word}» نیست.")
        return meaning

    @property
    def about(self) -> str:
        """The column, and 16 hex digits of what the word's spellings have in common."""
        return f"{self.column}:{digest(word_key(self.word))}"

    @property
    def words(self) -> str:
        """What it means."""
        return MEANING_WORDS[self.column.meanings(self.meaning)] if self.meaning else _UNLISTED

    def named(self, services: Services) -> str:
        """«نوع سند، قولنامه»."""
        return f"{self.column.word}، {to_persian_digits(self.word)}"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """All words of all lists."""
        for column, meanings in city.words.lists.items():
            for meaning, words in meanings.items():
                for word in words:
                    yield cls(column=column, word=word, meaning=str(meaning), since=since)

    def before(self, city: City, services: Services) -> Self:
        """The word as its list has it; what is on no list means nothing."""
        return super().before(city, services) or self.model_copy(update={"meaning": ""})

    def put(self, city: City) -> City:
        """The city with this word on that list, and on no other of the column."""
        own = word_key(self.word)
        lists: dict[str, tuple[str, ...]] = {}
        for meaning, words in city.words.lists.get(self.column, {}).items():
            # The first word of a list is the one that the program itself says: it stays first.
            kept = self.word if meaning == self.meaning else None
            spelled = (kept if word_key(word) == own else word for word in words)
            lists[str(meaning)] = tuple(word for word in spelled if word is not None)
        if self.meaning and self.word not in lists.get(self.meaning, ()):
            lists[self.meaning] = (*lists.get(self.meaning, ()), self.word)
        return replace(city, words=RecordWords({**city.words.lists, self.column: lists}))


AUTHORITY, AUTHORITY_SHOWN = "{authority}", "{نام مرجع}"
"""The place in a sentence that who placed a hold is put into: as it is kept, and as it is read."""


class DatedObjection(Dated):
    """Where and until when a letter can be objected to on a ground: one sentence."""

    ground: Annotated[Ground, Field(strict=False)]
    sentence: Text

    @property
    def faulty(self) -> Faulty:
        """Only who placed a hold is filled in."""
        if set(_PLACES.findall(self.sentence)) - {AUTHORITY}:
            words = f"تنها جای {AUTHORITY_SHOWN} پر می‌شود؛ آکولادهای دیگر را بردارید."
            return "sentence", words
        return SOUND

    @property
    def about(self) -> str:
        """The ground."""
        return str(self.ground)

    @property
    def words(self) -> str:
        """The sentence as people read it."""
        return self.sentence.replace(AUTHORITY, AUTHORITY_SHOWN)

    def named(self, services: Services) -> str:
        """«راه اعتراض: بازداشت»."""
        return f"راه اعتراض: {self.ground.word}"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The ways that the city's data tell."""
        for ground, sentence in city.objections.ways.items():
            yield cls(ground=ground, sentence=sentence, since=since)

    def put(self, city: City) -> City:
        """The city with this way."""
        ways = {**city.objections.ways, self.ground: self.sentence}
        return replace(city, objections=replace(city.objections, ways=ways))

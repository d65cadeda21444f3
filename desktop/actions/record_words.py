"""Words of the records that no list knows: what they mean, said by one and signed by another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from desktop.actions import access, publishing
from desktop.actions.desk import Seat
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.record_words import WordColumn, word_key
from desktop.domain.stream import Topic
from desktop.forms.dated import DATED, DatedWord
from desktop.wire.records import UnknownBody

Meanings = Mapping[tuple[WordColumn, str], str]
"""By column and word, what it means: a value of `WordColumn.meanings`."""


def waiting(seat: Seat) -> frozenset[tuple[WordColumn, str]]:
    """Column and `word_key` of the words whose meaning waits for its second signature.

    Raises LineDown.
    """
    found = set()
    for each in publishing.waiting(seat):
        if each.draft.topic is Topic.WORD:
            for item in each.draft.items:
                said = DATED[Topic.WORD].model_validate_json(item.text)
                if isinstance(said, DatedWord):
                    found.add((said.column, word_key(said.word)))
    return frozenset(found)


def is_among(word: UnknownBody, known: frozenset[tuple[WordColumn, str]]) -> bool:
    """Whether the word is one of those."""
    return (WordColumn(word.column), word_key(word.word)) in known


def prepare(seat: Seat, meanings: Meanings, password: str) -> None:
    """Prepare what the words mean from tomorrow on; another person's signature puts it into force.

    Raises Refusal for a wrong password and for what hinders it, LineDown.
    """
    access.confirm(seat, password)
    tomorrow = iso_jalali(publishing.held(seat.desk).day + timedelta(days=1))
    words = [
        DatedWord(column=column, word=word, meaning=meaning, since=tomorrow)
        for (column, word), meaning in meanings.items()
    ]
    draft = publishing.figures_draft(seat.desk, Topic.WORD, words)
    answer = publishing.weigh(seat, draft)
    against = [each.words for each in answer.hindrances]
    against += [each.words for each in answer.warnings]
    if against:
        raise Refusals([Refusal(words) for words in against])
    publishing.prepare(seat, draft)

"""What was found of a draft that was weighed: its changes, hindrances, doubts and effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.centre.outlook import Foreseen
from desktop.centre.reference import Text
from desktop.centre.sanity import Doubt
from desktop.domain.calendar import format_long
from desktop.domain.errors import Refusal
from desktop.domain.stream import Published
from desktop.wire.publishing import (
    ChangeBody,
    HindranceBody,
    ItemBody,
    ToldBody,
    WarningBody,
    WeighAnswer,
)


@dataclass
class Weighed:
    """What a draft changes and what hinders it; `bases` are the versions that it takes the place
    of, in the order of its texts, empty where none held. `item` -1 is the whole draft. `back` takes
    back what was signed for later days, as the draft comes into force."""

    changes: list[ChangeBody] = field(default_factory=list)
    hindrances: list[HindranceBody] = field(default_factory=list)
    question: str = ""
    title: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    keep: int = 0
    bases: list[str] = field(default_factory=list)
    facts: list[Published] = field(default_factory=list)
    back: list[Published] = field(default_factory=list)

    def hinder(self, item: int, words: str) -> None:
        """Keep why it can't be published."""
        self.hindrances.append(HindranceBody(item=item, words=words))

    @property
    def told(self) -> ToldBody:
        """What the people who sign read of it."""
        return ToldBody(changes=self.changes, effects=self.effects, keep=self.keep)

    def answer(self, others: list[str]) -> WeighAnswer:
        """As it travels."""
        return WeighAnswer(
            told=self.told,
            hindrances=self.hindrances,
            question=self.question,
            warnings=[WarningBody(mark=each.mark, words=each.words) for each in self.doubts],
            others=others,
        )


def foreseen(facts: Sequence[Published]) -> list[Foreseen]:
    """The texts as they would hold."""
    return [Foreseen(fact.key, fact.effective_from, fact.version, fact.text) for fact in facts]


def change(
    item: ItemBody,
    fact: Published,
    title: str,
    replaces: str,
    held: Text | None,
    lines: Sequence[str],
) -> ChangeBody:
    """What a text changes; `replaces` is what it is called that holds on the day before it."""
    if held is not None and held.since == item.day:
        takes = "جای نسخه‌ای را می‌گیرد که برای همان روز منتشر شده بود."
    elif held is not None:
        takes = f"جای «{replaces or title}» را می‌گیرد که از {format_long(held.since)} برقرار است."
    elif replaces:
        takes = f"جای «{replaces}» را می‌گیرد."
    else:
        takes = "جای چیزی را نمی‌گیرد؛ تازه است."
    return ChangeBody(
        key=item.key,
        title=title,
        day=item.day,
        version=fact.version,
        replaces=replaces,
        takes=takes,
        lines=list(lines),
    )


def demand_day(found: Weighed, number: int, title: str, day: date, first: date) -> None:
    """Hinder what is to hold before its first day."""
    if day < first:
        words = f"از {format_long(day)} برقرار نمی‌شود؛ نخستین روز {format_long(first)} است."
        found.hinder(number, f"«{title}» {words}")


def demand_none(hindrances: Sequence[HindranceBody]) -> None:
    """Raise Refusal with all that hinders."""
    if hindrances:
        raise Refusal(" ".join(each.words for each in hindrances))

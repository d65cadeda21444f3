"""A service's lesson, made: the form, its right answers and the story, in one of its variants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from desktop.domain.city import City
from desktop.domain.lesson import Marked, Story, mark
from desktop.domain.service import Service
from desktop.forms.answers import Checked, Filled
from desktop.forms.lessons.choosing import lesson_examples
from desktop.forms.lessons.situation import Situation, situation
from desktop.forms.lessons.telling import answers, story


@dataclass(frozen=True)
class Lesson:
    """The lesson `number` (from 0) of a service, in its variant of that number."""

    number: int
    variant: int
    at: Situation
    story: Story

    @property
    def service(self) -> Service:
        """The service as the lesson asks it."""
        return self.at.service

    @property
    def day(self) -> date:
        """The day on which it plays."""
        return self.at.day

    def marked(self, filled: Filled, checked: Checked, outcome: str) -> Marked:
        """A form that was filled in, marked; `outcome` is what was foreseen."""
        return mark(self.story, answers(self.service, filled, checked, outcome))


def make_lesson(service: Service, number: int, variant: int, today: date, city: City) -> Lesson:
    """The lesson, the same for the same numbers, version and day.

    Raises IndexError for a number that the service has no lesson of, Refusal for one whose form
    can't be filled in today.
    """
    example = lesson_examples(service)[number]
    at = situation(service, example, variant, today, city)
    random = Random(f"{service.code}:{number}:{variant}")
    return Lesson(number, variant, at, story(at, random, today))

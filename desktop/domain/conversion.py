"""تبدیل کارگزاری به پیشخوان: the path's steps with their papers, and what the minutes wait for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.office import Office, OfficeKind
from desktop.domain.persian import is_blank, join_and, to_persian_digits


class ConversionStep(StrEnum):
    """A step of the path, in the order in which it is shown."""

    APPLICATION = "application"
    LICENCE = "licence"
    PREMISES = "premises"
    STAFF = "staff"
    EQUIPMENT = "equipment"
    TEST = "test"
    DAY = "day"
    MINUTES = "minutes"

    @property
    def word(self) -> str:
        """What it is called."""
        return _STEPS[self]

    @property
    def is_paper(self) -> bool:
        """Whether a paper is kept of it; staff are counted, tests come from the counters."""
        return self in PAPERS


_STEPS = {
    ConversionStep.APPLICATION: "درخواست تبدیل",
    ConversionStep.LICENCE: "پروانهٔ کارگروه استانی",
    ConversionStep.PREMISES: "بازدید محل",
    ConversionStep.STAFF: "آموزش کارکنان",
    ConversionStep.EQUIPMENT: "تجهیزات",
    ConversionStep.TEST: "درخواست آزمایشی هر باجه",
    ConversionStep.DAY: "روز تبدیل، کد و مصوبه",
    ConversionStep.MINUTES: "صورت‌جلسهٔ تبدیل",
}
PAPERS = frozenset(
    {
        ConversionStep.APPLICATION,
        ConversionStep.LICENCE,
        ConversionStep.PREMISES,
        ConversionStep.EQUIPMENT,
    }
)
_NEEDED = "«{}» لازم است."
_NO_SCAN = "تصویر «{}» پیوست نشده است."
_LICENCE_ENDS = "پروانه تا روز تبدیل اعتبار ندارد."
_UNTRAINED = "متصدی آموزش‌دیده ندارد: {}؛ درس آن‌ها را بگذرانند."
_NOBODY_TRAINED = "هیچ متصدی این دفتر برای خدمتی آموزش ندیده است."
_UNTESTED = "باجهٔ {} درخواست آزمایشی نفرستاده است."
_FAILED = "آزمایش باجهٔ {} درست نبود: {}"
CONVERTED = "این دفتر در {} تبدیل شده است؛ دوباره تبدیل نمی‌شود."


@dataclass(frozen=True)
class StepDone:
    """What was done of a step: the paper's number, day and signer, its scan; a term's end.

    Of a test `counter` is the desk's number, and `fault` says what was wrong, empty where nothing;
    its day and person are those of its signature. `number` is the service of which an example was
    pre-checked from there, and `until` to which day the records are that answered; empty where none
    was, and of a program before.
    """

    step: ConversionStep
    number: str = ""
    dated: date | None = None
    signed_by: str = ""
    scan: str = ""
    until: date | None = None
    counter: int = 0
    fault: str = ""

    def faults(self, today: date) -> Iterator[str]:
        """What is wrong with it by itself."""
        if not self.step.is_paper:
            return
        title = self.step.word
        if is_blank(self.number) or self.dated is None or is_blank(self.signed_by):
            yield f"شماره، تاریخ و امضاکنندهٔ «{title}» را بنویسید."
        elif self.dated > today:
            yield f"تاریخ «{title}» پس از امروز است."
        if not self.scan:
            yield _NO_SCAN.format(title)
        if self.step is ConversionStep.LICENCE and self.until is None:
            yield "پایان پروانه را بنویسید."


def remaining(
    done: Sequence[StepDone],
    untrained: Sequence[str] | None,
    counters: Collection[int],
    day: date | None = None,
) -> Iterator[tuple[ConversionStep, str]]:
    """What lacks before the minutes can be signed, in the order of the steps.

    `done` are the steps in the order of doing, a later one in the place of an earlier; `untrained`
    the titles of services that nobody of the office is trained for, None where it answers for none
    yet and nobody of it is trained for any; `counters` its desks' numbers; by `day` the licence is
    asked whether it holds then.
    """
    last: Mapping[tuple[ConversionStep, int], StepDone] = {
        (one.step, one.counter): one for one in done
    }
    for step in ConversionStep:
        paper = last.get((step, 0))
        if step.is_paper and paper is None:
            yield step, _NEEDED.format(step.word)
        ends = paper.until if paper else None
        if step is ConversionStep.LICENCE and day is not None and ends is not None and ends < day:
            yield step, _LICENCE_ENDS
        if step is ConversionStep.STAFF and untrained is None:
            yield step, _NOBODY_TRAINED
        if step is ConversionStep.STAFF and untrained:
            yield step, _UNTRAINED.format(join_and([f"«{title}»" for title in untrained]))
        if step is ConversionStep.TEST:
            yield from ((step, words) for words in _tests(last, counters))


def _tests(
    last: Mapping[tuple[ConversionStep, int], StepDone], counters: Collection[int]
) -> Iterator[str]:
    if not counters:
        yield _NEEDED.format(ConversionStep.TEST.word)
    for counter in sorted(counters):
        test = last.get((ConversionStep.TEST, counter))
        if test is None:
            yield to_persian_digits(_UNTESTED.format(counter))
        elif test.fault:
            yield to_persian_digits(_FAILED.format(counter, test.fault))


def converted_on(office: Office) -> date | None:
    """From which day, past or to come, the office is a پیشخوان after it was a کارگزاری; or None."""
    was_agency = False
    for since, card in office.cards:
        if was_agency and card.kind is OfficeKind.COUNTER:
            return since
        was_agency = was_agency or card.kind is OfficeKind.AGENCY
    return None

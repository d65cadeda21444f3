"""Inspectors' rounds as a sheet that is typed, a row an inspector; and what changes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from desktop.domain.calendar import WEEKDAYS
from desktop.domain.counter import Halves
from desktop.domain.errors import Refusal
from desktop.domain.persian import join_and, to_latin_digits, to_persian_digits
from desktop.forms.rota import RoundsPart
from desktop.forms.sheet_rows import SheetRow, each_row

WHO, DISTRICTS, VISITS = "who", "districts", "visits"
DAYS = {f"day{number}": day for number, day in enumerate(WEEKDAYS[:-1])}
"""The columns of the days of the week on which somebody may go, in their order."""
MOST_VISITS = 40
NOWHERE = RoundsPart(districts=[], half_days={})
"""The rounds of an inspector who goes nowhere any more."""
_BETWEEN = re.compile(r"[\s،,؛;و]+")
_TO, _PAIR = "تا", 2
_SPAN = re.compile(rf"([0-9]{{1,2}})\s*{_TO}\s*([0-9]{{1,2}})")
_NO_INSPECTOR = "مأمور را برگزینید."
_TWICE = "این مأمور در سطر دیگری هم آمده است."
_NO_DISTRICT = "شمارهٔ منطقه‌ها را مانند «۱، ۲» بنویسید."
_NO_HALF = "دست‌کم یک نیم‌روز را برگزینید، یا سطر را بردارید."
_NO_COUNT = f"شمار بازدید در نیم‌روز از ۱ تا {MOST_VISITS} است."


def half_choices(halves: Halves) -> tuple[tuple[str, str], ...]:
    """What a cell of a day can say: its halves by their numbers, or none."""
    each = ((str(half), hours.short) for half, hours in halves.items())
    return ("12", "همهٔ روز"), *each, ("0", "—")


def sheet_row(staff_id: str, rounds: RoundsPart, usual: int) -> dict[str, str]:
    """An inspector's rounds as a row; `usual` is how many visits the figures say."""
    return {
        WHO: staff_id,
        DISTRICTS: to_persian_digits(_short(sorted(rounds.districts))),
        **{
            column: "".join(str(half) for half in sorted(_halves(rounds, day))) or "0"
            for column, day in DAYS.items()
        },
        VISITS: str(rounds.visits or usual),
    }


def read_rounds(
    rows: Sequence[Mapping[str, str]], held: Mapping[str, RoundsPart], usual: int
) -> dict[str, RoundsPart]:
    """The rounds of the rows by inspector, with the leave that their rounds of before told.

    Raises Refusals with every fault by row.
    """
    found: dict[str, RoundsPart] = {}

    def read(row: SheetRow) -> None:
        who = row.cells.get(WHO, "")
        if not who:
            raise Refusal(_NO_INSPECTOR)
        if who in found:
            raise Refusal(_TWICE)
        found[who] = _rounds(row.cells, held.get(who, NOWHERE), usual)

    each_row((SheetRow(number, cells) for number, cells in enumerate(rows, start=1)), read)
    return found


def _rounds(cells: Mapping[str, str], before: RoundsPart, usual: int) -> RoundsPart:
    districts = _numbers(cells.get(DISTRICTS, ""))
    if not districts:
        raise Refusal(_NO_DISTRICT)
    half_days = {
        day: [half for half in (1, 2) if str(half) in cells.get(column, "")]
        for column, day in DAYS.items()
    }
    half_days = {day: halves for day, halves in half_days.items() if halves}
    if not half_days:
        raise Refusal(_NO_HALF)
    typed = to_latin_digits(cells.get(VISITS, "")) or str(usual)
    if not typed.isdecimal() or not 1 <= int(typed) <= MOST_VISITS:
        raise Refusal(to_persian_digits(_NO_COUNT))
    # Who makes as many as the figures say goes on with the figure.
    own = 0 if int(typed) == usual and not before.visits else int(typed)
    parts = {"districts": districts, "half_days": half_days, "visits": own}
    return RoundsPart.model_validate({**parts, "away": [each.model_dump() for each in before.away]})


def _short(numbers: Sequence[int]) -> str:
    """«1 تا 4، 7»: a column is narrow."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = (
        [f"{run[0]} {_TO} {run[-1]}"] if len(run) > _PAIR else [str(each) for each in run]
        for run in runs
    )
    return "، ".join(part for span in spans for part in span)


def _spanned(found: re.Match[str]) -> str:
    """«1 تا 4» number by number; the other way round it is none of them."""
    first, last = int(found[1]), int(found[2])
    return "،".join(str(each) for each in range(first, last + 1)) or found[0]


def _numbers(text: str) -> list[int]:
    text = _SPAN.sub(_spanned, to_latin_digits(text))
    parts = [part for part in _BETWEEN.split(text) if part]
    if not all(part.isdecimal() for part in parts):
        raise Refusal(_NO_DISTRICT)
    return sorted({int(part) for part in parts})


def rounds_lines(
    old: RoundsPart | None, new: RoundsPart, usual: int, halves: Halves
) -> Iterator[str]:
    """Each difference as a sentence; of an inspector who had none, all that is told of him."""
    if not new.half_days:
        yield "دیگر به بازدید نمی‌رود."
        return
    before = old if old is not None and old.half_days else None
    for title, was, now in _parts(before or NOWHERE, new, usual, halves):
        if was != now:
            yield f"{title}: از «{was}» به «{now}»." if before else f"{title}: «{now}»."


def _parts(
    old: RoundsPart, new: RoundsPart, usual: int, halves: Halves
) -> Iterator[tuple[str, str, str]]:
    yield "منطقه‌ها", _districts(old), _districts(new)
    for day in DAYS.values():
        yield day, _words(old, day, halves), _words(new, day, halves)
    yield "بازدید در نیم‌روز", _visits(old, usual), _visits(new, usual)


def _districts(rounds: RoundsPart) -> str:
    return join_and([to_persian_digits(each) for each in sorted(rounds.districts)])


def _visits(rounds: RoundsPart, usual: int) -> str:
    return to_persian_digits(rounds.visits or usual) if rounds.half_days else ""


def _words(rounds: RoundsPart, day: str, halves: Halves) -> str:
    held = _halves(rounds, day)
    if not held:
        return "نمی‌رود" if rounds.half_days else ""
    return " و ".join(halves[half].short for half in sorted(held))


def _halves(rounds: RoundsPart, day: str) -> set[int]:
    return {half for held, halves in rounds.half_days.items() if held == day for half in halves}

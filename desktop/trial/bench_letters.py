"""What the bench measures of letters: drawn, a thousand in a row, checked from pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from desktop.actions import checking
from desktop.actions.letters import kept
from desktop.centre import check_files
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.following import Crew, case_now, release
from desktop.demo.house import open_house
from desktop.domain.case import Case
from desktop.domain.letter import Letter, Release
from desktop.keys import new_letter_key
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House, Opening
from desktop.reports.floor import latin
from desktop.reports.letter import draw_released
from desktop.scans.alike import picture_of
from desktop.scans.pdf import each_of_letter
from desktop.trial.bench_answers import filled
from desktop.trial.bench_page import page_lines
from desktop.trial.figures import By, Goal, Line, line, milliseconds
from desktop.trial.memory import resident_mb
from desktop.wire.letters import Releaser

_WARM = 100
"""So many letters are drawn before memory is looked at: fonts and caches are full by then."""
_DPI = 150


def letter_lines(
    folder: Path, properties: int, seed: int, count: int, in_a_row: int
) -> Iterator[Line]:
    """The letters of so many requests, then `in_a_row` one after the other, then one checked by the
    window and by the page that citizens have."""
    clock = SteppingClock(datetime.now(UTC))
    house = open_house(folder, Opening(clock), properties=properties, seed=seed)
    try:
        ring_at_once(house)
        crew = seat_crew(house)
        requests = filled(crew, properties, seed, clock.moment)
        cases = [register() for _, register in islice(requests, count)]
        answered = [case for case in cases if case.answer is not None]
        letters = [case.answer.letter for case in answered if case.answer is not None]
        yield from _drawn(letters)
        yield _in_a_row(letters, in_a_row)
        letter = _stamped(house, crew, answered[0])
        yield _checked(house, letter)
        yield from _checked_by_citizens(house, folder, letter)
    finally:
        house.close()


def _draw(letter: Letter, releaser: Releaser) -> bytes:
    day = letter.issued_on
    by = Release("محمد زارع", "مسئول دفتر پیشخوان ۲۱", day, "office")
    return draw_released(letter, by, releaser, on=day, copy=1)[1]


def _drawn(letters: list[Letter]) -> Iterator[Line]:
    """One letter, beside what ReportLab alone takes for as many words."""
    drawn, floor = [], []
    releaser = Releaser(new_letter_key())
    for number, letter in enumerate(letters):
        proof = releaser.prove(letter, letter.issued_on, 1)
        drawn.append(milliseconds(partial(_draw, letter, releaser)))
        floor.append(milliseconds(partial(latin, letter, proof, number)))
    first = "the same by ReportLab, the first"
    yield line("one letter, the first in a process", drawn[0], "ms", first, floor[0], Goal(100))
    least = "ReportLab, as many Latin words, same font, stamp and QR"
    warm, other = median(drawn[1:]), median(floor[1:])
    name = "one letter, warm, new text and QR"
    yield line(name, warm, "ms", least, other, Goal(1.6, By.RATIO))
    yield line(f"{name}: whole", warm, "ms", least, other, Goal(25))


def _in_a_row(letters: list[Letter], count: int) -> Line:
    """What memory so many letters leave behind."""
    releaser = Releaser(new_letter_key())
    before = 0.0
    for number, letter in enumerate(islice(cycle(letters), _WARM + count)):
        if number == _WARM:
            before = resident_mb()
        _draw(replace(letter, letter_id=f"{letter.letter_id}/{number}"), releaser)
    name = f"memory after {count:,} letters in a row"
    return line(name, resident_mb(), "MB", "before them", before, Goal(5, By.MORE))


def _stamped(house: House, crew: Crew, case: Case) -> bytes:
    """The case's answer as it is printed."""
    release(crew, case)
    held = case_now(crew.clerk, case.case_id).answer
    assert held is not None
    return kept(house.office.desk, held)


def _checked(house: House, letter: bytes) -> Line:
    """From a scan of a stamped letter to its verdict, the first in this process."""
    desk = house.office.desk
    checking.renew(desk)
    scan = io.BytesIO()
    (picture,) = list(each_of_letter(letter, _DPI, picture_of))[:1]
    picture.save(scan, format="PNG")
    name = f"a scan of {_DPI} dpi → its verdict, the first"
    taken = milliseconds(partial(checking.check_file, desk, scan.getvalue()))
    return line(name, taken, "ms", "none", 0, Goal(1_000))


def _checked_by_citizens(house: House, folder: Path, letter: bytes) -> Iterator[Line]:
    """Where the machine has a browser, from pictures of it by the page that citizens have."""
    centre = house.centre
    with centre.reading() as session:
        keys, ended = check_files.keys_file(session, centre), check_files.list_file(session, centre)
    yield from page_lines(folder, letter, keys, ended)

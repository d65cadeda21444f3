"""The paper of letters: spoiled sheets, more copies than usual, and nothing that nobody counts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from random import Random

import pytest

from desktop.actions import board, letters, office_day, recalls, stamped_sheets
from desktop.centre import stamped_sheets as centre_sheets
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.demo.people import PASSWORD
from desktop.domain import facts as f
from desktop.domain.case_letters import CaseLetter, moved
from desktop.domain.errors import Refusal
from desktop.domain.lawful_paper import is_beyond
from desktop.domain.paper import CopyAnswered, SheetSpoiled
from desktop.domain.stamped_sheets import SheetRun
from desktop.premises.clocks import SteppingClock
from desktop.store import ledger
from desktop.store.ledger import Printing, PrintState, SheetSaid
from desktop.store.work_items import ItemKind
from desktop.wire.recalls import Part
from tests.actions.printing_child import PRINTER, RECEIVER, SEEN, Step, Tray, kills_in, opened
from tests.houses import MORNING, copied_house
from tests.sizes import size
from tests.town import PROPERTIES, Town

_ROOT = Path(__file__).parents[2]
_BUNDLE = SheetRun("الف", 1, 2_000)


def stamped(town: Town, number: int = 0) -> str:
    case_id = town.register(town.record(Scenario.CLEAN, number))
    release(town.crew, case_now(town.crew.clerk, case_id))
    town.house.office.sync()
    return case_id


def held_in(town: Town, case_id: str) -> CaseLetter:
    return case_now(town.crew.clerk, case_id).letters[0]


def printed(town: Town, case_id: str, reason: str = "", *, manager: bool = False) -> Printing:
    """The next copy came out; the sheet."""
    seat = town.crew.manager if manager else town.crew.clerk
    held = held_in(town, case_id)
    begun = letters.begin_print(seat, case_id, held, PRINTER, reason)
    letter_id = held.letter.letter_id
    letters.end_print(seat, case_id, letter_id, begun, PRINTER, reason, out=True)
    town.house.office.sync()
    sheet = letters.unsaid(seat.desk)[-1]
    assert sheet.letter_id == letter_id
    return sheet


def test_a_spoiled_sheet_is_printed_once_more_as_the_same_copy(small_town: Town) -> None:
    town = small_town
    case_id, clerk = stamped(town), town.crew.clerk
    first = printed(town, case_id)
    with pytest.raises(Refusal) as no:
        letters.spoil(clerk, first, " ")
    assert no.value.field == "reason"
    letters.spoil(clerk, first, "کج چاپ شد")
    town.house.office.sync()
    held = held_in(town, case_id)
    assert (held.copies, held.on_paper, held.next_copy) == (1, 0, 1)
    # Nobody gets a sheet that was destroyed, and it is destroyed once.
    with pytest.raises(Refusal, match="هنوز چاپ نشده"):
        letters.hand_over(clerk, case_id, held.letter.letter_id, "مالک", RECEIVER, SEEN, PASSWORD)
    with pytest.raises(Refusal, match="پیش‌تر گفته شده"):
        letters.spoil(clerk, first, "کج چاپ شد")
    again = printed(town, case_id)
    assert (again.copy, again.sha256) == (1, first.sha256)
    # To nobody, and to no code but one: the centre compares it with the clerk's own.
    for nobody in ("", "4420123456", "zzz"):
        with pytest.raises(Refusal):
            letters.hand_over(clerk, case_id, held.letter.letter_id, "مالک", nobody, SEEN, PASSWORD)
    # And on no word alone: what was seen of who takes it is kept with the letter.
    for nothing in ((), (" ",), ("", "\u200c")):
        with pytest.raises(Refusal) as no:
            letters.hand_over(
                clerk, case_id, held.letter.letter_id, "مالک", RECEIVER, nothing, PASSWORD
            )
        assert no.value.field == "seen"
    letters.hand_over(clerk, case_id, held.letter.letter_id, "مالک", RECEIVER, SEEN, PASSWORD)
    # Whoever hands it over has read it.
    assert letters.unsaid(clerk.desk) == []
    with clerk.desk.store.reading() as session:
        said = [each.said for each in ledger.of_letter(session, held.letter.letter_id)]
    assert said == [SheetSaid.SPOILED, SheetSaid.READABLE]
    # Two sheets went: one is a first copy, one was lost.
    assert office_day.look(town.crew.manager).printed == (1, 0, 1)


def test_what_never_came_out_used_no_sheet(small_town: Town) -> None:
    town = small_town
    case_id = stamped(town)
    letters.spoil(town.crew.clerk, printed(town, case_id), "کاغذ بیرون نیامد", out=False)
    town.house.office.sync()
    assert held_in(town, case_id).next_copy == 1
    assert office_day.look(town.crew.manager).printed == (0, 0, 0)


@pytest.mark.slow
def test_more_copies_than_usual_are_the_supervisors(town: Town) -> None:
    case_id, crew = stamped(town), town.crew
    printed(town, case_id)
    for _ in range(2):
        printed(town, case_id, "برای بانک", manager=True)
    held = held_in(town, case_id)
    letter_id = held.letter.letter_id
    with pytest.raises(Refusal, match="با اجازهٔ ناظر"):
        letters.begin_print(crew.manager, case_id, held, PRINTER, "برای وکیل")
    with pytest.raises(Refusal) as no:
        letters.ask_copy(crew.clerk, case_id, letter_id, " ")
    assert no.value.field == "reason"
    for allowed in (False, True):
        letters.ask_copy(crew.clerk, case_id, letter_id, "برای وکیل مالک")
        town.house.office.sync()
        with pytest.raises(Refusal, match="از ناظر خواسته شده"):
            letters.begin_print(crew.manager, case_id, held_in(town, case_id), PRINTER, "برای وکیل")
        with pytest.raises(Refusal):
            recalls.answer_copy(
                crew.expert, case_now(crew.clerk, case_id), letter_id, "بله", PASSWORD, allowed=True
            )
        (row,) = recalls.listed(crew.supervisor, Part.COPIES).rows
        assert (row.letter_id, row.reason) == (letter_id, "برای وکیل مالک")
        shown, _ = board.municipal_case(crew.supervisor, case_id)
        recalls.answer_copy(
            crew.supervisor, shown, letter_id, "نسخه‌ها کافی است", PASSWORD, allowed=allowed
        )
        town.house.municipality.sync()
        town.house.office.sync()
        assert recalls.listed(crew.supervisor, Part.COPIES).rows == []
        items = [x for x in board.items(crew.clerk.desk) if x.kind is ItemKind.COPY_ANSWERED]
        assert items[-1].detail["allowed"] == ("yes" if allowed else "")
    assert printed(town, case_id, "برای وکیل", manager=True).copy == 4
    # Of one that an earlier program printed more often too, it is the next that is allowed.
    often = replace(held_in(town, case_id), copies=7)
    desk = crew.clerk.desk
    with desk.store.reading() as session:
        city = desk.reference.city(session, town.clock.moment.date())
    assert is_beyond(often, city)
    assert not is_beyond(moved(often, CopyAnswered(letter_id, True, "")), city)
    assert [x for x in board.items(crew.clerk.desk) if x.kind is ItemKind.COPY_ANSWERED] == []


@pytest.mark.long
@pytest.mark.timeout(size(1_500, 3_600))
def test_no_sheet_is_unaccounted_for_whatever_kills_the_program(
    tmp_path: Path, properties: dict[Scenario, list[object]]
) -> None:
    """A spooler of ours counts what came out; the program is killed at each step of a print, of
    letters at random, and begun again."""
    clock = SteppingClock(MORNING.astimezone(UTC))
    house = copied_house(tmp_path / "house", clock, PROPERTIES)
    ring_at_once(house)
    town = Town(house, clock, seat_crew(house), properties)  # type: ignore[arg-type]
    case_ids = [stamped(town, number % 10) for number in range(size(60, 1_000))]
    stamped_sheets.take(town.crew.manager, PASSWORD, _BUNDLE, "۱۴۰۵/۷۷")
    house.office.sync()
    (tmp_path / "cases").write_text(json.dumps(case_ids), encoding="utf-8")
    town.close()
    begun = 0
    while True:
        begun += 1
        ended = subprocess.run(
            [sys.executable, "-m", "tests.actions.printing_child", str(tmp_path), str(begun)],
            cwd=_ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            check=False,
            timeout=900,
        )
        if ended.returncode == 0:
            break
        assert ended.returncode == -9
    assert set(kills_in(tmp_path)) == set(Step)
    _count(tmp_path, case_ids)


def _count(folder: Path, case_ids: list[str]) -> None:
    """Tray, ledger and the centre's facts say the same of every sheet."""
    tray = Tray(folder / "tray", Random(0)).sheets()
    house = opened(folder / "house")
    crew = seat_crew(house)
    house.office.sync()
    said: Counter[str] = Counter()
    numbers: list[int] = []
    for case_id in case_ids:
        told = [fact.payload for fact in board.look(crew.clerk.desk, case_id).confirmed]
        with crew.clerk.desk.store.reading() as session:
            held = case_now(crew.clerk, case_id).letters[0]
            sent = ledger.of_letter(session, held.letter.letter_id)
        out = [each for each in sent if each.state is PrintState.PRINTED]
        spoiled = [each for each in out if each.said is SheetSaid.SPOILED]
        assert {each.state for each in sent} <= {PrintState.PRINTED, PrintState.FAILED}
        assert len(out) == sum(isinstance(each, f.LetterPrinted) for each in told)
        assert len(spoiled) == sum(isinstance(each, SheetSpoiled) for each in told)
        # One sheet of each letter can be used, and somebody has it.
        assert len(out) - len(spoiled) == held.on_paper == 1
        assert sum(isinstance(each, f.HandedOver) for each in told) == 1
        said["out"] += len(out)
        runs = [each.sheets for each in told if isinstance(each, f.LetterPrinted)]
        numbers += [number for run in runs if run for number in range(run.first, run.last + 1)]
    assert said["out"] == sum(tray.values())
    # No sheet of the bundle carries two letters; the rest is blank here and at the centre.
    bundle = stamped_sheets.look(crew.manager).bundles[0]
    assert len(numbers) == len(set(numbers)) == bundle.written + bundle.spoiled
    assert bundle.blank == _BUNDLE.count - len(numbers)
    with house.centre.reading() as session:
        (stock,) = centre_sheets.stocks(session)
    assert stock.blank == bundle.blank
    assert letters.doubted(crew.clerk.desk) == letters.unsaid(crew.clerk.desk) == []
    house.close()

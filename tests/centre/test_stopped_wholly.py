"""An office that is stopped with all its letters: another hands them over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import heirs, staffing
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, deliver, release, void
from desktop.domain.enforcement import Bar
from desktop.domain.errors import Refusal
from desktop.domain.state import State
from tests.delegated import ACT, announce, refusals
from tests.heirs import HEIR, Heir, finish, open_heir
from tests.town import Town


@pytest.fixture
def heir(town: Town, tmp_path: Path) -> Heir:
    """The other office, which answers for the same services from tomorrow on."""
    return open_heir(announce(town), tmp_path / "heir", HEIR)


_OF_LETTERS = ("release-letter", "print-letter", "hand-over", "void-letter")


@pytest.mark.slow
def test_a_stopped_office_does_nothing_with_its_letters_where_the_stop_is_whole(
    town: Town, heir: Heir
) -> None:
    """Not at the desk once it has heard, nor at the centre what it did before; the heir does."""
    crew, supervisor = town.crew, town.crew.supervisor
    cases = [town.register(town.record(Scenario.CLEAN, n)) for n in range(4)]
    issued, other, released, printed = (case_now(crew.clerk, each) for each in cases)
    for case in (released, printed):
        release(crew, case)
    town.house.office.sync()
    deliver(crew, case_now(crew.clerk, printed.case_id))
    town.house.office.sync()

    def act() -> list[str]:
        """All that is done with letters; the words of what is refused."""
        found = []
        for done, case in (
            (release, issued),
            (deliver, case_now(crew.clerk, released.case_id)),
            (deliver, case_now(crew.clerk, printed.case_id)),
        ):
            try:
                done(crew, case)
            except Refusal as no:
                found.append(no.words)
        assert other.answer is not None
        try:
            void(crew.manager, other.case_id, other.answer.letter.letter_id, "نشانی اشتباه است")
        except Refusal as no:
            found.append(no.words)
        return found

    soon = town.clock.now() + timedelta(days=1)
    with pytest.raises(Refusal, match="از آغاز توقف"):
        staffing.stop_wholly(supervisor, "21", HEIR, "تخلف", ACT, soon)
    town.house.office.bell.ring = lambda: None
    staffing.stop_wholly(supervisor, "21", "", "تخلف", ACT)
    town.clock.moment += timedelta(minutes=1)
    # Nobody told the desk.
    assert act() == []
    town.house.office.sync()
    told = refusals(town, "office:21")
    assert told == [(each, Bar.OFFICE_STOPPED.value) for each in _OF_LETTERS]
    words = act()
    assert len(words) == len(_OF_LETTERS)
    assert {"نامه‌های آن را دفتر دیگری" in each for each in words} == {True}
    town.house.municipality.sync()
    heirs.name(supervisor, "21", HEIR, ACT)
    heir.hear()
    for case_id in cases:
        assert finish(heir, case_id).state is State.HANDED_OVER

"""Two desks of one office at one case: the first at the centre stands, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest

from desktop.actions import access, batch, board, letters, review
from desktop.actions.batch import Fate
from desktop.actions.desk import Clock, Seat
from desktop.actions.stamping import Chosen
from desktop.centre.counting import counted
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, step
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain import facts as f
from desktop.domain.errors import Refusal
from desktop.domain.people import Role, Staff
from desktop.domain.state import State
from desktop.keys import DeviceKeys
from desktop.premises.desks import Running, open_desk
from desktop.premises.embedded import Enrolment, enrol_desk, enrol_person
from desktop.sql.engine import Place
from tests.houses import CHEAP
from tests.town import Town

SECOND = Staff("reza-khabiri", "رضا خبیری", Role.MANAGER, "21", title="مسئول دوم")


class Pair:
    """The office's first desk, and a second one with its own manager."""

    def __init__(self, town: Town, folder: Path, clock: Clock | None = None) -> None:
        self.town = town
        keys = DeviceKeys(folder / "keys", cost=CHEAP)
        centre = town.house.centre
        device = enrol_desk(centre, keys, Enrolment(folder / "second.db", OFFICE, 3))
        key = keys.find(device)
        assert key is not None
        self.second: Running = open_desk(
            folder / "second.db", town.line, key, clock or town.clock, demo=True
        )
        enrol_person(centre, self.second.desk, SECOND, PASSWORD, town.clock.now(), CHEAP)
        self.second.sync()
        self.first = town.house.office
        self.first.sync()
        self.seat: Seat = access.sign_in(self.second.desk, SECOND.name, PASSWORD)

    def sync(self, first: bool) -> None:
        """Both desks, in that order, until both have everything."""
        for running in (self.first, self.second) if first else (self.second, self.first):
            assert running.sync().well
        self.first.sync()

    def line(self, up: bool) -> None:
        """Let acts reach the centre at once, or only when `sync` is called."""
        for running in (self.first, self.second):
            running.bell.ring = partial(_once, running) if up else _never


def _once(running: Running) -> None:
    running.sync()


def _never() -> None:
    return


@pytest.fixture
def pair(
    any_url: Place, make_town: Callable[[Place | None], Town], tmp_path: Path
) -> Iterator[Pair]:
    """A second desk beside the first, on either database."""
    made = Pair(make_town(any_url), tmp_path / "second")
    yield made
    made.second.close()


def test_both_desks_see_the_same_case(pair: Pair) -> None:
    case_id = pair.town.register(pair.town.record(Scenario.CLEAN))
    pair.second.sync()
    assert board.look(pair.second.desk, case_id).case == case_now(pair.town.crew.clerk, case_id)


@pytest.mark.parametrize("first", [True, False])
def test_two_clerks_amend_one_field(pair: Pair, first: bool) -> None:
    case_id = pair.town.register(pair.town.record(Scenario.DEED), "no-violation")
    pair.second.sync()
    pair.line(up=False)
    review.amend(pair.town.crew.clerk, case_id, {"party.mobile": "09130000001"})
    review.amend(pair.seat, case_id, {"party.mobile": "09130000002"})
    pair.sync(first)
    stands = "09130000001" if first else "09130000002"
    for desk in (pair.first.desk, pair.second.desk):
        case = board.look(desk, case_id).case
        assert case is not None
        assert case.request.party.mobile == stands
    items = [*board.items(pair.first.desk), *board.items(pair.second.desk)]
    assert {(item.key, item.theirs) for item in items} == {("party.mobile", stands)}


@pytest.mark.parametrize("first", [True, False])
def test_void_against_hand_over(pair: Pair, first: bool) -> None:
    case_id = pair.town.register(pair.town.record(Scenario.CLEAN))
    for _ in range(2):
        step(pair.town.crew, case_now(pair.town.crew.clerk, case_id), pair.town.clock.moment)
    pair.second.sync()
    held = case_now(pair.town.crew.clerk, case_id).answer
    assert held is not None
    pair.line(up=False)
    letter_id = held.letter.letter_id
    letters.hand_over(pair.town.crew.clerk, case_id, letter_id, "مالک", "", (), PASSWORD)
    letters.void(pair.seat, case_id, letter_id, "توقیف رسید", PASSWORD)
    pair.sync(first)
    case = case_now(pair.town.crew.clerk, case_id)
    facts = [x.payload for x in board.look(pair.first.desk, case_id).confirmed]
    voided = [x for x in facts if isinstance(x, f.LetterVoided)]
    handed = [x for x in facts if isinstance(x, f.HandedOver)]
    assert len(voided) == 1
    # Handed over first, both are true and the void stands; voided first, nothing is given.
    assert len(handed) == (1 if first else 0)
    assert case.state is State.ISSUED
    assert counted(pair.town.house.centre)["gaps"] == 0


@pytest.mark.parametrize("first", [True, False])
def test_one_batch_at_two_desks(pair: Pair, first: bool) -> None:
    """Each letter is stamped once, and comes on paper at the desk whose stamp stands."""
    ids = [pair.town.register(pair.town.record(Scenario.CLEAN, number)) for number in range(3)]
    pair.second.sync()
    chosen = [chosen_of(pair.town.crew.manager, case_id) for case_id in ids]
    seats = (pair.town.crew.manager, pair.seat)
    pair.line(up=False)
    for seat in seats:
        confirmed = batch.open_batch(seat, PASSWORD)
        for each in chosen:
            batch.stamp_one(confirmed, each)
        assert {each.fate for each in batch.look(seat, chosen)} == {Fate.SENDING}
    pair.sync(first)
    pair.second.sync()
    stands, late = seats if first else seats[::-1]
    assert {each.fate for each in batch.look(stands, chosen)} == {Fate.READY}
    assert {each.fate for each in batch.look(late, chosen)} == {Fate.ELSEWHERE}
    for case_id in ids:
        told = board.look(stands.desk, case_id).confirmed
        assert sum(isinstance(fact.payload, f.LetterReleased) for fact in told) == 1
    # What the other desk has stamped meanwhile is told at once, and nothing is asked of the centre.
    with pytest.raises(Refusal):
        batch.stamp_one(batch.open_batch(late, PASSWORD), chosen[0])


def chosen_of(seat: Seat, case_id: str) -> Chosen:
    """The case's letter, chosen for a batch."""
    held = case_now(seat, case_id).answer
    assert held is not None
    return Chosen(case_id, held.letter.letter_id)


@pytest.mark.slow
@pytest.mark.parametrize(
    "any_url", ["postgresql", pytest.param("sqlite", marks=pytest.mark.long)], indirect=True
)
def test_both_desks_at_once_two_hundred_times(pair: Pair) -> None:
    random = Random(1405)
    pair.line(up=True)
    for number in range(20):
        ids = [pair.town.register(pair.town.record(Scenario.CLEAN, number % 40)) for _ in range(2)]
        pair.second.sync()
        for case_id in ids:
            _race(pair, case_id, random)
    figures = counted(pair.town.house.centre)
    assert figures["gaps"] == 0
    assert figures["held"] == 0


def _race(pair: Pair, case_id: str, random: Random) -> None:
    """Five acts of each desk on one case in two threads; whatever wins, both end up the same."""

    def acts(seat: Seat) -> None:
        for _ in range(5):
            held = case_now(seat, case_id).answer
            if held is None:
                return
            try:
                if random.random() < 0.5:
                    letters.release(seat, case_id, held.letter, PASSWORD)
                else:
                    letters.void(seat, case_id, held.letter.letter_id, "دوباره", PASSWORD)
            except Refusal:
                # The other desk was there first: told in words, nothing changed.
                continue

    threads = [
        threading.Thread(target=acts, args=(seat,)) for seat in (pair.town.crew.manager, pair.seat)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pair.sync(first=True)
    assert board.look(pair.second.desk, case_id).settled == (
        board.look(pair.first.desk, case_id).settled
    )

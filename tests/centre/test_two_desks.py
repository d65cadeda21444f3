"""Two desks of one office at one case: the first at the centre stands, the other is told."""

from __future__ import annotations

import threading
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pytest

from desktop.actions import access, batch, board, counter_acts, letters, reviewing, waiting
from desktop.actions.batch import LetterFate
from desktop.actions.desk import Clock, Seat
from desktop.actions.stamping import Chosen
from desktop.centre import people
from desktop.centre.counting import counted
from desktop.centre.streams import load_facts
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, clearing, deliver, refusing, step
from desktop.demo.people import MUNICIPAL, OFFICE, PASSWORD
from desktop.domain import facts as f
from desktop.domain.commands import HandOver, VoidLetter
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.people import Role, Staff
from desktop.domain.recall import still_to_tell
from desktop.domain.state import State
from desktop.keys import DeviceKeys, PersonKeys, new_key, new_letter_key, wrap_person
from desktop.premises.desks import Running, open_desk
from desktop.premises.embedded import Enrolment, enrol_desk, enrol_person
from desktop.sql.engine import Place
from desktop.store import people as store_people
from desktop.store.work_items import ItemKind
from desktop.ui.standing.work_items import item_words
from desktop.wire.assent import witnessed
from desktop.wire.link import public_hex
from tests.at_once import at_once
from tests.figures import FIGURE
from tests.houses import CHEAP
from tests.sizes import size
from tests.town import Town

EXPERT = Staff("nasrin-amiri", "نسرین امیری", Role.EXPERT, MUNICIPALITY, title="کارشناس دوم")
SEEN = ("کارت ملی",)
SECOND = Staff("reza-khabiri", "رضا خبیری", Role.MANAGER, "21", title="مسئول دوم")


def seated(
    town: Town, folder: Path, office: OfficeCard, staff: Staff, clock: Clock | None = None
) -> tuple[Running, Seat]:
    """Another desk of the office, and that person at it."""
    keys = DeviceKeys(folder / "keys", cost=CHEAP)
    centre = town.house.centre
    device = enrol_desk(centre, keys, Enrolment(folder / "second.db", office, 3))
    key = keys.find(device)
    assert key is not None
    running = open_desk(folder / "second.db", town.line, key, clock or town.clock, demo=True)
    enrol_person(centre, running.desk, staff, PASSWORD, town.clock.now(), CHEAP)
    running.sync()
    return running, access.sign_in(running.desk, staff.name, PASSWORD)


_PATIENCE_S = size(600, 7_200)


class Pair:
    """The office's first desk, and a second one with its own manager."""

    def __init__(self, town: Town, folder: Path, clock: Clock | None = None) -> None:
        self.town = town
        self.second, self.seat = seated(town, folder, OFFICE, SECOND, clock)
        self.first = town.house.office
        self.first.sync()

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


@pytest.mark.slow
def test_both_desks_see_the_same_case(pair: Pair) -> None:
    case_id = pair.town.register(pair.town.record(Scenario.CLEAN))
    pair.second.sync()
    assert board.look(pair.second.desk, case_id).case == case_now(pair.town.crew.clerk, case_id)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.slow
def test_two_clerks_amend_one_field(pair: Pair, first: bool) -> None:
    case_id = pair.town.register(pair.town.record(Scenario.DEED), "no-violation")
    pair.second.sync()
    pair.line(up=False)
    counter_acts.amend(pair.town.crew.clerk, case_id, {"party.mobile": "09130000001"})
    counter_acts.amend(pair.seat, case_id, {"party.mobile": "09130000002"})
    pair.sync(first)
    stands = "09130000001" if first else "09130000002"
    for desk in (pair.first.desk, pair.second.desk):
        case = board.look(desk, case_id).case
        assert case is not None
        assert case.request.party.mobile == stands
    items = [*board.items(pair.first.desk), *board.items(pair.second.desk)]
    assert {(item.key, item.theirs) for item in items} == {("party.mobile", stands)}


@pytest.mark.parametrize("mine", [True, False])
@pytest.mark.slow
def test_what_else_a_clerk_changed_is_not_lost_when_a_colleague_chooses(
    pair: Pair, mine: bool
) -> None:
    """Nobody but the first desk knows the second thing that it changed."""
    case_id = pair.town.register(pair.town.record(Scenario.DEED), "no-violation")
    pair.second.sync()
    pair.line(up=False)
    changes = {"party.mobile": "09130000001", "party.last_name": "تازه"}
    counter_acts.amend(pair.town.crew.clerk, case_id, changes)
    counter_acts.amend(pair.seat, case_id, {"party.mobile": "09130000002"})
    pair.sync(first=False)
    pair.second.sync()
    (item,) = board.items(pair.second.desk)
    waiting.settle(pair.seat, item.item_id, mine=mine)
    pair.sync(first=False)
    assert board.items(pair.second.desk) == []
    (left,) = board.items(pair.first.desk)
    assert (left.item_id, left.key) == (item.item_id, "")
    assert item_words(left).startswith("همکارتان یکی از دو مقدار را برگزید؛ ۱ تغییر دیگر شما")


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.slow
def test_two_clerks_put_another_paper_in_one_place(pair: Pair, first: bool) -> None:
    """The first at the centre stands; whose paper does not is told, and neither is lost unseen."""
    case_id = pair.town.register(pair.town.record(Scenario.DEED), "no-violation")
    pair.second.sync()
    pair.line(up=False)
    seats = (pair.town.crew.clerk, pair.seat)
    paper = case_now(pair.town.crew.clerk, case_id).request.documents[0]
    papers = [replace(paper, number=number) for number in ("1001", "1002")]
    for seat, mine in zip(seats, papers, strict=True):
        counter_acts.amend(seat, case_id, {}, (mine,))
    pair.sync(first)
    stands, late = (papers[0], pair.second) if first else (papers[1], pair.first)
    for desk in (pair.first.desk, pair.second.desk):
        case = board.look(desk, case_id).case
        assert case is not None
        assert case.request.documents[0] == stands
    (item,) = board.items(late.desk)
    assert paper.title in item.centre_words


@pytest.mark.parametrize("mine", [True, False])
@pytest.mark.slow
def test_what_one_desk_chose_of_two_values_ends_the_question_at_the_other(
    pair: Pair, mine: bool
) -> None:
    case_id = pair.town.register(pair.town.record(Scenario.DEED), "no-violation")
    pair.second.sync()
    pair.line(up=False)
    counter_acts.amend(pair.town.crew.clerk, case_id, {"party.mobile": "09130000001"})
    counter_acts.amend(pair.seat, case_id, {"party.mobile": "09130000002"})
    pair.sync(first=True)
    (item,) = board.items(pair.first.desk)
    assert [each.item_id for each in board.items(pair.second.desk)] == [item.item_id]
    waiting.settle(pair.town.crew.clerk, item.item_id, mine=mine)
    assert board.items(pair.first.desk) == []
    # While the line is down the other desk knows nothing of it, and may choose as well.
    pair.sync(first=True)
    for desk in (pair.first.desk, pair.second.desk):
        assert board.items(desk) == []
        case = board.look(desk, case_id).case
        assert case is not None
        assert case.request.party.mobile == ("09130000002" if mine else "09130000001")
        last = board.look(desk, case_id).confirmed[-1].payload
        assert isinstance(last, f.Amended if mine else f.ConflictSettled)


def voiding(pair: Pair, letter_id: str) -> VoidLetter:
    """The manager ends a letter, which the clerk has confirmed."""
    clerk, reason = pair.town.crew.clerk, "توقیف رسید"
    centre, witness = clerk.desk.identity().centre, clerk.staff.staff_id
    signature = clerk.signer(witnessed(centre, letter_id, reason, witness))
    return VoidLetter(letter_id, reason, witness, signature)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.slow
def test_void_against_hand_over(pair: Pair, first: bool) -> None:
    case_id = pair.town.register(pair.town.record(Scenario.CLEAN))
    for _ in range(2):
        step(pair.town.crew, case_now(pair.town.crew.clerk, case_id), pair.town.clock.moment)
    pair.second.sync()
    held = case_now(pair.town.crew.clerk, case_id).answer
    assert held is not None
    pair.line(up=False)
    letter_id = held.letter.letter_id
    letters.hand_over(
        pair.town.crew.clerk, case_id, letter_id, "مالک", "9994201239", SEEN, PASSWORD
    )
    pair.seat.do_one(case_id, voiding(pair, letter_id))
    pair.sync(first)
    case = case_now(pair.town.crew.clerk, case_id)
    facts = [x.payload for x in board.look(pair.first.desk, case_id).confirmed]
    voided = [x for x in facts if isinstance(x, f.LetterVoided)]
    handed = [x for x in facts if isinstance(x, f.HandedOver)]
    # What somebody has is the municipality's to end; of what was void first he is told.
    assert ([each.void for each in handed], len(voided)) == ([not first], 0 if first else 1)
    untold = still_to_tell(case, case.letter(letter_id))
    assert bool(untold) is not first
    items = [each for each in board.items(pair.first.desk) if each.kind is ItemKind.VOID_UNTOLD]
    assert [each.detail["to"] for each in items] == list(untold)
    assert case.state is (State.HANDED_OVER if first else State.ISSUED)
    assert counted(pair.town.house.centre)["gaps"] == 0


@pytest.mark.slow
def test_what_was_printed_and_given_without_a_line_is_known_though_it_was_void_by_then(
    pair: Pair,
) -> None:
    town, clerk = pair.town, pair.town.crew.clerk
    case_id = town.register(town.record(Scenario.CLEAN))
    step(town.crew, case_now(clerk, case_id), town.clock.moment)
    pair.sync(first=True)
    held = case_now(clerk, case_id).answer
    assert held is not None
    assert not held.copies
    letter_id = held.letter.letter_id
    pair.line(up=False)
    deliver(town.crew, case_now(clerk, case_id))
    deliver(town.crew, case_now(clerk, case_id))
    pair.seat.do_one(case_id, voiding(pair, letter_id))
    pair.sync(first=False)
    case = case_now(clerk, case_id)
    void = case.letter(letter_id)
    assert (void.voided, void.handed_to) == ("توقیف رسید", case.request.party.name)
    assert still_to_tell(case, void) == (case.request.party.name,)
    # Who knows that it is void gives it to nobody.
    with pytest.raises(Refusal, match="ابطال شده"):
        letters.hand_over(clerk, case_id, letter_id, "مالک", "9994201239", SEEN, PASSWORD)


@pytest.mark.slow
def test_a_colleague_confirms_a_void_with_the_password_of_that_desk(pair: Pair) -> None:
    town, clerk = pair.town, pair.town.crew.clerk
    case_id = town.register(town.record(Scenario.CLEAN))
    for _ in range(2):
        step(town.crew, case_now(clerk, case_id), town.clock.moment)
    # Enrolled at the first desk before, the clerk got keys at the second one too.
    acts, release = new_key(), new_letter_key()
    device, at, own = pair.second.desk.identity().device_id, town.clock.now(), clerk.staff.staff_id
    with town.house.centre.writing() as session:
        people.key_at(session, own, device, public_hex(acts), public_hex(release), at)
    wrapped = wrap_person(PersonKeys(acts, release), PASSWORD, CHEAP, demo=True)
    pair.second.desk.store.write(lambda s: store_people.keep_key(s, own, wrapped, at))
    pair.sync(first=True)
    held = case_now(clerk, case_id).answer
    assert held is not None
    witness = letters.Witness(clerk.staff.staff_id, PASSWORD)
    letters.void(pair.seat, case_id, held.letter.letter_id, "نشانی اشتباه است", PASSWORD, witness)
    pair.sync(first=False)
    ended = case_now(clerk, case_id).letter(held.letter.letter_id)
    assert ended.voided == "نشانی اشتباه است"


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.long
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
        assert {each.fate for each in batch.look(seat, chosen)} == {LetterFate.SENDING}
    pair.sync(first)
    pair.second.sync()
    stands, late = seats if first else seats[::-1]
    assert {each.fate for each in batch.look(stands, chosen)} == {LetterFate.READY}
    assert {each.fate for each in batch.look(late, chosen)} == {LetterFate.ELSEWHERE}
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


@pytest.mark.long
@pytest.mark.timeout(size(600, 3_600))
@pytest.mark.parametrize("any_url", ["bouncer"], indirect=True)
def test_both_desks_at_once_again_and_again(pair: Pair) -> None:
    """Ten acts on two cases, five of each desk, eight times; a hundred in full."""
    random = Random(1405)
    pair.line(up=True)
    for number in range(size(8, 100)):
        ids = [pair.town.register(pair.town.record(Scenario.CLEAN, number % 40)) for _ in range(2)]
        pair.second.sync()
        for case_id in ids:
            _race(pair, case_id, random)
    figures = counted(pair.town.house.centre)
    assert figures["gaps"] == 0
    assert figures["held"] == 0


def _at_once(*acts: Callable[[], object]) -> None:
    """All of them in threads that begin together; a refusal in words is lawful."""

    def act(each: Callable[[], object]) -> None:
        with suppress(Refusal):
            each()

    at_once(*(partial(act, each) for each in acts))


@pytest.mark.slow
@pytest.mark.parametrize("any_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "times",
    [5, pytest.param(size(25, 1_000), marks=[pytest.mark.long, pytest.mark.timeout(_PATIENCE_S)])],
)
def test_void_against_hand_over_at_the_same_moment(
    pair: Pair, times: int, record_property: Callable[[str, object], None]
) -> None:
    town, clerk, given = pair.town, pair.town.crew.clerk, 0
    pair.line(up=True)
    for number in range(times):
        case_id = town.register(town.record(Scenario.CLEAN, number % 40))
        for _ in range(2):
            step(town.crew, case_now(clerk, case_id), town.clock.moment)
        pair.second.sync()
        held = case_now(clerk, case_id).answer
        assert held is not None
        letter_id = held.letter.letter_id
        _at_once(
            partial(clerk.do_one, case_id, HandOver(letter_id, "مالک", "9994201239", SEEN)),
            partial(pair.seat.do_one, case_id, voiding(pair, letter_id)),
        )
        pair.sync(first=True)
        with town.house.centre.reading() as session:
            facts = [fact.payload for fact in load_facts(session, case_id)]
        # What somebody has the office voids no more; what it gave out void is known as such.
        void = any(isinstance(each, f.LetterVoided) for each in facts)
        (handed,) = [each for each in facts if isinstance(each, f.HandedOver)]
        assert handed.void is void
        given += not void
        assert (
            board.look(pair.second.desk, case_id).settled
            == board.look(pair.first.desk, case_id).settled
        )
    figures = counted(town.house.centre)
    assert (figures["gaps"], figures["held"]) == (0, 0)
    record_property(FIGURE, f"void against hand over {times} times: {given} were handed over first")


@pytest.mark.slow
@pytest.mark.parametrize(
    "rounds",
    [1, pytest.param(size(15, 200), marks=[pytest.mark.long, pytest.mark.timeout(_PATIENCE_S)])],
)
def test_two_experts_decide_at_the_same_moment(
    postgres_town: Town,
    tmp_path: Path,
    rounds: int,
    record_property: Callable[[str, object], None],
) -> None:
    """One decision stands, the other is told in words; the letter goes by the one that stands.

    Seventy-five times in the long check, a thousand in full: five cases come in together, each is
    raced for by itself.
    """
    town, stands = postgres_town, Tally[str]()
    running, other = seated(town, tmp_path / "second", MUNICIPAL, EXPERT)
    running.bell.ring = partial(_once, running)
    town.house.office.bell.ring = lambda: None
    for number in range(rounds):
        ids = [town.register(town.record(Scenario.DEED), "no-violation") for _ in range(5)]
        town.house.office.sync()
        for place, case_id in enumerate(ids, start=number):
            _decide_at_once(town.crew.expert, other, case_id, first=bool(place % 2))
        town.house.municipality.sync()
        running.sync()
        with town.house.centre.reading() as session:
            for case_id in ids:
                kinds = [fact.kind for fact in load_facts(session, case_id)]
                decided = [kind for kind in kinds if kind in _DECISIONS]
                assert (len(decided), kinds.count("letter-issued")) == (1, 1), kinds
                stands[decided[0]] += 1
    assert counted(town.house.centre)["held"] == 0
    races = stands.total()
    record_property(FIGURE, f"two experts at one case {races} times, by whose word: {dict(stands)}")


_DECISIONS = ("gates-cleared", "refused-by-expert")


def _decide_at_once(expert: Seat, other: Seat, case_id: str, *, first: bool) -> None:
    """One clears the case and the other refuses it, in threads that begin together."""
    shown, _ = board.municipal_case(expert, case_id)
    assert shown.decision is not None
    gates = {each.gate: "در محل دیده شد." for each in shown.decision.failing}
    acts = [
        partial(reviewing.recommend, expert, shown, clearing(gates), {}),
        partial(reviewing.recommend, other, shown, refusing("مغایرت با ضوابط"), {}),
    ]
    _at_once(*(acts if first else acts[::-1]))


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
                    seat.do_one(case_id, voiding(pair, held.letter.letter_id))
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

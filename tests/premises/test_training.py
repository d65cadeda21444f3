"""An office to practise in: its papers are worth nothing, no other centre or desk has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from desktop.actions import letters, offices, people, people_changes
from desktop.centre.tables import CaseRow
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import Scenario, make_city
from desktop.demo.following import case_now
from desktop.demo.house import open_house
from desktop.demo.offices import OFFICES, made_up_offices, open_offices
from desktop.demo.people import PASSWORD
from desktop.domain.errors import Refusal
from desktop.domain.letter import Letter
from desktop.domain.line import Why
from desktop.keys import DeviceKeys
from desktop.premises.clocks import SteppingClock
from desktop.premises.desks import open_desk
from desktop.premises.founding import device_file, stores
from desktop.premises.open import House, Opening
from desktop.premises.verifying import trust_in, verdict_on
from desktop.sync.round import Round
from desktop.trial.counters import Counter, new_counter
from desktop.wire import calls
from desktop.wire.link import ELSEWHERE, UNSIGNED, SignedRequest, sign_request
from desktop.wire.payloads import PROTOCOL, HelloAsk, VerifyAnswer, VerifyAsk
from desktop.wire.verdicts import Trust, Verdict
from tests.houses import CHEAP, MORNING, copied_house
from tests.reports.test_training import across
from tests.town import Town

pytestmark = pytest.mark.slow
FEW = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the program keeps the office to practise in."""
    return tmp_path / "training"


@pytest.fixture
def practice(folder: Path) -> Iterator[Town]:
    """That office with its own centre, and its people seated."""
    clock = SteppingClock(MORNING.astimezone(UTC))
    house = open_house(folder, Opening(clock, cost=CHEAP), properties=FEW, training=True)
    ring_at_once(house)
    found: dict[Scenario, list[object]] = {scenario: [] for scenario in Scenario}
    for item in make_city(FEW, 1405, MORNING.date()):
        if item.record.owners and len(item.record.owners[0].person_id) == 10:
            found[item.scenario].append(item.record)
    yield Town(house, clock, seat_crew(house), found)  # type: ignore[arg-type]
    house.close()


@pytest.mark.long
def test_every_office_of_its_city_is_to_practise_in(practice: Town) -> None:
    """Also what is headed by another office than the one at the desk bears the mark."""
    crew = practice.crew
    open_offices(practice.house, crew, made_up_offices(MORNING.date()))
    practice.clock.moment += timedelta(minutes=1)
    practice.house.municipality.sync()
    cards = offices.offices(crew.supervisor.desk)
    assert len(cards) == OFFICES
    assert all(card.training for card in cards.values())
    told = people.load(crew.supervisor, people.ask(crew.supervisor))
    slips: list[bytes] = []
    for code in ("13", "21"):
        who = next(one for one in told.people if told.offices[one.office].code == code)
        people_changes.print_slip(
            crew.supervisor, who, told.offices[who.office], lambda pdf, _: slips.append(pdf)
        )
    assert [across(slip) for slip in slips] == [True, True]


@pytest.fixture
def real(tmp_path: Path) -> Iterator[House]:
    """Another centre, at which its own offices are known."""
    house = copied_house(tmp_path / "real", SteppingClock(MORNING.astimezone(UTC)), FEW)
    yield house
    house.close()


def test_its_letters_are_training_letters_to_everybody(
    practice: Town, folder: Path, tmp_path: Path
) -> None:
    crew = practice.crew
    case_id = practice.register(practice.record(Scenario.CLEAN), "clearance")
    held = case_now(crew.clerk, case_id).letters[0]
    assert held.letter.text.head.training
    assert across(letters.proof(held.letter))
    letters.release(crew.manager, case_id, held.letter, PASSWORD)
    released = case_now(crew.clerk, case_id).letters[0]
    pdf = letters.kept(crew.manager.desk, released)
    assert across(pdf)
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf)
    known = trust_in(tmp_path, [])
    assert known.cities
    for trust in (known, Trust()):
        told = verdict_on(str(file), trust)
        assert told.exit_code == Verdict.SAMPLE.exit_code
        assert "نامهٔ آموزشی است؛ فاقد اعتبار." in told.lines[0]


def test_a_real_centre_takes_nothing_from_its_desks(practice: Town, real: House) -> None:
    house = practice.house
    practice.register(practice.record(Scenario.CLEAN))
    desk = house.office.desk
    key = _key(house)
    before = _cases(real)
    astray = Round(
        desk.store, real.own_centre, key, practice.clock, lambda *a: desk.reference.setting_for(*a)
    )
    report = astray.run()
    assert not report.well
    assert report.why is Why.STRANGE
    # Whatever it says of itself, its device is nobody there.
    own = desk.identity()
    body = HelloAsk(protocol=PROTOCOL, client="1", device_seq=0, cursors={}).encode()
    known = real.office.desk.identity()

    def hello(centre: str, epoch: str) -> SignedRequest:
        at = practice.clock.now()
        return sign_request(
            key, own.device_id, calls.HELLO.path, body, at, centre=centre, epoch=epoch
        )

    assert real.own_centre.call(hello(own.centre, own.epoch)).status == ELSEWHERE
    assert real.own_centre.call(hello(known.centre, known.epoch)).status == UNSIGNED
    assert _cases(real) == before


def test_a_real_centre_knows_nothing_of_its_letters(practice: Town, real: House) -> None:
    """Number and signature as they stand on the paper, asked at a counter in earnest."""
    case_id = practice.register(practice.record(Scenario.CLEAN), "clearance")
    letter = case_now(practice.crew.clerk, case_id).letters[0].letter
    own, anybody = new_counter(practice.house.centre, "41"), new_counter(real.centre, "41")
    assert verified(own, letter) == "issued"
    assert verified(anybody, letter) == "unknown"
    # Nor where a letter in earnest has that very number.
    ring_at_once(real)
    crew = seat_crew(real)
    town = Town(real, practice.clock, crew, practice.properties)
    honest = case_now(crew.clerk, town.register(town.record(Scenario.CLEAN))).letters[0].letter
    assert honest.number == letter.number
    assert verified(anybody, honest) == "issued"
    assert verified(anybody, letter) == "unknown"


def verified(counter: Counter, letter: Letter) -> str:
    """What the centre says of the letter's number and signature."""
    ask = VerifyAsk(number=letter.number, signature=letter.signature)
    return VerifyAnswer.model_validate_json(counter.call(calls.VERIFY.path, ask).body).state


@pytest.mark.long
def test_a_desk_in_earnest_does_not_open_its_store_nor_it_another(
    practice: Town, real: House, folder: Path, tmp_path: Path
) -> None:
    key, line = _key(practice.house), practice.house.own_centre
    place, clock = stores(folder)["office"], practice.clock
    practice.house.office.close()
    with pytest.raises(Refusal, match="آموزشی است و در باجهٔ واقعی باز نمی‌شود"):
        open_desk(place, line, key, clock, demo=False)
    opened = open_desk(place, line, key, clock, demo=True, training=True)
    assert opened.desk.training
    opened.close()
    real.office.close()
    with pytest.raises(Refusal, match="آموزشی نیست"):
        open_desk(stores(tmp_path / "real")["office"], line, key, clock, demo=True, training=True)


@pytest.mark.long
def test_it_says_of_itself_what_it_is(practice: Town) -> None:
    for desk in (practice.house.office.desk, practice.house.municipality.desk):
        assert desk.training
        assert desk.identity().training
        with desk.store.reading() as session:
            card = desk.reference.office(session, desk.identity().office, desk.today(session))
        assert card.training
        assert card.head.organisation == "شهرداری یزد، آموزشی"


def _key(house: House) -> Ed25519PrivateKey:
    store = house.stores["office"]
    key = DeviceKeys(store.parent / "keys").find(device_file(store).read_text(encoding="utf-8"))
    assert key is not None
    return key


def _cases(house: House) -> int:
    with house.centre.reading() as session:
        return session.scalar(select(func.count()).select_from(CaseRow)) or 0

"""A restored centre that opens without some desk gives no number that may be on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import access
from desktop.centre import numbers
from desktop.centre.audit.numbers import numbers as audited
from desktop.centre.audit.whole import audit
from desktop.centre.context import day_of
from desktop.centre.heads import DailyHeadRow
from desktop.centre.recovering import standing
from desktop.centre.recovering.account import Account, account
from desktop.centre.recovering.opening import confirm, open_up
from desktop.centre.tables import LetterRow
from desktop.centre.tick import tick
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.calendar import jalali
from desktop.domain.office import MUNICIPALITY
from desktop.keys import DeviceKeys
from desktop.premises.desks import Running, open_desk
from desktop.store import meta
from desktop.store.audit import audit as audit_desk
from tests.centre.test_two_desks import SECOND, seated
from tests.houses import CHEAP
from tests.restored import Copy, publish_once, sync
from tests.town import Town

pytestmark = pytest.mark.slow
BY = "مدیر سامانه"


@dataclass
class Printed:
    """A letter was printed at the office's first desk in the hour that the copy has not; its second
    desk never heard of it."""

    town: Town
    copy: Copy
    second: Running
    folder: Path
    number: str

    def restore(self, lives: tuple[str, ...] = (), ahead: timedelta | None = None) -> None:
        """The copy becomes the centre; of its desks the first is away. Before the copy was made the
        centre's clock was once so far `ahead`."""
        with self.second.desk.store.reading() as session:
            device = meta.get(session).identity.device_id

        def begin(session: Session, at: datetime) -> None:
            if ahead is not None:
                publish_once(session, at + ahead)
            standing.begin(session, at, lives)

        self.town = self.copy.restore(self.town, begin)
        key = DeviceKeys(self.folder / "keys", cost=CHEAP).find(device)
        assert key is not None
        place = self.folder / "second.db"
        self.second = open_desk(place, self.town.line, key, self.town.clock, demo=True)
        self.town.beside.append(self.second)
        self.town.house.municipality.sync()
        self.second.sync()

    def open_up(self) -> Account:
        """Nobody waits for the first desk any more."""
        centre = self.town.house.centre
        assert open_up(centre, BY)
        assert confirm(centre, BY)
        assert self.second.sync().well
        with centre.reading() as session:
            told = account(session)
        assert told is not None
        return told

    def next_number(self, number: int) -> str:
        """The number that the second desk's next letter gets."""
        clerk = access.sign_in(self.second.desk, SECOND.name, PASSWORD)
        there = replace(self.town, crew=self.town.crew.but(clerk=clerk))
        case_id = there.register(there.record(Scenario.CLEAN, number))
        self.second.sync()
        return case_now(clerk, case_id).letters[0].letter.number

    @property
    def lives(self) -> tuple[str, ...]:
        """The epochs that the file beside the keys would name."""
        with self.town.house.centre.reading() as session:
            row = standing.current(session)
            assert row is not None
            return (*row.lives.split(), row.epoch)


@pytest.fixture
def printed(small_town: Town, tmp_path: Path) -> Printed:
    """That hour."""
    town = small_town
    town.clock.moment = town.clock.moment.replace(microsecond=64_000)
    town.register(town.record(Scenario.CLEAN, 0))
    sync(town)
    folder = tmp_path / "second"
    second, _ = seated(town, folder, OFFICE, SECOND)
    town.beside.append(second)
    sync(town)
    second.sync()
    copy = Copy.of(town, tmp_path / "copy.db")
    case_id = town.register(town.record(Scenario.CLEAN, 1))
    town.house.office.sync()
    release(town.crew, case_now(town.crew.clerk, case_id))
    town.house.office.sync()
    held = case_now(town.crew.clerk, case_id).letters[0]
    assert held.release is not None
    return Printed(town, copy, second, folder, held.letter.number)


def test_what_an_absent_desk_printed_has_a_number_that_nobody_gets_again(printed: Printed) -> None:
    assert printed.number == "1405/21/2"
    printed.restore()
    told = printed.open_up()
    assert [each[:2] for each in told.absent] == [("21", 2)]
    assert ("21", 1405, 2, 101, "absent") in told.skipped
    assert any("numbers skipped: 21 1405/2 to 101, a desk" in line for line in told.lines())
    assert printed.next_number(2) == "1405/21/102"
    # The municipality's own are read at the centre, which no desk's facts tell.
    assert (MUNICIPALITY, 1405, 1, 100, "unheard") in told.skipped
    assert printed.town.house.office.sync().alarm == "epoch"
    assert list(audit(printed.town.house.centre, (), lambda _: None)) == []
    # On the same day the desk has no signed head of the new life but the one up to which it read.
    desk = printed.second.desk
    with desk.store.reading() as session:
        assert list(audit_desk(session, desk.reference.setting_for)) == []


@pytest.mark.long
def test_a_clock_that_was_ahead_before_the_copy_skips_no_fewer(printed: Printed) -> None:
    printed.restore(ahead=timedelta(days=31))
    told = printed.open_up()
    assert ("21", 1405, 2, 101, "absent") in told.skipped
    assert printed.next_number(2) == "1405/21/102"


def test_what_is_dated_after_the_copy_was_made_does_not_make_it_newer(small_town: Town) -> None:
    town, made = small_town, small_town.clock.now()
    with town.house.centre.writing() as session:
        publish_once(session, made + timedelta(hours=2))
        for later in (timedelta(hours=1), timedelta(hours=3)):
            assert standing.begin(session, made + later, (), made).copied_at <= made
        session.rollback()


@pytest.mark.long
def test_heads_are_signed_before_anybody_has_confirmed(printed: Printed) -> None:
    printed.restore()
    centre = printed.town.house.centre
    assert open_up(centre, BY)
    printed.town.clock.moment += timedelta(days=1)
    tick(centre)
    day = day_of(centre.clock())
    with centre.reading() as session:
        assert session.scalars(select(DailyHeadRow.stream).where(DailyHeadRow.day == day)).all()


@pytest.mark.long
def test_restored_once_more_what_lacks_between_is_told_too(printed: Printed) -> None:
    printed.restore()
    printed.open_up()
    assert printed.next_number(2) == "1405/21/102"
    # From the same copy: nothing in it tells of what was skipped the first time.
    printed.restore(printed.lives)
    told = printed.open_up()
    assert ("21", 1405, 2, 101, "absent") in told.skipped
    assert ("21", 1405, 103, 202, "absent") in told.skipped
    assert printed.next_number(3) == "1405/21/203"
    assert list(audit(printed.town.house.centre, (), lambda _: None)) == []


@pytest.mark.long
def test_so_many_are_skipped_as_may_have_been_given_in_the_lost_time(printed: Printed) -> None:
    town = printed.town
    town.clock.moment += timedelta(days=120, minutes=1)
    year = jalali(day_of(town.clock.moment))[0]
    assert year == 1406
    printed.restore()
    with printed.town.house.centre.writing() as session:
        own = session.scalars(select(LetterRow)).one()
        # A day on which it had more than a hundred.
        session.add_all(another(own, letter_id=f"x{n}", serial=n) for n in range(2, 152))
        numbers.spend(session, "21", 1405, 151)
    told = printed.open_up()
    days = 121
    assert ("21", 1405, 152, 151 + days * 151, "absent") in told.skipped
    assert ("21", 1406, 1, days * 151, "absent") in told.skipped
    assert (MUNICIPALITY, 1406, 1, days * 100, "unheard") in told.skipped


def another(row: LetterRow, **changed: object) -> LetterRow:
    """A letter's row as this one is, but for what is named."""
    columns = LetterRow.__table__.columns.keys()
    return LetterRow(**{**{name: getattr(row, name) for name in columns}, **changed})


@pytest.mark.long
def test_a_letter_that_comes_back_late_fits_and_one_that_is_missing_is_found(
    printed: Printed,
) -> None:
    printed.restore()
    printed.open_up()
    printed.next_number(2)
    with printed.town.house.centre.writing() as session:
        own = session.scalars(select(LetterRow).limit(1)).one()
        session.add(another(own, letter_id="late", serial=2))
        session.flush()
        assert list(audited(session)) == []
        # Spent again it moves nothing.
        numbers.spend(session, "21", 1405, 2)
        assert numbers.taken(session)["21", 1405] == 102
        for serial in (104, 106):
            session.add(another(own, letter_id=f"x{serial}", serial=serial))
        numbers.spend(session, "21", 1405, 106)
        session.flush()
        found = [each.where for each in audited(session)]
        assert found == ["1405/21/103", "1405/21/105"]
        session.rollback()

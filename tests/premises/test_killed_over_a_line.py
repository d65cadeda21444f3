"""A real desk, its store encrypted, killed while it works over HTTPS to a centre on PostgreSQL."""

from __future__ import annotations

from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from desktop.actions import access
from desktop.centre.counting import counted
from desktop.domain.property import PropertyRecord
from desktop.keys import DeviceKeys
from desktop.premises.clocks import SystemClock
from desktop.premises.kind import read_office_file
from desktop.premises.real import open_real
from desktop.store import outbox, queue, view
from tests.fresh import lay_centre
from tests.houses import CHEAP
from tests.premises import test_over_a_line as over_a_line
from tests.premises.test_over_a_line import NAMES, PASSWORD, At, Office, office, records
from tests.servers import address, name_in
from tests.sizes import size
from tests.sync.dying import FORKS, killed
from tests.test_keys import Ring

__all__ = ["office", "records"]

CASES = 5
# Seconds that a request takes with its rounds; the death comes anywhere in it.
_ONE = 0.25
FORKS.set_forkserver_preload(["tests.premises.test_killed_over_a_line"])


def at_work(home: Path, ring: Ring) -> At:
    """The machine as its next start opens it, its manager signed in."""

    def keys(folder: Path) -> DeviceKeys:
        return DeviceKeys(folder / "keys", ring=ring, cost=CHEAP)

    desk = open_real(home, read_office_file(home), SystemClock(), keys=keys, reserve=4096)
    return At(desk, access.sign_in(desk.running.desk, NAMES[0], PASSWORD), ring=ring)


def work(
    pipe: Connection, home: Path, ring: Ring, chosen: list[PropertyRecord], first_slip: int
) -> None:
    """Register and send; say each case's id when the desk has said «ثبت شد»."""
    over_a_line.SLIPS = count(first_slip)
    desk = at_work(home, ring)
    pipe.send("")
    for record in chosen:
        pipe.send(desk.register(record))
        desk.sync()
    desk.desk.close()


def demand_agreed(office: Office, desk: At, told: list[str]) -> None:
    """Desk and centre hold what the person was told, once, and the same of it."""
    assert desk.sync()
    running = desk.desk.running.desk
    with running.store.reading() as session:
        assert outbox.waiting(session).count == 0
        assert view.differing(session, running.reference.setting_for) == []
        rows = [queue.one(session, case_id) for case_id in told]
        assert all(row is not None and not row.provisional for row in rows), "told and then lost"
        known = len(queue.ids(session))
    figures = counted(office.centre)
    assert figures["cases"] == known
    assert (figures["gaps"], figures["held"], figures["refused"]) == (0, 0, 0)


@pytest.fixture
def centre_url(request: pytest.FixtureRequest, postgres_url: str, postgres_server: str) -> str:
    """A centre's empty database on PostgreSQL, straight or by way of a PgBouncer."""
    lay_centre(postgres_url, postgres_server)
    if request.param == "straight":
        return postgres_url
    return address(request.getfixturevalue("bouncer"), name_in(postgres_url))


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("centre_url", "lives"),
    [
        ("straight", size(15, 40)),
        pytest.param("bouncer", 20, marks=pytest.mark.full),
    ],
    indirect=["centre_url"],
)
def test_a_desk_is_killed_again_and_again_and_both_ends_agree(
    lives: int, office: Office, records: list[PropertyRecord]
) -> None:
    random = Random(1405)
    first = office.join(NAMES[0])
    first.desk.close()
    home, ring = office.folder / "machine-0", first.ring
    office.desks.clear()
    told: list[str] = []
    deaths = 0
    for life in range(lives):
        chosen = random.sample(records, CASES)
        # One that starts again would give its first slips' numbers to other persons.
        slip = 718_204 + life * CASES
        moment = random.randrange(CASES), random.uniform(0, _ONE)
        died, ids = killed(work, (home, ring, chosen, slip), *moment)
        deaths += died
        told += ids
        desk = at_work(home, ring)
        demand_agreed(office, desk, told)
        desk.desk.close()
    assert deaths > lives / 2
    assert len(told) >= lives

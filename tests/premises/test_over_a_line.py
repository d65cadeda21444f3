"""Real desks over HTTPS to a served centre: two of one office, and a line that goes and comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from queue import Queue

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from desktop.actions import access, board, intake
from desktop.actions.desk import Seat
from desktop.centre import enrolling, people
from desktop.centre.api import Limits
from desktop.centre.context import Centre, at_once
from desktop.centre.serve import serve
from desktop.centre.shipping import begin_with, published_card, shipped
from desktop.centre.signing import CentreKeys
from desktop.cli.apps import app
from desktop.demo.city import make_city
from desktop.demo.filling import Asker, fill
from desktop.demo.people import MUNICIPAL
from desktop.domain.line import Why
from desktop.domain.office import OfficeCard
from desktop.domain.people import Applicant
from desktop.domain.property import PropertyRecord
from desktop.keys import DeviceKeys
from desktop.premises.clocks import SystemClock
from desktop.premises.embedded import open_centre
from desktop.premises.enrolment import Enrolment, Lines
from desktop.premises.kind import read_office_file
from desktop.premises.real import RealDesk, open_real
from desktop.sql.engine import Place
from desktop.store.tables import CaseRow
from desktop.sync.address import Address, read_address
from desktop.sync.http import HttpsLink
from desktop.trial.relay import Mischief, between
from desktop.wire.fingerprint import words_of
from desktop.wire.link import SignedRequest
from tests.houses import CHEAP, SARA
from tests.lines import make_certificate, tls_server
from tests.served import served
from tests.test_keys import Ring

CARD = OfficeCard("21", "پیشخوان آزمایش", "یزد", "0353", "8917700000", 3, "قرارداد ۱", True)
FROM = date(2026, 1, 10)
NAMES = ("حسن یزدی", "مریم کریمی")
PASSWORD = "گذرواژهٔ بلند من"
SOON = 1.0
SLIPS = count(718_204)


@dataclass
class At:
    """A desk at work, who sits there, and what rang for a round."""

    desk: RealDesk
    seat: Seat
    rung: Queue[str] = field(default_factory=Queue)
    ring: Ring = field(default_factory=Ring)

    def sync(self) -> bool:
        """One round that does all there is to do."""
        report = self.desk.running.sync()
        while report.well and report.more:
            report = self.desk.running.sync()
        return report.well

    def cases(self) -> set[str]:
        """What the queue shows."""
        with self.desk.running.desk.store.reading() as session:
            return set(session.scalars(select(CaseRow.case_id)))

    def register(self, record: PropertyRecord) -> str:
        """A request with its fee."""
        desk = self.desk.running.desk
        figures = intake.figures(desk)
        with desk.store.reading() as session:
            today = desk.today(session)
        asker = Asker(
            applicant=Applicant.OWNER, owner=record.owners[0], record=record,
            code=str(record.code), answers={}, body=figures.bodies[0],
        )  # fmt: skip
        service = intake.services(desk)["clearance"]
        fee = intake.FeePayment("terminal", f"{next(SLIPS)}")
        return intake.register(
            self.seat, service, fill(service, asker, figures, today), fee
        ).case_id


@dataclass
class Office:
    """A centre that is served, and machines of one office."""

    centre: Centre
    address: Address
    folder: Path
    desks: list[At] = field(default_factory=list)

    def join(self, name: str, lines: Lines = HttpsLink, at: Address | None = None) -> At:
        """A machine of the office that has joined and is at work."""
        home = self.folder / f"machine-{len(self.desks)}"
        ring = Ring()

        def keys(folder: Path) -> DeviceKeys:
            return DeviceKeys(folder / "keys", ring=ring, cost=CHEAP)

        with self.centre.writing() as session:
            code = enrolling.new_code(
                session, CARD.code, self.centre.clock(), name, namesake=SARA
            ).text
        joining = Enrolment(home, SystemClock(), lines=lines, keys=keys, cost=CHEAP)
        assert len(joining.reach(str(at or self.address)).words) == 6
        joining.join(code)
        joining.take_password(PASSWORD)
        joining.begin()
        opened = open_real(
            home, read_office_file(home), SystemClock(), lines=lines, keys=keys, reserve=4096
        )
        rung: Queue[str] = Queue()
        opened.running.bell.ring = lambda: rung.put("rung")
        assert opened.running.sync().well
        made = At(opened, access.sign_in(opened.running.desk, name, PASSWORD), rung, ring)
        self.desks.append(made)
        return made


@pytest.fixture
def office(centre_url: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A centre with what ships, on either database, behind TLS."""
    monkeypatch.setenv("no_proxy", "*")
    centre = open_centre(centre_url, CentreKeys.new(demo=True), SystemClock(), at_once)
    with centre.writing() as session:
        for card in (CARD, MUNICIPAL):
            people.open_office(session, card)
        cards = (published_card(card, FROM) for card in (CARD, MUNICIPAL))
        begin_with(session, [*shipped(FROM), *cards], centre.clock())
    # Who waits when the desks are closed is not waited for.
    with served(centre, tmp_path, Limits(wait_s=2.0, ending_s=5)) as caller:
        made = Office(centre, read_address(caller.address), tmp_path)
        yield made
        for each in made.desks:
            each.desk.close()
    centre.close()


@pytest.fixture(scope="module")
def records() -> list[PropertyRecord]:
    """Made-up properties; the centre has no records, so that their requests wait."""
    found = (item.record for item in make_city(40, 1405, FROM))
    return [r for r in found if r.owners and len(r.owners[0].person_id) == 10]


@pytest.mark.slow
def test_two_desks_of_an_office_hear_of_each_other_s_cases_without_asking(
    office: Office, records: list[PropertyRecord]
) -> None:
    first, second = (office.join(name) for name in NAMES)
    case_id = first.register(records[0])
    assert second.cases() == set()
    assert first.sync()
    # Nobody asked: the centre held the second desk's call, and told it that there is news.
    assert second.rung.get(timeout=60) == "rung"
    assert second.sync()
    assert first.cases() == second.cases() == {case_id}
    for number, desk in enumerate((second, first), start=1):
        desk.register(records[number])
        assert desk.sync()
    for desk in (first, second):
        assert desk.rung.get(timeout=60) == "rung"
        assert desk.sync()
    assert len(first.cases()) == 3
    assert first.cases() == second.cases()
    shown = [board.waiting(desk.desk.running.desk, 10)[1] for desk in (first, second)]
    assert shown == [0, 0]


@pytest.mark.long
@pytest.mark.parametrize(
    "any_url", ["postgresql", pytest.param("sqlite", marks=pytest.mark.long)], indirect=True
)
@pytest.mark.parametrize(
    "mischief",
    [
        Mischief.SWALLOW,
        *(
            pytest.param(each, marks=pytest.mark.long)
            for each in (Mischief.TRICKLE, Mischief.CUT_TLS)
        ),
    ],
)
def test_work_goes_on_without_a_line_and_all_of_it_arrives_once(
    mischief: Mischief, office: Office, records: list[PropertyRecord]
) -> None:
    lines = partial(HttpsLink, deadline_s=SOON)
    with between(office.address) as relay:
        desk = office.join(NAMES[0], lines, relay.address)
        made = {desk.register(records[0])}
        assert desk.sync()
        relay.mischief = mischief
        made |= {desk.register(record) for record in records[1:4]}
        for _ in range(2):
            report = desk.desk.running.sync()
            assert report.why in (Why.TIMEOUT, Why.CUT)
        status = desk.desk.running.desk.sync_status()
        assert (status.state, status.trouble.why if status.trouble else None) == (
            "down",
            report.why,
        )
        assert status.waiting >= 3
        relay.mischief = Mischief.PASS
        assert desk.sync()
        assert desk.cases() == made
        assert desk.desk.running.desk.sync_status().waiting == 0
        other = office.join(NAMES[1])
        assert other.cases() == made


@pytest.mark.long
def test_a_certificate_that_changed_is_loud_until_a_person_trusts_the_new_one(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = make_certificate(tmp_path, "first")
    with tls_server(partial(serve, office.centre), shown) as before:
        desk = office.join(NAMES[0], at=before.address)
    home = tmp_path / "machine-0"
    port = before.address.port
    changed = make_certificate(tmp_path, "second")
    with tls_server(partial(serve, office.centre), changed, port):
        report = desk.desk.running.sync()
        assert report.why is Why.CERTIFICATE
        status = desk.desk.running.desk.sync_status()
        assert (status.state, status.trouble.why if status.trouble else None) == (
            "held",
            Why.CERTIFICATE,
        )
        words = words_of(bytes.fromhex(changed.fingerprint))
        monkeypatch.setenv("PISHKHAN_HOME", str(home))
        refused = CliRunner().invoke(app, ["trust"], input="n\n")
        assert all(word in refused.output for word in words)
        assert read_office_file(home).certificate == shown.fingerprint
        CliRunner().invoke(app, ["trust"], input="y\n")
        file = read_office_file(home)
        assert (file.kind, file.certificate) == ("office", changed.fingerprint)
        link = HttpsLink(read_address(file.centre), file.certificate)
        assert link.call(SignedRequest("/v1/hello", b"{}", "", "", "", "", "")).status
        link.close()
    # The desk that is at work goes on at once where it is accepted in its window.
    third = make_certificate(tmp_path, "third")
    with tls_server(partial(serve, office.centre), third, port):
        assert desk.desk.running.sync().why is Why.CERTIFICATE
        renewed = desk.desk.running.desk.certificate
        assert renewed is not None
        assert renewed.words() == words_of(bytes.fromhex(third.fingerprint))
        renewed.accept()
        assert desk.sync()
        assert read_office_file(home).certificate == third.fingerprint

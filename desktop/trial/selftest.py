"""What the frozen program proves of itself, up to one request and its letter."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
import tempfile
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desktop.actions import intake, letters
from desktop.centre.context import Centre
from desktop.chance import octets
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import Scenario, make_city
from desktop.demo.filling import Asker, fill
from desktop.demo.following import case_now, follow
from desktop.demo.house import open_house
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import TEHRAN
from desktop.domain.errors import LineDown, Refusal
from desktop.domain.people import Applicant
from desktop.domain.state import State
from desktop.forms.catalogue import SERVICES
from desktop.forms.examples import run as run_examples
from desktop.forms.loader import load_all
from desktop.forms.shipped import shipped_city
from desktop.keys import Cost
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import Opening
from desktop.premises.served import write_verify_page
from desktop.reports.letter.v1.fonts import Weight, font
from desktop.reports.letter.v2 import bills, outlines
from desktop.sql.engine import Sealed
from desktop.store.open import Store
from desktop.sync.address import Address
from desktop.sync.http import HttpsLink
from desktop.wire.letter_files import open_file, read_keys, read_list
from desktop.wire.link import SignedRequest

_PROPERTIES, _SEED = 60, 1405
_CHEAP = Cost(passes=1, memory=8, lanes=1)
_SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)
_PACKED = re.compile(r"""["'`]([A-Za-z0-9+/]{50000,}=*)["'`]""")
_WASM = b"\0asm"
Say = Callable[[str], None]


def selftest(say: Say) -> None:
    """Say each part as it passes. Raises what a broken part raises."""
    for weight in Weight:
        font(weight)
    for cut in outlines.Weight:
        outlines.face(cut)
    bills.bars("0", "0")
    say("fonts, bar codes: ok")
    paper, _ = sample_paper()
    say(f"a paper read and joined: ok ({paper.size} bytes)")
    today = datetime.now(TEHRAN).date()
    _services(say, today)
    with tempfile.TemporaryDirectory(prefix="pishkhan-selftest-") as folder:
        _real_desk(Path(folder), say)
        _one_request(Path(folder) / "demo", today, say)


def _services(say: Say, today: date) -> None:
    services, city = load_all(SERVICES), shipped_city()
    for service in services.values():
        faults = run_examples(service, today, city)
        if faults:
            raise AssertionError(f"{service.code}: {faults}")
    say(f"services: {', '.join(services)}: ok")


def _real_desk(folder: Path, say: Say) -> None:
    """What a real desk loads and the sample office never does: the encrypted store, the line."""
    place = Sealed(folder / "desk" / "desk.db", octets(32))
    Store(place, reserve=0).close()
    if place.path.read_bytes().startswith(b"SQLite format 3"):
        raise AssertionError("the store is not encrypted")
    link = HttpsLink(Address("127.0.0.1", 1))
    try:
        link.call(SignedRequest("/v1/hello", b"{}", "", "", "", "", ""))
    except LineDown as fault:
        say(f"an encrypted store, a line: ok ({fault.why})")
    finally:
        link.close()


def _one_request(folder: Path, today: date, say: Say) -> None:
    clock = SteppingClock(datetime.now(UTC))
    house = open_house(folder, Opening(clock, cost=_CHEAP), properties=_PROPERTIES, seed=_SEED)
    say("migrations, records: ok")
    try:
        ring_at_once(house)
        crew = seat_crew(house)
        desk = crew.clerk.desk
        service = intake.services(desk)["clearance"]
        record = next(
            item.record
            for item in make_city(_PROPERTIES, _SEED, today)
            if item.scenario is Scenario.CLEAN and len(item.record.owners[0].person_id) == 10
        )
        asker = Asker(Applicant.OWNER, record.owners[0], record, str(record.code))
        filled = fill(service, asker, intake.figures(desk), today)
        done = intake.register(crew.clerk, service, filled, intake.FeePayment("terminal", "1"))
        ended = follow(crew, done.case_id, clock.moment + timedelta(minutes=1))
        held = case_now(crew.clerk, done.case_id).answer
        if ended.state is not State.HANDED_OVER or held is None:
            raise AssertionError(f"the request ended in {ended.state}")
        pdf = letters.kept(desk, held)
        say(f"one request to its letter: ok ({len(pdf)} bytes)")
        _verify_page(house.centre, folder / "verify.html", say)
    finally:
        house.close()


def _verify_page(centre: Centre, file: Path, say: Say) -> None:
    """The page that checks letters, of its built parts, with the centre's keys and list."""
    try:
        size = write_verify_page(centre, file)
    except Refusal as no:
        # A checkout in which nobody has built it yet lacks it; a frozen program never does.
        if getattr(sys, "frozen", False):
            raise
        say(f"the page that checks letters: {no.words}")
        return
    text = file.read_text(encoding="utf-8")
    given, script = _SCRIPT.findall(text)
    told = json.loads(given)
    keys, ended = (open_file(base64.b64decode(told[name]))[1] for name in ("keys", "list"))
    read_list(ended)
    packed = [zlib.decompress(base64.b64decode(each), -15) for each in _PACKED.findall(script)]
    # Its policy names the script, and the one that it unpacks to draw a PDF with.
    runs = [each for each in (script.encode(), *packed) if not each.startswith(_WASM)]
    named = [base64.b64encode(hashlib.sha256(each).digest()).decode() in text for each in runs]
    if read_keys(keys).centre != centre.identity.centre or [len(packed), *named] != [2, True, True]:
        raise AssertionError("the page that checks letters is not whole")
    say(f"the page that checks letters: ok ({size} bytes)")

"""Attacks that no single door stops: wicked words in every field, a flood, lines that never end."""

from __future__ import annotations

import copy
import json
import socket
from collections import Counter as Tally
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from desktop.actions import letters
from desktop.centre.api import Limits
from desktop.centre.counting import counted
from desktop.centre.signing import CentreKeys
from desktop.centre.tables import CommandRow, FactRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain.identifiers import tracking_code
from desktop.domain.people import Applicant
from desktop.premises.clocks import SystemClock
from desktop.premises.embedded import open_centre
from desktop.sync.address import read_address
from desktop.sync.http import HttpsLink
from desktop.wire import calls, link
from desktop.wire.canon import canon
from desktop.wire.payloads import HelloAsk, PullAsk
from tests.centre.at_work import at_work, demand_whole, offices_of
from tests.centre.hostile import demand_told, known_to, paths
from tests.centre.test_door_arrivals import Desk
from tests.reports.reading import by_a_browser
from tests.served import Caller, listening, served
from tests.town import Town

WICKED = (
    "'); DROP TABLE fact; --",
    '<img src=x onerror="alert(1)"><b>&amp;</b>',
    "{{ 7 * 7 }}{% for x in y %}${jndi:ldap://x}%s%n",
    "../../../../etc/passwd",
)


def leaves(value: Any) -> Iterator[tuple[Any, ...]]:
    """The way to every text within a value."""
    for way in paths(value):
        here = value
        for key in way:
            here = here[key]
        if isinstance(here, str):
            yield way


def with_words(value: Any, way: tuple[Any, ...], words: str) -> Any:
    """The value with those words in that place."""
    changed = copy.deepcopy(value)
    holder = changed
    for key in way[:-1]:
        holder = holder[key]
    holder[way[-1]] = words
    return changed


@pytest.mark.slow
def test_wicked_words_in_every_field_of_an_act_are_words(town: Town) -> None:
    """Taken as they are, or refused in words; never run, never parked."""
    desk = Desk(town)
    made = desk.made()
    taken = 0
    for number, way in enumerate(leaves(made["payload"])):
        envelope = desk.next(made)
        request = envelope["payload"]["request"]
        request["tracking"] = tracking_code("21", "050903", 2, 5_000 + number)
        payload = with_words(envelope["payload"], way, WICKED[number % len(WICKED)])
        # What is kept is byte for byte what was sent: `take` looks.
        taken += desk.take(canon({**envelope, "payload": payload})) == ""
    assert taken > 3
    with town.house.centre.reading() as session:
        sent = select(CommandRow.state).where(CommandRow.device_id == desk.caller.device_id)
        states = Tally(session.scalars(sent))
        facts = session.scalar(select(func.count()).select_from(FactRow)) or 0
    assert set(states) <= {"done", "refused"}
    assert facts > taken
    assert desk.take(canon(desk.next(desk.made(1)))) == ""


@pytest.mark.long
def test_wicked_words_in_every_field_of_a_question_are_words(
    bounced_town: Town, tmp_path: Path
) -> None:
    known = known_to(bounced_town, tmp_path)
    before = counted(known.town.house.centre)
    for path, body in known.bodies.items():
        for number, way in enumerate(leaves(body)):
            spoilt = with_words(body, way, WICKED[number % len(WICKED)])
            demand_told(path, known.ask(path, json.dumps(known.signed(path, spoilt)).encode()))
    after = counted(known.town.house.centre)
    assert (after["cases"], after["held"]) == (before["cases"], 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "seen"),
    [("<b>&amp;</b>", "amp"), ("{{ xyz }}{% if %}", "xyz"), ("<a href='x'>", "href")],
)
def test_wicked_words_stand_on_paper_as_they_were_typed(
    small_town: Town, typed: str, seen: str
) -> None:
    """The number of the letter that is answered is printed: nothing in it is markup."""
    record = small_town.record(Scenario.CLEAN)
    case_id = small_town.register(record, "inquiry", Applicant.BANK, letter_number=typed)
    answer = case_now(small_town.crew.clerk, case_id).answer
    assert answer is not None
    assert any(typed in paragraph for paragraph in answer.letter.text.paragraphs)
    assert seen in " ".join(by_a_browser(letters.proof(answer.letter)))


@pytest.mark.long
def test_a_flood_from_one_desk_drowns_nobody_else(bounced_town: Town, tmp_path: Path) -> None:
    """Eight threads of one device ask without a pause while two offices register."""
    centre = bounced_town.house.centre
    records = bounced_town.properties[Scenario.CLEAN]
    statuses = Tally[int]()
    with listening(centre, tmp_path) as (address, _, _door), ExitStack() as lines:
        far = HttpsLink(read_address(address), stranger=True, proxies=dict)
        lines.callback(far.close)
        (flood,) = offices_of(centre, ["41"], records, 0, far)
        asks = (
            ("/v1/pull", PullAsk(cursors={"city": 0})),
            ("/v1/hello", HelloAsk(protocol=1, client="0.1.0", device_seq=0, cursors={})),
        )

        def pour(number: int) -> list[int]:
            return [flood.counter.call(*asks[(number + n) % 2]).status for n in range(25)]

        offices = offices_of(centre, ["42", "43"], records, 6, far)
        with ThreadPoolExecutor(8) as pouring:
            poured = [pouring.submit(pour, number) for number in range(8)]
            with at_work(offices):
                pass
            for each in poured:
                statuses.update(each.result())
        demand_whole(centre, offices)
        assert flood.counter.call(*asks[1]).status == link.OK
    assert statuses.total() == 200
    assert set(statuses) <= {link.OK, link.BUSY}


@pytest.mark.long
def test_two_hundred_lines_that_never_end_a_request_hold_nobody_up(
    postgres_url: str, tmp_path: Path
) -> None:
    """Silent ones, half a handshake, and heads by TLS of which the last line never comes."""
    limits = replace(Limits(), head_s=60.0)
    hello = HelloAsk(protocol=1, client="0.1.0", device_seq=0, cursors={})
    centre = open_centre(postgres_url, CentreKeys.new(demo=False), SystemClock())
    with served(centre, tmp_path, limits) as desk, ExitStack() as opened:
        for number in range(200):
            opened.enter_context(_stuck(desk, number))
        for _ in range(5):
            assert desk.ask(calls.HELLO, hello).desk == 1
        assert desk.client.get("/health").status_code == 200


def _stuck(desk: Caller, number: int) -> socket.socket:
    where = urlsplit(desk.address)
    bare = socket.create_connection((where.hostname or "", where.port or 0), timeout=20)
    if number % 4 == 0:
        # By TLS, a head that goes on.
        secured = desk.trusted.wrap_socket(bare, server_hostname="127.0.0.1")
        secured.sendall(b"POST /v1/hello HTTP/1.1\r\nHost: c\r\nX: ")
        return secured
    if number % 4 == 1:
        bare.sendall(b"\x16\x03\x01\x02\x00\x01\x00")
    return bare

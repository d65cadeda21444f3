"""A centre served from the command line, in processes of its own: begun, hurt, ended."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from random import Random

import httpx
import pytest
from sqlalchemy import make_url

from desktop.cli import main
from desktop.demo.city import make_city
from desktop.premises.certificate import fingerprint_of
from desktop.premises.served import open_centre
from desktop.sync.address import read_address
from desktop.sync.http import HttpsLink
from desktop.wire import calls
from desktop.wire import payloads as p
from tests.centre.at_work import at_work, demand_whole, offices_of
from tests.cli.test_centre import OFFICE
from tests.figures import FIGURE
from tests.served import enrol_first_desk

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

HELLO = p.HelloAsk(protocol=1, client="0.1.0", device_seq=0, cursors={})


_STARTED = re.compile(r"Started server process \[([0-9]+)\]")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


class Service:
    """The centre of the folder as a program of its own."""

    def __init__(self, folder: Path, port: int, measured: int) -> None:
        self.folder, self.port, self.measured = folder, port, measured
        self.log = folder / "serve.log"
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self) -> subprocess.Popen[bytes]:
        """Start it, and wait until its processes answer."""
        with self.log.open("ab") as log:
            started = [sys.executable, "-m", "desktop", "centre", "serve"]
            self.process = subprocess.Popen(started, stdout=log, stderr=log)
        self.until(lambda: len(self.processes()) == 2 and self.well())
        return self.process

    def processes(self) -> set[int]:
        """The processes that answer, by the log and by who is alive."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        words = " ".join(json.loads(line)["words"] for line in lines)
        return {int(each) for each in _STARTED.findall(words) if _is_alive(int(each))}

    def well(self) -> bool:
        """Whether anybody answers, and well."""
        with suppress(httpx.TransportError):
            return httpx.get(
                f"https://127.0.0.1:{self.port}/health", verify=self.trusted
            ).is_success
        return False

    @property
    def trusted(self) -> ssl.SSLContext:
        """What believes its certificate."""
        return ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))

    def metrics(self) -> str:
        """What Prometheus is told."""
        return httpx.get(f"http://127.0.0.1:{self.measured}/metrics").text

    def said(self, words: str) -> int:
        """In how many lines of its log the words stand."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return sum(words in json.loads(line)["words"] for line in lines)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds: one that dies while it is asked how it does is missed only when
        the time for its answer is over (`Limits.beginning_s`)."""
        for _ in range(600):
            if holds():
                return
            time.sleep(0.1)
        raise AssertionError(self.log.read_text(encoding="utf-8"))


@pytest.fixture
def service(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Service]:
    """A centre that was founded on the command line, with an office."""
    folder = tmp_path / "home"
    monkeypatch.setenv("PISHKHAN_HOME", str(folder))
    address = make_url(postgres_url).set(drivername="postgresql")
    database = address.render_as_string(hide_password=False)
    port, measured = _free_port(), _free_port()
    told = ["init", "--database", database, "--name", "127.0.0.1", "--port", str(port)]
    assert main(["centre", *told]) == 0
    assert main(["centre", "office", "add", *OFFICE]) == 0
    file = folder / "office.toml"
    text = file.read_text(encoding="utf-8").replace("9464", str(measured))
    file.write_text(text, encoding="utf-8")
    made = Service(folder, port, measured)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.send_signal(signal.SIGTERM)
        made.process.wait(30)


def test_two_processes_answer_and_one_brings_about_what_time_does(service: Service) -> None:
    begun = service.begin()
    centre = open_centre(service.folder)
    desk = enrol_first_desk(centre, f"https://127.0.0.1:{service.port}", service.trusted, "31")
    centre.close()
    with desk.client:
        for _ in range(8):
            assert desk.ask(calls.HELLO, HELLO).office == "31"
    told = service.metrics()
    assert 'pishkhan_answer_seconds_count{call="/v1/hello",status="200"} 8.0' in told
    assert 'pishkhan_silent_seconds{office="31"}' in told
    assert service.said("time brought about") == 1
    # No id of a person, and no address, is in the log; the device is.
    assert service.said(desk.device_id) == 8
    assert service.said("127.0.0.1") == 0
    # Another service can't have the port, and says so.
    second = subprocess.run(
        [sys.executable, "-m", "desktop", "centre", "serve"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (second.returncode, "درگاه" in second.stderr) == (1, True)
    begun.send_signal(signal.SIGTERM)
    assert begun.wait(30) == 0


def test_a_reload_brings_new_processes_and_loses_no_call(service: Service) -> None:
    begun = service.begin()
    centre = open_centre(service.folder)
    desk = enrol_first_desk(centre, f"https://127.0.0.1:{service.port}", service.trusted, "31")
    centre.close()
    before = service.processes()

    def told() -> bool:
        assert desk.ask(calls.HELLO, HELLO).office == "31"
        return not before & service.processes()

    with desk.client:
        begun.send_signal(signal.SIGHUP)
        service.until(told)
        service.until(lambda: len(service.processes()) == 2)
    begun.send_signal(signal.SIGTERM)
    assert begun.wait(30) == 0


def test_a_process_that_is_killed_is_begun_anew_and_none_outlives_the_first(
    service: Service,
) -> None:
    begun = service.begin()
    killed, other = service.processes()
    os.kill(killed, signal.SIGKILL)
    service.until(lambda: len(service.processes() - {killed}) == 2)
    service.until(service.well)
    assert other in service.processes()
    os.kill(begun.pid, signal.SIGKILL)
    begun.wait(10)
    service.until(lambda: not service.processes())
    again = service.begin()
    again.send_signal(signal.SIGTERM)
    assert again.wait(30) == 0


def test_processes_killed_under_load_lose_and_double_nothing(
    service: Service, record_property: Callable[[str, object], None]
) -> None:
    """Whose call was at work in the one that dies asks again, and is told by the other."""
    service.begin()
    centre, random = open_centre(service.folder), Random(1405)
    pin = fingerprint_of((service.folder / "certificate.pem").read_bytes()).hex()
    line = HttpsLink(read_address(f"https://127.0.0.1:{service.port}"), pin, proxies=dict)
    found = (item.record for item in make_city(60, 1405, date(2026, 1, 10)))
    records = [each for each in found if each.owners and len(each.owners[0].person_id) == 10]
    offices = offices_of(centre, ("41", "42", "43", "44"), records, 250, line)
    killed = 0
    with at_work(offices) as threads:
        while any(thread.is_alive() for thread in threads) and killed < 8:
            time.sleep(random.uniform(0.0, 0.3))
            alive = sorted(service.processes())
            if not alive:
                # Both were killed so fast that neither has been begun anew.
                continue
            process = random.choice(alive)
            killed += any(thread.is_alive() for thread in threads)
            os.kill(process, signal.SIGKILL)
            service.until(lambda: len(service.processes()) == 2)
    demand_whole(centre, offices)
    line.close()
    centre.close()
    assert killed > 2
    told = sum(office.counter.told for office in offices)
    record_property(FIGURE, f"a centre's process killed {killed} times: {told:,} acts, none lost")

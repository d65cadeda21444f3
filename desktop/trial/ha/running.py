"""A city whose centre stands on two machines: what ends under load, how long, what is lost."""

from __future__ import annotations

import shutil
import ssl
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from desktop.premises.centre_file import read_centre_file, text_of
from desktop.premises.kind import NAME
from desktop.trial.ha.cluster import DIRECT, FRONT, POOLED, Cluster, address
from desktop.trial.ha.net import Host, network
from desktop.trial.kept import kept_folder
from desktop.trial.machines import Service, program, until
from desktop.trial.soak.diary import Told, reported
from desktop.trial.soak.faults import Say
from desktop.trial.soak.history import History, acts_at, check
from desktop.trial.soak.machines import Town
from desktop.trial.soak.running import finish, people_it, tell

CALM_S, AFTER_S, CUT_S = 20.0, 15.0, 45.0
_ASK_S, _GOES_ON_S = 2.0, 120.0


class Pair(Service):
    """The centre on both machines: the same folder on each, one address before them."""

    def __init__(self, home: Path, cluster: Cluster) -> None:
        super().__init__(home, FRONT)
        self._cluster, self._count = cluster, 0

    def found(self, database: str) -> tuple[str, ...]:
        """As of one machine; by the primary itself, then through the pooler."""
        words = super().found(database)
        file = replace(read_centre_file(self.home), database=address(POOLED), direct=database)
        (self.home / NAME).write_text(text_of(file), encoding="utf-8")
        return words

    def begin(self, processes: int, wrong_by: float = 0.0) -> None:
        """Serve on both, by the machine's own clock."""
        if wrong_by:
            raise ValueError("both machines have one clock")
        self._count = processes
        for host in self._cluster.machines:
            shutil.copytree(self.home, self._folder(host))
            self.begin_on(host)

    def begin_on(self, host: Host) -> None:
        """Serve there, and wait until it answers."""
        host.start(
            "centre",
            *(*program(), "centre", "serve", "--processes", str(self._count)),
            log=self.log_of(host),
            environment={"PISHKHAN_HOME": str(self._folder(host)), "PYTHONUTF8": "1"},
        )
        until(lambda: _is_well(host), f"the centre on {host.name} does not answer", _GOES_ON_S)

    def log_of(self, host: Host) -> Path:
        """What it says there."""
        return self.home.with_name(f"serve-{host.name}.log")

    def _folder(self, host: Host) -> Path:
        return self.home.with_name(f"centre-{host.name}")


@dataclass(frozen=True)
class Figure:
    """What was done, and the longest time in seconds that no act was acknowledged since."""

    name: str
    pause_s: float


@dataclass
class Trial:
    """The machines, the city that leans on them, and what was measured."""

    cluster: Cluster
    service: Pair
    town: Town
    say: Say

    def measure(
        self, name: str, host: Host, act: Callable[[], object], mend: Callable[[], object]
    ) -> Figure:
        """Do it to the host that writes; how long no desk heard of an act of its that it is at the
        centre, until the other host writes and acts are heard of again; then mend it."""
        begun = time.time()
        self.say(f"{name}: {host.name} writes")
        act()
        until(
            lambda: self.cluster.primary() not in (None, host), f"{name}: nobody writes", _GOES_ON_S
        )
        other = time.time()
        until(lambda: bool(self._heard(other)), f"{name}: nothing goes on", _GOES_ON_S)
        time.sleep(AFTER_S)
        pause = longest_pause([begun, *self._heard(begun)])
        self.say(f"  no act was acknowledged for {pause:.1f} s")
        mend()
        return Figure(name, pause)

    def _heard(self, since: float) -> list[float]:
        """When since then a desk heard that acts of its are at the centre."""
        moved = (at for each in self.town.diaries for at in Told.of(each).moved)
        return sorted(at for at in moved if at >= since)

    def calm(self) -> Figure:
        """The same for a while in which nothing ends."""
        begun = time.time()
        time.sleep(CALM_S)
        return Figure("nothing", longest_pause([begun, *self._heard(begun)]))

    def primary(self) -> Host:
        """Who writes, once another follows it. Raises RuntimeError where nobody does."""
        self.cluster.await_pair()
        return self.cluster.writer()

    def kill_primary(self) -> Figure:
        """PostgreSQL and who looks after it end; the centre beside it goes on."""
        host = self.primary()
        return self.measure(
            "the primary is killed",
            host,
            lambda: self.cluster.kill_database(host),
            lambda: self.cluster.begin_database(host),
        )

    def kill_host(self) -> Figure:
        """A machine loses its power: the primary, a centre, a vote."""
        host = self.primary()
        return self.measure("the primary's machine dies", host, host.die, lambda: self._boot(host))

    def cut_net(self) -> Figure:
        """The primary's machine is cut off, works on alone for a while, and comes back."""
        host = self.primary()

        def heal() -> None:
            time.sleep(CUT_S)
            host.plug_in()

        return self.measure("the net between them is cut", host, host.pull_cable, heal)

    def restore(self) -> None:
        """Restore to a point in time under load, beside the living: what was acknowledged by then
        is there. Raises RuntimeError where it is not."""
        self.cluster.await_pair()
        said: Counter[str] = Counter()
        for told in map(Told.of, self.town.diaries):
            said[told.device] = max(said[told.device], told.acked)
        point = datetime.now(UTC)
        time.sleep(AFTER_S)
        begun = time.monotonic()
        restored = acts_at(self.cluster.restore_to(point))
        took = time.monotonic() - begun
        lost = sum(max(0, count - restored.get(device, 0)) for device, count in said.items())
        living = sum(acts_at(address(DIRECT)).values())
        self.say(
            f"restored in {took:.0f} s to {AFTER_S:.0f} s ago: {sum(restored.values())} acts of "
            f"the {living} of now; of {said.total()} acknowledged by then {lost} are missing"
        )
        if lost or sum(restored.values()) >= living:
            raise RuntimeError("that is not the point in time")

    def _boot(self, host: Host) -> None:
        self.cluster.begin_etcd(host)
        self.cluster.begin_database(host)
        self.service.begin_on(host)


def run_ha_demo(say: Say, keep: Path | None = None) -> History:
    """The history of a city on two machines after each of three faults.

    With `keep` all files stay in that new folder. Raises Refusal without root, where a program
    is missing, or that folder is not new.
    """
    with ExitStack() as ends:
        folder = kept_folder(keep, "ha", ends)
        first, second, witness = ends.enter_context(network("a", "b", "w"))
        cluster = Cluster(folder / "cluster", first, second, witness)
        cluster.begin()
        front = cluster.front()
        ends.callback(front.wait)
        ends.callback(front.kill)
        service = Pair(folder / "centre", cluster)
        words = service.found(address(DIRECT))
        town = people_it(folder, service, words, say, ends)
        trial = Trial(cluster, service, town, say)
        cluster.back_up()
        figures = [trial.calm()]
        figures += [trial.kill_primary(), trial.kill_host(), trial.cut_net()]
        trial.restore()
        cluster.await_pair()
        heads = finish(town, address(DIRECT), say)
        found = check(address(DIRECT), town.diaries, heads)
        for host in cluster.machines:
            found.faults += [f"{host.name}: {words}" for words in reported(service.log_of(host))]
        acked = sum(Told.of(each).acked for each in town.diaries)
        say(f"{acked} acts were acknowledged, {found.lost} lost, {found.doubled} doubled")
        for figure in figures:
            say(f"  {figure.name}: the longest pause {figure.pause_s:.1f} s")
        tell(found, say)
        say(service.command("verify").strip())
        return found


def longest_pause(moments: Sequence[float]) -> float:
    """The longest time in seconds between two of them that follow each other."""
    return max((after - before for before, after in pairwise(moments)), default=0.0)


def _is_well(host: Host) -> bool:
    unseen = ssl.create_default_context()
    unseen.check_hostname, unseen.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=unseen)
    )
    try:
        with opener.open(f"https://{host.address}:{FRONT}/health", timeout=_ASK_S) as told:
            return bool(told.status == 200)
    except (OSError, urllib.error.URLError):
        return False

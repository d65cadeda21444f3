"""Hosts that are network namespaces of this machine, on a bridge; a cable can be pulled.

Wants root, and `iproute2`. This process itself stands in the namespace of the bridge meanwhile,
with whatever it starts; its own network is as it was when the block ends.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.errors import Refusal
from desktop.trial.postgres import KILL, is_root

HUB = "10.90.0.1"
_HUB = "pishkhan-hub"
_BRIDGE = "pishkhan0"
_NOT_ROOT = "این آزمایش شبکه‌هایی از آن خود می‌سازد؛ با دسترسی root اجرا کنید."
_ENDS_S = 20.0
_CLONE_NEWNET = 0x40000000


@dataclass
class Host:
    """A machine of the trial: its name, its address, what runs on it."""

    name: str
    address: str
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def namespace(self) -> str:
        """As `ip netns` knows it."""
        return f"pishkhan-{self.name}"

    def start(
        self,
        what: str,
        *command: str | Path,
        log: Path,
        user: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Run it there under that name, as that user; its output goes to the log."""
        with log.open("ab") as out:
            self.running[what] = subprocess.Popen(
                self._there(user, *command),
                env={**os.environ, **(environment or {})},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def run(self, *command: str | Path, log: Path, user: str) -> None:
        """Run it there as that user until it ends. Raises CalledProcessError."""
        with log.open("ab") as out:
            there = self._there(user, *command)
            subprocess.run(there, cwd="/", check=True, stdout=out, stderr=out)

    def _there(self, user: str, *command: str | Path) -> list[str]:
        as_user = ("setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups") if user else ()
        return ["ip", "netns", "exec", self.namespace, *as_user, *map(str, command)]

    def demand_running(self) -> None:
        """Raise RuntimeError where anything that was started here ended by itself."""
        ended = [what for what, process in self.running.items() if process.poll() is not None]
        if ended:
            raise RuntimeError(f"{', '.join(ended)} of {self.name} ended: see its log")

    def kill(self, *names: str) -> None:
        """Kill these, with all of their session, in the middle of whatever they do."""
        for name in names:
            process = self.running.pop(name, None)
            if process is not None:
                for pid in _said("ps", "-o", "pid=", "-s", str(process.pid)).split():
                    _end(int(pid))
                process.wait()

    def kill_program(self, name: str) -> None:
        """Kill whatever runs there by that name: some go away from who started them."""
        for pid in _said("ip", "netns", "pids", self.namespace).split():
            with suppress(OSError):
                if Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip() == name:
                    _end(int(pid))

    def die(self) -> None:
        """As power that goes: everything on it ends at once."""
        self.running, dead = {}, self.running
        end = time.monotonic() + _ENDS_S
        while pids := _said("ip", "netns", "pids", self.namespace).split():
            if time.monotonic() > end:
                raise RuntimeError(f"{self.name} does not die")
            for pid in pids:
                _end(int(pid))
            time.sleep(0.05)
        for process in dead.values():
            process.wait()

    def pull_cable(self) -> None:
        """Nothing comes to it or goes from it, and what is open is not closed."""
        _do("ip", "link", "set", f"to-{self.name}", "down")

    def plug_in(self) -> None:
        """The cable is in again."""
        _do("ip", "link", "set", f"to-{self.name}", "up")


@contextmanager
def network(*names: str) -> Iterator[tuple[Host, ...]]:
    """Hosts by these names, each with an address; all of it ends with the block. Raises Refusal."""
    if not is_root():
        raise Refusal(_NOT_ROOT)
    hosts = tuple(Host(name, f"10.90.0.{11 + place}") for place, name in enumerate(names))
    with ExitStack() as ends:
        _make(_HUB, ends)
        own = os.open("/proc/self/ns/net", os.O_RDONLY)
        ends.callback(os.close, own)
        hub = os.open(f"/run/netns/{_HUB}", os.O_RDONLY)
        ends.callback(os.close, hub)
        _stand_in(hub)
        ends.callback(_stand_in, own)
        _do("ip", "link", "set", "lo", "up")
        _do("ip", "link", "add", _BRIDGE, "type", "bridge")
        _do("ip", "addr", "add", f"{HUB}/24", "dev", _BRIDGE)
        _do("ip", "link", "set", _BRIDGE, "up")
        for host in hosts:
            _make(host.namespace, ends)
            ends.callback(host.die)
            inner = ("netns", host.namespace)
            _do("ip", "link", "add", f"to-{host.name}", "type", "veth", "peer", "eth0", *inner)
            _do("ip", "link", "set", f"to-{host.name}", "master", _BRIDGE, "up")
            within = ("ip", "-n", host.namespace)
            _do(*within, "addr", "add", f"{host.address}/24", "dev", "eth0")
            for link in ("lo", "eth0"):
                _do(*within, "link", "set", link, "up")
        yield hosts


def _stand_in(namespace: int) -> None:
    """This thread, and what it starts, is in that network from now on."""
    # `os.setns` is there from Python 3.12 on.
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(namespace, _CLONE_NEWNET) != 0:
        fault = ctypes.get_errno()
        raise OSError(fault, os.strerror(fault))


def _make(namespace: str, ends: ExitStack) -> None:
    if Path(f"/run/netns/{namespace}").exists():
        # Of a trial that was killed; what it left there still runs.
        for pid in _said("ip", "netns", "pids", namespace).split():
            _end(int(pid))
        _do("ip", "netns", "del", namespace)
    _do("ip", "netns", "add", namespace)
    ends.callback(_do, "ip", "netns", "del", namespace)


def _end(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, KILL)


def _do(*command: str) -> None:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(f"{' '.join(command)}: {ended.stderr.strip()}")


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout

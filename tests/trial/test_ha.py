"""What the trial of two machines measures, and what it says where it can't be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.settings import resources
from desktop.trial.ha import cluster, net
from desktop.trial.ha.cluster import Cluster
from desktop.trial.ha.net import Host
from desktop.trial.ha.running import longest_pause


def test_the_longest_pause_is_between_two_that_follow_each_other() -> None:
    assert longest_pause([]) == longest_pause([7.0]) == 0.0
    assert longest_pause([1.0, 1.5, 21.5, 22.0]) == 20.0


def test_missing_programs_are_named_with_what_installs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_PATH", str(tmp_path))
    monkeypatch.setattr(cluster, "_SPEAKS_ETCD", tmp_path / "etcd")
    hosts = [Host(name, f"10.90.0.{place}") for place, name in enumerate("abw")]
    with pytest.raises(Refusal, match=r"etcd.*python3-etcd.*apt-get install .*patroni"):
        Cluster(tmp_path / "cluster", *hosts)


def test_who_is_not_root_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net, "is_root", lambda: False)
    with pytest.raises(Refusal, match="root"), net.network("a"):
        pass


def test_what_ended_by_itself_is_not_waited_for() -> None:
    host = Host("a", "10.90.0.1")
    host.running["patroni"] = subprocess.Popen([sys.executable, "-c", "pass"])
    host.running["patroni"].wait()
    with pytest.raises(RuntimeError, match="patroni of a ended"):
        host.demand_running()


def test_the_files_for_two_machines_say_what_the_demo_proves() -> None:
    told = {path.name: path.read_text("utf-8") for path in (resources() / "centre/ha").iterdir()}
    patroni = told["patroni.yml"]
    for line in (
        f"ttl: {cluster._TTL_S}",
        f"loop_wait: {cluster._LOOP_S}",
        f"retry_timeout: {cluster._RETRY_S}",
        "synchronous_mode: true",
        "use_pg_rewind: true",
        'wal_log_hints: "on"',
        f"scope: {cluster.DATABASE}",
        "archive-push %p",
    ):
        assert line in patroni, line
    front = told["haproxy.cfg"]
    asked = [line.strip() for line in cluster._HAPROXY.splitlines() if "httpchk" in line]
    assert [line.strip() for line in front.splitlines() if "httpchk" in line] == asked
    assert front.count("on-marked-down shutdown-sessions") == 6
    pool = ("pool_mode", "default_pool", "max_", "server_")
    own = [line for line in cluster._PGBOUNCER.splitlines() if line.startswith(pool)]
    assert own
    assert [line for line in own if line not in told["pgbouncer.ini"]] == []

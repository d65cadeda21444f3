"""PostgreSQL on two hosts under Patroni, etcd there and on a witness, PgBouncer, HAProxy."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.domain.errors import Refusal
from desktop.trial.ha.net import HUB, Host
from desktop.trial.machines import until
from desktop.trial.postgres import programs

POOLED, DIRECT, FRONT = 5000, 5001, 8443
"""Where HAProxy listens on the bridge: PgBouncer beside the primary, the primary, the centre."""
DATABASE = "pishkhan"
PACKAGES = (
    "etcd-server", "patroni", "python3-etcd", "pgbackrest", "pgbouncer", "haproxy", "iproute2",
    "procps",
)  # fmt: skip
"""Of Debian, beside PostgreSQL."""
_PROGRAMS = ("etcd", "patroni", "pgbackrest", "pgbouncer", "haproxy", "ip", "ps", "setpriv")
# What Patroni speaks to etcd with: its package recommends it and does without.
_SPEAKS_ETCD = Path("/usr/lib/python3/dist-packages/etcd")
_MISSING = "این برنامه‌ها نصب نیست: {}. نصب کنید: apt-get install --no-install-recommends {}"
_USER = "postgres"
_REST, _SQL, _POOL, _CLIENTS, _PEERS = 8008, 5432, 6432, 2379, 2380
_READY_S, _ASK_S, _SETTLE_S = 120.0, 2.0, 4.0
# A primary that can't renew its word is none after `ttl`; the others look each `loop_wait`.
_TTL_S, _LOOP_S, _RETRY_S = 20, 5, 5


def address(port: int) -> str:
    """Of the centre's database through HAProxy, for libpq and SQLAlchemy."""
    return f"postgresql://{_USER}@{HUB}:{port}/{DATABASE}"


@dataclass
class Cluster:
    """Two hosts with PostgreSQL, and a witness: who votes with them, and holds nothing."""

    folder: Path
    first: Host
    second: Host
    witness: Host

    def __post_init__(self) -> None:
        missing = [each for each in _PROGRAMS if shutil.which(each, path=_PATH) is None]
        if not _SPEAKS_ETCD.is_dir():
            missing.append("python3-etcd")
        if missing:
            raise Refusal(_MISSING.format("، ".join(missing), " ".join(PACKAGES)))

    @property
    def machines(self) -> tuple[Host, Host]:
        """Those with PostgreSQL."""
        return self.first, self.second

    def begin(self) -> None:
        """Start all, and wait for a primary with a synchronous standby."""
        self.folder.mkdir(parents=True)
        for host in (*self.machines, self.witness):
            self.begin_etcd(host)
        for host in self.machines:
            self.begin_database(host)
        self.await_pair()
        self._archive(self.writer(), "stanza-create")

    def back_up(self) -> None:
        """All that the primary has goes to the repository, whatever is written after it follows."""
        self._archive(self.writer(), "--type=full", "backup")

    def restore_to(self, moment: datetime) -> str:
        """Another server on the witness, as the database was at that moment; its address."""
        self._archive(self.writer(), "check")
        own = self._own(self.witness, "point")
        data = own / "data"
        data.mkdir(mode=0o700)
        shutil.chown(data, _USER, _USER)
        target = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f+00")
        how = ("--type=time", f"--target={target}", "--target-action=promote", "--archive-mode=off")
        self._archive(self.writer(), f"--pg1-path={data}", *how, "restore")
        listens = f"-c listen_addresses={self.witness.address} -c unix_socket_directories={own}"
        hba = own / "pg_hba.conf"
        hba.write_text("host all all 10.90.0.0/24 trust\n", encoding="utf-8")
        options = f"{listens} -c hba_file={hba} -c synchronous_standby_names="
        control = (programs() / "pg_ctl", "-D", data, "-w", "-t", "120", "-o", options)
        self.witness.start("point", *control, "start", log=self.folder / "point.log", user=_USER)
        where = f"postgresql://{_USER}@{self.witness.address}:{_SQL}/{DATABASE}"
        until(lambda: _writes(where), "the restored server does not begin", _READY_S)
        return where

    def writer(self) -> Host:
        """Who writes now. Raises RuntimeError where nobody says so."""
        host = self.primary()
        if host is None:
            raise RuntimeError("nobody writes")
        return host

    def _archive(self, host: Host, *act: str) -> None:
        host.run(*self._archiver(host), *act, log=self.folder / "pgbackrest.log", user=_USER)

    def _archiver(self, host: Host) -> tuple[str, ...]:
        return "pgbackrest", f"--config={self._own(host, 'database') / 'archive.conf'}", _STANZA

    def await_pair(self) -> None:
        """Wait until one writes and the other follows it, so that either may end.

        Raises RuntimeError where none does, or what should do it has ended.
        """
        until(self._are_pair, "no standby follows", _READY_S)

    def _are_pair(self) -> bool:
        for host in self.machines:
            host.demand_running()
        return self.roles() == ["primary", "sync_standby"]

    def begin_etcd(self, host: Host) -> None:
        """Start its vote."""
        data = self._own(host, "etcd")
        peers = (*self.machines, self.witness)
        host.start(
            "etcd",
            "etcd",
            f"--name={host.name}",
            f"--data-dir={data}",
            f"--listen-peer-urls=http://{host.address}:{_PEERS}",
            f"--initial-advertise-peer-urls=http://{host.address}:{_PEERS}",
            f"--listen-client-urls=http://{host.address}:{_CLIENTS}",
            f"--advertise-client-urls=http://{host.address}:{_CLIENTS}",
            "--initial-cluster=" + ",".join(f"{p.name}=http://{p.address}:{_PEERS}" for p in peers),
            "--initial-cluster-state=new",
            log=self.folder / f"etcd-{host.name}.log",
            user=_USER,
        )

    def begin_database(self, host: Host) -> None:
        """Start its Patroni, which starts PostgreSQL as what it is to be, and PgBouncer."""
        own = self._own(host, "database")
        for folder in (self.folder / "repository", own / "archive"):
            folder.mkdir(exist_ok=True)
            shutil.chown(folder, _USER, _USER)
        archive = _ARCHIVE.format(repository=self.folder / "repository", own=own)
        (own / "archive.conf").write_text(archive, encoding="utf-8")
        settings = own / "patroni.json"
        settings.write_text(json.dumps(self._patroni(host, own)), encoding="utf-8")
        host.start(
            "patroni", "patroni", settings, log=self.folder / f"patroni-{host.name}.log", user=_USER
        )
        pool = own / "pgbouncer.ini"
        pool.write_text(_PGBOUNCER.format(sql=_SQL, pool=_POOL, users=own / "users.txt"), "utf-8")
        (own / "users.txt").write_text(f'"{_USER}" ""\n', encoding="utf-8")
        host.start(
            "pgbouncer",
            "pgbouncer",
            pool,
            log=self.folder / f"pgbouncer-{host.name}.log",
            user=_USER,
        )

    def kill_database(self, host: Host) -> None:
        """PostgreSQL, who looks after it and who stands before it end at once."""
        host.kill("patroni", "pgbouncer")
        host.kill_program("postgres")

    def front(self) -> subprocess.Popen[bytes]:
        """Start HAProxy on the bridge: to the primary, and to whichever centres answer."""
        settings = self.folder / "haproxy.cfg"
        servers = {
            "pool": (_POOL, f"check port {_REST}"),
            "sql": (_SQL, f"check port {_REST}"),
            "centre": (FRONT, "check check-ssl verify none"),
        }
        lines = {
            name: "\n".join(
                f"  server {host.name} {host.address}:{port} {how} inter 1s fall 2 rise 1"
                " on-marked-down shutdown-sessions"
                for host in self.machines
            )
            for name, (port, how) in servers.items()
        }
        text = _HAPROXY.format(hub=HUB, pooled=POOLED, direct=DIRECT, front=FRONT, **lines)
        settings.write_text(text, encoding="utf-8")
        with (self.folder / "haproxy.log").open("ab") as log:
            front = subprocess.Popen(["haproxy", "-db", "-f", settings], stdout=log, stderr=log)
        # Whom it has not asked yet it takes for one that writes.
        time.sleep(_SETTLE_S)
        until(
            lambda: _says_ready(f"--host={HUB}", f"--port={DIRECT}"),
            "nobody answers behind the balancer",
            _READY_S,
        )
        return front

    def primary(self) -> Host | None:
        """Which of them writes now; None where none says so."""
        for host in self.machines:
            if _asks(host, "primary") is not None:
                return host
        return None

    def roles(self) -> list[str]:
        """What each says that it is, sorted; one that does not answer is left out."""
        told = [_asks(host, "cluster") for host in self.machines]
        known: Any = next((each for each in told if each is not None), {"members": []})
        return sorted(
            {"leader": "primary", "sync_standby": "sync_standby"}.get(each["role"], each["role"])
            for each in known["members"]
            if each.get("state") in ("running", "streaming")
        )

    def _own(self, host: Host, what: str) -> Path:
        folder = self.folder / host.name / what
        folder.mkdir(parents=True, exist_ok=True)
        shutil.chown(folder, _USER, _USER)
        folder.chmod(0o750)
        return folder

    def _patroni(self, host: Host, own: Path) -> dict[str, Any]:
        peers = (*self.machines, self.witness)
        return {
            "scope": DATABASE,
            "name": host.name,
            "restapi": {
                "listen": f"{host.address}:{_REST}",
                "connect_address": f"{host.address}:{_REST}",
            },
            "etcd3": {"hosts": [f"{each.address}:{_CLIENTS}" for each in peers]},
            "bootstrap": {
                "dcs": {
                    "ttl": _TTL_S,
                    "loop_wait": _LOOP_S,
                    "retry_timeout": _RETRY_S,
                    # What is acknowledged stands on both; a standby that lacks it is none.
                    "synchronous_mode": True,
                    "postgresql": {
                        "use_pg_rewind": True,
                        "parameters": {"wal_log_hints": "on", "max_connections": 200},
                    },
                },
                "initdb": [{"encoding": "UTF8"}, "data-checksums"],
            },
            "postgresql": {
                "listen": f"{host.address},127.0.0.1:{_SQL}",
                "connect_address": f"{host.address}:{_SQL}",
                "data_dir": str(own / "data"),
                "bin_dir": str(programs()),
                "pgpass": str(own / "pgpass"),
                "authentication": {
                    "superuser": {"username": _USER},
                    "replication": {"username": _USER},
                },
                "parameters": {
                    "unix_socket_directories": str(own),
                    "archive_mode": "on",
                    "archive_command": " ".join((*self._archiver(host), "archive-push", "%p")),
                },
                "pg_hba": [
                    "local all all trust",
                    "host all all 10.90.0.0/24 trust",
                    "host all all 127.0.0.1/32 trust",
                    "host replication all 10.90.0.0/24 trust",
                    "host replication all 127.0.0.1/32 trust",
                ],
            },
        }


_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
# No proxy of the machine's is asked for what lies on the bridge.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _asks(host: Host, path: str) -> Any:
    """What its Patroni answers; None for no, or for nothing."""
    try:
        with _OPENER.open(f"http://{host.address}:{_REST}/{path}", timeout=_ASK_S) as told:
            return json.load(told)
    except (OSError, ValueError, urllib.error.URLError):
        return None


def _says_ready(*where: str) -> bool:
    return (
        subprocess.run((str(programs() / "pg_isready"), "-q", *where), check=False).returncode == 0
    )


def _writes(where: str) -> bool:
    """Whether the server there has come to its end of reading, and is a primary."""
    asked = (str(programs() / "psql"), where, "-Atc", "SELECT pg_is_in_recovery()")
    return subprocess.run(asked, check=False, capture_output=True).stdout.strip() == b"f"


_PGBOUNCER = """\
[databases]
* = host=127.0.0.1 port={sql}
[pgbouncer]
listen_addr = *
listen_port = {pool}
auth_type = trust
auth_file = {users}
pool_mode = transaction
default_pool_size = 40
max_client_conn = 400
server_login_retry = 1
max_prepared_statements = 200
unix_socket_dir =
"""
_STANZA = f"--stanza={DATABASE}"
_ARCHIVE = f"""\
[global]
repo1-path={{repository}}
repo1-retention-full=2
start-fast=y
log-level-console=info
log-level-file=off
lock-path={{own}}/archive
spool-path={{own}}/archive
[{DATABASE}]
pg1-path={{own}}/data
pg1-socket-path={{own}}
pg1-user={_USER}
"""
_HAPROXY = """\
global
  maxconn 2000
defaults
  mode tcp
  timeout connect 3s
  timeout client 2m
  timeout server 2m
listen pool
  bind {hub}:{pooled}
  option httpchk GET /primary
{pool}
listen sql
  bind {hub}:{direct}
  option httpchk GET /primary
{sql}
listen centre
  bind {hub}:{front}
  bind 127.0.0.1:{front}
  option httpchk GET /health
{centre}
"""

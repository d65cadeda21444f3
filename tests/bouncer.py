"""PgBouncer before the tests' PostgreSQL: a connection of its own is a transaction's, no longer."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg

_PORT = 6432
_PROGRAM = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
_SETTINGS = """
[databases]
* = host={server}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 4
server_login_retry = 1
logfile = {folder}/log
pidfile = {folder}/pid
"""


@contextmanager
def bouncing(server: str) -> Iterator[str]:
    """The server by way of a PgBouncer in transaction mode, as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="pishkhan-bouncer-"))
    behind = parse_qs(urlsplit(server).query)["host"][0]
    settings = folder / "settings"
    settings.write_text(_SETTINGS.format(server=behind, port=_PORT, folder=folder))
    (folder / "users").write_text('"postgres" ""\n')
    # It refuses to be root; the server's own user is there when the tests are.
    user = Path(behind).owner() if os.geteuid() == 0 else None
    if user is not None:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, user)
    process = subprocess.Popen([_PROGRAM, "-q", str(settings)], user=user)
    address = f"postgresql://postgres:@/postgres?host={folder}&port={_PORT}"
    try:
        _await(address, process)
        yield address
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


WAYS = ("straight", "bouncer")


@contextmanager
def reached(way: str, server: str) -> Iterator[str]:
    """The server's address by one of `WAYS`, as long as the block lasts."""
    if way == "straight":
        yield server
        return
    with bouncing(server) as bounced:
        yield bounced


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            if process.poll() is not None:
                raise
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(address)

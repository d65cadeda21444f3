"""Fresh databases of a centre and of a desk: migrated once a worker, then copied."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from desktop.centre.schema import upgrade_centre
from desktop.sql.engine import File, Place, Sealed, path_of, writer
from desktop.store.open import Store
from tests.once import SHARED
from tests.servers import address, create, name_in

_TEMPLATE = "fresh_centre"


def lay_centre(place: Place, server: str = "") -> None:
    """An empty database of a centre is there, at this program's version.

    For an address `server` is its server's; whatever stood under that name is gone.
    """
    if isinstance(place, str):
        create(server, name_in(place), _template(server))
    else:
        shutil.copy(_centre_file(), path_of(place))


def lay_store(place: File) -> None:
    """A desk's store is there that nobody is enrolled at."""
    path = path_of(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(_store_file(place.key if isinstance(place, Sealed) else b""), path)


@cache
def _centre_file() -> Path:
    path = _folder() / "centre.db"
    _migrate(path)
    return path


@cache
def _template(server: str) -> str:
    create(server, _TEMPLATE)
    _migrate(address(server, _TEMPLATE))
    return _TEMPLATE


def _migrate(place: Place) -> None:
    engine = writer(place)
    upgrade_centre(engine)
    engine.dispose()


@cache
def _store_file(key: bytes) -> Path:
    path = _folder() / "office.sqlite"
    Store(Sealed(path, key) if key else path, reserve=0).close()
    return path


def _folder() -> Path:
    return Path(mkdtemp(prefix="fresh-", dir=os.environ.get(SHARED)))

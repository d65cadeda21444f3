"""What the doctor looks at: the data folder, the stores, resources, the printer, the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from desktop.actions.reference import DeskReference
from desktop.domain.discrepancy import Discrepancy
from desktop.domain.errors import Refusal
from desktop.premises.enrolment import desk_folder, desk_store
from desktop.premises.kind import read_office_file
from desktop.premises.real import PASSPHRASE, sealed_place
from desktop.settings import resources
from desktop.sql.engine import File, writer
from desktop.sql.migrate import check_file
from desktop.store import heads
from desktop.store.audit import audit
from desktop.store.open import looking_into
from desktop.wire.heads import heads_text

_NO_STORE = "این رایانه پایگاه داده‌ای ندارد که وارسی شود."
_LEAST_FREE = 200_000_000


def examine(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """(what, how it is, whether it is sound), one after the other."""
    yield "data folder", str(folder), True
    free = shutil.disk_usage(folder if folder.exists() else folder.anchor).free
    yield "free disk", f"{free // 1_000_000} MB", free >= _LEAST_FREE
    try:
        file = read_office_file(folder)
        yield "office file", file.centre or file.installation.value, True
    except Refusal as no:
        yield "office file", no.words, False
    found = resources()
    for name in ("fonts", "icons", "calendar", "city"):
        yield f"resources/{name}", str(found / name), (found / name).is_dir()
    for store in sorted(folder.glob("**/*.db")):
        yield str(store.relative_to(folder)), *_store(folder, store)


def audited(folder: Path) -> Iterator[Discrepancy]:
    """What is not as it must be in the desk's store, or in that of a demo. Raises Refusal where
    there is none, or its key is not given."""
    with looking_into(_place(folder)) as session:
        yield from audit(session, DeskReference().setting_for)


def write_heads(folder: Path, file: Path) -> int:
    """Write the heads that the centre signed for this desk; how many. Raises Refusal."""
    with looking_into(_place(folder)) as session:
        kept = list(heads.kept(session))
    file.write_text(heads_text(kept), encoding="utf-8")
    return len(kept)


def _place(folder: Path) -> File:
    desk = desk_folder(folder)
    if desk_store(desk).exists():
        return sealed_place(desk)[0]
    for demo in sorted(folder.glob("**/office.db")):
        return demo
    raise Refusal(_NO_STORE)


def _store(folder: Path, path: Path) -> tuple[str, bool]:
    place: File = path
    desk = desk_folder(folder)
    if path == desk_store(desk):
        try:
            place = sealed_place(desk)[0]
        except Refusal as no:
            return no.words, no.field == PASSPHRASE
    elif path.parent.name.startswith(f"{desk.name}."):
        return f"{path.stat().st_size // 1000} kB, of a desk that was moved aside", True
    engine = writer(place)
    try:
        check_file(engine)
    except Refusal as no:
        return no.words, False
    finally:
        engine.dispose()
    return f"{path.stat().st_size // 1000} kB, sound", True

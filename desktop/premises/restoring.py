"""A backup of this machine's centre becomes the centre: a new epoch, closed until desks came."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.centre import database
from desktop.centre.context import Centre
from desktop.centre.recovering import standing
from desktop.centre.schema import upgrade_centre
from desktop.domain.calendar import TEHRAN, format_jalali
from desktop.domain.errors import Refusal
from desktop.domain.persian import isolate
from desktop.keys import write_private
from desktop.premises import beside_keys
from desktop.premises.backing_up import run_program
from desktop.premises.centre_file import LIVES, CentreFile
from desktop.premises.centre_keys import read_keys
from desktop.premises.clocks import SystemClock
from desktop.premises.served import closed_centre, place_of, token_of

_SECOND = timedelta(seconds=1)
_NEEDED = frozenset({"centre", "command", "device", "fact", "stream"})
_MADE = re.compile(r"Archive created at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")
_ROW = re.compile(r"^COPY \S+ \((.*)\) FROM stdin;\n(.*)\n", re.MULTILINE)
_NO_FILE = "این پشتیبان نیست: {}"
_CUT = "این پشتیبان کامل نیست؛ در آن نیست: {}. پشتیبان دیگری بردارید."
_ANOTHER = "این پشتیبان از آنِ مرکز دیگری است: کلیدهای آن در این پوشه نیست."
_FULL = "پایگاه داده خالی نیست؛ پشتیبان فقط در پایگاهی خالی بازگردانده می‌شود."
_EMPTY = "پایگاه داده خالی است؛ پروندهٔ پشتیبان را نام ببرید."
_AT_WORK = "برنامهٔ دیگری به این پایگاه داده وصل است؛ نخست مرکز را متوقف کنید (centre serve)."
_NO_DATE = "در این پشتیبان نیست که کی ساخته شده است؛ اگر از ۹۰ روز گذشته است --old را بنویسید."
_TOO_OLD = (
    "این پشتیبان از {} است و دفترها کارهای قدیمی‌تر از ۹۰ روز را پس نمی‌دهند؛ اگر تازه‌تری نیست "
    "--old را بنویسید."
)


def restore(folder: Path, file: CentreFile, dump: Path | None, *, old: bool = False) -> None:
    """Put the dump into the centre's empty database, and begin a new epoch there, with what files
    beside the keys tell of the time since.

    Without a dump the database was restored by other means (pgbackrest, to a point in time). With
    `old` also from a copy that is older than what desks keep. Nothing is changed where it raises
    Refusal: for a dump that is cut or another centre's, a database that is not empty, or that
    somebody is connected to.
    """
    place = place_of(folder, file, direct=True)
    made = None
    if dump is not None:
        made = _demand_sound(folder, file, dump, old=old)
        database.make_database(place)
    database.demand_server(place)
    # As `migrate`: a bouncer's connections are not ours alone.
    centre = closed_centre(folder, file, direct=True)
    try:
        _demand_free(centre, empty=dump is not None)
        if dump is not None:
            run_program(
                [
                    "pg_restore",
                    "--single-transaction",
                    "--exit-on-error",
                    "--no-owner",
                    "--no-privileges",
                    "--no-password",
                    f"--dbname={database.libpq(place)}",
                    str(dump),
                ],
                folder,
            )
        if database.is_anothers(centre):
            raise Refusal(_ANOTHER)
        if dump is None:
            made = database.replayed_until(centre.reader)
            if not old:
                with centre.reading() as session:
                    _demand_recent(standing.last_moment(session, made or centre.clock()))
        upgrade_centre(centre.writer)
        lives = folder / LIVES
        known = lives.read_text("utf-8").split() if lives.exists() else []
        with centre.writing() as session:
            row = standing.begin(session, centre.clock(), known, made)
            told = [*row.lives.split(), row.epoch]
            beside_keys.take(folder, session, row)
        # Beside the keys and not in the database: an older copy of that does not know of them.
        write_private(lives, "".join(f"{each}\n" for each in told).encode())
    finally:
        centre.close()


def _demand_free(centre: Centre, *, empty: bool) -> None:
    if database.is_empty(centre.reader) != empty:
        raise Refusal(_FULL if empty else _EMPTY)
    centre.reader.dispose()
    if database.others(centre.writer):
        raise Refusal(_AT_WORK)


def _demand_sound(folder: Path, file: CentreFile, dump: Path, *, old: bool) -> datetime | None:
    """When the dump was made, where it says so. Raises Refusal unless it can be read, is whole, of
    this centre, and not too old."""
    if not dump.is_file():
        raise Refusal(_NO_FILE.format(isolate(str(dump))))
    listed = run_program(["pg_restore", "--list", str(dump)], folder)
    found = {line.split()[-2] for line in listed.splitlines() if " TABLE DATA " in line}
    if lacks := sorted(_NEEDED - found):
        raise Refusal(_CUT.format(isolate(", ".join(lacks))))
    own = run_program(
        ["pg_restore", "--data-only", "--table=centre", "--file=-", str(dump)], folder
    )
    if _key_of(own) != read_keys(folder, token_of(folder, file)).letters.key_id:
        raise Refusal(_ANOTHER)
    said = _MADE.search(listed)
    made = datetime.fromisoformat(said[1]).replace(tzinfo=UTC) if said else None
    if not old:
        _demand_recent(made)
    # It says the second, in which there was work before it.
    return made + _SECOND if made is not None else None


def _demand_recent(at: datetime | None) -> None:
    """Raise Refusal for a copy of which desks no longer give back all that came after it, and for
    one of which nobody knows when it was made."""
    if at is None:
        raise Refusal(_NO_DATE)
    if SystemClock().now() - at > standing.KEPT:
        raise Refusal(_TOO_OLD.format(format_jalali(at.astimezone(TEHRAN).date())))


def _key_of(text: str) -> str:
    """The id of the key for letters in the dump of the centre's one row; empty where none is."""
    row = _ROW.search(text)
    if row is None:
        return ""
    names = (each.strip().strip('"') for each in row[1].split(","))
    told: dict[str, str] = dict(zip(names, row[2].split("\t"), strict=False))
    return told.get("key_id", "")

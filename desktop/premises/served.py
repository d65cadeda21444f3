"""A centre that stands by itself on this machine: founded, opened, brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from desktop.actions.desk import Clock
from desktop.centre import check_files, database, people, staff_terms
from desktop.centre.blobs import keep_act
from desktop.centre.bulletin import edition
from desktop.centre.context import CENTRE_ACTOR, Centre, day_of
from desktop.centre.founding import FoundedBy, found
from desktop.centre.offices import add_term, demand_code, id_of, is_open, office_with
from desktop.centre.offices_page import offices_page
from desktop.centre.recovering.standing import Phase
from desktop.centre.reference import publication
from desktop.centre.schema import HEAD, schema_of, serves, upgrade_centre
from desktop.centre.shipping import begin_with, published_card, shipped, two_sign
from desktop.chance import new_id
from desktop.domain.act import Act
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY, OfficeCard
from desktop.domain.persian import isolate
from desktop.domain.stream import Published, Topic
from desktop.keys import write_private
from desktop.premises import beside_keys
from desktop.premises.centre_file import PASSWORD, CentreFile, read_centre_file, text_of
from desktop.premises.centre_keys import make_keys, read_keys
from desktop.premises.certificate import demand_pair, fingerprint_of, make_certificate
from desktop.premises.clocks import SystemClock
from desktop.premises.kind import NAME, not_writable
from desktop.premises.private import demand_private
from desktop.premises.token import Token
from desktop.reports import bulletin as drawn_bulletin
from desktop.reports.offices_page import draw as draw_offices_page
from desktop.reports.verify_page import draw as draw_verify_page
from desktop.scans.opening import open_pages, read_file
from desktop.sql.engine import reader, writer
from desktop.wire.letters import key_text

_CLOCK = SystemClock()
_FOUNDED = "در این پوشه از پیش «{}» هست؛ مرکز دوباره ساخته نمی‌شود."
_ANOTHER = "این پایگاه داده از آنِ مرکز دیگری است: کلیدهای آن در این پوشه نیست."
_SCHEMA = (
    "پایگاه دادهٔ مرکز در نسخهٔ «{}» است و این برنامه نسخهٔ «{}» یا پس از آن را می‌خواهد؛ "
    "نخست فرمان centre migrate را بزنید."
)
_NO_OFFICE = "دفتری با این کد نیست."
_FROM_TOMORROW = "تغییر دفتر از فردا به بعد ثبت می‌شود: نامه‌های امروز با کد امروز شماره خورده‌اند."
_NO_PDF = "فایل «{}» PDF نیست؛ تصویر مصوبه را به صورت PDF بدهید."
_EMPTY = "خالی"
_OPEN = "«{}» را دیگران هم می‌توانند بخوانند؛ اجازهٔ آن را به مالک محدود کنید (chmod 600)."


@dataclass(frozen=True)
class Plan:
    """What a new centre is told at its founding.

    `names` are the host names and addresses that desks call it by; without a certificate one is
    made for them. `password` is the database's, empty where none is asked. With `experts_alone`
    nobody signs what these propose.
    """

    file: CentreFile
    names: Sequence[str]
    municipality: OfficeCard
    password: str = ""
    experts_alone: bool = False


@dataclass(frozen=True)
class Change:
    """What an office is called from a day on, and the act on which that rests."""

    code: str
    name: str
    authority: str


@dataclass(frozen=True)
class Founded:
    """What came of it: whether the database was made, the certificate's SHA-256."""

    made_database: bool
    fingerprint: bytes


def found_centre(folder: Path, plan: Plan) -> Founded:
    """Make a centre in the data folder and its database; its office file comes last.

    What was broken off is gone on with. Raises Refusal.
    """
    if (folder / NAME).exists():
        raise Refusal(_FOUNDED.format(NAME))
    # Before anything is made: an address that is none.
    database.place_of(plan.file.database)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_password(folder, plan.password)
        make_keys(folder)
        fingerprint = _certify(folder, plan)
    except OSError as fault:
        raise not_writable(folder) from fault
    place = place_of(folder, plan.file)
    made = database.make_database(place)
    database.demand_server(place)
    centre = closed_centre(folder, plan.file)
    try:
        if database.is_anothers(centre):
            raise Refusal(_ANOTHER)
        upgrade_centre(centre.writer)
        centre.begin()
        _demand_own(centre)
        _open(centre, plan)
    finally:
        centre.close()
    write_private(folder / NAME, text_of(plan.file).encode())
    return Founded(made, fingerprint)


def _write_password(folder: Path, password: str) -> None:
    path = folder / PASSWORD
    if password:
        escaped = password.replace("\\", "\\\\").replace(":", "\\:")
        write_private(path, f"*:*:*:*:{escaped}\n".encode())
    else:
        path.unlink(missing_ok=True)


def _certify(folder: Path, plan: Plan) -> bytes:
    """The SHA-256 of the certificate: of the one that is there, else of one that is made."""
    certificate, key = folder / plan.file.certificate, folder / plan.file.certificate_key
    if not certificate.exists() and certificate.parent == folder:
        made = make_certificate(plan.names, _CLOCK.now())
        write_private(key, made[1])
        write_private(certificate, made[0])
    return demand_certificate(folder, plan.file)


def demand_certificate(folder: Path, file: CentreFile) -> bytes:
    """The SHA-256 of the centre's certificate. Raises Refusal for what can't be served by."""
    certificate, key = folder / file.certificate, folder / file.certificate_key
    try:
        pem, key_pem = certificate.read_bytes(), key.read_bytes()
    except OSError as fault:
        words = f"گواهی یا کلید آن خوانده نشد: {isolate(str(fault.filename))}"
        raise Refusal(words, field="certificate") from fault
    demand_private(key, _OPEN)
    demand_pair(pem, key_pem)
    return fingerprint_of(pem)


def _demand_own(centre: Centre) -> None:
    with centre.reading() as session:
        if not centre.is_own(session):
            raise Refusal(_ANOTHER)


def _open(centre: Centre, plan: Plan) -> None:
    """Open the municipality's own office, and put into force what ships; that two sign beside it,
    which no centre that is at work gets with a program (decision 067)."""
    municipality = plan.municipality
    at = centre.clock()
    day = day_of(at)
    key = centre.keys.letters
    text = key_text(key.public, centre.identity.centre)
    own = publication(Topic.CENTRE_KEY, key.key_id, day, text)
    with centre.writing() as session:
        if not is_open(session, MUNICIPALITY):
            people.open_office(session, municipality)
        begin_with(session, [*shipped(day), own, published_card(municipality, day)], at)
        if not plan.experts_alone:
            begin_with(session, [two_sign(day)], at)


def open_office(centre: Centre, card: OfficeCard) -> str:
    """A new office of the city, told to all desks; the id that it gets here, for good.

    Raises Refusal where its code is or was another's, or none that its papers could bear.
    """
    demand_code(card.code)
    at = centre.clock()
    named = replace(card, office_id=new_id().replace("-", ""))
    with centre.writing() as session:
        people.open_office(session, named, day_of(at))
        people.publish(session, [published_card(named, day_of(at))], at)
    return named.office_id


def change_office(centre: Centre, named: str, change: Change, since: date) -> None:
    """What an office is called from a day to come; all desks are told now.

    `named` is a code that it has or had. Its number series, streams and cases go on. Of another
    kind it becomes by its papers and two signatures alone (decision 051). Raises Refusal.
    """
    demand_code(change.code)
    at = centre.clock()
    if since <= day_of(at):
        raise Refusal(_FROM_TOMORROW, field="since")
    with centre.writing() as session:
        office_id = id_of(session, named)
        if office_id == MUNICIPALITY or not is_open(session, office_id):
            raise Refusal(_NO_OFFICE, field="office")
        card = replace(office_with(session, office_id).on(since), **vars(change))
        add_term(session, card, since)
        # Told, also where it is what it was before: `publish` would take that for known.
        people.tell(session, [published_card(card, since)], CENTRE_ACTOR, at)


def found_delegations(centre: Centre, act: Act, scan: Path | None = None) -> FoundedBy:
    """What already works at the upgrade is handed over and trained by the act, of which a scan may
    be kept, a PDF. Raises Refusal."""
    at, pdf = centre.clock(), _act_scan(scan) if scan is not None else b""
    with centre.writing() as session:
        if pdf:
            act = replace(act, scan=keep_act(session, pdf, at))
        return found(session, centre, act, at)


def _act_scan(path: Path) -> bytes:
    """The file as it is. Raises Refusal unless it is a PDF with pages that can be read."""
    content = read_file(path)
    opened = open_pages(content, path.name)
    opened.close()
    if not content.startswith(b"%PDF-"):
        raise Refusal(_NO_PDF.format(isolate(path.name)))
    return content


@dataclass(frozen=True)
class WrittenPage:
    """How many offices and services a page tells of, and its bytes."""

    offices: int
    services: int
    size: int


def write_check_files(centre: Centre, folder: Path) -> list[str]:
    """Write the city's keys and its list of ended letters; a line for each. Raises Refusal."""
    with centre.reading() as session:
        files = {
            "city.keys": check_files.keys_file(session, centre),
            "city.list": check_files.list_file(session, centre),
        }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, file in files.items():
            (folder / name).write_bytes(file)
    except OSError as fault:
        raise Refusal(f"پرونده‌های بررسی نامه‌ها نوشته نشد: {fault.strerror}.") from fault
    return [f"{folder / name}: {len(file)} bytes" for name, file in files.items()]


def write_verify_page(centre: Centre, file: Path) -> int:
    """Write the page that checks letters, with today's keys and list; its bytes. Raises Refusal."""
    with centre.reading() as session:
        city = check_files.keys_of(session, centre).city
        keys, ended = check_files.keys_file(session, centre), check_files.list_file(session, centre)
    text = draw_verify_page(city, keys, ended).encode()
    try:
        file.write_bytes(text)
    except OSError as error:
        raise Refusal(f"صفحهٔ بررسی نامه‌ها نوشته نشد: {error.strerror}.") from error
    return len(text)


def write_offices_page(centre: Centre, file: Path) -> WrittenPage:
    """Write the citizens' page of offices, of today. Raises Refusal where it can't be written."""
    with centre.reading() as session:
        page = offices_page(session, centre, centre.clock())
    text = draw_offices_page(page).encode()
    try:
        file.write_bytes(text)
    except OSError as error:
        raise Refusal(f"صفحهٔ دفترها نوشته نشد: {error.strerror}.") from error
    return WrittenPage(len(page.offices), len(page.services), len(text))


def write_bulletin(centre: Centre, year: int, month: int, folder: Path) -> tuple[Path, Path]:
    """Write the bulletin of the Jalali month into the folder, as a page and as CSV.

    Raises Refusal for a month that is not over, and where it can't be written.
    """
    with centre.reading() as session:
        told = edition(session, centre, year, month, centre.clock())
    name = f"bulletin-{year}-{month:02}"
    page, cells = folder / f"{name}.html", folder / f"{name}.csv"
    for path in (page, cells):
        drawn_bulletin.write(told, path)
    return page, cells


def publish_shipped(centre: Centre) -> tuple[Sequence[Published], Sequence[Published]]:
    """Put into force what ships and the centre never had; (that, what it has otherwise)."""
    at = centre.clock()
    with centre.writing() as session:
        return begin_with(session, shipped(day_of(at)), at)


def migrate_centre(folder: Path) -> tuple[str, str]:
    """Bring the centre's database to this program's schema; (before, after). Raises Refusal.

    Steps only add: the program before may go on serving. What needs a table that a step changes is
    answered «busy» until all steps have ended, which are one transaction.
    """
    file = read_centre_file(folder)
    database.demand_server(place_of(folder, file, direct=True))
    centre = closed_centre(folder, file, direct=True)
    try:
        before = schema_of(centre.writer)
        if database.is_anothers(centre):
            raise Refusal(_ANOTHER)
        upgrade_centre(centre.writer)
        centre.begin()
        with centre.writing() as session:
            # A restored one tells nothing before it has back what it told.
            if centre.recovery.phase(session) is not Phase.CLOSED:
                staff_terms.tell_untold(session, centre.clock())
                people.tell_untold(session, centre.clock())
    finally:
        centre.close()
    return before or _EMPTY, HEAD


def open_centre(folder: Path, clock: Clock = _CLOCK) -> Centre:
    """The centre of the data folder, its database at this program's schema or a later one.

    Raises Refusal.
    """
    file = read_centre_file(folder)
    database.demand_server(place_of(folder, file))
    centre = closed_centre(folder, file, clock=clock)
    try:
        found = schema_of(centre.reader)
        # Beside a newer program that has brought its schema already, the one before goes on.
        if not serves(found):
            raise Refusal(_SCHEMA.format(found or _EMPTY, HEAD))
        _demand_own(centre)
    except BaseException:
        centre.close()
        raise
    return centre


def closed_centre(
    folder: Path, file: CentreFile, *, direct: bool = False, clock: Clock = _CLOCK
) -> Centre:
    """The centre of the folder, whatever its database is. Raises Refusal."""
    place = place_of(folder, file, direct=direct)
    keys = read_keys(folder, token_of(folder, file))
    note = partial(beside_keys.note, folder)
    return Centre(writer(place), reader(place), keys, clock.now, note_beside=note)


def token_of(folder: Path, file: CentreFile) -> Token | None:
    """The token that the centre's file names; None where its keys are files alone."""
    if not file.token_module:
        return None
    return Token(file.token_module, file.token_label, folder / file.token_pin)


def place_of(folder: Path, file: CentreFile, *, direct: bool = False) -> str:
    """Where the centre's database is, with where its password stands; `direct` past a pooler.

    Raises Refusal.
    """
    address = (direct and file.direct) or file.database
    password = folder / PASSWORD
    if not password.exists():
        return database.place_of(address)
    demand_private(password, _OPEN)
    return database.place_of(address, password)

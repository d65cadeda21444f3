"""`centre …`: a centre on this machine, from its founding to its backup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.apps import WAITS, centre_app, office_app, person_app, progress
from desktop.cli.seats import password_of, say
from desktop.domain.office import MUNICIPALITY, ORGANISATION, OfficeCard, OfficeKind
from desktop.domain.people import Role
from desktop.settings import data_folder

if TYPE_CHECKING:
    # Only a command that opens the centre pays for what that needs.
    from desktop.centre.context import Centre
    from desktop.centre.enrolling import Code

_Address = Annotated[str, typer.Option(help="PostgreSQL's address: postgresql://user@host/name.")]
_Code = Annotated[str, typer.Argument(help="The office's code, one of today or a former one.")]
_Kind = Annotated[OfficeKind, typer.Option(help="What it is: a counter, or an agency of before.")]
_Again = Annotated[
    str, typer.Option(help="The id of whom the office knows by that name, when it is that person.")
]
_NationalId = Annotated[
    str, typer.Option(help="The national id of who is new: nobody handles his own request.")
]
_Another = Annotated[
    bool, typer.Option("--another", help="Somebody else than whom the office knows by that name.")
]


@contextmanager
def opened_centre(*, closed: bool = False) -> Iterator[Centre]:
    """This machine's centre. Raises Refusal where there is none, or it can't be opened; also where
    it was restored and waits for desks, unless it may be `closed`: nothing is told meanwhile."""
    from desktop.centre.recovering.opening import demand_open
    from desktop.premises.served import open_centre

    centre = open_centre(data_folder())
    try:
        if not closed:
            demand_open(centre)
        yield centre
    finally:
        centre.close()


@centre_app.command()
def init(
    database: _Address = "postgresql:///pishkhan",
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help="Ask for the database's password.")
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(help="A host name or address that desks call; may be repeated."),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Where it listens.")] = 8443,
    certificate: Annotated[
        Path | None, typer.Option(help="Its certificate, PEM; without one it is made here.")
    ] = None,
    certificate_key: Annotated[
        Path | None, typer.Option(help="The certificate's private key, PEM.")
    ] = None,
    municipality: Annotated[
        str, typer.Option(help="The name of the municipality's own office.")
    ] = ORGANISATION,
    supervisor: Annotated[
        str, typer.Option(help="Its first person: a code for a desk of the municipality.")
    ] = "",
    administrator: Annotated[
        str, typer.Option(help="The same for who looks after accounts and desks, and sees no case.")
    ] = "",
    national_id: _NationalId = "",
    experts_alone: Annotated[
        bool,
        typer.Option("--experts-alone", help="No second person signs what experts propose."),
    ] = False,
) -> None:
    """Make a centre: database and schema, keys, certificate, the municipality's office."""
    from desktop.centre.enrolling import signing
    from desktop.premises.centre_file import CentreFile
    from desktop.premises.served import Plan, found_centre
    from desktop.wire.fingerprint import words_of

    if supervisor and administrator:
        raise typer.BadParameter("give --supervisor or --administrator; the other one comes later")
    first, role = (administrator, Role.ADMIN) if administrator else (supervisor, Role.SUPERVISOR)
    if first and not national_id:
        raise typer.BadParameter("give the first person's --national-id")
    if (certificate is None) != (certificate_key is None):
        raise typer.BadParameter("give --certificate and --certificate-key, or neither")
    file = CentreFile(database=database, port=port)
    if certificate is not None and certificate_key is not None:
        file = replace(
            file,
            certificate=str(certificate.resolve()),
            certificate_key=str(certificate_key.resolve()),
        )
    folder = data_folder()
    plan = Plan(
        file=file,
        names=name or ["localhost", "127.0.0.1"],
        municipality=OfficeCard(MUNICIPALITY, municipality, "", "", "", 0, "", sample=False),
        password=password_of("the database") if ask_password else "",
        experts_alone=experts_alone,
    )
    made = found_centre(folder, plan)
    typer.echo(f"database: {'made' if made.made_database else 'there already'}, schema in place")
    typer.echo(f"certificate, SHA-256: {made.fingerprint.hex(':')}")
    say(f"  {number}. {word}" for number, word in enumerate(words_of(made.fingerprint), 1))
    typer.echo(f"in {folder}: office.toml, keys/ (back them up apart: centre backup-keys)")
    if first:
        enrol(MUNICIPALITY, first, role, national_id=national_id)
    with opened_centre() as centre, centre.reading() as session:
        signers = signing(session)
    if signers < 2:
        typer.echo(
            "nobody gives second signatures yet: what is put into force takes two people's word; "
            f"`centre person add {MUNICIPALITY} --role supervisor` lets another in"
        )


@centre_app.command()
def migrate() -> None:
    """Bring the database to this program's schema; the program before may go on meanwhile."""
    from desktop.premises.served import migrate_centre

    before, after = migrate_centre(data_folder())
    typer.echo(f"schema {after}" + ("" if before == after else f", was {before}"))


@centre_app.command()
def serve(
    processes: Annotated[
        int | None, typer.Option(min=1, max=64, help="How many; else as the file says.")
    ] = None,
    wrong_by: Annotated[
        float, typer.Option(hidden=True, help="By how many seconds a soak's clock is wrong.")
    ] = 0.0,
) -> None:
    """Answer desks over HTTPS until told to end."""
    from desktop.premises.clocks import WrongClock
    from desktop.premises.serving import serve_centre

    serve_centre(data_folder(), processes, WrongClock(wrong_by))


@office_app.command("add")
def add_office(
    code: Annotated[str, typer.Argument(help="Its code: 2 to 20 digits, nobody's before.")],
    name: Annotated[str, typer.Option(help="Its name, as on its papers.")],
    address: Annotated[str, typer.Option(help="Where it is.")],
    phone: Annotated[str, typer.Option(help="Its telephone.")],
    postal_code: Annotated[str, typer.Option(help="Ten digits.")],
    district: Annotated[int, typer.Option(min=1, help="The district of the city.")],
    authority: Annotated[str, typer.Option(help="The act by which it answers.")],
    kind: _Kind = OfficeKind.COUNTER,
    sample: Annotated[bool, typer.Option(help="Its papers say «نمونه».")] = False,
) -> None:
    """Open an office: all desks are told of it."""
    from desktop.premises.served import open_office

    card = OfficeCard(code, name, address, phone, postal_code, district, authority, sample, kind)
    with opened_centre() as centre:
        office_id = open_office(centre, card)
    typer.echo(f"office {code} is open, for good {office_id}; next: centre enrol {code}")


@office_app.command("change")
def change(
    office: _Code,
    code: Annotated[str, typer.Option(help="Its code from that day on, the same or a new one.")],
    name: Annotated[str, typer.Option(help="Its name from that day on.")],
    authority: Annotated[str, typer.Option(help="The act on which the change rests.")],
    since: Annotated[str, typer.Option("--from", help="The first day, to come: 1405/10/01.")],
) -> None:
    """Have an office go by another code or name from a day on; its numbers go on.

    Of another kind it becomes by its papers and two signatures, at the unit's desk.
    """
    from desktop.domain.calendar import parse_jalali
    from desktop.premises.served import Change, change_office

    with opened_centre() as centre:
        told = Change(code, name, authority)
        change_office(centre, office, told, parse_jalali(since))
    typer.echo(f"from {since} office {office} goes by {code}")


@centre_app.command()
def publish() -> None:
    """Put into force what ships and this centre never had; tell what it has otherwise."""
    from desktop.premises.served import publish_shipped

    with opened_centre() as centre:
        fresh, other = publish_shipped(centre)
    say(f"in force: {fact.topic} {fact.key}" for fact in fresh)
    say(f"other here, two people's word: {fact.topic} {fact.key}" for fact in other)
    if not (fresh or other):
        typer.echo("all that ships is in force")


@centre_app.command("offices-page")
def offices_page(
    file: Annotated[Path, typer.Argument(help="The new file, .html.")],
) -> None:
    """Write the citizens' page of offices: one file that works from a stick or any web server.

    It asks no network. Who looks for an office, and from where, is told to nobody.
    """
    from desktop.premises.served import write_offices_page

    with opened_centre() as centre:
        written = write_offices_page(centre, file)
    typer.echo(
        f"{file}: {written.offices} offices, {written.services} services, {written.size} bytes"
    )


@centre_app.command("check-files")
def check_files(
    folder: Annotated[Path, typer.Argument(help="Where the two files go.")],
) -> None:
    """Write what checkers of letters need: the city's keys, and the list of letters that ended.

    Both are signed and good for anybody; the list wants to be newer than seven days.
    """
    from desktop.premises.served import write_check_files

    with opened_centre() as centre:
        for line in write_check_files(centre, folder):
            typer.echo(line)


@centre_app.command("verify-page")
def verify_page(
    file: Annotated[Path, typer.Argument(help="The new file, .html.")],
) -> None:
    """Write the page that checks letters: one file that works from a stick or any web server.

    It asks no network; the city's keys and today's list of ended letters are in it.
    """
    from desktop.premises.served import write_verify_page

    with opened_centre() as centre:
        size = write_verify_page(centre, file)
    typer.echo(f"{file}: {size} bytes")


@centre_app.command()
def bulletin(
    month: Annotated[str, typer.Argument(help="The month, Jalali, that is over: 1405/08.")],
    folder: Annotated[Path, typer.Argument(help="Where the page and the CSV go.")],
) -> None:
    """Write the month's bulletin: what was answered at once, by office and by service.

    Small counts are hidden, and those by which they could be reckoned.
    """
    from desktop.domain.calendar import jalali, parse_jalali
    from desktop.premises.served import write_bulletin

    first = parse_jalali(f"{month}/01")
    year, number, _ = jalali(first)
    with opened_centre() as centre:
        for path in write_bulletin(centre, year, number, folder):
            typer.echo(path)


@centre_app.command("check-readings")
def check_readings() -> None:
    """Go over the chains of who looked at what; the exit code is 1 where one does not hold."""
    from desktop.centre.reading_chains import wrong_lines

    with opened_centre() as centre, centre.reading() as session:
        wrong = list(wrong_lines(session))
    for chain, seq in wrong:
        typer.echo(f"{chain}: line {seq} is not what it was")
    if wrong:
        raise typer.Exit(1)
    typer.echo("every line is as it was written")


@centre_app.command()
def verify(
    heads: Annotated[
        list[Path] | None,
        typer.Option(help="What a desk kept (`doctor --heads`); may be repeated."),
    ] = None,
    papers: Annotated[
        bool, typer.Option(help="Read every citizen's paper too: many gigabytes at a city.")
    ] = True,
    processes: Annotated[
        int, typer.Option(min=1, max=64, help="How many tell a city's facts again, a core each.")
    ] = 2,
) -> None:
    """Go over all that the centre keeps: every chain, every signature, every row told again.

    It locks nothing and writes nothing. What is not as it must be is named, a line each; the exit
    code is 1 then. A clock that went back is named too, and is no such thing.
    """
    from desktop.centre.audit.whole import audit
    from desktop.premises import known_devices
    from desktop.wire.heads import read_heads

    kept = [each for file in heads or () for each in read_heads(file.read_text("utf-8"))]
    wrong = 0
    with opened_centre() as centre:
        found = audit(
            centre,
            kept,
            lambda part: typer.echo(f"{part} …", err=True),
            noted=known_devices.read(data_folder()),
            papers=papers,
            processes=processes,
        )
        for each in found:
            typer.echo(each.words)
            wrong += not each.is_remark
    if wrong:
        raise typer.Exit(1)
    typer.echo("all that is kept is as it was written, and as its facts say")


@centre_app.command("found-delegations")
def found_delegations(
    number: Annotated[str, typer.Option("--act", help="The number of the act it rests on.")],
    dated: Annotated[str, typer.Option("--date", help="The act's day, Jalali: 1405/09/03.")],
    body: Annotated[str, typer.Option(help="Whose act it is: «شورای شهر».")],
    scan: Annotated[
        Path | None, typer.Option(help="Its scan, a PDF, which desks can show.")
    ] = None,
) -> None:
    """Have what already works at the upgrade go on by an act.

    Each office gets each service of today since its first day, its people their terms and a paper
    record of training. What was ever said of an office or a person stays; asked again, nothing is
    said twice. Each office has a letter of it, as soon as the data name who signs such letters.
    """
    from desktop.domain.act import Act
    from desktop.domain.calendar import parse_jalali
    from desktop.premises.served import found_delegations as found

    with opened_centre() as centre:
        made = found(centre, Act(number, parse_jalali(dated), body), scan)
    typer.echo(
        f"by act {number}: {made.delegations} delegations, {made.terms} terms of staff, "
        f"{made.trainings} records of training"
    )
    if made.letters is None:
        typer.echo("no letters: sheet `signers` names nobody who signs them; ask again then")
    else:
        typer.echo(f"{made.letters} letters to offices")


@centre_app.command()
def enrol(
    office: _Code,
    manager: Annotated[
        str, typer.Option(help="Who gets keys there too: the office's manager, a supervisor.")
    ],
    role: Annotated[
        Role | None, typer.Option(help="The person's role, where it is another.")
    ] = None,
    again: _Again = "",
    another: _Another = False,
    national_id: _NationalId = "",
) -> None:
    """Give out a code, good once, by which one machine becomes a desk of the office."""
    from desktop.centre.enrolling import Namesake, new_code

    meant = Namesake(again, another, national_id)
    with opened_centre() as centre:
        with centre.writing() as session:
            code = new_code(session, office, centre.clock(), manager, role, meant)
        # Read out only when it is kept: a code that the database does not know is good for nothing.
        say(_given(code))


@person_app.command("add")
def add_person(
    office: _Code,
    name: Annotated[str, typer.Option(help="First and last name.")],
    role: Annotated[Role, typer.Option(help="What the person does there.")],
    again: _Again = "",
    another: _Another = False,
    national_id: _NationalId = "",
) -> None:
    """Give out a code, good once, by which a person gets keys at one of the office's desks."""
    from desktop.centre.enrolling import Namesake, new_person_code

    meant = Namesake(again, another, national_id)
    with opened_centre() as centre:
        with centre.writing() as session:
            code = new_person_code(session, office, centre.clock(), name, role, meant)
        say(_given(code))


@centre_app.command()
def revoke(
    device: Annotated[str, typer.Argument(help="The device's id, as `centre status` tells.")],
) -> None:
    """Take nothing more from a device, from now on."""
    from desktop.centre.devices import tell_revoked
    from desktop.centre.enrolling import revoke as end

    with opened_centre() as centre:
        with centre.writing() as session:
            end(session, device, centre.clock())
        tell_revoked(centre, device)
    typer.echo(f"{device}: revoked")


def _given(code: Code) -> Iterator[str]:
    """The code as it is read to who waits for it; it is kept nowhere."""
    half = len(code.text) // 2
    yield f"code: {code.text[:half]}-{code.text[half:]}"
    yield f"good once, until {code.expires:%Y-%m-%d %H:%M} UTC"


@centre_app.command("import")
def import_records(
    source: Annotated[Path, typer.Argument(help="The export: a workbook or a folder of files.")],
    as_of: Annotated[str, typer.Option(help="The day of the records, Jalali: 1405/09/03.")],
    report: Annotated[
        Path | None, typer.Option(help="Where every told row goes, a CSV file.")
    ] = None,
) -> None:
    """Read an export of property records into the centre.

    The first one comes into force where nothing holds it back; any other waits for a supervisor's
    word at a municipal desk. The exit code is 3 while it waits.
    """
    from desktop.domain.calendar import parse_jalali
    from desktop.premises.records import bring_in

    with opened_centre() as centre:
        result, is_in_force = bring_in(
            centre, source, parse_jalali(as_of), report, progress("records")
        )
    say(result.lines())
    if not is_in_force:
        typer.echo(f"import {result.export_id} waits for a supervisor's word")
        raise typer.Exit(WAITS)
    typer.echo(f"import {result.export_id} is in force")


@centre_app.command()
def rota(
    file: Annotated[Path, typer.Argument(help="The rounds, a TOML file.")],
    since: Annotated[str, typer.Option("--from", help="The first day, like 1405/10/01.")],
) -> None:
    """Publish who visits which district on which half-days; visits already booked stay."""
    from desktop.centre.rostering import publish_rota
    from desktop.domain.calendar import parse_jalali

    text, day = file.read_text(encoding="utf-8"), parse_jalali(since)
    with opened_centre() as centre, centre.writing() as session:
        facts = publish_rota(session, text, file.name, day, centre.clock())
    say(f"in force from {since}: {fact.key}" for fact in facts)


@centre_app.command()
def retry() -> None:
    """Try the commands again that an unexpected fault has parked."""
    from desktop.centre.registry import held
    from desktop.centre.tick import try_held

    with opened_centre() as centre:
        settled = try_held(centre, centre.clock())
        with centre.reading() as session:
            left = held(session)
    typer.echo(f"settled: {settled}; still held: {left}")


@centre_app.command()
def corrections(
    folder: Annotated[Path, typer.Argument(help="Where the files of corrections are written.")],
) -> None:
    """Tell the records' owner what upheld objections put right since the last time, in a file."""
    from desktop.centre.feeding_back import feed_back
    from desktop.premises.correction_files import CorrectionFiles

    files = CorrectionFiles(folder)
    with opened_centre() as centre:
        told = feed_back(centre, files)
    typer.echo(f"corrections told: {told}")


@centre_app.command()
def messages(
    folder: Annotated[Path, typer.Argument(help="Where batches are written and failures read.")],
) -> None:
    """Give the messages to citizens to the gateway's folder, and take what did not arrive."""
    from desktop.centre.messaging import carry
    from desktop.premises.message_files import MessageFiles

    gateway = MessageFiles(folder)
    with opened_centre() as centre:
        done = carry(centre, gateway)
    typer.echo(f"given: {done.given}; did not arrive: {done.failed}; unknown: {done.unknown}")


@centre_app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Tell how the centre is: schema, offices and their desks, what is held, records, backup."""
    from desktop.premises.centre_state import state_of

    folder = data_folder()
    with opened_centre(closed=True) as centre:
        state = state_of(folder, centre)
    if as_json:
        typer.echo(json.dumps(asdict(state), ensure_ascii=False, default=str))
    else:
        say(state.lines())

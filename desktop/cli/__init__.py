"""The command line: `desktop …` for what needs no window, and for the tour that drives one."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from desktop import __version__, journal
from desktop.cli import centre, desk, keeping, keys, municipal, records
from desktop.cli.apps import app, progress, service_app
from desktop.domain.calendar import TEHRAN, parse_jalali
from desktop.domain.errors import Refusal, Refusals
from desktop.premises.kind import demand_demo, read_office_file
from desktop.settings import data_folder, demo_folder

# Naming the modules registers their commands.
__all__ = ["centre", "desk", "keeping", "keys", "main", "municipal", "records"]

# Of any installation: what they find in the office file they judge themselves, or need none.
_OF_ANY = ("centre", "doctor", "join", "salvage", "selftest", "training", "trust", "verify")
# Of those, what begins with reading it.
_BY_FILE = ("centre", "join", "trust")

_BUSY = (
    "the centre's database is busy with other work; nothing more was done: try again in a minute"
)

_Day = Annotated[str, typer.Option(help="A Jalali day, as 1405/09/03.")]
_Services = Annotated[
    str, typer.Option(help="all, busiest, or codes of services with commas between them.")
]


def main(arguments: list[str]) -> int:
    """Run a command; the exit code. A refusal is a line on standard error and the code 1."""
    home, command = data_folder(), arguments[0] if arguments else ""
    try:
        # Before there is a log: nothing is made where the office file is not to be understood.
        if "--help" in arguments:
            pass
        elif command not in _OF_ANY:
            demand_demo(home)
        elif command in _BY_FILE:
            read_office_file(home)
    except Refusal as no:
        typer.echo(no.words, err=True)
        return 1
    # Who asks what is wrong with an installation changes nothing in it.
    end = _nothing if command == "doctor" else journal.start(home / "log")
    try:
        # A command that ends with an exit code gives it here; nothing is raised.
        code = app(arguments, standalone_mode=False)
    except Refusals as faults:
        for fault in faults.faults:
            typer.echo(fault.words, err=True)
        return 1
    except Refusal as no:
        typer.echo(no.words, err=True)
        return 1
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("stopped", err=True)
        return 130
    except Exception as fault:
        if hasattr(fault, "format_message") and hasattr(fault, "exit_code"):
            typer.echo(f"{fault.format_message()} (see --help)", err=True)
            return int(fault.exit_code)
        from desktop.centre.reference import NoFigures
        from desktop.centre.shares import Busy

        if isinstance(fault, NoFigures):
            typer.echo(f"{fault}", err=True)
            return 1
        if isinstance(fault, Busy):
            typer.echo(_BUSY, err=True)
            return 1
        raise
    finally:
        end()
    return code if isinstance(code, int) else 0


def _nothing() -> None:
    """No log was begun."""


def _only(services: str) -> tuple[str, ...]:
    """The codes of an option `--services`; empty for all."""
    from desktop.demo.requests import BUSIEST

    named = {"all": (), "busiest": BUSIEST}
    return named.get(services, tuple(part.strip() for part in services.split(",")))


def _published_at(services: str) -> Path | None:
    """Where the services of an option `--services` were published; the busiest are as they ship."""
    return None if services == "busiest" else demo_folder()


@app.command()
def decide(
    records: Annotated[Path, typer.Option(help="The export: a workbook or a folder of files.")],
    requests: Annotated[Path, typer.Option(help="The requests, a CSV file (RULES.md §5).")],
    on: _Day,
    out: Annotated[Path, typer.Option(help="Where the answers go, a CSV file.")],
) -> None:
    """Put a file of requests to an export with the rules that ship."""
    from desktop.authoring.deciding import try_rules

    outcomes = try_rules(records, requests, parse_jalali(on), out, progress("records"))
    for outcome, count in outcomes.most_common():
        typer.echo(f"{outcome:8} {count}")


@app.command()
def day(
    properties: Annotated[int, typer.Option(min=10, help="How many properties the city has.")] = (
        2_000
    ),
    requests: Annotated[int, typer.Option(min=1, help="How many requests are put in.")] = 200,
    services: _Services = "busiest",
    offices: Annotated[
        int, typer.Option(min=0, help="So many offices at a centre on PostgreSQL instead of one.")
    ] = 0,
    days: Annotated[
        int, typer.Option(min=0, help="With offices: so many days of the whole city, not one.")
    ] = 0,
    database: Annotated[
        str, typer.Option(help="With offices: a database that may be made; else one of its own.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Run a day at a made-up office, every request to its end, and tell it in figures.

    With --offices every office gets so many requests, for all services; the exit code is 1 where
    the figures of the unit and the facts of the centre differ. With --days so many each open day,
    and the municipality goes on with them: visits, reviews, absences, holidays, outages.
    """
    only, at = _only(services), _published_at(services)
    if days and not offices:
        raise typer.BadParameter("--days wants --offices")
    if days:
        from desktop.trial.month.running import Plan, run_month

        figures = run_month(Plan(offices, days, requests), progress("days"), database)
    elif offices:
        from desktop.trial.offices_day import run_offices_day

        figures = run_offices_day(offices, requests, progress("day"), database)
    else:
        from desktop.trial.day import run_day

        figures = run_day(properties, requests, progress("day"), only=only, published_at=at)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False))
    else:
        for name, value in figures.items():
            typer.echo(f"{name}: {value}")
    if figures.get("differences"):
        raise typer.Exit(1)


@app.command()
def tour(
    folder: Annotated[Path, typer.Argument(help="Where pictures, papers and manifest.json go.")],
    scale: Annotated[int, typer.Option(min=90, max=160, help="The zoom in percent.")] = 100,
    theme: Annotated[str, typer.Option(help="light, dark or high-contrast.")] = "light",
    services: _Services = "busiest",
    desk: Annotated[
        str,
        typer.Option(
            help="The day of unit, manager, training, finder, planner, supervisor, bodies, expert, "
            "signer, commission, inspector or objection."
        ),
    ] = "",
) -> None:
    """Drive the real window through every outcome of services, and keep pictures of each page."""
    from desktop.trial.tour import run_tour

    only, at = _only(services), _published_at(services)
    for line in run_tour(folder, scale, theme, only, published_at=at, desk=desk):
        typer.echo(line)


@app.command()
def verify(
    items: Annotated[list[str], typer.Argument(help="PDF files, pictures, or the text of a QR.")],
    key: Annotated[
        list[str] | None, typer.Option(help="A centre's id and key, CENTRE:HEX; may be repeated.")
    ] = None,
    keys: Annotated[
        list[Path] | None, typer.Option(help="A city's file of keys; may be repeated.")
    ] = None,
    ended: Annotated[
        list[Path] | None,
        typer.Option("--list", help="A city's list of letters that no longer hold."),
    ] = None,
) -> None:
    """Check letters with no line: who issued and who released them, that no word was changed, and
    whether they still hold.

    Ends with 0 where all are valid, else with the code of the first that is not: 1 false, 2 a
    sample, 3 void, replaced or recalled, 4 an unknown key, 5 expired, 6 issued by an earlier
    program whose release can't be checked, 7 a newer list is needed.
    """
    from desktop.premises.verifying import trust_in, verdict_on

    trust = trust_in(data_folder(), key or [], keys or [], ended or [])
    code = 0
    for item in items:
        told = verdict_on(item, trust)
        code = code or told.exit_code
        for line in told.lines:
            typer.echo(line)
    if code:
        raise typer.Exit(code)


@service_app.command("new")
def new_service(
    file: Annotated[Path, typer.Argument(help="The new file; its name is the service's code.")],
) -> None:
    """Write a fresh, commented service file to fill in."""
    from desktop.authoring.fresh import write_fresh

    write_fresh(file, datetime.now(TEHRAN).date())
    typer.echo(f"{file}: written; fill it in, then ./run service check {file}")


@service_app.command("check")
def check_services(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Service files; without one, those that ship.")
    ] = None,
) -> None:
    """Tell every fault of service files with its line and key, and run their examples."""
    from desktop.authoring.checking import check, lines_of
    from desktop.authoring.holding import in_force

    wrong, today = False, datetime.now(TEHRAN).date()
    for checked in check(files or [], in_force(demo_folder(), today), today):
        wrong = wrong or bool(checked.faults)
        for line in lines_of(checked):
            typer.echo(line)
    if wrong:
        raise typer.Exit(1)


@service_app.command("preview")
def preview_service(
    file: Annotated[Path, typer.Argument(help="The service file.")],
    folder: Annotated[Path, typer.Argument(help="Where pictures and papers go.")],
) -> None:
    """Draw a service's form, and the papers of a request for each of its outcomes."""
    from desktop.authoring.preview import run_preview

    for line in run_preview(file, folder, demo_folder()):
        typer.echo(line)


@service_app.command("try")
def try_service(
    file: Annotated[Path, typer.Argument(help="The service file.")],
    records: Annotated[Path, typer.Option(help="The export: a workbook or a folder of files.")],
    requests: Annotated[Path, typer.Option(help="Past requests, a CSV file (RULES.md §5).")],
    on: _Day,
    out: Annotated[
        Path | None, typer.Option(help="Where the requests that change go, a CSV file.")
    ] = None,
) -> None:
    """Tell what a service file would answer otherwise than the one in force."""
    from desktop.authoring.holding import in_force
    from desktop.authoring.trying import try_file

    day = parse_jalali(on)
    against = in_force(demo_folder(), day)
    tried = try_file(file, records, requests, day, out, progress("records"), against=against)
    for line in tried.lines():
        typer.echo(line)


@app.command()
def selftest() -> None:
    """Prove fonts, migrations, services and one request from registration to letter."""
    from desktop.trial.selftest import selftest as prove

    prove(typer.echo)


@app.command()
def bench(
    what: Annotated[
        str,
        typer.Argument(
            help="`desk`, `letters` of it alone, or `centre`: on PostgreSQL, one of its own."
        ),
    ] = "desk",
    quick: Annotated[bool, typer.Option(help="Fewer repetitions.")] = False,
    large: Annotated[
        bool, typer.Option(help="For `centre`: millions of cases; most of an hour.")
    ] = False,
    database: Annotated[
        str, typer.Option(help="For `centre`: address of a database to be made.")
    ] = "",
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="For `desk`: window, answers, letters, import, queue or board; more than once. "
            "For `centre`: verify."
        ),
    ] = None,
    share: Annotated[float, typer.Option(min=0.0, max=1.0, hidden=True)] = 1.0,
) -> None:
    """Measure what DESIGN.md §7 promises: one JSON line each, with its floor and ratio.

    On standard error it ends with how many goals are met, and which are missed.
    """
    from desktop.trial.figures import verdict

    if what not in ("desk", "letters", "centre"):
        raise typer.BadParameter(f"{what} is not measured; desk, letters or centre")
    if what == "letters":
        only = ["letters"]
    if what == "centre":
        from desktop.trial.centre_figures import LARGE, QUICK, USUAL, run_centre_bench

        if only not in (None, [], ["verify"]):
            raise typer.BadParameter("of a centre `verify` alone is measured apart")
        size = QUICK if quick else LARGE if large else USUAL
        say = partial(typer.echo, err=True)
        lines = run_centre_bench(size.part(share), database, say, only_verify=bool(only))
    else:
        from desktop.trial.bench import PARTS, run_bench

        for part in only or ():
            if part not in PARTS:
                raise typer.BadParameter(f"{part} is no part; {', '.join(PARTS)}")
        lines = run_bench(quick=quick, only=only or ())
    told = []
    for line in lines:
        told.append(line)
        typer.echo(json.dumps(line, ensure_ascii=False))
    for words in verdict(told):
        typer.echo(words, err=True)


@app.command("centre-demo")
def centre_demo(
    database: Annotated[
        str,
        typer.Option(help="Address of a database to be made; without it a PostgreSQL is begun."),
    ] = "",
    processes: Annotated[int, typer.Option(min=1, max=16, help="How many answer.")] = 2,
) -> None:
    """Play a day over a line: a centre, two offices, the municipality; the line cut, a device
    revoked, the centre killed. The exit code is 0 where all sides agree at its end."""
    from desktop.trial.centre_day import run_centre_day

    if not run_centre_day(typer.echo, database, processes):
        raise typer.Exit(1)


@app.command("ha-demo")
def ha_demo(
    keep: Annotated[
        Path | None, typer.Option(help="A new folder in which diaries, stores and logs stay.")
    ] = None,
) -> None:
    """Let desks work at a centre on two machines, which are network namespaces here, while a
    primary, a machine and the net between end; tell how long each took, and what was lost; restore
    to a point in time beside it.

    Wants root, and Debian's etcd-server, patroni, python3-etcd, pgbackrest, pgbouncer, haproxy.
    The exit code is 0 where nothing was lost or doubled.
    """
    from desktop.trial.ha.running import run_ha_demo

    if not run_ha_demo(typer.echo, keep).is_sound:
        raise typer.Exit(1)


@app.command()
def soak(
    minutes: Annotated[float, typer.Option(min=0.5, help="How long things go wrong.")] = 60,
    seed: Annotated[
        int | None, typer.Option(help="The seed of an earlier one; else one is drawn and told.")
    ] = None,
    keep: Annotated[
        Path | None, typer.Option(help="A new folder in which diaries and stores stay.")
    ] = None,
    host_lost: Annotated[
        int | None,
        typer.Option(
            min=4,
            help="Nothing fails but the centre's host, under so many desks: it is destroyed, and "
            "a backup by --minutes the older is restored elsewhere.",
        ),
    ] = None,
    only: Annotated[
        str, typer.Option(help="Nothing fails but this: «the centre's clock jumps».")
    ] = "",
) -> None:
    """Let desks work at a centre while it, they, their lines and disks fail at random; then hold
    what each was told against the centre. The exit code is 0 where that is sound."""
    from desktop.trial.soak.running import run_host_lost, run_soak

    if host_lost is None:
        found = run_soak(minutes, seed, typer.echo, keep, only)
    else:
        found = run_host_lost(minutes, host_lost, seed, typer.echo, keep)
    if not found.is_sound:
        raise typer.Exit(1)


@app.command()
def doctor(
    whole: Annotated[
        bool,
        typer.Option("--whole", help="Every fact and act by its chain, every case told again."),
    ] = False,
    heads: Annotated[
        Path | None,
        typer.Option(help="Write what the centre signed for this desk, for `centre verify`."),
    ] = None,
) -> None:
    """Say where the program keeps its things and whether they are sound."""
    from desktop.premises.doctor import audited, examine, write_heads

    if heads is not None:
        typer.echo(f"{heads}: {write_heads(data_folder(), heads)} heads")
        return
    typer.echo(f"program {__version__}, Python {sys.version.split()[0]}")
    sound = True
    for name, state, good in examine(data_folder()):
        typer.echo(f"{'ok ' if good else 'BAD'} {name}: {state}")
        sound = sound and good
    for each in audited(data_folder()) if whole else ():
        typer.echo(f"BAD {each.words}")
        sound = False
    if not sound:
        raise typer.Exit(1)

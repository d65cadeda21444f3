"""A soak from its founding to its verdict: minutes of work and of faults, then the check."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from random import Random

from desktop.domain.calendar import TEHRAN
from desktop.domain.office import MUNICIPALITY
from desktop.trial.machines import PROPERTIES, Service, free_port, own_id
from desktop.trial.postgres import OwnPostgres
from desktop.trial.soak.diary import reported
from desktop.trial.soak.faults import PROCESSES, Faults, Say
from desktop.trial.soak.history import History, check, heads_now
from desktop.trial.soak.machines import Town

_MANAGERS = {"21": "محمد زارع", "22": "زهرا فلاح", "23": "علی دهقان"}
_DESKS = {"21": 2, "22": 2, "23": 1}
_EXPERT = "سعید نوری"
_DATABASE = "pishkhan"
_REST_S = (2.0, 9.0)


def run_soak(minutes: float, seed: int | None, say: Say, keep: Path | None = None) -> History:
    """The history after so many minutes; the seed of its faults is drawn where none is given.

    With `keep` its diaries and stores stay in that new folder. Raises Refusal where there is no
    PostgreSQL.
    """
    seed = Random().randrange(1_000_000) if seed is None else seed
    say(f"seed {seed}")
    with ExitStack() as ends:
        if keep is None:
            keep = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="pishkhan-soak-")))
        else:
            keep.mkdir(parents=True)
        # Debian's user of PostgreSQL goes through it to its own part.
        keep.chmod(0o711)
        postgres = OwnPostgres(keep / "postgres")
        postgres.begin()
        ends.callback(postgres.end)
        town = _founded(keep, postgres, say, ends)
        random = Random(seed)
        faults = Faults(town, postgres, _DATABASE, random, say)
        faults.back_up()
        told = _go_wrong(faults, random, minutes, say)
        faults.mend(all_=True)
        heads = finish(town, postgres.address(faults.database), say)
        say("faults: " + ", ".join(f"{name} {count}" for name, count in sorted(told.items())))
        found = check(postgres.address(faults.database), town.diaries, heads)
        found.faults += [f"the centre: {words}" for words in reported(town.service.log)]
        tell(found, say)
        say(town.service.command("verify").strip())
        return found


def _founded(folder: Path, postgres: OwnPostgres, say: Say, ends: ExitStack) -> Town:
    """A centre with records, three offices and an expert, all at work."""
    service = Service(folder / "centre", free_port())
    words = service.found(postgres.address(_DATABASE))
    ends.callback(service.end)
    return people_it(folder, service, words, say, ends)


def people_it(
    folder: Path, service: Service, words: tuple[str, ...], say: Say, ends: ExitStack
) -> Town:
    """Give a centre that was founded records, offices, and desks with people at work."""
    for code in _MANAGERS:
        service.add_office(code)
    say(service.take_records(folder / "export", PROPERTIES))
    service.begin(PROCESSES)
    town = Town(folder, service, words, datetime.now(TEHRAN).date(), ends)
    for number, (code, manager) in enumerate(_MANAGERS.items(), 1):
        town.join(code, manager, *own_id(number))
        for _ in range(_DESKS[code] - 1):
            town.join(code, manager)
    town.join(MUNICIPALITY, _EXPERT, "--role", "expert", *own_id(9), expert=True)
    say(f"{len(town.desks)} desks work at a centre of {PROCESSES} processes")
    return town


def _go_wrong(faults: Faults, random: Random, minutes: float, say: Say) -> Counter[str]:
    """One fault after the other until the time is over; how often each came."""
    told: Counter[str] = Counter()
    begun = time.monotonic()
    for name in faults.names():
        passed = time.monotonic() - begun
        if passed > minutes * 60:
            return told
        say(f"{passed:6.0f} s  {name}")
        faults.by_name[name][1]()
        told[name] += 1
        time.sleep(random.uniform(*_REST_S))
        faults.mend()
    return told


def finish(town: Town, address: str, say: Say) -> dict[str, int]:
    """All is mended; each desk sends what it has, then reads what all have sent, and ends.

    How far the streams had come between the two.
    """
    say("all is mended; the desks send what they have")
    for desk in town.desks:
        # Also of a copy that was made while something was wrong.
        desk.jump(0)
        desk.say(awaited=True)
        desk.ask("send")
    for desk in town.desks:
        desk.hear_sent()
    say(town.service.command("retry").strip())
    heads = heads_now(address)
    for desk in town.desks:
        desk.ask("read")
    for desk in town.desks:
        desk.finish()
    return heads


def tell(found: History, say: Say) -> None:
    """What was held against what, and what is wrong."""
    say(
        f"looked at: {found.acts} acts, {found.facts} facts, {found.letters} letters, "
        f"{found.readings} readings; {found.frozen} acts stay at frozen desks, {found.held} held"
    )
    for words in found.faults:
        say(f"WRONG {words}")
    say("the history is sound" if found.is_sound else "THE HISTORY IS NOT SOUND")

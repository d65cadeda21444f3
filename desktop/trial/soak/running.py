"""A soak from its founding to its verdict: minutes of work and of faults, then the check."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from itertools import repeat
from pathlib import Path
from random import Random

from desktop.domain.calendar import TEHRAN
from desktop.domain.office import MUNICIPALITY
from desktop.trial.kept import kept_folder
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
# So long they work at the restored one.
_AFTER_S = 20.0


def run_soak(
    minutes: float, seed: int | None, say: Say, keep: Path | None = None, only: str = ""
) -> History:
    """The history after so many minutes; the seed of its faults is drawn where none is given.

    With `keep` its diaries and stores stay in that new folder, with `only` nothing else fails.
    Raises Refusal where there is no PostgreSQL.
    """
    return _run(_DESKS, seed, say, keep, partial(_go_wrong, minutes=minutes, only=only))


def run_host_lost(
    minutes: float, desks: int, seed: int | None, say: Say, keep: Path | None = None
) -> History:
    """The history of so many desks whose centre's machine is destroyed and whose backup, by so many
    minutes the older, is restored elsewhere while they work on. Raises as `run_soak` does."""
    counters = desks - 1
    each = counters // len(_MANAGERS)
    by_office = dict.fromkeys(_MANAGERS, each)
    by_office["21"] += counters - each * len(_MANAGERS)
    return _run(by_office, seed, say, keep, partial(_lose_host, minutes=minutes))


def _run(
    desks: Mapping[str, int],
    seed: int | None,
    say: Say,
    keep: Path | None,
    go_wrong: Callable[[Faults, Random, Say], Counter[str]],
) -> History:
    seed = Random().randrange(1_000_000) if seed is None else seed
    say(f"seed {seed}")
    with ExitStack() as ends:
        folder = kept_folder(keep, "soak", ends)
        postgres = OwnPostgres(folder / "postgres")
        postgres.begin()
        ends.callback(postgres.end)
        town = _founded(folder, postgres, desks, say, ends)
        random = Random(seed)
        faults = Faults(town, postgres, _DATABASE, random, say)
        faults.back_up()
        told = go_wrong(faults, random, say)
        faults.mend(all_=True)
        begun = time.monotonic()
        heads = finish(town, postgres.address(faults.database), say)
        say(f"all was sent and read {time.monotonic() - begun:.0f} s later")
        say("faults: " + ", ".join(f"{name} {count}" for name, count in sorted(told.items())))
        found = check(postgres.address(faults.database), town.diaries, heads)
        found.faults += [f"the centre: {words}" for words in reported(town.service.log)]
        tell(found, say)
        say(town.service.command("verify").strip())
        return found


def _founded(
    folder: Path, postgres: OwnPostgres, desks: Mapping[str, int], say: Say, ends: ExitStack
) -> Town:
    """A centre with records, three offices and an expert, all at work."""
    service = Service(folder / "centre", free_port())
    words = service.found(postgres.address(_DATABASE))
    ends.callback(service.end)
    return people_it(folder, service, words, say, ends, desks)


def people_it(
    folder: Path,
    service: Service,
    words: tuple[str, ...],
    say: Say,
    ends: ExitStack,
    desks: Mapping[str, int] = _DESKS,
) -> Town:
    """Give a centre that was founded records, offices with so many desks, and people at work."""
    for code in _MANAGERS:
        service.add_office(code)
    say(service.take_records(folder / "export", PROPERTIES))
    service.begin(PROCESSES)
    # All desks of many do no more at once than a few: they are on one machine with their centre.
    slower = max(1.0, sum(desks.values()) / sum(_DESKS.values()))
    town = Town(folder, service, words, datetime.now(TEHRAN).date(), ends, slower)
    for number, (code, manager) in enumerate(_MANAGERS.items(), 1):
        town.join(code, manager, *own_id(number))
        for _ in range(desks[code] - 1):
            town.join(code, manager)
    town.join(MUNICIPALITY, _EXPERT, "--role", "expert", *own_id(9), expert=True)
    say(f"{len(town.desks)} desks work at a centre of {PROCESSES} processes")
    return town


def _lose_host(faults: Faults, _: Random, say: Say, minutes: float) -> Counter[str]:
    """So many minutes of work that no backup has, and the centre's machine is gone."""
    say(f"the desks work on for {minutes:g} minutes")
    time.sleep(minutes * 60)
    begun = time.monotonic()
    faults.lose_host()
    say(f"a centre answers instantly again {time.monotonic() - begun:.0f} s after it was lost")
    time.sleep(_AFTER_S)
    return Counter({"the centre's host is destroyed": 1})


def _go_wrong(faults: Faults, random: Random, say: Say, minutes: float, only: str) -> Counter[str]:
    """One fault after the other until the time is over; how often each came."""
    told: Counter[str] = Counter()
    begun = time.monotonic()
    for name in repeat(only) if only else faults.names():
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

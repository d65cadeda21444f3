"""Holds what people were told, and what readers hold, against the centre's tables.

It shares no line with the program: it reads tables by SQL, texts as JSON, and chains them itself.
Each sentence that it gives names what is wrong: an act that was lost or doubled, a stream with a
gap, a number given twice, a reader that saw what is another's, a stall that no screen told.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import psycopg

from desktop.trial.soak.diary import FROZEN, Told

Database: TypeAlias = psycopg.Connection[Any]
_GENESIS = "0" * 64
_CITY = "city"
_STALL_S = 60.0
"""So long acts may wait while the screen says that all is well."""
_IDLE_S = 120.0
"""So long nothing may go up whatever the screen says, while nothing is wrong."""
_WELL = ("connected", "waiting")
# Between two samples further apart the desk was not there.
_APART_S = 10.0


@dataclass
class History:
    """What was found: `faults` in words, and how much was held against what; of acts that were
    said to be at the centre so many are `lost`, of all so many stand there once more than once."""

    faults: list[str] = field(default_factory=list)
    acts: int = 0
    facts: int = 0
    letters: int = 0
    readings: int = 0
    held: int = 0
    lost: int = 0
    doubled: int = 0
    frozen: int = 0
    """Acts that a copied, put back or revoked store has and the centre rightly has not."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass
class _Centre:
    """The centre's tables as read: chains by stream and by device, whose device it is."""

    streams: dict[str, list[tuple[str, str]]]
    devices: dict[str, dict[int, str]]
    offices: dict[str, str]
    heads: Mapping[str, int]


def heads_now(address: str) -> dict[str, int]:
    """How far each stream has come."""
    with psycopg.connect(address) as connection:
        return dict(connection.execute("SELECT name, pos FROM stream").fetchall())


def acts_at(address: str) -> dict[str, int]:
    """How many acts of each device stand there."""
    with psycopg.connect(address) as connection:
        asked = "SELECT device_id, count(*) FROM command GROUP BY device_id"
        return dict(connection.execute(asked).fetchall())


def check(address: str, diaries: Sequence[Path], heads: Mapping[str, int]) -> History:
    """The history of a centre, by libpq's address of its database, and of all diaries.

    `heads` is how far the streams had come when the desks that ended began to read the rest.
    """
    with psycopg.connect(address) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return history(connection, diaries, heads)


def history(connection: Database, diaries: Sequence[Path], heads: Mapping[str, int]) -> History:
    """As `check`, over a connection that sees one moment."""
    found = History()
    centre = _Centre(
        dict(_streams(connection, found)),
        dict(_devices(connection, found)),
        dict(connection.execute("SELECT device_id, office FROM device").fetchall()),
        heads,
    )
    _causes(connection, found)
    _cases(connection, found)
    numbers = _letters(connection, found)
    _municipal(connection, found)
    for told in map(Told.of, diaries):
        found.faults += [f"{told.name}: {words}" for words in _of_desk(told, centre, found)]
        for letter, number in told.papers:
            if numbers.get(number) != letter:
                found.faults.append(f"{told.name}: paper {number} is of no such letter")
    return found


def _linked(chain: str, text: str) -> str:
    return hashlib.sha256(bytes.fromhex(chain) + text.encode()).hexdigest()


def _streams(connection: Database, found: History) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Of each stream the texts in their order, each with the chain's value there."""
    heads = connection.execute("SELECT name, pos, hash FROM stream").fetchall()
    for name, last, head in heads:
        chain, kept = _GENESIS, []
        rows = connection.execute(
            "SELECT pos, canon, hash FROM fact WHERE stream = %s ORDER BY pos", (name,)
        )
        for place, (pos, canon, kept_hash) in enumerate(rows, 1):
            chain = _linked(chain, canon)
            if pos != place:
                found.faults.append(f"{name}: after {place - 1} comes {pos}")
                break
            if chain != kept_hash:
                found.faults.append(f"{name}: the chain breaks at {pos}")
                break
            kept.append((canon, chain))
        if (last, head) != (len(kept), chain):
            found.faults.append(f"{name}: its head is said to be {last}, it ends at {len(kept)}")
        found.facts += len(kept)
        yield name, kept


def _devices(connection: Database, found: History) -> Iterator[tuple[str, dict[int, str]]]:
    """Of each device the chain's value at each of its acts."""
    rows = connection.execute(
        "SELECT device_id, device_seq, canon, hash FROM command ORDER BY device_id, device_seq"
    )
    chains: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for device, seq, canon, kept_hash in rows:
        own = chains[device]
        chain = _linked(own.get(seq - 1, _GENESIS), canon)
        if seq != len(own) + 1:
            found.faults.append(f"device {device}: after act {len(own)} comes {seq}")
        elif chain != kept_hash:
            found.faults.append(f"device {device}: the chain of its acts breaks at {seq}")
        own[seq] = kept_hash
    found.acts = sum(map(len, chains.values()))
    twice = connection.execute(
        "SELECT command_id, count(*) FROM command GROUP BY command_id HAVING count(*) > 1"
    )
    for each, count in twice:
        found.doubled += count - 1
        found.faults.append(f"act {each} stands {count} times")
    yield from chains.items()


def _causes(connection: Database, found: History) -> None:
    """Each act was done or refused, not both, and an act is the cause of what people change."""
    none = connection.execute(
        "SELECT device_id, device_seq, kind FROM command c WHERE state <> 'held' AND NOT EXISTS"
        " (SELECT 1 FROM fact f WHERE f.cause = c.command_id)"
    )
    found.faults += [f"act {seq} of {device} ({kind}) has no outcome" for device, seq, kind in none]
    both = connection.execute(
        "SELECT cause, count(*) FILTER (WHERE kind = 'command-refused'), count(*) FILTER"
        " (WHERE rev > 0) FROM fact WHERE cause <> '' GROUP BY cause"
        " HAVING count(*) FILTER (WHERE kind = 'command-refused') > 1"
        " OR bool_or(kind = 'command-refused') AND bool_or(rev > 0)"
    )
    found.faults += [
        f"act {cause} was refused {no} times, and did {done} things" for cause, no, done in both
    ]
    without = connection.execute(
        # What the centre does by itself has none after it was restored: nobody gives its acts back.
        "SELECT stream, pos FROM fact WHERE rev > 0 AND canon::jsonb ->> 'actor' <> 'centre'"
        " AND NOT EXISTS (SELECT 1 FROM command c WHERE c.command_id = cause)"
    )
    found.faults += [f"{name}: {pos} has no act as its cause" for name, pos in without]
    held = connection.execute("SELECT count(*) FROM command WHERE state = 'held'").fetchone()
    found.held = held[0] if held else 0
    if found.held:
        found.faults.append(f"{found.held} acts are held, and nothing settles them")


def _cases(connection: Database, found: History) -> None:
    """A case's facts stand in the stream of who took it, each of its revisions once, all there."""
    rows = connection.execute(
        "SELECT case_id, min(stream), max(stream), count(*), count(DISTINCT rev), max(rev)"
        " FROM fact WHERE rev > 0 GROUP BY case_id"
    )
    for case, first, last, count, several, highest in rows:
        if first != last:
            found.faults.append(f"case {case} stands in {first} and in {last}")
        elif not count == several == highest:
            found.faults.append(f"case {case} has {count} facts up to revision {highest}")
    strayed = connection.execute(
        "SELECT f.case_id, f.stream, d.office FROM fact f JOIN command c ON c.command_id = f.cause"
        " JOIN device d ON d.device_id = c.device_id"
        " WHERE f.rev = 1 AND f.stream <> 'office:' || d.office"
    )
    found.faults += [
        f"case {case} stands in {name}, it was taken at {office}" for case, name, office in strayed
    ]


def _letters(connection: Database, found: History) -> Mapping[str, str]:
    """Of each number its letter, by the facts; the table of numbers holds the same."""
    rows = connection.execute("SELECT canon FROM fact WHERE kind = 'letter-issued'")
    issued = [json.loads(canon)["payload"]["letter"] for (canon,) in rows]
    counted = Counter(each["number"] for each in issued)
    found.faults += [f"number {each}: {n} letters" for each, n in counted.items() if n > 1]
    by_letter = {each["letter_id"]: each["number"] for each in issued}
    found.letters = len(by_letter)
    rows = connection.execute("SELECT letter_id, year, serial FROM letter")
    taken = {letter: (str(year), str(serial)) for letter, year, serial in rows}
    # The office's part of a number is its code of that day.
    told = {
        letter: (first, last)
        for letter, number in by_letter.items()
        for first, _, last in [number.split("/", 2)]
    }
    found.faults += [
        f"letter {letter}: {told.get(letter)} told, {taken.get(letter)} counted"
        for letter in sorted(told.keys() | taken.keys())
        if told.get(letter) != taken.get(letter)
    ]
    return {each["number"]: each["letter_id"] for each in issued}


def _municipal(connection: Database, found: History) -> None:
    """The municipality's own letters to bodies and offices, and its minutes, are one series: each
    number is of one of them, and none is beyond the last that was taken."""
    rows = connection.execute(
        "SELECT kind, canon FROM fact WHERE kind IN ('consulted', 'consultee-reminded')"
        " OR kind = 'published' AND canon::jsonb -> 'payload' ->> 'topic' IN"
        " ('office-letter', 'minutes')"
    )
    numbered: defaultdict[str, set[str]] = defaultdict(set)
    for kind, canon in rows:
        told = json.loads(canon)["payload"]
        text = told["text"] if kind == "published" else json.dumps(told, sort_keys=True)
        if number := json.loads(text)["number"]:
            # One that is told again to another office is the same.
            numbered[number].add(text)
    found.letters += sum(map(len, numbered.values()))
    found.faults += [
        f"number {each}: {len(texts)} letters of the municipality"
        for each, texts in sorted(numbered.items())
        if len(texts) > 1
    ]
    taken = dict(
        connection.execute("SELECT year, last FROM number WHERE office = 'municipality'").fetchall()
    )
    for number in numbered:
        year, serial = map(int, number.split("/"))
        if serial > taken.get(year, 0):
            found.faults.append(f"number {number} of the municipality was never taken")


def _of_desk(told: Told, centre: _Centre, found: History) -> Iterator[str]:
    yield from (f"a bug: {words}" for words in told.bugs)
    yield from _acts(told, centre, found)
    yield from _readings(told, centre, found)
    yield from _stalls(told)


def _acts(told: Told, centre: _Centre, found: History) -> Iterator[str]:
    """What was said to be done here is at the centre; else the desk was frozen, and said so."""
    chain = centre.devices.get(told.device, {})
    apart = next((seq for seq, own in sorted(told.did.items()) if chain.get(seq) != own), None)
    stopped = {why for _, _, why, _ in told.shown if why in FROZEN}
    if stopped - {told.doomed}:
        yield f"it was stopped as {min(stopped)}, for which there was no cause"
    if told.doomed and told.doomed not in stopped:
        yield f"it never said that it was stopped as {told.doomed}"
    first = min(apart or told.acked + 1, len(chain) + 1)
    found.lost += max(0, told.acked - first + 1)
    if told.acked > len(chain):
        yield f"{told.acked} acts were acknowledged, the centre has {len(chain)}"
    if apart is None:
        return
    if apart <= told.acked:
        yield f"act {apart} was acknowledged, and the centre has another or none"
    if told.doomed not in stopped:
        yield f"act {apart} is not at the centre, and the desk never said why"
    found.frozen += max(told.did) - apart + 1


def _readings(told: Told, centre: _Centre, found: History) -> Iterator[str]:
    own = (_CITY, f"office:{centre.offices.get(told.device, '')}")
    for name, pos, chain in told.read:
        found.readings += 1
        if name not in own:
            yield f"it read {name}"
        known = centre.streams.get(name, [])
        if pos > len(known):
            yield f"it read {name} up to {pos}, which ends at {len(known)}"
        elif known[pos - 1][1] != chain:
            yield f"it read something else in {name} at {pos}"
    if told.awaited and told.ended is not True:
        yield "it did not send all in the end"
    if told.holds is None:
        return
    ends: Counter[str] = Counter()
    for line in told.holds.read_text(encoding="utf-8").splitlines():
        name, place, text = line.split("\t", 2)
        known = centre.streams.get(name, [])
        ends[name] += 1
        if name not in own:
            yield f"it holds {name}"
        if int(place) > len(known) or known[int(place) - 1][0] != text:
            yield f"it holds another fact {place} of {name}"
    for name in own if told.awaited else ():
        if ends[name] < centre.heads.get(name, 0):
            yield f"it holds {ends[name]} facts of {name}, which had {centre.heads[name]}"


def _stalls(told: Told) -> Iterator[str]:
    """Acts that waited while nothing went up: and the screen said that all was well, or nothing was
    wrong."""

    def unseen(at: float, state: str, why: str) -> bool:
        return state in _WELL and not why

    def uncaused(at: float, state: str, why: str) -> bool:
        return why not in FROZEN and not _is_touched(told, at)

    waited = _longest(told, unseen)
    if waited > _STALL_S:
        yield f"acts waited {waited:.0f} s, and the screen said that all was well"
    waited = _longest(told, uncaused)
    if waited > _IDLE_S:
        yield f"acts waited {waited:.0f} s, and nothing was wrong"


def _longest(told: Told, counts: Callable[[float, str, str], bool]) -> float:
    """Seconds of the longest time in which acts waited, none went up, and every sample counts."""
    longest = last = 0.0
    begun: float | None = None
    for at, state, why, unsent in told.shown:
        moved = bisect(told.moved, at) > bisect(told.moved, last)
        if not unsent or not counts(at, state, why):
            begun = None
        elif begun is None or moved or at - last > _APART_S:
            begun = at
        else:
            longest = max(longest, at - begun)
        last = at
    return longest


def _is_touched(told: Told, at: float) -> bool:
    """Whether something was wrong then with what the desk works by."""
    place = bisect(told.wrongs, (at, True))
    return place > 0 and told.wrongs[place - 1][1]

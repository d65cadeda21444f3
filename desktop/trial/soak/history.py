"""Holds what people were told, and what readers hold, against the centre's tables.

It shares no line with the program: it reads tables by SQL, texts as JSON, and chains them itself.
Each sentence that it gives names what is wrong: an act that was lost or doubled, a stream with a
gap, a number given twice, a reader that saw what is another's, a stall that no screen told.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
_WELL = ("connected", "waiting")
# Between two samples further apart the desk was not there.
_APART_S = 10.0


@dataclass
class History:
    """What was found: `faults` in words, and how much was held against what."""

    faults: list[str] = field(default_factory=list)
    acts: int = 0
    facts: int = 0
    letters: int = 0
    readings: int = 0
    held: int = 0
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
    found.faults += [f"act {each} stands {count} times" for each, count in twice]
    yield from chains.items()


def _causes(connection: Database, found: History) -> None:
    """Each act has an outcome, and only an act or the centre itself is the cause of a fact."""
    none = connection.execute(
        "SELECT device_id, device_seq, kind FROM command c WHERE state <> 'held' AND NOT EXISTS"
        " (SELECT 1 FROM fact f WHERE f.cause = c.command_id)"
    )
    found.faults += [f"act {seq} of {device} ({kind}) has no outcome" for device, seq, kind in none]
    held = connection.execute("SELECT count(*) FROM command WHERE state = 'held'").fetchone()
    found.held = held[0] if held else 0


def _cases(connection: Database, found: History) -> None:
    """A case's facts stand in one stream, each of its revisions once and none left out."""
    rows = connection.execute(
        "SELECT case_id, min(stream), max(stream), count(*), count(DISTINCT rev), max(rev)"
        " FROM fact WHERE rev > 0 GROUP BY case_id"
    )
    for case, first, last, count, several, highest in rows:
        if first != last:
            found.faults.append(f"case {case} stands in {first} and in {last}")
        elif not count == several == highest:
            found.faults.append(f"case {case} has {count} facts up to revision {highest}")


def _letters(connection: Database, found: History) -> Mapping[str, str]:
    """Of each number its letter, by the facts; the table of numbers holds the same."""
    rows = connection.execute("SELECT canon FROM fact WHERE kind = 'letter-issued'")
    issued = [json.loads(canon)["payload"]["letter"] for (canon,) in rows]
    counted = Counter(each["number"] for each in issued)
    found.faults += [f"number {each}: {n} letters" for each, n in counted.items() if n > 1]
    by_letter = {each["letter_id"]: each["number"] for each in issued}
    found.letters = len(by_letter)
    for year, serial, letter in connection.execute("SELECT year, serial, letter_id FROM letter"):
        # The office's part of a number is its code of that day.
        first, _, last = by_letter.get(letter, f"{year}//{serial}").split("/", 2)
        if (first, last) != (str(year), str(serial)):
            found.faults.append(f"letter {letter}: {by_letter[letter]} told, {serial} counted")
    return {each["number"]: each["letter_id"] for each in issued}


def _of_desk(told: Told, centre: _Centre, found: History) -> Iterator[str]:
    yield from (f"a bug: {words}" for words in told.bugs)
    yield from _acts(told, centre, found)
    yield from _readings(told, centre, found)
    yield from _stalls(told)


def _acts(told: Told, centre: _Centre, found: History) -> Iterator[str]:
    """What was said to be done here is at the centre; else the desk was frozen, and said so."""
    chain = centre.devices.get(told.device, {})
    apart = next((seq for seq, own in sorted(told.did.items()) if chain.get(seq) != own), None)
    if told.acked > len(chain):
        yield f"{told.acked} acts were acknowledged, the centre has {len(chain)}"
    if apart is None:
        return
    if apart <= told.acked:
        yield f"act {apart} was acknowledged, and the centre has another or none"
    frozen = any(why in FROZEN for _, _, why, _ in told.shown)
    if not frozen:
        yield f"act {apart} is not at the centre, and the desk never said why"
    found.frozen += max(told.did) - apart + 1


def _readings(told: Told, centre: _Centre, found: History) -> Iterator[str]:
    home = f"office:{centre.offices.get(told.device, '')}"
    for name, pos, chain in told.read:
        found.readings += 1
        if name not in (_CITY, home):
            yield f"it read {name}"
        known = centre.streams.get(name, [])
        if pos > len(known):
            yield f"it read {name} up to {pos}, which ends at {len(known)}"
        elif known[pos - 1][1] != chain:
            yield f"it read something else in {name} at {pos}"
    if told.holds is None:
        return
    ends: Counter[str] = Counter()
    for line in told.holds.read_text(encoding="utf-8").splitlines():
        name, place, text = line.split("\t", 2)
        known = centre.streams.get(name, [])
        ends[name] += 1
        if int(place) > len(known) or known[int(place) - 1][0] != text:
            yield f"it holds another fact {place} of {name}"
    frozen = any(why in FROZEN for _, _, why, _ in told.shown[-3:])
    if told.ended and not frozen:
        for name, count in ends.items():
            if count < centre.heads.get(name, 0):
                yield f"it holds {count} facts of {name}, which had {centre.heads[name]}"


def _stalls(told: Told) -> Iterator[str]:
    """Acts that waited while nothing went up and the screen said that all was well."""
    begun: float | None = None
    last = 0.0
    for at, state, _, unsent in told.shown:
        moves = any(last < each <= at for each in told.moved) if last else False
        if state not in _WELL or not unsent or moves or at - last > _APART_S:
            begun = at if state in _WELL and unsent else None
        elif begun is None:
            begun = at
        elif at - begun > _STALL_S:
            yield f"acts waited {at - begun:.0f} s, and the screen said that all was well"
            return
        last = at

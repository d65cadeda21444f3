"""A history made many times as long, chained and signed as a real one: for what audits it.

What happened at a month's offices happens at others once more: under ids, codes and numbers of
their own, by other people with keys of their own, told to desks and centre as it was there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import md5
from typing import Any, NamedTuple, TypeAlias

import psycopg
from psycopg import sql
from psycopg.rows import DictRow, dict_row

from desktop.centre import devices, people
from desktop.centre.context import Centre
from desktop.centre.metadata import METADATA
from desktop.centre.offices import all_offices
from desktop.centre.shipping import published_card
from desktop.centre.sum_tables import SUMMINGS
from desktop.centre.tables import CASE_COUNTING, DeviceRow
from desktop.centre.tick import DEVICE
from desktop.domain.facts import LetterIssued, LetterReleased
from desktop.domain.identifiers import tracking_code
from desktop.domain.office import FIRST_DAY, MUNICIPALITY
from desktop.domain.search_words import words
from desktop.domain.stream import PersonEnrolled, office_of, office_stream
from desktop.keys import new_key, new_letter_key
from desktop.wire import letter_code
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.codec import acted
from desktop.wire.essence import read as read_essence
from desktop.wire.letters import key_id_of, released
from desktop.wire.link import PrivateKey, public_hex, sign

_HOME = office_stream(MUNICIPALITY)
_MOST_DESKS = 99
# What may be somebody's or something's own, in a text or a column.
_OWN = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+-\d{6}-\d\d-\d{4}-\d|[0-9a-f]{32,}"
    r"|1[34]\d\d/\d+/\d+|(?<!\d)(?<!\d/)\d\d/\d+(?![\d/])|(?<!\d)\d{9,13}(?!\d)|[a-z]+-[0-9a-z]+-\d+"
    r'|(?<=key_id":")[0-9a-f]{8}|(?<="series":")[0-9A-Z]+'
)
_PLACE, _SEQ = re.compile(r'"pos":\d+,'), re.compile(r'"device_seq":\d+,')
_SIGNATURE = re.compile(r',"person_signature":"[0-9a-f]+"')
_CHAINED = ("fact", "command")
# Beside cases, and of nobody's history: who asked and looked, what was laid on records.
_NOT_AGAIN = ("adopted_fact", "question", "reading_line", "record_correction")
_Row: TypeAlias = Mapping[str, Any]
_Named: TypeAlias = Sequence[str]
"""The names of one repetition, each in the place of the one that was found."""


class _Text(NamedTuple):
    """A text as literals and places of names."""

    pieces: Sequence[str | int]

    def of(self, named: _Named) -> str:
        """The text with these names."""
        return "".join(each if isinstance(each, str) else named[each] for each in self.pieces)


class _Cut(NamedTuple):
    """A text with something between its parts that is another each time: its place, or the
    signature of `by`, who did the act; empty for a text that is whole."""

    row: _Row
    before: _Text
    after: _Text
    by: str = ""


class _Keys(NamedTuple):
    """A person's keys, for acts and for releases."""

    acts: PrivateKey
    release: PrivateKey


@dataclass(frozen=True)
class _Letter:
    """A letter of that office as it was issued, and as it was released `by` whom, if it was."""

    office: str
    issued: _Row
    released: _Row | None = None
    by: str = ""


class LongHistory:
    """The month's history, taken apart once, and as often as wanted put together anew."""

    def __init__(self, centre: Centre, place: str, offices: Iterable[str], desk: str) -> None:
        """`place` is that of the centre's database, on PostgreSQL; `offices` are those of the month
        by their ids, `desk` is the municipality's device there."""
        self._centre, self._place, self._made = centre, place, 0
        self._known: dict[str, int] = {}
        self._makers: list[Callable[[int], str]] = []
        with centre.reading() as session:
            known = all_offices(session)
            self._cards = {office: known[office].cards[0][1] for office in sorted(offices)}
        self._desk = desk
        with _connected(place) as connection:
            self._take_apart(connection)

    def lengthen(self, facts: int, tell: Callable[[int], None] = lambda _: None) -> int:
        """Have it happen again until there are so many facts; how many there are."""
        tables = (*_CHAINED, *self._rows)
        with _connected(self._place) as connection, _untriggered(connection, tables):
            while (there := _count(connection)) < facts:
                self._happen(connection)
                connection.commit()
                tell(there)
        by = ", ".join(CASE_COUNTING.by)
        with self._centre.writer.begin() as writing:
            writing.exec_driver_sql(f"DELETE FROM {CASE_COUNTING.counts}")
            writing.exec_driver_sql(
                f"INSERT INTO {CASE_COUNTING.counts} ({by}, cases) SELECT {by}, count(*)"
                f' FROM "{CASE_COUNTING.table}" GROUP BY {by}'
            )
            for summing in SUMMINGS:
                summing.renew(writing)
        return there

    def _take_apart(self, connection: psycopg.Connection[DictRow]) -> None:
        ask = partial(_rows, connection)
        streams = [office_stream(office) for office in self._cards]
        facts = ask("SELECT * FROM fact WHERE stream = ANY(%s) ORDER BY stream, pos", streams)
        own = ask(
            "SELECT device_id, office, desk FROM device WHERE office = ANY(%s) OR device_id = %s",
            [*self._cards],
            self._desk,
        )
        self._devices = {row["device_id"]: (row["office"], row["desk"]) for row in own}
        cases = sorted({row["case_id"] for row in facts} - {""})
        acts = ask(
            "SELECT * FROM command WHERE case_id = ANY(%s) OR device_id = ANY(%s)"
            " ORDER BY device_id, device_seq",
            cases,
            [*self._devices],
        )
        self._letters = _letters(facts)
        whose = sorted({json.loads(row["canon"])["actor"] for row in (*facts, *acts)})
        staff = ask("SELECT * FROM person WHERE staff_id = ANY(%s)", whose)
        home = ask("SELECT * FROM fact WHERE stream = %s ORDER BY pos", _HOME)
        self._staff = {row["staff_id"]: row for row in staff}
        causes = {row["command_id"] for row in acts}
        beside = [row for row in home if row["cause"] in causes or _enrolled(row) in self._staff]
        rows: dict[str, list[DictRow]] = {"person": staff}
        for table in METADATA.tables.values():
            if "case_id" in table.c and table.name not in (*_CHAINED, *_NOT_AGAIN):
                asked = f'SELECT * FROM "{table.name}" WHERE case_id = ANY(%s)'
                rows[table.name] = ask(asked, cases)
        for name, column, wanted in (
            ("number", "office", [*self._cards]),
            ("sheet_run", "office", [*self._cards]),
            ("stamped_sheet", "office", [*self._cards]),
            ("ended_letter", "letter_id", [*self._letters]),
            ("visit_slot", "staff_id", [*self._staff]),
        ):
            rows[name] = ask(f"SELECT * FROM {name} WHERE {column} = ANY(%s)", wanted)
        self._name(facts, acts, beside, rows)
        self._facts = [_Cut(self._row(row), *self._parts(row["canon"])) for row in facts]
        self._beside = [_Cut(self._row(row), *self._parts(row["canon"], _PLACE)) for row in beside]
        self._acts = [self._act(row) for row in acts]
        self._rows = {table: [self._row(each) for each in own] for table, own in rows.items()}

    def _name(
        self,
        facts: Sequence[_Row],
        acts: Sequence[_Row],
        beside: Sequence[_Row],
        rows: Mapping[str, Sequence[_Row]],
    ) -> None:
        """All that is somebody's own, and how it is named each time."""
        for row in (*facts, *beside):
            self._add(_id, row["fact_id"], row["case_id"])
        for row in acts:
            self._add(_id, row["command_id"], row["case_id"])
        self._add(_id, *self._devices, *self._letters)
        for row in rows["person"]:
            self._add(_person, row["staff_id"])
            self._add(_later, row["key"], row["release_key"])
        for office, card in self._cards.items():
            self._add(_office, office)
            series = {row["series"] for row in rows["sheet_run"] if row["office"] == office}
            self._add(partial(_series, card.code), *series)
        self._add(_tracking, *(row["tracking"] for row in rows["case"]))
        self._add(_asked, *(row["number"] for row in rows["inquiry_letter"]))
        self._add(_bill, *(row["payment_id"] for row in rows["settled_pair"]))
        # What is told in no office's stream is once in the whole city.
        told = (row for row in rows["payment_reference"] if row["stream"] == _HOME)
        self._add(_slip, *(row["reference"] for row in told))
        for letter in self._letters.values():
            self._add(_number, letter.issued["number"])
            self._add(_later, letter.issued["essence"], letter.issued["signature"])
            if letter.released is not None:
                proof = letter.released["release"]["proof"]
                signed = letter.released["signature"], proof["signature"]
                self._add(_later, *signed, proof["key_id"])

    def _add(self, made: Callable[[str, int], str], *names: str) -> None:
        for name in names:
            if name and name not in self._known:
                self._known[name] = len(self._makers)
                self._makers.append(partial(made, name))

    def _text(self, said: str) -> _Text:
        pieces: list[str | int] = []
        done = 0
        for found in _OWN.finditer(said):
            place = self._known.get(found[0])
            if place is not None:
                pieces += (said[done : found.start()], place)
                done = found.end()
        return _Text((*pieces, said[done:]))

    def _row(self, row: _Row) -> _Row:
        """The row with each of its texts taken apart."""
        whole = {name: self._known.get(value) for name, value in row.items() if value}
        return {
            name: value
            if not isinstance(value, str)
            else _Text((place,))
            if (place := whole.get(name)) is not None
            else self._text(value)
            for name, value in row.items()
            if name != "canon"
        }

    def _parts(self, canon: str, at: re.Pattern[str] | None = None) -> tuple[_Text, _Text]:
        found = at.search(canon) if at is not None else None
        if found is None:
            return self._text(canon), _Text(())
        return self._text(canon[: found.start()]), self._text(canon[found.end() :])

    def _act(self, row: _Row) -> _Cut:
        own = row["device_id"] == DEVICE
        parts = self._parts(row["canon"], _SEQ if own else _SIGNATURE)
        said = json.loads(row["canon"])
        by = said["actor"] if "person_signature" in said else ""
        return _Cut(self._row(row), *parts, by=by)

    def _happen(self, connection: psycopg.Connection[DictRow]) -> None:
        """All of it once more."""
        self._made += 1
        named = [make(self._made) for make in self._makers]
        keys = self._sign(named)
        sent = _Heads(connection, "device", "device_id", "head_seq", "head_hash")
        acts = [self._done(cut, named, keys, sent) for cut in self._acts]
        self._open(named, sent)
        told = _Heads(connection, "stream", "name", "pos", "hash")
        facts = [_told(cut, named, told) for cut in (*self._facts, *self._beside)]
        rows = {table: [_of(row, named) for row in own] for table, own in self._rows.items()}
        for case in rows["case"]:
            told_of = (case[name] for name in ("applicant", "tracking", "code", "place"))
            case["folded"] = words(*told_of)
        for table, own in {"fact": facts, "command": acts, **rows}.items():
            _copy(connection, table, own)
        told.keep()
        sent.keep()

    def _sign(self, named: list[str]) -> Mapping[str, _Keys]:
        """Keys for everybody, by staff id, and what is signed by them and by the centre."""
        keys: dict[str, _Keys] = {}

        def name(old: str, new: str) -> None:
            if old:
                named[self._known[old]] = new

        for old, row in self._staff.items():
            own = _Keys(new_key(), new_letter_key())
            keys[named[self._known[old]]] = own
            name(row["key"], public_hex(own.acts))
            name(row["release_key"], public_hex(own.release))
        for letter in self._letters.values():
            issued, told = letter.issued, letter.released
            number = named[self._known[issued["number"]]]
            essence = read_essence(bytes.fromhex(issued["essence"]), issued["key_id"])
            code = _code(self._cards[letter.office].code, self._made)
            encoded, signature = self._centre.keys.letters.issue(
                replace(essence, number=number, office=code)
            )
            name(issued["essence"], encoded)
            name(issued["signature"], signature)
            if told is None:
                continue
            own, proof = keys[named[self._known[letter.by]]], told["release"]["proof"]
            releaser = key_id_of(public_hex(own.release))
            copy = released(self._centre.identity.centre, number, told["layout"], 1, told["sha256"])
            shown = letter_code.countersigned(
                issued["key_id"],
                bytes.fromhex(encoded),
                signature,
                releaser,
                date.fromisoformat(proof["on"]),
                1,
            )
            name(told["signature"], sign(own.release, copy))
            name(proof["signature"], sign(own.release, shown))
            name(proof["key_id"], releaser)
        return keys

    def _done(
        self, cut: _Cut, named: _Named, keys: Mapping[str, _Keys], heads: _Heads
    ) -> dict[str, Any]:
        """A command, the next of its device."""
        row = _of(cut.row, named)
        device, before, after = row["device_id"], cut.before.of(named), cut.after.of(named)
        between = ""
        if device == DEVICE:
            between = f'"device_seq":{heads.next(device)},'
        elif cut.by:
            said = acted(self._centre.identity.centre, before + after)
            key = keys[named[self._known[cut.by]]].acts
            between = f',"person_signature":"{sign(key, said)}"'
        seq, chain = heads.add(device, canon := f"{before}{between}{after}")
        return {**row, "device_seq": seq, "canon": canon, "hash": chain}

    def _open(self, named: _Named, sent: _Heads) -> None:
        """The offices, their desks and the municipality's, told to the city."""
        at, added = self._centre.clock(), self._made
        with self._centre.writing() as session:
            for office, card in self._cards.items():
                code = _code(card.code, added)
                other = replace(card, code=code, office_id=named[self._known[office]])
                people.open_office(session, other, FIRST_DAY)
                people.publish(session, [published_card(other, FIRST_DAY)], at)
            for device, (office, desk) in self._devices.items():
                new = named[self._known[device]]
                own = MUNICIPALITY if office == MUNICIPALITY else named[self._known[office]]
                place = _MOST_DESKS + added if own == MUNICIPALITY else desk
                people.enrol_device(session, new, own, place, public_hex(new_key()))
                row = session.get_one(DeviceRow, new)
                row.head_seq, row.head_hash = sent.of(new)
                devices.tell(session, devices.told_of(row), at)


class _Heads:
    """Where streams, or devices, have come to; what is not there yet begins."""

    def __init__(self, connection: psycopg.Connection[DictRow], table: str, *columns: str) -> None:
        """`columns` are those of the name, the place and the chain."""
        self._connection, self._table, self._columns = connection, table, columns
        rows = _rows(connection, f"SELECT {', '.join(columns)} FROM {table}")
        self._known = {row[columns[0]]: (row[columns[1]], row[columns[2]]) for row in rows}
        self._moved: set[str] = set()

    def of(self, name: str) -> tuple[int, str]:
        """The last place, and the chain there."""
        return self._known.get(name, (0, GENESIS))

    def next(self, name: str) -> int:
        """The place of what comes next."""
        return self.of(name)[0] + 1

    def add(self, name: str, text: str) -> tuple[int, str]:
        """The place of the text, which comes next, and the chain there."""
        place, chain = self.of(name)
        self._known[name] = (place + 1, link_hash(chain, text))
        self._moved.add(name)
        return self._known[name]

    def keep(self) -> None:
        """Write down those that moved; a device is there already, a stream may not be."""
        name, place, chain = self._columns
        for each in sorted(self._moved):
            moved = (*self.of(each), each)
            change = f"UPDATE {self._table} SET {place} = %s, {chain} = %s WHERE {name} = %s"
            if not self._connection.execute(change.encode(), moved).rowcount:
                added = f"INSERT INTO {self._table} ({place}, {chain}, {name}) VALUES (%s, %s, %s)"
                self._connection.execute(added.encode(), moved)


def _told(cut: _Cut, named: _Named, heads: _Heads) -> dict[str, Any]:
    """A fact, the next of its stream."""
    row = _of(cut.row, named)
    stream, after = row["stream"], cut.after.of(named)
    between = f'"pos":{heads.next(stream)},' if after else ""
    pos, chain = heads.add(stream, canon := f"{cut.before.of(named)}{between}{after}")
    return {**row, "pos": pos, "canon": canon, "hash": chain}


def _of(row: _Row, named: _Named) -> dict[str, Any]:
    """The row with these names."""
    return {
        name: value.of(named) if isinstance(value, _Text) else value for name, value in row.items()
    }


def _letters(facts: Iterable[_Row]) -> dict[str, _Letter]:
    """By id, the letters of which these facts tell."""
    found: dict[str, _Letter] = {}
    for row in facts:
        if row["kind"] == LetterIssued.kind:
            issued = json.loads(row["canon"])["payload"]["letter"]
            found[issued["letter_id"]] = _Letter(office_of(row["stream"]), issued)
        elif row["kind"] == LetterReleased.kind:
            fact = json.loads(row["canon"])
            told = fact["payload"]
            known = found[told["letter_id"]]
            found[told["letter_id"]] = replace(known, released=told, by=fact["actor"])
    return found


def _enrolled(row: _Row) -> str:
    """Whom the fact enrols; empty for another one."""
    if row["kind"] != PersonEnrolled.kind:
        return ""
    staff_id: str = json.loads(row["canon"])["payload"]["staff_id"]
    return staff_id


def _id(old: str, added: int) -> str:
    return f"{old[:24]}{md5(f'{added}:{old}'.encode()).hexdigest()[:12]}"


def _office(old: str, added: int) -> str:
    return md5(f"{added}:{old}".encode()).hexdigest()


def _person(old: str, added: int) -> str:
    return f"{old}-{added}"


def _code(old: str, added: int) -> str:
    return f"{added:03d}{old}"


def _series(code: str, _: str, added: int) -> str:
    return _code(code, added)


def _tracking(old: str, added: int) -> str:
    code, day, desk, serial, _ = old.split("-")
    return tracking_code(_code(code, added), day, int(desk), int(serial))


def _number(old: str, added: int) -> str:
    year, code, serial = old.split("/")
    return f"{year}/{_code(code, added)}/{serial}"


def _asked(old: str, added: int) -> str:
    code, _, turn = old.partition("/")
    return f"{_code(code, added)}/{turn}"


def _bill(old: str, added: int) -> str:
    return f"{int(old) + added * 10**10}"


def _slip(old: str, added: int) -> str:
    return f"{added}{old}"


def _later(_: str, __: int) -> str:
    """What is signed, or a key: known once all names are."""
    return ""


def _count(connection: psycopg.Connection[DictRow]) -> int:
    (row,) = _rows(connection, "SELECT sum(pos)::bigint AS facts FROM stream")
    return int(row["facts"])


def _rows(connection: psycopg.Connection[DictRow], asked: str, *wanted: object) -> list[DictRow]:
    return connection.execute(asked.encode(), wanted).fetchall()


def _copy(
    connection: psycopg.Connection[DictRow], table: str, rows: Sequence[Mapping[str, Any]]
) -> None:
    if not rows:
        return
    names = list(rows[0])
    to = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with connection.cursor() as cursor, cursor.copy(to) as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


@contextmanager
def _connected(place: str) -> Iterator[psycopg.Connection[DictRow]]:
    with psycopg.connect(place.replace("+psycopg", "", 1), row_factory=dict_row) as connection:
        yield connection


@contextmanager
def _untriggered(connection: psycopg.Connection[DictRow], tables: Iterable[str]) -> Iterator[None]:
    """What the database adds up at each row is added up at the end, all at once."""
    for does in ("DISABLE", "ENABLE"):
        for table in tables:
            change = sql.SQL(f"ALTER TABLE {{}} {does} TRIGGER USER")
            connection.execute(change.format(sql.Identifier(table)))
        connection.commit()
        if does == "DISABLE":
            yield

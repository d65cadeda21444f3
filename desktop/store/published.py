"""Reference data as published in the stream `city`: texts with the day from which they hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, func, insert, or_, select
from sqlalchemy.orm import Session

from desktop.domain.stream import CITY, Published, Topic, withdrawn_day
from desktop.sql import memo
from desktop.sql.metadata import table_of
from desktop.store.tables import FactRow, PublishedRow
from desktop.wire.codec import decode_fact


@dataclass(frozen=True)
class Item:
    """One published text; `version` names it within its topic and key."""

    topic: str
    key: str
    version: str
    effective_from: date
    text: str
    sha256: str


@dataclass(frozen=True)
class Said:
    """A published text with who put it into force, and when (UTC)."""

    item: Item
    at: datetime
    by: str


_LATEST = "latest publication"
_TABLE = table_of(PublishedRow)
_LAST = select(_TABLE.c.pos, _TABLE.c.sha256, _TABLE.c.effective_from)
_NEWEST = _LAST.order_by(_TABLE.c.pos.desc()).limit(1)
_GONE = _TABLE.alias("gone")


def _standing(*seen: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of a saying: nobody took it back for its day since, among what is seen."""
    return ~exists().where(
        *seen,
        _GONE.c.topic == Topic.WITHDRAWN.value,
        _GONE.c.key == _TABLE.c.topic + ":" + _TABLE.c.key,
        _GONE.c.version == _TABLE.c.version,
        or_(_GONE.c.withdraws == _TABLE.c.effective_from, _GONE.c.withdraws.is_(None)),
        _GONE.c.pos > _TABLE.c.pos,
    )


_STANDS = _standing()
_UPTO = bindparam("upto", type_=_TABLE.c.pos.type)
# Columns, not rows that a session keeps: of delegations alone there are hundreds.
_ITEMS = select(*(_TABLE.c[each.name] for each in fields(Item)))
_IN_FORCE = _ITEMS.where(
    _TABLE.c.topic == bindparam("of"),
    _TABLE.c.effective_from <= bindparam("day"),
    _TABLE.c.pos <= _UPTO,
    _standing(_GONE.c.pos <= _UPTO),
).order_by(_TABLE.c.key, _TABLE.c.effective_from, _TABLE.c.pos)


def keep(session: Session, told: Mapping[int, Published]) -> None:
    """Keep what `published` facts say, by their places in the stream."""
    if told:
        session.execute(insert(PublishedRow), [_row(pos, one) for pos, one in told.items()])
        memo.forget(session, _LATEST)


def _row(pos: int, one: Published) -> dict[str, Any]:
    return {"pos": pos, **vars(one), "withdraws": withdrawn_day(one.topic, one.text)}


def in_force(
    session: Session, topic: Topic, day: date, *, upto: int | None = None
) -> dict[str, Item]:
    """By key, what of the topic holds on the day: the latest that began, the last said wins.

    What was withdrawn for its day after it was said never holds; what was said after the place
    `upto`, else after `latest`, is not seen.
    """
    seen = latest(session).pos if upto is None else upto
    asked = {"of": topic.value, "day": day, "upto": seen}
    return {row.key: Item(*row) for row in session.execute(_IN_FORCE, asked)}


def told(session: Session, topic: Topic, key: str) -> list[Item]:
    """All that was said of the item and not withdrawn, from whatever day."""
    own = (_TABLE.c.topic == topic.value, _TABLE.c.key == key, _STANDS)
    return _items(session, _ITEMS.where(*own).order_by(_TABLE.c.pos))


def all_told(session: Session, topic: Topic, since: date = date.min) -> list[Item]:
    """All that was said of any item of the topic, for a day from that one on, and not withdrawn, in
    the order of saying."""
    begun = _TABLE.c.effective_from >= since
    own = (_TABLE.c.topic == topic.value, begun, _STANDS)
    return _items(session, _ITEMS.where(*own).order_by(_TABLE.c.pos))


def said(session: Session, topic: Topic, keys: Collection[str]) -> list[Said]:
    """All that was said of these items and not withdrawn, in the order of saying."""
    rows = session.execute(
        select(PublishedRow, FactRow.canon)
        .join(FactRow, (FactRow.stream == CITY) & (FactRow.pos == PublishedRow.pos))
        .where(PublishedRow.topic == topic.value, PublishedRow.key.in_(keys), _STANDS)
        .order_by(PublishedRow.pos)
    )
    told = ((row, decode_fact(text)) for row, text in rows)
    return [Said(_item(row), fact.at, fact.actor_name) for row, fact in told]


def coming(session: Session, topic: Topic, day: date) -> list[Item]:
    """What was said of the topic for a day after this one and not withdrawn, by day."""
    own = (_TABLE.c.topic == topic.value, _TABLE.c.effective_from > day, _STANDS)
    rows = _ITEMS.where(*own)
    return _items(session, rows.order_by(_TABLE.c.effective_from, _TABLE.c.pos))


def places(session: Session, topic: Topic, key: str, day: date) -> list[int]:
    """Where in the stream each version stands that was published for that very day and counts."""
    query = select(func.max(PublishedRow.pos)).where(
        PublishedRow.topic == topic.value,
        PublishedRow.key == key,
        PublishedRow.effective_from == day,
        _STANDS,
    )
    return sorted(session.scalars(query.group_by(PublishedRow.version)))


def version(session: Session, topic: Topic, key: str, name: str) -> Item | None:
    """That version of an item, in force or not; None when it was never published."""
    own = (_TABLE.c.topic == topic.value, _TABLE.c.key == key, _TABLE.c.version == name)
    newest = _ITEMS.where(*own).order_by(_TABLE.c.pos.desc())
    return next(iter(_items(session, newest.limit(1))), None)


def _items(session: Session, asked: Select[Any]) -> list[Item]:
    return [Item(*row) for row in session.execute(asked)]


class Latest(NamedTuple):
    """The last item that a session sees: what was read up to it is the same for all."""

    pos: int = 0
    sha256: str = ""
    since: date = date.min


def latest(session: Session) -> Latest:
    """The last published item, asked once in the session's transaction."""
    return memo.once(session, _LATEST, lambda: _latest(session))


def _latest(session: Session) -> Latest:
    found = session.execute(_NEWEST).first()
    return Latest(*found) if found is not None else Latest()


def last_of_topics(session: Session, after: int = 0) -> dict[str, Latest]:
    """By topic what was said of it last, behind that place; what takes something back is said of
    its topic."""
    topic = case(
        (_TABLE.c.topic == Topic.WITHDRAWN.value, _TABLE.c.key), else_=_TABLE.c.topic
    ).label("topic")
    places = session.execute(
        select(topic, func.max(_TABLE.c.pos)).where(_TABLE.c.pos > after).group_by(topic)
    )
    found: dict[str, int] = {}
    for named, pos in places:
        own = named.partition(":")[0]
        found[own] = max(pos, found.get(own, 0))
    last = _LAST.where(_TABLE.c.pos.in_(found.values()))
    at = {row.pos: Latest(*row) for row in session.execute(last)}
    return {of: at[pos] for of, pos in found.items()}


def stands(session: Session, seen: Latest) -> bool:
    """Whether that was said, as far as the session sees."""
    own = (_TABLE.c.pos == seen.pos, _TABLE.c.sha256 == seen.sha256)
    return not seen.pos or session.execute(_LAST.where(*own)).first() is not None


def _item(row: PublishedRow) -> Item:
    return Item(row.topic, row.key, row.version, row.effective_from, row.text, row.sha256)

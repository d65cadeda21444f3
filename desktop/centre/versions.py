"""Services and their versions: in force, coming, former, and those that wait for a signature."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.centre.assents import demand_reader
from desktop.centre.context import Centre, day_of
from desktop.centre.publication_tables import (
    PublicationEndRow,
    PublicationItemRow,
    PublicationRow,
    PublishedRow,
)
from desktop.centre.publications import SIGNED
from desktop.centre.reference import not_withdrawn, text_of
from desktop.centre.tables import DeviceRow
from desktop.domain.errors import Refusal
from desktop.domain.service import Service
from desktop.domain.stream import Topic
from desktop.forms.catalogue import published_service
from desktop.wire.publishing import PublishedByAnswer, PublishedByAsk, PutBody
from desktop.wire.services import (
    MunicipalAsk,
    ServiceBody,
    ServicesAnswer,
    VersionAnswer,
    VersionAsk,
    VersionBody,
    VersionState,
)

_LAST = 99


@dataclass(frozen=True)
class _Act:
    """By which publication a version came, and who signed it."""

    publication: str
    people: tuple[str, ...]


def services(
    session: Session, centre: Centre, device: DeviceRow, ask: MunicipalAsk, at: datetime
) -> ServicesAnswer:
    """Every service that was ever published or waits for it, in the order of the home page.

    Raises Refusal for who neither prepares nor signs, here and below.
    """
    demand_reader(session, centre, device, ask.actor)
    today = day_of(at)
    standing = set(session.scalars(_services().where(not_withdrawn())))
    rows = defaultdict(list)
    for row in session.scalars(_services().order_by(PublishedRow.effective_from, PublishedRow.pos)):
        rows[row.key].append(row)
    acts, waiting = _acts(session)
    found = []
    for code in rows.keys() | waiting.keys():
        versions = [*_published(rows[code], standing, acts, today), *waiting.get(code, ())]
        versions.sort(key=lambda each: (each[0].day, each[0].pos or 0), reverse=True)
        found.append(_body(code, versions))
    found.sort(key=lambda each: (each.digit or _LAST, each.title))
    return ServicesAnswer(services=found)


_Version = tuple[VersionBody, Service]


def _body(code: str, versions: list[_Version]) -> ServiceBody:
    """The service as its version in force calls it, else the next one, else the last."""
    order = (VersionState.IN_FORCE, VersionState.COMING, VersionState.WAITING)
    ranked = sorted(
        versions, key=lambda each: order.index(each[0].state) if each[0].state in order else 3
    )
    named = ranked[0][1]
    return ServiceBody(
        code=code,
        title=named.title,
        icon=named.icon,
        digit=named.digit,
        family=named.family,
        versions=[body for body, _ in versions],
    )


def _services() -> Select[PublishedRow]:
    return select(PublishedRow).where(PublishedRow.topic == Topic.SERVICE.value)


def _published(
    rows: Iterable[PublishedRow],
    standing: set[PublishedRow],
    acts: Mapping[tuple[str, str, date], _Act],
    today: date,
) -> list[_Version]:
    """The versions of one service; `rows` by day and by when they were said."""
    held: dict[date, PublishedRow] = {row.effective_from: row for row in rows if row in standing}
    begun = max((day for day in held if day <= today), default=None)
    found = []
    for row in rows:
        if row not in standing:
            state = VersionState.WITHDRAWN
        elif held[row.effective_from] is not row:
            state = VersionState.REPLACED
        elif row.effective_from > today:
            state = VersionState.COMING
        else:
            state = VersionState.IN_FORCE if row.effective_from == begun else VersionState.FORMER
        act = acts.get((row.key, row.version, row.effective_from), _Act("", ()))
        service = published_service(row.text, row.version)
        body = VersionBody(
            version=row.version,
            title=service.title,
            day=row.effective_from,
            state=state,
            pos=row.pos,
            publication=act.publication,
            people=list(act.people),
        )
        found.append((body, service))
    return found


def _acts(
    session: Session,
) -> tuple[dict[tuple[str, str, date], _Act], dict[str, list[_Version]]]:
    """By code, version and day the last signed publication; by code the versions that wait."""
    signed: dict[tuple[str, str, date], _Act] = {}
    waiting: dict[str, list[_Version]] = defaultdict(list)
    query = (
        select(PublicationRow, PublicationItemRow, PublicationEndRow)
        .join(
            PublicationItemRow, PublicationItemRow.publication_id == PublicationRow.publication_id
        )
        .outerjoin(
            PublicationEndRow, PublicationEndRow.publication_id == PublicationRow.publication_id
        )
        .where(PublicationRow.topic == Topic.SERVICE.value)
        .order_by(PublicationRow.prepared_at)
    )
    for row, item, end in session.execute(query):
        version = item.sha256[:12]
        if end is None:
            service = published_service(item.text, version)
            body = VersionBody(
                version=version,
                title=service.title,
                day=item.effective_from,
                state=VersionState.WAITING,
                publication=row.publication_id,
                people=[row.name],
            )
            waiting[item.key].append((body, service))
        elif end.state == SIGNED:
            signed[item.key, version, item.effective_from] = _Act(
                row.publication_id, (row.name, end.name)
            )
    return signed, waiting


def version(
    session: Session, centre: Centre, device: DeviceRow, ask: VersionAsk, __: datetime
) -> VersionAnswer:
    """The text of a version that was published. Raises Refusal where there is none."""
    demand_reader(session, centre, device, ask.actor)
    text = text_of(session, Topic.SERVICE, ask.code, ask.version)
    if text is None:
        raise Refusal("چنین نسخه‌ای منتشر نشده است؛ از فهرست نسخه‌ها برگزینید.")
    return VersionAnswer(text=text)


def published_by(
    session: Session, centre: Centre, device: DeviceRow, ask: PublishedByAsk, __: datetime
) -> PublishedByAnswer:
    """By which publications these texts of the topic were put into force."""
    demand_reader(session, centre, device, ask.actor)
    item, row, end = PublicationItemRow, PublicationRow, PublicationEndRow
    query = (
        select(item.sha256, item.effective_from, row, end)
        .join(row, row.publication_id == item.publication_id)
        .join(end, end.publication_id == item.publication_id)
        .where(item.sha256.in_(ask.texts), row.topic == ask.topic.value, end.state == SIGNED)
        .order_by(end.ended_at, item.number)
    )
    return PublishedByAnswer(
        put=[
            PutBody(
                sha256=sha256,
                day=day,
                prepared=first.name,
                prepared_at=first.at,
                reason=first.reason,
                signed=second.name,
                signed_at=second.at,
            )
            for sha256, day, first, second in session.execute(query)
        ]
    )

"""Publishing from the command line: what is told of a draft, prepared, signed and withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from desktop.actions import publishing
from desktop.actions.desk import Seat
from desktop.domain.calendar import format_long
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.persian import to_persian_digits
from desktop.domain.stream import Topic
from desktop.forms.faults import FaultyFile, FileFault
from desktop.forms.loader import name_faults
from desktop.forms.reading import read_text
from desktop.forms.source import Source
from desktop.wire.publishing import (
    DraftBody,
    PublicationBody,
    ToldBody,
    WeighAnswer,
)
from desktop.wire.services import (
    VersionState,
)

_STATES = {
    VersionState.WAITING: "در انتظار امضای دوم",
    VersionState.COMING: "برقرار خواهد شد",
    VersionState.IN_FORCE: "برقرار است",
    VersionState.FORMER: "گذشته است",
    VersionState.REPLACED: "دیگری جای آن را گرفت",
    VersionState.WITHDRAWN: "پس گرفته شد",
}


def prepare_file(
    seat: Seat,
    path: Path,
    since: date,
    *,
    replaces: str = "",
    reason: str = "",
    overrule: bool = False,
) -> Iterator[str]:
    """Prepare a service file that is to hold from the day: what it changes, then its id.

    Raises Refusals with all that is wrong: with the file, its examples, the day, or the city.
    """
    text = read_text(path)
    found = publishing.check(seat, path.name, text, since)
    faults = [FileFault(path.name, each.line, each.key, each.words) for each in found.faults]
    if found.code:
        faults += name_faults(found.code, Source(text, path.name))
    if faults:
        raise FaultyFile(faults)
    draft = publishing.service_draft(path.name, text, since, replaces)
    yield from prepare_draft(seat, draft, reason=reason, overrule=overrule)


def prepare_draft(
    seat: Seat,
    draft: DraftBody,
    *,
    reason: str = "",
    overrule: bool = False,
    rows: Sequence[int] = (),
) -> Iterator[str]:
    """Tell what a draft changes, and prepare it. `rows` are its texts' rows in a sheet.

    Raises Refusals where something hinders it or speaks against it, each with what to do.
    """
    answer = publishing.weigh(seat, draft)
    yield from _lines_of(answer.told)
    _demand_unhindered(draft, answer, rows)
    for other in answer.others:
        yield f"برای همین روز انتشار دیگری در انتظار امضاست: {other}"
    if answer.warnings and not overrule:
        way = 'اگر همین درست است: ‎--overrule --reason "دلیل"‎'
        raise Refusals(
            [Refusal(f"نگه داشته شد: {e.words}") for e in answer.warnings] + [Refusal(way)]
        )
    kept = publishing.prepare(seat, draft, answer.warnings, reason)
    for each in kept.draft.overruled:
        yield f"با دلیل از این گذشته می‌شود: {each.words}"
    yield f"آماده شد و در انتظار امضای دیگری است: {kept.draft.publication}"


def _demand_unhindered(draft: DraftBody, answer: WeighAnswer, rows: Sequence[int]) -> None:
    faults = []
    for each in answer.hindrances:
        known = 0 <= each.item < len(rows)
        row = f"ردیف {to_persian_digits(rows[each.item])}: " if known else ""
        faults.append(Refusal(f"{row}{each.words}"))
    if faults:
        raise Refusals(faults)
    if answer.question and not draft.replaces:
        way = "اگر آری، ‎--replaces‎ را با همان عنوان بدهید؛ اگر نه، code را در پرونده عوض کنید."
        raise Refusal(f"{answer.question} {way}")


def _lines_of(told: ToldBody) -> Iterator[str]:
    for change in told.changes:
        version = f"(نسخهٔ {change.version})"
        yield f"«{change.title}» از {format_long(change.day)} {version}: {change.takes}"
        yield from (f"  {line}" for line in change.lines)
    if told.effects:
        yield "نمونه‌ها:"
        yield from (f"  {line}" for line in told.effects)
    if told.keep:
        yield f"{to_persian_digits(told.keep)} پروندهٔ باز با نسخهٔ خود می‌مانند."


def sign_publication(seat: Seat, publication_id: str, reason: str = "") -> Iterator[str]:
    """Sign what another person prepared: what it changes, and that it is published."""
    shown = publishing.publication(seat, publication_id)
    yield from _shown(shown)
    publishing.sign(seat, shown, reason)
    yield "منتشر شد؛ دفترها آن را در همگام‌سازی بعد می‌گیرند."


def decline_publication(seat: Seat, publication_id: str, reason: str) -> Iterator[str]:
    """Take back what waits for its second signature."""
    publishing.decline(seat, publishing.publication(seat, publication_id), reason)
    yield "پس گرفته شد؛ منتشر نمی‌شود."


def tell_waiting(seat: Seat) -> Iterator[str]:
    """What waits for a second signature, with all that it changes."""
    waiting = publishing.waiting(seat)
    for each in waiting:
        yield each.draft.publication
        yield from (f"  {line}" for line in _shown(each))
    if not waiting:
        yield "چیزی در انتظار امضا نیست."


def _shown(shown: PublicationBody) -> Iterator[str]:
    yield from _lines_of(shown.told)
    why = f"، با این دلیل: {shown.prepared.reason}" if shown.prepared.reason else ""
    yield f"{shown.prepared.name} آماده کرده است{why}."
    for each in shown.draft.overruled:
        yield f"از این گذشته است: {each.words}"
    if shown.stale:
        yield f"امضا نمی‌شود: {shown.stale}"


def withdraw_published(seat: Seat, topic: Topic, key: str, day: date, reason: str) -> Iterator[str]:
    """What was to hold from a day that is still to come never does; what holds then is told."""
    remains = publishing.withdraw(seat, topic, key, day, reason).remains
    yield f"پس گرفته شد؛ از {format_long(day)} " + (
        f"همان می‌ماند: {remains}." if remains else "چیزی در جای آن نیست."
    )


def tell_services(seat: Seat) -> Iterator[str]:
    """Every service with its versions, the latest day first."""
    for service in publishing.services(seat):
        yield f"{service.code}: {service.title}"
        for version in service.versions:
            people = f"، {'، '.join(version.people)}" if version.people else ""
            state = _STATES[version.state]
            yield f"  {version.version} از {format_long(version.day)}: {state}{people}"

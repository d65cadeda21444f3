"""A draft held against what holds and what is under way: what it changes, and what hinders it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.examining import examined
from desktop.centre.outlook import (
    Outlook,
    days_to_come,
    new_disorders,
)
from desktop.centre.queueing import is_open
from desktop.centre.reference import publication
from desktop.centre.sanity import (
    doubts_of_service,
    effects_on_examples,
)
from desktop.centre.tables import CaseRow
from desktop.centre.weighed import Weighed, change, demand_day, foreseen
from desktop.centre.weighing_calendar import weigh_holidays
from desktop.centre.weighing_delegations import weigh_delegations
from desktop.centre.weighing_figures import weigh_figures
from desktop.centre.weighing_offices import weigh_offices
from desktop.centre.weighing_people import WEIGHED as PEOPLE
from desktop.centre.weighing_rounds import weigh_rounds
from desktop.domain.calendar import format_long
from desktop.domain.drawable import undrawable_in, unprintable_words
from desktop.domain.money import format_number
from desktop.domain.persian import fold
from desktop.domain.stream import Topic
from desktop.forms.catalogue import on_day, published_service
from desktop.forms.dated import DATED
from desktop.forms.differing import differences
from desktop.wire.publishing import (
    DraftBody,
    ItemBody,
)

_LONGEST_KEY = 50


def weigh(session: Session, centre: Centre, draft: DraftBody, at: datetime) -> Weighed:
    """Hold the draft against the data of its days, as they stand at that moment."""
    found = Weighed()
    if not draft.items:
        found.hinder(-1, "چیزی برای انتشار نیست: همه همان است که برقرار است.")
    for number, item in enumerate(draft.items):
        if len(item.key) > _LONGEST_KEY:
            most = format_number(_LONGEST_KEY)
            found.hinder(number, f"«{item.key}» بلند است؛ کلید حداکثر {most} نویسه دارد.")
    if found.hindrances:
        return found
    found.facts = [publication(draft.topic, i.key, i.day, i.text) for i in draft.items]
    if draft.topic is Topic.SERVICE:
        _weigh_service(session, centre, draft.items, at, found)
    elif draft.topic in DATED:
        weigh_figures(session, centre, draft, at, found)
    elif draft.topic in _BY_ITEM:
        _BY_ITEM[draft.topic](session, centre, draft.items, at, found)
    else:
        found.hinder(-1, "این گونه داده از این راه منتشر نمی‌شود.")
    for number, item in enumerate(draft.items if draft.topic not in _LOOKED_OVER else ()):
        if character := undrawable_in(item.text)[1]:
            found.hinder(number, unprintable_words(character))
    return found


# Their texts are told by line and by row what no paper shows of them.
_LOOKED_OVER = (Topic.SERVICE, Topic.OFFICE)


_BY_ITEM: Mapping[
    Topic, Callable[[Session, Centre, Sequence[ItemBody], datetime, Weighed], None]
] = {
    Topic.HOLIDAYS: weigh_holidays,
    Topic.OFFICE: weigh_offices,
    Topic.DELEGATION: weigh_delegations,
    Topic.ROTA: weigh_rounds,
    **PEOPLE,
}


def _weigh_service(
    session: Session, centre: Centre, items: Sequence[ItemBody], at: datetime, found: Weighed
) -> None:
    if len(items) != 1:
        found.hinder(-1, "خدمت‌ها یکی‌یکی منتشر می‌شوند.")
        return
    (item,), (fact,), today = items, found.facts, day_of(at)
    day = item.day
    looked = max(day, today)
    city = centre.reference.city(session, looked)
    others = centre.reference.services(session, looked)
    file = examined(item.text, f"{item.key}.toml", city, day, others)
    for fault in file.faults:
        found.hinder(0, fault.words)
    if file.service is None:
        return
    new = file.service
    if (new.code, new.effective) != (item.key, day):
        found.hinder(0, "کد و روز درون پرونده همان نیست که امضا می‌شود؛ دوباره آماده کنید.")
        return
    held = centre.reference.holding(session, Topic.SERVICE, looked).get(new.code)
    old = published_service(held.text, held.version) if held else None
    found.bases.append(held.version if held else "")
    if held is not None and on_day(held.text, day) == item.text:
        words = f"همین متن از {format_long(held.since)} برقرار است؛ چیزی عوض نشده است."
        found.hinder(0, f"«{new.title}»: {words}")
        return
    # A request that came this morning ran under the form of this morning.
    demand_day(found, 0, new.title, day, today if held is None else today + timedelta(days=1))
    before = Outlook(session, centre)
    after = Outlook(session, centre, Topic.SERVICE, foreseen([fact]))
    # What the file lacks of that day's data was told of the file.
    days = () if file.faults else days_to_come(session, looked)
    for words in new_disorders(before, after, days, {}):
        found.hinder(0, words)
    found.changes.append(
        change(item, fact, new.title, old.title if old else "", held, differences(old, new))
    )
    if old is not None:
        if fold(old.title) != fold(new.title):
            found.title = old.title
            found.question = f"این کد اکنون «{old.title}» است. جای آن را می‌گیرد؟"
        if not found.hindrances:
            cities = before.city(looked), after.city(looked)
            found.doubts += doubts_of_service(old, new, *cities)
            found.effects += effects_on_examples(before, after, [looked], [new.code]).shown()
    kept = select(func.count()).select_from(CaseRow)
    kept = kept.where(CaseRow.service == new.code, is_open(CaseRow))
    found.keep = session.scalar(kept) or 0

"""What stands above a case: acts that the centre did not take, payments that nobody confirms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from desktop.actions.board import ItemKind, WorkItem
from desktop.domain.case import Case
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.ui.pages.case.work_item_card import WorkItemCard
from desktop.ui.standing.happenings import moment_words
from desktop.ui.standing.lines import whole_code
from desktop.ui.widgets.layouts import Column, clear
from desktop.ui.widgets.told.banner import Banner


def beside_head(items: Sequence[WorkItem], case: Case | None) -> list[WorkItem]:
    """The items without those that the head of the case says already."""
    told = case is not None and case.recalled and not case.unfounded
    return [item for item in items if not (told and item.kind is ItemKind.RECALL)]


@dataclass(frozen=True)
class ItemActs:
    """What can be done with what stands there, for who may; None where he may not.

    `finish` is called with an item that a person has read, `void` with the mark of an entry of the
    cash book, `resend` with the id of a message that did not arrive.
    """

    finish: Callable[[str], None]
    void: Callable[[str], None] | None = None
    resend: Callable[[str], None] | None = None


def show_items(
    place: Column,
    items: Sequence[WorkItem],
    case: Case | None,
    service: Service | None,
    today: date,
    acts: ItemActs,
) -> None:
    """Fill the place."""
    clear(place)
    items = beside_head(items, case)
    unreached = case.unreached if case is not None else {}
    for item in items:
        mends = acts.resend if item.kind is ItemKind.MESSAGE and item.key in unreached else None
        card = WorkItemCard(
            item, moment_words(item.at, today), service, opens=False, mends=mends is not None
        )
        card.finished.connect(lambda i=item.item_id: acts.finish(i))
        if mends is not None:
            card.mended.connect(partial(mends, item.key))
        place.addWidget(card)
    doubts = case.doubted if case is not None else {}
    for mark, note in doubts.items():
        words = f"پرداختی از این پرونده در صندوق روز تأیید نشد: {note}"
        link = "ابطال ثبت پرداخت…" if acts.void is not None else ""
        banner = Banner(to_persian_digits(words), "refuse", link=link)
        if acts.void is not None:
            banner.followed.connect(partial(acts.void, mark))
        place.addWidget(banner)
    contested = case.contested if case is not None else ()
    for told in contested:
        words = f"اعتراض {whole_code(told.tracking)} به {told.contested.word} در دست رسیدگی است. "
        banner = Banner(words + told.contested.stayed, "review", icon="scale")
        place.addWidget(banner)
    place.set_margins((12 if items or doubts or contested else 0, 20, 0, 20))

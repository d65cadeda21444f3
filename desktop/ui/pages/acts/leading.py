"""Where what was left half typed is gone on with."""

from __future__ import annotations

from datetime import date

from desktop.actions.act_drafts import BASKET, DAY, ELSEWHERE, SHEETS, TILL, ActDraft
from desktop.ui import places
from desktop.ui.places import Place


def place_of(draft: ActDraft) -> Place:
    """The page of what it is about, at a counter."""
    _, _, subject = draft.act.partition(":")
    if draft.about == TILL:
        return places.Till(date.fromisoformat(subject))
    if draft.about == DAY:
        return places.DayClose(date.fromisoformat(subject))
    if draft.about == SHEETS:
        return places.StampedSheets()
    if draft.about == ELSEWHERE:
        return places.Elsewhere()
    if draft.about.startswith(BASKET):
        return places.Basket(draft.about.removeprefix(BASKET))
    return places.Case(draft.about, act=draft.act)

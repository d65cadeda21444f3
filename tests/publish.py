"""Publishing as the tests need it: a shipped file changed in one place, put into force by two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest

from desktop.actions import publishing
from desktop.demo.following import Crew
from desktop.domain.calendar import iso_jalali
from desktop.domain.errors import Refusal
from desktop.domain.stream import Topic
from desktop.domain.tariff import Purse
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.dated import Dated, DatedTariff
from desktop.forms.loader import load
from desktop.wire.publishing import DraftBody, PublicationBody, WarningBody
from tests.town import Town

WHY = "به دستور شهردار، نامهٔ ۱۲۳"


def changed(code: str, day: date, old: str = "", new: str = "", replaces: str = "") -> DraftBody:
    """A shipped file, changed in one place, that is to hold from the day."""
    text = whole_text(SERVICES / f"{code}.toml")
    assert old in text
    name = f"{code}.toml"
    return publishing.service_draft(name, text.replace(old, new, 1), day, replaces)


def title_of(code: str) -> str:
    """The title of a shipped service."""
    return load(whole_text(SERVICES / f"{code}.toml"), "").title


def renamed(code: str, day: date, title: str = "نام تازه") -> DraftBody:
    """A shipped file whose service is called otherwise, knowingly."""
    old = title_of(code)
    return changed(code, day, f'title = "{old}"', f'title = "{title}"', replaces=old)


def tariff(key: str, amount: str, day: date, purse: Purse = Purse.OFFICE) -> DatedTariff:
    """A tariff from the day on."""
    return DatedTariff(
        key=key, title=f"تعرفهٔ {key}", purse=purse, amount=amount, since=iso_jalali(day)
    )


def figures(crew: Crew, topic: Topic, *items: Dated) -> DraftBody:
    """Figures made ready to be signed at the supervisor's desk."""
    return publishing.figures_draft(crew.supervisor.desk, topic, items)


def in_force(
    crew: Crew, draft: DraftBody, overruled: Iterable[WarningBody] = ()
) -> PublicationBody:
    """The draft, prepared by one supervisor and signed by the other."""
    reason = WHY if overruled else ""
    waits = publishing.prepare(crew.supervisor, draft, list(overruled), reason)
    return publishing.sign(crew.second, waits)


def offered(town: Town, days: int = 1) -> str:
    """What walling is called at the counter so many days on."""
    town.house.office.sync()
    desk = town.house.office.desk
    with desk.store.reading() as session:
        day = desk.today(session) + timedelta(days=days)
        return desk.reference.services(session, day)["walling"].title


def refused_words(act: Callable[[], object]) -> str:
    """Why an act is refused."""
    with pytest.raises(Refusal) as told:
        act()
    return told.value.words


def hindered(crew: Crew, draft: DraftBody) -> str:
    """All that hinders a draft, in words; it is refused with the same."""
    return " ".join(each.words for each in publishing.weigh(crew.supervisor, draft).hindrances)


def refused(crew: Crew, topic: Topic, *items: Dated) -> str:
    """Why these figures are not published; they are not prepared either."""
    draft = figures(crew, topic, *items)
    with pytest.raises(Refusal) as told:
        publishing.prepare(crew.supervisor, draft)
    assert told.value.words == hindered(crew, draft)
    return told.value.words

"""What this machine's municipal desk has heard published, read without opening the house."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from desktop.centre.reference import publication
from desktop.domain.stream import Published, Topic
from desktop.forms.catalogue import published_service
from desktop.forms.dated import DATED
from desktop.premises.founding import MUNICIPAL, is_founded, stores
from desktop.store import published
from desktop.store.lock import InUse
from desktop.store.open import Store

_DATA = (Topic.FIGURES, Topic.HOLIDAYS, *DATED)


@contextmanager
def municipal_store(folder: Path) -> Iterator[Store]:
    """The store of the municipal desk of the house in the folder, by itself, to read only.

    It holds what the centre had told when the desk was last at work. Raises InUse while a window or
    a command has the house open.
    """
    try:
        store = Store(stores(folder)[MUNICIPAL])
    except InUse as no:
        raise elsewhere(no) from no
    try:
        yield store
    finally:
        store.close()


def elsewhere(no: InUse) -> InUse:
    """The same, with where a command's work can be done meanwhile."""
    return InUse(f"{no.words} همین کار در پنجرهٔ باز، در صفحهٔ «خدمت‌ها» یا «سوابق شهر»، هم شدنی است.")


def municipal_data(folder: Path, on: date, since: date) -> list[Published]:
    """The municipality's figures that hold on the day, to hold from `since`.

    None where no house was founded in the folder.
    """
    if not is_founded(folder):
        return []
    with municipal_store(folder) as store, store.reading() as session:
        return [
            publication(topic, key, since, item.text)
            for topic in _DATA
            for key, item in published.in_force(session, topic, on).items()
        ]


def services_and_data(
    folder: Path, today: date, since: date, only: Collection[str] = ()
) -> list[Published]:
    """The services of these codes (all of them for none) as last published, and their figures.

    A service whose day is still to come is told with the figures of that day.
    """
    if not is_founded(folder):
        return []
    with municipal_store(folder) as store, store.reading() as session:
        items = published.in_force(session, Topic.SERVICE, date.max)
    chosen = {code: item for code, item in items.items() if not only or code in only}
    services = [published_service(item.text, item.version) for item in chosen.values()]
    on = max([today, *(service.effective for service in services)])
    facts = municipal_data(folder, on, since)
    return facts + [
        publication(Topic.SERVICE, code, since, item.text) for code, item in chosen.items()
    ]

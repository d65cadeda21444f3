"""What was published at this machine's centre, to be told anew in a made-up house."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from desktop.centre.reference import publication
from desktop.domain.stream import Published, Topic
from desktop.trial.house import has_centre, standing_centre

_DATA = (Topic.FIGURES, Topic.HOLIDAYS, Topic.TARIFF, Topic.VALIDITY)


def municipal_data(folder: Path, on: date, since: date) -> list[Published]:
    """The municipality's figures that hold on the day, to hold from `since`.

    None where no house was founded in the folder.
    """
    if not has_centre(folder):
        return []
    with standing_centre(folder) as centre, centre.reading() as session:
        return [
            publication(topic, key, since, text)
            for topic in _DATA
            for key, text in centre.reference.texts(session, topic, on).items()
        ]


def services_and_data(
    folder: Path, today: date, since: date, only: Collection[str] = ()
) -> list[Published]:
    """The services of these codes (all of them for none) as last published, and their figures.

    A service whose day is still to come is told with the figures of that day.
    """
    if not has_centre(folder):
        return []
    with standing_centre(folder) as centre, centre.reading() as session:
        texts = centre.reference.texts(session, Topic.SERVICE, date.max)
        services = centre.reference.services(session, date.max)
    codes = [code for code in texts if not only or code in only]
    on = max([today, *(services[code].effective for code in codes)])
    facts = municipal_data(folder, on, since)
    return facts + [publication(Topic.SERVICE, code, since, texts[code]) for code in codes]

"""Shows the real window on a made-up office, for a reader of the accessibility tree.

Says in one line of JSON what there is to type and which cases wait, and ends when its input does.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

from desktop.demo.following import Crew
from desktop.demo.people import PASSWORD, STAFF
from desktop.domain.calendar import format_jalali
from desktop.domain.case import Case
from desktop.domain.persian import to_persian_digits
from desktop.domain.state import State
from desktop.forms.answers import Filled
from desktop.ui import printing, theme
from desktop.ui.look import place_settings
from desktop.ui.palette import Theme
from tests.ui.pages import cases
from tests.ui.pages.conftest import opened_office

_BATCH = 3


def _typed(filled: Filled) -> dict[str, object]:
    """A request as its person says it at the counter."""
    return {
        "party": dict(filled.party),
        "code": filled.code,
        "answers": dict(filled.answers),
        "unchanged": filled.unchanged,
        "documents": [
            [row.title, row.number, format_jalali(row.dated) if row.dated else ""]
            for row in filled.documents
        ],
    }


def _named(case: Case) -> str:
    return to_persian_digits(case.request.party.name)


def _letters(crew: Crew) -> list[str]:
    """The names on as many letters as a batch of these stories holds, no two the same."""
    names: dict[str, None] = {}
    for case in cases.registered(crew):
        if case.state is State.ISSUED:
            names[_named(case)] = None
        if len(names) == _BATCH:
            return list(names)
    raise LookupError("not enough letters")


def _waiting(crew: Crew) -> dict[str, object]:
    _, held = next(cases.held(crew))
    people = {person.role.value: person.name for person in reversed(STAFF)}
    to_stamp, in_review = _letters(crew), cases.in_review(crew)
    return {
        "people": people,
        "password": PASSWORD,
        "request": _typed(held),
        "to_stamp": to_stamp,
        "printed": to_persian_digits(f"{len(to_stamp)} نامه چاپ شد"),
        "batch": to_persian_digits(f"تأیید و مهر {len(to_stamp)} نامه"),
        "in_review": _named(in_review),
    }


def main() -> int:
    """0 when it was told to end."""
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as own:
        place_settings(Path(own))
        theme.prepare(app)
        theme.apply(app, Theme.LIGHT, 100, motion=False)
        printing.stand_in("باجهٔ ۲", lambda pdf, title: None)
        with opened_office(Path(own)) as office:
            for running in (office.house.office, office.house.municipality):
                running.sync()
            sys.stdout.write(json.dumps(_waiting(office.crew)) + "\n")
            sys.stdout.flush()
            ended = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
            ended.activated.connect(app.quit)
            office.window.activateWindow()
            return app.exec()


if __name__ == "__main__":
    sys.exit(main())

"""What hinders the line is told in words: every cause, every reason of a row, none left out."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import desktop
from desktop.actions.waiting import Hindrance, Reason
from desktop.domain.line import Why
from desktop.help.reading import shipped_help
from desktop.sync.status import SyncState, SyncStatus
from desktop.ui.pages.outbox.words import REASONS
from desktop.ui.standing.line import (
    LINES,
    age_words,
    banner_words,
    help_key,
    look_of,
    sync_look,
    why_words,
)

NOW = datetime(2026, 11, 24, 8, 9, tzinfo=UTC)


def alarms() -> set[str]:
    """Every code with which the code says that it does not believe an answer."""
    found = set()
    for path in Path(desktop.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "Disbelieved(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id == "Disbelieved":
                first = node.args[0] if isinstance(node, ast.Call) else None
                assert isinstance(first, ast.Constant), path
                found.add(str(first.value))
    return found


@pytest.mark.slow
def test_every_cause_and_alarm_has_its_words() -> None:
    assert set(LINES) == {why.value for why in Why} | alarms()


def test_every_reason_of_a_row_has_its_words() -> None:
    assert set(REASONS) == set(Reason)


@pytest.mark.parametrize("name", LINES)
def test_what_does_not_pass_by_itself_is_loud_and_has_its_way_out(name: str) -> None:
    line = Hindrance(name, None, None)
    look = look_of(line)
    loud = name not in {why.value for why in Why if not why.needs_a_person}
    assert look.loud is loud
    assert (look.tone == "refuse") is loud
    entry = next((e for e in shipped_help().fields if e.key == help_key(line)), None)
    assert (entry is not None) is loud
    for words in (look.sentence, look.status, look.why):
        assert "تعارض" not in words


def test_loud_ones_say_each_something_else() -> None:
    loud = [look for name, look in LINES.items() if look.loud and name != "strange"]
    assert len({look.sentence for look in loud}) == len(loud)


@pytest.mark.parametrize("name", LINES)
def test_no_number_is_said_where_none_is_known(name: str) -> None:
    words = banner_words(Hindrance(name, None, None), None, NOW)
    assert "تلفن" not in words
    assert "{" not in words
    called = "تماس بگیرید" in words
    assert ("تلفن شهرداری" in banner_words(Hindrance(name, None, None, "035"), None, NOW)) is called


@pytest.mark.parametrize("name", LINES)
def test_nothing_is_said_to_be_kept_where_nothing_waits(name: str) -> None:
    line, kept = Hindrance(name, None, None), "کارهای شما در همین رایانه مانده است"
    assert kept not in banner_words(line, None, NOW)
    waiting = banner_words(line, timedelta(minutes=1), NOW)
    assert (kept in waiting) is ("{safe}" in look_of(line).sentence)
    assert "  " not in waiting


def test_an_alarm_of_another_program_is_told_as_strange() -> None:
    line = Hindrance("no-such-alarm", None, None)
    assert look_of(line) is LINES["strange"]
    assert help_key(line) == "line.strange"


def test_the_banner_says_since_when_and_that_nothing_is_lost() -> None:
    line = Hindrance("cut", NOW - timedelta(minutes=87), NOW + timedelta(seconds=40))
    words = banner_words(line, timedelta(minutes=86), NOW)
    assert words == ("خط از ۱۰:۱۲ قطع است. قدیمی‌ترین کار از ۱۰:۱۳ منتظر است. چیزی از دست نمی‌رود.")
    assert why_words(line, NOW) == "خط قطع است"


@pytest.mark.parametrize(("name", "called"), [("", True), ("cut", True), ("fork", False)])
def test_what_turns_the_line_red_is_said_where_there_is_little_room(
    name: str, called: bool
) -> None:
    status = SyncStatus(
        SyncState.WAITING, 3, None, late=False, work_items=2, records_as_of=None, last_heard=None
    )
    look = sync_look(status, Hindrance(name, NOW, None) if name else None)
    assert look.colour == "refuse"
    assert ("۲ مورد نیازمند رسیدگی" in look.short) is called
    if name:
        assert look.short.startswith(LINES[name].status)


def test_a_busy_centre_says_when_it_is_asked_again() -> None:
    line = Hindrance("busy", NOW, NOW + timedelta(minutes=2))
    assert why_words(line, NOW) == "مرکز مشغول است؛ تلاش بعد: ساعت ۱۱:۴۱"


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=20), "کمتر از ۱ دقیقه"),
        (timedelta(minutes=26), "۲۶ دقیقه"),
        (timedelta(hours=2), "۲ ساعت"),
        (timedelta(days=2, hours=3, minutes=4), "۲ روز و ۳ ساعت"),
    ],
)
def test_ages_are_said(age: timedelta, words: str) -> None:
    assert age_words(age) == words

"""The tour of each desk of the city: it plays to its end, and none of its pictures is dropped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from desktop.trial.tour_offices import DESKS
from tests.trial.tours import kept_in, tour

pytestmark = pytest.mark.slow
_ALBUMS: dict[str, set[str]] = {
    "unit": {
        "offices", "delegation", "trained", "people", "office-open", "office-converting",
        "office-stopped", "office-days-faults", "office-days", "conversion", "conversion-faults",
        "conversion-day", "conversion-proof", "conversion-paper", "offices-silent",
        "offices-printed", "offices-none", "offices-new", "offices-sheet", "trained-printed",
        "trained-office", "trained-paper-record", "announcement-typed", "reminded",
        "announcement-told", "announcement-heard", "announcement-read", "announcement-readers",
        "citizen-messages", "delegation-faults", "delegation-chosen", "delegation-letter",
        "delegation-asked", "delegation-signed-first", "delegation-second", "delegation-letters",
        "office-letters", "office-letter", "delegation-letters-read", "withdrawal-faults",
        "withdrawal-chosen", "withdrawal-letter", "data-tariffs",
        "data-tariffs-form", "data-rates", "data-rates-form", "data-objections",
        "data-objections-form", "data-places", "data-places-form", "data-blackouts",
        "data-blackouts-form", "data-calendar", "data-calendar-form", "office-agency",
        "office-silent", "office-unlicensed", "office-placeless", "office-closed",
    },
    "manager": {
        "people-own", "announcements", "day-open", "day-too-early", "day-difference",
        "day-explained", "day-preview", "day-closed", "day-register", "register-letters",
        "register-requests", "register-fees", "register-days", "sheets-none", "sheets-taking",
        "sheets-dropping", "sheets",
    },
    "training": {
        "lessons", "lesson-begun", "lesson-filled", "lesson-failed", "lesson-explained",
        "lesson-passed", "training-card", "lessons-left", "practice-sign-in", "practice-home",
        "form-empty", "form-records", "form-whole", "receipt", "outcome", "practice-outcome",
        "receipt-shown", "receipt-copy", "letter-answer-proof", "answer-proof",
    },
    "finder": {
        "nearest-open", "nearest-unknown", "nearest-all", "nearest-slip-shown",
        "nearest-wall-shown", "nearest-slip", "elsewhere-empty", "elsewhere-wrong-id",
        "elsewhere-case", "elsewhere-copy", "elsewhere-printed",
    },
    "planner": {
        "visit-week", "absence-faults", "absence-typed", "visits-moved", "visit-called",
        "visit-slips", "visit-plan",
        "absence-end", "rounds-typed", "rounds-weighed", "queue-planner", "outbox-called-off",
    },
    "supervisor": {
        "city-today", "city-month-1", "city-month-2", "city-month-3", "city-month-4",
        "city-month-5", "city-month-6", "city-range-wrong", "city-range", "city-report",
        "city-cases", "city-cut-off", "city-late", "city-late-to-expert", "city-late-reminded",
        "bulletin", "bulletin-services", "bulletin-not-over", "second-look", "second-look-letter",
        "second-look-read", "second-look-right", "second-look-next", "reading-log",
        "reading-order", "reading-paper", "reading-log-manager",
    },
    "bodies": {
        "decision-with-bodies", "consult-faults", "consult-typed", "consulting", "consultations",
        "consultation-letter", "case-consulting", "reply-at-counter", "consultations-late",
        "reminder", "reminded", "reply-faults", "reply-typed", "reply-entered",
        "consultations-ended",
    },
    "expert": {
        "queue-expert", "case-taken", "file", "file-request", "file-record", "file-papers",
        "file-visit", "file-earlier", "file-events", "decision-left", "decision-lacks",
        "decision-faults", "decision-listed", "decision-typed", "decision-letter",
        "decision-taken", "pass-on",
        "pass-on-typed", "passed-on",
    },
    "objection": {
        "case-that-is-objected-to", "first-case-told", "objection-at-the-counter", "objections",
        "objection", "objection-faults", "objection-rejected", "objection-visit",
        "objection-answered", "objection-waits-for-a-second", "objection-to-sign",
        "objection-letter", "first-case-anew", "objections-none",
    },
    "commission": {
        "referral-typed", "commissions", "commissions-ticked", "session-faults", "session-typed",
        "agenda", "agenda-paper", "ruling-empty", "ruling-typed", "ruling-taken", "to-serve",
        "ruling-paper", "serve-empty", "serve-typed", "served", "term-runs", "term-not-over",
        "commissions-terms", "ruling-final",
    },
    "signer": {
        "queue-signer", "opinion", "challenge-faults", "challenge-typed", "challenged", "unseen",
        "paper-deed", "draft-whole", "sign-typed", "signed",
    },
    "inspector": {
        "inspector-day", "inspector-pack-shown", "inspector-pack", "inspector-missed-faults",
        "inspector-day-offline", "inspector-report-faults", "inspector-report-typed",
        "inspector-report-waiting", "inspector-day-sent", "inspector-report-went",
    },
}  # fmt: skip
"""What each desk's album holds: the names of its pictures and papers."""
_TWICE = "commission"


def test_every_desk_has_its_album() -> None:
    assert _ALBUMS.keys() == DESKS.keys()


@pytest.mark.long
@pytest.mark.timeout(900)
# The one that is played twice below is played to its end there too.
@pytest.mark.parametrize("desk", [each for each in DESKS if each != _TWICE])
def test_a_desk_plays_to_its_end_and_keeps_every_picture(desk: str, tmp_path: Path) -> None:
    ended = tour(tmp_path, "--desk", desk)
    assert ended.returncode == 0, ended.stderr
    demand_album(tmp_path, desk)


def demand_album(folder: Path, desk: str) -> None:
    """Every picture and paper of the desk was kept."""
    kept = kept_in(folder)
    names = Counter(line.name for line in kept)
    assert names.keys() == _ALBUMS[desk]
    assert all((folder / "album" / line.file).stat().st_size for line in kept)


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize(
    "desk",
    [
        pytest.param(each, marks=() if each == _TWICE else pytest.mark.full)
        for each in (*sorted(_ALBUMS), "")
    ],
)
def test_two_tours_are_the_same_byte_for_byte(tmp_path: Path, desk: str) -> None:
    """Pictures, papers, what they were drawn from, and the list of them all; of the counter's day
    too, which is no desk's."""
    # Hashes of Python's own differ from process to process: no order may rest on them.
    albums: list[dict[str, bytes]] = []
    for each in ("first", "second"):
        ended = tour(tmp_path / each, *(("--desk", desk) if desk else ()))
        assert ended.returncode == 0, ended.stderr
        if desk:
            demand_album(tmp_path / each, desk)
        album = tmp_path / each / "album"
        albums.append({path.name: path.read_bytes() for path in album.iterdir()})
    first, second = albums
    assert {Path(name).suffix for name in first} >= {".png", ".pdf", ".json"}
    assert first.keys() == second.keys()
    assert [name for name, content in first.items() if content != second[name]] == []

"""A tour of everything: nothing of any service is missing, and what it printed reads back."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtGui import QImage

from desktop.demo.requests import BUSIEST
from desktop.demo.wanted_cases import outcomes_of
from desktop.domain.decision import Outcome
from desktop.domain.letter import LetterText
from desktop.domain.service import Service
from desktop.reports.letter import draw
from desktop.trial.album import MANIFEST, AlbumLine, Drawn
from desktop.trial.presses import presses_of
from desktop.trial.tour_verify_page import SIZES as BROWSED
from desktop.wire.codec import adapter
from desktop.wire.letter_code import decode, from_text
from tests.once import made_once
from tests.reports.reading import codes_of, text_of, words
from tests.shipped import SHIPPED
from tests.trial.tours import kept_in, tour

# All of it is the longest of all: tests of the pages and papers find sooner what it would find.
pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(1800)]

_ANSWERS = ("answer", "refuse")
_PHONE = "-phone"
_MEDIAN_KEYS, _MOST_KEYS, _STAMP_KEYS, _ACT_KEYS = 25, 60, 9, 15
# What each outcome puts on paper; after a visit or a review it is one letter or the other.
_PAPERS: dict[Outcome, tuple[str, ...]] = {
    Outcome.ANSWER: ("receipt", "answer-proof", "answer-copy-1"),
    Outcome.PAY: ("receipt", "debt-proof", "debt-copy-1", "answer-copy-1"),
    Outcome.VISIT: ("receipt", "slip"),
    Outcome.REVIEW: ("receipt",),
    Outcome.REFUSE: ("receipt", "refuse-proof", "refuse-copy-1"),
}
_PAGES = {
    "sign-in", "home", "home-manager", "home-draft", "home-afternoon", "form-empty", "form-records",
    "form-whole", "form-wrong", "form-faults", "form-double", "form-no-line", "outcome",
    "outcome-no-line", "receipt-shown", "fee-due", "payment-typed", "payment-taken", "slot-chosen",
    "slip-shown", "letter-answer-proof", "letter-answer-printed", "letter-handed-over",
    "letter-second-copy", "letter-voided", "queue", "queue-manager", "queue-inspector",
    "queue-expert", "queue-supervisor", "queue-no-line", "report-typed", "decision-typed",
    "refusal-typed", "return-typed", "commission-typed", "ruling-typed", "second-look",
    "second-look-back-typed", "case-events", "case-form", "case-documents", "case-letters",
    "case-payments", "case-why", "case-returned", "case-recalled", "case-replaced", "case-moved",
    "case-withdrawn", "lack-typed", "deficiency-shown", "amend-typed", "search-found",
    "search-nothing", "services", "services-typed", "city-day", "city-day-wide", "waiting",
    "waiting-no-line", "keys", "locked", "claim-typed", "outcome-claimed", "claim-answer-typed",
    "claim-answered", "refund-typed", "case-refunded", "till", "till-counted", "till-closed",
    "case-doubted", "void-payment-typed", "case-payment-voided", "outcome-fee-again", "till-voided",
    "referral-shown", "ruling-shown", "checklist", "records-none", "records-in-force",
    "records-chosen", "records-reading", "records-ready", "records-forced", "records-back-typed",
    "records-taken-back", "records-held", "records-rows", "records-told", "records-sums",
    "records-reason", "records-reason-typed", "records-forced-over", "records-lift-typed",
    "records-lifted", "records-broken",
    "service-files", "service-new",
    "service-faults", "service-help", "service-form", "service-letters", "service-examples",
    "service-past", "service-difference", "service-signing", "service-sent", "publication",
    "publication-signed",
    "wizard-address", "wizard-no-answer", "wizard-clock", "wizard-words", "wizard-help",
    "wizard-words-differ", "wizard-code", "wizard-code-refused", "wizard-password",
    "wizard-password-differs", "wizard-printer", "wizard-printed", "wizard-printed-badly",
    "wizard-begins", "outbox-clash", "outbox-mine", "outbox-waiting", "outbox-settled", "arrived",
    "arrived-told", "arrived-manager", "arrived-to-stamp", "line-certificate-way-out",
    "line-over-a-page", "line-way-out", "line-unsigned", "line-revoked", "line-too-old",
    "line-fork", "line-busy", "line-tls", "line-certificate-changed", "line-signature",
    "line-epoch", "line-chain", "line-position", "line-stream", "line-envelope", "line-clock",
    "outbox-no-backup", "real-passphrase", "real-passphrase-wrong", "real-door", "real-newcomer",
    "real-newcomer-done",
    *(
        f"verify-page-{name}{form}"
        for name in ("start", "valid", "replaced", "void", "changed")
        for form in ("", "-phone")
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Toured:
    """A tour's folder, its list, and the services that it goes through."""

    folder: Path
    kept: tuple[AlbumLine, ...]
    services: Mapping[str, Service]

    @property
    def papers(self) -> list[AlbumLine]:
        """The papers alone."""
        return [kept for kept in self.kept if kept.kind == "paper"]

    def bytes_of(self, kept: AlbumLine) -> bytes:
        """The file's content."""
        return (self.folder / kept.file).read_bytes()

    def drawn(self, kept: AlbumLine) -> Drawn:
        """What a letter was drawn from."""
        text = (self.folder / kept.values).read_text(encoding="utf-8")
        drawn = adapter(Drawn).validate_json(text)
        assert isinstance(drawn, Drawn)
        return drawn

    @cached_property
    def letters(self) -> list[tuple[AlbumLine, Drawn]]:
        """Every letter, proofs too."""
        return [(kept, self.drawn(kept)) for kept in self.papers if kept.values]


def _play(folder: Path) -> str:
    ended = tour(folder)
    assert ended.returncode == 0, ended.stderr
    return ""


@pytest.fixture
def toured() -> Toured:
    """A tour as it is played without a word more, in a process as a person's."""
    folder, _ = made_once("tour", _play)
    return Toured(folder / "album", kept_in(folder), {code: SHIPPED[code] for code in BUSIEST})


def test_every_outcome_of_every_service_is_there_with_its_papers(toured: Toured) -> None:
    held = {(kept.service, kept.outcome, kept.name) for kept in toured.papers}
    missing = [
        (code, outcome.value, paper)
        for code, service in toured.services.items()
        for outcome in outcomes_of(service)
        for paper in _PAPERS[outcome]
        if (code, outcome.value, paper) not in held
    ]
    assert not missing
    for code, service in toured.services.items():
        for outcome in {Outcome.VISIT, Outcome.REVIEW} & {*outcomes_of(service)}:
            ends = {(code, outcome.value, f"{kind}-copy-1") for kind in _ANSWERS}
            assert ends & held, (code, outcome)
    names = {kept.name for kept in toured.papers}
    assert {"deficiency", "answer-copy-2"} <= names


def test_every_page_is_there(toured: Toured) -> None:
    pages = [kept for kept in toured.kept if kept.kind == "page"]
    assert not _PAGES - {page.name for page in pages}
    for code, service in toured.services.items():
        for outcome in outcomes_of(service):
            shown = {p.name for p in pages if (p.service, p.outcome) == (code, outcome.value)}
            assert {"form-whole", "outcome"} <= shown, (code, outcome)


def test_no_service_takes_many_keys_that_are_no_data(toured: Toured) -> None:
    """The clerk's from home to the receipt, to each act after it; the manager's to a letter that
    came at once."""
    presses = presses_of(toured.kept)
    assert presses.keys() >= toured.services.keys()
    receipts = {code: presses[code].receipt for code in toured.services}
    assert median(receipts.values()) <= _MEDIAN_KEYS, receipts
    assert max(receipts.values()) <= _MOST_KEYS, receipts
    stamps = [each.stamp for each in presses.values() if each.stamp]
    assert stamps
    assert max(stamps) <= _STAMP_KEYS
    for name, acts in (
        ("paid", [each.paid for each in presses.values()]),
        ("slip", [each.slip for each in presses.values()]),
        ("handed", [each.handed for each in presses.values()]),
    ):
        assert 0 < max(acts) <= _ACT_KEYS, name


def test_files_are_as_listed(toured: Toured) -> None:
    for kept in toured.kept:
        content = toured.bytes_of(kept)
        assert hashlib.sha256(content).hexdigest() == kept.sha256, kept.file
        if kept.kind == "page":
            size = QImage.fromData(content).size().toTuple()
            assert _is_its_size(kept.name, *size), kept.file
    listed = {name for kept in toured.kept for name in (kept.file, kept.values) if name}
    assert {path.name for path in toured.folder.iterdir()} == {*listed, MANIFEST}


def _is_its_size(name: str, wide: int, high: int) -> bool:
    """Of the window; a citizen's browser is shown as far down as its page goes."""
    if name.startswith("verify-page"):
        own, least = BROWSED[_PHONE if name.endswith(_PHONE) else ""]
        return wide == own and high >= least
    return (wide, high) == ((1920, 1080) if name == "city-day-wide" else (1366, 768))


def _words_of(text: LetterText) -> list[str]:
    rows = (text.table.columns, *text.table.rows) if text.table else ()
    head = (text.head.organisation, text.head.office, text.head.address)
    parts = [*head, text.addressee, text.subject, *text.paragraphs, *text.closing, *text.copies]
    parts += [text.authority, *(cell for row in rows for cell in row)]
    parts += [part for row in text.facts.rows for part in row] if text.facts else []
    return words(" ".join(parts))


def test_a_reader_finds_the_words_and_every_number(toured: Toured) -> None:
    asked: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for kept, drawn in toured.letters:
        wanted = Counter(_words_of(drawn.letter.text))
        missing = wanted - Counter(text_of(toured.bytes_of(kept)))
        asked += wanted
        lost += missing
        assert not [word for word in missing if re.search(r"\d", word)], kept.file
    assert asked.total() > 1000
    assert lost.total() <= 0.02 * asked.total(), lost.most_common(20)


def test_every_code_reads_back_and_is_the_signed_essence(toured: Toured) -> None:
    released = [(kept, drawn) for kept, drawn in toured.letters if drawn.release is not None]
    assert released
    for kept, drawn in released:
        # Each page bears it.
        (seen,) = {*codes_of(toured.bytes_of(kept), 150)}
        code, letter, release = decode(from_text(seen)), drawn.letter, drawn.release
        assert (code.essence.hex(), code.signature) == (letter.essence, letter.signature), kept.file
        assert release is not None
        assert release.proof is not None
        assert (code.copy, code.countersignature) == (drawn.copy, release.proof.signature), (
            kept.file
        )


def test_letters_are_the_same_bytes_when_drawn_again(toured: Toured) -> None:
    for kept, drawn in toured.letters:
        again = draw(drawn.letter, drawn.release, layout=drawn.layout, copy=drawn.copy)
        assert again == toured.bytes_of(kept), kept.file


def test_proofs_have_no_code(toured: Toured) -> None:
    proofs = [kept for kept, drawn in toured.letters if drawn.release is None]
    assert proofs
    for kept in proofs:
        assert not codes_of(toured.bytes_of(kept), 150), kept.file


def test_what_was_written_on_screen_goes_to_its_letter(toured: Toured) -> None:
    """A tariff, a row's formula, a tenant and an expert's value of a file that was typed there."""
    papers = {kept.name: drawn for kept, drawn in toured.letters if kept.service == "awning"}
    debt, answer = papers["debt-copy-1"].letter.text, papers["answer-copy-1"].letter.text
    assert debt.table is not None
    assert debt.table.rows[0][1:5] == ("عوارض سایه‌بان برای مدت مجوز", "۴٬۸۸۷٬۰۰۰", "—", "۴٬۸۸۷٬۰۰۰")
    assert "مستأجر" in answer.addressee
    assert answer.table is not None
    assert answer.table.columns[-2:] == ("سطح (مترمربع)", "عوارض پایه (ریال)")
    assert [row[-2:] for row in answer.table.rows] == [("۳٫۵۲", "۶۳۵٬۳۶۰"), ("۳٫۰۰", "۷۲۲٬۲۵۰")]
    said = " ".join(answer.paragraphs)
    assert "ضریب معبر ۱۲۰ درصد" in said
    assert "از نیم عرصه" not in said


def test_services_too_few_for_a_day_are_refused_before_a_picture(tmp_path: Path) -> None:
    ended = tour(tmp_path, "--services", "water,gas")
    assert ended.returncode == 1
    assert ended.stderr.startswith("برای تور دست‌کم دو خدمت با بازدید لازم است")
    assert not list((tmp_path / "album").glob("*.png"))

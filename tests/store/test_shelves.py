"""What the store keeps beside cases: drafts, drawn letters, the ledger, codes, people, data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from desktop.chance import new_id
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import is_tracking_code
from desktop.domain.letter import Release
from desktop.domain.people import Role
from desktop.domain.stream import Fact, PersonEnrolled, Published, Topic, withdrawn_key
from desktop.store import drafts, ledger, letters, meta, people, published, tracking
from desktop.store.ledger import PrintState
from desktop.store.open import Session, Store
from desktop.store.tables import LetterFileRow, TrackingSerialRow
from desktop.wire.canon import content_hash
from tests.office import CLERK, MANAGER, NOW, TODAY
from tests.store.conftest import IDENTITY, enrol

RELEASE = Release("حسن یزدی", "مسئول دفتر", TODAY, "demo")


def test_a_draft_is_its_persons_and_stays_until_deleted(store: Store) -> None:
    draft = drafts.Draft(new_id(), "clerk-1", "no-violation", "علی", "{}", NOW, NOW)
    other = replace(draft, draft_id="other", owner="clerk-2")
    later = NOW + timedelta(minutes=1)
    newer = replace(draft, draft_id="newer", updated_at=later)
    with store.writing() as session:
        for one in (draft, other, newer):
            drafts.save(session, one)
        drafts.save(session, replace(draft, body='{"a":"۱"}', made_at=later))
    with store.reading() as session:
        kept = drafts.find(session, draft.draft_id)
        assert kept == replace(draft, body='{"a":"۱"}')
        assert [d.draft_id for d in drafts.of(session, "clerk-1")] == ["newer", draft.draft_id]
        assert drafts.count(session, "clerk-1") == 2
    with store.writing() as session:
        drafts.delete_draft(session, draft.draft_id)
    with store.reading() as session:
        assert drafts.find(session, draft.draft_id) is None
        assert drafts.count(session, "clerk-1") == 1


def keep(session: Session, pdf: bytes, copy: int = 1) -> str:
    return letters.keep(
        session, letter_id="letter-1", copy=copy, layout=1, release=RELEASE, drawn_at=NOW, pdf=pdf
    )


def test_a_drawn_letter_is_kept_smaller_and_found_whole(store: Store) -> None:
    pdf = b"%PDF 1.7 " + b"the same fonts in every letter " * 1_000
    with store.writing() as session:
        name = keep(session, pdf)
        kept = session.scalars(select(LetterFileRow.pdf)).one()
        found = letters.find(session, name)
    assert len(kept) < len(pdf) / 2
    assert found is not None
    assert found.pdf == pdf


def test_a_drawn_letter_is_kept_once_and_never_changed(store: Store) -> None:
    with store.writing() as session:
        name = keep(session, b"%PDF 1")
        assert keep(session, b"%PDF 1") == name == content_hash(b"%PDF 1")
        second = keep(session, b"%PDF 2", copy=2)
    with store.reading() as session:
        kept = letters.find(session, name)
        assert kept
        assert (kept.pdf, kept.release, kept.copy) == (b"%PDF 1", RELEASE, 1)
        assert [f.sha256 for f in letters.of_letter(session, "letter-1")] == [name, second]
        assert letters.find(session, "00") is None
    with pytest.raises(IntegrityError, match="append-only"), store.writing() as session:
        session.connection().exec_driver_sql("UPDATE letter_file SET pdf = x'00'")


def test_a_kept_letter_is_small_at_rest_and_an_earlier_programs_is_read_as_it_is(
    store: Store,
) -> None:
    drawn = b"%PDF-1.7 " + b"the same words " * 1_000
    with store.writing() as session:
        name, older = keep(session, drawn), keep(session, b"%PDF older", copy=2)
    with store.writing() as session:
        ask = session.connection().exec_driver_sql
        ((size,),) = ask("SELECT length(pdf) FROM letter_file WHERE copy = 1")
        # As it was kept before: whole.
        (trigger,) = [
            found
            for (found,) in ask("SELECT name FROM sqlite_master WHERE type='trigger'")
            if found.startswith("letter_file") and "update" in found
        ]
        ((sql,),) = ask("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,))
        ask(f"DROP TRIGGER {trigger}")
        ask("UPDATE letter_file SET pdf = ? WHERE copy = 2", (b"%PDF older",))
        ask(sql)
    assert size < len(drawn) / 10
    with store.reading() as session:
        for sha256, pdf in ((name, drawn), (older, b"%PDF older")):
            kept = letters.find(session, sha256)
            assert kept is not None
            assert kept.pdf == pdf


def begin(session: Session) -> int:
    return ledger.begin(
        session, case_id="case", letter_id="letter-1", copy=1, sha256="ab", printer="p",
        actor="clerk-1", reason="", at=NOW,
    )  # fmt: skip


def test_a_crash_while_printing_leaves_a_question(store: Store) -> None:
    with store.writing() as session:
        printed, lost = begin(session), begin(session)
        ledger.end(session, printed, PrintState.PRINTED, NOW)
    with store.writing() as session:
        assert ledger.doubted(session) == []
        ledger.doubt(session)
    with store.writing() as session:
        (question,) = ledger.doubted(session)
        assert (question.print_id, question.state) == (lost, PrintState.UNKNOWN)
        ledger.end(session, lost, PrintState.FAILED, NOW)
        with pytest.raises(LookupError):
            ledger.end(session, lost, PrintState.PRINTED, NOW)
    with store.reading() as session:
        assert ledger.doubted(session) == []
        assert [p.state for p in ledger.of_letter(session, "letter-1")] == [
            PrintState.PRINTED, PrintState.FAILED,
        ]  # fmt: skip


def test_tracking_codes_are_of_desk_and_day_and_never_twice(store: Store) -> None:
    with store.writing() as session:
        first = tracking.next_code(session, "21", TODAY)
        second = tracking.next_code(session, "21", TODAY)
        tomorrow = tracking.next_code(session, "21", TODAY + timedelta(days=1))
    assert first.rsplit("-", 1)[0] == "21-050903-01-0001"
    assert second.rsplit("-", 1)[0] == "21-050903-01-0002"
    assert tomorrow.rsplit("-", 1)[0] == "21-050904-01-0001"
    assert all(map(is_tracking_code, (first, second, tomorrow)))
    with store.writing() as session:
        session.execute(update(TrackingSerialRow).values(serial=9999))
    with pytest.raises(Refusal, match="تمام شده"), store.writing() as session:
        tracking.next_code(session, "21", TODAY)


def test_a_code_of_a_transaction_that_failed_is_given_again(store: Store) -> None:
    spent: list[str] = []

    def fail(session: Session) -> None:
        spent.append(tracking.next_code(session, "21", TODAY))
        raise Refusal("نشد")

    with pytest.raises(Refusal, match="نشد"):
        store.write(fail)
    assert store.write(lambda session: tracking.next_code(session, "21", TODAY)) == spent[0]


def test_people_are_as_enrolled_last(store: Store) -> None:
    again = PersonEnrolled(CLERK.staff_id, "مریم کریمی‌نژاد", "manager", "ff", "جانشین")
    fact = Fact("9", "office:21", 9, "", 0, "", "centre", "", NOW, again)
    with store.writing() as session:
        assert people.everybody(session) == (MANAGER, CLERK)
        people.keep(session, fact, again)
        people.keep_key(session, CLERK.staff_id, "old", NOW)
        people.keep_key(session, CLERK.staff_id, "new", NOW)
    with store.reading() as session:
        found = people.find(session, CLERK.staff_id)
        assert found
        assert (found.name, found.role, found.office) == ("مریم کریمی‌نژاد", Role.MANAGER, "21")
        assert people.wrapped_key(session, CLERK.staff_id) == "new"
        assert people.wrapped_key(session, "nobody") is None
        assert people.find(session, "nobody") is None


def publish(session: Session, pos: int, topic: str, version: str, day: date) -> None:
    item = Published(topic, "a", version, day, f"text {version}", "00")
    published.keep(session, {pos: item})


def test_what_holds_on_a_day_is_what_began_last_and_was_said_last(store: Store) -> None:
    with store.writing() as session:
        assert published.latest(session).pos == 0
        publish(session, 1, "service", "1", TODAY)
        publish(session, 2, "service", "2", TODAY)
        publish(session, 3, "service", "0", TODAY - timedelta(days=9))
        publish(session, 4, "tariff", "t", TODAY)
    with store.reading() as session:
        assert published.in_force(session, Topic.SERVICE, TODAY)["a"].version == "2"
        before = published.in_force(session, Topic.SERVICE, TODAY - timedelta(days=1))
        assert before["a"].version == "0"
        assert published.in_force(session, Topic.SERVICE, TODAY - timedelta(days=10)) == {}
        assert published.in_force(session, Topic.TARIFF, TODAY)["a"].text == "text t"
        old = published.version(session, Topic.SERVICE, "a", "1")
        assert old
        assert old.version == "1"
        assert published.version(session, Topic.SERVICE, "a", "none") is None
        assert published.latest(session).pos == 4


def test_a_store_is_enrolled_once(store: Store) -> None:
    with store.reading() as session:
        assert meta.get(session).identity == IDENTITY
    with pytest.raises(Exception, match="UNIQUE"):
        store.write(enrol)


def test_a_store_before_enrolment_says_so(store_path: Path) -> None:
    fresh = Store(store_path, reserve=4096)
    with fresh.reading() as session:
        assert meta.find(session) is None
        with pytest.raises(LookupError):
            meta.get(session)
    fresh.close()


def test_the_corrected_moment_is_this_machines_plus_the_difference() -> None:
    state = meta.Meta(IDENTITY, clock_offset_ms=-90_000)
    assert state.corrected(NOW) == NOW - timedelta(seconds=90)


def withdraw(session: Session, pos: int, topic: str, version: str) -> None:
    key = withdrawn_key(topic, "a")
    item = Published(Topic.WITHDRAWN, key, version, TODAY, "why", "00")
    published.keep(session, {pos: item})


def test_what_was_withdrawn_never_holds_unless_it_is_said_again(store: Store) -> None:
    tomorrow = TODAY + timedelta(days=1)

    def holds(day: date) -> str:
        with store.reading() as session:
            return published.in_force(session, Topic.SERVICE, day)["a"].version

    def places(topic: Topic = Topic.SERVICE) -> list[int]:
        with store.reading() as session:
            return published.places(session, topic, "a", tomorrow)

    with store.writing() as session:
        publish(session, 1, "service", "1", TODAY)
        publish(session, 2, "service", "2", tomorrow)
        publish(session, 3, "service", "3", tomorrow)
        publish(session, 4, "tariff", "3", tomorrow)
    assert (holds(tomorrow), places(), places(Topic.TARIFF)) == ("3", [2, 3], [4])
    with store.writing() as session:
        withdraw(session, 5, "service", "3")
    assert (holds(tomorrow), places(), places(Topic.TARIFF)) == ("2", [2], [4])
    with store.writing() as session:
        withdraw(session, 6, "service", "2")
    assert (holds(TODAY), holds(tomorrow), places()) == ("1", "1", [])
    with store.writing() as session:
        publish(session, 7, "service", "3", tomorrow)
    assert (holds(TODAY), holds(tomorrow), places()) == ("1", "3", [7])
    with store.reading() as session:
        # A version is known by its name for ever, withdrawn or not.
        assert published.version(session, Topic.SERVICE, "a", "2")

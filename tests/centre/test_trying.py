"""A file as it is written: checked at the centre, and tried on the last requests of its service."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.actions import publishing
from desktop.centre import trying
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, follow
from desktop.domain.errors import Refusal
from desktop.domain.letter import LetterKind
from desktop.forms.catalogue import SERVICES
from tests.houses import MORNING
from tests.reports.reading import codes_of, text_of
from tests.town import Town

TOMORROW = MORNING.date() + timedelta(days=1)
NAME = "no-violation.toml"
TEXT = (SERVICES / NAME).read_text(encoding="utf-8")


@pytest.mark.long
def test_the_last_requests_are_put_again_to_the_file(town: Town) -> None:
    crew = town.crew
    cases = [town.register(town.record(Scenario.CLEAN, n), "no-violation") for n in range(3)]
    town.register(town.record(Scenario.DEBT), "clearance")
    # What payment and expert settled does not count: the request is put as if it were new.
    owed = town.register(town.record(Scenario.DEBT), "no-violation")
    follow(crew, owed, town.clock.moment)
    same = publishing.try_on_past(crew.supervisor, NAME, TEXT, TOMORROW)
    assert (same.asked, same.same, same.others) == (4, 4, [])
    stricter = TEXT.replace("months = 12", "months = 1")
    told = publishing.try_on_past(crew.expert, NAME, stricter, TOMORROW)
    assert told.asked == 4
    codes = {case_now(crew.clerk, case_id).request.tracking: case_id for case_id in [*cases, owed]}
    turned = [other for other in told.others if other.before == "answer"]
    assert turned
    for other in turned:
        assert codes[other.tracking] == other.case_id
        assert other.after == "visit"
        assert "recent-visit:visit" in other.gates_after
        assert other.unanswered == []
    assert told.same + len(told.others) == 4


@pytest.mark.slow
def test_another_sum_and_a_new_question_are_told(small_town: Town) -> None:
    crew = small_town.crew
    name = "excavation.toml"
    text = (SERVICES / name).read_text(encoding="utf-8")
    answers = next(
        each.answers
        for each in publishing.held(crew.supervisor.desk).services["excavation"].examples
        if each.outcome == "pay"
    )
    dug = small_town.register(small_town.record(Scenario.CLEAN), "excavation", **answers)  # type: ignore[arg-type]
    # It was paid since; put again it is to be paid as if it were new.
    follow(crew, dug, small_town.clock.moment)
    asked = '[[field]]\nkey = "lift"\nlabel = "ارتفاع"\nkind = "metres"\nrequired = true\n'
    both = '{ use = "restoration", when = { dig_kind = ["branch"'
    assert both in text
    one = both.replace('"restoration"', '"charge", charges = ["deposit"]')
    sums = text.replace(both, one)
    told = publishing.try_on_past(crew.supervisor, name, sums, TOMORROW)
    (other,) = told.others
    assert (other.before, other.after) == ("pay", "pay")
    assert other.amount_after < other.amount_before
    # A new question alone changes no answer; with another difference it is told as unanswered.
    longer = text.replace("[[document]]", f"{asked}\n[[document]]", 1)
    assert publishing.try_on_past(crew.supervisor, name, longer, TOMORROW).others == []
    told = publishing.try_on_past(crew.supervisor, name, longer.replace(both, one), TOMORROW)
    assert told.others[0].unanswered == ["ارتفاع"]


def test_of_a_service_that_nobody_offers_all_is_new(small_town: Town) -> None:
    crew = small_town.crew
    text = TEXT.replace('code = "no-violation"', 'code = "harim"').replace("digit = 1", "digit = 0")
    told = publishing.try_on_past(crew.supervisor, "harim.toml", text, TOMORROW)
    assert (told.asked, told.same, told.others) == (0, 0, [])
    with pytest.raises(Refusal, match="kinde"):
        publishing.try_on_past(
            crew.supervisor, NAME, TEXT.replace("kind =", "kinde =", 1), TOMORROW
        )
    gold = TEXT.replace('office = "office"', 'office = "gold"')
    with pytest.raises(Refusal, match="«gold»"):
        publishing.try_on_past(crew.supervisor, NAME, gold, TOMORROW)


@pytest.mark.slow
def test_only_the_newest_are_put_again(small_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "LAST", 2)
    for number in range(3):
        small_town.register(small_town.record(Scenario.CLEAN, number), "no-violation")
        small_town.clock.moment += timedelta(minutes=1)
    told = publishing.try_on_past(small_town.crew.supervisor, NAME, TEXT, TOMORROW)
    assert told.asked == 2


@pytest.mark.long
def test_a_file_is_checked_as_it_is_typed(small_town: Town) -> None:
    seat = small_town.crew.supervisor

    def found(old: str, new: str) -> list[tuple[int, str, str]]:
        assert old in TEXT
        text = TEXT.replace(old, new, 1)
        return [
            (f.line, f.key, f.words) for f in publishing.check(seat, NAME, text, TOMORROW).faults
        ]

    right = publishing.check(seat, NAME, TEXT, TOMORROW)
    assert (right.code, right.title, right.faults) == ("no-violation", "گواهی عدم خلاف", [])
    assert len(right.examples) > 10
    assert all(each.wanted == each.outcome and not each.words for each in right.examples)
    ((line, key, words),) = found('icon = "', 'iconn = "')
    assert (TEXT.splitlines()[line - 1][:4], key) == ("icon", "iconn")
    assert "شاید «icon»" in words
    ((line, _, words),) = found('outcome = "answer"', 'outcome = "review"')
    assert TEXT.splitlines()[line - 1] == "[[example]]"
    assert "باید «review» شود" in words
    ((_, _, words),) = found('office = "office"', 'office = "gold"')
    assert "«gold»" in words
    unread = publishing.check(seat, NAME, "code =", TOMORROW)
    assert (unread.code, unread.title, unread.examples) == ("", "", [])
    assert unread.faults
    wrong = publishing.check(
        seat, NAME, TEXT.replace('outcome = "answer"', 'outcome = "review"', 1), TOMORROW
    )
    assert [each.outcome for each in wrong.examples if each.words] == ["answer"]


@pytest.mark.long
def test_every_letter_of_every_file_is_written(small_town: Town) -> None:
    seat = small_town.crew.expert
    kinds = {LetterKind.ANSWER: "answer", LetterKind.REFUSAL: "refuse", LetterKind.DEBT: "pay"}
    for path in sorted(SERVICES.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        letters = publishing.sample_letters(seat, path.name, text, TOMORROW)
        tested = publishing.check(seat, path.name, text, TOMORROW).examples
        outcomes = {each.outcome for each in tested}
        # And those that a visit, a payment and an expert's word lead to.
        assert {kinds[each.kind] for each in letters} >= outcomes & set(kinds.values()), path.name
        assert LetterKind.ANSWER in {each.kind for each in letters}, path.name
        assert all(each.text.sample and each.text.paragraphs for each in letters)


@pytest.mark.slow
def test_a_letter_of_an_example_is_a_proof_and_nothing_more(small_town: Town) -> None:
    letter = publishing.sample_letters(small_town.crew.expert, NAME, TEXT, TOMORROW)[0]
    drawn = text_of(letter.pdf)
    assert set(letter.text.subject.split()) <= set(drawn)
    assert "نمونه" in drawn
    assert codes_of(letter.pdf, 100) == [], "what nobody signed has no code to check"


def test_a_letter_of_a_file_with_faults_says_where(small_town: Town) -> None:
    seat = small_town.crew.supervisor
    wrong = TEXT.replace('body = """', 'body = """{{ 1 / 0 }}', 1)
    with pytest.raises(Refusal, match="سطر ۹۶، letter.answer.body: حساب در نامه"):
        publishing.sample_letters(seat, NAME, wrong, TOMORROW)

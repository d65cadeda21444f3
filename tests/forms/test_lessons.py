"""Lessons made from the examples of the services that ship: told, answered, marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.decision import Outcome
from desktop.domain.lesson import OUTCOME, UNCHANGED, Answer, Marked, Teller, mark, needed
from desktop.domain.service import Service
from desktop.forms.answers import check
from desktop.forms.lessons.choosing import MOST, lesson_examples
from desktop.forms.lessons.making import Lesson, make_lesson
from desktop.forms.lessons.telling import answers
from desktop.forms.shipped import shipped_city
from tests.shipped import SHIPPED

TODAY = date(2026, 11, 24)
YEARS_LATER = date(2029, 5, 2)
_LATIN = re.compile("[0-9A-Za-z]")


def lessons(service: Service, *variants: int, day: date = TODAY) -> Iterator[Lesson]:
    for number in range(len(lesson_examples(service))):
        for variant in variants:
            yield make_lesson(service, number, variant, day, shipped_city())


def as_answered(lesson: Lesson, **other: str) -> Marked:
    """All right but the outcome, or the declaration, that is given."""
    at, filled = lesson.at, lesson.at.filled
    if UNCHANGED in other:
        filled = replace(filled, unchanged=other[UNCHANGED])
    outcome = other.get(OUTCOME, at.decision.outcome.value)
    return lesson.marked(filled, check(lesson.service, filled, lesson.day), outcome)


@pytest.mark.parametrize("code", SHIPPED)
def test_each_service_has_a_lesson_for_each_outcome_that_its_examples_know(code: str) -> None:
    service = SHIPPED[code]
    chosen = lesson_examples(service)
    possible = {each.outcome for each in service.examples if not each.entered}
    assert {each.outcome for each in chosen} == possible
    assert len(possible) <= len(chosen) <= MOST


@pytest.mark.slow
@pytest.mark.parametrize("code", SHIPPED)
def test_who_answers_as_the_story_says_has_all_right(code: str) -> None:
    for lesson in lessons(SHIPPED[code], 0, 1, 2):
        marked = as_answered(lesson)
        assert marked.passed
        assert not marked.wrong
        assert marked.of >= 7


@pytest.mark.parametrize("code", SHIPPED)
def test_the_form_can_still_be_filled_in_years_later(code: str) -> None:
    for lesson in lessons(SHIPPED[code], 0, day=YEARS_LATER):
        assert not lesson.at.checked.faults
        assert as_answered(lesson).passed


@pytest.mark.parametrize("code", SHIPPED)
def test_each_answer_is_told_somewhere_and_has_its_rule(code: str) -> None:
    for lesson in lessons(SHIPPED[code], 4):
        for each in as_answered(lesson).marks:
            assert each.why or each.key == OUTCOME, each
            assert each.rule, each
            assert each.label, each


@pytest.mark.parametrize("code", SHIPPED)
def test_what_a_person_reads_is_persian(code: str) -> None:
    for lesson in lessons(SHIPPED[code], 5):
        told = [each.words for each in lesson.story.told]
        for paper in lesson.story.papers:
            told += [paper.title, *(f"{row.label} {row.value}" for row in paper.rows)]
        for each in as_answered(lesson).marks:
            told += [each.label, each.given, each.right, each.rule]
        assert [words for words in told if _LATIN.search(words)] == []


def test_the_wrong_outcome_fails_whatever_else_is_right() -> None:
    for lesson in lessons(SHIPPED["no-violation"], 0):
        for outcome in Outcome:
            marked = as_answered(lesson, outcome=outcome.value)
            assert marked.passed is (outcome is lesson.at.decision.outcome)


def test_a_declaration_that_nobody_made_fails() -> None:
    lesson = next(lessons(SHIPPED["no-violation"], 0))
    assert as_answered(lesson).passed
    marked = as_answered(lesson, unchanged="")
    assert [each.key for each in marked.wrong] == [UNCHANGED]
    assert not marked.passed
    assert marked.wrong[0].why in [each.words for each in lesson.story.told]


def test_of_nine_answers_one_may_be_wrong_and_no_more() -> None:
    assert [needed(of) for of in (7, 8, 9, 17, 18, 29)] == [7, 8, 8, 16, 16, 26]
    lesson = next(lessons(SHIPPED["no-violation"], 0))
    given = answers(lesson.service, lesson.at.filled, lesson.at.checked, "answer")
    one = {**given, "party.first_name": Answer("دیگری", "دیگری")}
    assert lesson.story.wanted[1].key == "party.person_id"
    marked = mark(lesson.story, one)
    assert (marked.of, marked.right, marked.passed) == (13, 12, True)
    two = {**one, "party.last_name": Answer("دیگری", "دیگری")}
    assert not mark(lesson.story, two).passed


def test_another_variant_has_other_people_and_another_property() -> None:
    service = SHIPPED["no-violation"]
    drawn = [make_lesson(service, 0, number, TODAY, shipped_city()) for number in range(6)]
    names = {each.at.checked.party.name for each in drawn}
    codes = {each.at.checked.code for each in drawn}
    assert len(names) > 3
    assert len(codes) == 6
    assert len({each.at.checked.answers["stage"] for each in drawn}) > 1
    assert {each.at.decision.outcome for each in drawn} == {Outcome.ANSWER}


def test_the_same_variant_is_the_same_lesson() -> None:
    first, again = (make_lesson(SHIPPED["transfer"], 2, 7, TODAY, shipped_city()) for _ in range(2))
    assert first.story == again.story
    assert first.at.filled == again.at.filled


def test_why_the_records_answer_so_is_marked_in_the_story() -> None:
    for lesson in lessons(SHIPPED["no-violation"], 0):
        because = [each for each in lesson.story.told if OUTCOME in each.keys]
        assert bool(because) is (lesson.at.decision.outcome is not Outcome.ANSWER), (
            lesson.story.name
        )
        assert all(each.teller is Teller.RECORDS for each in because)


def test_a_street_that_decides_is_what_the_citizen_said() -> None:
    service = SHIPPED["scaffold"]
    number = [each.name for each in lesson_examples(service)].index("معبر اصلی")
    story = make_lesson(service, number, 0, TODAY, shipped_city()).story
    assert story.reasons(OUTCOME) == "ملک بر معبر اصلی است."


@pytest.mark.parametrize("code", ["no-violation", "inquiry", "transfer", "building-permit"])
def test_of_a_paper_it_is_said_whether_number_or_date_is_asked(code: str) -> None:
    service = SHIPPED[code]
    known = {f"document.{each.key}": each for each in service.documents}
    asked = 0
    for lesson in lessons(service, 0):
        for each in as_answered(lesson).marks:
            if each.key in known:
                document = known[each.key]
                assert each.label.endswith(document.title)
                assert ("شماره" in each.label.removesuffix(document.title)) is document.numbered
                assert ("تاریخ" in each.label.removesuffix(document.title)) is document.dated
                asked += 1
    assert asked

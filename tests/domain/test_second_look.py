"""Nobody looks at his own answer, and who finds one wrong says what is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.applying import apply, case_of
from desktop.domain.case import Case
from desktop.domain.decision import Decision, Outcome
from desktop.domain.errors import Refusal
from desktop.domain.lawful_letters import second_look
from desktop.domain.letter import Release
from desktop.domain.people import Role, Staff
from desktop.domain.request import Consent
from desktop.domain.second_look import FAULTS, Looker, Part, fault_words
from desktop.domain.setting import Setting
from desktop.domain.stream import Fact
from tests.office import CITY, NOW, SERVICE, TODAY, letter, request

SUPERVISOR = Staff("hamid", "حمید میرجلیلی", Role.SUPERVISOR, "municipality", national_id="44")
SETTING = Setting(SERVICE, CITY, NOW, releasers=1)
ANSWER = f.Decided(Decision(Outcome.ANSWER, (), (), TODAY, TODAY, "v"), "draw", drawn=5)
WRONG = c.SecondLook(False, "پروانه سه ماه پیش تمام شده بود.", "reasons", "permit", "not-met")


def told(*payloads: tuple[f.CaseFact, str]) -> Case:
    """The case of these facts, each by whom."""
    facts = (
        Fact(f"f{n}", "office:21", n, "case-1", n, "c", by, by, NOW, payload)
        for n, (payload, by) in enumerate(payloads, start=1)
    )
    case = case_of(facts)
    assert case is not None
    return case


def answered(released: bool = False) -> Case:
    held = letter("letter-1", "case-1")
    told_so: list[tuple[f.CaseFact, str]] = [
        (f.Registered(request(), TODAY), "zahra"),
        (f.FeeDue("office", 1), "centre"),
    ]
    case = told(*told_so)
    case = replace(case, state=case.state.DECIDING)
    more: list[tuple[f.CaseFact, str]] = [(ANSWER, "centre"), (f.LetterIssued(held), "centre")]
    if released:
        release = Release("محمد زارع", "مسئول دفتر", TODAY, "s")
        more.append((f.LetterReleased("letter-1", release, "ab", 2), "zare"))
    for n, (payload, by) in enumerate(more, start=case.rev + 1):
        case = apply(case, Fact(f"f{n}", "office:21", n, "case-1", n, "c", by, by, NOW, payload))
    return case


def refused(case: Case, looker: Looker, owners: frozenset[str] = frozenset()) -> str:
    setting = replace(SETTING, looker=looker, owners=owners)
    with pytest.raises(Refusal) as no:
        second_look(case, c.SecondLook(True), SUPERVISOR, setting)
    return no.value.words


def test_who_had_a_hand_in_it_never_looks() -> None:
    case = answered(released=True)
    assert case.hands >= {"zahra", "zare"}
    for own in ("zahra", "zare"):
        assert "خودتان کاری کرده‌اید" in refused(case, Looker(frozenset({"hamid", own})))
    assert second_look(case, c.SecondLook(True), SUPERVISOR, SETTING)


def test_nor_who_worked_at_its_office_or_one_that_it_came_from() -> None:
    case = answered()
    looker = Looker(frozenset({"hamid"}), frozenset({"21"}))
    assert "در این دفتر کار کرده‌اید" in refused(case, looker)
    passed = replace(case, stream="office:31", former=("office:21",))
    assert "در این دفتر کار کرده‌اید" in refused(passed, looker)
    elsewhere = Looker(frozenset({"hamid"}), frozenset({"31"}))
    assert second_look(case, c.SecondLook(True), SUPERVISOR, replace(SETTING, looker=elsewhere))


def test_nor_whom_it_concerns() -> None:
    case, looker = answered(), Looker(frozenset({"hamid"}), national_id="44")
    assert "از آنِ خودتان" in refused(case, looker, owners=frozenset({"44"}))
    consents = (Consent("44", "ح"),)
    assert "از آنِ خودتان" in refused(
        replace(case, request=replace(case.request, consents=consents)), looker
    )
    party = replace(case.request.party, person_id="44")
    # Also at a desk that knows no more of the person than the national id.
    mine = replace(case, request=replace(case.request, party=party))
    with pytest.raises(Refusal, match="از آنِ خودتان"):
        second_look(mine, c.SecondLook(True), SUPERVISOR, SETTING)


@pytest.mark.parametrize("released", [False, True])
def test_what_is_wrong_stands_in_the_fact(released: bool) -> None:
    made = second_look(answered(released), WRONG, SUPERVISOR, SETTING)
    assert made[0] == f.SecondLooked(False, WRONG.comment, released, "reasons", "permit", "not-met")
    # A stamped letter is called back by the manager's own act, never by itself.
    assert [type(each) for each in made[1:]] == ([] if released else [f.LetterVoided, f.InReview])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"comment": "  "}, "comment"),
        ({"part": "stamp"}, "part"),
        ({"part": ""}, "part"),
        ({"reason": "person"}, "reason"),
        ({"reason": ""}, "reason"),
        ({"item": " "}, "item"),
    ],
)
def test_a_challenge_without_its_part_reason_or_comment_is_refused(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as no:
        second_look(answered(), replace(WRONG, **changes), SUPERVISOR, SETTING)
    assert no.value.field == field


def test_a_program_of_before_asks_for_no_part() -> None:
    made = second_look(answered(), c.SecondLook(False, "نادرست"), SUPERVISOR, SETTING)
    assert made[0] == f.SecondLooked(False, "نادرست")


def test_once_drawn_stays_drawn_however_often_it_is_answered() -> None:
    case = replace(answered(), state=answered().state.DECIDING, letters=())
    again = replace(ANSWER, sampled="", drawn=0)
    fact = Fact("f", "office:21", 9, "case-1", case.rev + 1, "c", "centre", "", NOW, again)
    assert apply(case, fact).drawn == 5


def test_every_fault_has_its_words() -> None:
    assert set(FAULTS) == set(Part)
    assert fault_words("reasons", "limit") == "دلیل‌ها: مرز یا مهلت شرط نادرست است"
    assert fault_words("", "") == ""

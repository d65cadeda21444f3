"""A value that the expert enters: asked of him alone; then money and letters rest on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial

import pytest

from desktop.actions import board
from desktop.centre.reference import publication
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, follow, pay
from desktop.domain import commands as c
from desktop.domain.case import Case
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.form import FieldKind
from desktop.domain.gates import AWAITED
from desktop.domain.money import format_number
from desktop.domain.people import Applicant
from desktop.domain.persian import to_latin_digits
from desktop.domain.recommendation import OTHER, Opinion, Proposal, Recommendation, Verdict
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.forms.blocks import expand
from desktop.wire import codec
from desktop.wire.canon import canon
from desktop.wire.codec import decode_fact, encode_fact
from tests.awning import OWED, ROWS, YEARLY, YEARS, offer
from tests.houses import MORNING
from tests.plain_service import NAME, plain_text
from tests.town import Town

WHY = {"expert": "در محل دیده شد"}


def asked(town: Town, applicant: Applicant = Applicant.TENANT) -> str:
    """A tenant's request for an awning."""
    offer(town.house)
    record = town.record(Scenario.CLEAN)
    return town.register(record, "awning", applicant, years=YEARS, awnings=ROWS)


def shown(town: Town, case_id: str) -> Case:
    return board.municipal_case(town.crew.expert, case_id)[0]


def enter(town: Town, case_id: str, **entered: str) -> Case:
    """The expert clears and enters; the case as the office then sees it."""
    following.decide(town.crew, shown(town, case_id), WHY, entered=entered)
    town.house.office.sync()
    return case_now(town.crew.clerk, case_id)


@pytest.mark.slow
def test_money_that_rests_on_it_is_asked_after_the_expert_and_the_letter_says_it(
    town: Town,
) -> None:
    case_id = asked(town)
    case = case_now(town.crew.clerk, case_id)
    assert (case.state, case.unpaid) == (State.IN_REVIEW, ())
    assert case.decision is not None
    codes = {finding.gate: finding.code for finding in case.decision.failing}
    assert codes == {"charge": AWAITED, "expert": "always"}
    assert "street_rate" not in case.request.answers
    case = enter(town, case_id, street_rate="۱۲۰")
    assert (case.state, case.entered) == (State.PAY_DUE, {"street_rate": "120"})
    assert [(owed.key, owed.amount) for owed in case.unpaid] == [("awning", OWED)]
    assert case.debt_letter is not None
    pay(town.crew, case, town.clock.moment)
    case = case_now(town.crew.clerk, case_id)
    assert case.state is State.ISSUED
    assert case.answer is not None
    letter = case.answer.letter.text
    words = "\n".join(letter.paragraphs)
    assert f"{YEARLY:,}".replace(",", "٬").translate(_PERSIAN) in words
    assert "ضریب معبر ۱۲۰ درصد" in words
    assert letter.table is not None
    assert [row[-1] for row in letter.table.rows] == ["۶۳۵٬۳۶۰", "۷۲۲٬۲۵۰"]
    assert letter.addressee.startswith("مستأجر محترم، ")
    ended = follow(town.crew, case_id, town.clock.moment)
    assert ended.state is State.HANDED_OVER


_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    ("entered", "field", "words"),
    [
        ({}, "street_rate", "ضریب معبر (درصد) را وارد کنید."),
        ({"street_rate": "49"}, "street_rate", "دست‌کم ۵۰"),
        ({"street_rate": "پنجاه"}, "street_rate", "بی‌ممیز"),
    ],
)
@pytest.mark.slow
def test_without_it_or_with_a_wrong_one_nothing_is_cleared(
    small_town: Town, entered: Mapping[str, str], field: str, words: str
) -> None:
    case_id = asked(small_town)
    with pytest.raises(Refusals) as told:
        enter(small_town, case_id, **entered)
    assert [(f.field, words in f.words) for f in told.value.faults] == [(field, True)]
    assert shown(small_town, case_id).state is State.IN_REVIEW


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({}, "ضریب معبر (درصد) را وارد کنید."),
        ({"street_rate": "120", "yearly": "1"}, "این مقدار از کارشناس خواسته نمی‌شود."),
        ({"street_rate": ""}, "ضریب معبر (درصد) را وارد کنید."),
    ],
)
def test_the_act_is_not_lawful_without_what_is_asked_or_with_more(
    small_town: Town, entered: Mapping[str, str], words: str
) -> None:
    case_id = asked(small_town)
    payload, case = c.ClearGates(WHY, "", entered), shown(small_town, case_id)
    with pytest.raises(Refusal) as told:
        small_town.crew.expert.do_one(case_id, payload, shown=case)
    assert told.value.words == words


def proposed(entered: Mapping[str, str]) -> c.Recommend:
    """What an expert proposes to another person, the condition cleared, with these values."""
    cleared = Opinion("expert", Verdict.CLEARED, OTHER, words="در محل دیده شد")
    return c.Recommend(Recommendation(Proposal.LETTER, (cleared,), entered=entered))


@pytest.mark.slow
@pytest.mark.parametrize("value", ["9999", "-5", "صد", "1" * 5000, "۱۰۰", "0100"])
@pytest.mark.parametrize("act", [partial(c.ClearGates, WHY, ""), proposed])
def test_the_centre_checks_the_value_itself(
    small_town: Town, act: Callable[[Mapping[str, str]], c.Payload], value: str
) -> None:
    """As a lying desk would have it, in whichever act: an expert's own program asks first."""
    case_id = asked(small_town)
    payload, case = act({"street_rate": value}), shown(small_town, case_id)
    small_town.crew.expert.do_one(case_id, payload, shown=case)
    (item,) = board.items(small_town.crew.expert.desk)
    assert "ضریب معبر" in item.centre_words or "خوانده نمی‌شود" in item.centre_words
    assert shown(small_town, case_id).state is State.IN_REVIEW


@pytest.mark.slow
def test_what_waits_for_the_value_can_not_be_cleared_away(small_town: Town) -> None:
    case_id = asked(small_town)
    why = {**WHY, "charge": "رایگان باشد"}
    with pytest.raises(Refusal, match="این شرط برقرار است یا رفع آن با شما نیست"):
        following.decide(
            small_town.crew, shown(small_town, case_id), why, entered={"street_rate": "100"}
        )


@pytest.mark.slow
def test_the_counter_can_not_say_what_is_the_experts(small_town: Town) -> None:
    offer(small_town.house)
    record = small_town.record(Scenario.CLEAN)
    case_id = small_town.register(
        record, "awning", Applicant.TENANT, street_rate="50", years=YEARS, awnings=ROWS
    )
    case = case_now(small_town.crew.clerk, case_id)
    assert "street_rate" not in case.request.answers
    assert case.state is State.IN_REVIEW
    assert [owed.amount for owed in enter(small_town, case_id, street_rate="120").unpaid] == [OWED]


@pytest.mark.slow
def test_facts_of_an_earlier_version_are_still_read(
    small_town: Town,
) -> None:
    case_id = asked(small_town)
    enter(small_town, case_id, street_rate="120")
    facts = board.municipal_case(small_town.crew.expert, case_id)[1]
    cleared = next(fact for fact in facts if fact.kind == "gates-cleared")
    written = json.loads(encode_fact(cleared))
    del written["payload"]["entered"]
    assert dict(decode_fact(canon(written)).payload.entered) == {}  # type: ignore[union-attr]
    decided = next(fact for fact in facts if fact.kind == "decided")
    written = json.loads(encode_fact(decided))
    del written["payload"]["decision"]["anew"]
    assert dict(decode_fact(canon(written)).payload.decision.anew) == {}  # type: ignore[union-attr]


@pytest.mark.slow
def test_what_an_earlier_program_signed_and_left_unsent_is_still_taken(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = small_town.register(small_town.record(Scenario.DEED), "building-permit")
    case, seat = shown(small_town, case_id), small_town.crew.expert
    assert case.decision is not None
    why = {finding.gate: "دیده شد" for finding in case.decision.failing}
    as_now = codec.plain

    def as_then(value: object) -> object:
        written = as_now(value)
        if isinstance(value, c.ClearGates):
            del written["entered"]
        return written

    with monkeypatch.context() as then:
        then.setattr(codec, "plain", as_then)
        seat.desk.store.write(lambda s: seat.do(s, case_id, c.ClearGates(why), case))
    small_town.house.municipality.sync()
    assert board.items(seat.desk) == []
    assert set(shown(small_town, case_id).cleared) == set(why)


_SEEN_EXAMPLE = """
[[example]]
name = "نزد کارشناس"
record = "clean"
outcome = "review"
"""
OPTIONAL = "".join(
    f'''
[[field]]
key = "f_{kind.name.lower()}"
label = "نظر {number}"
kind = "{kind}"
by = "expert"
'''
    for number, kind in enumerate(FieldKind)
    if kind not in (FieldKind.TABLE, FieldKind.CHOICE, FieldKind.CHOICES)
)


@pytest.mark.slow
@pytest.mark.parametrize("entered", [{}, {"f_text": "دیده شد", "f_whole": "۳"}])
def test_what_the_expert_leaves_empty_stops_nothing(
    small_town: Town, entered: Mapping[str, str]
) -> None:
    text = plain_text(OPTIONAL, gates='"expert"', example=_SEEN_EXAMPLE)
    version = publication(Topic.SERVICE, "plain", MORNING.date(), expand(text, NAME).text)
    small_town.house.put_in_force([version])
    case_id = small_town.register(small_town.record(Scenario.CLEAN), "plain")
    case = enter(small_town, case_id, **entered)
    assert case.state is State.ISSUED
    assert {key: text for key, text in case.entered.items() if text} == {
        key: to_latin_digits(text) for key, text in entered.items()
    }


@pytest.mark.slow
def test_nothing_is_entered_under_a_key_that_nobody_asks(small_town: Town) -> None:
    case_id = asked(small_town)
    payload = proposed({"street_rate": "120", "nobody": ""})
    with pytest.raises(Refusal):
        small_town.crew.expert.do_one(case_id, payload, shown=shown(small_town, case_id))


SEEN = """
[[field]]
key = "land"
label = "عرصه"
kind = "area"
record = "land"

[[field]]
key = "address_note"
label = "توضیح نشانی"
kind = "text"
record = "address"

[[field]]
key = "rate"
label = "نرخ"
kind = "money"
by = "expert"
required = true

[[field]]
key = "worth"
label = "ارزش"
kind = "money"
by = "expert"
formula = "rate * land"

[[check]]
holds = "worth < 100000000"
field = "rate"
words = "ارزش بیش از اندازه است."
"""


@pytest.mark.slow
def test_the_expert_works_with_what_was_decided_upon_and_is_told_no_more_of_the_record(
    small_town: Town,
) -> None:
    letter = "ارزش {{ fields.worth }} ریال برای {{ fields.land }} مترمربع است."
    text = plain_text(SEEN, gates='"expert"', letter=letter, example=_SEEN_EXAMPLE)
    whole = expand(text, NAME).text
    small_town.house.put_in_force([publication(Topic.SERVICE, "plain", MORNING.date(), whole)])
    record = small_town.record(Scenario.CLEAN)
    # As a desk without a line would have let it be typed.
    case_id = small_town.register(record, "plain", land="7.00")
    case = shown(small_town, case_id)
    assert case.decision is not None
    assert case.request.answers["land"] == "7.00"
    assert case.decision.anew == {"land": f"{record.land:.2f}"}
    with pytest.raises(Refusals, match="ارزش بیش از اندازه است"):
        enter(small_town, case_id, rate="10000000")
    case = enter(small_town, case_id, rate="1000")
    assert case.answer is not None
    words = case.answer.letter.text.paragraphs[0]
    assert words.startswith(f"ارزش {format_number(int(record.land * 1000))} ریال")

"""Every gate and every code it can give has words: for the screen, and for a letter if it fails."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.decision import Decision, Outcome, decide
from desktop.domain.gates import GATES, Finding, Owed
from desktop.domain.objection import Ground, Objections
from desktop.domain.persian import strip_isolates
from desktop.domain.property import Article100File, Debt, Permit
from desktop.domain.service import Effect
from desktop.domain.wordings import TITLES, WORDINGS
from desktop.domain.words import (
    EFFECTS,
    HEADLINES,
    OUTCOMES,
    laws_of,
    letter_reason,
    objection,
    outcome_sentence,
    tell,
    tell_all,
    waiting_debts,
)
from desktop.forms.shipped import shipped_city
from tests.property import TODAY, a_property, ask, finding
from tests.shipped import SHIPPED
from tests.spelled import DebtStatus, FileStatus

GATES_FOLDER = Path(__file__).parents[2] / "desktop" / "domain" / "gates"
LATIN = re.compile(r"[A-Za-z0-9{}]")
# Every value that a gate gives, so that any sentence can be filled.
VALUES: dict[str, str | int] = {
    "district": 6, "where": "شهرداری حمیدیا", "code": "2-1-1-1-0-0-0", "days": 31, "limit": 30,
    "name": "فاطمه دهقان", "dang": "1.5", "held": "3", "recorded": "5", "deed": "قولنامه‌ای",
    "use": "باغ", "authority": "شعبهٔ 3", "number": "2-812", "date": "1405/09/03", "scope": "همه",
    "count": 2, "area": "4.20", "plan": 1, "closed": 1, "status": "تجدیدنظر", "fine": 700,
    "total": 1_250_000, "from": 1403, "to": 1405, "disputed": 1, "files": 1, "debts": 900,
    "kind": "پایان کار", "until": "1405/12/29", "wanted": "پایان کار، عدم خلاف", "months": 12,
    "least": 200, "zone": "R1", "title": "محرم", "first": "1405/03/26", "last": "1405/04/07",
    "free": "1405/04/08", "causes": "طول", "charges": "ودیعه", "sum": 5, "body": "بانک 1",
    "columns": "widening last_visit", "unclear": 1, "year": 1350, "since": 1356,
    "finished": "1405/08/01", "ground": "", "new_kind": "پروانهٔ ساختمانی",
    "new_number": "2-900", "new_date": "1405/09/04",
}  # fmt: skip
# What a record may lack, or a gate count none of.
MAY_BE_EMPTY = (
    "authority", "number", "date", "scope", "status", "until", "body", "where", "use", "name",
    "plan", "closed", "fine", "disputed", "debts", "new_date",
)  # fmt: skip
SAID_THOUGH_PASSED = {("permit", "older")}
FAILING_ELSEWHERE = {("hold", "known"), ("hold", "unknown")}
# One gate under two names: RULES.md names the digs' own.
CHARGES = {
    (gate, code, code != "paid")
    for gate in ("charge", "restoration")
    for code in ("paid", "unpaid", "after", "unknown", "changed")
}


def codes_in_the_gates() -> set[tuple[str, str, bool]]:
    """(gate, code, can fail) of every `Finding(…)` that stands in the gates' source."""
    found = set()
    for path in GATES_FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding":
                gate, code, *rest = node.args
                if isinstance(gate, ast.Constant) and isinstance(code, ast.Constant):
                    found.add((str(gate.value), str(code.value), bool(rest)))
    return found | CHARGES | {(gate, code, True) for gate, code in FAILING_ELSEWHERE}


CODES = sorted(codes_in_the_gates())


def test_the_table_holds_what_gates_can_say_and_nothing_else() -> None:
    assert {(gate, code) for gate, code, _ in CODES} == set(WORDINGS)
    # A service's own rule brings its words along.
    assert {gate for gate, _, _ in CODES} == set(GATES) - {"rule"} == set(TITLES)


@pytest.mark.parametrize(("gate", "code", "fails"), CODES)
def test_a_finding_reads_as_persian(gate: str, code: str, fails: bool) -> None:
    effect = Effect.REVIEW if fails else None
    row = tell(Finding(gate, code, effect, VALUES), TODAY)
    for text in (row.condition, row.seen, row.source, row.article):
        assert text.strip()
        assert not LATIN.search(text), text
    assert row.effect == ("review" if fails else "")
    if fails or (gate, code) in SAID_THOUGH_PASSED:
        sentence = letter_reason(Finding(gate, code, effect, VALUES))
        assert sentence.endswith(".")
        assert not LATIN.search(sentence), sentence
        assert strip_isolates(sentence) == sentence
    else:
        with pytest.raises(KeyError):
            letter_reason(Finding(gate, code, None, VALUES))


@pytest.mark.parametrize(("gate", "code", "fails"), CODES)
def test_what_is_unknown_leaves_no_hole(gate: str, code: str, fails: bool) -> None:
    empty = {key: "" if isinstance(VALUES[key], str) else 0 for key in MAY_BE_EMPTY}
    values = {**VALUES, **empty}
    row = tell(Finding(gate, code, Effect.REVIEW if fails else None, values), TODAY)
    assert row.seen.strip(" ،؛:")
    assert not re.search(r" ،|،$|: *$|  |«»", row.seen), row.seen


def test_the_fact_its_date_and_its_figure_are_said() -> None:
    old = finding(ask(a_property(last_visit=date(2025, 5, 20))), "recent-visit", months=12)
    row = tell(old, TODAY)
    assert (row.condition, strip_isolates(row.seen), row.article) == (
        "آخرین بازدید بیش از ۱۲ ماه پیش است",
        "آخرین بازدید: ۱۴۰۴/۰۲/۳۰",
        "—",
    )
    file = Article100File("تراس", Decimal(3), FileStatus.FINE_UNPAID, 1_250_000)
    fine = tell(finding(ask(a_property(files=(file,))), "violation"), TODAY)
    assert "۱٬۲۵۰٬۰۰۰ ریال" in fine.seen
    assert (fine.source, fine.article) == ("پرونده‌های مادهٔ ۱۰۰", "مادهٔ ۱۰۰")
    widened = finding(ask(a_property(widening=Decimal("4.2"))), "plan-conflict")
    assert letter_reason(widened) == "مقدار ۴٫۲۰ مترمربع از عرصه در تعریض معبر قرار دارد."


def test_a_cleared_gate_tells_why() -> None:
    row = tell(Finding("permit", "cleared", None, {"why": "پروانه دیده شد، 1404"}), TODAY)
    assert row.condition == "پروانهٔ معتبر: پذیرفته شد"
    assert row.seen == "پروانه دیده شد، ۱۴۰۴"


def test_a_cleared_gate_tells_what_had_been_found() -> None:
    service = SHIPPED["no-violation"]
    expired = ask(a_property(permits=(Permit("63093", date(2022, 8, 2), date(2025, 5, 11)),)))
    decided = decide(service, expired, {"permit": "ساخت پایان یافته است"})
    row = next(tell(found, TODAY) for found in decided.findings if found.gate == "permit")
    assert strip_isolates(row.condition).startswith("اعتبار پروانه پایان یافته است")
    assert row.condition.endswith("؛ پذیرفته شد")
    assert (row.seen, row.effect) == ("ساخت پایان یافته است", "")
    looked = Finding("expert", "cleared", None, {"found": "always", "why": "دیده شد"})
    assert tell(looked, TODAY).condition == "نظر کارشناس: پذیرفته شد"


def test_shares_that_nobody_recorded_are_no_sum() -> None:
    def told(recorded: str) -> str:
        values = {"recorded": recorded}
        return tell(Finding("co-owners", "shares", Effect.REVIEW, values), TODAY).seen

    assert told("0") == "در سوابق سهم مالکان ثبت نشده است"
    assert told("4.5") == "جمع سهم‌های ثبت‌شدهٔ مالکان ۴٫۵ دانگ است، نه ۶ دانگ"


def decision(*findings: Finding, outcome: Outcome = Outcome.REFUSE) -> Decision:
    owed = tuple(owed for found in findings for owed in found.owed)
    return Decision(outcome, findings, owed, TODAY - timedelta(days=1), TODAY, "v")


def failed(
    gate: str, code: str, effect: Effect, owed: tuple[Owed, ...] = (), ground: str = ""
) -> Finding:
    return Finding(gate, code, effect, {**VALUES, "ground": ground}, owed)


WAYS = shipped_city().objections
COURT, DUES = WAYS.way(Ground.OTHER, ""), WAYS.way(Ground.DUES, "")
FINAL = WAYS.way(Ground.FINAL_RULING, "")
LEVY = WAYS.way(Ground.RENEWAL_LEVY, "")
OF_THE_HOLD = WAYS.way(Ground.HOLD, str(VALUES["authority"]))


@pytest.mark.parametrize(
    ("findings", "way"),
    [
        ((failed("violation", "open", Effect.REFUSE, ground="final-ruling"),), FINAL),
        ((failed("violation", "open", Effect.REFUSE),), COURT),
        ((failed("debt", "due", Effect.PAY),), DUES),
        ((failed("debt", "due", Effect.PAY, ground="dues renewal-levy"),), f"{DUES} {LEVY}"),
        ((failed("hold", "known", Effect.REFUSE),), OF_THE_HOLD),
        (
            (failed("hold", "known", Effect.REFUSE), failed("debt", "due", Effect.PAY)),
            f"{OF_THE_HOLD} {DUES}",
        ),
        ((failed("waqf", "waqf", Effect.NOTE),), COURT),
        (
            (failed("debt", "due", Effect.PAY), failed("waqf", "waqf", Effect.NOTE)),
            DUES,
        ),
    ],
)
def test_the_way_to_object_follows_the_reasons(findings: tuple[Finding, ...], way: str) -> None:
    assert objection(decision(*findings), WAYS) == way


def test_a_refusal_by_an_expert_tells_the_court_and_its_term() -> None:
    found = failed("debt", "due", Effect.PAY)
    assert objection(decision(found), WAYS, by_expert=True) == f"{COURT} {DUES}"
    assert "۳ ماه" in COURT
    assert "۶ ماه" in COURT


def test_two_reasons_with_one_way_are_told_once_and_others_stay_apart() -> None:
    ruled = failed("violation", "open", Effect.REFUSE, ground="final-ruling")
    told = objection(decision(ruled, failed("waqf", "waqf", Effect.REVIEW)), WAYS)
    assert told.startswith("رأی کمیسیون مادهٔ ۱۰۰ قطعی است و از آن و از این پاسخ می‌توان تا ۳ ماه")
    assert told.count("دیوان عدالت اداری") == 1
    two = [(Ground.HOLD, "شعبهٔ 1"), (Ground.HOLD, "شعبهٔ 3")]
    assert WAYS.sentences(two) == " ".join(WAYS.way(*each) for each in two)


def test_figures_without_ways_still_tell_the_court() -> None:
    assert objection(decision(failed("hold", "known", Effect.REFUSE)), Objections()) == COURT


def test_rows_come_failing_first_and_strictest_first() -> None:
    rows = tell_all(
        decision(
            Finding("record", "found", values=VALUES),
            failed("waqf", "waqf", Effect.NOTE),
            failed("hold", "known", Effect.REFUSE),
        )
    )
    assert [row.gate for row in rows] == ["hold", "waqf", "record"]
    assert "۱۴۰۵/۰۹/۰۲" in rows[2].source


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ((1403, 1405), "سال‌های ۱۴۰۳ و ۱۴۰۵"),
        ((1403, 1404, 1405, 1405), "سال‌های ۱۴۰۳ تا ۱۴۰۵"),
        ((1404, 1405), "سال‌های ۱۴۰۴ و ۱۴۰۵"),
        ((), "سال‌های ۱۴۰۳ تا ۱۴۰۵"),
    ],
)
def test_a_year_that_is_not_owed_is_not_said_to_be(years: tuple[int, ...], words: str) -> None:
    owed = tuple(Owed(str(at), "نوسازی", year, 1000, 0) for at, year in enumerate(years))
    found = failed("debt", "due", Effect.PAY, owed)
    assert tell(found, TODAY).seen.endswith(words)
    assert f"بابت {words}،" in letter_reason(found)


@pytest.mark.parametrize(
    ("kinds", "law"),
    [
        (["نوسازی"], "قانون نوسازی، مادهٔ ۸"),
        (["پسماند"], "مادهٔ ۷۷"),
        (["نوسازی", "پسماند"], "مادهٔ ۷۷؛ قانون نوسازی، مادهٔ ۸"),
    ],
)
def test_a_debt_rests_on_the_law_of_its_kind(kinds: list[str], law: str) -> None:
    debts = tuple(_debt(kind, TODAY) for kind in kinds)
    asked = ask(a_property(debts=debts), city=shipped_city())
    assert tell(finding(asked, "debt"), TODAY).article == law


def _debt(kind: str, due: date, status: str = DebtStatus.FINAL) -> Debt:
    return Debt(1405, kind, 1_000, 0, due, status, "", "")


def test_a_refusal_names_the_law_of_each_article_whole() -> None:
    dues = replace(
        failed("debt", "due", Effect.PAY), values=VALUES | {"ground": "dues renewal-levy"}
    )
    of_both = decision(failed("hold", "known", Effect.REFUSE), dues)
    assert laws_of(of_both)[1:] == ("مادهٔ ۷۷ قانون شهرداری", "قانون نوسازی، مادهٔ ۸")


def test_debts_that_are_not_due_are_told_one_by_one() -> None:
    debts = (
        _debt("نوسازی", TODAY + timedelta(days=30)),
        _debt("پسماند", TODAY, DebtStatus.ARTICLE_77),
    )
    found = finding(ask(a_property(debts=debts)), "debt")
    assert found.passed
    assert waiting_debts(found) == (
        "نوسازی سال ۱۴۰۵، ۱٬۰۰۰ ریال، سررسید ۱۴۰۵/۱۰/۰۳؛ پسماند سال ۱۴۰۵، ۱٬۰۰۰ ریال، در کمیسیون"
    )
    # A finding of before says only how many.
    assert waiting_debts(replace(found, values={"disputed": 2})).startswith("۲ قلم")


def test_every_outcome_and_effect_has_words() -> None:
    assert set(OUTCOMES) == set(Outcome)
    # An answer's headline is what its letter is about.
    assert set(HEADLINES) == set(Outcome) - {Outcome.ANSWER}
    assert set(EFFECTS) == set(Effect)
    owed = (Owed("k", "نوسازی", 1404, 1000, 0),)
    for outcome in Outcome:
        sentence = outcome_sentence(
            decision(failed("debt", "due", Effect.PAY, owed), outcome=outcome), WAYS
        )
        assert sentence.endswith(".")
        assert not LATIN.search(sentence)

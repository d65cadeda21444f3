"""Persian sentences for what the records say: findings, outcomes, effects, reasons of letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desktop.domain.calendar import format_jalali, parse_jalali
from desktop.domain.decision import FOUND, Decision, Outcome
from desktop.domain.gates import AWAITED, RULE_WORDS, UNASKED, Finding
from desktop.domain.gates.money import NO_DAY
from desktop.domain.gates.question import Value
from desktop.domain.letter import Letter, LetterKind
from desktop.domain.money import format_area, format_rial, in_words, rial_in_words
from desktop.domain.objection import Ground, Objections
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.service import Effect
from desktop.domain.wordings import LOOK_AT, TITLES, WORDINGS, Wording
from desktop.domain.wordings.base import ARTICLE_8, ARTICLE_77

UNKNOWN = "نامعلوم"
CLEARED = "cleared"
_EXPERT = Finding("expert", "always", Effect.REVIEW)
# What holds a code, plate number or date together in a line that runs right to left.
_CODE = re.compile(r"[۰-۹]+(?:[-/–][۰-۹]+)+")

EFFECTS: Mapping[Effect, str] = {
    Effect.REFUSE: "پاسخ منفی",
    Effect.VISIT: "بازدید",
    Effect.REVIEW: "بررسی کارشناس",
    Effect.PAY: "پرداخت",
    Effect.NOTE: "یادآوری در نامه",
}
HEADLINES: Mapping[Outcome, str] = {
    Outcome.PAY: "در انتظار پرداخت",
    Outcome.VISIT: "نوبت بازدید لازم است",
    Outcome.REVIEW: "بررسی کارشناس شهرداری",
    Outcome.REFUSE: "پاسخ منفی",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.ANSWER: "پاسخ مثبت",
    Outcome.PAY: "پرداخت",
    Outcome.VISIT: "بازدید",
    Outcome.REVIEW: "بررسی کارشناس",
    Outcome.REFUSE: "پاسخ منفی",
}
# Said while nothing of the centre has come yet.
WAITING_HEADLINE = "ثبت شد، در صف ارسال"
WAITING_SENTENCE = "به مرکز وصل نیستیم. با وصل شدن خط، پاسخ خودکار می‌رسد."

_FORM_AND_RECORDS = "فرم درخواست و سوابق"
_UNASKED = "در این درخواست ملکی که سابقه داشته باشد نام برده نشده است"
_MAY_BE_EMPTY = (
    "date",
    "new_date",
    "until",
    "number",
    "authority",
    "scope",
    "status",
    "body",
    "use",
    "name",
    "deed",
)
# Where nothing in the finding says on which ground it is objected to.
_GROUND_OF = {
    "hold": Ground.HOLD,
    "debt": Ground.DUES,
    "restoration": Ground.DUES,
    "charge": Ground.DUES,
}
# By what a debt is of; all other dues are of Article 77.
_LAW_OF = {Ground.RENEWAL_LEVY: ARTICLE_8}


@dataclass(frozen=True)
class FindingWords:
    """A finding as a «چرا؟» row reads it; `effect` is empty when the gate passed.

    `condition` is a short title, `seen` one sentence with fact, date and figure, `source` where it
    was seen, `article` the law or «—». Dates and codes are isolates.
    """

    gate: str
    effect: str
    condition: str
    seen: str
    source: str
    article: str

    @property
    def look_at(self) -> str:
        """What it asks of the inspector whom it sends there."""
        return LOOK_AT.get(self.gate, self.condition)


def answer_words(letter: Letter) -> str:
    """What an answer is called: a negative one so, another by its own subject.

    Not every letter that refuses nothing is good news.
    """
    negative = letter.kind is LetterKind.REFUSAL
    return OUTCOMES[Outcome.REFUSE] if negative else letter.text.subject


def letter_called(letter: Letter) -> str:
    """What a letter is called among others: an answer by its own subject, as above."""
    return letter.text.subject if letter.kind is LetterKind.ANSWER else letter.kind.word


def tell_all(decision: Decision) -> tuple[FindingWords, ...]:
    """All findings in words: failing ones first, strictest first, then the passing ones."""
    passing = [finding for finding in decision.findings if finding.passed]
    ordered = [*decision.failing, *passing]
    return tuple(tell(finding, decision.as_of) for finding in ordered)


def tell(finding: Finding, as_of: date) -> FindingWords:
    """One finding in words; `as_of` is the day of the records."""
    effect = str(finding.effect or "")
    if finding.code == CLEARED:
        why = _isolated(to_persian_digits(str(finding.values.get("why", ""))))
        title = _cleared_title(finding, as_of)
        return FindingWords(finding.gate, effect, title, why, "گزارش بازدید یا نظر کارشناس", "—")
    if finding.code == AWAITED:
        title = f"{title_of(finding)}: پس از نظر کارشناس"
        entered = to_persian_digits(str(finding.values["entered"]))
        seen = f"پس از ثبت {entered} توسط کارشناس محاسبه می‌شود"
        return FindingWords(finding.gate, effect, title, seen, _FORM_AND_RECORDS, "—")
    if finding.code == UNASKED:
        title = f"{title_of(finding)}: از سوابق پرسیده نشد"
        return FindingWords(finding.gate, effect, title, _UNASKED, _FORM_AND_RECORDS, "—")
    wording = _wording(finding)
    values = {**_formatted(finding), "as_of": format_jalali(as_of)}
    return FindingWords(
        gate=finding.gate,
        effect=effect,
        condition=wording.condition.format_map(values),
        seen=_isolated(wording.seen.format_map(values)),
        source=_isolated(wording.source.format_map(values)),
        article=wording.article.format_map(values),
    )


def _cleared_title(finding: Finding, as_of: date) -> str:
    """That it was accepted, after what was found: «اعتبار پروانه پایان یافته است؛ پذیرفته شد».

    That an expert looks at every such request is nothing found; findings of before this was told
    say only what they are about.
    """
    found = str(finding.values.get(FOUND, ""))
    if not found or finding.gate == _EXPERT.gate:
        return f"{title_of(finding)}: پذیرفته شد"
    condition = tell(replace(finding, code=found), as_of).condition
    return f"{condition}؛ پذیرفته شد"


def letter_reason(finding: Finding) -> str:
    """The finding as a whole sentence of a letter: a reason of a refusal, or a note.

    Raises KeyError for a code that cannot fail.
    """
    if finding.code in (AWAITED, UNASKED):
        return _wording(_EXPERT).letter
    sentence = _wording(finding).letter
    if not sentence:
        raise KeyError(f"{finding.gate}/{finding.code} has no sentence for a letter")
    return sentence.format_map(_formatted(finding))


def with_article(sentence: str, article: str) -> str:
    """«بنا بیرون از پروانه است (مادهٔ ۱۰۰ قانون شهرداری).»; a sentence that names it stays."""
    if not article or article in sentence:
        return sentence
    return f"{sentence.removesuffix('.')} ({article})."


def said_though_passed(finding: Finding) -> bool:
    """Whether a gate that passes has something that the letter must say all the same."""
    return finding.passed and finding.code != CLEARED and bool(_wording(finding).letter)


def article_of(finding: Finding) -> str:
    """The article that a finding rests on, or empty."""
    if finding.code in (AWAITED, UNASKED):
        return ""
    article = _wording(finding).article
    return "" if article == "—" else article.format_map(_formatted(finding))


def laws_of(decision: Decision) -> tuple[str, ...]:
    """The articles that the reasons of a negative letter rest on, each once."""
    return laws_in(reasons_of(decision))


def laws_in(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The articles that these findings rest on, each once."""
    rests_on = [article_of(finding) for finding in findings]
    found = dict.fromkeys(law for articles in rests_on for law in articles.split("؛ "))
    return tuple(
        f"{law} قانون شهرداری" if law.startswith("ماده") and "قانون" not in law else law
        for law in found
        if law
    )


def reasons_of(decision: Decision) -> tuple[Finding, ...]:
    """The findings that a negative or debt letter gives as its reasons: all failing but notes.

    That an expert looks at every such request, or has something to enter, is no reason where there
    is another.
    """
    failing = tuple(f for f in decision.failing if f.effect is not Effect.NOTE)
    return tuple(f for f in failing if f.gate != _EXPERT.gate and f.code != AWAITED) or failing


def objection(decision: Decision, ways: Objections, *, by_expert: bool = False) -> str:
    """Where and until when to object, one sentence a ground of the reasons (RULES.md, end of §3).

    An expert's own reasons are the municipality's answer, whatever the gates found.
    """
    grounds = [ground for finding in reasons_of(decision) for ground in _grounds(finding)]
    if by_expert:
        grounds = [(Ground.OTHER, ""), *(g for g in grounds if g[0] is not Ground.OTHER)]
    return ways.sentences(grounds)


def _grounds(finding: Finding) -> list[tuple[Ground, str]]:
    told = str(finding.values.get("ground", "")).split()
    grounds = [Ground(each) for each in told] or [_GROUND_OF.get(finding.gate, Ground.OTHER)]
    return [(ground, str(finding.values.get("authority", ""))) for ground in grounds]


def outcome_sentence(decision: Decision, ways: Objections) -> str:
    """The sentence under the outcome's headline, where no number or date of a letter is needed."""
    if decision.outcome is Outcome.PAY:
        return (
            f"{format_rial(decision.amount)} با شناسهٔ قبض و پرداخت؛ پس از تسویه پاسخ آماده می‌شود."
        )
    if decision.outcome is Outcome.REFUSE:
        return f"{_main_reason(decision)} {objection(decision, ways)}"
    return _SENTENCES[decision.outcome]


_SENTENCES: Mapping[Outcome, str] = {
    Outcome.ANSWER: "نامه آمادهٔ تأیید و مهر است.",
    Outcome.VISIT: "پاسخ آنی ممکن نشد: بازدید ملک لازم است. نزدیک‌ترین نوبت را برگزینید.",
    Outcome.REVIEW: "پرونده نزد کارشناس شهرسازی است. پاسخ او خودکار به همین دفتر می‌رسد.",
}


def _main_reason(decision: Decision) -> str:
    return letter_reason(decision.failing[0]) if decision.failing else ""


def title_of(finding: Finding) -> str:
    """What the finding's gate is about, whatever it found."""
    own = finding.values.get("title") if _own_rule(finding) else None
    return str(own) if own else TITLES[finding.gate]


def _own_rule(finding: Finding) -> bool:
    return finding.gate not in TITLES


def _wording(finding: Finding) -> Wording:
    if not _own_rule(finding):
        return WORDINGS[finding.gate, finding.code]
    # The sentences are whole already: nothing in them is a place to be filled.
    said = {key: str(finding.values[key]) for key in RULE_WORDS}
    title, seen, letter, article = (_literal(said[key]) for key in RULE_WORDS)
    # What a letter says of a rule is that it does not hold.
    letter = "" if finding.passed else letter
    # What it found comes first, as with every other gate; what it is about stands beside it.
    return Wording(seen.rstrip("."), title, _FORM_AND_RECORDS, article or "—", letter)


def _literal(sentence: str) -> str:
    return sentence.replace("{", "{{").replace("}", "}}")


def _isolated(text: str) -> str:
    return _CODE.sub(lambda code: isolate(code[0]), text)


def money_in_letter(amount: int) -> str:
    """«۱٬۲۵۰٬۰۰۰ ریال (یک میلیون و دویست و پنجاه هزار ریال)»."""
    return f"{format_rial(amount)} ({rial_in_words(amount)})"


def _formatted(finding: Finding) -> dict[str, str]:
    """The finding's values ready to be read, with the phrases that stand only if there is one."""
    values = finding.values
    read = {key: _FORMATS.get(key, _plain)(value) for key, value in values.items()}
    for key in _MAY_BE_EMPTY:
        if key in read and not read[key]:
            read[key] = UNKNOWN
    # Findings of before a paper's kind was told say only that there is one.
    read.setdefault("kind", "مدرک")
    read.setdefault("new_kind", "مدرک")
    number, day, until = values.get("number"), values.get("date"), values.get("until")
    read["number_too"] = f"، شمارهٔ {read['number']}" if number else ""
    read["date_too"] = f"، {read['date']}" if day else ""
    read["until_too"] = f"، تا {read['until']}" if until else ""
    read["in_all"] = " جمعاً" if values.get("several") else ""
    read["plan_too"] = " و ملک در طرح عمومی است" if values.get("plan") else ""
    if "fine" in values:
        fine = _whole(values["fine"])
        read["fine_too"] = f"؛ جریمهٔ پرداخت‌نشده {format_rial(fine)}" if fine else ""
    for key in ("count", "files"):
        if key in values:
            read[f"{key}_words"] = in_words(_whole(values[key]))
    if finding.gate == "violation":
        # A file whose ruling is final is not open, though nothing of it is done.
        final = values.get("ground") == Ground.FINAL_RULING
        one = "پرونده با رأی قطعی و اجرانشده" if values.get("count") == 1 else "پروندهٔ خاتمه‌نیافته"
        read["files_so_far"] = one if final else "پروندهٔ مفتوح"
    if "where" in values:
        read["go"] = f"؛ مرجع آن {read['where']} است" if values["where"] else ""
    if "closed" in values:
        closed = read["closed"]
        read["closed_files"] = f"{closed} پروندهٔ بسته" if values["closed"] else "پرونده‌ای نیست"
    if "disputed" in values:
        waiting = waiting_debts(finding)
        read["disputed_too"] = waiting if values["disputed"] else "همهٔ قلم‌ها پرداخت شده است"
    if "columns" in values:
        named = str(values["columns"]).split()
        read["columns"] = join_and([f"«{OWN_COLUMNS.get(name, name)}»" for name in named])
    if "recorded" in values:
        read["shares"] = f"جمع سهم‌های ثبت‌شدهٔ مالکان {read['recorded']} دانگ است، نه ۶ دانگ"
        if not float(values["recorded"]):
            read["shares"] = "در سوابق سهم مالکان ثبت نشده است"
    if finding.gate == "debt":
        grounds = [ground for ground, _ in _grounds(finding)]
        read["law"] = "؛ ".join(dict.fromkeys(_LAW_OF.get(each, ARTICLE_77) for each in grounds))
    if "from" in values:
        read["total_words"] = money_in_letter(_whole(values["total"]))
        read["years"] = _years(finding)
    if "unclear" in values:
        due = _whole(values["total"])
        read["total_too"] = f"؛ {format_rial(due)} بدهی روشن هم هست" if due else ""
    if "debts" in values:
        owed = _whole(values["debts"])
        read["debts_words"] = money_in_letter(owed)
        read["debts_too"] = f" و {format_rial(owed)} بدهی" if owed else ""
    return read


def waiting_debts(finding: Finding) -> str:
    """What the property's debts that are not due are: each with year, sum and day; empty for none.

    Findings of before say only how many there are.
    """
    count = _whole(finding.values.get("disputed", 0))
    if not count:
        return ""
    told = str(finding.values.get("waiting", "")).splitlines()
    if not told:
        return to_persian_digits(f"{count} قلم هنوز سررسید نشده یا در کمیسیون است")
    return "؛ ".join(_waiting_debt(*line.split(" ", 3)) for line in told)


def _waiting_debt(year: str, total: str, due: str, kind: str) -> str:
    kind = kind or "بدهی"
    of = f"{kind} سال {year}" if year != "0" else kind
    stands = "در کمیسیون" if due == NO_DAY else f"سررسید {format_jalali(parse_jalali(due))}"
    return to_persian_digits(f"{of}، {format_rial(int(total))}، {stands}")


def _years(finding: Finding) -> str:
    """«سال ۱۴۰۵», «سال‌های ۱۴۰۳ تا ۱۴۰۵», «سال‌های ۱۴۰۴ و ۱۴۰۵».

    Where years between are not owed, each by itself.
    """
    first, last = _whole(finding.values["from"]), _whole(finding.values["to"])
    if not last:
        return "سال نامعلوم"
    if first == last:
        return to_persian_digits(f"سال {first}")
    # A finding of before says them only by what it asks.
    owed = sorted({each.year for each in finding.owed if each.year})
    said = str(finding.values.get("years", "")).split() or [str(year) for year in owed]
    if said and len(said) < last - first + 1:
        return to_persian_digits(f"سال‌های {join_and(said)}")
    through = "و" if last == first + 1 else "تا"
    return to_persian_digits(f"سال‌های {first} {through} {last}")


def _whole(value: Value) -> int:
    return int(value)


def _plain(value: Value) -> str:
    return to_persian_digits(str(value)).replace(".", "٫")


def _words_only(value: Value) -> str:
    return to_persian_digits(str(value))


def _money(value: Value) -> str:
    return format_rial(int(value))


def _wanted(value: Value) -> str:
    return str(value).replace("، ", " یا ")


# What a person calls the values of a record that an export could have in unreadable words.
OWN_COLUMNS: Mapping[str, str] = {
    "plate": "پلاک ثبتی",
    "address": "نشانی",
    "neighbourhood": "محله",
    "deed": "نوع سند",
    "use": "کاربری",
    "zone": "پهنه",
    "latitude": "عرض جغرافیایی",
    "longitude": "طول جغرافیایی",
    "district": "منطقه",
    "postal_code": "کد پستی",
    "land_by_deed": "عرصهٔ سند",
    "land": "عرصهٔ موجود",
    "built": "اعیان",
    "floors": "طبقات",
    "units": "واحد",
    "historic": "بافت تاریخی",
    "widening": "تعریض",
    "on_plan": "طرح",
    "last_visit": "تاریخ آخرین بازدید",
    "year_built": "سال ساخت",
    "dead": "فوت",
}

# Scopes of a hold as an export writes them, and as a letter does.
_SCOPES = {"همه": "هر اقدامی", "ساخت و ساز": "ساخت‌وساز"}


def _scope(value: Value) -> str:
    return _SCOPES.get(str(value), str(value))


_FORMATS: Mapping[str, Callable[[Value], str]] = {
    "area": lambda value: format_area(Decimal(str(value))),
    "total": _money,
    "fine": _money,
    "debts": _money,
    "sum": _money,
    "wanted": _wanted,
    "scope": _scope,
    "authority": _words_only,
    "number": _words_only,
    "body": _words_only,
    "where": _words_only,
    "status": _words_only,
    "deed": _words_only,
    "use": _words_only,
    "causes": _words_only,
    "charges": _words_only,
    "new_number": _words_only,
    "kind": _words_only,
    "new_kind": _words_only,
    "title": _words_only,
    "name": _words_only,
}

"""What is wrong with the letters that a service's examples lead to, each with its template's line.

They are filled on trial before the file is published: no place stays empty, no star stays open,
what must be said is said, and no letter runs away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.centre.letter_values import values_of
from desktop.centre.letters import Unwritable, filled
from desktop.centre.specimens import Specimen, specimens
from desktop.domain.city import City
from desktop.domain.letter import BOLD, LetterKind, LetterText
from desktop.domain.persian import to_persian_digits
from desktop.domain.service import Service
from desktop.forms.sandbox import FACT
from desktop.forms.templates import names_in
from desktop.forms.tracing import Traced, trace
from desktop.forms.wording_checks import MUST_PRINT

LONGEST_LETTER = 2_000
"""Characters of a letter's paragraphs and closing; the longest that ships has 1,000."""
_PARTS = {"addressee": "گیرندهٔ", "subject": "موضوع", "body": "متن", "closing": "پایان"}
_MAY_BE_EMPTY = ("closing",)
_APART = (
    f"سطرهای «{FACT}» تنها در body و در بندی جداگانه می‌آیند؛ سطری خالی پیش و پس از آنها بگذارید."
)
_FACT_WORDS = f"هر سطر مشخصات چنین است: «{FACT} برچسب: مقدار»."
# A fact with one value and nothing else; one with its label, or one of the list of facts.
_WHOLE_VALUE = re.compile(r"\|[^:{]+:\s*\{\{[^{}]*\}\}\s*")
_NAMED = re.compile(r"\|\s*([^:{\s][^:{]*:|\{\{\s*\w+\s*\}\}\s*$)")
# Marks with nothing between them, whatever stood there.
_HOLLOW = re.compile(r"\(\s*\)|«\s*»|[،؛:]\s*[،؛.]|\s[،؛]")


@dataclass(frozen=True)
class LetterFault:
    """A fault of a template: the letter, its key (`body`), the line in it (from 1), the words."""

    kind: LetterKind
    part: str
    line: int
    words: str


def letter_faults(service: Service, city: City, day: date) -> list[LetterFault]:
    """The faults of all letters of all examples, each told once, of the first example with it.

    The file must have no other fault: every example can be decided, every template be read.
    """
    told: dict[tuple[LetterKind, str, int, str], LetterFault] = {}
    seen: set[tuple[LetterKind, str]] = set()
    for specimen in specimens(service, city, day):
        form = service.letters[specimen.kind]
        values = values_of(service, specimen.case, names_in(form.body))
        # What is filled with the same values is the same letter.
        if (specimen.kind, repr(values)) in seen:
            continue
        seen.add((specimen.kind, repr(values)))
        for part, line, words in _faults(service, specimen, values):
            key = (specimen.kind, part, line, words)
            if key not in told:
                sentence = f"در نامهٔ {_named(specimen)} {words}"
                told[key] = LetterFault(specimen.kind, part, line, sentence)
    return list(told.values())


def _named(specimen: Specimen) -> str:
    way = f"، {specimen.way}" if specimen.way else ""
    asked = specimen.case.request.applicant.word
    return f"نمونهٔ «{specimen.example.name}» ({asked}{way})"


_Placed = tuple[str, int, str]


def _faults(
    service: Service, specimen: Specimen, values: Mapping[str, object]
) -> Iterator[_Placed]:
    form = service.letters[specimen.kind]
    drawn: dict[str, list[Traced]] = {}
    try:
        written = filled(service, specimen.kind, specimen.case, values)
        for part in _PARTS:
            drawn[part] = trace(getattr(form, part), values)
    except Unwritable:
        yield "body", 1, "متن پر نمی‌شود یا پایان ندارد؛ الگو را ساده‌تر بنویسید."
        return
    for part, paragraphs in drawn.items():
        if not paragraphs and part not in _MAY_BE_EMPTY:
            yield part, 1, f"{_PARTS[part]} نامه خالی است؛ مقداری بنویسید که همیشه هست."
        for paragraph in paragraphs:
            facts = part == "body" and paragraph.text.startswith(FACT)
            lines = getattr(form, part).split("\n")
            told = _of_facts(paragraph, lines) if facts else _of_paragraph(paragraph)
            yield from ((part, line, words) for line, words in told)
    text = " ".join(p.text for part in ("body", "closing") for p in drawn[part])
    yield from _unsaid(specimen, values, _said(written))
    if len(text) > LONGEST_LETTER:
        words = f"متن از {LONGEST_LETTER} نویسه بلندتر می‌شود؛ کوتاه کنید."
        yield "body", 1, to_persian_digits(words)


def _of_paragraph(paragraph: Traced) -> Iterator[tuple[int, str]]:
    for line, name in paragraph.empty:
        yield line, _empty_words(name)
    if "**" in BOLD.sub("", paragraph.text):
        words = "«**» بی‌جفت یا کنار فاصله است؛ دو سوی بخش پررنگ و چسبیده به آن بیاید."
        yield paragraph.line, words
    elif FACT in paragraph.text:
        yield paragraph.line, _APART
    elif not paragraph.empty and (hollow := _HOLLOW.search(paragraph.text)):
        words = f"«{hollow[0].strip()}» چیزی در میان ندارد؛ نشانهٔ افزون را بردارید."
        yield paragraph.line, words


def _of_facts(block: Traced, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """What is wrong with a block of key facts; `lines` are the template's."""
    for line, name in block.empty:
        # A fact with nothing but a value that is not known is left out of the letter.
        if not _WHOLE_VALUE.fullmatch(lines[line - 1]):
            yield line, _empty_words(name)
    if any(line.startswith(FACT) and ":" not in line for line in block.text.split("\n")):
        # No label and no value: such a row is in no letter.
        yield block.line, _FACT_WORDS
    for at, written in enumerate(lines[block.line - 1 :], start=block.line):
        if not written.strip():
            break
        if not written.lstrip().startswith((FACT, "{%")):
            yield at, _APART
        elif written.startswith(FACT) and not _NAMED.match(written):
            yield at, _FACT_WORDS


def _empty_words(name: str) -> str:
    first = name.split(" ")[0]
    remedy = f"میان {{% if {first} %}} و {{% endif %}} بیاورید"
    if name.startswith("fields."):
        remedy += " یا آن فیلد را required کنید"
    return f"{{{{ {name} }}}} خالی است؛ {remedy}."


def _said(written: LetterText) -> str:
    """All that the letter says in its paragraphs and facts."""
    rows = written.facts.rows if written.facts is not None else ()
    told = [*written.paragraphs, *(f"{label}: {value}" for label, value in rows), *written.closing]
    return " ".join(" ".join(told).split())


def _unsaid(specimen: Specimen, values: Mapping[str, object], text: str) -> Iterator[_Placed]:
    """What the letter must print and this one does not: it stands in a branch that is not taken."""
    wanted = MUST_PRINT.get(specimen.kind.value, ())
    wanted += ("valid_until",) if specimen.case.valid_until else ()
    for name in wanted:
        first, _, part = name.partition(".")
        value = getattr(values[first], part) if part else values[first]
        sentences = value if isinstance(value, list) else [value]
        told = (to_persian_digits(" ".join(str(sentence).split())) for sentence in sentences)
        if any(sentence not in text for sentence in told):
            words = f"{{{{ {name} }}}} نمی‌آید؛ آن را بیرون از {{% if %}} بیاورید."
            yield "body", 1, words

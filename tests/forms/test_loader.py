"""Service files with each kind of fault: all are told at once, each with its line and key."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from desktop.forms.blocks import expand
from desktop.forms.faults import FaultyFile, FileFault
from desktop.forms.loader import load, load_all

FOLDER = Path(__file__).parents[2] / "desktop" / "forms" / "services"
GOOD = (FOLDER / "no-violation.toml").read_text(encoding="utf-8")


def faults(text: str, name: str = "no-violation.toml") -> list[FileFault]:
    """The faults that loading tells."""
    with pytest.raises(FaultyFile) as told:
        load(text, name)
    assert len(told.value.faults) == len(told.value.file_faults)
    return told.value.file_faults


def line_of(text: str, part: str) -> int:
    """The line, from 1, of the first place where the part stands."""
    return text[: text.index(part)].count("\n") + 1


def test_a_good_file_is_a_service_whose_version_is_its_digest() -> None:
    service = load(GOOD, "no-violation.toml")
    assert service.code == "no-violation"
    whole = expand(GOOD, "no-violation.toml").text
    assert service.version == hashlib.sha256(whole.encode()).hexdigest()[:12]
    # What is published is read again without any block, and is the same.
    assert load(whole, "no-violation.toml") == service
    assert load(GOOD.replace("days = 30", "days = 31"), "x").version != service.version


# (what stands in the good file, what is put in its place, where the fault is, key, a word of it)
CHANGES = [
    ('    "violation"', '    "violatoin"', '"violatoin"', "gate[7].use", "violation"),
    ('    "debt",', '    "dept",', '"dept"', "gate[8].use", "debt"),
    (", months = 12", "", 'use = "recent-visit"', "gate[11].use", "months"),
    ('scopes = ["all"]', 'scopes = ["ours"]', "scopes", "gate[5].scopes[1]", "all"),
    ('kind = "date"', 'kind = "day"', 'kind = "day"', "field[4].kind", "day"),
    ('label = "مرحلهٔ ساختمانی"\n', "", "[[field]]", "field[1].label", "لازم"),
    ("not_after_today", "not_after_todey", "not_after_todey", "field[4].not_after_todey", "شاید"),
    (
        'key = "permit_until"',
        'key = "permit_number"',
        'key = "permit_number"\nlabel = "اعتبار',
        "field[6].key",
        "دو بار",
    ),
    (
        'record = "last_permit.number"',
        'when = { applicants = "attorney" }',
        "when = { applicants",
        "field[5].when.applicants",
        "در این خدمت نیست",
    ),
    (
        'record = "last_permit.number"',
        'when = { applicant = "bank" }',
        'when = { applicant = "bank" }',
        "field[5].when.applicant",
        "bank",
    ),
    (
        "last_permit.number",
        "last_permit.no",
        'record = "last_permit.no"',
        "field[5].record",
        "شاید",
    ),
    (
        "{{ permit.number }}",
        "{{ permit.numbr }}",
        "numbr",
        "letter.answer.body",
        "numbr",
    ),
    ("{{ fields.stage }}", "{{ fields.stoge }}", "stoge", "letter.answer.body", "stoge"),
    ("{{ known_until }}", "{{ yesterday }}", "yesterday", "letter.answer.body", "yesterday"),
    (
        "{{ known_until }}",
        "{{ known_until }",
        "{{ known_until }",
        "letter.answer.body",
        "خوانده نمی‌شود",
    ),
    (
        "{{ known_until }}",
        "{{ known_until | weekday }}",
        "weekday",
        "letter.answer.body",
        "weekday",
    ),
    ("{{ valid_until }}", "پایان", "body", "letter.answer.body", "valid_until"),
    (
        "{{ note }}\n\n{% endfor %}",
        "{% endfor %}",
        "{% for note in notes %}",
        "letter.answer.body",
        "{{ note }}",
    ),
    ('record = "demolition"', 'record = "demolished"', "demolished", "example[23].record", "شاید"),
    ('outcome = "pay"', 'outcome = "paid"', 'outcome = "paid"', "example[8].outcome", "paid"),
    ("effective = 2026-01-10", 'effective = "2026-01-10"', "effective", "effective", "بی‌گیومه"),
    ("digit = 1", "digit = 12", "digit = 12", "digit", "۹"),
    ('title = "گواهی عدم خلاف"\n', "", "", "title", "لازم"),
    ("red_from = 25", "red_from = 31", "red_from = 31", "term.red_from", "مهلت"),
    ("days = 30", 'days = "30"', "days", "term.days", "بی‌گیومه"),
    (
        'choices = ["پی", "اسکلت", "سفت‌کاری", "نازک‌کاری"]',
        'choices = ["پی"]',
        'kind = "choice"',
        "field[1].kind",
        "دو گزینه",
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new", "place", "key", "word"), CHANGES)
def test_a_fault_is_told_with_its_line_and_key(
    old: str, new: str, place: str, key: str, word: str
) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    if not key:
        load(text, "no-violation.toml")
        return
    told = faults(text)
    assert [(f.key, f.line) for f in told] == [(key, line_of(text, place) if place else 1)]
    assert word in told[0].advice
    assert told[0].words.startswith("no-violation.toml، سطر ")


def test_a_block_that_does_not_exist_is_told_where_it_is_named() -> None:
    told = faults(GOOD.replace('"refusal"', '"refusl"'))
    include = next(f for f in told if f.key == "include")
    assert include.line == line_of(GOOD, "include")
    assert "شاید «refusal»" in include.advice


def test_a_fault_in_a_block_is_told_where_the_file_names_it() -> None:
    own = GOOD + '\n[letter.refuse]\nsubject = "x"\n'
    told = faults(own)
    block = [f for f in told if "قطعهٔ آمادهٔ «refusal»" in f.advice]
    assert block
    assert {f.line for f in block} == {line_of(GOOD, "include")}
    assert all(f.line <= own.count("\n") + 1 for f in told)


@pytest.mark.parametrize(
    "written",
    [
        'include = ["applicants", "refusal"] # با هم',
        'include = [\n    "applicants",\n    "refusal",\n]',
        "include = ['applicants', 'refusal']",
    ],
)
def test_blocks_are_named_in_any_way_a_list_is_written(written: str) -> None:
    text = f'code = "x"\napplicants = ["owner"]\n{written}\n\n[fees]\noffice = "office"\n'
    whole = expand(text, "x.toml")
    assert [name for _, name in whole.blocks] == ["applicants", "refusal"]
    # Its own lines keep their numbers.
    assert whole.text.split("\n")[text.count("\n") - 1] == 'office = "office"'
    first = whole.text.split("\n").index("[letter.refuse]") + 1
    assert whole.block_of(first) == "refusal"
    assert whole.block_of(3) == ""


def test_a_missing_letter_is_told() -> None:
    assert [f.key for f in faults(GOOD.replace(', "debt"]', "]"))] == ["letter"]
    assert [f.key for f in faults(GOOD.replace(', "refusal"', ""))] == ["letter.refuse"]


def test_every_property_service_first_asks_of_the_record() -> None:
    first = ["outside-city", "record", "ambiguous-record", "doubted-record", "record-age"]
    gates = [use.gate for use in load(GOOD, "no-violation.toml").gates]
    assert gates[:5] == first
    own = GOOD.replace("gate = [\n", 'gate = [\n    { use = "record", effect = "note" },\n', 1)
    noted = load(own, "no-violation.toml").gates
    assert [use.gate for use in noted].count("record") == 1
    bare = GOOD.replace("declares = true", "declares = true\nneeds_property = false", 1)
    bare = bare.replace('"outside-city"', '"hold"')
    with pytest.raises(FaultyFile):
        # Its examples speak of gates that are not asked any more.
        load(bare, "no-violation.toml")


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_lines() -> None:
    text = GOOD
    for old, new in (
        ("digit = 1", "digit = 12"),
        ('kind = "date"', 'kind = "day"'),
        ('    "violation"', '    "violatoin"'),
        ("{{ known_until }}", "{{ yesterday }}"),
        ('record = "demolition"', 'record = "demolished"'),
    ):
        text = text.replace(old, new, 1)
    text = text.replace("required = true", "required = true\nrequired = true", 1)
    told = faults(text)
    assert [f.key for f in told] == [
        "digit",
        "gate[7].use",
        "field[1].required",
        "field[4].kind",
        "letter.answer.body",
        "example[23].record",
    ]
    assert [f.line for f in told] == sorted(f.line for f in told)


@pytest.mark.parametrize(
    ("old", "new", "place", "word"),
    [
        ("digit = 1", "digit 1", "digit 1", "="),
        ("digit = 1", "digit = one", "digit = one", "گیومه"),
        ("digit = 1", "digit = 1 2", "digit = 1 2", "یک کلید"),
        ('icon = "file-certificate"', 'icon = "file-certificate', "icon", "بسته"),
        ("[fees]", "[term]\n[term]\n[fees]", "", ""),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(old: str, new: str, place: str, word: str) -> None:
    text = GOOD.replace(old, new, 1)
    told = faults(text)
    if place:
        assert [f.line for f in told] == [line_of(text, place)]
        assert word in told[0].advice


def test_of_a_table_written_twice_only_that_is_told() -> None:
    for header in ("[term]", "[letter.answer]"):
        table = GOOD[GOOD.index(header) :].split("\n[")[0]
        twice = GOOD.replace(table, f"{table}\n{table}", 1)
        told = faults(twice)
        assert len(told) == 1, [fault.words for fault in told]
        assert "دو بار" in told[0].advice
        assert twice.split("\n")[told[0].line - 1].startswith(header)
        assert twice[: twice.rindex(header)].count("\n") + 1 == told[0].line


def test_a_folder_is_checked_across_its_files(tmp_path: Path) -> None:
    clearance = (FOLDER / "clearance.toml").read_text(encoding="utf-8")
    (tmp_path / "no-violation.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "other.toml").write_text(
        clearance.replace("digit = 4", "digit = 1", 1), encoding="utf-8"
    )
    (tmp_path / "latin.toml").write_bytes("title = «گواهی»".encode("utf-16"))
    with pytest.raises(FaultyFile) as told:
        load_all(tmp_path)
    found = [(f.file, f.key) for f in told.value.file_faults]
    assert found == [("latin.toml", ""), ("other.toml", "code"), ("other.toml", "digit")]


@pytest.mark.parametrize("text", ["", "\n\n", "# تنها توضیح\n"])
def test_an_empty_file_is_told_so_and_how_to_begin(text: str) -> None:
    (told,) = faults(text)
    assert told.line == 1
    assert "از الگوی خدمت تازه آغاز کنید" in told.advice


def test_a_file_that_is_all_but_empty_lacks_all_that_is_needed() -> None:
    keys = {f.key for f in faults('code = "no-violation"\n')}
    assert keys >= {"title", "effective", "applicants", "gate", "letter", "example"}

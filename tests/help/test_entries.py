"""The help is complete: every page, and every field that a service's form may ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.people import Applicant
from desktop.domain.service import Service
from desktop.forms.party import party_labels
from desktop.help.entry import Entry, FieldEntry
from desktop.help.finding import Where, find
from desktop.help.reading import read_help, shipped_help
from desktop.settings import resources
from tests.shipped import SHIPPED

HELP = shipped_help()
ENTRIES: tuple[Entry, ...] = (*HELP.pages.values(), *HELP.fields)
_SENTENCE = re.compile(r"[.؟!](?= |$)")


def _words(entry: Entry) -> Iterator[str]:
    yield from (entry.title, entry.what)
    if isinstance(entry, FieldEntry):
        yield from (*entry.how, entry.missing)
    else:
        yield from (entry.next, *(key.words for key in entry.keys))


@pytest.mark.parametrize("service", SHIPPED.values(), ids=list(SHIPPED))
def test_every_field_and_document_of_a_form_has_its_entry(service: Service) -> None:
    asked = {field.key: field for field in service.form_fields}
    lacking = [key for key in asked if HELP.field("Form", key) is None]
    lacking += [d.key for d in service.documents if not HELP.field("Form", f"document.{d.key}")]
    assert lacking == []
    for key, field in asked.items():
        entry = HELP.field("Form", key, field.label)
        assert entry is not None
        assert (entry.title, entry.kind) == (field.label, field.kind.value), key
    for document in service.documents:
        entry = HELP.field("Form", f"document.{document.key}", document.title)
        assert entry is not None
        assert entry.title == document.title


@pytest.mark.parametrize("kind", Applicant)
def test_what_is_asked_of_every_applicant_has_its_entry(kind: Applicant) -> None:
    keys = ["applicant", "party.foreign", *(f"party.{key}" for key in party_labels(kind))]
    assert [key for key in keys if HELP.field("Form", key) is None] == []


def test_the_rest_of_the_form_has_its_entries() -> None:
    keys = ("property.code", "property.plate", "unchanged", "duplicate", "fee", "consent")
    assert [key for key in keys if HELP.field("Form", key) is None] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.title)
def test_an_entry_is_short_and_ends_its_sentences(entry: Entry) -> None:
    assert 1 <= len(_SENTENCE.findall(entry.what)) <= 2, entry.what
    for words in list(_words(entry))[1:]:
        assert not words or words[-1] in ".؟" or not isinstance(entry, FieldEntry), words


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.title)
def test_a_place_to_work_at_is_no_table(entry: Entry) -> None:
    """A desk of an office is a «باجه»; «میز» is the municipality's alone."""
    assert "میز" not in " ".join(_words(entry)).split()


def test_no_two_entries_of_a_page_are_the_same_field() -> None:
    told = [(page, e.key, e.title) for e in HELP.fields for page in e.pages]
    assert len(told) == len(set(told))


def test_every_law_and_kind_of_the_files_is_used() -> None:
    laws = (resources() / "help" / "laws.toml").read_text(encoding="utf-8")
    used = {entry.law.name for entry in ENTRIES if entry.law is not None}
    assert set(re.findall(r'^name = "(.*)"$', laws, re.M)) == used
    kinds = (resources() / "help" / "kinds.toml").read_text(encoding="utf-8")
    assert set(re.findall(r"^\[kind\.(.*)\]$", kinds, re.M)) == {e.kind for e in HELP.fields}


@pytest.mark.parametrize("typed", ["كد نوسازي", "کدنوسازی", "کد  نوسازی"])
def test_a_search_folds_letters_and_spaces(typed: str) -> None:
    found = find(HELP, typed, Where("Form", {"property.code"}))
    assert isinstance(found[0], FieldEntry)
    assert found[0].key == "property.code"


def test_what_is_nearest_is_found_first() -> None:
    asked = frozenset({"report_date", "stage"})
    found = find(HELP, "گزارش", Where("Form", {"report_date"}, asked))
    keys = [entry.key for entry in found if isinstance(entry, FieldEntry)]
    assert keys[0] == "report_date"
    assert keys.index("stage") < keys.index("final_report")


def test_nothing_is_found_for_nothing() -> None:
    assert find(HELP, "", Where("Home")) == []
    assert find(HELP, "قفطذژ", Where("Home")) == []


def test_a_field_without_an_entry_is_none_and_its_page_is_known() -> None:
    assert HELP.field("Form", "no_such_key") is None
    assert HELP.field("Home", "stage") is None
    assert "Form" in HELP.pages


def test_a_file_that_names_no_kind_or_law_is_refused(tmp_path: Path) -> None:
    for name in ("laws.toml", "kinds.toml", "pages.toml"):
        text = (resources() / "help" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8")
    field = '[[field]]\nkey = "a"\ntitle = "ب"\nwhat = "پ."\nkind = "{kind}"\nlaw = "{law}"\n'
    for kind, law in (("no-kind", ""), ("text", "no-law")):
        text = 'pages = ["Form"]\n' + field.format(kind=kind, law=law)
        (tmp_path / "a.toml").write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match="no-"):
            read_help(tmp_path)

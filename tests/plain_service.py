"""A small service file for tests, with the tables that a test is about."""

from __future__ import annotations

from desktop.domain.service import Service
from desktop.forms.loader import load

NAME = "plain.toml"
_HEAD = """
code = "plain"
title = "خدمت ساده"
effective = 2026-01-10
purpose = "برای آزمون."
legal_basis = ["مادهٔ ۱۰۰ قانون شهرداری"]
applicants = {applicants}
declares = false
include = ["refusal", "debt"]
gate = [{gates}]

[fees]
office = "office"

[term]
days = 5

[letter.answer]
subject = "پاسخ"
addressee = "{{{{ applicant.salutation }}}}"
body = \"\"\"
{letter}

{{% for note in notes %}}{{{{ note }}}} {{% endfor %}}{{{{ basis }}}}
\"\"\"
"""
_EXAMPLE = """
[[example]]
name = "بی‌مانع"
record = "clean"
outcome = "answer"
"""
OTHERS = "".join(
    f'\n[[example]]\nname = "{record}"\nrecord = "{record}"\noutcome = "{outcome}"\n'
    for record, outcome in (("none", "visit"), ("ambiguous", "review"), ("outside-city", "refuse"))
)
"""Examples of what every property service comes to, beside its own."""


def plain_text(
    tables: str = "",
    *,
    gates: str = '"standing"',
    applicants: str = '["owner"]',
    letter: str = "به آگاهی می‌رساند مانعی نیست.",
    example: str = _EXAMPLE,
) -> str:
    """The file's text: a property service with these tables (TOML) of its own.

    `gates` are the items of `gate`; `letter` is the answer's first paragraph.
    """
    head = _HEAD.format(gates=gates, applicants=applicants, letter=letter)
    return f"{head}\n{tables}\n{example}"


def plain_service(tables: str = "", **parts: str) -> Service:
    """The service of that text. Raises FaultyFile."""
    return load(plain_text(tables, **parts), NAME)

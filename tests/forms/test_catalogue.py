"""Published texts read again: as the loader read them, once, and a newer program's told as such."""

from __future__ import annotations

import pytest

from desktop.domain.errors import Refusal
from desktop.forms.catalogue import SERVICES, published_service, whole_text
from tests.shipped import SHIPPED


@pytest.mark.parametrize("code", SHIPPED)
def test_a_published_file_is_the_service_that_was_checked(code: str) -> None:
    checked = SHIPPED[code]
    read = published_service(whole_text(SERVICES / f"{code}.toml"), checked.version)
    assert read == checked
    assert published_service(whole_text(SERVICES / f"{code}.toml"), checked.version) is read


@pytest.mark.parametrize("change", ["new_key = 1\n", "title = \n"])
def test_a_newer_programs_file_is_refused_in_words(change: str) -> None:
    text = (SERVICES / "clearance.toml").read_text(encoding="utf-8")
    with pytest.raises(Refusal, match="تازه‌تر"):
        published_service(change + text, "0" * 12)

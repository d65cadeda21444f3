"""A service beside the others of its day: digits, links, and what they carry over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.service import LinkedService, Service
from desktop.forms.catalogue import SERVICES
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load_all
from desktop.forms.neighbours import neighbour_faults
from tests.shipped import SHIPPED

WATER = SHIPPED["water"]


def linked(**changes: object) -> Service:
    """Water, its link to the digging permit changed."""
    (link,) = WATER.links
    return replace(WATER, links=(replace(link, **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("service", "path", "words"),
    [
        (replace(WATER, digit=3), ("digit",), "نقل و انتقال"),
        (replace(WATER, title="نقل  و انتقال"), ("title",), "«transfer»"),
        (linked(service="excavaton"), ("link", 0, "service"), "شاید «excavation»"),
        (linked(carry={"dig_kid": "kind"}), ("link", 0, "carry", "dig_kid"), "شاید «dig_kind»"),
        (linked(give={"utilty": "water"}), ("link", 0, "give", "utilty"), "شاید «utility»"),
        (linked(give={"utility": "wind"}), ("link", 0, "give", "utility"), "برگزینید"),
        (linked(give={"length": "دراز"}), ("link", 0, "give", "length"), "عدد"),
    ],
)
def test_what_does_not_go_together_is_told_where_it_stands(
    service: Service, path: tuple[str | int, ...], words: str
) -> None:
    ((at, said),) = neighbour_faults(service, SHIPPED)
    assert at == path
    assert words in said


def test_what_ships_goes_together_and_a_service_may_link_to_itself() -> None:
    for service in SHIPPED.values():
        assert list(neighbour_faults(service, SHIPPED)) == []
        # A new version stands beside the one whose place it takes.
        assert list(neighbour_faults(replace(service, version="new"), SHIPPED)) == []
    again = LinkedService("water", "دوباره", WATER.links[0].when, {}, {})
    alone: Mapping[str, Service] = {}
    assert list(neighbour_faults(replace(WATER, links=(again,)), alone)) == []


def test_links_wait_until_every_file_of_a_folder_can_be_read(tmp_path: Path) -> None:
    for code in ("water", "excavation"):
        text = (SERVICES / f"{code}.toml").read_text(encoding="utf-8")
        (tmp_path / f"{code}.toml").write_text(text, encoding="utf-8")
    assert set(load_all(tmp_path)) == {"water", "excavation"}
    (tmp_path / "excavation.toml").write_text("code = ", encoding="utf-8")
    with pytest.raises(FaultyFile) as told:
        load_all(tmp_path)
    assert {fault.file for fault in told.value.file_faults} == {"excavation.toml"}
    (tmp_path / "excavation.toml").unlink()
    with pytest.raises(FaultyFile) as told:
        load_all(tmp_path)
    assert [(fault.file, fault.key) for fault in told.value.file_faults] == [
        ("water.toml", "link[1].service")
    ]

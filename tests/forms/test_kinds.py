"""A kind of field is known wherever an answer of it is typed, read, tried, told, reckoned with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.demo.filling import enter
from desktop.domain.form import FieldKind
from desktop.domain.known import SEEN_AS, value_of
from desktop.forms.differing_words import KINDS
from desktop.forms.samples import entered
from desktop.forms.values import shown, stored
from tests.field_kinds import of_kind
from tests.office import TODAY
from tests.shipped import SHIPPED


@pytest.mark.parametrize("kind", FieldKind)
def test_a_value_of_every_kind_is_made_up_kept_read_and_seen(kind: FieldKind) -> None:
    field = of_kind(kind)
    asked = replace(SHIPPED["no-violation"], fields=(field,), examples=())
    tried = entered(asked, {}, TODAY)["x"]
    typed = enter(asked, {}, TODAY)["x"]
    for kept in (tried, stored(field, typed)):
        assert kept
        assert stored(field, kept) == kept
        assert shown(field, kept)
        value_of(field, kept)


def test_every_kind_has_a_word_and_a_place_in_formulas() -> None:
    assert set(KINDS) == set(SEEN_AS) == set(FieldKind)

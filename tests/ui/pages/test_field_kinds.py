"""Every kind of field has an input on the form, which gives back what was put into it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.form import FieldKind
from desktop.forms.samples import entered
from desktop.forms.values import stored
from desktop.ui.pages.form.fields import Fields
from desktop.ui.pages.form.inputs import as_typed, asked_by
from tests.field_kinds import of_kind
from tests.office import TODAY
from tests.shipped import SHIPPED


@pytest.mark.parametrize("kind", FieldKind)
def test_an_input_gives_back_what_was_put_into_it(kind: FieldKind, qtbot: QtBot) -> None:
    field = of_kind(kind)
    asked = replace(SHIPPED["no-violation"], fields=(field,), examples=())
    kept = entered(asked, {}, TODAY)["x"]
    fields = Fields()
    qtbot.addWidget(fields)
    fields.ask([asked_by(field, TODAY)])
    fields.fill({"x": as_typed(kind, kept)})
    assert stored(field, fields.texts()["x"]) == kept

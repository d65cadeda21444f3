"""A property's record as canonical JSON and back: areas and shares as text, dates ISO."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.centre.records.columns import RowKind
from desktop.centre.records.rows import Child
from desktop.domain.identifiers import Plate, RenewalCode
from desktop.domain.property import (
    Article100File,
    Certificate,
    Debt,
    Hold,
    Owner,
    Permit,
    PropertyRecord,
)

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class _Form:
    """How the values of one type stand in JSON."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


_PLAIN = _Form(_same, _same)
_AREA = _Form(lambda area: f"{area:.2f}", Decimal)
_SHARE = _Form(lambda dang: f"{dang.normalize():f}", Decimal)
_DAY = _Form(
    lambda day: None if day is None else day.isoformat(),
    lambda text: None if text is None else date.fromisoformat(text),
)
_CODE = _Form(lambda code: list(code.parts), lambda parts: RenewalCode(*parts))
_NAMES = _Form(list, tuple)
_PLATE = _Form(
    lambda plate: None if plate is None else [plate.section, plate.main, plate.sub],
    lambda parts: None if parts is None else Plate(*parts),
)

# The names stand in the order of the alphabet: that is what makes the text canonical.
_PROPERTY = {
    "address": _PLAIN,
    "built": _AREA,
    "code": _CODE,
    "deed": _PLAIN,
    "district": _PLAIN,
    "floors": _PLAIN,
    "historic": _PLAIN,
    "land": _AREA,
    "land_by_deed": _AREA,
    "last_visit": _DAY,
    "latitude": _PLAIN,
    "longitude": _PLAIN,
    "neighbourhood": _PLAIN,
    "on_plan": _PLAIN,
    "plate": _PLATE,
    "postal_code": _PLAIN,
    "units": _PLAIN,
    "unread": _NAMES,
    "use": _PLAIN,
    "widening": _AREA,
    "year_built": _PLAIN,
    "zone": _PLAIN,
}
# Written only where there is something: most records have none, and earlier ones knew them not.
_SELDOM: Mapping[str, Any] = {"unread": (), "year_built": None}
_USUAL = {name: form for name, form in _PROPERTY.items() if name not in _SELDOM}
_CHILDREN: dict[RowKind, tuple[str, type[Any], dict[str, _Form]]] = {
    RowKind.CERTIFICATE: (
        "certificates",
        Certificate,
        {"issued": _DAY, "kind": _PLAIN, "number": _PLAIN, "valid_until": _DAY},
    ),
    RowKind.DEBT: (
        "debts",
        Debt,
        {
            "bill_id": _PLAIN,
            "due": _DAY,
            "kind": _PLAIN,
            "payment_id": _PLAIN,
            "penalty": _PLAIN,
            "principal": _PLAIN,
            "status": _PLAIN,
            "year": _PLAIN,
        },
    ),
    RowKind.FILE: (
        "files",
        Article100File,
        {"area": _AREA, "fine": _PLAIN, "status": _PLAIN, "violation": _PLAIN},
    ),
    RowKind.HOLD: (
        "holds",
        Hold,
        {
            "authority": _PLAIN,
            "ends": _DAY,
            "number": _PLAIN,
            "placed": _DAY,
            "scope": _PLAIN,
        },
    ),
    RowKind.OWNER: (
        "owners",
        Owner,
        {
            "dang": _SHARE,
            "dead": _PLAIN,
            "first_name": _PLAIN,
            "last_name": _PLAIN,
            "person_id": _PLAIN,
        },
    ),
    RowKind.PERMIT: ("permits", Permit, {"expires": _DAY, "issued": _DAY, "number": _PLAIN}),
}


def own_text(record: PropertyRecord) -> str:
    """The property's own columns as JSON, without what is attached to it."""
    seldom = [name for name, usual in _SELDOM.items() if getattr(record, name) != usual]
    if not seldom:
        return _dump(record, _USUAL)
    named = {name: form for name, form in _PROPERTY.items() if name in _USUAL or name in seldom}
    return _dump(record, named)


def child_text(kind: RowKind, child: Child) -> str:
    """An owner, permit … as JSON."""
    return _dump(child, _CHILDREN[kind][2])


def assemble(
    own: str,
    children: Mapping[RowKind, Iterable[str]],
    *,
    doubted: bool,
    refused: Collection[str] = (),
) -> str:
    """The whole record's JSON from the texts of its parts; children in the order of their texts."""
    parts = [
        f'"{name}":[{",".join(sorted(children.get(kind, ())))}]'
        for kind, (name, _, _) in _CHILDREN.items()
    ]
    parts.insert(2, f'"doubted":{"true" if doubted else "false"}')
    parts.insert(5, f'"own":{own}')
    if refused:
        # Last in the alphabet too; most records have none, and earlier ones knew it not.
        parts.append(f'"refused":{_json(sorted(refused))}')
    return "{" + ",".join(parts) + "}"


def to_json(record: PropertyRecord) -> str:
    """The record as canonical JSON."""
    children = {
        kind: [child_text(kind, child) for child in getattr(record, name)]
        for kind, (name, _, _) in _CHILDREN.items()
    }
    return assemble(own_text(record), children, doubted=record.doubted, refused=record.refused)


def from_json(text: str) -> PropertyRecord:
    """The record in the text that `to_json` or `assemble` made."""
    body = json.loads(text)
    own = body["own"]
    values: dict[str, Any] = {
        name: form.read(own[name]) if name in own else _SELDOM[name]
        for name, form in _PROPERTY.items()
    }
    for name, make, forms in _CHILDREN.values():
        values[name] = tuple(
            make(**{key: form.read(child[key]) for key, form in forms.items()})
            for child in body[name]
        )
    refused = tuple(body.get("refused", ()))
    return PropertyRecord(doubted=body["doubted"], refused=refused, **values)


def address_in(text: str) -> str:
    """The address alone of the record in the text, where a whole list asks for nothing else."""
    address: str = json.loads(text)["own"]["address"]
    return address


def child_of(kind: RowKind, row: Mapping[str, Any]) -> Child:
    """The owner, permit … of a row's JSON values."""
    _, make, forms = _CHILDREN[kind]
    made: Child = make(**{key: form.read(row[key]) for key, form in forms.items()})
    return made


def parts_of(text: str) -> dict[RowKind, list[str]]:
    """The texts of a record's parts by kind, as `own_text` and `child_text` made them."""
    body = json.loads(text)
    parts = {RowKind.PROPERTY: [_json(body["own"])]}
    for kind, (name, _, _) in _CHILDREN.items():
        parts[kind] = [_json(child) for child in body[name]]
    return parts


def _dump(value: object, forms: dict[str, _Form]) -> str:
    return _json({name: form.write(getattr(value, name)) for name, form in forms.items()})


def _json(value: Any) -> str:
    return _ENCODER.encode(value)

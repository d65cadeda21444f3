"""What chance gives is never twice the same, save for whoever asks for that."""

from __future__ import annotations

from uuid import UUID

from desktop.chance import drawn_from, new_id, octets

_MANY = 1_000


def _all() -> tuple[list[str], bytes]:
    return [new_id() for _ in range(_MANY)], octets(64)


def test_one_seed_gives_the_same_names_and_bytes_again() -> None:
    with drawn_from(1):
        first = _all()
    with drawn_from(1):
        again = _all()
    with drawn_from(2):
        other = _all()

    assert first == again
    assert not {*first[0]} & {*other[0]}
    assert first[1] != other[1]


def test_without_a_seed_nothing_comes_twice_also_after_one() -> None:
    before = _all()
    with drawn_from(1):
        seeded = _all()
    after = _all()

    names = [*before[0], *seeded[0], *after[0]]
    assert len(set(names)) == len(names) == 3 * _MANY
    assert len({before[1], seeded[1], after[1]}) == 3


def test_a_name_is_a_uuid_of_version_7_however_it_was_drawn() -> None:
    plain = _all()[0]
    with drawn_from(1):
        seeded = _all()[0]

    for name in (*plain, *seeded):
        assert (UUID(name).version, str(UUID(name))) == (7, name)
    assert sorted(seeded) == seeded

"""A city with more people than a page of their list tells: kept at the centre as they are there."""

from __future__ import annotations

from sqlalchemy import insert

from desktop.centre.context import Centre
from desktop.centre.tables import PersonRow
from desktop.domain.made_up import made_up_national_id
from desktop.domain.people import Role

SPELLED = "ابپتثجچحخدذرزسشصضطظعغفقکگلمنوهی"


def name_of(number: int) -> str:
    """A name of its own for each number, in the order of the alphabet."""
    letters = [SPELLED[number // len(SPELLED) ** place % len(SPELLED)] for place in (2, 1, 0)]
    return f"یاور {''.join(letters)}"


def many_people(centre: Centre, count: int, office: str = "21") -> None:
    """So many more clerks of the office who came long ago; of every hundredth no id is told."""
    rows = [
        {
            "staff_id": f"many-{number:06}",
            "office": office,
            "name": name_of(number),
            "role": Role.CLERK.value,
            "key": "ab" * 32,
            "title": "متصدی",
            "national_id": made_up_national_id(50_000 + number) if number % 100 else "",
        }
        for number in range(count)
    ]
    with centre.writing() as session:
        session.execute(insert(PersonRow), rows)

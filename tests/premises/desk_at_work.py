"""A desk of an office at work for a while, whichever program's code it is begun with.

    python desk_at_work.py HOME NAME REQUESTS [ADDRESS CODE WORD…]

The machine joins by a code where it has not yet; NAME takes so many requests and leads each as far
as an office can. What stands then is printed as one JSON object.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from desktop.actions import intake
from desktop.demo.city import make_city
from desktop.demo.filling import fill
from desktop.demo.following import Crew, case_now, follow
from desktop.demo.requests import requests
from desktop.domain.calendar import TEHRAN
from desktop.domain.errors import Refusal
from desktop.store import facts
from desktop.trial.machines import PROPERTIES, SEED, Machine


def main() -> None:
    """As this file says."""
    home, name, count, *joining = sys.argv[1:]
    machine = Machine("desk", Path(home))
    if joining:
        address, code, *words = joining
        machine.join(address, code, tuple(words))
    else:
        machine.open()
        machine.sync()
    seat, desk = machine.sit_down(name), machine.running.desk
    crew, today = Crew(lambda _: seat), datetime.now(TEHRAN).date()
    with desk.store.reading() as session:
        known = len(facts.case_ids(session))
    figures = intake.figures(desk)
    asked = requests(make_city(PROPERTIES, SEED, today), intake.services(desk), figures, SEED)
    for _ in range(known):
        next(asked)
    for slip, (service, asker) in zip(range(int(count)), asked, strict=False):
        # A terminal's number is never twice.
        fee = intake.FeePayment("terminal", f"{Path(home).name.encode().hex()[:6]}{known + slip}")
        done = intake.register(seat, service, fill(service, asker, figures, today), fee)
        # What waits for others, or for a visit, has no way on at this counter.
        with suppress(RuntimeError, LookupError, Refusal):
            follow(crew, done.case_id, datetime.now(TEHRAN))
    machine.sync()
    with desk.store.reading() as session:
        cases = sorted(facts.case_ids(session))
    told = {
        "states": {case_id: case_now(seat, case_id).state.value for case_id in cases},
        "unsent": machine.unsent(),
        "stopped": machine.stopped(),
    }
    machine.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()

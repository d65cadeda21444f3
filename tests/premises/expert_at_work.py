"""A municipal desk at work for a while, whichever program's code it is begun with.

    python expert_at_work.py HOME NAME WHAT [ADDRESS CODE WORD…]

The machine joins by a code where it has not yet; NAME takes the next case that waits for an expert,
and asks another body of it (WHAT is `ask`) or proposes on it. What came of it is printed as one
JSON object.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from desktop.actions import board, consultations
from desktop.demo.following import Crew, clear
from desktop.trial.machines import Machine


def main() -> None:
    """As this file says."""
    home, name, what, *joining = sys.argv[1:]
    machine = Machine("expert", Path(home))
    if joining:
        address, code, *words = joining
        machine.join(address, code, tuple(words))
    else:
        machine.open()
        machine.sync()
    seat = machine.sit_down(name)
    row = board.municipal_queue(seat, state="in-review").rows[0]
    case = board.municipal_case(seat, row.case_id)[0]
    if what == "ask":
        body = consultations.consultees(seat.desk, case)[0]
        consultations.consult(seat, case, body.name, "آیا از دید شما مانعی هست؟")
    else:
        clear(Crew(lambda _: seat), case)
    machine.sync()
    now = board.municipal_case(seat, row.case_id)[0]
    told = {
        "moved": now.rev > case.rev,
        "state": now.state.value,
        "unsent": machine.unsent(),
        "stopped": machine.stopped(),
    }
    machine.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()

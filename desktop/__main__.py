"""`python -m desktop`: the window without arguments, the command line with them."""

from __future__ import annotations

import sys


def main() -> int:
    """The exit code of whichever was asked for."""
    if len(sys.argv) > 1:
        from desktop.cli import main as command_line

        return command_line(sys.argv[1:])
    from desktop.app import run

    return run()


if __name__ == "__main__":
    sys.exit(main())

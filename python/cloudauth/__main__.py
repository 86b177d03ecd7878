"""The command ``cloudauth``."""

from __future__ import annotations

import signal
import sys

from . import _cloudauth


def main() -> int:
    """Runs the command line and gives its exit code."""
    # The command does not return to Python to look for Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _cloudauth.main(["cloudauth", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())

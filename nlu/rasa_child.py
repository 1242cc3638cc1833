"""Runs Rasa's own command line as a child that never outlives its parent.

`python -m nlu.rasa_child run …` is `rasa run …`, with two ties to the parent: the kernel's death
signal where there is one, and the standard input, a pipe that ends when the parent does. The
parent must keep that pipe open. Runs in the Rasa environment (Python 3.10).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading

_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Tie this process to its parent, however the parent ends."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_wait_for_end_of_input, daemon=True).start()


def _wait_for_end_of_input() -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 1024):
            pass
    os._exit(0)


def main() -> None:
    """Become `rasa` with the given arguments."""
    die_with_parent()
    from rasa.__main__ import main as rasa  # type: ignore[import-not-found,unused-ignore]

    sys.argv[0] = "rasa"
    rasa()


if __name__ == "__main__":
    main()

"""Threads that run the program's code for the library."""

from __future__ import annotations

import _thread
import threading
from collections.abc import Callable
from types import BuiltinFunctionType

from . import _cloudauth


def start(name: str, run: Callable[[], None]) -> None:
    """Runs it on a thread for which the interpreter's exit does not wait."""
    if isinstance(_thread.start_new_thread, BuiltinFunctionType):
        threading.Thread(target=run, name=name, daemon=True).start()
    else:
        # Patched by gevent or eventlet: it would run inside a loop that stands still while a call waits.
        _cloudauth.start_thread(run)

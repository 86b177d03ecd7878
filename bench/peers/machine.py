"""The machine on which it is measured."""

import os
import platform
from pathlib import Path


def processors() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{len(os.sched_getaffinity(0))} processors ({model})"

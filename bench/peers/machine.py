"""The machine on which it is measured."""

import os
import platform
from pathlib import Path


def processors() -> str:
    vectors = "with AVX-512" if has_avx512() else "without AVX-512"
    return f"{len(os.sched_getaffinity(0))} processors ({_first('model name') or platform.machine()}, {vectors})"


def has_avx512() -> bool:
    """The part of it that decodes base64."""
    return "avx512_vbmi" in _first("flags").split()


def _first(name: str) -> str:
    """What the kernel says of the first processor."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), "")

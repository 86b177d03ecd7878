#!/usr/bin/env python3
"""Runs the bodies of `bodies.py` through a program of each language, and measures what each of them costs.

PROGRAM decodes the file that it is given and prints `ok`, or the kind of the error; the command says it by its exit code.
NAME is command, c, python, go or java. Bodies have CLOUDAUTH_HOSTILE_MIB MiB, 8 unless given. Each is decoded twice: freely,
where memory and time are measured, and under a limit of memory, where the outcome may be an error but never the end of the
process.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

MIB = 1 << 20
#: In a process of its own: what is started from here begins with this process's memory in its count.
BODIES = [sys.executable, os.path.join(os.path.dirname(__file__), "bodies.py")]
#: How many times a body may be in memory: once where it is read, once decoded, and once more where the language takes a copy.
TIMES = {"command": 2, "c": 2, "python": 3, "go": 3, "java": 3}
#: What a limit is called where it is no limit of the process.
OUT_OF_MEMORY = ("too_large", "MemoryError", "OutOfMemoryError", "io")
PATIENCE = 60
#: The command's exit codes.
EXIT_CODES = {"ok": 0, "protocol": 7, "too_large": 7, "service": 4, "invalid_request": 4, "io": 6}


class Run:
    """One run of a program: what it printed and what it cost."""

    def __init__(self, program: str, path: str, limit: int | None, language: str) -> None:
        self.language = language
        read, write = os.pipe()
        began = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            os.dup2(write, 1)
            environment = dict(os.environ)
            if limit is not None and language in ("command", "c", "python"):
                resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            if limit is not None and language == "go":
                environment["GOMEMLIMIT"] = str(limit)
            if limit is not None and language == "java":
                environment["JAVA_TOOL_OPTIONS"] = f"-Xmx{limit // MIB}m"
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
            arguments = [*program.split(), path]
            os.execvpe(arguments[0], arguments, environment)
        os.close(write)
        with os.fdopen(read, encoding="utf-8", errors="replace") as output:
            self.said = output.read().strip()[-200:]
        _, status, usage = os.wait4(self.pid, 0)
        self.seconds = time.monotonic() - began
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss * 1024
        self.signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else None
        self.code = os.waitstatus_to_exitcode(status)
        if language == "command":
            self.said = next((kind for kind, code in EXIT_CODES.items() if code == self.code), f"exit code {self.code}")

    def is_one_of(self, kinds: tuple[str, ...]) -> bool:
        """Whether that is how it ended; kinds of one exit code are not told apart."""
        if self.language != "command":
            return self.said in kinds
        return EXIT_CODES.get(self.said) in {EXIT_CODES.get(kind, -1) for kind in kinds}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("--seconds", type=float, help="CPU seconds that a body may take beyond a small one; default: not held")
    arguments.add_argument("--only", help="bodies whose name holds this")
    arguments.add_argument("programs", nargs="+", metavar="NAME=PROGRAM")
    options = arguments.parse_args()
    size = os.environ.get("CLOUDAUTH_HOSTILE_MIB", "8")
    programs = dict(program.split("=", 1) for program in options.programs)
    faults: list[str] = []
    runs = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "body.json")
        with open(path, "wb") as file:
            file.write(b'{"Code":"Success"}')
        small = {name: Run(program, path, None, name) for name, program in programs.items()}
        faults += [f"{name}: says {run.said!r} of a small body" for name, run in small.items() if run.said != "ok"]
        names = subprocess.run(BODIES, check=True, capture_output=True, text=True).stdout.split()
        for body in names:
            if options.only and options.only not in body:
                continue
            made = subprocess.run([*BODIES, body, size, path], check=True, capture_output=True, text=True)
            outcomes, length = tuple(made.stdout.split()), os.path.getsize(path)
            for name, program in programs.items():
                free = Run(program, path, None, name)
                tight = Run(program, path, 4 * length + 256 * MIB, name)
                runs += 2
                allowed = TIMES[name] * length + 64 * MIB
                # What a runtime takes for itself is not the body's doing.
                taken = free.memory - max(0, small[name].memory - 16 * MIB)
                seconds = free.cpu - small[name].cpu
                print(f"{body:55} {name:8} {free.said[:20]:12} {taken / MIB:7.1f} MiB {seconds:6.2f} s", flush=True)

                def fault(what: str) -> None:
                    faults.append(f"{body}, {name}: {what}")

                for run, right in ((free, outcomes), (tight, (*outcomes, *OUT_OF_MEMORY))):
                    if run.signal is not None:
                        fault(f"ended by {signal.Signals(run.signal).name}")
                    elif not run.is_one_of(right):
                        fault(f"says {run.said!r} (exit code {run.code}) instead of {' or '.join(right)}")
                if taken > allowed:
                    fault(f"takes {taken // MIB} MiB, more than {allowed // MIB}")
                if options.seconds and seconds > options.seconds * (1 if TIMES[name] == 2 else 3):
                    fault(f"takes {seconds:.2f} s")
    for line in faults:
        print("hostile: " + line, file=sys.stderr)
    print(f"hostile: {runs} runs, {len(faults)} faults")
    return 1 if faults or not runs else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""A job on Ray or Spark, of which a worker is killed in the middle: engines.py [--engines ray,spark] [--rows 20000] [--rate 500]

The job is the engine's example. Each result must be in its output once, and the emulator, by its clock, must have seen no more than
the quota in any second. CLOUDAUTH_BIN is the command, and the Python that runs this has the engines and the package.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.dataset

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "fleet"))

from run import Emulator, Redis, most  # noqa: E402

# What a worker's command line begins with, or has in it.
WORKERS = {"ray": "ray::MapWorker", "spark": "CoarseGrainedExecutorBackend"}
OUTCOMES = {"ekycpro200": True, "faceliveness233": False}


def descendants(of: int) -> list[int]:
    """The processes that `of` has started, and theirs."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(entry.name))
    found = [of]
    for process in found:
        found += children.get(process, [])
    return found[1:]


def command_line(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def kill_a_worker(job: int, name: str) -> None:
    workers = [process for process in descendants(job) if name in command_line(process)]
    if len(workers) < 2:
        raise SystemExit(f"scale: two workers must be there, not {len(workers)}")
    os.kill(workers[0], signal.SIGKILL)


def watch(engine: str, rows: int, rate: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        ids, results = Path(folder, "ids.csv"), Path(folder, "results")
        prefixes = list(OUTCOMES)
        wanted = {f"{prefixes[row % 2]}-no{row}": f"order{row}" for row in range(rows)}
        lines = ["transaction_id,merchant_biz_id", *(f"{id},{biz_id}" for id, biz_id in wanted.items())]
        ids.write_text("\n".join(lines) + "\n")
        redis, emulator = Redis(folder), Emulator()
        environment = os.environ | {
            "ALIBABA_CLOUD_ACCESS_KEY_ID": "emulator-key-id",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET": "emulator-key-secret",
            "CLOUDAUTH_ENDPOINT": emulator.endpoint,
            "CLOUDAUTH_QUOTA": f"redis://127.0.0.1:{redis.port}/0?account=scale",
            "RAY_AUTH_MODE": "disabled",
            "RAY_USAGE_STATS_ENABLED": "0",
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        example = HERE.parents[1] / "examples" / engine / "fetch.py"
        begun = time.monotonic()
        job = subprocess.Popen([sys.executable, str(example), str(ids), str(results), "--qps", str(rate)], env=environment)
        try:
            while emulator.control("stats")["requests"] < rows / 2:
                if job.poll() is not None:
                    raise SystemExit(f"scale: {engine}: the job ended too soon")
                time.sleep(0.1)
            kill_a_worker(job.pid, WORKERS[engine])
            if job.wait(600) != 0:
                return [f"{engine}: the job failed"]
            took = time.monotonic() - begun
            times = emulator.arrivals()
            table = pyarrow.dataset.dataset(results, format="parquet").to_table()
        finally:
            for process in [*descendants(job.pid), job.pid] if job.poll() is None else []:
                os.kill(process, signal.SIGKILL)
            emulator.process.kill()
            redis.kill()
    problems: list[str] = []
    columns = ("transaction_id", "merchant_biz_id", "passed")
    written = [tuple(row.values()) for row in table.select(columns).to_pylist()]
    if sorted(written) != sorted((id, wanted[id], OUTCOMES[id.partition("-")[0]]) for id in wanted):
        problems.append(f"{engine}: {len(written)} rows of {rows}, {len(set(written))} of them different")
    found, allowed = most(times), max(rate + 1, rate * 101 // 100)
    if found > allowed:
        problems.append(f"{engine}: {found} came in a second, {allowed} may")
    print(
        f"{engine}: {rows} results in {took:.0f} s, {times[-1] - times[0]:.0f} s of them calls; {len(times) - rows} requests again, "
        f"{found} in a second at most of {rate}",
        flush=True,
    )
    return problems


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engines", default="ray,spark")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rate", type=int, default=500)
    options = parser.parse_args()
    problems = [problem for engine in options.engines.split(",") for problem in watch(engine, options.rows, options.rate)]
    if problems:
        raise SystemExit("\n".join(problems))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures libcloudauth beside a plain libcurl client, and prints a table in Markdown.

Both programs call the same server in turn, round by round, so that a busy machine is busy for both; what is reported is
the median of the rounds' ratios. `--split` keeps the server on the last processor and the clients on the others.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PACKAGES = {"libcurl": "libcurl4-openssl-dev", "libcjson": "libcjson-dev", "openssl": "libssl-dev"}
SCENARIOS = {  # name: (transaction, threads)
    "small, one thread": ("small", 1),
    "small, 16 threads": ("small", 16),
    "two images of 1 MiB, one thread": ("images1", 1),
}
MEASURES = [  # title, scenario, key, whether more is better
    ("requests/s, one thread", "small, one thread", "per_second", True),
    ("requests/s, 16 threads", "small, 16 threads", "per_second", True),
    ("CPU µs per request, one thread", "small, one thread", "cpu_us", False),
    ("CPU µs per request, 16 threads", "small, 16 threads", "cpu_us", False),
    ("two images of 1 MiB: µs per call", "two images of 1 MiB, one thread", "wall_us", False),
    ("two images of 1 MiB: CPU µs per call", "two images of 1 MiB, one thread", "cpu_us", False),
]


def fail(message):
    sys.exit(f"bench-c: {message}")


def require_tools():
    for tool in ("cc", "pkg-config", "readelf", "strip"):
        if not shutil.which(tool):
            fail(f"{tool} is missing; install gcc, binutils and pkg-config")
    missing = [apt for name, apt in PACKAGES.items() if subprocess.run(["pkg-config", "--exists", name]).returncode]
    if missing:
        fail(f"libraries are missing: apt-get install {' '.join(missing)}")


def soname(library):
    dynamic = subprocess.run(["readelf", "-d", library], capture_output=True, text=True, check=True).stdout
    for line in dynamic.splitlines():
        if "(SONAME)" in line:
            return line.split("[")[1].rstrip("]")
    fail(f"{library} has no SONAME")


def build(library, out):
    """Compiles both clients; returns their paths and the size of the stripped library."""
    stripped = out / soname(library)
    subprocess.run(["strip", "--strip-unneeded", "-o", stripped, library], check=True)
    (out / "libcloudauth.so").unlink(missing_ok=True)
    (out / "libcloudauth.so").symlink_to(stripped.name)
    compile_ = ["cc", "-std=c11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-pthread"]
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", *PACKAGES], capture_output=True, text=True, check=True).stdout
    ours, peer = out / "ours", out / "peer"
    own = [f"-I{ROOT / 'include'}", f"-L{out}", f"-Wl,-rpath,{out}", "-lcloudauth"]
    subprocess.run([*compile_, "-o", ours, HERE / "bench.c", HERE / "ours.c", *own], check=True)
    sources = [HERE / name for name in ("bench.c", "peer.c", "sign.c", "decode.c")]
    subprocess.run([*compile_, "-o", peer, *sources, *flags.split()], check=True)
    return {"ours": ours, "libcurl": peer}, stripped.stat().st_size


@contextmanager
def server(program, ca_file, cpus):
    arguments = [program, *(["--tls", ca_file] if ca_file else [])]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    try:
        os.sched_setaffinity(process.pid, cpus)  # before the first connection, whose thread inherits it
        yield json.loads(process.stdout.readline())["endpoint"]
    finally:
        process.kill()
        process.wait()


def once(program, endpoint, scenario, seconds, ca_file, cpus):
    transaction, threads = SCENARIOS[scenario]
    arguments = [program, endpoint, transaction, str(threads), str(seconds), *([ca_file] if ca_file else [])]
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run(
        arguments, capture_output=True, text=True, env=environment, timeout=60 + 2 * seconds,
        preexec_fn=lambda: os.sched_setaffinity(0, cpus),
    )
    if done.returncode:
        fail(f"{Path(program).name} failed on {scenario!r}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def measure(programs, options, ca_file):
    """{scenario: {client: [sample per round]}}, the clients taking turns at going first."""
    every = sorted(os.sched_getaffinity(0))
    if options.split and len(every) < 2:
        fail("--split needs two processors")
    of_server, of_clients = ({every[-1]}, set(every[:-1])) if options.split else (set(every), set(every))
    samples = {name: {client: [] for client in programs} for name in SCENARIOS}
    with server(options.server, ca_file, of_server) as endpoint:
        for turn in range(options.rounds):
            for name in SCENARIOS:
                for client in sorted(programs, reverse=turn % 2 == 1):
                    samples[name][client].append(once(programs[client], endpoint, name, options.seconds, ca_file, of_clients))
            print(f"round {turn + 1} of {options.rounds} {'over TLS' if ca_file else 'over HTTP'}", file=sys.stderr)
    return samples


def figures(samples, scenario, key):
    """Median of the ratios, their quartiles, and each client's own median."""
    ours, peer = ([sample[key] for sample in samples[scenario][client]] for client in ("ours", "libcurl"))
    ratios = [own / other for own, other in zip(ours, peer, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return middle, low, high, statistics.median(ours), statistics.median(peer)


def conditions(options, size):
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    curl = subprocess.run(["pkg-config", "--modversion", "libcurl"], capture_output=True, text=True, check=True).stdout.strip()
    placing = "server on a processor of its own" if options.split else "server and clients share them"
    return (
        f"{len(os.sched_getaffinity(0))} processors ({model}), {placing}; load {os.getloadavg()[0]:.1f} at the end; "
        f"{options.rounds} interleaved rounds of {options.seconds:g} s; libcurl {curl}, cJSON, OpenSSL. "
        f"Library stripped: {size / 1e6:.2f} MB."
    )


def table(results):
    """Ratios first, then what they were made of."""
    scenes = list(results)
    print("| ours ÷ libcurl (quartiles) | better |" + "".join(f" {scene} |" for scene in scenes))
    print("|---|---|" + "---|" * len(scenes))
    for title, scenario, key, more in MEASURES:
        cells = ""
        for scene in scenes:
            middle, low, high, _, _ = figures(results[scene], scenario, key)
            cells += f" **{middle:.2f}** ({low:.2f}–{high:.2f}) |"
        print(f"| {title} | {'more' if more else 'less'} |{cells}")
    print("\n| medians, ours / libcurl |" + "".join(f" {scene} |" for scene in scenes))
    print("|---|" + "---|" * len(scenes))
    for title, scenario, key, _ in MEASURES:
        cells = ""
        for scene in scenes:
            *_, ours, peer = figures(results[scene], scenario, key)
            cells += f" {ours:,.0f} / {peer:,.0f} |"
        print(f"| {title} |{cells}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", required=True, type=Path, help="libcloudauth.so to measure, built for release")
    parser.add_argument("--server", required=True, type=Path, help="the program cloudauth-bench-server")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1.0, help="how long each of a round's runs takes")
    parser.add_argument("--split", action="store_true", help="give the server a processor of its own")
    parser.add_argument("--no-tls", action="store_true", help="plain HTTP alone")
    options = parser.parse_args()
    if options.rounds < 2:
        fail("--rounds must be 2 at least, for quartiles")
    for path in (options.library, options.server):
        if not path.exists():
            fail(f"{path} is not there; `make bench-c` builds it")
    require_tools()
    with tempfile.TemporaryDirectory(prefix="cloudauth-bench-") as out:
        programs, size = build(options.library, Path(out))
        results = {"HTTP": measure(programs, options, None)}
        if not options.no_tls:
            results["TLS"] = measure(programs, options, Path(out) / "ca.pem")
    table(results)
    print(f"\n{conditions(options, size)}")


if __name__ == "__main__":
    main()

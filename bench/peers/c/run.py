#!/usr/bin/env python3
"""Measures libcloudauth beside a plain libcurl client, and prints tables in Markdown."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE.parent))

from rounds import Measure, Run, conditions, judge, measure, options, table  # noqa: E402

PACKAGES = {"libcurl": "libcurl4-openssl-dev", "libcjson": "libcjson-dev", "openssl": "libssl-dev"}
RUNS = [
    Run("one thread", ("{endpoint}", "small", "1", "{seconds}")),
    Run("16 threads", ("{endpoint}", "small", "16", "{seconds}")),
    Run("images", ("{endpoint}", "images1", "1", "{seconds}")),
]
MEASURES = [
    Measure("requests/s, one thread", "one thread", "per_second", True),
    Measure("requests/s, 16 threads", "16 threads", "per_second", True),
    Measure("CPU µs per request, one thread", "one thread", "cpu_us"),
    Measure("CPU µs per request, 16 threads", "16 threads", "cpu_us"),
    Measure("two images of 1 MiB: µs per call", "images", "wall_us"),
    Measure("two images of 1 MiB: CPU µs per call", "images", "cpu_us"),
]


def fail(message: str) -> None:
    sys.exit(f"bench-c: {message}")


def require_tools() -> None:
    for tool in ("cc", "pkg-config", "readelf", "strip"):
        if not shutil.which(tool):
            fail(f"{tool} is missing; install gcc, binutils and pkg-config")
    missing = [apt for name, apt in PACKAGES.items() if subprocess.run(["pkg-config", "--exists", name]).returncode]
    if missing:
        fail(f"libraries are missing: apt-get install {' '.join(missing)}")


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def soname(library: Path) -> str:
    names = [line.split("[")[1].rstrip("]") for line in output("readelf", "-d", str(library)).splitlines() if "(SONAME)" in line]
    if not names:
        fail(f"{library} has no SONAME")
    return names[0]


def build(library: Path, out: Path) -> tuple[dict[str, list[str]], int]:
    """Compiles both clients; gives their commands and the size of the stripped library."""
    stripped = out / soname(library)
    subprocess.run(["strip", "--strip-unneeded", "-o", stripped, library], check=True)
    (out / "libcloudauth.so").symlink_to(stripped.name)
    compile_ = ["cc", "-std=c11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-pthread"]
    ours, peer = out / "ours", out / "peer"
    own = [f"-I{ROOT / 'include'}", f"-L{out}", f"-Wl,-rpath,{out}", "-lcloudauth"]
    subprocess.run([*compile_, "-o", ours, HERE / "bench.c", HERE / "ours.c", *own], check=True)
    sources = [HERE / name for name in ("bench.c", "peer.c", "sign.c", "decode.c")]
    flags = output("pkg-config", "--cflags", "--libs", *PACKAGES).split()
    subprocess.run([*compile_, "-o", peer, *sources, *flags], check=True)
    return {"ours": [str(ours)], "libcurl": [str(peer)]}, stripped.stat().st_size


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--library", required=True, type=Path, help="libcloudauth.so to measure, built for release")
    given = parser.parse_args()
    judge(given)
    require_tools()
    with tempfile.TemporaryDirectory(prefix="cloudauth-bench-") as out:
        clients, size = build(given.library, Path(out))
        table(measure(given, clients, RUNS), MEASURES, "ours")
    curl = output("pkg-config", "--modversion", "libcurl").strip()
    print(f"\n{conditions(given, f'libcurl {curl}, cJSON, OpenSSL. Library stripped: {size / 1e6:.2f} MB.')}")


if __name__ == "__main__":
    main()

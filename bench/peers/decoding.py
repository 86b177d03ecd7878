#!/usr/bin/env python3
"""What decoding a stored body costs through each language, as a multiple of copying the body: to bytes that are the program's own,
with the release of the library's. Beside it, what the C library takes until its result is there.
"""

import argparse
import base64
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from machine import processors

HERE = Path(__file__).resolve().parent
ROUNDS = 5


def body(mib: int, escaped: bool) -> bytes:
    image = base64.b64encode(os.urandom((mib << 20) // 4 * 3)).decode()
    face = json.dumps({"facePassed": "Y", "faceComparisonScore": 99.99, "faceImg": "?"})
    result = {"Passed": "Y", "SubCode": "200", "ExtFaceInfo": face}
    reply = json.dumps({"RequestId": "130A2C10", "Code": "Success", "Message": "success", "Result": result})
    return reply.replace("?", image.replace("/", r"\\/") if escaped else image).encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=Path, help="where the programs are")
    build = parser.parse_args().build.resolve()
    programs = {
        "C": [build / "c/decoding"],
        "Python": ["env", f"PYTHONPATH={build}/python/ours", sys.executable, HERE / "python/decoding.py"],
        "Go": [build / "go/decoding"],
        "Java": ["java", "-cp", f"{build}/java/classes:{build}/java/ours/*", "Decoding"],
    }
    print(f"{processors()}, load {os.getloadavg()[0]:.1f}\n\n| body | C, in the library | {' | '.join(programs)} |\n|---|---|---|---|---|---|")
    for mib, escaped in ((1, False), (4, False), (1, True), (4, True)):
        with tempfile.NamedTemporaryFile() as file:
            file.write(body(mib, escaped))
            file.flush()
            rounds = [{name: run(program, file.name, 400 // mib) for name, program in programs.items()} for _ in range(ROUNDS)]
        ratios = [statistics.median(each["C"]["decode"] / each["C"]["memcpy"] for each in rounds)]
        ratios += [statistics.median(each[name]["copied"] / each["C"]["memcpy"] for each in rounds) for name in programs]
        slashes = ", every `/` written `\\/`" if escaped else ""
        print(f"| {mib} MiB{slashes} | {' | '.join(f'{ratio:.1f}' for ratio in ratios)} |", flush=True)


def run(program: list, file: str, rounds: int) -> dict[str, float]:
    done = subprocess.run([*program, file, str(rounds)], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    main()

"""Decodes a body: decoding.py FILE ROUNDS prints the median in nanoseconds."""

import json
import statistics
import sys
import time
from pathlib import Path

import cloudauth

body, rounds = Path(sys.argv[1]).read_bytes(), int(sys.argv[2])
taken = []
for _ in range(rounds + 1):
    begun = time.perf_counter_ns()
    image = cloudauth.decode(body)["face"]["image"]["bytes"]
    taken.append(time.perf_counter_ns() - begun)
    if not image:
        sys.exit("decoding: no image")
print(json.dumps({"copied": statistics.median(taken[1:])}))

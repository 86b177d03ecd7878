"""A client as worker.py describes it, with urllib: client.py [--ends] ENDPOINT KIB IN_FLIGHT [CA_FILE]. With --ends it fails early."""

import json
import sys
import time
import urllib.request

_, *flags, endpoint, kib, in_flight = sys.argv
print("ready", flush=True)
for line in sys.stdin:
    if flags:
        sys.exit("as it was told")
    began, calls = time.perf_counter(), 0
    until = began if line == "call\n" else began + float(line)
    while not calls or time.perf_counter() < until:
        urllib.request.urlopen(f"{endpoint}/?TransactionId={kib}", b"").read()
        calls += 1
    print(json.dumps({"calls": calls, "seconds": time.perf_counter() - began}), flush=True)

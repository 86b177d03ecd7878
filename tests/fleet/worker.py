"""A worker of the fleet: one call after the other, until its input ends. Then it says how many it made."""

import json
import sys
import threading

import cloudauth

endpoint, quota, rate = sys.argv[1:]
client = cloudauth.Client(
    endpoint=endpoint, quota=quota, qps=int(rate), access_key_id="emulator-key-id", access_key_secret="emulator-key-secret"
)
over = threading.Event()


def call() -> None:
    number = failed = 0
    while not over.is_set():
        try:
            client.call("KeepaliveIntl", {}, timeout=20)
            number += 1
        except cloudauth.Error as error:
            failed += 1
            print(error, file=sys.stderr)
    print(json.dumps({"calls": number, "failed": failed, "stats": dict(client.stats())}), flush=True)


threading.Thread(target=call, daemon=True).start()
sys.stdin.read()
over.set()
for thread in threading.enumerate():
    if thread.daemon:
        thread.join(25)

"""Calls when it is told to: paced.py PEER ENDPOINT CA_FILE [OPTION=SECONDS]

It prints `ready`, then obeys each line that it reads: `call` prints how many seconds a call took, `ahead` has the client
connect ahead. At the end it prints how many keepalives there were. OPTION is one of our client's.
"""

import importlib
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))

from client import judge  # noqa: E402

TRANSACTION = "small"


def main():
    name, endpoint, ca_file, *settings = sys.argv[1:]
    options = {option: float(seconds) for option, seconds in (setting.split("=") for setting in settings)}
    peer = importlib.import_module(f"peer_{name}")
    client = peer.made(endpoint, ca_file, **options)
    check = peer.checking(client)
    print("ready", flush=True)
    for order in sys.stdin:
        if order == "ahead\n":
            client.connect_ahead()
        else:
            began = time.perf_counter()
            judge(check(TRANSACTION), TRANSACTION)
            print(time.perf_counter() - began, flush=True)
    print(client.stats()["keepalives"] if name == "ours" else 0)


if __name__ == "__main__":
    main()

"""A client that the driver measures: worker.py PEER threads|asyncio ENDPOINT KIB IN_FLIGHT [CA_FILE] [OPTION=SECONDS ...], as
bench/peers/worker.py describes. OPTIONs are those of our client.
"""

import asyncio
import importlib
import json
import os
import sys
import threading
import time
import traceback


class Callers:
    """So many that call at once, and that do so for a while when they are asked to."""

    def __init__(self, peer, endpoint, kib, in_flight, ca_file, options):
        self.peer, self.endpoint, self.kib, self.in_flight = peer, endpoint, kib, in_flight
        self.ca_file, self.options = ca_file, options
        self.stop, self.calls = False, 0

    def expect(self, outcome):
        """A wrong result is no result: nobody is to be fast by doing less."""
        passed, score, surname, pictures = outcome
        expected = [int(self.kib) * 1024 // 4 * 3] * 2 if self.kib != "0" else []
        if not (passed and score == 99.12 and surname == "SPECIMEN" and [len(picture) for picture in pictures] == expected):
            raise ValueError("the result is not what the server sent")


class Threads(Callers):
    def __init__(self, *given):
        super().__init__(*given)
        self.client = self.peer.made(self.endpoint, self.ca_file, **self.options)
        self.check = self.peer.checking(self.client)
        self.begin, self.end = (threading.Barrier(self.in_flight + 1) for _ in range(2))
        self.lock, self.started = threading.Lock(), False

    def one(self):
        self.expect(self.check(self.kib))

    def call(self):
        while True:
            self.begin.wait()
            done = 0
            while not done or not self.stop:
                self.one()
                done += 1
            with self.lock:
                self.calls += done
            self.end.wait()

    def some(self, seconds):
        if not self.started:
            for _ in range(self.in_flight):
                threading.Thread(target=self.call, daemon=True).start()
        self.started = True
        self.begin.wait()
        time.sleep(seconds)
        self.stop = True
        self.end.wait()


class Asyncio(Callers):
    def __init__(self, *given):
        super().__init__(*given)
        self.loop = asyncio.new_event_loop()
        self.check = self.loop.run_until_complete(self.peer.asynchronous(self.endpoint, self.ca_file, **self.options))

    async def call(self, until):
        done = 0
        while not done or time.perf_counter() < until:
            self.expect(await self.check(self.kib))
            done += 1
        self.calls += done

    async def all(self, until):
        await asyncio.gather(*(self.call(until) for _ in range(self.in_flight)))

    def one(self):
        self.loop.run_until_complete(self.call(0))

    def some(self, seconds):
        self.loop.run_until_complete(self.all(time.perf_counter() + seconds))


def fail(failed):
    traceback.print_exception(failed.exc_value)
    os._exit(1)


def main():
    threading.excepthook = fail
    name, mode, endpoint, kib, in_flight, *more = sys.argv[1:]
    options = {option: float(seconds) for option, seconds in (each.split("=") for each in more if "=" in each)}
    if name == "ours" and int(in_flight) > 64:
        # A call in flight needs a connection of its own.
        options["max_connections"] = int(in_flight)
    ca_file = next((each for each in more if "=" not in each), None)
    kind = {"threads": Threads, "asyncio": Asyncio}[mode]
    callers = kind(importlib.import_module(f"peer_{name}"), endpoint, kib, int(in_flight), ca_file, options)
    print("ready", flush=True)
    for order in sys.stdin:
        if order == "ahead\n":
            callers.client.connect_ahead()
            continue
        if order == "keepalives\n":
            print(callers.client.stats()["keepalives"], flush=True)
            continue
        began = time.perf_counter()
        callers.stop, callers.calls = False, 0
        if order == "call\n":
            callers.one()
            callers.calls = 1
        else:
            callers.some(float(order))
        print(json.dumps({"calls": callers.calls, "seconds": time.perf_counter() - began}), flush=True)


if __name__ == "__main__":
    main()

"""A network between a client and a server: it delays what both send, keeps its order, and counts.

Opening a connection takes a round trip in a network, but none here: the system accepts it at once. So the client's first
bytes, which it sends as soon as it is connected, are held for one more round trip.
"""

import queue
import socket
import threading
import time
from contextlib import suppress

CHUNK = 1 << 16


class Relay:
    """One port on loopback, and the way from there to the server, which takes `delay` seconds in each direction."""

    def __init__(self, server: tuple[str, int], delay: float) -> None:
        self._server, self._delay = server, delay
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ways: list[tuple[Way, Way]] = []
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            client, _ = self._listener.accept()
            server = socket.create_connection(self._server)
            up, down = Way(self._delay, 3 * self._delay), Way(self._delay, self._delay)
            self._ways.append((up, down))
            up.start(client, server, None)
            down.start(server, client, up)

    @property
    def connections(self) -> int:
        return len(self._ways)

    @property
    def bytes(self) -> int:
        return sum(up.bytes + down.bytes for up, down in self._ways)

    @property
    def server_seconds(self) -> float:
        """How long the server took to begin its answers, all together, those in handshakes among them."""
        return sum(down.waited for _, down in self._ways)

    @property
    def lateness(self) -> list[float]:
        """By how many seconds each chunk left later than it should."""
        return [late for ways in self._ways for way in ways for late in way.lateness]


class Way:
    """From one end of a connection to the other. A thread reads and one writes: one that sleeps wakes more exactly than a timer
    of an event loop, which counts in milliseconds."""

    def __init__(self, delay: float, first_delay: float) -> None:
        self._delay, self._first_delay = delay, first_delay
        self._chunks: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self._handed_over: float | None = None
        self.bytes, self.waited = 0, 0.0
        self.lateness: list[float] = []

    def start(self, source: socket.socket, target: socket.socket, question: "Way | None") -> None:
        """What comes this way answers what went the way of `question`. An end is closed once no thread has it."""
        target.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=self._read, args=(source, question), daemon=True).start()
        threading.Thread(target=self._write, args=(target,), daemon=True).start()

    def _read(self, source: socket.socket, question: "Way | None") -> None:
        data, delay, due = b"-", self._first_delay, 0.0
        while data:
            try:
                data = source.recv(CHUNK)
            except OSError:
                data = b""
            now = time.monotonic()
            if question and question._handed_over is not None:
                self.waited += now - question._handed_over
                question._handed_over = None
            self.bytes += len(data)
            due = max(due, now + delay)
            self._chunks.put((due, data))
            delay = self._delay

    def _write(self, target: socket.socket) -> None:
        data = b"-"
        while data:
            due, data = self._chunks.get()
            time.sleep(max(0.0, due - time.monotonic()))
            now = time.monotonic()
            self.lateness.append(now - due)
            # An end that has closed says so itself, the other way.
            with suppress(OSError):
                if data:
                    self._handed_over = self._handed_over or now
                    target.sendall(data)
                else:
                    target.shutdown(socket.SHUT_WR)

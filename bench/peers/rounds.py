"""Rounds, in which the peers take turns: a machine that is busy is busy for all of them."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

import server
from peers import Peer
from points import Point
from results import Results
from worker import Worker, one_shot


class Rounds:
    def __init__(self, program: Path, check: Path, count: int, least: float, warm_up: float) -> None:
        """`least` seconds for each peer in a round; a peer warms up for its own time, times `warm_up`."""
        self.program, self.check, self.count, self.least, self.warm_up = program, check, count, least, warm_up

    def run(self, point: Point, peers: list[tuple[Peer, float]], results: Results) -> None:
        """Measures all peers, of which each comes with the seconds that it warms up."""
        able = [(peer, warm_up) for peer, warm_up in peers if peer.can(point.server, point.in_flight)]
        with tempfile.TemporaryDirectory(prefix="cloudauth-bench-") as folder:
            with server.of_kind(point.server, self.program, self.check, Path(folder)) as serving:
                if point.one_shot:
                    self._one_shots(point, [peer for peer, _ in able], serving, results)
                else:
                    self._calls(point, able, serving, results)

    def _one_shots(self, point: Point, peers: list[Peer], serving: server.Server, results: Results) -> None:
        for turn in range(self.count):
            for peer in ordered(peers, turn):
                results.add(point, peer, one_shot(peer, serving.endpoint, serving.ca_file))

    def _calls(self, point: Point, peers: list[tuple[Peer, float]], serving: server.Server, results: Results) -> None:
        least = point.seconds(self.least)
        with ExitStack() as stack:
            workers = []
            for peer, warm_up in peers:
                worker = Worker(peer, serving.endpoint, point.kib, point.in_flight, serving.ca_file)
                stack.callback(worker.kill)
                worker.warm(warm_up * self.warm_up, least)
                workers.append(worker)
            for turn in range(self.count):
                for worker in ordered(workers, turn):
                    results.add(point, worker.peer, worker.measure(serving))
            for worker in workers:
                worker.end()


def ordered(items: list, turn: int) -> list:
    """They take turns at going first."""
    return items if turn % 2 == 0 else items[::-1]

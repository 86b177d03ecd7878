"""What rounds gave: for each point and peer the samples, a list for each measure. As a file, it is JSON."""

import json
import statistics
from dataclasses import asdict, dataclass, field
from pathlib import Path

from peers import Peer
from points import Point


@dataclass
class Results:
    """`conditions` are sentences; `sizes` packages and MB by group and peer."""

    conditions: list[str] = field(default_factory=list)
    quick: bool = False
    samples: dict[tuple[Point, str, str], dict[str, list[float]]] = field(default_factory=dict)
    sizes: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)

    def add(self, point: Point, peer: Peer, sample: dict[str, float]) -> None:
        lists = self.samples.setdefault((point, peer.group, peer.name), {})
        for measure, value in sample.items():
            lists.setdefault(measure, []).append(float(f"{value:.4g}"))

    def points(self) -> list[Point]:
        """In the order in which they were measured."""
        return list(dict.fromkeys(point for point, _, _ in self.samples))

    def values(self, point: Point, group: str, peer: str, measure: str) -> list[float]:
        return self.samples.get((point, group, peer), {}).get(measure, [])

    def median(self, point: Point, group: str, peer: str, measure: str) -> float | None:
        values = self.values(point, group, peer, measure)
        return statistics.median(values) if values else None

    def ratio(self, point: Point, group: str, peer: str, other: str, measure: str) -> tuple[float, float, float] | None:
        """Median and quartiles of peer ÷ other, round by round."""
        pairs = zip(self.values(point, group, peer, measure), self.values(point, group, other, measure))
        ratios = [one / two for one, two in pairs if two]
        if len(ratios) < 2:
            return None
        low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
        return middle, low, high

    def write(self, file: Path) -> None:
        lines = [{"conditions": self.conditions, "quick": self.quick}]
        lines += [
            {**asdict(point), "group": group, "peer": peer, **samples} for (point, group, peer), samples in self.samples.items()
        ]
        lines += [{"group": group, "peer": peer, "packages": size[0], "mb": size[1]} for (group, peer), size in self.sizes.items()]
        file.write_text("[\n" + ",\n".join(map(json.dumps, lines)) + "\n]\n")

    @classmethod
    def read(cls, file: Path) -> "Results":
        results = cls()
        for line in json.loads(file.read_text()):
            if "conditions" in line:
                results.conditions, results.quick = line["conditions"], line["quick"]
                continue
            group, peer = line.pop("group"), line.pop("peer")
            if "mb" in line:
                results.sizes[group, peer] = (line["packages"], line["mb"])
            else:
                point = Point(**{key: line.pop(key) for key in ("server", "in_flight", "kib", "one_shot")})
                results.samples[point, group, peer] = line
        return results

"""The results as Markdown."""

from collections.abc import Callable, Iterable

from peers import Group
from points import IN_FLIGHT, Point, images
from results import Results
from server import DELAY

MEASURES = {
    "rate": ("Calls per second", "more is better"),
    "cpu_us": ("CPU per call", "less is better"),
    "resident_kib": ("Resident memory after the calls", "less is better"),
    "peak_kib": ("Peak of resident memory", "less is better"),
}
NAMES = {"rate": "calls/s", "cpu_us": "CPU per call", "resident_kib": "resident memory", "process_ms": "one call, start to end"}
SERVERS = ("HTTP", "TLS")


class Tables:
    def __init__(self, results: Results, groups: list[Group]) -> None:
        self.results, self.groups = results, groups
        self.pairs = [(group, other.name) for group in groups for other in group.peers[1:]]

    def markdown(self) -> str:
        parts = [" ".join(self.results.conditions), self._aims(), *map(self._measure, MEASURES), self._one_shot()]
        return "\n\n".join(filter(None, [*parts, self._slow(), self._growth(), self._check(), self._installed()]))

    def _ratio(self, point: Point, group: Group, other: str, measure: str) -> str:
        return cell(self.results.ratio(point, group.name, group.peers[0].name, other, measure))

    def _aims(self) -> str:
        rows = []
        for group in self.groups:
            ours, other = group.peers[0].name, group.peers[1].name
            for aim in group.aims:
                measure, in_flight = aim["measure"], aim.get("in_flight")
                sign, bound = ("≥", aim["at_least"]) if "at_least" in aim else ("≤", aim["at_most"])
                cells = []
                for server in SERVERS:
                    point = Point(server, in_flight or 1, 0, in_flight is None)
                    ratio = self.results.ratio(point, group.name, ours, other, measure)
                    if not ratio or aim.get("server", server) != server:
                        cells.append("")
                        continue
                    reached = ratio[0] >= bound if sign == "≥" else ratio[0] <= bound
                    cells.append(f"{cell(ratio)}{'' if reached else ' missed'}")
                title = f"{NAMES[measure]}{f', {in_flight} in flight' if in_flight else ''}"
                rows.append([group.name, f"{title} ÷ {other}", f"{sign} {bound:g}", *cells])
        return table("Aims", ["", "ratio, without images", "aim", *SERVERS], rows)

    def _by_pair(self, title: str, points: Iterable[Point], row: Callable[[Point], str], measure: str) -> str:
        heads = ["server", "in flight", "images", *(f"{group.name} ÷ {other}" for group, other in self.pairs)]
        rows = [
            [*row(point), *(self._ratio(point, group, other, measure) for group, other in self.pairs)]
            for point in points
        ]
        return table(title, heads, rows)

    def _measure(self, measure: str) -> str:
        title, better = MEASURES[measure]
        points = [point for point in self.results.points() if point.server in SERVERS and not point.one_shot]
        return self._by_pair(
            f"{title} ({better})", points, lambda point: [point.server, str(point.in_flight), images(point.kib)], measure
        )

    def _one_shot(self) -> str:
        points = [point for point in self.results.points() if point.one_shot]
        rows = [
            [f"{group.name} ÷ {other}", *(self._ratio(point, group, other, "process_ms") for point in points)]
            for group, other in self.pairs
        ]
        return table("One call, from the start of the process to its end (less is better)", ["", *(point.server for point in points)], rows)

    def _slow(self) -> str:
        """What share of the calls that its callers could have made a peer has made."""
        rows = []
        for point in (point for point in self.results.points() if point.server == "slow"):
            for group in self.groups:
                rates = [self.results.median(point, group.name, peer.name, "rate") for peer in group.peers]
                shares = (f"{peer.name} {rate * DELAY / point.in_flight:.0%}" for peer, rate in zip(group.peers, rates) if rate)
                rows.append([group.name, ", ".join(shares)])
        return table(
            f"256 calls in flight to a server that waits {DELAY * 1000:g} ms: share of the {256 / DELAY:,.0f} calls per second "
            "that this allows (aim 95 %)",
            ["", "share"], rows,
        )

    def _growth(self) -> str:
        """CPU of a call with 256 in flight, by that with 16."""
        few, many = IN_FLIGHT[1], IN_FLIGHT[-1]
        rows = []
        for group in self.groups:
            cells = []
            for server in SERVERS:
                shares = []
                for peer in group.peers:
                    costs = [self.results.median(Point(server, count), group.name, peer.name, "cpu_us") for count in (few, many)]
                    if all(costs):
                        shares.append(f"{peer.name} {costs[1] / costs[0]:.2f}")
                cells.append(", ".join(shares))
            rows.append([group.name, *cells])
        return table(f"CPU of a call with {many} in flight, as a multiple of that with {few} (aim 1.15)", ["", *SERVERS], rows)

    def _check(self) -> str:
        """Both servers: the ratios, and what a call costs the server."""
        rows = []
        for point in (point for point in self.results.points() if point.server == "net/http"):
            both = (Point("HTTP", point.in_flight, point.kib), point)
            for group in self.groups:
                ours, other = group.peers[0].name, group.peers[1].name
                ratios = [self._ratio(each, group, other, "rate") for each in both]
                costs = [
                    " : ".join(f"{self.results.median(each, group.name, peer, 'server_cpu_us') or 0:.3g}" for peer in (ours, other))
                    for each in both
                ]
                rows.append([group.name, point.name, *ratios, *costs])
        return table(
            "Calls per second beside the second peer, with another server",
            ["", "", "plain server", "`net/http`", "plain server's CPU per call, µs, ours : theirs", "`net/http`'s"],
            rows,
        )

    def _installed(self) -> str:
        rows = []
        for group in self.groups:
            sizes = [(peer.name, self.results.sizes.get((group.name, peer.name))) for peer in group.peers]
            shown = [f"{name} {megabytes:.2f} MB{f' in {count} packages' if count else ''}" for name, (count, megabytes) in
                     ((name, size) for name, size in sizes if size)]
            if shown:
                rows.append([group.name, ", ".join(shown)])
        return table("Installed, without the language itself", ["", ""], rows)


def cell(ratio: tuple[float, float, float] | None) -> str:
    if not ratio:
        return ""
    middle, low, high = (f"{value:.3f}" if value < 0.1 else f"{value:.2f}" if value < 10 else f"{value:.1f}" for value in ratio)
    return f"{middle} ({low}–{high})"


def table(title: str, heads: list[str], rows: list[list[str]]) -> str:
    if not any(any(row[1:]) for row in rows):
        return ""
    lines = [f"**{title}**", "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])

"""The results as pictures, SVG: a panel for each group, a line for each peer and kind of server."""

import math
from dataclasses import dataclass

from peers import Group
from points import IN_FLIGHT, KIB, Point
from results import Results

COLUMNS, PANEL_WIDTH, PANEL_HEIGHT = 4, 230, 190
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 34, 30
HEAD, FOOT = 30, 22
SERVERS = ("HTTP", "TLS")
# Readable on both backgrounds.
COLOURS = ("#3b82f6", "#e07b20", "#7f8c8d")
STYLE = """<style>
.back { fill: #fff } .text { fill: #222 } .grid { stroke: #ddd } .axis { stroke: #888; fill: none }
@media (prefers-color-scheme: dark) { .back { fill: #0d1117 } .text { fill: #e6edf3 } .grid { stroke: #30363d } }
</style>"""


@dataclass(frozen=True)
class Plot:
    name: str
    title: str
    measure: str
    along: str
    """The point's field on the horizontal axis."""
    scale: float = 1.0
    inverse: bool = False


PLOTS = (
    Plot("calls", "Calls per second, by calls in flight", "rate", "in_flight"),
    Plot("time", "Milliseconds of a call, by KiB in each of two images", "rate", "kib", 1000, inverse=True),
    Plot("cpu", "CPU of a call in µs, by calls in flight", "cpu_us", "in_flight"),
    Plot("memory", "Peak of resident memory in MiB, by calls in flight", "peak_kib", "in_flight", 1 / 1024),
)


def picture(plot: Plot, results: Results, groups: list[Group]) -> str:
    rows, powers = math.ceil(len(groups) / COLUMNS), height_of(plot, results, groups)
    width, height = min(len(groups), COLUMNS) * PANEL_WIDTH, HEAD + rows * PANEL_HEIGHT + FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
        STYLE,
        f'<rect class="back" width="{width}" height="{height}"/>',
        text(10, 19, plot.title, size=14),
        text(10, height - 8, "solid: HTTP; dashed: TLS; both axes are logarithmic"),
    ]
    for index, group in enumerate(groups):
        x, y = index % COLUMNS * PANEL_WIDTH, HEAD + index // COLUMNS * PANEL_HEIGHT
        parts += [f'<g transform="translate({x} {y})">', *panel(plot, results, group, powers), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def height_of(plot: Plot, results: Results, groups: list[Group]) -> tuple[int, int]:
    """The powers of ten between which all values are: panels can be compared."""
    lines = (points(plot, results, group, peer.name, server) for group in groups for peer in group.peers for server in SERVERS)
    values = [math.log10(value) for line in lines for _, value in line] or [0]
    return math.floor(min(values)), max(math.ceil(max(values)), math.floor(min(values)) + 1)


def panel(plot: Plot, results: Results, group: Group, powers: tuple[int, int]) -> list[str]:
    lines = [
        (colour, server, line)
        for peer, colour in zip(group.peers, COLOURS)
        for server in SERVERS
        if (line := points(plot, results, group, peer.name, server))
    ]
    parts = [text(LEFT, 12, group.name, size=12)]
    x = LEFT
    for peer, colour in zip(group.peers, COLOURS):
        parts.append(text(x, 26, peer.name, colour=colour, size=9))
        x += 6 + len(peer.name) * 4.6
    low, high = powers
    ticks = [place(plot, each) for each in (IN_FLIGHT if plot.along == "in_flight" else KIB)]

    def across(value: float) -> float:
        return LEFT + (place(plot, value) - ticks[0]) / (ticks[-1] - ticks[0]) * (PANEL_WIDTH - LEFT - RIGHT)

    def up(value: float) -> float:
        return PANEL_HEIGHT - BOTTOM - (math.log10(value) - low) / (high - low) * (PANEL_HEIGHT - TOP - BOTTOM)

    for power in range(low, high + 1):
        y = up(10.0**power)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{PANEL_WIDTH - RIGHT}"/>')
        parts.append(text(LEFT - 4, y + 4, f"{10.0**power:,g}", anchor="end"))
    for each in IN_FLIGHT if plot.along == "in_flight" else KIB:
        parts.append(text(across(each), PANEL_HEIGHT - BOTTOM + 14, str(each), anchor="middle"))
    parts.append(f'<path class="axis" d="M{LEFT} {TOP}V{PANEL_HEIGHT - BOTTOM}H{PANEL_WIDTH - RIGHT}"/>')
    for colour, server, line in lines:
        dash = ' stroke-dasharray="5 3"' if server == "TLS" else ""
        way = "L".join(f"{across(at):.1f} {up(value):.1f}" for at, value in line)
        parts.append(f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="1.8"{dash}/>')
        parts += [f'<circle cx="{across(at):.1f}" cy="{up(value):.1f}" r="2" fill="{colour}"/>' for at, value in line]
    return parts


def place(plot: Plot, value: float) -> float:
    """Where a value stands on the horizontal axis; no images have a place there, too."""
    return math.log2(max(value, 25 if plot.along == "kib" else 1))


def points(plot: Plot, results: Results, group: Group, peer: str, server: str) -> list[tuple[float, float]]:
    found = []
    for each in IN_FLIGHT if plot.along == "in_flight" else KIB:
        point = Point(server, each) if plot.along == "in_flight" else Point(server, 1, each)
        value = results.median(point, group.name, peer, plot.measure)
        if value:
            found.append((each, plot.scale / value if plot.inverse else plot.scale * value))
    return found


def text(x: float, y: float, words: str, *, anchor: str = "start", colour: str = "", size: int = 11) -> str:
    look = f'fill="{colour}"' if colour else 'class="text"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look} font-size="{size}" text-anchor="{anchor}">{words}</text>'

#!/usr/bin/env python3
"""Measures libcloudauth in each language beside other clients, on one server, in rounds in which all take turns.

Writes results.json, results.md and pictures to --out; of all languages and without --quick, also into docs/, onto the page of such machines.
"""

import argparse
import datetime
import os
import sys
import time
from pathlib import Path

import points
from machine import has_avx512, processors
from peers import HERE, Group, groups
from plot import PLOTS, picture
from results import Results
from rounds import Rounds
from table import Tables

DOCS = HERE.parents[1] / "docs"
# Machines of both kinds have a page each.
PAGE = "speed-avx512" if has_avx512() else "speed"
BEGIN, END = "<!-- make bench-peers writes from here … -->\n", "<!-- … to here -->\n"


def measured(given: argparse.Namespace, compared: list[Group]) -> Results:
    rounds = Rounds(given.server, given.check, given.rounds, given.seconds, given.warm_up)
    results, load, began = Results(quick=given.quick), os.getloadavg()[0], time.monotonic()
    peers = [(peer, group.warm_up) for group in compared for peer in group.peers]
    for point in points.quick() if given.quick else points.full():
        rounds.run(point, peers, results)
        print(f"{time.monotonic() - began:4.0f} s: {point.server}, {point.name}", file=sys.stderr)
    results.sizes = {(peer.group, peer.name): peer.size() for peer, _ in peers if peer.installed}
    results.conditions = [
        f"{datetime.date.today():%-d %B %Y}{', a quick run' if given.quick else ''}: {processors()}, which the server and the clients share;",
        f"load {load:.1f} before and {os.getloadavg()[0]:.1f} at the end;",
        f"{given.rounds} rounds of at least {given.seconds:g} s for each peer; {(time.monotonic() - began) / 60:.0f} minutes.",
        "; ".join(f"{group.name}: {versions}" for group in compared if (versions := group.measured())) + ".",
    ]
    return results


def write(results: Results, compared: list[Group], out: Path, everything: bool) -> None:
    out.mkdir(parents=True, exist_ok=True)
    markdown = Tables(results, compared).markdown()
    pictures = {f"{PAGE}-{plot.name}.svg": picture(plot, results, compared) for plot in PLOTS}
    (out / "results.md").write_text(markdown + "\n")
    for folder in [out, DOCS] if everything else [out]:
        for name, svg in pictures.items():
            (folder / name).write_text(svg)
    if everything:
        results.write(DOCS / f"{PAGE}.json")
        page = DOCS / f"{PAGE}.md"
        before, rest = page.read_text().split(BEGIN)
        page.write_text(f"{before}{BEGIN}\n{markdown}\n\n{END}{rest.split(END)[1]}")
    print(markdown)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=Path, help="where the clients are")
    parser.add_argument("--server", required=True, type=Path, help="the program cloudauth-bench-server")
    parser.add_argument("--check", required=True, type=Path, help="Go's server")
    parser.add_argument("--languages", nargs="*", default=[], help="all unless given")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float, help="how long each peer calls in a round, at least")
    parser.add_argument("--warm-up", type=float, help="times what peers.toml says")
    parser.add_argument("--again", action="store_true", help="tables and pictures of what was measured last")
    parser.add_argument("--docs", action="store_true", help="write into docs/ in any case")
    given = parser.parse_args()
    given.rounds = given.rounds or (3 if given.quick else 5)
    given.seconds = given.seconds or (0.3 if given.quick else 0.5)
    given.warm_up = given.warm_up or (0.5 if given.quick else 1.0)
    if given.rounds < 2:
        sys.exit("bench: --rounds must be 2 at least, for quartiles")
    compared = groups(given.build, given.languages)
    last = given.out / "results.json"
    try:
        results = Results.read(last) if given.again else measured(given, compared)
    except RuntimeError as failed:
        sys.exit(f"bench: {failed}")
    if not given.again:
        given.out.mkdir(parents=True, exist_ok=True)
        results.write(last)
    write(results, compared, given.out, given.docs or not (given.languages or results.quick))


if __name__ == "__main__":
    main()

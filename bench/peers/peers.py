"""The clients that are compared: peers.toml."""

import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Peer:
    """A program that speaks the protocol of worker.py, and what it brings along."""

    group: str
    name: str
    command: tuple[str, ...]
    installed: tuple[str, ...]
    packages: str | None
    skip: dict[str, int]

    def can(self, server: str, in_flight: int) -> bool:
        return in_flight <= self.skip.get(server, in_flight)

    def size(self) -> tuple[int, float]:
        """Its packages and MB, as far as they are known."""
        roots = [found for pattern in self.installed for found in Path("/").glob(pattern.lstrip("/"))]
        packages = sum(len(list(root.glob(self.packages))) for root in roots) if self.packages else 0
        every = [file for root in roots for file in ([root] if root.is_file() else root.rglob("*"))]
        files = [file for file in every if file.is_file() and file.suffix != ".pyc"]
        return packages, sum(file.stat().st_size for file in files) / 1e6


@dataclass(frozen=True)
class Group:
    """A way of calling in one language; the first peer is ours, the second what it is compared with."""

    name: str
    language: str
    warm_up: float
    versions: tuple[str, ...]
    aims: tuple[dict, ...]
    peers: tuple[Peer, ...] = field(default=())

    def measured(self) -> str:
        """What was measured, by its versions."""
        lines = [subprocess.run(each, shell=True, capture_output=True, text=True).stdout.splitlines() for each in self.versions]
        return ", ".join(line[0] for line in lines if line)


def groups(build: Path, languages: list[str]) -> list[Group]:
    """Those of `languages`, or all, in the file's order."""
    listed = tomllib.loads((HERE / "peers.toml").read_text())["group"]
    unknown = set(languages) - {each["language"] for each in listed}
    if unknown:
        sys.exit(f"bench: no such language: {', '.join(sorted(unknown))}")
    places = {"build": build.resolve(), "peers": HERE, "python": sys.executable}

    def filled(text: str) -> str:
        for name, value in places.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def peer(group: str, each: dict) -> Peer:
        lists = {key: tuple(map(filled, each.get(key, []))) for key in ("command", "installed")}
        return Peer(group, each["name"], packages=each.get("packages"), skip=each.get("skip", {}), **lists)

    return [
        Group(
            each["name"],
            each["language"],
            each["warm_up"],
            tuple(map(filled, each.get("versions", []))),
            tuple(each.get("aims", [])),
            tuple(peer(each["name"], one) for one in each["peer"]),
        )
        for each in listed
        if not languages or each["language"] in languages
    ]

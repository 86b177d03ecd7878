#!/usr/bin/env python3
"""Looks for secrets in another process's memory: scan.py PID < canaries.json

`canaries.json` is {"name": "base64 of the secret's bytes", ...}. Prints one line of JSON for each copy that was found:
{"name", "encoding", "address", "mapping", "near"}. Each canary is looked for as it is, percent-encoded once and twice, in
base64 of every alignment, in hex, in UTF-16, and combined with the two pads of HMAC. Of a long one, any 32 bytes in its
middle count.

The process should wait meanwhile, so that nothing moves. Reading it takes the right to trace it: it is this user's, and a
child of the caller's where Yama asks for that.
"""

from __future__ import annotations

import base64
import json
import sys
import urllib.parse
from collections.abc import Iterator

SLICE = 32
CHUNK = 1 << 24
# Bytes before a copy that are told with it.
NEAR = 256


def middle(secret: bytes) -> bytes:
    start = max(0, (len(secret) - SLICE) // 2)
    return secret[start : start + SLICE]


def encodings(secret: bytes) -> dict[str, bytes]:
    """What to look for, by the name of the encoding."""
    part = middle(secret)
    out = {"plain": part, "hex": part.hex().encode(), "HEX": part.hex().upper().encode()}
    once = urllib.parse.quote(part, safe="-_.~").encode()
    twice = urllib.parse.quote(once, safe="-_.~").encode()
    out |= {"percent": once, "percent twice": twice}
    out["utf-16"] = part.decode("latin-1").encode("utf-16-le")
    for shift in range(3):
        # Characters that depend on what stands before or after are left out.
        text = base64.b64encode(bytes(shift) + part)
        text = text[4 if shift else 0 : (shift + len(part)) // 3 * 4]
        out[f"base64 +{shift}"] = text
        out[f"base64url +{shift}"] = text.translate(bytes.maketrans(b"+/", b"-_"))
    for pad in (0x36, 0x5C):
        out[f"hmac {pad:#x}"] = bytes(byte ^ pad for byte in part)
    kept: dict[str, bytes] = {}
    for name, needle in out.items():
        if needle not in kept.values():
            kept[name] = needle
    return kept


def mappings(pid: int) -> Iterator[tuple[int, int, str]]:
    with open(f"/proc/{pid}/maps") as maps:
        for line in maps:
            fields = line.split(maxsplit=5)
            first, last = (int(part, 16) for part in fields[0].split("-"))
            name = fields[5].strip() if len(fields) > 5 else "anonymous"
            if fields[1].startswith("r") and name not in ("[vvar]", "[vsyscall]", "[vvar_vclock]"):
                yield first, last, name


def scan(pid: int, canaries: dict[str, bytes]) -> list[dict[str, object]]:
    """Every copy of every canary in the memory of the process."""
    needles = [(name, encoding, needle) for name, secret in canaries.items() for encoding, needle in encodings(secret).items()]
    overlap = max(len(needle) for *_, needle in needles)
    found = []
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for first, last, mapping in mappings(pid):
            at, before = first, b""
            while at < last:
                try:
                    memory.seek(at)
                    read = memory.read(min(CHUNK, last - at))
                except OSError:
                    break
                if not read:
                    break
                window = before + read
                base = at - len(before)
                for name, encoding, needle in needles:
                    position = window.find(needle)
                    while position >= 0:
                        # What lies in the overlap alone was counted before.
                        if position + len(needle) > len(before):
                            near = window[max(0, position - NEAR) : position + len(needle)]
                            found.append({
                                "name": name, "encoding": encoding, "address": f"{base + position:#x}", "mapping": mapping,
                                "near": near.decode("latin-1"),
                            })
                        position = window.find(needle, position + 1)
                before = window[-overlap - NEAR :]
                at += len(read)
    return found


def main() -> int:
    canaries = {name: base64.b64decode(secret) for name, secret in json.load(sys.stdin).items()}
    for copy in scan(int(sys.argv[1]), canaries):
        print(json.dumps(copy))
    return 0


if __name__ == "__main__":
    sys.exit(main())

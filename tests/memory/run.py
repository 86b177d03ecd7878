#!/usr/bin/env python3
"""Has a program make a thousand calls with keys and pictures, and looks for them in its memory: run.py PROGRAM [ARGUMENT ...]

The program gets two further arguments: an endpoint, and how many calls to make. Its stdin is one line: a secret and a token
to give in code, and another two to answer with when the library asks for keys. A third pair stands in the profile `memory`.
It calls with each pair and either signature, every twentieth time for a picture, lets everything go, says `ready`, and waits
for its stdin to end.

Finding C9: of secrets there is no copy left, but for a Java program's own texts; of tokens and pictures there are no more than
SECURITY.md says. CLOUDAUTH_MEMORY_CALLS sets another number of calls.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from scan import scan

CALLS = int(os.environ.get("CLOUDAUTH_MEMORY_CALLS", "1000"))
PICTURE_BYTES = 150_000
#: In the middle of each picture: one canary for all of them is found in a tenth of the time.
MARK = os.urandom(32)
#: Where Java's own objects are, as -Xlog:gc+heap+coops=debug says.
HEAP = re.compile(r"Heap address: (0x[0-9a-f]+), size: (\d+) MB")
SOURCES = ("code", "callback", "profile")


def secret(length: int) -> str:
    """Letters, digits, `+` and `/`."""
    return base64.b64encode(os.urandom(length)).decode()[:length]


class Service(ThreadingHTTPServer):
    """Passes everybody, with a picture of its own for each call that wants one."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.calls = self.pictures = 0
        Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Service

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.calls += 1
        result: dict[str, object] = {"Passed": "Y"}
        if "IsReturnImage=Y" in self.path:
            self.server.pictures += 1
            picture = b"\xff\xd8\xff\xe0" + os.urandom(PICTURE_BYTES // 2) + MARK + os.urandom(PICTURE_BYTES // 2)
            result["ExtFaceInfo"] = {"faceImg": base64.b64encode(picture).decode()}
        body = json.dumps({"Code": "Success", "RequestId": "r", "Result": result}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def faults(copies: list[dict[str, str]], pictures: int) -> list[str]:
    """What may not be there: `copies` have a `where`, `java heap` or `native`; a program got so many pictures."""
    out = []
    for copy in copies:
        what = copy["name"].split()[0]
        if copy["where"] == "java heap":
            # The program's own: a text for each key that it gave, and the bytes of each result.
            right = copy["encoding"] == "plain" and "profile" not in copy["name"]
        elif what == "token":
            right = "SecurityToken=" in copy["near"] or "x-acs-security-token: " in copy["near"]
        else:
            right = what == "picture" and copy["encoding"].startswith("base64 ")
        if not right:
            out.append(f"a {copy['name']}, {copy['encoding']}, in {copy['where']} memory ({copy['mapping']}) after {copy['near'][-60:]!r}")
    for (name, where), count in Counter((copy["name"], copy["where"]) for copy in copies).items():
        if where == "java heap" and count > (pictures if name == "picture" else 1):
            out.append(f"{count} of a {name} in the Java heap")
    for (what, where), count in Counter((copy["name"].split()[0], copy["where"]) for copy in copies).items():
        # What the buffers of the HTTP library hold, however many calls there were.
        if where == "native" and count > {"secret": 0, "token": 12, "picture": 24}[what]:
            out.append(f"{count} of a {what} in native memory")
    return out


def main() -> int:
    keys = {source: (secret(30), secret(200)) for source in SOURCES}
    service = Service()
    with tempfile.TemporaryDirectory() as home:
        profile = Path(home, "credentials")
        text = "[memory]\ntype = sts\naccess_key_id = id\naccess_key_secret = {}\nsecurity_token = {}\n"
        profile.write_text(text.format(*keys["profile"]))
        profile.chmod(0o600)
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("ALIBABA", "CLOUDAUTH"))}
        environment |= {"HOME": home, "ALIBABA_CLOUD_CREDENTIALS_FILE": str(profile), "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true"}
        command = [*sys.argv[1:], f"http://127.0.0.1:{service.server_port}", str(CALLS)]
        with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin and process.stdout
            process.stdin.write(" ".join((*keys["code"], *keys["callback"])) + "\n")
            process.stdin.flush()
            said = []
            for line in process.stdout:
                if line == "ready\n":
                    break
                said.append(line)
            else:
                print("".join(said), end="")
                raise SystemExit("memory: the program failed")
            heap = HEAP.search("".join(said))
            canaries = {f"secret of {source}": pair[0].encode() for source, pair in keys.items()}
            canaries |= {f"token of {source}": pair[1].encode() for source, pair in keys.items()}
            canaries["picture"] = MARK
            copies = scan(process.pid, canaries)
            process.communicate("")
    first = int(heap[1], 16) if heap else 0
    last = first + (int(heap[2]) << 20) if heap else 0
    found = [{**copy, "where": "java heap" if first <= int(copy["address"], 16) < last else "native"} for copy in copies]
    kinds = Counter((copy["name"].split()[0], copy["where"], copy["encoding"].split()[0]) for copy in found)
    print(f"memory: {service.calls} calls, {service.pictures} pictures")
    for (what, where, encoding), count in sorted(kinds.items()):
        print(f"memory: {what:8} {where:10} {encoding:10} {count}")
    wrong = faults(found, service.pictures)
    for line in wrong[-10:]:
        print("memory: " + line, file=sys.stderr)
    return 1 if wrong or service.calls < CALLS or service.pictures * 20 < CALLS else 0


if __name__ == "__main__":
    sys.exit(main())

"""A real S3 server, and a proxy in front of it that fails when it is told to."""

from __future__ import annotations

import hashlib
import http.client
import http.server
import json
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import boto3  # type: ignore[import-untyped]

BUCKET = "evidence"
# What a network answers that wants somebody to sign in.
PORTAL = (200, {"content-type": "text/html"}, b"<html><body>Sign in to use this network.</body></html>")
EMPTY = (200, dict[str, str](), b"")
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example-secret", "AWS_REGION": "eu-west-1"}


class Moto:
    """moto's server, in a process of its own; it can die and come back, empty."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("moto's server did not start")

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def s3(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            region_name=KEYS["AWS_REGION"],
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )

    def make_bucket(self) -> None:
        self.s3().create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": KEYS["AWS_REGION"]})


@dataclass
class Seen:
    """A request, as the store got it."""

    method: str
    key: str
    query: str
    headers: dict[str, str]
    status: int
    at: float = field(default_factory=time.time)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *arguments: Any) -> None:
        self._connections = set[socket.socket]()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked may have been killed."""

    def end(self) -> None:
        for connection in self._connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Proxy:
    """Hands requests on to the store, but for those that a test has an answer to."""

    def __init__(self, target: int) -> None:
        self.seen: list[Seen] = []
        # By what is given here, a request is answered (a status and a code; or a status, headers and a body), cut off ("cut"), carried
        # out and cut off ("lost"), never answered ("hang"), or handed on (None).
        self.rule: Any = lambda method, key, number: None
        self._target, self._puts = target, 0
        self._ended = threading.Event()
        self._lock = threading.Lock()
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _handle(self) -> None:
                proxy._handle(self)

            do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _handle

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._handler, self._server = Handler, _Server(("127.0.0.1", 0), Handler)
        self._port: int = self._server.server_address[1]
        self.endpoint = f"http://127.0.0.1:{self._port}"
        self._serve()

    def _serve(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """The store is dead: nobody listens, and open connections end."""
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._server.end()

    def open(self) -> None:
        """It is back, with what it had."""
        self._ended.clear()
        self._server = _Server(("127.0.0.1", self._port), self._handler)
        self._serve()

    def reset(self) -> None:
        self.seen.clear()
        self._puts = 0
        self.rule = lambda method, key, number: None

    def puts(self) -> list[str]:
        """Keys, in the order in which they were put with success."""
        return [seen.key for seen in self.seen if seen.method == "PUT" and seen.status == 200]

    def _handle(self, request: http.server.BaseHTTPRequestHandler) -> None:
        url = urlsplit(request.path)
        key = url.path.removeprefix(f"/{BUCKET}/")
        body = request.rfile.read(int(request.headers.get("content-length", 0)))
        with self._lock:
            self._puts += request.command == "PUT"
            fault = self.rule(request.command, key, self._puts)
        seen = Seen(request.command, key, url.query, {name.lower(): value for name, value in request.headers.items()}, 0)
        if fault in ["cut", "hang", "lost"]:
            self.seen.append(seen)
            if fault == "hang":
                self._ended.wait()
            if fault == "lost":
                self._forward(request, body)
            try:
                request.connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            request.close_connection = True
            return
        if fault and len(fault) == 3:
            status, headers, answer = fault
        elif fault:
            status, code = fault
            answer = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{key}</Message></Error>".encode()
            headers = {"content-type": "application/xml"}
        else:
            try:
                status, headers, answer = self._forward(request, body)
            except OSError:
                request.connection.shutdown(socket.SHUT_RDWR)
                request.close_connection = True
                return
        seen.status = status
        self.seen.append(seen)
        request.send_response_only(status)
        for name, value in headers.items():
            request.send_header(name, value)
        if request.command != "HEAD":
            request.send_header("content-length", str(len(answer)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(answer)

    def _forward(self, request: http.server.BaseHTTPRequestHandler, body: bytes) -> tuple[int, dict[str, str], bytes]:
        store = http.client.HTTPConnection("127.0.0.1", self._target, timeout=30)
        try:
            store.request(request.command, request.path, body, dict(request.headers))
            answer = store.getresponse()
            dropped = {"content-length", "transfer-encoding", "connection", "date", "server"}
            headers = {name: value for name, value in answer.getheaders() if name.lower() not in dropped}
            return answer.status, headers, answer.read()
        finally:
            store.close()


def objects(moto: Moto, prefix: str) -> dict[str, bytes]:
    """What the store has below a prefix, by the rest of the key."""
    s3 = moto.s3()
    listed = s3.list_objects_v2(Bucket=BUCKET, Prefix=f"{prefix}/").get("Contents", [])
    keys = [entry["Key"] for entry in listed]
    return {key.removeprefix(f"{prefix}/"): s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in keys}


def check_whole(moto: Moto, prefix: str) -> dict[str, Any]:
    """Each file of the manifest is there under its hash; gives the manifest."""
    found = objects(moto, prefix)
    manifest: dict[str, Any] = json.loads(found["manifest.json"])
    for name, record in manifest["files"].items():
        content = found[f"{record['sha256']}.{name.rsplit('.')[-1]}"]
        assert (len(content), hashlib.sha256(content).hexdigest()) == (record["size"], record["sha256"])
    return manifest

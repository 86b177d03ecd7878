"""A server that keeps what arrives, for the lists of `tests/calls`."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

SUCCESS = b'{"Code":"Success"}'


class Recorder(HTTPServer):
    """Answers each call, and keeps the parameters of its query and of its form body."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.endpoint = f"http://127.0.0.1:{self.server_port}"
        self.seen: list[tuple[dict[str, str], dict[str, str]]] = []
        self.answer((200, SUCCESS))

    def answer(self, *replies: tuple[int, bytes]) -> None:
        """With these in turn, each a status and a body, and with the last of them from then on."""
        self.replies = list(replies)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Recorder)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        query = urlsplit(self.path).query
        self.server.seen.append((_decoded(query), _decoded(body)))
        replies = self.server.replies
        status, reply = replies.pop(0) if len(replies) > 1 else replies[0]
        self.send_response(status)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        pass


def _decoded(encoded: str) -> dict[str, str]:
    return dict(parse_qsl(encoded, keep_blank_values=True, strict_parsing=bool(encoded)))


@contextmanager
def serving() -> Generator[Recorder, None, None]:
    with Recorder() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()

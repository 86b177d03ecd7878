"""The shop beside an emulator, on this machine alone: `python -m shop.demo [PORT]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import uvicorn
from cloudauth.testing import Emulator

from .app import create_app
from .settings import Settings


def main(port: int) -> None:
    url = f"http://127.0.0.1:{port}"
    with Emulator() as emulator, tempfile.TemporaryDirectory() as folder:
        settings = Settings(url, str(Path(folder) / "shop.sqlite3"), {**emulator.client_args})
        print(f"open {url}", flush=True)
        # No access log: the callback's query holds its token.
        uvicorn.run(create_app(settings), port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000)

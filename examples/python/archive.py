"""A result and its pictures, filed: `archive.py TRANSACTION DIR`. The environment says where to call, and the keys."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import cloudauth


def write(path: Path, data: bytes) -> None:
    """A new file that only its owner can read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    print(f"wrote {path}")


def archive(transaction: str, folder: Path) -> None:
    with cloudauth.Client() as client:
        result = client.check_result(transaction_id=transaction, merchant_biz_id="example", return_image=True)
    for path in cloudauth.save_images(result, folder):
        print(f"wrote {path}")
    write(folder / "result.json", cloudauth.canonical_json(result).encode())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: archive.py TRANSACTION DIR")
    archive(sys.argv[1], Path(sys.argv[2]))

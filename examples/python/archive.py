"""A result and its pictures, filed: `archive.py TRANSACTION DIR`. The environment says where to call, and the keys."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import cloudauth

ENDINGS = {"jpeg": "jpg", "unknown": "bin"}


def write(path: Path, data: bytes) -> None:
    """A new file that only its owner can read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    print(f"wrote {path}")


def archive(transaction: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with cloudauth.Client() as client:
        result = client.check_result(transaction_id=transaction, merchant_biz_id="example", return_image=True)
    face, document = result["face"], result["document"]
    pictures = {"face": face["image"] if face else None}
    # Pages are numbered here: their names are the service's, and make no safe file names.
    for number, page in enumerate(document["pages"].values() if document else (), start=1):
        pictures[f"document-{number:02}"] = page["image"]
    for name, picture in pictures.items():
        if picture:
            ending = ENDINGS.get(picture["format"], picture["format"])
            write(folder / f"{name}.{ending}", picture["bytes"])
    write(folder / "result.json", cloudauth.canonical_json(result).encode())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: archive.py TRANSACTION DIR")
    archive(sys.argv[1], Path(sys.argv[2]))

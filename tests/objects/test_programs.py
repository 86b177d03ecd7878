"""What programs put into a store, as docs/evidence.md shows it, and the command reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import oss2  # type: ignore[import-untyped]
import pytest
from service import Emulator, Machine, started
from store import BUCKET, Moto

Put = Callable[[str, str], object]


def put_all(folder: Path, prefix: str, put: Put) -> None:
    """The loop of the documentation."""
    manifest = json.loads((folder / "manifest.json").read_text())
    for name, file in manifest["files"].items():
        put(f"{prefix}/{file['sha256']}.{name.rsplit('.')[-1]}", str(folder / name))
    put(f"{prefix}/manifest.json", str(folder / "manifest.json"))


@pytest.mark.parametrize("store", ["s3", "oss"])
def test_a_folder_that_a_program_put_there_is_an_archive(store: str, machine: Callable[[], Machine], moto: Moto, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    folder, s3 = here.folder / "archive", moto.s3()
    said = here.archive(start, str(folder))
    if store == "s3":
        bucket = BUCKET
        put_all(folder, transaction, lambda key, path: s3.upload_file(path, bucket, key, ExtraArgs={"ServerSideEncryption": "aws:kms"}))
    else:
        bucket, endpoint = "emulator-bucket", emulator.ready["endpoint"]
        keys = oss2.credentials.StaticCredentialsProvider(emulator.ready["access_key_id"], emulator.ready["access_key_secret"])
        there = oss2.Bucket(oss2.ProviderAuthV4(keys), endpoint, bucket, region="cn-hongkong")
        headers = {"x-oss-server-side-encryption": "AES256"}
        put_all(folder, transaction, lambda key, path: there.put_object_from_file(key, path, headers=headers))
        here.environment |= {"OSS_ENDPOINT": endpoint, "OSS_REGION": "cn-hongkong"}
    url = f"{store}://{bucket}/{transaction}"
    assert here.verify(url) == {"complete": True, "manifest_sha256": said["manifest_sha256"], "problems": []}
    again = here.archive(start, url, "--then-delete", "All")
    assert (again["outcome"], again["deletion"]) == ("unchanged", "deleted")

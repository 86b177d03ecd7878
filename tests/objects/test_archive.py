"""`cloudauth archive --out s3://…` against moto's server."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from service import Emulator, Machine, failed, started
from store import BUCKET, Moto, Proxy, check_whole, objects

Machines = Callable[[], Machine]


def test_an_archive_is_put_whole_and_found_again(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    url = f"s3://{BUCKET}/a/{transaction}"
    said = here.archive(start, url)
    assert (said["outcome"], said["folder"], said["missing"]) == ("archived", url, {})
    manifest = check_whole(moto, f"a/{transaction}")
    assert {"face.jpg", "raw.json", "result.json", "video.webm"} <= set(manifest["files"])
    keys = proxy.puts()
    assert keys[-1] == f"a/{transaction}/manifest.json" and len(keys) == len(manifest["files"]) + 1
    assert here.is_clean()

    calls, there = len(emulator.control("attempts")["attempts"]), machine()
    proxy.reset()
    again = there.archive(start, url)
    assert (again["outcome"], again["manifest_sha256"]) == ("unchanged", said["manifest_sha256"])
    assert (len(emulator.control("attempts")["attempts"]), proxy.puts()) == (calls, [])
    assert there.verify(url) == {"complete": True, "manifest_sha256": said["manifest_sha256"], "problems": []}
    page = there.run("report", url, "--out", "page.html")
    assert page.returncode == 0 and "verdict" in (there.folder / "page.html").read_text().lower(), page
    assert there.is_clean()


def test_what_was_changed_in_the_store_is_seen(machine: Machines, moto: Moto, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    url, prefix = f"s3://{BUCKET}/b/{transaction}", f"b/{transaction}"
    here.archive(start, url)
    record = check_whole(moto, prefix)["files"]["face.jpg"]
    key, s3 = f"{prefix}/{record['sha256']}.jpg", moto.s3()
    whole = s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    for content in [whole + b"more", whole[1:], b"x" * len(whole)]:
        s3.put_object(Bucket=BUCKET, Key=key, Body=content)
        assert here.verify(url)["problems"] == [{"file": "face.jpg", "problem": "changed"}]
    s3.delete_object(Bucket=BUCKET, Key=key)
    assert here.verify(url)["problems"] == [{"file": "face.jpg", "problem": "missing"}]
    done = here.run("archive", str(start), "--out", url, "--then-delete", "All")
    failed(done, 6, f"s3://{BUCKET}/…: is an archive that was changed")
    assert transaction not in done.stderr and not emulator.attempts("DeleteVerifyResult")
    other, _ = started(here, emulator, "order2")
    s3.put_object(Bucket=BUCKET, Key=key, Body=whole)
    failed(here.run("archive", str(other), "--out", url), 6, "is the archive of another verification")
    assert here.is_clean()


def test_a_run_that_is_cut_off_at_any_put_is_completed_elsewhere(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    url, prefix, number, before = f"s3://{BUCKET}/c/{transaction}", f"c/{transaction}", 0, len(emulator.attempts("DeleteVerifyResult"))
    while True:
        number += 1
        proxy.reset()
        proxy.rule = lambda method, key, puts, last=number: (403, "AccessDenied") if method == "PUT" and puts >= last else None
        done = here.run("archive", str(start), "--out", f"{url}/{number}", "--video-host", "127.0.0.1", "--then-delete", "All")
        assert done.returncode == 4 and transaction not in done.stderr and here.is_clean(), done
        found = objects(moto, f"{prefix}/{number}")
        if "receipt.json" in found:
            break
        failed(done, 4, f"s3://{BUCKET}/…: the object store forbids this (AccessDenied)")
        # The manifest comes after the files, and the receipt after the manifest.
        assert len(found) == number - 1
        assert len(emulator.attempts("DeleteVerifyResult")) == before, "nothing is deleted that the store does not have"
        proxy.reset()
        machine().archive(start, f"{url}/{number}")
        check_whole(moto, f"{prefix}/{number}")
    # All files, the manifest, the receipt; the service was asked, and the receipt that says so was not taken any more.
    assert number == len(check_whole(moto, f"{prefix}/{number}")["files"]) + 3
    assert len(emulator.attempts("DeleteVerifyResult")) == before + 1


def test_what_is_deleted_was_put_and_read_back(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    url, prefix = f"s3://{BUCKET}/d/{transaction}", f"d/{transaction}"
    receipts = list[dict[str, Any]]()

    def rule(method: str, key: str, puts: int) -> None:
        if method == "PUT" and key.endswith("receipt.json"):
            receipts.append({"deletions": len(emulator.attempts("DeleteVerifyResult")), "objects": set(objects(moto, prefix))})

    proxy.rule = rule
    before = len(emulator.attempts("DeleteVerifyResult"))
    said = here.archive(start, url, "--then-delete", "All")
    assert (said["deletion"], said["afterwards"]) == ("deleted", "absent")
    manifest = check_whole(moto, prefix)
    first, last = receipts
    assert (first["deletions"], last["deletions"]) == (before, before + 1)
    assert len(first["objects"]) == len(manifest["files"]) + 1 and "manifest.json" in first["objects"]
    read = [seen.key for seen in proxy.seen if seen.method == "GET" and seen.status == 200]
    assert set(proxy.puts()) == set(read), "each was read back"
    receipt = json.loads(objects(moto, prefix)["receipt.json"])
    assert [request["outcome"] for request in receipt["requests"]] == ["deleted"]
    again = machine().archive(start, url, "--then-delete", "All")
    assert (again["outcome"], again["deletion"], again["afterwards"]) == ("unchanged", "deleted", "absent")
    assert len(emulator.attempts("DeleteVerifyResult")) == before + 1


def test_a_receipt_that_does_not_arrive_leads_to_no_second_request(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    url, prefix, count = f"s3://{BUCKET}/e/{transaction}", f"e/{transaction}", iter(range(9))

    def rule(method: str, key: str, puts: int) -> tuple[int, str] | None:
        late = method == "PUT" and key.endswith("receipt.json") and next(count) > 0
        return (403, "AccessDenied") if late else None

    proxy.rule = rule
    before = len(emulator.attempts("DeleteVerifyResult"))
    done = here.run("archive", str(start), "--out", url, "--video-host", "127.0.0.1", "--then-delete", "All")
    assert (done.returncode, done.stderr.count("\n")) == (4, 1), done
    assert json.loads(done.stdout)["deletion"] == "deleted", "its outcome is known, and said"
    says = f"cloudauth: s3://{BUCKET}/…: deleted at the service, but the receipt is not in the store: the object store forbids this (AccessDenied)"
    assert done.stderr.startswith(says) and "run the command again, which asks the service what is left" in done.stderr
    receipt = json.loads(objects(moto, prefix)["receipt.json"])
    assert [request["outcome"] for request in receipt["requests"]] == ["unknown"]
    proxy.reset()
    again = machine().archive(start, url, "--then-delete", "All")
    assert (again["outcome"], again["afterwards"]) == ("unchanged", "absent")
    assert len(emulator.attempts("DeleteVerifyResult")) == before + 1
    receipt = json.loads(objects(moto, prefix)["receipt.json"])
    assert [check["outcome"] for check in receipt["requests"][0]["checks"]] == ["absent"]


def test_what_the_store_does_not_give_back_is_not_deleted(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    prefix, s3 = f"f/{transaction}", moto.s3()

    def rule(method: str, key: str, puts: int) -> None:
        if method == "GET" and key.endswith(".jpg"):
            s3.put_object(Bucket=BUCKET, Key=key, Body=b"rotten")

    proxy.rule = rule
    before = len(emulator.attempts("DeleteVerifyResult"))
    done = here.run("archive", str(start), "--out", f"s3://{BUCKET}/{prefix}", "--video-host", "127.0.0.1", "--then-delete", "All")
    failed(done, 6, "the object store does not give back what was put")
    assert len(emulator.attempts("DeleteVerifyResult")) == before and "manifest.json" not in objects(moto, prefix)


@pytest.mark.parametrize(
    ("how", "headers"),
    [
        ("AES256", {"x-amz-server-side-encryption": "AES256"}),
        ("KMS", {"x-amz-server-side-encryption": "aws:kms"}),
        ("KMS:key-1", {"x-amz-server-side-encryption": "aws:kms", "x-amz-server-side-encryption-aws-kms-key-id": "key-1"}),
    ],
)
def test_each_object_is_encrypted_as_asked(how: str, headers: dict[str, str], machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    here.archive(start, f"s3://{BUCKET}/g/{transaction}", "--encrypt", how)
    puts = [seen for seen in proxy.seen if seen.method == "PUT"]
    assert puts and all({name: seen.headers.get(name) for name in headers} == headers for seen in puts)
    kept = moto.s3().head_object(Bucket=BUCKET, Key=puts[0].key)
    assert kept["ServerSideEncryption"] == headers["x-amz-server-side-encryption"]


def test_a_large_video_goes_in_parts(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, _ = started(here, emulator, "order1")
    large = json.loads(start.read_text()) | {"transaction_id": "ekycpro200-video12MiB-no1"}
    start.write_text(json.dumps(large))
    url = f"s3://{BUCKET}/h/large"
    # A part that fails is sent again by itself.
    cut = iter(["cut"])
    proxy.rule = lambda method, key, puts: next(cut, None) if method == "PUT" and key.endswith(".webm") else None
    here.archive(start, url, "--encrypt", "AES256")
    parts = [seen.query for seen in proxy.seen if seen.method == "PUT" and "partNumber" in seen.query and seen.status == 200]
    assert [query.split("partNumber=")[1].split("&")[0] for query in parts] == ["1", "2", "3"]
    assert check_whole(moto, "h/large")["files"]["video.webm"]["size"] == 12 << 20
    assert here.verify(url)["complete"]


def test_keys_come_from_a_profile_too(machine: Machines, emulator: Emulator, tmp_path: Path) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    key, secret = here.environment.pop("AWS_ACCESS_KEY_ID"), here.environment.pop("AWS_SECRET_ACCESS_KEY")
    profile = tmp_path / "credentials"
    profile.write_text(f"[evidence]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n")
    here.environment |= {"AWS_SHARED_CREDENTIALS_FILE": str(profile), "AWS_PROFILE": "evidence"}
    assert here.archive(start, f"s3://{BUCKET}/k/{transaction}")["outcome"] == "archived"

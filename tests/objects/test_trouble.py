"""`cloudauth archive --out s3://…` where the store fails, or something else answers in its place."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from service import Emulator, Machine, failed, started, until
from store import BUCKET, EMPTY, PORTAL, Moto, Proxy, check_whole, objects

Machines = Callable[[], Machine]


def test_trouble_that_passes_is_sat_out(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    troubles = iter([(503, "SlowDown"), "cut", (500, "InternalError"), (429, "TooManyRequests")])
    proxy.rule = lambda method, key, puts: next(troubles, None)
    assert here.archive(start, f"s3://{BUCKET}/i/{transaction}")["outcome"] == "archived"
    check_whole(moto, f"i/{transaction}")


@pytest.mark.parametrize(
    ("rule", "code", "says"),
    [
        ((403, "InvalidAccessKeyId"), 4, "does not accept the keys (InvalidAccessKeyId)"),
        ((403, "AccessDenied"), 4, "forbids this (AccessDenied)"),
        ((301, "PermanentRedirect"), 6, "no such bucket in this region or at this endpoint (PermanentRedirect)"),
        ((400, "InvalidArgument"), 4, "refused (InvalidArgument)"),
    ],
)
def test_a_refusal_is_one_clear_line(rule: Any, code: int, says: str, machine: Machines, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    calls = len(emulator.attempts("CheckResult"))
    proxy.rule = lambda method, key, puts: rule
    done = here.run("archive", str(start), "--out", f"s3://{BUCKET}/j/{transaction}")
    failed(done, code, f"s3://{BUCKET}/…: ")
    assert says in done.stderr and transaction not in done.stderr and here.environment["AWS_ACCESS_KEY_ID"] not in done.stderr
    assert len(emulator.attempts("CheckResult")) == calls, "the store is asked first"


def test_no_bucket_no_keys_no_store(machine: Machines, emulator: Emulator) -> None:
    here = machine()
    start, _ = started(here, emulator, "order1")
    failed(here.run("archive", str(start), "--out", "s3://nobody-made-it/a"), 6, "no such bucket")
    failed(here.run("archive", str(start), "--out", f"s3://{BUCKET}/a", "--encrypt", "SM4"), 2, "--encrypt: SM4 is in OSS alone")
    failed(here.run("archive", str(start), "--out", "a", "--encrypt", "KMS"), 2, "--encrypt: is for object storage")
    failed(here.run("archive", "purge", f"s3://{BUCKET}/a", "--older-than", "1d"), 2, "must be a folder")
    for name in ["AWS_ACCESS_KEY_ID", "AWS_REGION"]:
        lacking = machine()
        lacking.environment |= {"HOME": str(lacking.folder)}
        del lacking.environment[name]
        failed(lacking.run("archive", str(start), "--out", f"s3://{BUCKET}/a"), 2, name)
    nowhere = machine()
    nowhere.environment |= {"TMPDIR": str(nowhere.folder / "none")}
    failed(nowhere.run("archive", str(start), "--out", f"s3://{BUCKET}/a"), 6, f"working folder below {nowhere.folder}/none (TMPDIR): ")
    dead = machine()
    dead.environment |= {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}
    failed(dead.run("archive", str(start), "--out", f"s3://{BUCKET}/a"), 5, "the object store cannot be reached")
    assert dead.is_clean()


def test_a_killed_run_leaves_nothing_that_stays(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    url, prefix = f"s3://{BUCKET}/l/{transaction}", f"l/{transaction}"
    running: list[subprocess.Popen[str]] = []
    proxy.rule = lambda method, key, puts: running[0].kill() if method == "PUT" and puts == 3 else None
    running.append(here.start("archive", str(start), "--out", url, "--video-host", "127.0.0.1", "--then-delete", "All"))
    running[0].communicate(timeout=60)
    assert running[0].returncode == -9 and not here.is_clean()
    assert "manifest.json" not in objects(moto, prefix)
    proxy.reset()
    assert here.archive(start, url)["outcome"] == "archived"
    assert here.is_clean(), "what the killed run left is gone"


def test_a_signal_ends_a_run_while_the_store_is_down(machine: Machines, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    proxy.rule = lambda method, key, puts: (503, "SlowDown") if method == "PUT" else None
    running = here.start("archive", str(start), "--out", f"s3://{BUCKET}/p/{transaction}", "--video-host", "127.0.0.1")
    until(lambda: any(seen.method == "PUT" for seen in proxy.seen))
    running.send_signal(signal.SIGINT)
    asked = time.monotonic()
    stdout, stderr = running.communicate(timeout=30)
    assert (running.returncode, stdout) == (8, "") and "stopped by a signal" in stderr, stderr
    assert time.monotonic() - asked < 2 and here.is_clean()


@pytest.mark.parametrize("trouble", [EMPTY, PORTAL, (200, {"etag": '"1"'}, b""), (503, "SlowDown"), "cut", "lost"])
def test_a_receipt_is_put_until_it_is_there(trouble: Any, machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    # The one before the deletion arrives; the next is answered like this.
    answers = iter([None, trouble])
    proxy.rule = lambda method, key, puts: next(answers, None) if method == "PUT" and key.endswith("receipt.json") else None
    said = here.archive(start, f"s3://{BUCKET}/q/{transaction}", "--then-delete", "All")
    assert (said["deletion"], said["afterwards"]) == ("deleted", "absent")
    receipt = json.loads(objects(moto, f"q/{transaction}")["receipt.json"])
    assert [request["outcome"] for request in receipt["requests"]] == ["deleted"]


@pytest.mark.parametrize("answer", [EMPTY, PORTAL, (302, {"location": "https://login.example/"}, b""), (404, {}, PORTAL[2])])
def test_what_is_no_store_is_not_taken_for_one(answer: Any, machine: Machines, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    url = f"s3://{BUCKET}/r/{transaction}"
    proxy.rule = lambda method, key, puts: answer
    says = f"s3://{BUCKET}/…: what answered is not an object store"
    for arguments in [("archive", str(start), "--out", url), ("archive", "verify", url), ("report", url, "--out", "page.html")]:
        failed(here.run(*arguments), 7, says)
    # It begins while a file is put, or an upload in parts.
    large(start)
    for method in ["PUT", "POST"]:
        proxy.rule = lambda asked, key, puts, method=method: answer if asked == method else None
        failed(here.run("archive", str(start), "--out", url, "--video-host", "127.0.0.1", "--then-delete", "All"), 7, says)
    deleted = {attempt["transaction_id"] for attempt in emulator.attempts("DeleteVerifyResult")}
    assert not deleted & {transaction, "ekycpro200-video6MiB-no1"} and here.is_clean()


def test_a_prefix_without_an_archive_is_as_a_folder_without_one(machine: Machines, moto: Moto) -> None:
    here = machine()
    (here.folder / "empty").mkdir()
    moto.s3().put_object(Bucket=BUCKET, Key="s/begun/1.jpg", Body=b"a")
    local = here.run("archive", "verify", "empty")
    assert (local.returncode, json.loads(local.stdout)["problems"]) == (1, [{"file": "manifest.json", "problem": "missing"}])
    for prefix in ["s/none", "s/begun"]:
        done = here.run("archive", "verify", f"s3://{BUCKET}/{prefix}")
        assert (done.returncode, done.stdout, done.stderr) == (1, local.stdout, local.stderr)
        report = here.run("report", f"s3://{BUCKET}/{prefix}", "--out", "page.html")
        failed(report, 2, f"s3://{BUCKET}/…: must be an archive's folder")
    assert here.is_clean()


def large(start: Path) -> None:
    """Its video goes in two parts."""
    start.write_text(json.dumps(json.loads(start.read_text()) | {"transaction_id": "ekycpro200-video6MiB-no1"}))


def test_an_upload_in_parts_counts_where_it_is_complete(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, _ = started(here, emulator, "order1")
    large(start)
    # It is begun, and then completed.
    answers: Iterator[Any] = iter([None, (200, {}, b"  <?xml version='1.0'?><Error><Code>InternalError</Code></Error>")])
    proxy.rule = lambda method, key, puts: next(answers, None) if method == "POST" else None
    here.archive(start, f"s3://{BUCKET}/t")
    assert check_whole(moto, "t")["files"]["video.webm"]["size"] == 6 << 20


def test_an_upload_whose_completion_was_lost_is_put_again(machine: Machines, emulator: Emulator) -> None:
    here = machine()
    start, _ = started(here, emulator, "order1")
    large(start)
    port = emulator.ready["endpoint"].rsplit(":", 1)[1]
    oss = Proxy(int(port))
    here.environment |= {"OSS_ENDPOINT": oss.endpoint, "OSS_REGION": "cn-hongkong"}
    answers = iter([None, "lost"])
    oss.rule = lambda method, key, puts: next(answers, None) if method == "POST" else None
    try:
        here.archive(start, "oss://emulator-bucket/lost")
        assert here.verify("oss://emulator-bucket/lost")["complete"]
        # Begun, completed, asked for again in vain, begun, completed.
        assert [seen.status for seen in oss.seen if seen.method == "POST"] == [200, 0, 404, 200, 200]
    finally:
        oss.close()


def test_of_two_runs_at_once_one_has_the_archive(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here, there = machine(), machine()
    there.environment |= {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{moto.port}"}
    start, transaction = started(here, emulator, "order1")
    url, prefix, said = f"s3://{BUCKET}/u/{transaction}", f"u/{transaction}", list[dict[str, Any]]()

    def faster(name: str, *more: str) -> None:
        """Before this run puts an object of this name, the other one does all of its work."""

        def rule(method: str, key: str, puts: int) -> None:
            if method == "PUT" and key.endswith(name):
                proxy.rule = lambda method, key, puts: None
                said.append(there.archive(start, url, *more))

        proxy.rule = rule

    faster("manifest.json")
    done = here.run("archive", str(start), "--out", url, "--video-host", "127.0.0.1", "--then-delete", "All")
    failed(done, 6, f"s3://{BUCKET}/…: another run worked on this archive at the same time; run the command again")
    assert here.verify(url)["manifest_sha256"] == said[0]["manifest_sha256"]
    before = len(emulator.attempts("DeleteVerifyResult"))
    faster("receipt.json", "--then-delete", "All")
    failed(here.run("archive", str(start), "--out", url, "--then-delete", "All"), 6, "another run worked on this archive")
    assert len(emulator.attempts("DeleteVerifyResult")) == before + 1
    receipt = json.loads(objects(moto, prefix)["receipt.json"])
    assert [request["outcome"] for request in receipt["requests"]] == ["deleted"]
    assert here.archive(start, url, "--then-delete", "All")["deletion"] == "deleted"
    assert len(emulator.attempts("DeleteVerifyResult")) == before + 1


def test_a_store_that_never_answers_is_out_of_reach(machine: Machines, proxy: Proxy) -> None:
    here = machine()
    proxy.rule = lambda method, key, puts: "hang"
    asked = time.monotonic()
    failed(here.run("archive", "verify", f"s3://{BUCKET}/v"), 5, "the object store did not answer in time")
    assert time.monotonic() - asked < 45 and here.is_clean()


@pytest.mark.parametrize("hangs", ["GET", "PUT"])
def test_a_signal_ends_a_run_while_the_store_does_not_answer(hangs: str, machine: Machines, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    url = f"s3://{BUCKET}/w/{transaction}"
    proxy.rule = lambda method, key, puts: "hang" if method == hangs else None
    for arguments in [("archive", str(start), "--out", url, "--video-host", "127.0.0.1"), ("archive", "verify", url), ("report", url)]:
        if hangs == "PUT" and "--out" not in arguments:
            continue
        proxy.seen.clear()
        running = here.start(*arguments)
        until(lambda: any(seen.method == hangs for seen in proxy.seen))
        asked = time.monotonic()
        running.terminate()
        stdout, stderr = running.communicate(timeout=30)
        assert (running.returncode, stdout) == (8, "") and "stopped by a signal" in stderr, stderr
        assert time.monotonic() - asked < 2 and here.is_clean()


def test_a_full_disk_is_not_the_buckets(machine: Machines, emulator: Emulator) -> None:
    here = machine()
    start, transaction = started(here, emulator, "order1")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "none", str(here.temporary)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a file system cannot be mounted here; root can")
    try:
        done = here.run("archive", str(start), "--out", f"s3://{BUCKET}/x/{transaction}", "--video-host", "127.0.0.1")
        failed(done, 6, f"working folder below {here.temporary} (TMPDIR): ")
        assert "No space left" in done.stderr and BUCKET not in done.stderr, done.stderr
    finally:
        subprocess.run(["umount", str(here.temporary)], check=True)

"""`cloudauth bulk` and `listen` with their archives in a store."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from service import Emulator, Machine, until
from store import BUCKET, PORTAL, Moto, Proxy, objects

Machines = Callable[[], Machine]
COUNT = 40


def manifests(moto: Moto, prefix: str) -> set[str]:
    """The transactions that the store has whole archives of."""
    pages = moto.s3().get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=f"{prefix}/archives/")
    keys = [entry["Key"].split("/") for page in pages for entry in page.get("Contents", [])]
    return {key[-2] for key in keys if key[-1] == "manifest.json"}


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "results.jsonl").read_text().splitlines()]


def listed(machine: Machine, name: str, count: int = COUNT) -> list[str]:
    ids = [f"ekycpro200-no{name}{number}" for number in range(count)]
    rows = "".join(f"{transaction},order{number}\n" for number, transaction in enumerate(ids))
    (machine.folder / "ids.csv").write_text("transaction_id,merchant_biz_id\n" + rows)
    return ids


def deletions(emulator: Emulator, ids: list[str]) -> Counter[str]:
    """How often each was asked to be deleted."""
    asked = [attempt["transaction_id"] for attempt in emulator.attempts("DeleteVerifyResult")]
    return Counter(transaction for transaction in asked if transaction in ids)


def test_a_store_that_dies_in_the_middle_costs_nothing(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    ids, run = listed(here, "1"), here.folder / "run"
    given = ["bulk", "--ledger", "run/ledger.db", "--out", f"s3://{BUCKET}/m", "--video-host", "127.0.0.1", "--format", "json"]
    given += ["--concurrency", "8", "--patience", "1", "--then-delete", "All"]
    process = here.start(*given, "--in", "ids.csv")
    until(lambda: (run / "results.jsonl").exists() and len(lines(run)) > 0)
    proxy.close()
    stdout, stderr = process.communicate(timeout=90)
    assert process.returncode == 5 and "the object store could not be reached for a while" in stderr, stderr
    assert here.is_clean()
    deleted = deletions(emulator, ids)
    assert set(deleted) <= manifests(moto, "m"), "nothing is deleted that the store does not have"
    done = {line["transaction_id"] for line in lines(run)}
    assert done and len(done) < COUNT and done <= manifests(moto, "m")
    proxy.open()
    resumed = here.run(*given, "--resume")
    assert resumed.returncode == 0, resumed
    assert Counter(line["transaction_id"] for line in lines(run)) == Counter(ids)
    assert manifests(moto, "m") == set(ids)
    assert {line["folder"] for line in lines(run)} == {f"archives/{transaction}" for transaction in ids}
    deleted = deletions(emulator, ids)
    assert set(deleted) == set(ids) and max(deleted.values()) == 1
    checked = here.verify(f"s3://{BUCKET}/m/archives/{ids[-1]}")
    assert checked["manifest_sha256"] in {line["manifest_sha256"] for line in lines(run)} and checked["complete"]
    assert here.is_clean()


def test_a_run_says_what_it_needs(machine: Machines, proxy: Proxy) -> None:
    here = machine()
    listed(here, "2")
    done = here.run("bulk", "--in", "ids.csv", "--out", f"s3://{BUCKET}/n")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1) and "--ledger: must be given where --out is object storage" in done.stderr
    proxy.rule = lambda method, key, number: (403, "AccessDenied")
    done = here.run("bulk", "--in", "ids.csv", "--ledger", "run/ledger.db", "--out", f"s3://{BUCKET}/n", "--format", "json")
    assert done.returncode == 4 and "forbids this (AccessDenied)" in done.stderr, done
    assert lines(here.folder / "run") == [], "no transaction is marked for it"


def test_what_ends_is_in_the_store(machine: Machines, moto: Moto, emulator: Emulator) -> None:
    here = machine()
    given = ["listen", "--ledger", "shop/ledger.db", "--out", f"s3://{BUCKET}/o", "--bind", "127.0.0.1:0", "--video-host", "127.0.0.1"]
    listening = here.start(*given, "--encrypt", "AES256")
    try:
        assert listening.stdout
        endpoint = json.loads(listening.stdout.readline())["endpoint"]
        more = ["--product-code", "eKYC_PRO", "--meta-info", "{}", "--doc-type", "GLB03002", "--callback-url", f"{endpoint}/callback"]
        begun = here.run("start", "--ledger", "shop/ledger.db", "--out", "started.json", *more)
        assert begun.returncode == 0, begun
        transaction = json.loads((here.folder / "started.json").read_text())["transaction_id"]
        emulator.control("finish", {"transaction_id": transaction, "sub_code": "200"})
        deadline = time.monotonic() + 30
        while not lines(here.folder / "shop") and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        listening.terminate()
        _, stderr = listening.communicate(timeout=30)
    assert (listening.returncode, stderr) == (0, "")
    assert [line["transaction_id"] for line in lines(here.folder / "shop")] == [transaction]
    assert here.verify(f"s3://{BUCKET}/o/archives/{transaction}")["complete"] and here.is_clean()


@pytest.mark.parametrize("answer", ["cut", PORTAL])
def test_a_run_of_few_says_that_it_is_the_store(answer: Any, machine: Machines, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    ids = listed(here, "3", 2)
    proxy.rule = lambda method, key, number: answer
    done = here.run("bulk", "--in", "ids.csv", "--ledger", "run/ledger.db", "--out", f"s3://{BUCKET}/few", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["left"]) == (3, 2), done
    why = "the object store cannot be reached" if answer == "cut" else "what answered is not an object store"
    assert f"cloudauth: 2 are left for want of the object store: s3://{BUCKET}/…: {why}" in done.stderr, done
    assert not any(transaction in done.stderr for transaction in ids) and lines(here.folder / "run") == []


def test_an_archive_that_was_changed_costs_its_own_transaction(machine: Machines, moto: Moto, emulator: Emulator) -> None:
    here, s3 = machine(), moto.s3()
    ids, url = listed(here, "4", 6), f"s3://{BUCKET}/changed"
    given = ["bulk", "--in", "ids.csv", "--out", url, "--video-host", "127.0.0.1", "--format", "json"]
    assert here.run(*given, "--ledger", "first/ledger.db").returncode == 0
    keys = {transaction: f"changed/archives/{transaction}" for transaction in ids}
    face = json.loads(objects(moto, keys[ids[0]])["manifest.json"])["files"]["face.jpg"]["sha256"]
    s3.put_object(Bucket=BUCKET, Key=f"{keys[ids[0]]}/{face}.jpg", Body=b"another")
    s3.delete_object(Bucket=BUCKET, Key=f"{keys[ids[1]]}/{face}.jpg")
    foreign = objects(moto, keys[ids[3]])["manifest.json"]
    for name, content in objects(moto, keys[ids[3]]).items():
        s3.put_object(Bucket=BUCKET, Key=f"{keys[ids[2]]}/{name}", Body=content)
    s3.put_object(Bucket=BUCKET, Key=f"{keys[ids[4]]}/manifest.json", Body=foreign[:-2])
    done = here.run(*given, "--ledger", "second/ledger.db", "--then-delete", "All")
    said = json.loads(done.stdout)
    assert (done.returncode, said["outcomes"]["fetched"], said["put_off"]) == (3, 2, {"io": 4}), done
    assert set(deletions(emulator, ids)) == {ids[3], ids[5]}
    assert f"s3://{BUCKET}/…: archives/{ids[0]}: is an archive that was changed" in done.stderr, done
    assert f"s3://{BUCKET}/…: archives/{ids[2]}: is the archive of another verification" in done.stderr, done
    assert done.stderr.count("\n") == 4 and str(here.temporary) not in done.stderr
    # Of those that a run archived before, it is known what stands against the deletion.
    done = here.run(*given, "--ledger", "first/ledger.db", "--resume", "--then-delete", "All")
    assert (done.returncode, json.loads(done.stdout)["deletions"]["withheld"]) == (1, 4), done


def test_a_receipt_that_does_not_arrive_is_completed_by_the_next_run(machine: Machines, moto: Moto, proxy: Proxy, emulator: Emulator) -> None:
    here = machine()
    ids, counts = listed(here, "5", 2), Counter[str]()

    def rule(method: str, key: str, number: int) -> tuple[int, str] | None:
        is_receipt = method == "PUT" and key.endswith("receipt.json")
        counts[key] += is_receipt
        return (503, "SlowDown") if is_receipt and counts[key] > 1 else None

    proxy.rule = rule
    given = ["bulk", "--in", "ids.csv", "--ledger", "run/ledger.db", "--out", f"s3://{BUCKET}/late", "--video-host", "127.0.0.1"]
    given += ["--format", "json", "--patience", "1", "--then-delete", "All"]
    done = here.run(*given)
    says = f"cloudauth: s3://{BUCKET}/…: archives/{ids[0]}: deleted at the service, but the receipt is not in the store: the object store is out of order"
    assert done.returncode == 3 and says in done.stderr, done
    assert lines(here.folder / "run") == []
    proxy.reset()
    done = here.run(*given, "--resume")
    assert done.returncode == 0, done
    assert [line["afterwards"] for line in lines(here.folder / "run")] == ["absent", "absent"]
    assert deletions(emulator, ids) == Counter(ids), "each was asked to be deleted once"
    for transaction in ids:
        [request] = json.loads(objects(moto, f"late/archives/{transaction}")["receipt.json"])["requests"]
        assert (request["outcome"], [check["outcome"] for check in request["checks"]]) == ("unknown", ["absent"])


@pytest.mark.parametrize(("signals", "within"), [(1, 13), (2, 3)])
def test_a_signal_ends_a_run_of_many_while_the_store_does_not_answer(signals: int, within: float, machine: Machines, proxy: Proxy) -> None:
    here = machine()
    listed(here, f"6{signals}", 4)
    proxy.rule = lambda method, key, number: "hang" if method == "PUT" else None
    given = ["bulk", "--in", "ids.csv", "--ledger", "run/ledger.db", "--out", f"s3://{BUCKET}/y", "--video-host", "127.0.0.1"]
    running = here.start(*given, "--format", "json")
    until(lambda: any(seen.method == "PUT" for seen in proxy.seen))
    asked = time.monotonic()
    for _ in range(signals):
        running.terminate()
        time.sleep(0.3)
    stdout, stderr = running.communicate(timeout=60)
    assert (running.returncode, json.loads(stdout)["left"]) == (8, 4), stderr
    assert time.monotonic() - asked < within and here.is_clean()

"""The list of `tests/calls/archive.json`, which all languages share: what is filed, what is fetched again, what is deleted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

import cloudauth

from .conftest import KEYS
from .recorder import Recorder, serving

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[2] / "tests" / "calls" / "archive.json").read_text("utf-8"))[
    "cases"
]


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    with serving() as server:
        yield server


def _blocking(endpoint: str, arguments: dict[str, Any]) -> cloudauth.Archive:
    with cloudauth.Client(endpoint=endpoint, max_attempts=1, **KEYS) as client:
        return client.archive(**arguments)


def _on_a_loop(endpoint: str, arguments: dict[str, Any]) -> cloudauth.Archive:
    async def run() -> cloudauth.Archive:
        async with cloudauth.AsyncClient(endpoint=endpoint, max_attempts=1, **KEYS) as client:
            return await client.archive(**arguments)

    return asyncio.run(run())


def _body(reply: Any) -> bytes:
    return (reply if isinstance(reply, str) else json.dumps(reply)).encode()


@pytest.mark.parametrize("run", [_blocking, _on_a_loop])
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_archive_ends_as_the_list_says(recorder: Recorder, tmp_path: Path, case: dict[str, Any], run: Any) -> None:
    into = tmp_path / "hks1"
    started = {
        "version": 1,
        "endpoint": recorder.endpoint,
        "transaction_id": "hks1",
        "merchant_biz_id": "order1",
        "product_code": "eKYC_PRO",
        "initialized_at": "2026-03-01T10:00:00Z",
    }
    runs = json.loads(json.dumps(case["runs"]).replace("{origin}", recorder.endpoint))
    for wanted in runs:
        recorder.seen.clear()
        replies = [(reply.get("status", 200), _body(reply["reply"])) for reply in wanted["replies"]]
        recorder.answer(*replies or [(500, b"a request too many")])
        doc_video = wanted["arguments"].pop("doc_video", None)
        arguments = {**wanted["arguments"], "started": {**started, "doc_video": doc_video}, "into": into}
        if "fails" in wanted:
            with pytest.raises(cloudauth.Error) as failed:
                run(recorder.endpoint, arguments)
            assert failed.value.kind == wanted["fails"]
        else:
            archive = cast("dict[str, Any]", run(recorder.endpoint, arguments))
            assert {name: archive[name] for name in wanted["gives"]} == wanted["gives"]
            assert archive["result"] == json.loads((into / "result.json").read_text("utf-8"))
        assert len(recorder.seen) == len(replies)
        files = sorted(path.name for path in into.iterdir()) if into.exists() else None
        assert files == wanted["files"]
        assert cloudauth.verify_archive(into)["complete"] if "gives" in wanted else True
    if (into / "manifest.json").exists():
        with (into / "result.json").open("ab") as file:
            file.write(b"\n")
        found = cloudauth.verify_archive(str(into))
        assert (found["complete"], found["problems"]) == (False, [{"file": "result.json", "problem": "changed"}])


def test_what_is_no_archive_is_said_to_be_none(tmp_path: Path) -> None:
    found = cloudauth.verify_archive(tmp_path)
    assert found == {"complete": False, "manifest_sha256": None, "problems": [{"file": "manifest.json", "problem": "missing"}]}
    with pytest.raises(cloudauth.IoError):
        cloudauth.verify_archive(tmp_path / "absent")
    with pytest.raises(cloudauth.InvalidArgumentError, match=r"^folder: must not be empty"):
        cloudauth.verify_archive("")

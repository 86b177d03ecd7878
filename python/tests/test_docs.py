"""What the pages show in Python, under mypy --strict."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [path for path in (ROOT / "README.md", ROOT / "python" / "README.md", *sorted((ROOT / "docs").glob("*.md"))) if path.exists()]

# What is the reader's own in the snippets.
BEGIN = """
from __future__ import annotations
import asyncio
import json
import logging
import pathlib
import time
from typing import Any
import cloudauth

client: cloudauth.Client
class Bucket:
    def wait(self, api: str) -> float: ...
bucket: Bucket
deadline: float
ids: list[str]
log: logging.Logger
manifest: dict[str, Any]
meta_info: str
query: str
result: cloudauth.CheckResult
started: cloudauth.Started
transaction_id: str
class Orders:
    def filter(self, *, transaction_id: str) -> Orders: ...
    def first(self) -> Order | None: ...
class Order:
    objects: Orders
    token: str
    biz_id: str
    decided: bool
    async def decide(self, decision: cloudauth.Decision, result: cloudauth.CheckResult) -> None: ...
async def find_order(transaction_id: str) -> Order | None: ...
def store(result: cloudauth.CheckResult) -> None: ...
def retry_in(seconds: float) -> None: ...
class Secret:
    id: str
    key: str
class Vault:
    async def read(self, name: str) -> Secret: ...
vault: Vault
class HttpRequest:
    META: dict[str, str]
class JsonResponse:
    def __init__(self, value: dict[str, bool]) -> None: ...
class HttpResponse:
    def __init__(self, *, status: int = 200) -> None: ...
class Http404(Exception): ...
fetch_result: Any
boto3: Any
oss2: Any
s3: Any
spark: Any

async def snippet() -> None:
"""


def _snippets() -> dict[str, str]:
    found: dict[str, str] = {}
    for page in PAGES:
        text = page.read_text()
        for match in re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            line = text.count("\n", 0, match.start(1)) + 1
            found[f"{page.relative_to(ROOT).with_suffix('')}_{line}".replace("/", "_")] = match[1]
    return found


# Finding E4: the example of `check_many` had two errors.
def test_every_snippet_is_typed(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    pytest.importorskip("fastapi")
    snippets = _snippets()
    assert len(snippets) >= 10
    for name, snippet in snippets.items():
        (tmp_path / f"{name}.py").write_text(BEGIN + textwrap.indent(snippet, "    "))
    command = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.10", "--disable-error-code", "empty-body"]
    package = ROOT / "python"
    arguments = ["--cache-dir", str(tmp_path / "cache"), *(str(tmp_path / f"{name}.py") for name in snippets)]
    checked = subprocess.run([*command, *arguments], cwd=package, capture_output=True, text=True, timeout=300, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


# Finding H12.
def test_the_package_brings_the_notices_of_what_is_linked_in() -> None:
    notices = [file for file in importlib.metadata.files("cloudauth") or [] if file.name == "THIRD-PARTY-NOTICES.txt"]
    assert len(notices) == 1
    assert "\nring " in notices[0].read_text()

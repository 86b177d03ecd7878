"""Web frameworks that read the types."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import cloudauth
from cloudauth.testing import Emulator

PACKAGE = Path(cloudauth.__file__).parent


# Finding E5: before 3.12, Pydantic reads no `TypedDict` of `typing`.
@pytest.mark.parametrize("shape", ["CheckResult", "Decision", "Explanation", "Stats", "Credentials", "Row"])
def test_pydantic_reads_the_shapes(shape: str) -> None:
    pydantic = pytest.importorskip("pydantic")
    adapter: Any = pydantic.TypeAdapter(getattr(cloudauth, shape))
    if shape == "CheckResult":
        result = cloudauth.decode('{"Code": "Success", "RequestId": "R-1", "Result": {"Passed": "Y", "SubCode": "200"}}')
        assert adapter.validate_python(result) == result
        with pytest.raises(ValueError, match="passed"):
            adapter.validate_python({**result, "passed": "perhaps"})


# Finding E5: the application could not even be imported.
def test_fastapi_serves_a_result(emulator: Emulator) -> None:
    fastapi: Any = pytest.importorskip("fastapi")
    pytest.importorskip("httpx2")
    app = fastapi.FastAPI()

    async def result(transaction_id: str) -> Any:
        async with cloudauth.AsyncClient(**emulator.client_args) as client:
            return await client.check_result(transaction_id=transaction_id, merchant_biz_id="demo")

    app.get("/{transaction_id}", response_model=cloudauth.CheckResult)(result)
    with import_module("fastapi.testclient").TestClient(app) as browser:
        reply = browser.get("/ekycpro200")
        assert reply.status_code == 200
        assert reply.json()["passed"] is True
        assert list(reply.json()) == list(cloudauth.CheckResult.__annotations__)


def test_nothing_but_the_standard_library_is_needed() -> None:
    # Neither site-packages nor anything else beside the package itself.
    program = "import sys; sys.path.insert(0, sys.argv[1]); import cloudauth, cloudauth.testing; cloudauth.AsyncClient"
    command = [sys.executable, "-I", "-S", "-c", program, str(PACKAGE.parent)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")

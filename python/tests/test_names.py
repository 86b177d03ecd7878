"""The package as its users' tools see it."""

from __future__ import annotations

import inspect
import pickle
import subprocess
import sys
import traceback
import typing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS

# Finding E9, all of this file.
PUBLIC = [*cloudauth.__all__, "TimeoutError"]


def test_dir_lists_what_is_public_and_no_more() -> None:
    assert set(dir(cloudauth)) == {*PUBLIC, "testing"}
    assert all(hasattr(cloudauth, name) for name in dir(cloudauth))


def test_a_star_import_leaves_the_builtins_alone() -> None:
    program = "from cloudauth import *\nimport builtins\nassert TimeoutError is builtins.TimeoutError\nClient, AsyncClient, decode"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_names_are_those_that_programs_use() -> None:
    for name in PUBLIC:
        thing = getattr(cloudauth, name)
        assert getattr(thing, "__module__", "cloudauth") == "cloudauth", name
    try:
        cloudauth.decode(b"{")
    except cloudauth.ProtocolError as error:
        assert traceback.format_exc().splitlines()[-1].startswith("cloudauth.ProtocolError: ")
        assert type(pickle.loads(pickle.dumps(error))) is cloudauth.ProtocolError


@pytest.mark.parametrize("name", PUBLIC)
def test_hints_are_found(name: str) -> None:
    thing: Any = getattr(cloudauth, name)
    if not isinstance(thing, str):
        typing.get_type_hints(thing)
    for _, member in inspect.getmembers(thing, inspect.isfunction):
        typing.get_type_hints(member)


def test_a_path_may_be_a_path(tmp_path: Path) -> None:
    with Emulator(tls=True) as emulator:
        options: dict[str, Any] = {**emulator.client_args, "ca_file": Path(str(emulator.client_args["ca_file"]))}
        with cloudauth.Client(**options) as client:
            assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]
    with pytest.raises(cloudauth.InvalidArgumentError, match="ca_file: .*none.pem cannot be read"):
        cloudauth.Client(endpoint="http://127.0.0.1:1", ca_file=tmp_path / "none.pem", **KEYS)


def test_without_an_event_loop(emulator: Emulator) -> None:
    call = cloudauth.AsyncClient(**emulator.client_args).check_result(transaction_id="t", merchant_biz_id="demo")
    with pytest.raises(RuntimeError, match=r"no running event loop: AsyncClient needs asyncio's, .* trio\.to_thread"):
        call.send(None)


def test_a_client_under_trio(client: cloudauth.Client) -> None:
    trio: Any = pytest.importorskip("trio")

    async def passed(transaction_id: str) -> object:
        fetch = partial(client.check_result, transaction_id=transaction_id, merchant_biz_id="demo")
        return (await trio.to_thread.run_sync(fetch))["passed"]

    assert trio.run(passed, "ekycpro200") is True

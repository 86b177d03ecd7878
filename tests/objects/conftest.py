"""A store, the emulator, and machines."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from service import Emulator, Machine
from store import Moto, Proxy


@pytest.fixture(scope="session")
def moto() -> Iterator[Moto]:
    moto = Moto()
    moto.start()
    moto.make_bucket()
    yield moto
    moto.stop()


@pytest.fixture
def proxy(moto: Moto) -> Iterator[Proxy]:
    proxy = Proxy(moto.port)
    yield proxy
    proxy.close()


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    emulator = Emulator()
    yield emulator
    emulator.close()


@pytest.fixture
def machine(emulator: Emulator, proxy: Proxy, tmp_path: Path) -> Callable[[], Machine]:
    numbers = itertools.count(1)
    return lambda: Machine(emulator, proxy.endpoint, tmp_path / f"machine{next(numbers)}")

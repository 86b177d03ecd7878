"""The fixture ``cloudauth_emulator``, known to pytest wherever this package is installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .testing import Emulator


@pytest.fixture
def cloudauth_emulator() -> Iterator[Emulator]:
    """A fresh emulator: ``cloudauth.Client(**cloudauth_emulator.client_args)``."""
    # Loaded for tests that ask for it, not for every run of pytest.
    from .testing import Emulator

    with Emulator() as emulator:
        yield emulator

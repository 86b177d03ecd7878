"""Fixtures of all tests here."""

import pytest
from support import SIGNATURES, running


@pytest.fixture(scope="module")
def emulator():
    with running() as ready:
        yield ready


@pytest.fixture(params=SIGNATURES, ids=str)
def algorithm(request):
    return SIGNATURES[request.param]

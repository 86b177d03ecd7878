"""The emulator, and the current SDK on it."""

import json
import os
import subprocess
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit

from alibabacloud_cloudauth_intl20220809.client import Client
from alibabacloud_tea_openapi.models import Config

BIZ_ID = "official000000000000000000000001"

# ACS3-HMAC-SHA256 is what the current SDK sends by itself; "v2" is its name for HMAC-SHA1.
SIGNATURES = {"ACS3-HMAC-SHA256": None, "HMAC-SHA1": "v2"}


def command():
    """The path of the ``cloudauth`` command."""
    binary = os.environ.get("CLOUDAUTH_BIN")
    assert binary, "CLOUDAUTH_BIN must be the path of the cloudauth command"
    return binary


@contextmanager
def running(*options):
    """Runs ``cloudauth emulator`` and gives what its ready line says."""
    process = subprocess.Popen([command(), "emulator", *options], stdout=subprocess.PIPE, text=True)
    # A command that never gets ready must not hang the test.
    watchdog = threading.Timer(30, process.kill)
    watchdog.start()
    try:
        line = process.stdout.readline()
        watchdog.cancel()
        assert line, "the emulator ended before it was ready"
        yield json.loads(line)
    finally:
        watchdog.cancel()
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()


def current_client(ready, algorithm, secret=None, token=None):
    """The current SDK on that emulator."""
    return Client(
        Config(
            access_key_id=ready["access_key_id"],
            access_key_secret=secret or ready["access_key_secret"],
            security_token=token,
            endpoint=urlsplit(ready["endpoint"]).netloc,
            protocol="http",
            signature_algorithm=algorithm,
        )
    )

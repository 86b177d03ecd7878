"""Results of Alibaba Cloud ID Verification: signed requests in, plain dicts out.

>>> with cloudauth.Client(region="ap-southeast-1") as client:
...     result = client.check_result("hksb7ba1...", "order1", return_image=True)
...     result["face"]["image"]["bytes"]
"""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING, Any

from . import _cloudauth
from ._client import Client
from ._errors import (
    AccessDeniedError,
    AuthenticationError,
    BlockedError,
    CancelledError,
    CredentialsError,
    Error,
    ForkedError,
    InternalError,
    InvalidArgumentError,
    InvalidRequestError,
    IoError,
    NetworkError,
    NotCompletedError,
    ProtocolError,
    ServiceError,
    ThrottledError,
    TimeoutError,
    TlsError,
    TooLargeError,
    UnavailableError,
)
from ._image import Image
from ._offline import canonical_json, decision, decode, explain
from ._result import CheckResult, Document, Duplicate, Face, Identity, Page, Problem, Spoof
from ._types import Credentials, Decision, Explanation, Outcome, Row, Stats

if TYPE_CHECKING:
    from . import testing
    from ._async import AsyncClient

__version__: str = _cloudauth.__version__

__all__ = [
    "AccessDeniedError",
    "AsyncClient",
    "AuthenticationError",
    "BlockedError",
    "CancelledError",
    "CheckResult",
    "Client",
    "Credentials",
    "CredentialsError",
    "Decision",
    "Document",
    "Duplicate",
    "Error",
    "Explanation",
    "Face",
    "ForkedError",
    "Identity",
    "Image",
    "InternalError",
    "InvalidArgumentError",
    "InvalidRequestError",
    "IoError",
    "NetworkError",
    "NotCompletedError",
    "Outcome",
    "Page",
    "Problem",
    "ProtocolError",
    "Row",
    "ServiceError",
    "Spoof",
    "Stats",
    "ThrottledError",
    "TimeoutError",
    "TlsError",
    "TooLargeError",
    "UnavailableError",
    "__version__",
    "canonical_json",
    "decision",
    "decode",
    "explain",
    "testing",
]

# While the interpreter still runs, so that no thread of the library is cut off in the middle.
atexit.register(_cloudauth.shutdown, 1.0)


def __getattr__(name: str) -> Any:
    # asyncio takes longer to load than all the rest, and many programs do without.
    if name == "AsyncClient":
        from ._async import AsyncClient

        return AsyncClient
    if name == "testing":
        from importlib import import_module

        return import_module(".testing", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

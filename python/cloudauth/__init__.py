"""Results of Alibaba Cloud ID Verification: signed requests in, dicts out.

>>> with cloudauth.Client(region="ap-southeast-1") as client:
...     result = client.check_result(transaction_id="hksb7ba1...", merchant_biz_id="order1", return_image=True)
...     result["face"]["image"]["bytes"]
"""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING, Any

from . import _cloudauth
from ._callback import Callback, parse_callback
from ._client import Client
from ._codes import (
    AccessDeniedError,
    AuthenticationError,
    BlockedError,
    CancelledError,
    CredentialsError,
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
    TlsError,
    TooLargeError,
    UnavailableError,
)
from ._codes import TimeoutError as TimeoutError
from ._errors import Error
from ._event import Event
from ._image import Image
from ._offline import (
    canonical_json,
    decision,
    decode,
    explain,
    from_json,
    raw,
    save_images,
    started_from_json,
    started_to_json,
    to_json,
    verify_archive,
)
from ._parts import plain
from ._replies import Archive, Deletion, KeepAlive, Started, Status, VerifyLog, Video
from ._result import CheckResult, Document, Duplicate, Face, Identity, Page, Problem, Spoof
from ._stats import Stats
from ._types import ArchiveReport, Credentials, Decision, Explanation, FileProblem, Outcome, Row, RowLike

if TYPE_CHECKING:
    from . import testing as testing
    from ._async import AsyncClient

__version__: str = _cloudauth.__version__

# Not TimeoutError: `from cloudauth import *` leaves Python's own as it is.
__all__ = [
    "AccessDeniedError",
    "Archive",
    "ArchiveReport",
    "AsyncClient",
    "AuthenticationError",
    "BlockedError",
    "Callback",
    "CancelledError",
    "CheckResult",
    "Client",
    "Credentials",
    "CredentialsError",
    "Decision",
    "Deletion",
    "Document",
    "Duplicate",
    "Error",
    "Event",
    "Explanation",
    "Face",
    "FileProblem",
    "ForkedError",
    "Identity",
    "Image",
    "InternalError",
    "InvalidArgumentError",
    "InvalidRequestError",
    "IoError",
    "KeepAlive",
    "NetworkError",
    "NotCompletedError",
    "Outcome",
    "Page",
    "Problem",
    "ProtocolError",
    "Row",
    "RowLike",
    "ServiceError",
    "Spoof",
    "Started",
    "Stats",
    "Status",
    "ThrottledError",
    "TlsError",
    "TooLargeError",
    "UnavailableError",
    "VerifyLog",
    "Video",
    "__version__",
    "canonical_json",
    "decision",
    "decode",
    "explain",
    "from_json",
    "parse_callback",
    "plain",
    "raw",
    "save_images",
    "started_from_json",
    "started_to_json",
    "to_json",
    "verify_archive",
]

# Tracebacks and `repr` show the names that programs use.
for _name in set(__all__) & globals().keys() | {"TimeoutError"}:
    if hasattr(globals()[_name], "__module__"):
        globals()[_name].__module__ = __name__

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


def __dir__() -> list[str]:
    return [*__all__, "TimeoutError", "testing"]
